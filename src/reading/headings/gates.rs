//! Which headings are items by what is told below them: a status, a box, or the level of a fault.

use super::{is_about_all, is_gate};
use crate::markdown::{Block, NodeId};
use crate::reading::facts::Facts;
use crate::reading::phrase::normalise;
use crate::reading::status::Said;
use crate::reading::vocabulary::Context;
use crate::reading::{Reader, reference, status};
use crate::source::Span;
use rustc_hash::FxHashMap as HashMap;

/// The facts with a status that a heading is followed by, in a list or paragraph.
pub(super) fn facts_below(reader: &Reader<'_>, node: NodeId) -> Option<Facts> {
    let facts = told_below(reader, node).filter(|facts| facts.status.is_some());
    facts.or_else(|| box_below(reader, reader.tree.node(node).next as usize))
}

/// What the list or paragraph right below a heading says of it.
fn told_below(reader: &Reader<'_>, node: NodeId) -> Option<Facts> {
    let tree = reader.tree;
    let first = Some(tree.node(node).next as usize).filter(|&first| first < tree.len())?;
    let mut facts = Facts::default();
    match tree.node(first).block {
        Block::List { .. } => facts.take_list(reader.terms, tree, first),
        Block::Paragraph => facts.take_lines(reader.terms, tree, first),
        _ => return None,
    }
    Some(facts)
}

/// The level and owners of a fault that waits to be mended, told below its heading without a status: `Severity: High`.
pub(super) fn level_below(reader: &Reader<'_>, node: NodeId) -> Option<Facts> {
    told_below(reader, node).filter(|facts| facts.status.is_none() && facts.priority.is_some())
}

/// The one paragraph from a block on to the next heading that is a box with a word for its tick: `☐ Pass`.
fn box_below(reader: &Reader<'_>, first: NodeId) -> Option<Facts> {
    let tree = reader.tree;
    let is_below = |block: &NodeId| *block < tree.len() && !matches!(tree.node(*block).block, Block::Heading(_));
    let next = |&block: &NodeId| Some(tree.node(block).next as usize).filter(is_below);
    let mut blocks = std::iter::successors(Some(first).filter(is_below), next);
    let boxed = |block: NodeId| {
        let span = tree.node(block).span;
        let is_short = tree.node(block).block == Block::Paragraph && span.len() <= 48;
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

/// Which headings with facts below them are items.
#[derive(Default)]
pub(super) struct Gates {
    /// Whether the headings below a section, of one level, tell a status each: two of them at least.
    told: HashMap<(Option<u32>, u8), bool>,
    /// Whether they tell a level each.
    levelled: HashMap<(Option<u32>, u8), bool>,
}

/// The section around a heading, and its level.
fn kind(reader: &Reader<'_>, index: u32) -> (Option<u32>, u8) {
    let part = reader.outline.section(index);
    (part.parent, reader.outline.headings[part.heading as usize].level)
}

fn is_period(reader: &Reader<'_>, index: u32) -> bool {
    reader.terms.words.tables.is_period(&reader.outline.section(index).phrase)
}

impl Gates {
    /// A lone status below a heading such as "Current status" speaks of the whole; a gate has an owner, criteria, an id
    /// or a name of its kind too, or others beside it with theirs.
    pub(super) fn is_one(
        &mut self,
        reader: &Reader<'_>,
        headings: &[(NodeId, u32)],
        index: u32,
        facts: &Facts,
    ) -> bool {
        if is_about_all(reader, index) {
            return false;
        }
        let has_more = facts.asks_owner || facts.criteria || facts.priority.is_some();
        let has_id = || reference::at_start(reader.terms.words, reader.outline.title(index)).is_some();
        has_more || has_id() || is_gate(reader, index) || self.has_siblings(reader, headings, index)
    }

    fn has_siblings(&mut self, reader: &Reader<'_>, headings: &[(NodeId, u32)], index: u32) -> bool {
        let kind_of = |index: u32| kind(reader, index);
        // Phases are no items, and neither are those who work on them.
        let told = |&(node, other): &(NodeId, u32)| {
            let is_beside =
                kind_of(other) == kind_of(index) && !is_about_all(reader, other) && !is_period(reader, other);
            facts_below(reader, node).filter(|_| is_beside).map(|facts| facts.said(reader.terms))
        };
        // Half of what they say has to be known: the rest are open.
        let tell = || {
            let said: Vec<Said> = headings.iter().filter_map(told).collect();
            let known = said.iter().filter(|said| !matches!(said, Said::Unknown | Said::Nothing)).count();
            said.len() > 1 && known * 2 >= said.len()
        };
        kind_of(index).1 > 1 && !is_period(reader, index) && *self.told.entry(kind_of(index)).or_insert_with(tell)
    }

    /// Whether a heading with a level below it is one of several faults that wait to be mended, in a document or section
    /// that calls itself a list of such things.
    pub(super) fn is_fault(&mut self, reader: &Reader<'_>, headings: &[(NodeId, u32)], index: u32) -> bool {
        let names = &reader.terms.words.tables.self_named;
        let is_named =
            |index: u32| names.iter().any(|name| reader.outline.section(index).phrase.contains(name.as_str()));
        let others = [Context::Risk, Context::Evidence, Context::NotIncluded, Context::Steps];
        let contexts = reader.outline.section(index).contexts;
        if is_about_all(reader, index)
            || is_period(reader, index)
            || others.into_iter().any(|other| contexts.has(other))
        {
            return false;
        }
        let parent = kind(reader, index).0;
        let is_beside = |&&(node, other): &&(NodeId, u32)| {
            kind(reader, other) == kind(reader, index) && level_below(reader, node).is_some()
        };
        *self.levelled.entry(kind(reader, index)).or_insert_with(|| {
            let wanted = reader.calls_itself_checklist() || parent.is_some_and(is_named);
            wanted && headings.iter().filter(is_beside).nth(1).is_some()
        })
    }
}
