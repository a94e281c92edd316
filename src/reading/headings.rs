//! Headings that are items: with a box before them or a status set apart at their end, or followed by a block of facts
//! with a status.

mod gates;
mod marked;

use super::draft::Draft;
use super::facts::Facts;
use super::outline::Place;
use super::phrase::{is_pictograph, last_stop, normalise, without_number};
use super::suffix::known;
use super::vocabulary::{Context, Tag, Vocabulary};
use super::{Reader, reference, status};
use crate::markdown::{Block, Inline, NodeId};
use crate::model::{ItemKind, State};
use gates::{Below, Gates};
use marked::Glyphs;
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
    let headings = all(reader);
    let rows = OnceCell::new();
    let (gates, glyphs) = (Gates::default(), Glyphs::default());
    let mut told = Vec::new();
    // Backwards, so that a heading knows of the heading items below it.
    for &(node, index) in headings.iter().rev() {
        let is_title = outline.section(index).heading == 0 && tree.node(node).block == Block::Heading(1);
        if is_title || reader.section_items(index) > 0 {
            continue;
        }
        let Below { status, level } = Below::of(reader, node);
        let facts = status.filter(|facts| gates.is_one(reader, &headings, index, facts));
        let draft = match facts {
            Some(facts) => with_facts(reader, node, index, facts),
            None => {
                let glyph = glyphs.status(reader, &headings, index);
                let marked = with_suffix(reader, (node, index), glyph);
                told.extend(marked.as_ref().map(|draft| (index, draft.item.state)));
                marked.or_else(|| {
                    let facts = level.filter(|_| gates.is_fault(reader, &headings, index));
                    facts.map(|facts| with_level(reader, node, index, facts))
                })
            }
        };
        let Some(draft) = draft else { continue };
        if !reader.compare_restated(rows.get_or_init(|| reader.rows()), &draft.item) {
            reader.push(draft);
        }
    }
    marked::read_unmarked(reader, &headings, &told);
}

/// The headings and their sections.
fn all(reader: &Reader<'_>) -> Vec<(NodeId, u32)> {
    let nodes = reader.tree.top().filter(|&node| matches!(reader.tree.node(node).block, Block::Heading(_)));
    nodes.zip(0..).take(reader.outline.sections.len()).collect()
}

/// Leaves out the tables inside lists that stand among the facts below a heading that is an item: they are its details.
pub(super) fn without_details(reader: &mut Reader<'_>, mut tables: Vec<Place>) -> Vec<Place> {
    if tables.is_empty() {
        return tables;
    }
    let (headings, gates) = (all(reader), Gates::default());
    let is_detail = |place: &mut Place| {
        let span = reader.tree.node(place.node).span;
        let section = reader.outline.section_at(span.start).filter(|&index| reader.section_items(index) == 0);
        let heading = section.and_then(|index| headings.get(index as usize));
        heading.is_some_and(|&(node, index)| {
            let facts = reader.tree.node(node).next as usize;
            let is_fact = facts < reader.tree.len() && reader.tree.node(facts).span.holds(span);
            is_fact && gates.is_item(reader, &headings, (node, index))
        })
    };
    let details: Vec<Place> = tables.extract_if(.., is_detail).collect();
    details.into_iter().for_each(|place| super::tables::tell_detail(reader, place.node));
    tables
}

/// A heading followed by a list or paragraph with `Status:`.
fn with_facts(reader: &mut Reader<'_>, node: NodeId, index: u32, facts: Facts) -> Option<Draft> {
    let (text, span) = facts.status.clone()?;
    let said = facts.said(reader.terms);
    let mut draft = reader.heading(node, reader.outline.title(index).to_owned());
    draft.item.state = said.state();
    draft.item.state_text = text.into();
    draft.item.mark = Some(span);
    give_facts(&mut draft, facts);
    reader.tell(said, &draft.item.state_text, span);
    Some(draft)
}

/// A heading with a level below it and no status: it is open.
fn with_level(reader: &mut Reader<'_>, node: NodeId, index: u32, facts: Facts) -> Draft {
    let mut draft = reader.heading(node, reader.outline.title(index).to_owned());
    reader.stateless = true;
    give_facts(&mut draft, facts);
    draft
}

/// Gives a heading the owners, day and level that are told below it, where it has none itself.
fn give_facts(draft: &mut Draft, facts: Facts) {
    if draft.item.owners.is_empty() {
        draft.item.owners = facts.owners;
    }
    draft.item.due = draft.item.due.or(facts.due);
    if draft.item.level.is_none() {
        draft.set_level(facts.priority);
    }
}

/// Whether a heading stands among those that speak of everything, or of no items at all.
pub(super) fn is_about_all(reader: &Reader<'_>, index: u32) -> bool {
    let contexts = reader.outline.section(index).contexts;
    let facts = [Context::StatusFacts, Context::Decision, Context::Approval, Context::Legend];
    facts.into_iter().any(|context| contexts.has(context))
}

fn is_gate(reader: &Reader<'_>, index: u32) -> bool {
    reader.terms.words.phrases.is_gate(&normalise(reader.outline.title(index)))
}

/// A heading that ends in a status: `## 1. Licence: done`, `### Gate 3 — PASS`, `## Backups ✅ SHIPPED`.
fn with_suffix(reader: &mut Reader<'_>, (node, index): (NodeId, u32), glyph: Option<Status>) -> Option<Draft> {
    let title = reader.outline.title(index);
    if is_about_all(reader, index) {
        return None;
    }
    let status = boxed(reader, title).or_else(|| status_of(reader, title)).or_else(|| bold_status(reader, node));
    let status = status.or_else(|| marked::apart(reader, (node, index), title)).or(glyph)?;
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
    let bare = normalise(without_number(text));
    let is_value = terms.words.is_section_value(&normalise(word));
    if is_value && !terms.words.phrases.is_gate(&bare) && reference::at_start(terms.words, title).is_none() {
        return None;
    }
    // `Crash on start — BLOCKER` names the level of a fault.
    if state == State::Blocked && terms.words.level(&normalise(word)).is_some() {
        return None;
    }
    (!is_of_all(terms.words, &bare)).then(|| Status { text: text.to_owned(), word: word.to_owned(), state })
}

/// Whether a title tells the status of everything rather than of one thing: `Status`, `Overall verdict`, `Go/No-Go`.
fn is_of_all(words: &Vocabulary, phrase: &str) -> bool {
    matches!(words.tag(phrase), Some(Tag::Status))
        || words.tables.is_sum(phrase)
        || words.tables.whole_of.contains(phrase)
        || words.tables.is_aim(phrase)
        || words.is(Context::Decision, phrase)
        || words.phrases.is_go_or_no_go(phrase)
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
