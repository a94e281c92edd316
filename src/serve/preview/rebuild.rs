//! The thread that turns changes into builds.

#![allow(clippy::disallowed_methods, reason = "the preview tells how long a build took")]

use super::Preview;
use super::fault::Fault;
use super::scope::Ground;
use super::state::State;
use super::workshop::{self, Subject, Workshop};
use crate::input::{InputError, Project};
use crate::serve::reload::Bell;
use crate::serve::watch::{Change, Mode, WatchError, Watcher};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How often the day is looked at.
const LOOK: Duration = Duration::from_secs(30);

/// What the preview tells its terminal.
#[derive(Debug)]
pub enum Event {
    /// There is another build.
    Built(Built),
    /// What was committed is shown too, in the build of this number; nothing else of it is new.
    Remembered(u64),
    /// Changes are not noticed any more, or not as asked for.
    Unwatched(WatchError),
}

/// A build that is shown.
#[derive(Debug)]
pub struct Built {
    /// Its number.
    pub build: u64,
    /// How many documents there are.
    pub documents: usize,
    /// How long it took from the first news to the pages, the wait for more news included.
    pub took: Duration,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The project cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// No thread.
    #[error("cannot start to read: {0}")]
    Thread(#[from] io::Error),
}

/// The running thread. Dropping it ends it.
#[derive(Debug)]
pub struct Rebuilder {
    orders: Sender<Order>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread is told.
#[derive(Debug)]
enum Order {
    /// Something may have changed.
    Look(Change),
    /// The same is going to be told, with more perhaps: what it needs can be made already.
    Prepare(Change),
    /// It is over.
    Stop,
}

/// Where builds are shown and told.
pub struct Stage {
    /// What the front serves.
    pub preview: Arc<Preview>,
    /// What tells the waiting pages.
    pub bell: Bell,
    /// Who is told of builds.
    pub events: Sender<Event>,
}

impl Rebuilder {
    /// Reads a project, and from then on rebuilds what changes. The first build gets the number behind that of the bell.
    ///
    /// # Errors
    /// When there is no such project, or no thread.
    pub fn start(subject: Subject, mode: Mode, stage: Stage) -> Result<Self, StartError> {
        let project = workshop::open(&subject.path)?;
        let (orders, inbox) = mpsc::channel();
        let bench = Bench { build: stage.bell.build(), stage, mode, orders: orders.clone(), prepared: None };
        let work = move || bench.run(subject, project, &inbox);
        let thread = thread::Builder::new().name("rebuild".to_owned()).spawn(work)?;
        Ok(Self { orders, thread: Some(thread) })
    }

    /// Looks at everything again, as if anything might have changed.
    pub fn again(&self) {
        // It fails only when the thread has ended.
        let _ = self.orders.send(Order::Look(Change::Rescan));
    }
}

impl Drop for Rebuilder {
    fn drop(&mut self) {
        let _ = self.orders.send(Order::Stop);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// What the thread works with.
struct Bench {
    stage: Stage,
    mode: Mode,
    orders: Sender<Order>,
    build: u64,
    /// The next build, made before it is known that nothing more comes, and when the first news of it came.
    prepared: Option<(State, Instant)>,
}

/// A watch with what it is of; without a watcher where nothing can be watched.
struct Eyes {
    ground: Ground,
    _watcher: Option<Watcher>,
}

impl Bench {
    fn run(mut self, subject: Subject, project: Project, inbox: &Receiver<Order>) {
        let begun = Instant::now();
        // Watched first: what changes while everything is read is not lost.
        let mut eyes = self.watch(Ground::of(&project));
        let mut workshop = Workshop::open(subject, project);
        self.prepare(&workshop, begun);
        self.show_prepared(&workshop);
        self.remember(&mut workshop);
        while let Some((change, is_told)) = next(inbox) {
            let begun = Instant::now();
            if workshop.apply(&change) {
                self.prepare(&workshop, begun);
            }
            if !is_told {
                continue;
            }
            self.show_prepared(&workshop);
            let ground = Ground::of(workshop.project());
            if ground != eyes.ground {
                eyes = self.watch(ground);
                // What changed between the two watches.
                if workshop.apply(&Change::Rescan) {
                    self.prepare(&workshop, begun);
                    self.show_prepared(&workshop);
                }
            }
            self.remember(&mut workshop);
        }
    }

    /// Shows what was committed since it was last looked at.
    fn remember(&mut self, workshop: &mut Workshop) {
        if workshop.remember() {
            let build = self.build + 1;
            let before = self.show(workshop.state(build, self.stage.preview.for_pages(build)));
            self.tell(Event::Remembered(build));
            drop(before);
        }
    }

    fn watch(&self, ground: Ground) -> Eyes {
        let scope = ground.scope().map_err(WatchError::from);
        let (sender, early) = mpsc::channel();
        let watch = scope.and_then(|scope| Watcher::announcing(scope, self.mode, sender));
        let watch = watch.and_then(|(watcher, changes)| {
            self.forward(changes, Order::Look)?;
            self.forward(early, Order::Prepare)?;
            Ok(watcher)
        });
        let watcher = watch.map_err(|error| self.tell(Event::Unwatched(error))).ok();
        Eyes { ground, _watcher: watcher }
    }

    /// Hands on changes as orders, on a thread of its own.
    fn forward(&self, changes: Receiver<Change>, order: fn(Change) -> Order) -> io::Result<()> {
        let orders = self.orders.clone();
        let work = move || changes.iter().all(|change| orders.send(order(change)).is_ok());
        thread::Builder::new().name("changes".to_owned()).spawn(work).map(drop)
    }

    /// Makes the next build, in the place of one that was made and not shown.
    fn prepare(&mut self, workshop: &Workshop, begun: Instant) {
        let build = self.build + 1;
        let first = self.prepared.take().map_or(begun, |(_, first)| first);
        self.prepared = Some((workshop.state(build, self.stage.preview.for_pages(build)), first));
    }

    /// Shows the build that was made, if any was.
    fn show_prepared(&mut self, workshop: &Workshop) {
        let Some((state, begun)) = self.prepared.take() else { return };
        let faults = state.faults.clone();
        let before = self.show(state);
        let took = begun.elapsed();
        self.tell(Event::Built(Built { build: self.build, documents: workshop.documents(), took, faults }));
        // Last, since a large site takes its time to go.
        drop(before);
    }

    /// Shows a build. Gives back the one that was shown.
    fn show(&mut self, state: State) -> Option<Arc<State>> {
        self.build = state.build;
        let before = self.stage.preview.show(state);
        self.stage.bell.ring(self.build);
        before
    }

    fn tell(&self, event: Event) {
        // Without a listener there is nobody to tell it to.
        let _ = self.stage.events.send(event);
    }
}

/// What to look at next, and whether it has been told and not just announced: all that waits, as one. Nothing in
/// particular from time to time, since days pass. `None` at the end.
fn next(inbox: &Receiver<Order>) -> Option<(Change, bool)> {
    let (mut change, mut is_told) = match inbox.recv_timeout(LOOK) {
        Ok(Order::Look(change)) => (change, true),
        Ok(Order::Prepare(change)) => (change, false),
        Ok(Order::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
        Err(RecvTimeoutError::Timeout) => (Change::Paths([].into()), true),
    };
    for order in inbox.try_iter() {
        match order {
            Order::Look(other) => (change, is_told) = (change.and(other), true),
            Order::Prepare(other) => change = change.and(other),
            Order::Stop => return None,
        }
    }
    Some((change, is_told))
}
