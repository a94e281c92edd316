//! Levels in headings that no stop sets apart: in brackets with other things, before a handle, in bold or code.

use super::among::{has_code, one_of, only_code};
use super::{Priority, heading, is_choice};
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;

/// How many brackets of a title are looked into.
const BRACKETS: usize = 4;

/// The level that stands among other things in square brackets of a title, `[P0 | Ops]`, `[Critical | QA]`, or by its code
/// before handles at its end: `[P0] @crew`.
pub(super) fn coded(terms: &Terms<'_>, title: &str) -> Option<Priority> {
    let mut inner = title.split('[').skip(1).take(BRACKETS).filter_map(|rest| Some(rest.split_once(']')?.0));
    // `[P0 | P1]` is still to be chosen.
    let in_brackets = inner.find_map(|inside| one_of(terms, inside).filter(|_| !is_choice(terms.words, inside)));
    in_brackets.or_else(|| {
        let bare = without_handles(title);
        if bare.len() < title.len() && has_code(bare) { heading(terms, bare, &normalise(bare)) } else { None }
    })
}

/// The level whose code ends a title in bold or code, as its source shows: ``Ropes `P0` ``. One that goes on with the
/// sentence, `Close all **P0**`, is none.
pub(in crate::reading) fn marked(terms: &Terms<'_>, title: &str, source: &str) -> Option<Priority> {
    let code = only_code(title)?;
    let before = without_handles(title).strip_suffix(code)?.trim_end();
    let is_marked = || ["`", "**", "__"].iter().any(|mark| is_within(source, code, mark));
    let last = normalise(before.rsplit(' ').next()?);
    let is_apart = !last.is_empty() && !terms.words.phrases.continues(&last) && !terms.words.tables.is_period(&last);
    let is_level = || is_apart && is_marked() && !terms.is_version_part(code);
    let level = terms.words.level(&normalise(code)).filter(|_| is_level())?;
    Some(Priority { level, text: code.into() })
}

/// Whether a word stands between two of a mark somewhere in a text.
fn is_within(text: &str, word: &str, mark: &str) -> bool {
    text.match_indices(word).any(|(at, _)| text[..at].ends_with(mark) && text[at + word.len()..].starts_with(mark))
}

/// A title without the handles that end it.
pub(super) fn without_handles(title: &str) -> &str {
    let mut bare = title.trim_end();
    while let Some((before, _)) = bare.rsplit_once(' ').filter(|(_, last)| last.starts_with('@')) {
        bare = before.trim_end();
    }
    bare
}
