//! Lists whose entries have a status glyph in their middle: behind a key, `**Backups:** ❌ no disk`, or before a status
//! word, `Login ✅ Done`.

use super::{Entry, is_key};
use crate::markdown::{NodeId, Tree};
use crate::reading::legend::Terms;
use crate::reading::suffix::Suffix;
use crate::reading::{lines, status};
use crate::source::Span;

/// The entries of a list of which every one has such a glyph, two of them at least, and one that is left: others praise
/// what there is. Where one of them tells a fact of what is around the list, `**Status:** ✅ Live`, all do.
pub(super) fn entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Option<Vec<Entry>> {
    let entries: Vec<Entry> = items.iter().map_while(|&item| entry(terms, tree, item)).collect();
    let has_left = entries.iter().any(|entry| entry.state.is_left());
    // `Before: ❌ 12 s`, `After: ✅ 2 s` compare; half of the entries have to say a state, or nothing.
    let told = entries.iter().filter(|entry| entry.note.is_empty() || says_state(terms, &entry.note)).count();
    let is_told = told * 2 >= entries.len();
    (entries.len() == items.len() && entries.len() > 1 && has_left && is_told).then_some(entries)
}

/// Whether the words behind a glyph begin with a state.
fn says_state(terms: &Terms<'_>, note: &str) -> bool {
    !note.is_empty() && status::words(terms, note).is_some()
}

/// The entry that a list item is by such a glyph.
pub(super) fn entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let lead = lines::lead_node(tree, item)?;
    let span = tree.node(lead).span;
    let source = tree.source(span);
    let mut marks = source.char_indices().filter(|&(_, letter)| is_mark(terms, letter));
    // `✅ GO / ❌ NO-GO`
    let (at, glyph) = marks.next().filter(|_| marks.next().is_none())?;
    let text = tree.plain(tree.pieces(lead));
    let (before, behind) = text.split_once(glyph)?;
    let before = before.trim_end();
    let is_apart = before.ends_with([':', '：', '—', '–', '-']);
    // `Admin → ✅ allowed` tells what happens.
    let note = behind.trim_start_matches(['\u{fe0f}', ' ']);
    if !is_apart && (before.ends_with('→') || !says_state(terms, note)) {
        return None;
    }
    let state = status::said(terms, text[before.len()..].trim_start()).state();
    let start = span.start + u32::try_from(at).ok()?;
    let mark = Span { start, end: start + u32::try_from(glyph.len_utf8()).ok()? };
    let name = before.trim_end_matches([':', '：', '—', '–', '-', ' ']).to_owned();
    let suffix = Suffix { state, word: glyph.to_string(), span: mark, text: name, note: note.to_owned() };
    let is_item = suffix.text.contains(char::is_alphanumeric) && !is_key(terms, &suffix);
    let Suffix { word, text, note, .. } = suffix;
    is_item.then(|| Entry { item, state, word, mark, text, note, ..Entry::default() })
}

fn is_mark(terms: &Terms<'_>, letter: char) -> bool {
    !letter.is_ascii() && terms.led_glyph(letter).is_some()
}
