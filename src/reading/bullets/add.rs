//! What the entries of a list become once their states are known: items, statements, criteria, or nothing that counts.

use super::keys::{EXPLAINS, define, is_radio};
use super::{Entry, about, belied, counted, demanded, has_no_items, observed, praised};
use crate::finding::Code;
use crate::markdown::{Inline, NodeId, Piece, Tree};
use crate::model::{Criterion, Statement};
use crate::reading::draft::Draft;
use crate::reading::outline::{Place, begun_label, label};
use crate::reading::phrase::{is_pictograph, normalise};
use crate::reading::vocabulary::{Context, Contexts, Tag};
use crate::reading::{Reader, lines, metadata, priority};
use std::borrow::Cow;

/// How the entries of a list tell their states.
#[derive(PartialEq)]
pub(super) enum Style {
    /// By glyphs that lead them.
    Led,
    /// By words.
    Worded,
}

/// Adds the entries of a list as what its label and headings say that they are.
pub(super) fn add(reader: &mut Reader<'_>, place: Place, entries: Vec<Entry>, style: Style) {
    add_lists(reader, &[place], entries, style);
}

/// Adds the entries of one list, which may stand in several pieces below the label of the first.
pub(super) fn add_lists(reader: &mut Reader<'_>, lists: &[Place], entries: Vec<Entry>, style: Style) {
    let tree = reader.tree;
    let Some(&place) = lists.first().filter(|_| !entries.is_empty()) else { return };
    let items = || lists.iter().flat_map(|list| tree.children(list.node));
    let about = about(reader, place);
    let sums_up = || style == Style::Led && (sums_up(reader, place) || praised::is_one(reader, place, &entries));
    if about.has(Context::StatusFacts) && !about.has(Context::Legend) || sums_up() {
        return statements(reader, entries);
    }
    if about.has(Context::Inverted) {
        let message = "these entries are conditions that must not hold, so they are not items";
        let help = "turn them round (what must hold) to count them";
        return reader.find(Code::AmbiguousInverted, tree.node(place.node).span, message, help);
    }
    if style == Style::Led && counted::is_one(reader, &entries) {
        let message = "these entries count items by their states, so they are none";
        let help = "use boxes ([ ] and [x]) to make them items";
        reader.find(Code::AmbiguousGlyphs, tree.node(place.node).span, message, help);
        return statements(reader, entries);
    }
    if about.has(Context::Criteria) && style == Style::Led {
        return criteria(reader, entries);
    }
    if style == Style::Led && demanded::is_one(reader, place, &entries) {
        let message = "these ticks may only mark what has to be there, so these entries are criteria and not items";
        let help = "use boxes ([ ] and [x]) to make them items";
        reader.find(Code::AmbiguousGlyphs, tree.node(place.node).span, message, help);
        return criteria(reader, entries);
    }
    if is_radio(reader, &entries, items().count()) {
        return;
    }
    if style == Style::Worded && define(reader.terms, &entries) {
        return tell_definitions(reader, place, about);
    }
    // Praise has nothing that is left to do in it.
    let is_praise = || !about.has(Context::Praise) || !has_left(&entries);
    let is_attached = || !has_left(&entries) && items().all(|item| is_link(tree, item));
    let is_observed = || style == Style::Led && observed::is_one(reader, place, &entries);
    let explains = || about.has(Context::Reference) && style == Style::Worded && are_explained(tree, &entries);
    let has_no_items =
        has_no_items(about) || about.has(Context::Attached) && is_attached() || is_observed() || explains();
    if has_no_items && is_praise() {
        return tell_no_items(reader, place, about, &entries, style);
    }
    if style == Style::Led {
        belied::tell(reader, place, &entries);
    }
    for entry in entries.iter().filter(|entry| entry.disagrees) {
        let message = "the glyph and the word of this entry disagree; the one that says less counts";
        reader.find(Code::BoxAgainstWord, entry.mark, message, "make the glyph and the word agree");
    }
    let entries = entries.into_iter().map(|entry| (entry.item, entry.below, entry.into_draft(tree)));
    reader.bullets(place, entries.collect());
}

/// Whether entries are single words with what they mean in brackets: `E1 (missing)`, never `retries: open`.
fn are_explained(tree: &Tree<'_>, entries: &[Entry]) -> bool {
    let is_word = |entry: &Entry| !entry.text.trim().contains(' ');
    let ends = |item| lines::lead(tree, item).trim_end_matches(['.', ' ']).ends_with([')', ']', '）']);
    entries.iter().all(|entry| is_word(entry) && ends(entry.item))
}

fn has_left(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| entry.state.is_left())
}

/// Whether an entry is one link and signs.
fn is_link(tree: &Tree<'_>, item: NodeId) -> bool {
    let Some(lead) = lines::lead_node(tree, item) else { return false };
    let pieces = tree.pieces(lead);
    let links = || pieces.iter().filter(|piece| matches!(piece.inline, Inline::Link(_))).count();
    let start = pieces.iter().position(|piece| matches!(piece.inline, Inline::Link(_)));
    let end = pieces.iter().rposition(|piece| piece.inline == Inline::LinkEnd);
    let says = |outside: &[Piece]| tree.plain(outside).contains(char::is_alphanumeric);
    start.zip(end).is_some_and(|(start, end)| links() == 1 && !says(&pieces[..start]) && !says(&pieces[end..]))
}

/// Whether a list stands below a line about the status of a section with tasks above it, `**Status**: in progress`: it
/// tells how far they are.
fn sums_up(reader: &Reader<'_>, place: Place) -> bool {
    let tree = reader.tree;
    let is_status = |label: Cow<'_, str>| reader.terms.words.tag(&normalise(&label)) == Some(Tag::Status);
    let start = tree.node(place.node).span.start;
    let section = reader.outline.section_at(start).map_or(0, |index| reader.outline.section(index).start);
    let tasks = &reader.drafts[..reader.tasks];
    let above = tasks.partition_point(|draft| draft.item.span.start < start);
    tasks[..above].last().is_some_and(|task| task.item.span.start > section)
        && begun_label(tree, place).or_else(|| label(tree, place)).is_some_and(is_status)
}

/// Tells of a list that headings and labels call evidence, steps and the like, unless they call it a legend.
fn tell_no_items(reader: &mut Reader<'_>, place: Place, about: Contexts, entries: &[Entry], style: Style) {
    let span = reader.tree.node(place.node).span;
    let message = match style {
        Style::Led => "these glyphs were read as evidence or decoration, not as items",
        Style::Worded => "by their heading or label these entries are not items, though not all of them are done",
    };
    let help = "use boxes ([ ] and [x]) to make them items";
    match style {
        _ if about.has(Context::Legend) => {}
        // What is out of scope is crossed out by right.
        Style::Led if has_left(entries) && !about.has(Context::NotIncluded) => {
            reader.warn(Code::AmbiguousGlyphs, span, message, help);
        }
        Style::Worded if !has_left(entries) => {}
        _ => reader.find(Code::AmbiguousGlyphs, span, message, help),
    }
}

/// Tells of a list that defines status words, unless its heading or label calls it a legend.
fn tell_definitions(reader: &mut Reader<'_>, place: Place, about: Contexts) {
    if !about.has(Context::Legend) {
        let (message, help) = EXPLAINS;
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
    }
}

fn statements(reader: &mut Reader<'_>, entries: Vec<Entry>) {
    for entry in entries {
        let span = reader.tree.node(entry.item).span;
        reader.list.statements.push(Statement { text: entry.text, state: Some(entry.state), span });
    }
}

fn criteria(reader: &mut Reader<'_>, entries: Vec<Entry>) {
    for entry in entries {
        let span = reader.tree.node(entry.item).span;
        reader.list.criteria.push(Criterion { text: entry.text, state: entry.state, span });
    }
}

impl Reader<'_> {
    /// Adds status bullets as items.
    fn bullets(&mut self, place: Place, drafts: Vec<(NodeId, Option<NodeId>, (Draft, String))>) {
        self.bullet_lists.push(self.tree.node(place.node).span);
        let named = place.before.and_then(|before| priority::label(self.terms, self.tree, before));
        for (node, below, (mut draft, text)) in drafts {
            let pieces = lines::lead_node(self.tree, node).map(|lead| self.tree.pieces(lead)).unwrap_or_default();
            let pieces = match pieces.first() {
                Some(first)
                    if self
                        .tree
                        .text(first)
                        .chars()
                        .all(|c| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}') =>
                {
                    &pieces[1..]
                }
                _ => pieces,
            };
            draft.describe(self.terms, self.tree, pieces, &text);
            for fact in metadata::noted(self.terms, &draft.item.note) {
                metadata::give(&mut draft.item, fact);
            }
            self.details(node, &mut draft);
            if let Some(list) = below {
                self.details_in(list, &mut draft);
            }
            if draft.item.level.is_none() {
                draft.set_level(named.clone());
            }
            self.push(draft);
        }
    }
}
