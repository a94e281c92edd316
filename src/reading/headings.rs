//! Headings that are items: with a box before them or a status set apart at their end, or followed by a block of facts
//! with a status.

mod below;
mod boxed;
mod cards;
mod claimed;
mod colours;
mod facets;
mod gates;
mod glyphs;
mod loud;
mod marked;
mod options;
mod overruled;
mod paragraphs;
mod phrased;
mod said_below;
mod stages;
mod status_lines;
mod tails;
mod waiting;

use super::draft::Draft;
use super::facts::Facts;
use super::outline::Place;
use super::phrase::{is_pictograph, normalise, without_number};
use super::signs::Signed;
use super::vocabulary::{Context, Contexts};
use super::{Reader, metadata};
use crate::finding::Code;
use crate::markdown::{Block, Inline, NodeId};
use crate::model::{ItemKind, State};
use below::Below;
pub(super) use below::is_card;
pub(super) use boxed::compare as compare_boxes;
pub(super) use claimed::compare as compare_claimed;
use gates::{Gates, Kind, Work, kind};
use glyphs::Glyphs;
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;
use std::collections::BTreeMap;

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
    let (gates, glyphs) = (Gates::of(&headings), Glyphs::of(&headings));
    let (mut told, mut below, mut works) = (Vec::new(), Vec::new(), Vec::new());
    let (mut lost, mut choices) = (BTreeMap::new(), Vec::new());
    overruled::take_back(reader, &headings, &gates);
    // Backwards, so that a heading knows of the heading items below it.
    for &(node, index) in headings.iter().rev() {
        let is_title = outline.section(index).heading == 0 && tree.node(node).block == Block::Heading(1);
        if is_title {
            continue;
        }
        if reader.section_items(index) > 0 {
            // What is open beside it may have nothing below.
            below.extend(told_over_items(reader, &gates, (node, index)).map(|state| (index, state)));
            continue;
        }
        let found = gates.below(reader, (node, index));
        let facts = found.status.as_ref().filter(|facts| gates.is_one(reader, &headings, index, facts));
        let draft = match facts.cloned() {
            Some(facts) => {
                let draft = with_facts(reader, node, index, facts);
                below.extend(draft.as_ref().map(|draft| (index, draft.item.state)));
                draft
            }
            None => {
                let glyph = glyphs.status(reader, index);
                let status = own_status(reader, &gates, (node, index), glyph);
                let marked = status.map(|status| with_status(reader, (node, index), status, found));
                let marked = marked.and_then(|draft| options::one_thing(reader, (node, index), draft, &mut choices));
                told.extend(marked.as_ref().map(|draft| (index, draft.item.state)));
                marked
            }
        };
        let Some(draft) = draft.filter(|draft| !gates::is_done_whole(reader, index, draft)) else {
            works.extend(found.work().cloned().map(|facts| (node, index, facts)));
            let is_lost = found.status.as_ref().is_some_and(|facts| gates::is_lost(reader, index, facts));
            lost.extend(is_lost.then(|| (kind(reader, index), node)));
            continue;
        };
        if !reader.compare_restated(rows.get_or_init(|| reader.rows()), &draft.item) {
            reader.push(draft);
        }
    }
    let left = tell_lost(reader, lost);
    options::tell(reader, &choices);
    tails::read_others(reader, (&headings, &glyphs), &rows, &mut told);
    read_works(reader, &headings, &gates, &told, works);
    // A number may order chapters as well.
    told.extend(below.iter().filter(|&&(index, _)| gates::has_code(reader, index)));
    let known = marked::read_unmarked(reader, &headings, &told);
    let mut found = waiting::tell(reader, &headings, &told, known.into_iter().chain(left).collect());
    marked::tell_without_status(reader, &headings, &below);
    tell_signs(reader, &headings, (&gates, &glyphs), &told);
    tell_beside(reader, (&headings, &glyphs), &told);
    found.extend(told.iter().chain(&below).map(|&(index, _)| index));
    reader.release(&found);
}

/// Tells of headings with boxes, glyphs or words in capitals that may be states and were not read, and keeps those that say
/// that all below them is done.
fn tell_signs<'a>(
    reader: &mut Reader<'a>,
    headings: &[(NodeId, u32)],
    (gates, glyphs): (&Gates, &Glyphs<'_, 'a>),
    told: &[(u32, State)],
) {
    gates.boxed.tell(reader, headings);
    glyphs.tell(reader);
    loud::tell(reader, headings, told);
    claimed::read(reader, headings, gates, told);
}

/// Tells of what looks like states beside headings that are no items, or below them.
fn tell_beside<'a>(
    reader: &mut Reader<'a>,
    (headings, glyphs): (&[(NodeId, u32)], &Glyphs<'_, 'a>),
    told: &[(u32, State)],
) {
    tails::tell_denied(reader, headings);
    cards::tell(reader, headings);
    colours::tell(reader, headings);
    paragraphs::tell(reader, headings);
    status_lines::tell(reader, headings);
    // Last, so that nothing is told twice.
    phrased::tell(reader, (headings, glyphs), told);
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
    let headings = all(reader);
    let gates = Gates::of(&headings);
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

/// The status below a heading with an id that items stand below too.
fn told_over_items(reader: &Reader<'_>, gates: &Gates, (node, index): (NodeId, u32)) -> Option<State> {
    let below = gates::has_code(reader, index).then(|| gates.below(reader, (node, index)))?;
    let facts = below.status.as_ref()?;
    facts.said(reader.terms).known()
}

/// A heading followed by a list or paragraph with `Status:`.
fn with_facts(reader: &mut Reader<'_>, node: NodeId, index: u32, facts: Facts) -> Option<Draft> {
    let (text, span) = facts.status.clone()?;
    let said = facts.said(reader.terms);
    let mut draft = reader.heading(node, loud::name(reader, (node, index)));
    draft.item.state = said.state();
    draft.item.state_text = text.into();
    draft.item.mark = Some(span);
    give_facts(&mut draft, facts);
    reader.tell(said, &draft.item.state_text, span);
    Some(draft)
}

/// A heading that ends in a status, with what is told below it.
fn with_status(reader: &Reader<'_>, (node, index): (NodeId, u32), status: Status, below: &Below) -> Draft {
    let mut draft = reader.marked(node, index, status);
    give_facts(&mut draft, below::beside(reader, node, below));
    draft
}

/// A heading with facts and no status below it: it is open.
fn without_status(reader: &mut Reader<'_>, node: NodeId, index: u32, facts: Facts) -> Draft {
    let mut draft = reader.heading(node, reader.outline.title(index).to_owned());
    reader.stateless = true;
    give_facts(&mut draft, facts);
    draft
}

/// Reads the headings with facts and no status below them.
fn read_works(
    reader: &mut Reader<'_>,
    headings: &[(NodeId, u32)],
    gates: &Gates,
    told: &[(u32, State)],
    works: Vec<(NodeId, u32, Facts)>,
) {
    let kinds: HashSet<Kind> = told.iter().map(|&(index, _)| kind(reader, index)).collect();
    let (rows, mut ambiguous) = (OnceCell::new(), BTreeMap::new());
    for (node, index, facts) in works {
        if reader.section_items(index) > 0 {
            continue;
        }
        match gates.work(reader, headings, index, &kinds) {
            Work::Item => {
                let draft = without_status(reader, node, index, facts);
                if !rows.get_or_init(|| reader.rows()).name(&draft.item) {
                    reader.push(draft);
                }
            }
            Work::Ambiguous => ambiguous.extend([(kind(reader, index), node)]),
            Work::None => {}
        }
    }
    tell_ambiguous(reader, ambiguous);
}

/// Tells once of headings of each kind that have a status below them which is left, and that are no items: one alone, or
/// those who do the work. Gives their kinds.
fn tell_lost(reader: &mut Reader<'_>, headings: BTreeMap<Kind, NodeId>) -> Vec<Kind> {
    for &node in headings.values() {
        let message =
            "the status below this heading may be that of the whole or of who does the work, so it is no item";
        let help = "write the status behind the heading, `: open`, to make it one";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
    }
    headings.into_keys().collect()
}

/// Tells once of headings of each kind that look like things to be done and tell no state.
fn tell_ambiguous(reader: &mut Reader<'_>, headings: BTreeMap<Kind, NodeId>) {
    for node in headings.into_values() {
        let message =
            "this heading and those beside it have ids and say who or how, but no state, so they are no items";
        let help = "write below each how far it is: `Status: open`";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
    }
}

/// Gives a heading the owners, day and level that are told below it, where it has none itself.
pub(super) fn give_facts(draft: &mut Draft, facts: Facts) {
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
    is_of_all(reader.outline.section(index).contexts)
}

/// The same of a heading that is read as a text with a status behind it: `Charts — READY (pending sign-off)` is about
/// charts.
fn names_all(reader: &Reader<'_>, index: u32, text: &str) -> bool {
    let around = reader.outline.section(index).parent.map(|parent| reader.outline.section(parent).contexts);
    let own = reader.terms.words.contexts(&normalise(without_number(text)));
    is_of_all(around.unwrap_or_default().and(own))
}

fn is_of_all(contexts: Contexts) -> bool {
    let facts = [Context::StatusFacts, Context::Decision, Context::Approval, Context::Legend];
    facts.into_iter().any(|context| contexts.has(context))
}

fn is_gate(reader: &Reader<'_>, index: u32) -> bool {
    reader.terms.words.phrases.is_gate(&normalise(reader.outline.title(index)))
}

/// The status that a heading ends in, `## 1. Licence: done`, `### Gate 3 — PASS`, `## Backups ✅ SHIPPED`, unless it is that of
/// everything.
fn own_status(
    reader: &Reader<'_>,
    gates: &Gates,
    (node, index): (NodeId, u32),
    glyph: Option<Status>,
) -> Option<Status> {
    let title = reader.outline.title(index);
    let boxed = gates.boxed.status(reader, index);
    let status = boxed.or_else(|| tails::status(reader, title)).or_else(|| tails::bold(reader, node));
    let status = status.or_else(|| marked::apart(reader, (node, index), title)).or(glyph);
    let status = status.or_else(|| loud::status(reader, (node, index)))?;
    let is_of_all = names_all(reader, index, &status.text) || tails::claims_all(reader, &status);
    (!is_of_all).then_some(status)
}

/// How a message goes on that tells of one heading for all of its kind, by how many more there are.
fn beside(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => ", nor is one more beside it".to_owned(),
        _ => format!(", nor are {more} more beside it"),
    }
}

impl Reader<'_> {
    /// A heading with a status. What stands in the parenthesis behind that is told of the item too.
    fn marked(&self, node: NodeId, index: u32, status: Status) -> Draft {
        let mut draft = self.heading(node, status.text);
        draft.item.state = status.state;
        draft.item.state_text = status.word.into();
        let title = self.outline.title(index);
        if title.ends_with([')', ']']) {
            metadata::strip(self.terms, &mut draft.item, Signed::of(title));
        }
        draft
    }

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
