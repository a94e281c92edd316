//! What is told below a heading of it: facts with a status or of what waits to be done, or one box.

use super::gates::has_code;
use super::{cards, status_lines};
use crate::markdown::{Block, NodeId};
use crate::reading::facts::{Facts, are_keyed_aside};
use crate::reading::phrase::normalise;
use crate::reading::status::Said;
use crate::reading::tables::Grid;
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines, status};
use crate::source::Span;

/// The most bytes of a box with a word for its tick, markup and all: longer ones are tasks.
const BOX: usize = 48;

/// The most entries of a list of facts, and the most bytes of a key in one.
const FACTS: usize = 12;
const KEY: usize = 32;

/// The most words of a label: what has more and ends with a colon is a sentence.
const LABEL: usize = 3;

/// What stands below a heading.
pub(super) struct Below {
    /// Facts with a status, in a list, paragraph or box.
    pub status: Option<Facts>,
    /// Facts without a status.
    pub told: Option<Facts>,
    /// Whether those tell of what waits to be done, by a level, an owner or criteria: `Severity: High`.
    is_work: bool,
}

impl Below {
    pub(super) fn of(reader: &Reader<'_>, node: NodeId, index: u32) -> Self {
        let is_of_one =
            |facts: &Facts| facts.status.as_ref().is_some_and(|&(_, span)| cards::is_of_one(reader, node, span));
        let told = told_below(reader, node).filter(|facts| !is_of_one(facts));
        let (status, told) = told.map_or((None, None), |facts| match facts.status {
            Some(_) => (Some(facts), None),
            None => (None, Some(facts)),
        });
        let status = status.or_else(|| box_below(reader, reader.tree.node(node).next as usize)).or_else(|| {
            let found =
                status_lines::status(reader, node, index).filter(|&(_, span)| !cards::is_of_one(reader, node, span))?;
            Some(Facts { status: Some(found), ..told.clone().unwrap_or_default() })
        });
        // When something is due is told of things with ids; of others it is told as well that they are over.
        let is_work = |facts: &Facts| has_more(facts) || facts.asks_due && has_code(reader, index);
        Self { status, is_work: told.as_ref().is_some_and(is_work), told }
    }

    /// The facts of what waits to be done.
    pub(super) fn work(&self) -> Option<&Facts> {
        self.told.as_ref().filter(|_| self.is_work)
    }

    /// Whether they tell a level.
    pub(super) fn has_level(&self) -> bool {
        self.status.iter().chain(self.work()).any(|facts| facts.priority.is_some())
    }
}

/// What is told below a heading that tells its status itself, `## Backups: open`: lines, a list, or a table of keys and
/// values.
pub(super) fn beside(reader: &Reader<'_>, node: NodeId, below: &Below) -> Facts {
    let (terms, tree) = (reader.terms, reader.tree);
    let mut facts = below.told.clone().unwrap_or_default();
    let first = tree.node(node).next as usize;
    if first < tree.len() && tree.node(first).block == Block::Table && are_keyed_aside(terms, tree, first) {
        facts.take_table(terms, tree, first);
    }
    facts
}

/// Whether facts tell more of something to be done than how far it is.
pub(super) fn has_more(facts: &Facts) -> bool {
    facts.asks_owner || facts.criteria || facts.priority.is_some()
}

/// The block behind a heading or behind another block below it, up to the next heading. What stands behind a rule at the
/// end of the document is of the document.
pub(super) fn after(reader: &Reader<'_>, heading: NodeId) -> impl Fn(&NodeId) -> Option<NodeId> + Copy {
    let tree = reader.tree;
    let is_last = reader.outline.sections.last().is_some_and(|part| part.start == tree.node(heading).span.start);
    move |&block| {
        let next = Some(tree.node(block).next as usize).filter(|&next| next < tree.len())?;
        let is_end = match tree.node(next).block {
            Block::Heading(_) => true,
            Block::Rule => is_last,
            _ => false,
        };
        (!is_end).then_some(next)
    }
}

/// What the list or paragraph right below a heading says of it, whatever is quoted or shown before that; a status that is
/// known may stand in a later one, as long as no list or table of states does before and no other status behind. Tables of
/// other things, such as how long steps take, are passed over.
fn told_below(reader: &Reader<'_>, node: NodeId) -> Option<Facts> {
    let (terms, tree) = (reader.terms, reader.tree);
    let after = after(reader, node);
    let is_shown = |block: NodeId| matches!(tree.node(block).block, Block::Code | Block::Quote | Block::Html);
    let first = std::iter::successors(after(&node), after).find(|&block| !is_shown(block))?;
    let mut tables = Vec::new();
    let mut take = |facts: &mut Facts, block: NodeId| {
        match tree.node(block).block {
            Block::List { .. } if block == first || is_card(reader, block) => facts.take_list(terms, tree, block),
            Block::Paragraph => facts.take_lines(terms, tree, block),
            Block::Table => tables.push(block),
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
    let mut block = after(&first);
    while more.status.is_none()
        && let Some(next) = block.filter(|&next| take(&mut more, next))
    {
        block = after(&next);
    }
    let is_stateless = |&table: &NodeId| Grid::of(terms, tree, table).status_column(terms).is_none();
    let is_known = || !matches!(more.said(terms), Said::Unknown | Said::Nothing);
    // Several cards below a heading tell of its parts.
    let mut behind = std::iter::successors(block, after);
    let is_told = more.status.is_some() && (facts.status.is_some() || !behind.any(|block| is_card(reader, block)));
    let is_told = is_told && is_known() && tables.iter().all(is_stateless);
    // The level of a fault may stand as deep as its state.
    let level = || more.priority.clone().filter(|_| more.status.is_none() && tables.is_empty());
    facts.priority = facts.priority.or_else(level);
    Some(if is_told { more } else { facts })
}

/// Whether a short list has an entry that tells a status or level of what is around it: `- **Status:** open`. Behind a
/// sentence with a colon, `For each item record:`, it says what there is to tell.
pub(in crate::reading) fn is_card(reader: &Reader<'_>, block: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_list = matches!(tree.node(block).block, Block::List { .. });
    let is_state = |word: &&str| terms.state(&normalise(word)).is_some();
    let tells = |item: NodeId| {
        let Some(lead) = lines::lead_node(tree, item) else { return false };
        let source = tree.source(tree.node(lead).span).trim_start_matches(['*', '_']);
        let colon = source.bytes().take(KEY).position(|byte| matches!(byte, b':' | 0xEF));
        let Some((key, value)) = colon.map(|colon| source.split_at(colon)) else { return false };
        match terms.words.tag(&normalise(key)) {
            Some(Tag::Priority) => true,
            // `Status: Pass, Fail, or Blocked` offers a choice.
            Some(Tag::Status) => value.split([':', '：', ',', '/', '|']).filter(is_state).count() < 2,
            _ => false,
        }
    };
    is_list
        && !tree.has_box(block)
        && !explains(reader, block)
        && tree.children(block).take(FACTS + 1).count() <= FACTS
        && tree.children(block).any(tells)
}

/// Whether the paragraph right before a list is a sentence that leads to it.
fn explains(reader: &Reader<'_>, list: NodeId) -> bool {
    let tree = reader.tree;
    let before = Some(list - 1).filter(|&before| tree.node(before).block == Block::Paragraph);
    let text = before.map_or("", |before| {
        tree.source(tree.node(before).span).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'))
    });
    text.ends_with([':', '：']) && text.split_whitespace().count() > LABEL
}

/// Whether a list has boxes, or an entry that is led by a status glyph.
fn tells_states(reader: &Reader<'_>, list: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_led = |lead: NodeId| {
        terms
            .glyph_at(tree.pieces(lead).first().map_or("", |first| tree.text(first)))
            .is_some_and(|(glyph, _)| terms.listed_glyph(glyph).is_some())
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
