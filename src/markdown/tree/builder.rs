//! From the parser's events to a tree.

use super::{Block, Inline, Node, NodeId, Piece, Slice, Tree, TreeLink};
use crate::markdown::events::events;
use crate::markdown::raw::{self, Pieces};
use crate::source::Span;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// The tree of a text from byte offset `from` on.
pub(super) fn build(text: &str, from: usize) -> Tree<'_> {
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
    for (event, range) in events(body) {
        builder.event(event, range);
    }
    builder.tree
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
