//! Priorities: cells and values; the tags of items, the words in headings and labels, and
//! the levels among other things in brackets, in files of their own.

mod among;
mod coded;
mod headed;
mod heading;
mod tag;
mod unread;

pub(super) use among::{has_code, one_of};
pub(super) use coded::marked;
pub(super) use heading::{asked, heading, label, names_last};
pub(super) use tag::{
    at_end, begins_name, behind_bracket, hashtag, hashtag_before_handles, is_step, marked_end, near_end, set_apart, tag,
};
pub(super) use unread::{Unread, unread};

use super::legend::Terms;
use super::phrase::{cut_parenthesis, is_pictograph, normalise, rsplit_word};
use super::status;
use super::vocabulary::{Tag, Vocabulary};
use crate::model::Level;
use std::borrow::Cow;
use std::sync::Arc;

/// A priority as written, and its level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Priority {
    /// The level.
    pub level: Level,
    /// The word as written.
    pub text: Arc<str>,
}

/// The level that a phrase names, alone or as its first words: `P0 (Critical)`, `🔴 High`, `Must have`.
pub(super) fn named(words: &Vocabulary, text: &str) -> Option<Level> {
    let (head, inside) = cut_parenthesis(text);
    let phrase = normalise(head);
    direct(words, &phrase)
        .or_else(|| first_words(words, &phrase))
        .or_else(|| inside.and_then(|inside| direct(words, &normalise(inside))))
}

fn first_words(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let list: Vec<&str> = phrase.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    (1..list.len().min(4)).rev().find_map(|count| words.level(&list[..count].join(" ")))
}

/// The level of a normalised phrase that is nothing else: `high`, `p0`, `high priority`, `priority high`, `p0 critical`.
fn direct(words: &Vocabulary, phrase: &str) -> Option<Level> {
    if let Some(level) = words.level(phrase) {
        return Some(level);
    }
    let end = phrase.bytes().position(|byte| matches!(byte, b' ' | b':'))?;
    if let Some(rest) = words.phrases.unstressed(phrase) {
        return direct(words, rest);
    }
    let is_key = |word: &str| words.tag(word) == Some(Tag::Priority);
    if is_key(&phrase[..end]) {
        let rest = phrase[end + 1..].trim_start_matches([':', ' ']);
        return words.level(rest).or_else(|| first_words(words, rest));
    }
    let (head, last) = rsplit_word(phrase)?;
    is_key(last).then(|| words.level(head).or_else(|| words.level(head.split('/').next()?.trim()))).flatten()
}

/// The priority that a cell or value names.
pub(super) fn value(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    let text = text.trim();
    let boxes = status::boxes(terms, text);
    if boxes.len() > 1 {
        let (_, ticked) = status::box_at(terms, status::only_ticked(text, &boxes)?)?;
        return stated(terms, ticked);
    }
    if let Some(found) = stated(terms, text) {
        return Some(found);
    }
    let glyph = terms.glyph_at(text);
    let by_glyph = || glyph.and_then(|(glyph, _)| terms.glyph_level(glyph));
    let of_one = || named(terms.words, text).or_else(by_glyph);
    // The first sign of a choice says no more than its first word.
    let level = terms.level(text).or_else(|| if is_choice(terms.words, text) { None } else { of_one() })?;
    let written = unsigned(text);
    Some(Priority { level, text: if written.is_empty() { text } else { written }.into() })
}

/// The priority that a value is, or begins with before an explanation or another fact: `P0 (Critical)`, `P1 - High`,
/// `High | Effort: Low`.
pub(super) fn stated(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    let text = unsigned(text);
    let head = text.split([',', ';', '—', '–', '|', '·', '•', '(', '（']).next().unwrap_or(text);
    let head = head.split(" - ").next().unwrap_or(head).trim();
    let level = direct(terms.words, &normalise(head)).or_else(|| of_both(terms.words, head));
    let level = level.filter(|_| !is_choice(terms.words, text))?;
    let written = text.split(['|', '·', '•', ';']).next().unwrap_or(text);
    Some(Priority { level, text: written.trim().into() })
}

/// The level that words beside slashes name together: `P1/High`.
fn of_both(words: &Vocabulary, text: &str) -> Option<Level> {
    let (first, rest) = text.split_once('/')?;
    let level = |part: &str| direct(words, &normalise(part));
    rest.split('/').all(|part| level(part).is_some()).then(|| level(first))?
}

/// Whether a value names several levels of one kind, as one that is still to be chosen does, `High / Medium / Low`: three of
/// them, or two that no comma parts.
fn is_choice(words: &Vocabulary, text: &str) -> bool {
    // `P0 (blocker), P1 (important)`
    let bare = || text.split(['(', '（']).flat_map(|part| part.rsplit([')', '）']).next()).collect();
    let head = if text.contains(['(', '（']) { Cow::Owned(bare()) } else { Cow::Borrowed(text) };
    let parts = head.split(['/', ',', ';', '—', '–', '|', '·']).flat_map(|part| part.split(" - ")).map(str::trim);
    // `P0, P1 or P2`
    let first = |part: &str| step(words, part.split(' ').next()?);
    let word = |part: &str| direct(words, &normalise(part)).map(|level| (false, level));
    let level = |part: &str| first(part).map(|level| (true, level)).or_else(|| word(part));
    let mut named = parts.filter_map(level);
    let Some((kind, first)) = named.next() else { return false };
    let others = named.filter(|&(other, level)| other == kind && level != first).count();
    others > 1 || others == 1 && !head.contains([',', ';'])
}

/// The level whose code a word is: `P0`.
fn step(words: &Vocabulary, word: &str) -> Option<Level> {
    if is_step(word) { words.level(&normalise(word)) } else { None }
}

/// A text without the signs before it.
fn unsigned(text: &str) -> &str {
    text.trim_start_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}')
}

/// The priority that a cell names by the first letter of high, medium or low.
pub(super) fn letter(terms: &Terms<'_>, cell: &str) -> Option<Priority> {
    let letter = cell.trim();
    terms.words.level_by_letter(letter).map(|level| Priority { level, text: letter.into() })
}

/// Whether a word in small letters is one for priorities and for no levels of other things.
fn is_priority(word: &str) -> bool {
    matches!(word, "priority" | "prio")
}

/// The priority whose code a text is, and nothing else but signs: `**P0**`. In small letters it may be a name.
pub(super) fn code(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    let code = text.trim_matches(|c: char| !c.is_alphanumeric());
    let level = if code.starts_with('P') { step(terms.words, code) } else { None }?;
    Some(Priority { level, text: code.into() })
}

/// The priority that a text is, and nothing else.
pub(super) fn whole(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    direct(terms.words, &normalise(text)).map(|level| Priority { level, text: text.trim().into() })
}
