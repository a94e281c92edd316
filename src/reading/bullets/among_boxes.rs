//! Entries among boxes that have none: what is set apart in them may say that they are not done.

use super::{Entry, bracketed, fielded, inner, is_key, prefix};
use crate::markdown::{NodeId, Tree};
use crate::reading::legend::Terms;
use crate::reading::lines;
use crate::reading::suffix::{self, Suffix};

/// The status set apart with which an entry among boxes says that it is not done: in front, `**BLOCKED**: x`, `[TODO] x`,
/// or at its end, in bold or capitals or as a glyph.
pub(in crate::reading) fn left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Suffix> {
    let lead = lines::lead_node(tree, item)?;
    if !tree
        .source(tree.node(lead).span)
        .bytes()
        .any(|byte| matches!(byte, b':' | b'-' | b'[' | b']' | b')' | 0xE2 | 0xEF))
    {
        return None;
    }
    let pieces = tree.pieces(lead);
    let is_loud = |suffix: &Suffix| !suffix.word.chars().any(char::is_lowercase);
    let led = prefix::entry(terms, tree, item).or_else(|| bracketed::entry(terms, tree, item));
    // A word in brackets in place of a box ticks it too.
    let is_box = tree.source(tree.node(lead).span).starts_with('[');
    let led = led.map(Entry::into_suffix);
    if is_box && led.is_some() {
        return led;
    }
    // `Alerts: ❌ nobody is paged`
    let inner = || {
        let mut found = inner::entry(terms, tree, item)?.into_suffix();
        if !found.note.is_empty() {
            found.text = format!("{}: {}", found.text, found.note);
        }
        Some(found)
    };
    let found = led
        .or_else(|| fielded::among_boxes(terms, tree, item))
        .or_else(|| suffix::bold(terms, tree, pieces))
        .or_else(|| suffix::plain(terms, tree, pieces, &tree.plain(pieces)).filter(is_loud))
        .or_else(inner)?;
    Some(found).filter(|found| found.state.is_left() && !is_key(terms, found))
}

/// Whether a bullet begins with a status word in capitals, bold or brackets that says that it is not done.
pub(in crate::reading) fn begins_as_left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> bool {
    prefix::entry(terms, tree, item).is_some_and(|entry| entry.state.is_left())
}
