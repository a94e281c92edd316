//! The level among other things in brackets: `(3 days, P0)`, `(owner: QA; P0)`, `(P0 / blocker)`.

use super::{Priority, direct, is_step, step};
use crate::model::Level;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::vocabulary::{Tag, Vocabulary};

/// What parts the things that are said in brackets.
const PARTS: [char; 15] = [',', ';', '/', '|', '·', '•', '—', '–', '，', '；', '、', '｜', '／', '(', '（'];

const OPENING: [char; 3] = ['(', '[', '（'];
const CLOSING: [char; 3] = [')', ']', '）'];

/// The bytes before and behind a code in which the brackets around it stand.
const NEAR: usize = 160;

/// The level that a part of what stands in brackets is, by the code of one. Several codes, `(2 faults, P0, P1)`, are what
/// the text is about.
pub(super) fn among(terms: &Terms<'_>, inside: &str) -> Option<Priority> {
    let code = only_code(inside).filter(|code| !terms.is_version_part(code))?;
    let parts = inside.split(PARTS).flat_map(|part| part.split(" - ")).map(str::trim);
    let mut levels = parts.filter(|part| part.contains(code)).map(|part| of_part(terms.words, part));
    Some(Priority { level: levels.find_map(|level| level)?, text: code.into() })
}

/// The level that a part of what stands in brackets is, by the code of one or by a word that names nothing else:
/// `(Ops, critical)`, `[QA / Blocker]`. Several, `(minor, major, critical)`, are what the text is about.
pub(in crate::reading) fn one_of(terms: &Terms<'_>, inside: &str) -> Option<Priority> {
    if has_code(inside) {
        return among(terms, inside);
    }
    if !inside.contains(PARTS) {
        return None;
    }
    let words = terms.words;
    let parts = inside.split(PARTS).map(|part| (part.trim(), normalise(part)));
    let mut named = parts.filter_map(|(part, phrase)| Some((words.level(&phrase)?, part, phrase)));
    let (level, part, phrase) = named.next().filter(|_| named.next().is_none())?;
    let is_certain = words.level_words.is_certain(&phrase) && !terms.is_version_part(part);
    is_certain.then(|| Priority { level, text: part.into() })
}

/// Whether a text may have the code of a level: few have its letter and a digit behind that.
pub(in crate::reading) fn has_code(text: &str) -> bool {
    let is_digit = |at: usize| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
    memchr::memchr2_iter(b'P', b'p', text.as_bytes()).any(is_digit)
}

/// The code that is the only one in a text.
pub(super) fn only_code(text: &str) -> Option<&str> {
    let mut codes =
        Some(text).filter(|text| has_code(text))?.split(|c: char| !c.is_alphanumeric()).filter(|word| is_step(word));
    let first = codes.next()?;
    codes.all(|other| other.eq_ignore_ascii_case(first)).then_some(first)
}

/// The level that a part with a code is: the code alone, behind a key, or before words for levels: `P0 blockers`,
/// `P0: blocker`.
fn of_part(words: &Vocabulary, part: &str) -> Option<Level> {
    let phrase = normalise(part);
    let with_word = || {
        let (code, rest) = phrase.split_once([' ', ':']).filter(|(code, _)| is_step(code))?;
        let rest = rest.trim_start_matches([':', ' ']);
        let is_level =
            direct(words, rest).is_some() || words.singular(rest).is_some_and(|one| direct(words, &one).is_some());
        if is_level { words.level(code) } else { None }
    };
    // `Owner: P0` is nobody's name.
    let behind_owner = || {
        let (key, code) = part.split_once([':', '：'])?;
        step(words, code.trim()).filter(|_| words.tag(&normalise(key)) == Some(Tag::Owner))
    };
    direct(words, &phrase).or_else(with_word).or_else(behind_owner)
}

/// Whether a code at some place of a text stands among other things in brackets, and is meant as a level there. Brackets are
/// looked for near it alone: a text of many codes is not looked through from each of them.
pub(super) fn is_among(terms: &Terms<'_>, text: &str, at: usize) -> bool {
    let near = text.ceil_char_boundary(at.saturating_sub(NEAR))..text.floor_char_boundary(at + NEAR);
    let (before, behind) = (&text[near.start..at], &text[at..near.end]);
    let Some(open) = before.rfind(OPENING) else { return false };
    let opened = before[open..].trim_start_matches(OPENING);
    let close = behind.find(CLOSING).filter(|_| !opened.contains(CLOSING));
    close.is_some_and(|close| among(terms, &text[at - opened.len()..at + close]).is_some())
}
