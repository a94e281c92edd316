//! Blocks as an arena in document order: a node's subtree is the run of nodes up to [`Node::next`], so that no walk
//! needs recursion however deep the lists nest.

use super::options;
use super::raw::{self, Pieces};
use crate::source::Span;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};
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
    let body = text.get(from..).unwrap_or_default();
    let mut builder = Builder {
        base: from,
        tree: Tree {
            text,
            nodes: Vec::with_capacity(body.len() / 24),
            pieces: Vec::with_capacity(body.len() / 12),
            decoded: String::new(),
            boxed: Vec::new(),
            links: Vec::new(),
        },
        open: Vec::new(),
        html: None,
    };
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        builder.event(event, range);
    }
    builder.tree
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

    /// The text of the source itself.
    #[must_use]
    pub fn source(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

struct Builder<'s> {
    base: usize,
    tree: Tree<'s>,
    /// Nodes that are open, and whether each is a paragraph that only this tree knows.
    open: Vec<(NodeId, bool)>,
    /// The block of raw HTML that is open, where it may hold links.
    html: Option<Pieces>,
}

impl<'s> Builder<'s> {
    fn event(&mut self, event: Event<'s>, range: Range<usize>) {
        let range = range.start + self.base..range.end + self.base;
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.piece(Inline::Text, text, range),
            Event::Code(text) => self.piece(Inline::Code, text, range),
            Event::InlineHtml(html) => {
                self.mark(Inline::Html, range.clone());
                if may_link(&html) {
                    self.raw_links(&Pieces::of(&html, &range));
                }
            }
            Event::Html(html) => {
                if let Some(pieces) = &mut self.html {
                    pieces.push(&html, &range);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.mark(Inline::Break, range),
            Event::Rule => {
                self.close_implicit(range.start);
                let id = self.push(Block::Rule, range);
                self.tree.nodes[id].next += 1;
            }
            Event::TaskListMarker(ticked) => {
                let item =
                    self.open.iter().rev().map(|&(id, _)| id).find(|&id| matches!(self.block(id), Block::Item(_)));
                if let Some(id) = item {
                    self.tree.nodes[id].block = Block::Item(Some(ticked));
                    self.tree.boxed.push(id);
                }
            }
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn block(&self, id: NodeId) -> Block {
        self.tree.nodes[id].block
    }

    fn start(&mut self, tag: Tag<'s>, range: Range<usize>) {
        let block = match tag {
            Tag::Paragraph => Block::Paragraph,
            Tag::Heading { level, .. } => Block::Heading(level_number(level)),
            Tag::BlockQuote(_) => Block::Quote,
            Tag::CodeBlock(_) => Block::Code,
            Tag::HtmlBlock => {
                self.html = self.tree.text.get(range.clone()).filter(|html| may_link(html)).map(|_| Pieces::default());
                Block::Html
            }
            Tag::List(first) => Block::List { ordered: first.is_some() },
            Tag::Item => Block::Item(None),
            Tag::FootnoteDefinition(_) => Block::Footnote,
            Tag::Table(_) => Block::Table,
            Tag::TableHead => Block::Head,
            Tag::TableRow => Block::Row,
            Tag::TableCell => Block::Cell,
            Tag::Strong => return self.mark(Inline::Strong, range),
            Tag::Strikethrough => return self.mark(Inline::Strike, range),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                return self.link(format!("mailto:{dest_url}").into(), range, Inline::Link);
            }
            Tag::Link { dest_url, .. } => return self.link(dest_url, range, Inline::Link),
            Tag::Image { dest_url, .. } => return self.link(dest_url, range, Inline::Image),
            _ => return,
        };
        self.close_implicit(range.start);
        let id = self.push(block, range);
        self.open.push((id, false));
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Strong => self.mark(Inline::StrongEnd, range),
            TagEnd::Strikethrough => self.mark(Inline::StrikeEnd, range),
            TagEnd::Link => self.mark(Inline::LinkEnd, range),
            TagEnd::Image => self.mark(Inline::ImageEnd, range),
            TagEnd::Emphasis
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
            _ => {
                if let Some(html) = self.html.take() {
                    self.raw_links(&html);
                }
                self.close_implicit(range.end);
                self.close();
            }
        }
    }

    /// Takes the links and images of raw HTML.
    fn raw_links(&mut self, html: &Pieces) {
        let node = self.open.last().map_or(0, |&(id, _)| id);
        raw::links(html.text(), |link| {
            // A tag ends where its last character does, which may stand in another line than the one behind it.
            let end = html.source(link.range.end - 1) + 1;
            let (target, span) = (Cow::Owned(link.target.to_owned()), Span::new(html.source(link.range.start)..end));
            self.tree.links.push(TreeLink { target, image: link.image, has_text: link.has_text, span, node });
        });
    }

    fn link(&mut self, target: CowStr<'s>, range: Range<usize>, inline: fn(u32) -> Inline) {
        self.open_implicit(range.start);
        let index = u32::try_from(self.tree.links.len()).unwrap_or(u32::MAX);
        let inline = inline(index);
        let target = match target {
            CowStr::Borrowed(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.into_string()),
        };
        let image = matches!(inline, Inline::Image(_));
        let node = self.open.last().map_or(0, |&(id, _)| id);
        let has_text = !image || !self.tree.text.get(range.clone()).is_some_and(|link| link.starts_with("![]("));
        self.tree.links.push(TreeLink { target, image, has_text, span: Span::new(range.clone()), node });
        self.mark(inline, range);
    }

    fn mark(&mut self, inline: Inline, range: Range<usize>) {
        let empty = Slice::Source(Span::new(range.start..range.start));
        self.add(inline, empty, range);
    }

    fn piece(&mut self, inline: Inline, text: CowStr<'s>, range: Range<usize>) {
        if self.open.last().is_some_and(|&(id, _)| matches!(self.block(id), Block::Code | Block::Html)) {
            return;
        }
        let slice = if self.tree.text.get(range.clone()) == Some(&*text) {
            Slice::Source(Span::new(range.clone()))
        } else {
            let start = self.tree.decoded.len();
            self.tree.decoded.push_str(&text);
            Slice::Decoded(Span::new(start..self.tree.decoded.len()))
        };
        if inline == Inline::Text && self.extend_last(slice) {
            return;
        }
        self.add(inline, slice, range);
    }

    /// Whether a text goes on where the last piece of the open block ends, and is now part of it: the parser ends a text
    /// at every character that may be markup.
    fn extend_last(&mut self, slice: Slice) -> bool {
        let Some(&(id, _)) = self.open.last() else { return false };
        let (start, end) = self.tree.nodes[id].pieces;
        let Slice::Source(more) = slice else { return false };
        match self.tree.pieces.last_mut() {
            Some(Piece { inline: Inline::Text, span, text: Slice::Source(text) })
                if start < end && text.end == more.start && span.end == more.start =>
            {
                (span.end, text.end) = (more.end, more.end);
                true
            }
            _ => false,
        }
    }

    fn add(&mut self, inline: Inline, text: Slice, range: Range<usize>) {
        self.open_implicit(range.start);
        let Some(&(id, _)) = self.open.last() else { return };
        self.tree.pieces.push(Piece { inline, span: Span::new(range), text });
        self.tree.nodes[id].pieces.1 = u32::try_from(self.tree.pieces.len()).unwrap_or(u32::MAX);
    }

    fn push(&mut self, block: Block, range: Range<usize>) -> NodeId {
        let id = self.tree.nodes.len();
        let at = u32::try_from(self.tree.pieces.len()).unwrap_or(u32::MAX);
        let next = u32::try_from(id).unwrap_or(u32::MAX);
        self.tree.nodes.push(Node { block, span: Span::new(range), next, pieces: (at, at) });
        id
    }

    /// The text of a tight item gets a paragraph of its own.
    fn open_implicit(&mut self, start: usize) {
        let parent = self.open.last().map(|&(id, _)| self.block(id));
        if matches!(parent, Some(Block::Item(_) | Block::Footnote)) {
            let id = self.push(Block::Paragraph, start..start);
            self.open.push((id, true));
        }
    }

    fn close_implicit(&mut self, end: usize) {
        if let Some(&(id, true)) = self.open.last() {
            let last = self.tree.pieces.last().map_or(end, |piece| piece.span.end as usize);
            self.tree.nodes[id].span = Span::new(self.tree.nodes[id].span.start as usize..last);
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some((id, _)) = self.open.pop() {
            self.tree.nodes[id].next = u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX);
        }
    }
}

/// Whether raw HTML may hold links: they are attributes.
fn may_link(html: &str) -> bool {
    memchr::memchr(b'=', html.as_bytes()).is_some()
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
