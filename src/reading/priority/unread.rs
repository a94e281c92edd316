//! Codes of levels in the texts of items that are not read as their priorities.

use super::among::{is_among, only_code};
use super::direct;
use crate::model::Level;
use crate::reading::legend::Terms;
use crate::reading::phrase::{is_pictograph, normalise};

/// What sets a code apart from the words before it, and from those behind it.
const OPENERS: [char; 13] = ['(', '[', '（', '—', '–', '|', '·', '•', ',', ';', ':', '：', '/'];
const CLOSERS: [char; 13] = [')', ']', '）', '—', '–', '|', '·', '•', ',', ';', '.', '?', '!'];

/// A code of a level in a text that is not read as its priority.
pub(in crate::reading) struct Unread<'t> {
    /// The code as written.
    pub code: &'t str,
    /// The level that it names.
    pub level: Level,
    /// Whether brackets, stops or signs set it apart from what the text says, by itself or among other things.
    pub is_set_apart: bool,
}

/// The code of a level that opens or ends a text, or is set apart in it: `Ropes (P0) as drawn`, `P0, ropes`. Several in brackets,
/// `Faults (P0, P1)`, are what the text is about.
pub(in crate::reading) fn unread<'t>(terms: &Terms<'_>, text: &'t str) -> Option<Unread<'t>> {
    let is_digit = |at: &usize| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
    // `P0, P1 and P2 faults are closed` speaks of levels.
    let is_one = || only_code(text).is_some();
    memchr::memchr_iter(b'P', text.as_bytes()).filter(is_digit).find_map(|at| {
        let (code, before, behind) = (&text[at..at + 2], &text[..at], &text[at + 2..]);
        let is_stop = behind == "." || behind.starts_with(". ");
        let is_whole =
            is_stop || !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '/' | '–' | '+'));
        let ends_part = behind.starts_with([')', ']', '）'])
            || behind.strip_prefix(',').is_some_and(|more| !more.trim_start().starts_with('P'));
        let is_opened = before.ends_with(['(', '[', '（']) || before.trim_end().ends_with([':', '：']);
        let is_bracketed = is_opened && ends_part || is_among(terms, text, at) || is_parted(before, behind) && is_one();
        let begins = !before.contains(char::is_alphanumeric) && behind.starts_with(' ');
        // `pages for P1` goes on with the sentence.
        let last_word = || before.trim_end().rsplit(' ').next().unwrap_or_default();
        let ends = || before.ends_with(' ') && !terms.words.phrases.continues(&normalise(last_word()));
        let is_at_edge = begins || behind.is_empty() && ends();
        let is_told = is_whole && (is_bracketed || is_at_edge) && !terms.is_version_part(code);
        let level = direct(terms.words, &normalise(code)).filter(|_| is_told)?;
        Some(Unread { code, level, is_set_apart: is_bracketed })
    })
}

/// Whether what stands before and behind a code sets it apart from both: `P0; ropes`, `Ropes [P0 Crew]`.
fn is_parted(before: &str, behind: &str) -> bool {
    let opener = before.trim_end().trim_end_matches('\u{fe0f}').chars().next_back();
    let is_opener = |c: char| is_pictograph(c) || OPENERS.contains(&c) || c == '-' && before.ends_with("- ");
    let next = behind.trim_start();
    let is_closed = next.starts_with(CLOSERS) || next.is_empty() || behind.starts_with(" - ");
    let names_more = || behind.len() > next.len() && next.starts_with(char::is_uppercase) && next.contains([']', ')']);
    let is_in_brackets = || before.ends_with(['[', '(', '（']) && names_more();
    opener.is_none_or(is_opener) && is_closed || is_in_brackets()
}
