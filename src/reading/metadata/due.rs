//! When an item is due, as its text says at its end.

use crate::reading::date;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::signs::{Signed, Signs};
use crate::reading::vocabulary::Tag;
use jiff::civil::Date;

/// A due date at the end: `(due 2026-03-01)`, `— due: 1 March 2026`, `by 2026-03-01`, `📅 2026-03-01`.
pub(super) fn due<'t>(terms: &Terms<'_>, Signed { text, signs }: Signed<'t>) -> Option<(Date, &'t str)> {
    if !signs.have(Signs::DIGIT) {
        return None;
    }
    let (at, date) = date::place(text)?;
    let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
    let key = due_key(terms, before).filter(|_| text.len() - at <= 30)?;
    Some((date, before[..key].trim_end_matches(['(', '[', '-', '–', '—', ',', ';', '|', ' '])))
}

/// What an item's text says of when it is due, and is no day that can be known: `(due 03/04/2026)`.
pub(in crate::reading) fn unread_due<'t>(terms: &Terms<'_>, text: &'t str) -> Option<&'t str> {
    let (at, words) = date::unknown(text)?;
    let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
    due_key(terms, before).map(|_| words)
}

/// Where the key of a due date begins at the end of a text: behind a bracket or dash, or in its last three words.
fn due_key(terms: &Terms<'_>, text: &str) -> Option<usize> {
    if let Some(before) = text.strip_suffix('📅') {
        return Some(before.len());
    }
    let opened = text.rfind(['(', '[', '（', '—', '–', ',', ';', '|']).into_iter().chain(text.rfind(" - "));
    let words = text.rmatch_indices(' ').map(|(at, _)| at).take(3);
    let starts = opened.chain(words).map(|at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    starts.chain([0]).find(|&at| terms.words.tag(&normalise(&text[at..])) == Some(Tag::Due))
}
