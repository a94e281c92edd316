//! Levels of which short headings are, behind other words: `Remaining P0 items`, `The "must-have" gates`, `Backend P0`.

use super::heading::{beside_noun, weighs};
use super::{direct, is_step};
use crate::model::{Level, State};
use crate::reading::legend::Terms;
use crate::reading::vocabulary::Vocabulary;

/// The most words of such a heading.
const WORDS: usize = 6;

/// The level that the last words of a normalised heading name, where those before them are articles and the like, or say in
/// which part of the whole: those only before codes and levels that name nothing else, `Backend P0`, never `Data critical`.
pub(super) fn named_last(terms: &Terms<'_>, phrase: &str) -> Option<Level> {
    before_level(terms, phrase).map(|(_, level)| level)
}

/// Whether words that name a part stand before the level that ends a normalised heading: `Backend P0`, not `Remaining P0`.
pub(super) fn names_part(terms: &Terms<'_>, phrase: &str) -> bool {
    let is_article = |word: &str| terms.words.level_words.leaves_level(word);
    before_level(terms, phrase).is_some_and(|(before, _)| !before.split(' ').all(is_article))
}

/// The level that the last words of a normalised heading name, and those before them.
fn before_level<'p>(terms: &Terms<'_>, phrase: &'p str) -> Option<(&'p str, Level)> {
    let words = terms.words;
    if phrase.split(' ').count() > WORDS || phrase.contains(['/', ',', ':', '?', '&', '+', '–', '—']) {
        return None;
    }
    let mut splits = phrase.match_indices(' ').map(|(at, _)| (&phrase[..at], &phrase[at + 1..]));
    let (before, level, kind) = splits.find_map(|(before, tail)| {
        let (level, kind) = at_end(words, tail)?;
        Some((before, level, kind))
    })?;
    let is_article = |word: &str| words.level_words.leaves_level(word);
    let is_told = match kind {
        Kind::Plain => before.split(' ').all(is_article),
        Kind::Certain => !takes_back(terms, before) && are_parts(terms, before, level),
    };
    is_told.then_some((before, level))
}

/// What words at the end of a heading are that name a level.
#[derive(Clone, Copy)]
enum Kind {
    /// A code, or a word that names nothing but a level.
    Certain,
    /// A word that says other things as well: `critical`.
    Plain,
}

/// The level that the last words of a heading name, alone or with a noun of lists: `P0`, `P0s`, `critical items`.
fn at_end(words: &Vocabulary, tail: &str) -> Option<(Level, Kind)> {
    let first = tail.split(' ').next().unwrap_or(tail).trim_end_matches('s');
    let single = words.singular(tail);
    let tail = single.as_deref().or_else(|| tail.strip_suffix('s').filter(|code| is_step(code))).unwrap_or(tail);
    let is_certain = |tail: &str| words.level_words.names_things(tail);
    let alone = || direct(words, tail).filter(|_| is_step(first) || is_certain(tail));
    let level = alone().or_else(|| beside_noun(words, tail)).filter(|_| !weighs(words, tail))?;
    let head = tail.rsplit_once(' ').map_or(tail, |(head, _)| head);
    let is_sure = is_step(first) || is_certain(tail) || is_certain(head);
    Some((level, if is_sure { Kind::Certain } else { Kind::Plain }))
}

/// Whether words before a level say that it is not so, or speak of the level itself: `Resolved`, `Definition of`, `No`.
fn takes_back(terms: &Terms<'_>, before: &str) -> bool {
    let is_over = |phrase: &str| {
        matches!(terms.state(phrase), Some(State::Done | State::Na | State::Deferred))
            || terms.words.is_taken_back(phrase)
    };
    before.match_indices(' ').any(|(at, _)| is_over(&before[at + 1..]))
        || before.split(' ').any(is_over)
        || is_over(before)
}

/// Whether each of the words before a level is an article, how many there are or, behind all those, the name of a part:
/// `Close all P0` tells what to do.
fn are_parts(terms: &Terms<'_>, before: &str, level: Level) -> bool {
    let (phrases, level_words) = (&terms.words.phrases, &terms.words.level_words);
    let mut is_behind_article = false;
    let mut is_behind_part = false;
    before.split(' ').all(|word| {
        let is_article = level_words.leaves_level(word);
        let own = direct(terms.words, word);
        let has_digit = own.is_none() && word.contains(|c: char| c.is_ascii_digit());
        let is_count = is_behind_article && word.bytes().all(|byte| byte.is_ascii_digit());
        is_behind_article = is_article;
        let is_other = || own.is_some_and(|other| other != level);
        let is_part = || {
            let joins = phrases.continues(word) || phrases.is_and(word) || level_words.speaks(word);
            !has_digit && !joins && !terms.words.tables.is_period(word) && !is_other()
        };
        if is_article || is_count {
            return !is_behind_part;
        }
        is_behind_part = true;
        is_part()
    })
}
