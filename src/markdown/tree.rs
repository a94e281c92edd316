//! Blocks as an arena in document order: a node's subtree is the run of nodes up to [`Node::next`], so that no walk
//! needs recursion however deep the lists nest.

mod builder;

use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// A node of a [`Tree`], by index.
pub type NodeId = usize;

/// The kinds of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph; also the text of a tight list item, which CommonMark gives none.
    Paragraph,
    /// A block quote or alert.
    Quote,
    /// A bulleted or numbered list.
    List {
        /// Whether it is numbered.
        ordered: bool,
    },
    /// A list item, with the box that GFM sees at its start (`true`: ticked).
    Item(Option<bool>),
    /// A fenced or indented code block.
    Code,
    /// Raw HTML, comments among it.
    Html,
    /// A table.
    Table,
    /// The header row of a table.
    Head,
    /// A body row.
    Row,
    /// A cell.
    Cell,
    /// A thematic break.
    Rule,
    /// The text of a footnote.
    Footnote,
}

/// One block.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// What it is.
    pub block: Block,
    /// Where it stands.
    pub span: Span,
    /// The node behind its subtree.
    pub next: u32,
    pieces: (u32, u32),
}

/// The kinds of inline pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inline {
    /// Text, entities and escapes decoded.
    Text,
    /// A code span.
    Code,
    /// A soft or hard line break.
    Break,
    /// Raw HTML.
    Html,
    /// `**` begins.
    Strong,
    /// `**` ends.
    StrongEnd,
    /// `~~` begins.
    Strike,
    /// `~~` ends.
    StrikeEnd,
    /// A link begins; index into [`Tree::links`].
    Link(u32),
    /// A link ends.
    LinkEnd,
    /// An image begins; index into [`Tree::links`].
    Image(u32),
    /// An image ends.
    ImageEnd,
}

/// A piece of inline content, in order.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// What it is.
    pub inline: Inline,
    /// Where it stands.
    pub span: Span,
    text: Slice,
}

#[derive(Debug, Clone, Copy)]
enum Slice {
    Source(Span),
    Decoded(Span),
}

/// A link or image.
#[derive(Debug, Clone)]
pub struct TreeLink<'s> {
    /// The target, as the parser gives it.
    pub target: Cow<'s, str>,
    /// Whether it is an image.
    pub image: bool,
    /// Whether it has text (alternative text for an image).
    pub has_text: bool,
    /// The whole link; of one in raw HTML, its opening tag.
    pub span: Span,
    /// The block that it stands in.
    pub node: NodeId,
}

/// The blocks of one document.
#[derive(Debug)]
pub struct Tree<'s> {
    text: &'s str,
    nodes: Vec<Node>,
    pieces: Vec<Piece>,
    /// Text that is not a slice of the source: entities and escapes, decoded.
    decoded: String,
    /// Items with a box, in order.
    boxed: Vec<NodeId>,
    /// Links and images in document order.
    pub links: Vec<TreeLink<'s>>,
}

/// Parses the text from byte offset `from` on (behind front matter).
#[must_use]
pub fn parse(text: &str, from: usize) -> Tree<'_> {
    builder::build(text, from)
}

impl Tree<'_> {
    /// The node of an id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node {
        self.nodes[id]
    }

    /// How many nodes there are; ids are 0 to this.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no block at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The blocks at top level.
    pub fn top(&self) -> impl Iterator<Item = NodeId> {
        self.run(0..self.nodes.len())
    }

    /// The blocks directly below a block.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.run(id + 1..self.nodes[id].next as usize)
    }

    /// All blocks below a block, at any depth, in document order.
    #[must_use]
    pub fn below(&self, id: NodeId) -> Range<NodeId> {
        id + 1..self.nodes[id].next as usize
    }

    /// Whether an item with a box that GFM sees stands below a block, at any depth. Lists nest, and each asks: the items
    /// are not walked again.
    #[must_use]
    pub fn has_box(&self, id: NodeId) -> bool {
        let below = self.below(id);
        let first = self.boxed.partition_point(|&boxed| boxed < below.start);
        self.boxed.get(first).is_some_and(|boxed| below.contains(boxed))
    }

    fn run(&self, range: Range<NodeId>) -> impl Iterator<Item = NodeId> {
        let mut at = range.start;
        std::iter::from_fn(move || {
            let id = (at < range.end).then_some(at)?;
            at = self.nodes[id].next as usize;
            Some(id)
        })
    }

    /// The inline pieces directly in a block.
    #[must_use]
    pub fn pieces(&self, id: NodeId) -> &[Piece] {
        let (start, end) = self.nodes[id].pieces;
        &self.pieces[start as usize..end as usize]
    }

    /// The text of a piece; empty for marks.
    #[must_use]
    pub fn text(&self, piece: &Piece) -> &str {
        match piece.text {
            Slice::Source(span) => self.text.get(span.range()).unwrap_or_default(),
            Slice::Decoded(span) => self.decoded.get(span.range()).unwrap_or_default(),
        }
    }

    /// Where the links among some pieces lead.
    pub fn targets<'t>(&'t self, pieces: &'t [Piece]) -> impl Iterator<Item = &'t str> {
        let target = |piece: &Piece| match piece.inline {
            Inline::Link(index) => self.links.get(index as usize).map(|link| link.target.as_ref()),
            _ => None,
        };
        pieces.iter().filter_map(target)
    }

    /// Whether a piece is an emoji that the source calls by its name, between colons.
    #[must_use]
    pub fn is_named_emoji(&self, piece: &Piece) -> bool {
        matches!(piece.text, Slice::Decoded(_)) && self.source(piece.span).starts_with(':')
    }

    /// The text of some pieces without markup: breaks are spaces, `<br>` among them; other raw HTML is dropped. Most
    /// texts are one piece, and borrowed.
    #[must_use]
    pub fn plain(&self, pieces: &[Piece]) -> Cow<'_, str> {
        let text = |piece: &Piece| match piece.inline {
            Inline::Text | Inline::Code => self.text(piece),
            Inline::Break => " ",
            Inline::Html if self.source(piece.span).starts_with("<br") => " ",
            _ => "",
        };
        let mut texts = pieces.iter().map(text).filter(|text| !text.is_empty());
        let Some(first) = texts.next() else { return Cow::Borrowed("") };
        let Some(second) = texts.next() else { return Cow::Borrowed(first) };
        let last = pieces.last().map_or(0, |piece| piece.span.end);
        let mut plain = String::with_capacity(last.saturating_sub(pieces[0].span.start) as usize);
        plain.push_str(first);
        plain.push_str(second);
        plain.extend(texts);
        Cow::Owned(plain)
    }

    /// The text of the source from its first byte, front matter included, to the end of the last block.
    #[must_use]
    pub fn whole(&self) -> &str {
        let end = self.top().last().map_or(0, |last| self.node(last).span.end);
        self.source(Span { start: 0, end })
    }

    /// The text of the source itself.
    #[must_use]
    pub fn source(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}
