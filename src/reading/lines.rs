//! The lines of a paragraph and the first text of a list item.

use crate::markdown::{Block, Inline, NodeId, Piece, Tree};
use crate::source::Span;

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

/// The paragraph that a list item begins with.
pub(super) fn lead_node(tree: &Tree<'_>, item: NodeId) -> Option<NodeId> {
    tree.children(item).next().filter(|&first| matches!(tree.node(first).block, Block::Paragraph | Block::Heading(_)))
}

/// The first paragraph of a list item without markup.
pub(super) fn lead(tree: &Tree<'_>, item: NodeId) -> String {
    lead_node(tree, item).map(|node| tree.plain(tree.pieces(node))).unwrap_or_default()
}
