//! A list of phrases of which texts are asked whether one stands in them.

use crate::reading::phrase::is_bounded;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::slice::Iter;
use std::sync::OnceLock;

/// The phrases, and once one of them was looked for, all of them in one automaton.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub(in crate::reading) struct PhraseList {
    phrases: Vec<String>,
    automaton: OnceLock<AhoCorasick>,
}

impl From<Vec<String>> for PhraseList {
    fn from(phrases: Vec<String>) -> Self {
        Self { phrases, automaton: OnceLock::new() }
    }
}

impl PhraseList {
    /// The phrases one by one.
    pub(in crate::reading) fn iter(&self) -> Iter<'_, String> {
        self.phrases.iter()
    }

    /// Whether a normalised word is a word of one of them.
    pub(in crate::reading) fn has_word(&self, word: &str) -> bool {
        self.phrases.iter().any(|phrase| phrase.split(' ').any(|known| known == word))
    }

    /// Whether one of them stands in a normalised text, with word boundaries around it.
    pub(in crate::reading) fn stand_in(&self, text: &str) -> bool {
        #[expect(clippy::expect_used, reason = "building fails only beyond 2^31 states")]
        let build = || AhoCorasick::new(&self.phrases).expect("a few words fit");
        let mut found = self.automaton.get_or_init(build).find_overlapping_iter(text);
        found.any(|found| is_bounded(text, found.range()))
    }
}
