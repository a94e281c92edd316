//! Boxes and signs in texts: where they stand, and their states.

use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::is_pictograph;

/// Markdown's own boxes, as text.
pub(in crate::reading) const TYPED: [&str; 3] = ["[ ]", "[x]", "[X]"];

/// The glyph or box that begins a text, as a state, and what follows.
pub(in crate::reading) fn leading<'t>(terms: &Terms<'_>, text: &'t str) -> (Option<State>, &'t str) {
    let text = text.trim_start();
    if let Some((mark, rest)) = boxed(text) {
        return (terms.mark(mark), rest);
    }
    if let Some((glyph, rest)) = terms.glyph_at(text) {
        return (terms.status_glyph(glyph), rest);
    }
    let word = if terms.lost_signs { text.trim_start_matches('?').strip_prefix(' ') } else { None };
    (None, word.filter(|_| text.starts_with('?')).unwrap_or(text))
}

/// The sign that ends a text, as a state, and what stands before it.
pub(super) fn trailing<'t>(terms: &Terms<'_>, text: &'t str) -> (Option<State>, &'t str) {
    let text = text.trim_end_matches(['\u{fe0f}', ' ']);
    match text.chars().next_back().filter(|&c| is_pictograph(c)) {
        Some(glyph) => (terms.status_glyph(glyph), &text[..text.len() - glyph.len_utf8()]),
        None => (None, text),
    }
}

/// The state of the box that begins a text, written or drawn, and the text behind it.
pub(in crate::reading) fn box_at<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(State, &'t str)> {
    let text = text.trim_start();
    if let Some((mark, rest)) = boxed(text) {
        return Some((terms.mark(mark)?, rest.trim_start()));
    }
    let glyph = text.chars().next().filter(|&glyph| terms.words.boxes.is_one(glyph))?;
    Some((drawn_state(terms, glyph)?, text[glyph.len_utf8()..].trim_start_matches(['\u{fe0f}', ' ', '\u{a0}'])))
}

/// The state of a drawn box at the start of an item: a cross in it is a tick.
pub(in crate::reading) fn drawn_state(terms: &Terms<'_>, glyph: char) -> Option<State> {
    if glyph == '☒' { Some(State::Done) } else { terms.status_glyph(glyph) }
}

/// A box `[x]` at the start of a text: its mark and what follows. `[]` is an empty box too, and `[ x ]` a ticked one.
pub(in crate::reading) fn boxed(text: &str) -> Option<(char, &str)> {
    let (mark, rest) = bracketed(text)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((mark, rest))
}

/// One character in brackets at the start of a text, and what follows.
pub(in crate::reading) fn bracketed(text: &str) -> Option<(char, &str)> {
    let inner = text.strip_prefix('[')?;
    let close = inner.char_indices().take(5).find(|&(_, letter)| letter == ']')?.0;
    let mut marks = inner[..close].chars().filter(|&c| !c.is_whitespace() && c != '\u{fe0f}');
    let mark = marks.next().unwrap_or(' ');
    marks.next().is_none().then_some((mark, &inner[close + 1..]))
}

/// Where the boxes of a text stand, and their states.
pub(in crate::reading) fn boxes(terms: &Terms<'_>, text: &str) -> Vec<(usize, State)> {
    let mut boxes = Vec::new();
    if text.is_ascii() && memchr::memchr(b'[', text.as_bytes()).is_none() {
        return boxes;
    }
    for (at, letter) in text.char_indices() {
        let state = match letter {
            '[' => boxed(&text[at..]).and_then(|(mark, _)| terms.mark(mark)),
            _ if terms.words.boxes.is_one(letter) => drawn_state(terms, letter),
            _ => None,
        };
        boxes.extend(state.map(|state| (at, state)));
    }
    boxes
}

/// The only ticked one of several boxes, with what stands behind it: `☑ SEV2` of `☐ SEV1 ☑ SEV2`.
pub(in crate::reading) fn only_ticked<'t>(text: &'t str, boxes: &[(usize, State)]) -> Option<&'t str> {
    let mut ticked = boxes.iter().enumerate().filter(|(_, (_, state))| *state == State::Done);
    let (index, &(start, _)) = ticked.next().filter(|_| ticked.next().is_none())?;
    let end = boxes.get(index + 1).map_or(text.len(), |&(next, _)| next);
    Some(&text[start..end])
}
