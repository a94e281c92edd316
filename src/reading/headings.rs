//! Headings that are items: with a box before them or a status set apart at their end, or followed by a block of facts with a status.

use super::draft::Draft;
use super::facts::Facts;
use super::phrase::{is_pictograph, last_stop, normalise, without_number};
use super::status::Said;
use super::suffix::known;
use super::vocabulary::{Context, Tag, Vocabulary};
use super::{Reader, reference, status};
use crate::markdown::{Block, Inline, NodeId};
use crate::model::{ItemKind, State};
use crate::source::Span;
use rustc_hash::FxHashMap as HashMap;
use std::cell::OnceCell;

/// A heading with its own status.
struct Status {
    text: String,
    word: String,
    state: State,
}

/// Reads the headings at level two and deeper that no item stands below.
pub(super) fn read(reader: &mut Reader<'_>) {
    let (tree, outline) = (reader.tree, reader.outline);
    let nodes = tree.top().filter(|&node| matches!(tree.node(node).block, Block::Heading(_)));
    let headings: Vec<(NodeId, u32)> = nodes.zip(0..).take(outline.sections.len()).collect();
    let rows = OnceCell::new();
    let mut gates = Gates::default();
    // Backwards, so that a heading knows of the heading items below it.
    for &(node, index) in headings.iter().rev() {
        let is_title = outline.section(index).heading == 0 && tree.node(node).block == Block::Heading(1);
        if is_title || reader.section_items(index) > 0 {
            continue;
        }
        let facts = facts_below(reader, node).filter(|facts| gates.is_one(reader, &headings, index, facts));
        let draft = match facts {
            Some(facts) => with_facts(reader, node, index, facts),
            None => with_suffix(reader, node, index),
        };
        let Some(draft) = draft else { continue };
        if !reader.compare_restated(rows.get_or_init(|| reader.rows()), &draft.item) {
            reader.push(draft);
        }
    }
}

/// The facts with a status that a heading is followed by, in a list or paragraph.
fn facts_below(reader: &Reader<'_>, node: NodeId) -> Option<Facts> {
    let tree = reader.tree;
    let first = Some(tree.node(node).next as usize).filter(|&first| first < tree.len())?;
    let facts = match tree.node(first).block {
        Block::List { .. } => reader.facts(first),
        Block::Paragraph => {
            let mut facts = Facts::default();
            facts.take_lines(reader.terms, tree, first);
            facts.status.is_some().then_some(facts)
        }
        _ => None,
    };
    facts.or_else(|| box_below(reader, first))
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
struct Gates {
    /// Whether the headings below a section, of one level, tell a status each: two of them at least.
    told: HashMap<(Option<u32>, u8), bool>,
}

impl Gates {
    /// A lone status below a heading such as "Current status" speaks of the whole; a gate has an owner, criteria, an id
    /// or a name of its kind too, or others beside it with theirs.
    fn is_one(&mut self, reader: &Reader<'_>, headings: &[(NodeId, u32)], index: u32, facts: &Facts) -> bool {
        if is_about_all(reader, index) {
            return false;
        }
        let has_more = facts.asks_owner || facts.criteria || facts.priority.is_some();
        let has_id = || reference::at_start(reader.terms.words, reader.outline.title(index)).is_some();
        has_more || has_id() || is_gate(reader, index) || self.has_siblings(reader, headings, index)
    }

    fn has_siblings(&mut self, reader: &Reader<'_>, headings: &[(NodeId, u32)], index: u32) -> bool {
        let level = |index: u32| reader.outline.headings[reader.outline.section(index).heading as usize].level;
        let kind = |index: u32| (reader.outline.section(index).parent, level(index));
        let is_known = |facts: &Facts| !matches!(facts.said(reader.terms), Said::Unknown | Said::Nothing);
        // Phases are no items, and neither are those who work on them.
        let tells = |&&(node, other): &&(NodeId, u32)| {
            kind(other) == kind(index)
                && !is_about_all(reader, other)
                && !reader.terms.words.tables.is_period(&reader.outline.section(other).phrase)
                && facts_below(reader, node).is_some_and(|facts| is_known(&facts))
        };
        level(index) > 1
            && !reader.terms.words.tables.is_period(&reader.outline.section(index).phrase)
            && *self.told.entry(kind(index)).or_insert_with(|| headings.iter().filter(tells).nth(1).is_some())
    }
}

/// A heading followed by a list or paragraph with `Status:`.
fn with_facts(reader: &mut Reader<'_>, node: NodeId, index: u32, facts: Facts) -> Option<Draft> {
    let (text, span) = facts.status.clone()?;
    let said = facts.said(reader.terms);
    let mut draft = reader.heading(node, reader.outline.title(index).to_owned());
    draft.item.state = said.state();
    draft.item.state_text = text.into();
    draft.item.mark = Some(span);
    if draft.item.owners.is_empty() {
        draft.item.owners = facts.owners;
    }
    draft.item.due = draft.item.due.or(facts.due);
    if draft.item.level.is_none() {
        draft.set_level(facts.priority);
    }
    reader.tell(said, &draft.item.state_text, span);
    Some(draft)
}

/// Whether a heading stands among those that speak of everything, or of no items at all.
pub(super) fn is_about_all(reader: &Reader<'_>, index: u32) -> bool {
    let contexts = reader.outline.section(index).contexts;
    let facts = [Context::StatusFacts, Context::Decision, Context::Approval, Context::Legend];
    facts.into_iter().any(|context| contexts.has(context))
}

fn is_gate(reader: &Reader<'_>, index: u32) -> bool {
    let phrase = normalise(reader.outline.title(index));
    ["gate", "check", "criterion", "requirement", "item", "control"].iter().any(|word| phrase.starts_with(word))
}

/// A heading that ends in a status: `## 1. Licence: done`, `### Gate 3 — PASS`, `## Backups ✅ SHIPPED`.
fn with_suffix(reader: &mut Reader<'_>, node: NodeId, index: u32) -> Option<Draft> {
    let title = reader.outline.title(index);
    if is_about_all(reader, index) {
        return None;
    }
    let status = boxed(reader, title).or_else(|| status_of(reader, title)).or_else(|| bold_status(reader, node))?;
    let mut draft = reader.heading(node, status.text);
    draft.item.state = status.state;
    draft.item.state_text = status.word.into();
    Some(draft)
}

/// `### [x] Copy the data`: a box that is written before the title.
fn boxed(reader: &Reader<'_>, title: &str) -> Option<Status> {
    let (mark, text) = status::boxed(title)?;
    let text = text.trim();
    // `### [!] Breaking change` and `### [-] Removed` are news.
    let is_box = matches!(mark, ' ' | 'x' | 'X');
    let state = reader.terms.mark(mark).filter(|_| is_box && !text.is_empty())?;
    Some(Status { text: text.to_owned(), word: format!("[{mark}]"), state })
}

fn status_of(reader: &Reader<'_>, title: &str) -> Option<Status> {
    let behind_stop = last_stop(title).and_then(|stop| status_behind(reader, title, stop));
    // `Stage 1: Pack ✅ COMPLETE` has a stop before the glyph.
    behind_stop.or_else(|| status_behind(reader, title, glyph_before_word(title)?))
}

/// The status that a title ends with, behind a stop or glyph.
fn status_behind(reader: &Reader<'_>, title: &str, (at, end): (usize, usize)) -> Option<Status> {
    let terms = reader.terms;
    let word = title[end..].trim();
    let text = title[..at].trim().trim_end_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}');
    let short = word.split_whitespace().count() <= 4 && word.chars().any(char::is_alphabetic);
    let state = known(terms, word).filter(|_| short && !text.is_empty())?;
    (!is_of_all(terms.words, &normalise(without_number(text)))).then(|| Status {
        text: text.to_owned(),
        word: word.to_owned(),
        state,
    })
}

/// Whether a title tells the status of everything rather than of one thing: `Status`, `Overall verdict`, `Go/No-Go`.
fn is_of_all(words: &Vocabulary, phrase: &str) -> bool {
    matches!(words.tag(phrase), Some(Tag::Status))
        || words.tables.is_sum(phrase)
        || words.tables.whole_of.contains(phrase)
        || words.is(Context::Decision, phrase)
        || matches!(phrase, "go/no go" | "go / no go" | "go no go" | "go or no go")
}

/// `Backups ✅ SHIPPED`: a glyph with a status word behind it, at the end.
fn glyph_before_word(title: &str) -> Option<(usize, usize)> {
    let (at, glyph) = title.char_indices().rev().find(|&(_, c)| is_pictograph(c))?;
    (at > 0 && title[at + glyph.len_utf8()..].chars().any(char::is_alphabetic)).then_some((at, at))
}

fn bold_status(reader: &Reader<'_>, node: NodeId) -> Option<Status> {
    let suffix = super::suffix::bold(reader.terms, reader.tree, reader.tree.pieces(node))?;
    Some(Status { text: suffix.text, word: suffix.word, state: suffix.state })
}

impl Reader<'_> {
    fn heading(&self, node: NodeId, text: String) -> Draft {
        let mut draft = Draft::new(ItemKind::Heading, self.tree.node(node).span);
        let pieces: Vec<_> =
            self.tree.pieces(node).iter().copied().filter(|piece| !matches!(piece.inline, Inline::Image(_))).collect();
        let bare =
            without_number(text.trim_start_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}'))
                .to_owned();
        draft.describe(self.terms, self.tree, &pieces, &bare);
        draft
    }
}
