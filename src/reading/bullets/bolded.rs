//! Lists of which every entry ends in words set apart, in bold as a rule, `Keys: **Manual**`, and most of these words are no
//! known states: some are words that the document explains, or stand beside known ones.

use super::{Entry, is_key};
use crate::markdown::NodeId;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::{Reader, lines, suffix};
use rustc_hash::FxHashSet as HashSet;

/// What such a list is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Items: those with words that nobody knows are open.
    Items,
    /// It looks like items, and is not surely a list of states.
    Ambiguous,
}

/// The entries of such a list. They are items where the document explains the words, or where a third of them are known,
/// the others repeat and lists of status words are items elsewhere; without bold such lists are only told.
pub(super) fn entries(reader: &Reader<'_>, items: &[NodeId]) -> Option<(Vec<Entry>, Fit)> {
    let (terms, tree) = (reader.terms, reader.tree);
    let mut is_bold = true;
    let entry = |&item: &NodeId| {
        let pieces = tree.pieces(lines::lead_node(tree, item)?);
        let found = suffix::bold_word(terms, tree, pieces).or_else(|| {
            is_bold = false;
            suffix::plain_word(terms, tree, pieces)
        })?;
        (!is_key(terms, &found)).then(|| Entry::of(item, found))
    };
    let entries: Vec<Entry> = items.iter().map_while(entry).collect();
    if entries.len() < items.len() || entries.len() < 2 {
        return None;
    }
    let known = entries.iter().filter(|entry| is_known(terms, entry)).count();
    let is_explained = |entry: &&Entry| !is_known(terms, entry) && terms.explains(&normalise(&entry.word));
    let explained = entries.iter().filter(is_explained).count();
    let is_told = explained > 0 && (known + explained) * 2 >= entries.len();
    let is_style = known * 3 >= entries.len() && !reader.bullet_lists.is_empty() && repeat(terms, &entries);
    match is_bold {
        _ if is_told => Some((entries, Fit::Items)),
        true if is_style => Some((entries, Fit::Items)),
        true => (known > 0).then_some((entries, Fit::Ambiguous)),
        // `Region: north` tells a fact as often as a state.
        false => is_style.then_some((entries, Fit::Ambiguous)),
    }
}

/// Whether an unknown word stands behind two entries: what is told of several things, `Oak`, `Blue`, seldom does.
fn repeat(terms: &Terms<'_>, entries: &[Entry]) -> bool {
    let unknown = entries.iter().filter(|entry| !is_known(terms, entry));
    let mut words = HashSet::default();
    unknown.map(|entry| normalise(&entry.word)).any(|word| !words.insert(word))
}

/// Whether the word of an entry is a known state.
pub(super) fn is_known(terms: &Terms<'_>, entry: &Entry) -> bool {
    suffix::known(terms, &entry.word).is_some()
}
