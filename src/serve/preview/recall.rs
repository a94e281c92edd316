//! What was committed is looked up beside the thread that builds: no save waits for it, however long it takes.

use crate::input::{self, Project, Survey};
use crate::site::{Drafts, Past, Setting};
use jiff::civil::Date;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// What a past is looked up for.
pub(super) struct Question {
    /// The project.
    pub(super) project: Arc<Project>,
    /// The files beside its documents.
    pub(super) survey: Arc<Survey>,
    /// How many documents it has.
    pub(super) documents: usize,
    /// Which day it is, in UTC.
    pub(super) today: Date,
}

/// A past, and which question it answers.
#[derive(Debug)]
pub(super) struct Answer {
    number: u64,
    past: Past,
}

/// Who looks pasts up. Of several questions only the last is answered; when this is dropped, none is.
#[derive(Debug, Default)]
pub(super) struct Recall {
    /// The number of the last question.
    last: Arc<AtomicU64>,
}

impl Recall {
    /// Asks, on a thread of its own. Without a thread there is no past, and everything else all the same.
    pub(super) fn ask(&self, question: Question, tell: impl FnOnce(Answer) + Send + 'static) {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let last = Arc::clone(&self.last);
        let work = move || {
            let is_wanted = || last.load(Ordering::Relaxed) == number;
            let past = apart(|| question.answer(&is_wanted));
            if is_wanted() {
                tell(Answer { number, past });
            }
        };
        let _ = thread::Builder::new().name("past".to_owned()).spawn(work);
    }

    /// The past, where nothing was asked since.
    pub(super) fn take(&self, answer: Answer) -> Option<Past> {
        (answer.number == self.last.load(Ordering::Relaxed)).then_some(answer.past)
    }
}

impl Drop for Recall {
    /// The threads end when they next look, and nobody waits for them.
    fn drop(&mut self) {
        self.last.fetch_add(1, Ordering::Relaxed);
    }
}

impl Question {
    fn answer(&self, is_wanted: &(dyn Fn() -> bool + Sync)) -> Past {
        let setting = Setting {
            config: &self.project.config.value,
            files: &self.survey.files,
            today: self.today,
            drafts: Drafts::Shown,
        };
        // Where git does not answer, the preview does all the same, without a past.
        input::past_while(&self.project, &setting, self.documents, is_wanted).unwrap_or_default()
    }
}

/// Does some work on half of the processors, so that saves find the others idle.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let half = thread::available_parallelism().map_or(1, |all| all.get().div_ceil(2));
    match rayon::ThreadPoolBuilder::new().num_threads(half).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
