//! Words that take back a "done" beside them, and such as do not.

use super::affixes::{Prefixes, Suffixes};
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// The words, by where they stand and what they do there: `[reservations]` of `words.toml` tells of each list.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Reservations {
    first: Prefixes,
    last: Suffixes,
    narrow: Suffixes,
    denials: Prefixes,
    neutral: HashSet<String>,
    joins: HashSet<String>,
    objects: HashSet<String>,
}

impl Reservations {
    /// Whether a normalised clause begins with words of reservation, or ends with one and is short.
    pub(in crate::reading) fn reserve(&self, clause: &str) -> bool {
        let is_short = || clause.split(' ').count() <= 4 && !self.denies(clause);
        let is_denied = || self.denials.of(clause).any(|(words, _)| words.contains(' '));
        let begins = self.first.of(clause).any(|(_, rest)| is_apart(rest)) && !is_denied();
        begins || is_short() && ends_with(clause, &self.last)
    }

    /// Whether a normalised clause denies what it names: `no open points`, `0 failed`.
    pub(super) fn denies(&self, clause: &str) -> bool {
        self.denials.of(clause).any(|(_, rest)| is_apart(rest))
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

/// Whether what follows some words shows that they were whole; scripts without spaces go on behind them.
fn is_apart(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() && c < '\u{2e80}')
}

/// Whether a phrase ends with one of some words and has more before it.
fn ends_with(phrase: &str, words: &Suffixes) -> bool {
    words.before(phrase).any(|rest| rest.ends_with(|c: char| c == ' ' || c > '\u{2e80}'))
}
