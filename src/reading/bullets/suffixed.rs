//! Lists whose entries end in a status word set apart: `Backups — **PASS** (note)`, `Backups: done`.

use super::{Entry, glyph_entry, inner, is_key};
use crate::markdown::{NodeId, Tree};
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::suffix::{self, Suffix};
use crate::reading::{lines, metadata};

/// Entries that end in a status: at least half of the list, and two where the status follows a colon without weight.
pub(super) fn entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (mut weak, mut led) = (0, 0);
    for &item in items {
        let Some(lead) = lines::lead_node(tree, item) else { continue };
        let source = tree.source(tree.node(lead).span);
        if !source.bytes().any(|byte| matches!(byte, b':' | b'-' | 0xE2 | 0xEF)) {
            continue;
        }
        let pieces = tree.pieces(lead);
        let bold = suffix::bold(terms, tree, pieces);
        let is_bold = bold.is_some();
        let found = bold.or_else(|| suffix::before_tail(terms, tree, pieces)).filter(|suffix| !is_key(terms, suffix));
        if let Some(Suffix { state, word, span, text, note }) = found {
            weak += usize::from(!is_bold);
            entries.push(Entry { item, state, word, mark: span, text, note, ..Entry::default() });
        } else {
            led += usize::from(led_entry(terms, tree, item).is_some());
        }
    }
    let told = entries.len();
    let enough = told > 0 && (told + led) * 2 >= items.len() && (weak == 0 || told > 1);
    if !enough {
        return Vec::new();
    }
    // The rest of the list are entries too, with words that nobody knows.
    let mut all = Vec::new();
    let mut known = entries.into_iter().peekable();
    for &item in items {
        match known.next_if(|entry| entry.item == item) {
            Some(entry) => all.push(entry),
            None => {
                let led = || led_entry(terms, tree, item).or_else(|| inner::entry(terms, tree, item));
                all.extend(led().or_else(|| unknown(terms, tree, item)));
            }
        }
    }
    all
}

/// An entry that is led by a glyph of lists.
fn led_entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let (entry, _) = glyph_entry(terms, tree, item).filter(|&(_, glyph)| terms.listed_glyph(glyph).is_some())?;
    Some(entry)
}

fn unknown(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let lead = lines::lead_node(tree, item)?;
    let text = tree.plain(tree.pieces(lead));
    let (text, tail) = metadata::split_tail(terms, &text);
    let parted = text.rsplit_once(" — ").or_else(|| text.rsplit_once(" – ")).or_else(|| text.rsplit_once(": "));
    // `See the board` is none, but `See that it holds: nearly`.
    if parted.is_none() && terms.words.people.is_prose(&normalise(text)) {
        return None;
    }
    let (text, word) = parted.unwrap_or((text, ""));
    let mark = tree.node(lead).span;
    let note = suffix::note(tail);
    Some(Entry { item, word: word.to_owned(), mark, text: text.to_owned(), note, ..Entry::default() })
}
