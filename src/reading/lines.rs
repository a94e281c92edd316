//! The lines of a paragraph, their `Key: value` pairs, and the first text of a list item.

use super::legend::Terms;
use super::phrase::normalise;
use super::vocabulary::Tag;
use crate::markdown::{Block, Inline, NodeId, Piece, Tree};
use crate::source::Span;
use std::ops::Range;

/// What may part the pairs of a line.
const PARTS: [char; 7] = ['|', '·', '•', '｜', ';', ',', '，'];

/// One line of a paragraph, as pieces.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// The pieces between two breaks.
    pub pieces: &'t [Piece],
}

impl Line<'_> {
    /// The line without markup.
    pub(super) fn text(&self, tree: &Tree<'_>) -> String {
        tree.plain(self.pieces)
    }

    /// Whether the line is bold as a whole, as a label is.
    pub(super) fn is_bold(&self) -> bool {
        let ends = (self.pieces.first().map(|piece| piece.inline), self.pieces.last().map(|piece| piece.inline));
        ends == (Some(Inline::Strong), Some(Inline::StrongEnd))
    }

    /// Where the line stands.
    pub(super) fn span(&self) -> Span {
        let start = self.pieces.first().map_or(0, |piece| piece.span.start);
        let end = self.pieces.iter().map(|piece| piece.span.end).max().unwrap_or(start);
        Span { start, end }
    }
}

/// The lines of a block's own text.
pub(super) fn of<'t>(tree: &'t Tree<'_>, id: NodeId) -> impl Iterator<Item = Line<'t>> {
    tree.pieces(id).split(|piece| piece.inline == Inline::Break).map(|pieces| Line { pieces })
}

/// The `Key: value` pairs of a line whose keys are known. A bar, dot or comma parts them where a known
/// key follows.
pub(super) fn pairs<'t>(terms: &Terms<'_>, text: &'t str) -> Vec<(Tag, &'t str)> {
    let mut pairs: Vec<(Tag, Range<usize>)> = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(PARTS) {
        let end = start + part.trim_end_matches(PARTS).len();
        let key = text[start..end].split_once([':', '：']).filter(|(key, _)| key.len() <= 40);
        let tag = key.and_then(|(key, value)| terms.words.tag(&normalise(key)).map(|tag| (tag, end - value.len())));
        match (tag, pairs.last_mut()) {
            (Some((tag, value)), _) => pairs.push((tag, value..end)),
            (None, Some((_, last))) => last.end = end,
            (None, None) => {}
        }
        start += part.len();
    }
    pairs.into_iter().map(|(tag, value)| (tag, text[value].trim())).collect()
}

/// The paragraph that a list item begins with.
pub(super) fn lead_node(tree: &Tree<'_>, item: NodeId) -> Option<NodeId> {
    tree.children(item).next().filter(|&first| matches!(tree.node(first).block, Block::Paragraph | Block::Heading(_)))
}

/// The first paragraph of a list item without markup.
pub(super) fn lead(tree: &Tree<'_>, item: NodeId) -> String {
    lead_node(tree, item).map(|node| tree.plain(tree.pieces(node))).unwrap_or_default()
}
