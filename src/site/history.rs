//! What became of the items over time: a point for each day on which something changed, and what changed on it.

use super::Status;
use crate::model::{Level, State, Tally};
use crate::source::RelPath;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The past of a site, or why it is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Past {
    /// Days on which documents changed, oldest first; one at least.
    Known(Vec<Day>),
    /// It is not known.
    Unknown(Absence),
}

/// Why the past is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// The content lies in no git repository, `git` is not there or fails, or nothing of it was committed.
    NoHistory,
    /// The repository was fetched without its past.
    Shallow,
}

impl Default for Past {
    fn default() -> Self {
        Self::Unknown(Absence::NoHistory)
    }
}

/// How the site stood at the end of a day (in UTC), judged by today's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Its last commit, by its whole id.
    pub commit: String,
    /// Sum of all items.
    pub tally: Tally,
    /// Sums by level, most urgent first: one for each step of the ladder.
    pub levels: Vec<Tally>,
    /// Sum of the items without priority.
    pub unranked: Tally,
    /// What the gate said.
    pub status: Status,
    /// What changed since the day before in the list; nothing on the first. Of leaves only: groups do not count.
    pub changes: Vec<Change>,
    /// Who committed to each document on that day, by name, each once.
    pub authors: BTreeMap<RelPath, Vec<String>>,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added(Glance),
    /// It is gone.
    Removed(Glance),
    /// It is another than it was.
    Changed {
        /// As it was.
        before: Glance,
        /// As it is.
        after: Glance,
    },
}

/// What is told of an item at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// Its document, by path.
    pub document: RelPath,
    /// The title of that document.
    pub title: String,
    /// Its anchor in the page of the document.
    pub anchor: String,
    /// Its text; its id where it has no other.
    pub text: String,
    /// Its state.
    pub state: State,
    /// Its priority.
    pub level: Option<Level>,
}

/// The kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It was left, and is not any more.
    Closed,
    /// It was not left, and is again.
    Reopened,
    /// It is in another state, and as far from done as before.
    Restated,
    /// It says something else.
    Reworded,
    /// It has another priority.
    Reprioritised,
    /// It is gone.
    Removed,
}

impl Change {
    /// What has changed, most important first; one kind at least.
    #[must_use]
    pub fn kinds(&self) -> Vec<ChangeKind> {
        let (before, after) = match self {
            Self::Added(_) => return vec![ChangeKind::Added],
            Self::Removed(_) => return vec![ChangeKind::Removed],
            Self::Changed { before, after } => (before, after),
        };
        let state = (before.state != after.state).then(|| match (before.state.is_left(), after.state.is_left()) {
            (true, false) => ChangeKind::Closed,
            (false, true) => ChangeKind::Reopened,
            _ => ChangeKind::Restated,
        });
        let text = (before.text != after.text).then_some(ChangeKind::Reworded);
        let level = (before.level != after.level).then_some(ChangeKind::Reprioritised);
        [state, text, level].into_iter().flatten().collect()
    }

    /// The item as it is, or was.
    #[must_use]
    pub fn item(&self) -> &Glance {
        match self {
            Self::Added(item) | Self::Removed(item) | Self::Changed { after: item, .. } => item,
        }
    }
}
