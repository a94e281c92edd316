//! Headings that name one of several ways to go on, `Option B`: one of them is chosen, and none is something to be done.

use super::{facets, glyphs};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::reading::Reader;
use crate::reading::draft::Draft;

/// A heading with a status and the level behind that, unless it names one of several ways to go on: those that are left are
/// kept in `choices`.
pub(super) fn one_thing(
    reader: &Reader<'_>,
    (node, index): (NodeId, u32),
    mut draft: Draft,
    choices: &mut Vec<NodeId>,
) -> Option<Draft> {
    let outline = reader.outline;
    if reader.terms.words.is_option(&outline.section(index).phrase, outline.title(index)) {
        choices.extend(draft.item.state.is_left().then_some(node));
        return None;
    }
    glyphs::take_level(reader, &mut draft);
    facets::take_level(reader, &mut draft);
    Some(draft)
}

/// Tells of headings that name one of several ways to go on, `Option B`, and are left: one of them is chosen.
pub(super) fn tell(reader: &mut Reader<'_>, headings: &[NodeId]) {
    // They were read backwards.
    for &node in headings.iter().rev() {
        let message = "this heading names one of several ways to go on, so it is no item";
        let help = "name what has to be done to make it one";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
    }
}
