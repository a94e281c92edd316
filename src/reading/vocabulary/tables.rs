//! Words about whole tables: which are no checklists, which rows are no items. `words.toml` tells of each list what it is for.

use super::Vocabulary;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words about whole tables.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Tables {
    pub never: HashSet<String>,
    pub never_untracked: HashSet<String>,
    pub signed: HashSet<String>,
    pub wanted: HashSet<String>,
    pub past: HashSet<String>,
    pub triggers: HashSet<String>,
    pub mended: HashSet<String>,
    pub unmended: HashSet<String>,
    pub environments: HashSet<String>,
    pub asked_of: HashSet<String>,
    pub never_stateless: HashSet<String>,
    pub reference: HashSet<String>,
    pub measures: HashSet<String>,
    pub measured: HashSet<String>,
    pub never_item: HashSet<String>,
    pub metrics: HashSet<String>,
    pub answers_yes: HashSet<String>,
    pub answers_no: HashSet<String>,
    pub answers_na: HashSet<String>,
    pub answers_doing: HashSet<String>,
    pub yes: HashSet<String>,
    pub no: HashSet<String>,
    pub answers_fully: HashSet<String>,
    pub answers_partly: HashSet<String>,
    pub self_named: Vec<String>,
    pub sums: HashSet<String>,
    pub whole: HashSet<String>,
    pub whole_of: HashSet<String>,
    pub answer: HashSet<String>,
    pub grades: HashSet<String>,
    pub explains: HashSet<String>,
    pub tasks: HashSet<String>,
    pub task_states: HashSet<String>,
    pub moments: HashSet<String>,
    pub periods: HashSet<String>,
    pub phases: HashSet<String>,
    pub spans: HashSet<String>,
    pub runs: HashSet<String>,
    pub logs: HashSet<String>,
    pub decisions: Vec<String>,
    pub counts: HashSet<String>,
    pub duties: HashSet<String>,
    pub deeds: HashSet<String>,
    pub proofs: HashSet<String>,
    pub risks: HashSet<String>,
}

impl Tables {
    /// Whether a normalised title tells of what is aimed at: `Target`, `Expected result`.
    pub(in crate::reading) fn is_wanted(&self, phrase: &str) -> bool {
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        self.wanted.contains(first) && (rest.is_empty() || self.whole_of.contains(rest))
    }

    /// Whether a normalised title begins with the name of a stretch of work or of who does it: `Phase 2`, `Week 1`.
    pub(in crate::reading) fn is_period(&self, phrase: &str) -> bool {
        phrase.split(' ').next().is_some_and(|word| self.periods.contains(word))
    }

    /// Whether a normalised text says that a row sums up the others: `Total`, `Final consolidated status`.
    pub(in crate::reading) fn is_sum(&self, phrase: &str) -> bool {
        self.sums.contains(phrase)
            || phrase.split(' ').any(|word| self.whole.contains(word))
                && phrase.split(' ').next_back().is_some_and(|word| self.whole_of.contains(word))
                && phrase.split(' ').all(|word| self.whole.contains(word) || self.whole_of.contains(word))
    }
}

impl Vocabulary {
    /// The name under which a normalised header is known: that of another language, or itself.
    pub(in crate::reading) fn header(&self, phrase: String) -> String {
        self.headers.get(&phrase).cloned().unwrap_or(phrase)
    }
}

/// Headers by each of the words that are read as them.
pub(super) fn by_synonym(headers: BTreeMap<String, Vec<String>>) -> HashMap<String, String> {
    let pairs = |(header, words): (String, Vec<String>)| words.into_iter().map(move |word| (word, header.clone()));
    headers.into_iter().flat_map(pairs).collect()
}
