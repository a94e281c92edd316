//! Words about whole tables: which are no checklists, which rows are no items. `words.toml` tells of each list what it is for.

use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Words about whole tables.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Tables {
    pub never: HashSet<String>,
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
    pub phases: HashSet<String>,
    pub spans: HashSet<String>,
    pub runs: HashSet<String>,
    pub logs: HashSet<String>,
    pub decisions: Vec<String>,
    pub counts: HashSet<String>,
    pub duties: HashSet<String>,
    pub risks: HashSet<String>,
}

impl Tables {
    /// Whether a normalised text says that a row sums up the others: `Total`, `Final consolidated status`.
    pub(in crate::reading) fn is_sum(&self, phrase: &str) -> bool {
        self.sums.contains(phrase)
            || phrase.split(' ').any(|word| self.whole.contains(word))
                && phrase.split(' ').next_back().is_some_and(|word| self.whole_of.contains(word))
                && phrase.split(' ').all(|word| self.whole.contains(word) || self.whole_of.contains(word))
    }
}
