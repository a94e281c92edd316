//! Lists of which most entries have a status word in brackets, `[DONE] …` or `… (todo)`, and some have none.

use super::{Entry, bracketed, prefix};
use crate::markdown::{NodeId, Tree};
use crate::reading::legend::Terms;
use crate::reading::lines;

/// The entries with a status of a list of which at least two and half have one in brackets, and the first without one;
/// where all have one, in square brackets before them, each another one. Beside them whatever brackets say is left counts
/// too. Where the words behind a status only name it once more, `[DONE] completed`, the list explains it.
pub(super) fn entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Option<(Vec<Entry>, Option<NodeId>)> {
    let (mut others, mut entries) = (Vec::new(), Vec::new());
    for &item in items {
        match entry(terms, tree, item) {
            Some(entry) => entries.push(entry),
            None => others.push(item),
        }
    }
    let is_told = entries.len() > 1 && entries.len() * 2 >= items.len() && !prefix::explain(terms, &entries);
    let is_boxed = |entry: &Entry| prefix::begins_with(tree, entry.item, &['[']);
    // `[TODO] something is left`: what begins small goes on with the word before it.
    let is_sentence = |entry: &Entry| !entry.text.starts_with(char::is_lowercase);
    let are_tasks = || entries.iter().all(is_boxed) && entries.iter().any(is_sentence);
    if !(is_told && (!others.is_empty() || are_tasks())) {
        return None;
    }
    let told = entries.len();
    let mut without = None;
    for item in others {
        match bracketed::left(terms, tree, item) {
            Some(entry) => entries.push(entry),
            None => without = without.or(Some(item)),
        }
    }
    if entries.len() > told {
        entries.sort_by_key(|entry| entry.item);
    }
    Some((entries, without))
}

/// The entry that a list item is by a status word in brackets at its start or end.
fn entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let led = if prefix::begins_with(tree, item, &['[', '(', '【', '（']) {
        prefix::entry(terms, tree, item)
    } else {
        None
    };
    led.or_else(|| bracketed::entry(terms, tree, item))
}

/// Whether at least two entries and half of a list begin with a status word in bold or capitals, one of them left, where
/// others do not.
pub(super) fn is_led(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> bool {
    // Words in small letters are no such ones: most entries are ruled out by two bytes.
    let is_loud = |&item: &NodeId| {
        let lead = lines::lead_node(tree, item).map_or("", |lead| tree.source(tree.node(lead).span));
        !matches!(lead.as_bytes(), [first, second, ..] if first.is_ascii_alphanumeric() && second.is_ascii_lowercase())
    };
    let led = items.iter().filter(|item| is_loud(item)).filter_map(|&item| prefix::entry(terms, tree, item));
    let (mut told, mut left) = (0, false);
    for entry in led {
        told += 1;
        left |= entry.state.is_left();
    }
    left && told > 1 && told < items.len() && told * 2 >= items.len()
}
