//! Tables of keys and values below headings: `Owner | Ops`, `Status | Open`. They tell of what the heading names.

use crate::finding::{Code, Finding};
use crate::markdown::NodeId;
use crate::model::ItemKind;
use crate::reading::draft::Draft;
use crate::reading::facts::Facts;
use crate::reading::outline::Place;
use crate::reading::phrase::normalise;
use crate::reading::status::{Said, said};
use crate::reading::vocabulary::{Context, Tag};
use crate::reading::{Reader, reference};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

/// The longest key, with its markup.
const KEY: usize = 40;

/// Such a table, the section that it tells of, and what it says of it.
pub(super) struct KeyValues {
    node: NodeId,
    section: u32,
    facts: Facts,
}

/// What a table of keys and values tells of the section that it stands in: one below a heading with nothing else that counts,
/// and not below the title, where it tells of the page.
pub(super) fn of(reader: &Reader<'_>, node: NodeId) -> Option<KeyValues> {
    let section = reader.outline.section_at(reader.tree.node(node).span.start)?;
    let is_part = reader.outline.headings[reader.outline.section(section).heading as usize].level > 1;
    if !is_part || reader.section_items(section) > 0 {
        return None;
    }
    let around = reader.outline.around(reader.tree, node);
    let others = [Context::StatusFacts, Context::Legend, Context::Evidence, Context::Approval, Context::Decision];
    if others.into_iter().any(|context| around.has(context)) {
        return None;
    }
    let mut facts = Facts::default();
    facts.take_table(reader.terms, reader.tree, node);
    let is_told = facts.status.is_some();
    let table = KeyValues { node, section, facts };
    // A status that nobody knows needs a heading that surely names something.
    let is_known = || matches!(table.facts.said(reader.terms), Said::State(_));
    (is_told && (is_known() || is_numbered(reader, &table))).then_some(table)
}

/// Makes an item of each section with one such table, where two subsections have some or its heading has an id. The only one may as
/// well tell of the whole: it is told of where that is not done. Of a section with several nobody says what each tells of.
pub(super) fn read(reader: &mut Reader<'_>, mut all: Vec<KeyValues>) {
    // Chapters with such a table tell of the document: `Document control`, `Release information`.
    let level =
        |table: &KeyValues| reader.outline.headings[reader.outline.section(table.section).heading as usize].level;
    let cards: Vec<u32> = all.iter().filter(|table| level(table) > 2).map(|table| table.section).collect();
    let are_alike = cards.windows(2).any(|pair| pair[0] != pair[1]);
    for same in all.chunk_by_mut(|one, next| one.section == next.section) {
        match same {
            [only] if are_alike && cards.contains(&only.section) || is_numbered(reader, only) => read_one(reader, only),
            [only] => tell_one(reader, only),
            several => tell_several(reader, several),
        }
    }
}

fn is_numbered(reader: &Reader<'_>, table: &KeyValues) -> bool {
    let id = reference::at_start(reader.terms.words, reader.outline.name(table.section)).map(|(id, _)| id);
    id.is_some_and(|id| id.contains(char::is_alphabetic))
}

fn is_left(reader: &Reader<'_>, table: &KeyValues) -> bool {
    table.facts.said(reader.terms).state().is_left()
}

fn tell_one(reader: &mut Reader<'_>, table: &KeyValues) {
    if is_left(reader, table) {
        let message = "this table tells the state of something, which may be that of the whole, so it is no item";
        let help = "give the heading above it an id, such as `LB-1`, to make it an item";
        reader.warn_table(table.node, message, help);
    }
}

/// Tells once of the tables below one heading: at the first that is not done, or else at the first.
fn tell_several(reader: &mut Reader<'_>, tables: &[KeyValues]) {
    let left = tables.iter().find(|table| is_left(reader, table));
    if let Some(table) = left.or(tables.first()) {
        let message = "several tables below this heading tell the state of something, so none of them is an item";
        reader.warn_table(table.node, message, "give each table a heading of its own to make them items");
    }
}

/// Tells once of a table below a heading in which nothing counts, of which a row says that something waits: `Status |
/// Blocked` alone, or beside who, when or how urgent, among keys that nobody knows or with a remark in a third column.
pub(in crate::reading) fn tell_unread(reader: &mut Reader<'_>, places: &[Place]) {
    if !reader.has_items_or_name() {
        return;
    }
    let told = OnceCell::new();
    let section = |reader: &Reader<'_>, node| reader.outline.section_at(reader.tree.node(node).span.start);
    let is_told = |node| told.get_or_init(|| sections_told(reader)).contains(&section(reader, node));
    let unread =
        places.iter().find(|place| !is_apart(reader, place.node) && waits(reader, place.node) && !is_told(place.node));
    if let Some(place) = unread {
        let message = "a row of this table tells the state of something that is not done, and nothing in it is an item";
        let help = "write the state behind the heading, `: open`, where that is what it is about";
        reader.warn_table(place.node, message, help);
    }
}

/// The sections in which a list or table was told of.
fn sections_told(reader: &Reader<'_>) -> HashSet<Option<u32>> {
    let is_about = |finding: &&Finding| matches!(finding.code, Code::AmbiguousTable | Code::AmbiguousGlyphs);
    let spans = reader.findings.iter().filter(is_about).filter_map(|finding| finding.span);
    spans.map(|span| reader.outline.section_at(span.start)).collect()
}

/// Whether a table has two or three columns, and its keys a status that waits; alone, or beside an owner, a day or a level.
fn waits(reader: &Reader<'_>, table: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let (mut rows, mut waits, mut is_of_work) = (0, false, false);
    for row in tree.children(table).skip(1) {
        let mut cells = tree.children(row);
        let (Some(key), Some(value)) = (cells.next(), cells.next()) else { continue };
        if tree.node(key).span.len() > KEY || cells.count() > 1 {
            return false;
        }
        rows += 1;
        let key = normalise(&tree.plain(tree.pieces(key)));
        let key = key.trim_end_matches([':', '：']);
        match terms.words.tag(key) {
            Some(Tag::Owner | Tag::Due | Tag::Priority) => is_of_work = true,
            tag if tag == Some(Tag::Status) || terms.words.is_outcome_key(key) => {
                let said = said(terms, &tree.plain(tree.pieces(value)));
                waits |= matches!(said, Said::State(state) if state.waits());
            }
            _ => {}
        }
    }
    waits && (is_of_work || rows == 1)
}

/// Whether a table stands below no heading but the title, where it tells of the page, below one in which something counts,
/// or where states are explained.
fn is_apart(reader: &Reader<'_>, node: NodeId) -> bool {
    let section = reader.outline.section_at(reader.tree.node(node).span.start);
    let level = |section| reader.outline.headings[reader.outline.section(section).heading as usize].level;
    let is_about = || {
        let around = reader.outline.around(reader.tree, node);
        let others = [Context::Legend, Context::Approval, Context::Evidence, Context::Decision];
        others.into_iter().any(|context| around.has(context))
    };
    section.is_none_or(|section| level(section) == 1 || reader.section_items(section) > 0) || is_about()
}

fn read_one(reader: &mut Reader<'_>, table: &mut KeyValues) {
    let facts = std::mem::take(&mut table.facts);
    let mut draft = Draft::new(ItemKind::Row, reader.tree.node(table.node).span);
    draft.describe(reader.terms, reader.tree, &[], reader.outline.name(table.section));
    let said = facts.said(reader.terms);
    let (text, mark) = facts.status.unwrap_or_default();
    reader.tell(said, &text, mark);
    draft.has_owner_column = facts.asks_owner;
    draft.item.state = said.state();
    draft.item.state_text = text.into();
    draft.item.mark = Some(mark);
    draft.set_level(facts.priority);
    draft.item.owners.extend(facts.owners);
    draft.item.due = facts.due.or(draft.item.due);
    reader.push(draft);
}
