//! The threads that make answers, so that one slow page holds up neither the others nor the guard.

use std::collections::VecDeque;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::http::{After, Pages, Part};
use super::wake::Wake;
use super::wire::{self, Reply};

/// What a connection asks for.
#[derive(Debug)]
pub(super) enum Request {
    /// A page, by address; `None` is an address that nobody has.
    Page(Option<String>, Part),
    /// A tick, with its body.
    Tick(Vec<u8>),
}

/// A request, the connection that waits for its answer, and what becomes of the connection.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) connection: u64,
    pub(super) request: Request,
    pub(super) after: After,
}

/// The crew. Dropping it sends the threads home; those at work finish their page first.
#[derive(Debug)]
pub(super) struct Crew {
    board: Arc<Board>,
    replies: Receiver<(u64, Reply)>,
}

/// Where jobs wait. There are never more than connections, for each waits for its answer.
#[derive(Debug, Default)]
struct Board {
    jobs: Mutex<Jobs>,
    more: Condvar,
}

#[derive(Debug, Default)]
struct Jobs {
    waiting: VecDeque<Job>,
    over: bool,
}

impl Crew {
    /// Starts `workers` threads; each finished reply rings `wake`.
    pub(super) fn start(workers: usize, pages: &Arc<dyn Pages>, wake: &Arc<Wake>) -> io::Result<Crew> {
        let board = Arc::new(Board::default());
        let (sender, replies) = mpsc::channel();
        let crew = Crew { board, replies };
        for _ in 0..workers.max(1) {
            let (board, pages, sender) = (Arc::clone(&crew.board), Arc::clone(pages), sender.clone());
            let wake = Arc::clone(wake);
            thread::Builder::new().name("pages".to_owned()).spawn(move || board.work(&*pages, &sender, &wake))?;
        }
        Ok(crew)
    }

    /// Hands in a request.
    pub(super) fn ask(&self, job: Job) {
        self.board.jobs().waiting.push_back(job);
        self.board.more.notify_one();
    }

    /// The next finished reply and the connection that it is for.
    pub(super) fn finished(&self) -> Option<(u64, Reply)> {
        self.replies.try_recv().ok()
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.board.jobs().over = true;
        self.board.more.notify_all();
    }
}

impl Board {
    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, pages: &dyn Pages, replies: &Sender<(u64, Reply)>, wake: &Wake) {
        while let Some(job) = self.next() {
            let reply = panic::catch_unwind(AssertUnwindSafe(|| answer(pages, &job)));
            if replies.send((job.connection, reply.unwrap_or_else(|_| wire::failure()))).is_err() {
                return;
            }
            wake.ring();
        }
    }

    fn next(&self) -> Option<Job> {
        let jobs = self.jobs();
        let mut jobs = self
            .more
            .wait_while(jobs, |jobs| jobs.waiting.is_empty() && !jobs.over)
            .unwrap_or_else(PoisonError::into_inner);
        if jobs.over { None } else { jobs.waiting.pop_front() }
    }
}

fn answer(pages: &dyn Pages, job: &Job) -> Reply {
    match &job.request {
        Request::Page(address, part) => {
            let page = address.as_deref().and_then(|address| pages.get(address));
            wire::reply(&page.unwrap_or_else(|| pages.not_found()), *part, job.after)
        }
        Request::Tick(body) => wire::reply(&pages.tick(body), Part::Whole, job.after),
    }
}
