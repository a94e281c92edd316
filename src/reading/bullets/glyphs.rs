//! Entries led by a status glyph: `✅ Backups`.

use super::Entry;
use crate::markdown::{NodeId, Tree};
use crate::model::State;
use crate::reading::draft::{glyph_span, text_of};
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::{lines, status, suffix};

/// Entries led by a status glyph.
pub(super) fn glyph_entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Vec<Entry> {
    // Colours alone are levels as often as states; among ticks and crosses they are states.
    let mut is_told = false;
    let entries = items.iter().map_while(|&item| {
        let (entry, glyph) = glyph_entry(terms, tree, item).filter(|&(_, glyph)| terms.led_glyph(glyph).is_some())?;
        let is_listed = terms.listed_glyph(glyph).is_some();
        is_told |= is_listed && !terms.words.listed_colours.contains(&glyph);
        Some((entry, is_listed))
    });
    let entries: Vec<(Entry, bool)> = entries.collect();
    let is_led = |listed: bool| listed || is_told;
    entries.into_iter().map_while(|(entry, listed)| is_led(listed).then_some(entry)).collect()
}

/// One of them, with its glyph.
pub(super) fn glyph_entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<(Entry, char)> {
    let lead = lines::lead_node(tree, item)?;
    let lead_text = text_of(terms, tree, tree.pieces(lead));
    let (glyph, text) = behind_glyph(terms, &lead_text)?;
    let glyph_state = terms.status_glyph(glyph).or_else(|| terms.listed_glyph(glyph))?;
    let boxed = status::box_at(terms, text);
    let (state, text) = match boxed {
        Some((state, rest)) if glyph_state == State::Done => (state, rest),
        Some((_, rest)) => (glyph_state, rest),
        None => (glyph_state, text),
    };
    let mark = glyph_span(tree, lead, glyph);
    let mut entry = Entry { item, state, mark, text: text.to_owned(), word: glyph.to_string(), ..Entry::default() };
    entry.disagrees = boxed.is_some_and(|(state, _)| state.is_left() != glyph_state.is_left());
    if let Some(suffix) = suffix::bold(terms, tree, tree.pieces(lead)) {
        entry.text = behind_glyph(terms, &suffix.text)?.1.to_owned();
        entry.note = suffix.note;
        entry.disagrees = suffix.state.is_left() != state.is_left();
        // A word beats a glyph, `✅ Backups — PENDING`, but never says "done" over one that does not.
        if suffix.state != State::Done {
            (entry.state, entry.word, entry.mark) = (suffix.state, suffix.word, suffix.span);
        }
    } else if let Some((contrary, word)) = suffix::contrary(terms, &entry.text).filter(|_| state == State::Done) {
        (entry.disagrees, entry.state, entry.word) = (true, contrary, word.to_owned());
    } else if state == State::Done && (suffix::reserves(terms, &entry.text) || is_doubted(terms, &lead_text)) {
        (entry.disagrees, entry.state) = (true, State::Doing);
    }
    Some((entry, glyph))
}

/// Whether what follows right behind a glyph takes it back: `✅?`, `✅❌`, `✅ (not yet)`.
fn is_doubted(terms: &Terms<'_>, text: &str) -> bool {
    let Some((_, rest)) = terms.glyph_at(text.trim_start()) else { return false };
    let rest = rest.trim_start();
    let says_left = |(glyph, _): (char, &str)| terms.listed_glyph(glyph).is_some_and(State::is_left);
    let inside = || rest.strip_prefix('(').and_then(|inside| Some(inside.split_once(')')?.0));
    rest.starts_with(['?', '？'])
        || terms.glyph_at(rest).is_some_and(says_left)
        || inside().is_some_and(|inside| terms.reserves(&normalise(inside)))
}

/// The glyph that leads a text, and what follows, when that has words.
fn behind_glyph<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(char, &'t str)> {
    let (glyph, rest) = terms.glyph_at(text.trim_start())?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '\u{a0}'));
    rest.chars().any(char::is_alphanumeric).then_some((glyph, rest))
}
