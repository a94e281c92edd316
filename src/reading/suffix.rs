//! A status at the end of a line, set apart: `— **PASS** (note)`, `X: DONE`.

mod contrary;

pub(super) use contrary::{contrary, contrary_before_remark, loud, opposite_sign, remark, reserves};

use super::legend::Terms;
use super::metadata;
use super::phrase::{cut_parenthesis, last_stop, next_stop, normalise, stops};
use super::status;
use super::vocabulary::Tag;
use crate::markdown::{Inline, Piece, Tree};
use crate::model::State;
use crate::source::Span;

/// The most bytes of the key of a line.
const KEY: usize = 40;

/// Arrows that join the stations of a route.
const ARROWS: [&str; 3] = ["→", "->", "=>"];

/// A status at the end of a line.
pub(super) struct Suffix {
    /// What it says.
    pub state: State,
    /// As written, without markup and note.
    pub word: String,
    /// Where the word stands.
    pub span: Span,
    /// The text before it.
    pub text: String,
    /// What follows in a parenthesis.
    pub note: String,
}

/// The bold status behind the last dash of some pieces.
pub(super) fn bold(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<Suffix> {
    set_apart(terms, tree, pieces, |word| weighty(terms, word))
}

/// The bold words that stand where such a status does; those that nobody knows are open.
pub(super) fn bold_word(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<Suffix> {
    let found = set_apart(terms, tree, pieces, |word| weighty(terms, word).or(Some(State::Open)))?;
    Some(found).filter(|found| found.word.split_whitespace().count() <= 3)
}

/// The status in bold behind the last dash, colon or arrow of some pieces, by what `state` makes of its words.
fn set_apart(
    terms: &Terms<'_>,
    tree: &Tree<'_>,
    pieces: &[Piece],
    state: impl FnOnce(&str) -> Option<State>,
) -> Option<Suffix> {
    let end = pieces.iter().rposition(|piece| piece.inline == Inline::StrongEnd)?;
    let start = pieces[..end].iter().rposition(|piece| piece.inline == Inline::Strong)?;
    let before = tree.plain(&pieces[..start]);
    let text = before.trim_end();
    let behind = tree.plain(&pieces[end..]);
    let arrowed = ARROWS.iter().find_map(|arrow| text.strip_suffix(arrow));
    let text = arrowed.map_or(text, str::trim_end);
    let apart = arrowed.is_some() || text.ends_with(['—', '–', '-', ':', '→', '：']);
    let behind = behind.trim();
    if !apart || !(behind.is_empty() || behind.starts_with(['(', '[', '.', '—', '–', ';', ',', ':'])) {
        return None;
    }
    let word = tree.plain(&pieces[start..end]);
    if word.split_whitespace().count() > 6 {
        return None;
    }
    let state = status::qualified(terms, state(&word)?, behind);
    let span = Span { start: pieces[start].span.start, end: pieces[end].span.end };
    let text = unkeyed(terms, text.trim_end_matches(['—', '–', '-', ':', '→', '：', ' '])).to_owned();
    Some(Suffix { state, word: word.trim().to_owned(), span, text, note: note(behind) })
}

/// The status behind the last colon or dash of a plain text, a note in a parenthesis left out. The word must be known.
/// `text` is the plain text of the pieces, or the end of it.
pub(super) fn plain(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece], text: &str) -> Option<Suffix> {
    behind_stop(terms, tree, pieces, text, |word| known(terms, word))
}

/// The few words that stand where such a status does; those that nobody knows are open.
pub(super) fn plain_word(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<Suffix> {
    let text = tree.plain(pieces);
    behind_stop(terms, tree, pieces, &text, |word| known(terms, word).or(Some(State::Open)))
}

/// The status behind the last stop of a text, by what `state` makes of its words.
fn behind_stop(
    terms: &Terms<'_>,
    tree: &Tree<'_>,
    pieces: &[Piece],
    text: &str,
    state: impl FnOnce(&str) -> Option<State>,
) -> Option<Suffix> {
    let remark = if text.trim_end().ends_with(')') { text.rfind(" (") } else { None };
    let head = remark.map_or(text, |at| &text[..at]);
    let (at, end) = last_stop(head)?;
    let word = head[end..].trim();
    if word.is_empty() || word.split_whitespace().count() > 3 {
        return None;
    }
    let state = status::qualified(terms, state(word)?, &text[head.len()..]);
    if state == State::Done && ends_route(terms, head, at) {
        return None;
    }
    Some(Suffix {
        state,
        word: word.to_owned(),
        span: place(tree, pieces, word)?,
        text: without_key_line(terms, tree, pieces, unkeyed(terms, head[..at].trim())).to_owned(),
        note: note(&text[head.len()..]),
    })
}

/// Whether what stands behind a stop is the last of several stations: `IDLE → RUN → DONE`. Several words are none, nor is
/// what is left in other letters than the station before it, `staging → prod → OPEN`, nor a loud word for what went wrong.
fn ends_route(terms: &Terms<'_>, text: &str, stop: usize) -> bool {
    let (before, behind) = (&text[..stop], text[stop..].trim_start());
    let Some(last) = ARROWS.iter().find_map(|arrow| behind.strip_prefix(arrow)) else { return false };
    let Some(start) = ARROWS.iter().filter_map(|arrow| Some(before.rfind(arrow)? + arrow.len())).max() else {
        return false;
    };
    let (last, station) = (cut_parenthesis(last).0.trim_matches([' ', '.', '*']), before[start..].trim());
    let is_loud = |word: &str| word.chars().nth(1).is_some() && !word.chars().any(char::is_lowercase);
    let phrase = normalise(last);
    let is_alike = || is_loud(last) == is_loud(station) || terms.state(&phrase) == Some(State::Done);
    // What is left behind stations that are no states, `EU → US → BLOCKED`, is how far the route was gone.
    let stations = || ARROWS.iter().fold(before.to_owned(), |text, arrow| text.replace(arrow, "\n"));
    let is_state = |station: &str| terms.state(&normalise(station)).is_some();
    let is_named = || next_stop(before, 0).is_some_and(|(at, _)| !before[at..].starts_with([' ']));
    let is_left =
        || terms.state(&phrase).is_some_and(State::is_left) && !is_named() && !stations().lines().any(is_state);
    let is_failure = || is_loud(last) && (terms.words.reservations.is_object(&phrase) || is_left());
    !last.contains(' ') && is_alike() && !is_failure()
}

/// A text without `Status` that is a line of its own at its end: `Restore drill` above `Status: FAIL`.
fn without_key_line<'t>(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece], text: &'t str) -> &'t str {
    let Some((_, key)) = status_line(terms, tree, pieces) else { return text };
    text.strip_suffix(key.trim()).filter(|before| before.ends_with(' ')).map_or(text, str::trim_end)
}

/// The pieces above a last line that is `Status: …`.
pub(super) fn above_status<'p>(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &'p [Piece]) -> Option<&'p [Piece]> {
    status_line(terms, tree, pieces).map(|(line, _)| &pieces[..line])
}

/// Where the last line of some pieces begins and what its key is, if that asks for a status.
fn status_line(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<(usize, String)> {
    let at = pieces.iter().rposition(|piece| piece.inline == Inline::Break)?;
    let line = tree.plain(&pieces[at + 1..]);
    let (key, _) = line.split_once([':', '：']).filter(|(key, _)| key.len() <= KEY)?;
    (terms.words.tag(&normalise(key)) == Some(Tag::Status)).then(|| (at, key.to_owned()))
}

/// The same in the whole text of some pieces, or in what stands before an owner or day at its end, which is a note:
/// `X: in progress — Owner: QA`.
pub(super) fn before_tail(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<Suffix> {
    let text = tree.plain(pieces);
    plain(terms, tree, pieces, &text).or_else(|| {
        let (head, tail) = metadata::split_tail(terms, &text);
        let found = plain(terms, tree, pieces, head).filter(|_| !tail.is_empty())?;
        Some(Suffix { note: note(tail), ..found })
    })
}

/// A text without `Status` set apart at its end: `Signals — Owner: Track — Status`.
fn unkeyed<'t>(terms: &Terms<'_>, text: &'t str) -> &'t str {
    let behind = |at: usize| at + text[at..].chars().next().map_or(1, char::len_utf8);
    let hyphen = text.rfind(" - ").map(|at| at + 1);
    let stop = text.rfind(['—', '–', '|', ',', ';', '·', '•']).into_iter().chain(hyphen).max();
    let Some(at) = stop else { return text };
    let is_key = terms.words.tag(&normalise(&text[behind(at)..])) == Some(Tag::Status);
    if is_key { text[..at].trim_end() } else { text }
}

/// Where a word stands last in some pieces; all of them where it is spread over several.
fn place(tree: &Tree<'_>, pieces: &[Piece], word: &str) -> Option<Span> {
    let found = pieces.iter().rev().find_map(|piece| {
        // To look for a long word takes its length, even in a short piece.
        let at = Some(tree.source(piece.span)).filter(|source| source.len() >= word.len())?.rfind(word)?;
        let start = piece.span.start + u32::try_from(at).ok()?;
        Some(Span { start, end: start + u32::try_from(word.len()).ok()? })
    });
    let all = Span { start: pieces.first()?.span.start, end: pieces.last()?.span.end };
    Some(found.unwrap_or(all))
}

/// A status at the end of a task's text that is surely meant as one: bold, or in capitals. With the text before it, and
/// the text from it on.
pub(super) fn explicit<'t>(
    terms: &Terms<'_>,
    tree: &Tree<'_>,
    pieces: &[Piece],
    text: &'t str,
) -> Option<(Suffix, &'t str, &'t str)> {
    let loud = text.trim_end_matches([')', '.', ' ']).ends_with(|c: char| c.is_uppercase()) || text.ends_with(')');
    let suffix = bold(terms, tree, pieces).or_else(|| {
        pieces.first().filter(|_| loud)?;
        plain(terms, tree, pieces, text)
            .filter(|suffix| suffix.word.chars().any(char::is_alphabetic) && suffix.word == suffix.word.to_uppercase())
    })?;
    let end = text.rfind(suffix.word.as_str())?;
    let behind = &text[end..];
    if last_stop(&text[..end]).is_some_and(|(at, stop)| stop == end && ends_route(terms, text, at)) {
        return None;
    }
    let before = text[..end].trim_end_matches([' ', '—', '–', '-', ':', '→', '*']);
    (!before.is_empty()).then_some((suffix, before, behind))
}

/// A status that the vocabulary or legend knows as a whole, a glyph before it and a parenthesis behind it left out. A box
/// that is not ticked beats a word that says "done".
pub(super) fn known(terms: &Terms<'_>, word: &str) -> Option<State> {
    let (head, inside) = cut_parenthesis(word);
    let (mark, rest) = status::leading(terms, head);
    let phrase = normalise(rest);
    let said = if phrase.is_empty() { mark } else { terms.state(&phrase) }?;
    let boxed = status::box_at(terms, head).filter(|(state, _)| *state != State::Done);
    // `in place ❌`
    let is_crossed = || head.chars().any(|c| !c.is_ascii() && terms.listed_glyph(c).is_some_and(State::is_left));
    match (said, boxed) {
        (State::Done, Some((state, _))) => Some(state),
        (State::Done, None) if is_crossed() => Some(State::Doing),
        _ => Some(status::qualified(terms, said, inside.unwrap_or_default())),
    }
}

/// The words in capitals set apart in a text that say that it is not needed: `Types — N/A, a plain script`.
pub(super) fn not_needed<'t>(terms: &Terms<'_>, text: &'t str) -> Option<&'t str> {
    stops(text).find_map(|(_, end)| {
        // A text of many dashes is not looked through from each of them to its end.
        let near = &text[end..end + text[end..].floor_char_boundary(2 * KEY)];
        let part = near.split([',', ';', ':', '(', '.']).next().unwrap_or_default().trim_end();
        let word = part.trim_start();
        let is_loud = !word.is_empty() && word.len() <= KEY && !word.contains(char::is_lowercase);
        // `NA, EMEA, APAC` are names, and `SKIPPED: 0` counts.
        let behind = text[end + part.len()..].trim_start_matches([',', ';', ':', '(', '.', ' ']);
        let stands_alone = behind.is_empty() || behind.starts_with(char::is_lowercase);
        (is_loud && stands_alone && terms.state(&normalise(word)) == Some(State::Na)).then_some(word)
    })
}

/// What a bold status says; its first words are enough: `N/A for now`.
fn weighty(terms: &Terms<'_>, word: &str) -> Option<State> {
    status::said(terms, word).known().or_else(|| known(terms, word))
}

/// A note without what sets it apart.
pub(super) fn note(text: &str) -> String {
    text.trim()
        .trim_start_matches(['(', '[', '—', '–', ';', ',', '.', ':', ' '])
        .trim_end_matches([')', ']'])
        .trim()
        .to_owned()
}
