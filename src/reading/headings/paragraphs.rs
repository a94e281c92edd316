//! Paragraphs right below headings that are nothing but a state: `✅ Done`, `**BLOCKED**`. They may be that of anything in the
//! section; where several headings side by side have one and one of them is left, that is told.

use super::gates::{Kind, kind};
use super::{is_about_all, marked::bears_other};
use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::model::State;
use crate::reading::Reader;
use crate::reading::phrase::normalise;
use crate::reading::status::{self, Said};
use rustc_hash::FxHashMap as HashMap;

/// The most bytes of a state, markup and all.
const STATE: usize = 40;

/// Tells once of headings of each kind.
pub(super) fn tell(reader: &mut Reader<'_>, headings: &[(NodeId, u32)]) {
    if !reader.has_items_or_name() {
        return;
    }
    let mut kinds: HashMap<Kind, (usize, Option<NodeId>)> = HashMap::default();
    for &(node, index) in headings {
        let Some(state) = state_below(reader, node, index) else { continue };
        let (count, left) = kinds.entry(kind(reader, index)).or_default();
        *count += 1;
        *left = left.or(Some(node).filter(|_| state.is_left()));
    }
    let several = kinds.into_values().filter(|&(count, _)| count > 1);
    let mut nodes: Vec<NodeId> = several.filter_map(|(_, left)| left).collect();
    nodes.sort_unstable();
    for node in nodes {
        let message = "a state stands alone below this heading and below those beside it, so they are no items";
        let help = "write `Status:` before it, or the state behind the heading, `: open`, to make them items";
        reader.warn(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
    }
}

/// The state that the paragraph right below a heading without items is.
fn state_below(reader: &Reader<'_>, node: NodeId, index: u32) -> Option<State> {
    let (terms, tree) = (reader.terms, reader.tree);
    let below = Some(tree.node(node).next as usize).filter(|&below| below < tree.len())?;
    let is_short = tree.node(below).block == Block::Paragraph && tree.node(below).span.len() <= STATE;
    if !is_short || reader.section_items(index) > 0 || is_about_all(reader, index) || bears_other(reader, index) {
        return None;
    }
    let text = tree.plain(tree.pieces(below));
    let Said::State(state) = status::said(terms, &text) else { return None };
    let phrase = normalise(&text);
    let tables = &terms.words.tables;
    // `None`, `New` and `Required` are said of other things than work.
    let is_of_work = terms.glyph_at(&text).is_some_and(|(glyph, _)| terms.listed_glyph(glyph).is_some())
        || tables.work.contains(&phrase)
        || tables.outcomes.contains(&phrase)
        || terms.words.section_mark(&phrase);
    is_of_work.then_some(state)
}
