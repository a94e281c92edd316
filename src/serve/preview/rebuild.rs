//! The thread that turns changes into builds.

#![allow(clippy::disallowed_methods, reason = "the preview tells how long a build took")]

use super::Preview;
use super::fault::Fault;
use super::recall::{Answer, Recall};
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
    /// What was committed.
    Remember(Answer),
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
        let (build, recall) = (stage.bell.build(), Recall::default());
        let bench = Bench { build, stage, mode, orders: orders.clone(), prepared: None, recall, answer: None };
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
    recall: Recall,
    /// What was looked up, until it is shown.
    answer: Option<Answer>,
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
        self.ask(&mut workshop);
        while let Some(news) = next(inbox) {
            self.answer = news.answer.or(self.answer.take());
            if let Some((change, told)) = news.change {
                self.take(&mut workshop, &mut eyes, &change, told);
            }
            self.remember(&mut workshop);
        }
    }

    /// Takes up a change, and shows it when it has been told.
    fn take(&mut self, workshop: &mut Workshop, eyes: &mut Eyes, change: &Change, told: Told) {
        let begun = Instant::now();
        if workshop.apply(change) {
            self.prepare(workshop, begun);
        }
        if told == Told::Announced {
            return;
        }
        self.show_prepared(workshop);
        let ground = Ground::of(workshop.project());
        if ground != eyes.ground {
            *eyes = self.watch(ground);
            // What changed between the two watches.
            if workshop.apply(&Change::Rescan) {
                self.prepare(workshop, begun);
                self.show_prepared(workshop);
            }
        }
        self.ask(workshop);
    }

    /// Has the past looked up, where another commit is checked out.
    fn ask(&self, workshop: &mut Workshop) {
        if let Some(question) = workshop.question() {
            let orders = self.orders.clone();
            // It fails only when the thread has ended.
            self.recall.ask(question, move |answer| drop(orders.send(Order::Remember(answer))));
        }
    }

    /// Shows what was looked up, once nothing else waits to be shown: it is a build of its own.
    fn remember(&mut self, workshop: &mut Workshop) {
        if self.prepared.is_some() {
            return;
        }
        let past = self.answer.take().and_then(|answer| self.recall.take(answer));
        if past.is_some_and(|past| workshop.remember(past)) {
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

/// What the thread is told at once.
#[derive(Default)]
struct News {
    /// What to look at, and whether it was told.
    change: Option<(Change, Told)>,
    /// What was looked up last.
    answer: Option<Answer>,
}

/// How sure it is that nothing more comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// More may come.
    Announced,
    /// It has been quiet.
    Quiet,
}

impl News {
    /// Adds an order. `None` at the end.
    fn and(mut self, order: Order) -> Option<Self> {
        let (change, told) = match order {
            Order::Stop => return None,
            Order::Remember(answer) => return Some(Self { answer: Some(answer), ..self }),
            Order::Look(change) => (change, Told::Quiet),
            Order::Prepare(change) => (change, Told::Announced),
        };
        self.change = Some(match self.change {
            Some((before, Told::Announced)) => (before.and(change), told),
            Some((before, Told::Quiet)) => (before.and(change), Told::Quiet),
            None => (change, told),
        });
        Some(self)
    }
}

/// All that waits, as one. Nothing in particular from time to time, since days pass. `None` at the end.
fn next(inbox: &Receiver<Order>) -> Option<News> {
    let first = match inbox.recv_timeout(LOOK) {
        Ok(order) => order,
        Err(RecvTimeoutError::Disconnected) => return None,
        Err(RecvTimeoutError::Timeout) => Order::Look(Change::Paths([].into())),
    };
    let mut news = News::default().and(first)?;
    for order in inbox.try_iter() {
        news = news.and(order)?;
    }
    Some(news)
}
