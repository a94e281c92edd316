//! Lists with boxes only below some of their entries: `❌ Keys` beside `✅ Login` over its tasks. The tasks count below
//! theirs, and the other entries may carry a status as in any list.

use super::{Entry, Style, add, glyph_entries, glyph_entry, inner, left, worded};
use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::model::State;
use crate::reading::Reader;
use crate::reading::outline::Place;
use rustc_hash::FxHashSet as HashSet;

/// Reads the entries with a status of a list none of whose own entries is a task.
pub(in crate::reading) fn read(reader: &mut Reader<'_>, place: Place) {
    let tree = reader.tree;
    let is_boxed = |item: NodeId| matches!(tree.node(item).block, Block::Item(Some(_)));
    // In nearly all lists with tasks the first entry is one.
    if tree.children(place.node).any(is_boxed) {
        return;
    }
    let items: Vec<NodeId> = tree.children(place.node).collect();
    let held: Vec<Held> = items.iter().map(|&item| held(reader, item)).collect();
    // Boxes that were no items, as those to sign, leave nothing to stand beside.
    if held.contains(&Held::Itself) || !held.contains(&Held::Below) {
        return;
    }
    let alone: Vec<NodeId> =
        items.iter().zip(&held).filter(|(_, held)| **held == Held::Nothing).map(|(&item, _)| item).collect();
    let (mut entries, style) = entries(reader, &items, &alone);
    let alone: HashSet<NodeId> = alone.into_iter().collect();
    if style == Style::Led {
        tell_groups(reader, entries.iter().filter(|entry| !alone.contains(&entry.item)));
    }
    entries.retain(|entry| alone.contains(&entry.item));
    add(reader, place, entries, style);
}

/// Where the tasks of an entry stand.
#[derive(PartialEq)]
enum Held {
    Nothing,
    Itself,
    Below,
}

fn held(reader: &Reader<'_>, item: NodeId) -> Held {
    let span = reader.tree.node(item).span;
    let tasks = &reader.drafts[..reader.tasks];
    let first = tasks.partition_point(|draft| draft.item.span.start < span.start);
    match tasks.get(first).filter(|draft| span.holds(draft.item.span)) {
        Some(draft) if draft.item.span == span => Held::Itself,
        Some(_) => Held::Below,
        None if reader.tree.has_box(item) => Held::Itself,
        None => Held::Nothing,
    }
}

/// The entries of the list by their glyphs, where every one has one, or else by their words; or those that say that
/// they are not done, as beside boxes.
fn entries(reader: &mut Reader<'_>, items: &[NodeId], alone: &[NodeId]) -> (Vec<Entry>, Style) {
    let (terms, tree) = (reader.terms, reader.tree);
    let led = glyph_entries(terms, tree, items);
    if led.len() == items.len() && led.len() > 1 {
        return (led, Style::Led);
    }
    let found = worded(terms, tree, items);
    let found = if found.is_empty() { worded(terms, tree, alone) } else { found };
    if !found.is_empty() {
        return (found, Style::Worded);
    }
    if let Some(found) = inner::entries(terms, tree, items) {
        return (found, Style::Led);
    }
    let glyph = |item: NodeId| {
        let (entry, _) = glyph_entry(terms, tree, item).filter(|&(_, glyph)| terms.listed_glyph(glyph).is_some())?;
        Some(entry).filter(|entry| entry.state.is_left())
    };
    let is_left = |&item: &NodeId| glyph(item).or_else(|| left(terms, tree, item).map(|left| Entry::of(item, left)));
    (alone.iter().filter_map(is_left).collect(), Style::Worded)
}

/// Tells of entries whose sign says that they are not done over tasks that all are.
fn tell_groups<'e>(reader: &mut Reader<'_>, groups: impl Iterator<Item = &'e Entry>) {
    for entry in groups.filter(|entry| entry.state.is_left()) {
        let span = reader.tree.node(entry.item).span;
        let tasks = &reader.drafts[..reader.tasks];
        let first = tasks.partition_point(|draft| draft.item.span.start < span.start);
        let below = tasks[first..].iter().take_while(|draft| draft.item.span.start < span.end);
        if below.map(|draft| draft.item.state).all(|state| state == State::Done || state == State::Na) {
            let message = "the sign of this entry says that it is not done, and all tasks below it are";
            reader.find(Code::GroupDisagrees, entry.mark, message, "only the tasks count; make the sign agree");
        }
    }
}
