//! What is told below a heading: facts in a list or paragraph, or a box with a word for its tick.

use crate::markdown::{Block, NodeId};
use crate::reading::facts::Facts;
use crate::reading::phrase::normalise;
use crate::reading::status::Said;
use crate::reading::{Reader, lines, status};
use crate::source::Span;

/// The most bytes of a box with a word for its tick, markup and all: longer ones are tasks.
const BOX: usize = 48;

/// What stands below a heading.
pub(super) struct Below {
    /// Facts with a status, in a list, paragraph or box.
    pub status: Option<Facts>,
    /// Facts with a level, an owner or criteria and no status, of what waits to be done: `Severity: High`.
    pub work: Option<Facts>,
}

impl Below {
    pub(super) fn of(reader: &Reader<'_>, node: NodeId) -> Self {
        let told = told_below(reader, node);
        let (status, told) = told.map_or((None, None), |facts| match facts.status {
            Some(_) => (Some(facts), None),
            None => (None, Some(facts)),
        });
        let status = status.or_else(|| box_below(reader, reader.tree.node(node).next as usize));
        Self { status, work: told.filter(has_more) }
    }

    pub(super) fn has_level(&self) -> bool {
        [&self.status, &self.work].into_iter().flatten().any(|facts| facts.priority.is_some())
    }
}

/// Whether facts tell more of something to be done than how far it is.
pub(super) fn has_more(facts: &Facts) -> bool {
    facts.asks_owner || facts.criteria || facts.priority.is_some()
}

/// What the list or paragraph right below a heading says of it; a status that is known may stand in a later paragraph, as
/// long as no list or table of states does before.
fn told_below(reader: &Reader<'_>, node: NodeId) -> Option<Facts> {
    let (terms, tree) = (reader.terms, reader.tree);
    let first = Some(tree.node(node).next as usize).filter(|&first| first < tree.len())?;
    let take = |facts: &mut Facts, block: NodeId| {
        match tree.node(block).block {
            Block::List { .. } if block == first => facts.take_list(terms, tree, block),
            Block::Paragraph => facts.take_lines(terms, tree, block),
            Block::Heading(_) | Block::Table => return false,
            Block::List { .. } => return !tells_states(reader, block),
            _ => return block != first,
        }
        true
    };
    let mut facts = Facts::default();
    if !take(&mut facts, first) {
        return None;
    }
    let mut more = facts.clone();
    let mut block = tree.node(first).next as usize;
    while more.status.is_none() && block < tree.len() && take(&mut more, block) {
        block = tree.node(block).next as usize;
    }
    let is_known = more.status.is_some() && !matches!(more.said(terms), Said::Unknown | Said::Nothing);
    // The level of a fault may stand as deep as its state.
    facts.priority = facts.priority.or_else(|| more.priority.clone().filter(|_| more.status.is_none()));
    Some(if is_known { more } else { facts })
}

/// Whether a list has boxes, or an entry that is led by a status glyph.
fn tells_states(reader: &Reader<'_>, list: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_led = |lead: NodeId| {
        terms.glyph_at(tree.source(tree.node(lead).span)).is_some_and(|(glyph, _)| terms.listed_glyph(glyph).is_some())
    };
    tree.has_box(list) || tree.children(list).filter_map(|item| lines::lead_node(tree, item)).any(is_led)
}

/// The one paragraph from a block on to the next heading that is a box with a word for its tick: `☐ Pass`.
fn box_below(reader: &Reader<'_>, first: NodeId) -> Option<Facts> {
    let tree = reader.tree;
    let is_below = |block: &NodeId| *block < tree.len() && !matches!(tree.node(*block).block, Block::Heading(_));
    let next = |&block: &NodeId| Some(tree.node(block).next as usize).filter(is_below);
    let mut blocks = std::iter::successors(Some(first).filter(is_below), next);
    let boxed = |block: NodeId| {
        let span = tree.node(block).span;
        let is_short = tree.node(block).block == Block::Paragraph && span.len() <= BOX;
        let text = is_short.then(|| tree.plain(tree.pieces(block)))?;
        let text = text.trim();
        let (_, rest) = status::box_at(reader.terms, text)?;
        if status::said(reader.terms, text) == Said::Undecided {
            return Some((text.to_owned(), span));
        }
        // The word is the question, and the box its answer.
        let mark = text.strip_suffix(rest)?.trim();
        let at = tree.source(span).find(mark).map(|at| span.range().start + at);
        let span = at.map_or(span, |at| Span::new(at..at + mark.len()));
        reader.terms.is_answer(&normalise(rest)).then(|| (mark.to_owned(), span))
    };
    let status = blocks.find_map(boxed)?;
    let is_alone = blocks.all(|block| boxed(block).is_none());
    is_alone.then(|| Facts { status: Some(status), ..Facts::default() })
}
