//! Words that take back a "done" beside them, and such as do not.

use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// The words, by where they stand and what they do there: `[reservations]` of `words.toml` tells of each list.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Reservations {
    first: Vec<String>,
    last: Vec<String>,
    narrow: Vec<String>,
    denials: Vec<String>,
    neutral: HashSet<String>,
    joins: HashSet<String>,
    objects: HashSet<String>,
}

impl Reservations {
    /// Whether a normalised clause begins with words of reservation, or ends with one and is short.
    pub(in crate::reading) fn reserve(&self, clause: &str) -> bool {
        let is_short = clause.split(' ').count() <= 4 && !self.denies(clause);
        let mut phrases = self.denials.iter().filter(|words| words.contains(' '));
        let is_denied = phrases.any(|words| clause.starts_with(words.as_str()));
        let begins = !is_denied && self.first.iter().any(|words| starts_with(clause, words));
        begins || is_short && ends_with(clause, &self.last)
    }

    /// Whether a normalised clause denies what it names: `no open points`, `0 failed`.
    pub(super) fn denies(&self, clause: &str) -> bool {
        self.denials.iter().any(|words| starts_with(clause, words))
    }

    /// Whether a normalised phrase ends with a word that narrows it: `in staging only`.
    pub(in crate::reading) fn narrow(&self, phrase: &str) -> bool {
        ends_with(phrase, &self.narrow)
    }

    /// Whether a normalised phrase names a state that says nothing against "done" beside it.
    pub(super) fn is_neutral(&self, phrase: &str) -> bool {
        self.neutral.contains(phrase)
    }

    /// Whether a normalised word that ends the text of an item mostly names what it is about: `Colour of the logo: red`.
    pub(in crate::reading) fn is_object(&self, word: &str) -> bool {
        self.objects.contains(word)
    }

    /// Whether a normalised word joins a name, day or place to the state before it: `Done by`, `erledigt am`.
    pub(in crate::reading) fn join(&self, word: &str) -> bool {
        self.joins.contains(word)
    }
}

/// Whether a phrase begins with some words; scripts without spaces go on behind them.
fn starts_with(phrase: &str, words: &str) -> bool {
    let rest = phrase.strip_prefix(words);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() && c < '\u{2e80}'))
}

/// Whether a phrase ends with one of some words and has more before it.
fn ends_with(phrase: &str, words: &[String]) -> bool {
    let before = |word: &String| phrase.strip_suffix(word.as_str());
    words.iter().filter_map(before).any(|rest| rest.ends_with(|c: char| c == ' ' || c > '\u{2e80}'))
}
