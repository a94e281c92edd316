//! The preview itself: what the front serves, rebuilt when files change.
//!
//! | file | owns |
//! |---|---|
//! | `workshop` | the project as it was last read; from a change to the next build |
//! | `library` | its documents, read again only where they changed |
//! | `sort` | what a changed path is about |
//! | `scope` | which folders are watched |
//! | `rebuild` | the thread that turns changes into builds |
//! | `recall` | what was committed, looked up on a thread beside it |
//! | `state` | one build; makes the pages that are asked for |
//! | `tick` | the one thing that writes: the mark of an item |
//! | `fault` | what is wrong, for overlay and terminal |
//! | `media` | media types |
//!
//! A build is made beside the one that is shown and takes its place in one step; whoever asks in the meantime is answered
//! from the old one. Answers are made outside the lock.

mod fault;
mod library;
mod media;
mod rebuild;
mod recall;
mod scope;
mod sort;
mod state;
mod tick;
mod workshop;

pub use fault::{Fault, Snippet};
pub use rebuild::{Built, Event, Rebuilder, Stage, StartError};
pub use workshop::Subject;

use super::http::{Answer, Pages};
use serde::Serialize;
use state::State;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Address of the page script.
const SCRIPT: &str = "/__preview.js";

/// Address of its style sheet.
const STYLE: &str = "/__preview.css";

/// Addresses that begin so tell of the page behind them: build, faults, items that can be ticked.
const ABOUT: &str = "/__about";

/// Whether pages may change files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ticking {
    /// Items can be ticked.
    On,
    /// Nothing is ever written.
    Off,
}

/// What the front serves.
pub struct Preview {
    now: RwLock<Option<Arc<State>>>,
    token: String,
    ticking: Ticking,
}

impl Preview {
    /// A preview that has nothing to show yet. `token` is what pages have to know to write; nobody can guess it.
    #[must_use]
    pub fn new(token: String, ticking: Ticking) -> Self {
        Self { now: RwLock::new(None), token, ticking }
    }

    /// The number of the build that is shown; `None` before the first.
    #[must_use]
    pub fn build(&self) -> Option<u64> {
        self.now().map(|state| state.build)
    }

    fn now(&self) -> Option<Arc<State>> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Shows another build. The old one is given back, so that the caller lets it go when nobody waits.
    fn show(&self, state: State) -> Option<Arc<State>> {
        let state = Some(Arc::new(state));
        std::mem::replace(&mut self.now.write().unwrap_or_else(PoisonError::into_inner), state)
    }

    /// What the pages of a build need to talk to the server.
    fn for_pages(&self, build: u64) -> crate::page::Preview {
        let token = if self.ticking == Ticking::On { self.token.clone() } else { String::new() };
        crate::page::Preview { script: format!("{SCRIPT}?{build}"), token }
    }

    fn about(&self, state: &State, address: &str) -> Answer {
        // Made first, so that a template that cannot be filled is told.
        let _ = state.answer(address).unwrap_or_else(|| state.not_found());
        let ticks = if self.ticking == Ticking::On { tick::of_page(state, address) } else { None };
        let about = About { build: state.build, faults: state.faults(address), ticks };
        json(&about)
    }
}

/// What a page is told about itself.
#[derive(Serialize)]
struct About {
    build: u64,
    faults: Vec<Fault>,
    ticks: Option<Ticks>,
}

/// The items of a page that can be ticked.
#[derive(Serialize)]
struct Ticks {
    /// Which text the page is made of.
    version: String,
    /// Items by name, with their state.
    items: BTreeMap<String, &'static str>,
}

fn json(value: &impl Serialize) -> Answer {
    match serde_json::to_vec(value) {
        Ok(bytes) => Answer::ok("application/json", bytes),
        Err(error) => Answer::text(500, &error.to_string()),
    }
}

impl Pages for Preview {
    fn get(&self, address: &str) -> Option<Answer> {
        match address {
            SCRIPT => return Some(Answer::ok(media::of(SCRIPT), include_bytes!("page.js").as_slice())),
            STYLE => return Some(Answer::ok(media::of(STYLE), include_bytes!("page.css").as_slice())),
            _ => {}
        }
        let Some(state) = self.now() else {
            return Some(media::waiting_page("Reading the documents", SCRIPT));
        };
        match address.strip_prefix(ABOUT) {
            Some(address) => Some(self.about(&state, address)),
            None => state.answer(address),
        }
    }

    fn not_found(&self) -> Answer {
        match self.now() {
            Some(state) => state.not_found(),
            None => media::waiting_page("Reading the documents", SCRIPT),
        }
    }

    fn tick(&self, body: &[u8]) -> Answer {
        match (self.ticking, self.now()) {
            (Ticking::Off, _) => Answer::text(403, "Nothing is written: the preview is read-only."),
            (Ticking::On, None) => Answer::text(503, "The documents are still being read."),
            (Ticking::On, Some(state)) => tick::answer(&state, &self.token, body),
        }
    }
}
