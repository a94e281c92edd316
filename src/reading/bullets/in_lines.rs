//! Lines of one paragraph that begin with signs of states, `✅ Login` over `❌ Mail`, or with dashes and boxes: they are told.

use super::about::stands_apart;
use crate::finding::Code;
use crate::markdown::{Inline, NodeId};
use crate::model::State;
use crate::reading::phrase::normalise;
use crate::reading::{Reader, lines, status};

/// Tells of a paragraph with at least two such lines, one of them not done, in a document with items.
pub(in crate::reading) fn tell(reader: &mut Reader<'_>, node: NodeId) {
    let (terms, tree) = (reader.terms, reader.tree);
    let span = tree.node(node).span;
    // Nearly all paragraphs begin with a letter.
    if tree.source(span).starts_with(|c: char| c.is_ascii()) {
        return;
    }
    if !tree.pieces(node).iter().any(|piece| piece.inline == Inline::Break) || reader.drafts.is_empty() {
        return;
    }
    let state = |text: &str| {
        let text = text.trim();
        let boxed = text.strip_prefix(['–', '—']).and_then(|rest| status::boxed(rest.trim_start()));
        if let Some((mark, rest)) = boxed {
            return terms.mark(mark).map(|state| (state, normalise(rest)));
        }
        let (glyph, rest) = terms.glyph_at(text).filter(|&(glyph, _)| !terms.words.boxes.is_one(glyph))?;
        Some((terms.listed_glyph(glyph)?, normalise(rest)))
    };
    let (mut told, mut left, mut explained) = (0, false, 0);
    for line in lines::of(tree, node) {
        let Some((state, rest)) = state(&line.text(tree)) else { continue };
        told += 1;
        left |= State::is_left(state);
        // `❌ not done` explains its sign.
        explained += usize::from(rest.is_empty() || terms.state(&rest).is_some());
    }
    if told < 2 || !left || explained * 2 >= told || stands_apart(reader, node) {
        return;
    }
    let message = "signs or boxes begin the lines of a paragraph here, which makes none of them an item";
    let help = "begin each line with a bullet: `- ✅ …`, or `- [ ] …`";
    reader.warn(Code::AmbiguousGlyphs, span, message, help);
}
