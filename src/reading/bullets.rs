//! Lists whose entries carry a status without a box: led by glyphs or status words, or ending in a status word.

mod around;
mod bolded;
mod bracketed;
mod counted;
mod faceted;
mod glyphs;
mod headed;
mod hinted;
mod in_lines;
mod inner;
mod keys;
mod labelled;
mod observed;
mod partly;
mod praised;
mod prefix;
mod split;
mod suffixed;
mod waiting;

pub(super) use around::read as read_around;
pub(super) use in_lines::tell as tell_lines;
pub(super) use labelled::read as read_labelled;
pub(super) use waiting::read as read_waiting;

use super::draft::Draft;
use super::facts::Facts;
use super::legend::Terms;
use super::outline::{Place, begun_label, label};
use super::phrase::{is_pictograph, next_stop, normalise};
use super::suffix::{self, Suffix};
use super::vocabulary::{Context, Contexts, Tag};
use super::{Reader, lines, metadata, priority, tasks};
use crate::finding::Code;
use crate::markdown::{Inline, NodeId, Piece, Tree};
use crate::model::{Criterion, ItemKind, State, Statement};
use crate::source::Span;
use glyphs::{glyph_entries, glyph_entry};
use keys::{define, is_decision, is_key};
use std::borrow::Cow;

/// One entry of a list with its status.
#[derive(Default)]
struct Entry {
    item: NodeId,
    state: State,
    word: String,
    mark: Span,
    text: String,
    note: String,
    /// Whether its glyph and its word say different things.
    disagrees: bool,
    /// What stands below it as `Key: value`.
    facts: Facts,
    /// The list right behind it that tells of it, where it does not belong to it by its indentation.
    below: Option<NodeId>,
}

/// Reads a list at top level that holds no tasks.
pub(super) fn read(reader: &mut Reader<'_>, place: Place) {
    let items: Vec<NodeId> = reader.tree.children(place.node).collect();
    let glyphs = glyph_entries(reader.terms, reader.tree, &items);
    let explains = |entry: &Entry| reader.terms.words.phrases.explains(&normalise(&entry.text));
    if glyphs.len() > 1 && glyphs.len() == items.len() && glyphs.iter().all(explains) {
        return;
    }
    if let Some(entries) = led_entries(reader, glyphs, items.len()) {
        return add(reader, place, entries, Style::Led);
    }
    let mut entries = worded(reader.terms, reader.tree, &items);
    if entries.is_empty()
        && let Some(entries) = inner::entries(reader.terms, reader.tree, &items)
    {
        return add(reader, place, entries, Style::Led);
    }
    if entries.is_empty() {
        entries = faceted::entries(reader, &items);
    }
    if entries.is_empty() {
        return reader.waiting.push(place);
    }
    add(reader, place, entries, Style::Worded);
}

/// Entries with a status word, in front, in brackets or at the end.
fn worded(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Vec<Entry> {
    let entries = prefix::entries(terms, tree, items);
    let entries = entries.or_else(|| bracketed::entries(terms, tree, items));
    entries.unwrap_or_else(|| suffixed::entries(terms, tree, items))
}

/// Tells of a list in which status glyphs lead most entries but not all, or stand at their ends.
fn tell_glyphs(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) {
    let (terms, tree) = (reader.terms, reader.tree);
    let (mut led, mut ended, mut crossed) = (0, 0, 0);
    for &item in items {
        let Some(lead) = lines::lead_node(tree, item) else { continue };
        let (source, pieces) = (tree.source(tree.node(lead).span), tree.pieces(lead));
        let is_named = pieces.iter().any(|piece| tree.is_named_emoji(piece));
        // Most entries have none at all.
        if source.is_ascii() && !is_named {
            continue;
        }
        let shown = if is_named { tree.plain(pieces) } else { Cow::Borrowed(source) };
        let shown = shown.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{fe0f}');
        let said = |glyph: Option<char>| glyph.and_then(|glyph| terms.listed_glyph(glyph));
        let (first, last) = (said(shown.chars().next()), said(shown.chars().next_back()));
        led += usize::from(first.is_some());
        ended += usize::from(last.is_some() || inner::entry(terms, tree, item).is_some());
        crossed += usize::from([first, last].contains(&Some(State::Open)));
    }
    let enough = |count: usize| count > 1 && count * 2 >= items.len();
    // `✅ Backups` beside one plain entry leaves out what may be open.
    let is_pair = led.max(ended) == 1 && items.len() == 2;
    let about = about(reader, place);
    // Praise has nothing that is left to do in it.
    let is_other = || has_no_items(about) && !(crossed > 0 && about.has(Context::Praise));
    if !(crossed > 0 || is_pair || enough(led) || enough(ended)) || is_other() {
        return;
    }
    let message = "not every entry of this list begins with a status glyph, so none of them is an item";
    let help = "begin each entry with a glyph, or use boxes ([ ] and [x])";
    let span = tree.node(place.node).span;
    match crossed {
        0 => reader.find(Code::AmbiguousGlyphs, span, message, help),
        _ => reader.warn(Code::AmbiguousGlyphs, span, message, help),
    }
}

/// Whether headings and labels say of a list that its glyphs are no states of items.
fn has_no_items(about: Contexts) -> bool {
    use Context::{Approval, Evidence, Legend, NotIncluded, Risk, Steps};
    [Evidence, Legend, NotIncluded, Risk, Steps, Approval].into_iter().any(|context| about.has(context))
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

/// Reads a list below a plain bullet, when it is led by glyphs.
pub(super) fn read_led(reader: &mut Reader<'_>, place: Place) {
    let items: Vec<NodeId> = reader.tree.children(place.node).collect();
    let glyphs = glyph_entries(reader.terms, reader.tree, &items);
    if glyphs.len() == items.len() && are_outcomes(reader, place, &glyphs) {
        let message = "each entry here is another outcome, so that this list explains them; its entries are not items";
        let help = "use boxes ([ ] and [x]) to make them items";
        return reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
    }
    if let Some(entries) = led_entries(reader, glyphs, items.len()) {
        add(reader, place, entries, Style::Led);
    } else if worded(reader.terms, reader.tree, &items).iter().any(|entry| entry.state.is_left()) {
        tell_below(reader, place);
    }
}

/// Tells of entries with a status word below a plain bullet, as `Pager: open` below `Operations`.
fn tell_below(reader: &mut Reader<'_>, place: Place) {
    let about = about(reader, place);
    if !(has_no_items(about) || about.has(Context::StatusFacts)) {
        let message = "these entries have a status word below a bullet that has none, so they are not items";
        let help = "use boxes ([ ] and [x]) to make them items";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
    }
}

/// Whether the entries below a bullet that asks for a status are the outcomes that there may be, each another one with
/// an explanation: `✓ Success: it answers`, `✗ Failure: it does not`.
fn are_outcomes(reader: &Reader<'_>, place: Place, entries: &[Entry]) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let asks = |before: NodeId| terms.words.tag(&normalise(&tree.plain(tree.pieces(before)))) == Some(Tag::Status);
    let mut signs: Vec<&str> = entries.iter().map(|entry| entry.word.as_str()).collect();
    signs.sort_unstable();
    let head = |entry: &Entry| next_stop(&entry.text, 0).map(|(at, _)| normalise(&entry.text[..at]));
    let known = entries.iter().filter(|entry| head(entry).is_some_and(|head| terms.state(&head).is_some())).count();
    known > 1
        && place.before.is_some_and(asks)
        && signs.windows(2).all(|pair| pair[0] != pair[1])
        && entries.iter().all(|entry| head(entry).is_some_and(|head| head.split(' ').count() <= 2))
}

/// The entries of a list of which every one is led by a glyph, at least two of them before such lists are the style of
/// the document.
fn led_entries(reader: &mut Reader<'_>, entries: Vec<Entry>, items: usize) -> Option<Vec<Entry>> {
    let led = !entries.is_empty() && entries.len() == items && (entries.len() > 1 || reader.glyph_style);
    reader.glyph_style |= led;
    led.then_some(entries)
}

/// How the entries of a list tell their states.
#[derive(PartialEq)]
enum Style {
    /// By glyphs that lead them.
    Led,
    /// By words.
    Worded,
}

/// Adds the entries of a list as what its label and headings say that they are.
fn add(reader: &mut Reader<'_>, place: Place, entries: Vec<Entry>, style: Style) {
    add_lists(reader, &[place], entries, style);
}

/// Adds the entries of one list, which may stand in several pieces below the label of the first.
fn add_lists(reader: &mut Reader<'_>, lists: &[Place], entries: Vec<Entry>, style: Style) {
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
    let has_no_items = has_no_items(about) || about.has(Context::Attached) && is_attached() || is_observed();
    if has_no_items && is_praise() {
        return tell_no_items(reader, place, about, &entries, style);
    }
    for entry in entries.iter().filter(|entry| entry.disagrees) {
        let message = "the glyph and the word of this entry disagree; the one that says less counts";
        reader.find(Code::BoxAgainstWord, entry.mark, message, "make the glyph and the word agree");
    }
    let entries = entries.into_iter().map(|entry| (entry.item, entry.below, entry.into_draft(tree)));
    reader.bullets(place, entries.collect());
}

fn has_left(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| entry.state.is_left())
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
        let (message, help) = waiting::EXPLAINS;
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
    }
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

/// What a label and the headings say that a list is.
fn about(reader: &Reader<'_>, place: Place) -> Contexts {
    let label = label(reader.tree, place).or_else(|| begun_label(reader.tree, place));
    let label = label.map(|label| reader.terms.words.contexts(&normalise(&label)));
    label.unwrap_or_default().and(reader.outline.around(reader.tree, place.node))
}

/// The status set apart with which an entry among boxes says that it is not done: in front, `**BLOCKED**: x`, `[TODO] x`,
/// or at its end, in bold or capitals or as a glyph.
pub(super) fn left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Suffix> {
    let lead = lines::lead_node(tree, item)?;
    if !tree
        .source(tree.node(lead).span)
        .bytes()
        .any(|byte| matches!(byte, b':' | b'-' | b'[' | b']' | b')' | 0xE2 | 0xEF))
    {
        return None;
    }
    let pieces = tree.pieces(lead);
    let is_loud = |suffix: &Suffix| !suffix.word.chars().any(char::is_lowercase);
    let led = prefix::entry(terms, tree, item).or_else(|| bracketed::entry(terms, tree, item));
    // A word in brackets in place of a box ticks it too.
    let is_box = tree.source(tree.node(lead).span).starts_with('[');
    let led = led.map(Entry::into_suffix);
    if is_box && led.is_some() {
        return led;
    }
    // `Alerts: ❌ nobody is paged`
    let inner = || {
        let mut found = inner::entry(terms, tree, item)?.into_suffix();
        if !found.note.is_empty() {
            found.text = format!("{}: {}", found.text, found.note);
        }
        Some(found)
    };
    let found = led
        .or_else(|| suffix::bold(terms, tree, pieces))
        .or_else(|| suffix::plain(terms, tree, pieces, &tree.plain(pieces)).filter(is_loud))
        .or_else(inner)?;
    Some(found).filter(|found| found.state.is_left() && !is_key(terms, found))
}

/// Whether a bullet begins with a status word in capitals, bold or brackets that says that it is not done.
pub(super) fn begins_as_left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> bool {
    prefix::entry(terms, tree, item).is_some_and(|entry| entry.state.is_left())
}

fn is_radio(reader: &Reader<'_>, entries: &[Entry], items: usize) -> bool {
    entries.len() == items && entries.iter().all(|entry| tasks::is_radio_word(reader.terms, &entry.text))
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

impl Entry {
    fn of(item: NodeId, Suffix { state, word, span: mark, text, note }: Suffix) -> Self {
        Self { item, state, word, mark, text, note, ..Self::default() }
    }

    fn into_suffix(self) -> Suffix {
        let Self { state, word, mark: span, text, note, .. } = self;
        Suffix { state, word, span, text, note }
    }

    fn into_draft(self, tree: &Tree<'_>) -> (Draft, String) {
        let mut draft = Draft::new(ItemKind::Bullet, tree.node(self.item).span);
        draft.item.state = self.state;
        draft.item.state_text = self.word.into();
        draft.item.mark = Some(self.mark).filter(|mark| mark.start < mark.end);
        draft.item.note = self.note;
        draft.item.owners = self.facts.owners;
        draft.item.due = self.facts.due;
        draft.set_level(self.facts.priority);
        (draft, self.text)
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
