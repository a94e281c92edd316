//! Headings that are no items and stand where things wait to be done: beside those that are done, or below one that says
//! so. They are told, as nothing else would.

use super::gates::{Kind, kind};
use super::marked::{bears_other, is_unmarked, series_number};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::{Level, State};
use crate::reading::phrase::{is_pictograph, normalise};
use crate::reading::{Reader, priority};
use rustc_hash::FxHashSet as HashSet;

/// Tells once of headings of each kind that have no state, beside others of which one is done in a section of faults or a
/// document of what waits to be done, or below a heading that says that things wait. `known` are the kinds of which
/// something was told. Gives back those that it told of.
pub(super) fn tell(
    reader: &mut Reader<'_>,
    headings: &[(NodeId, u32)],
    told: &[(u32, State)],
    mut known: HashSet<Kind>,
) -> HashSet<u32> {
    let mut found = HashSet::default();
    if !reader.has_items_or_name() {
        return found;
    }
    let beside = beside(reader, told);
    let read: HashSet<u32> = told.iter().map(|&(index, _)| index).collect();
    let mut waiting = vec![None; reader.outline.sections.len()];
    for &(node, index) in headings {
        let own = kind(reader, index);
        let is_beside = beside.contains(&own);
        let mut is_below = || own.0.is_some_and(|above| is_below(reader, &mut waiting, above, index));
        if known.contains(&own) || read.contains(&index) || !(is_beside || is_below()) || !is_unmarked(reader, index) {
            continue;
        }
        known.insert(own);
        found.insert(index);
        let what = match is_beside {
            true => "a heading beside this one is marked as done and this one is not, so it is no item",
            false => {
                "what is above this heading says that it waits to be done, but it tells no state, so it is no item"
            }
        };
        let message = format!("{what}{}", super::beside(unread_behind(reader, &read, index)));
        let help = "end it with its state: `: open`";
        reader.warn(Code::AmbiguousGlyphs, reader.tree.node(node).span, &message, help);
    }
    found
}

/// How many headings behind one of the same kind are no items either.
fn unread_behind(reader: &Reader<'_>, read: &HashSet<u32>, index: u32) -> usize {
    let own = kind(reader, index);
    let sections = (index + 1..).zip(&reader.outline.sections[index as usize + 1..]);
    let around = sections.take_while(|(_, part)| part.parent >= own.0).map(|(index, _)| index);
    let is_unread = |&index: &u32| kind(reader, index) == own && !read.contains(&index) && is_unmarked(reader, index);
    around.filter(is_unread).count()
}

/// The kinds of headings of which one is done, in a section that calls itself a list of faults or a document of what
/// waits to be done.
fn beside(reader: &Reader<'_>, told: &[(u32, State)]) -> HashSet<Kind> {
    let done = told.iter().filter(|&&(_, state)| state == State::Done).map(|&(index, _)| index);
    let mut kinds: HashSet<Kind> = done.map(|index| kind(reader, index)).filter(|own| own.1 > 1).collect();
    if !kinds.is_empty() {
        let tables = &reader.terms.words.tables;
        let is_list = reader.outline.waits(reader.terms.words, 0) || is_urgent(reader, 0);
        let is_named = |above: u32| above > 0 && tables.names_faults(&reader.outline.section(above).phrase);
        kinds.retain(|own| is_list || own.0.is_some_and(is_named));
    }
    kinds
}

/// Whether a heading waits to be done because the one above it says so. Below the title of the document stands more than
/// what waits: there it has a number or a sign. `waiting` remembers what those above say.
fn is_below(reader: &Reader<'_>, waiting: &mut [Option<bool>], above: u32, index: u32) -> bool {
    let outline = reader.outline;
    let waits = *waiting[above as usize].get_or_insert_with(|| waits(reader, above));
    let is_title = || outline.section(above).heading == 0;
    let is_one = || series_number(reader, index).is_some() || outline.title(index).starts_with(is_pictograph);
    waits && (!is_title() || is_one())
}

/// Whether a heading says that what is below it is urgent, where nothing there is an item, or that it waits to be done.
fn waits(reader: &Reader<'_>, index: u32) -> bool {
    let is_left = || reader.outline.waits(reader.terms.words, index);
    // Below a title stands more than what is urgent.
    let is_below_title = || reader.outline.section(index).heading > 0;
    let is_named = || is_left() || is_below_title() && reader.section_items(index) == 0 && is_urgent(reader, index);
    !bears_other(reader, index) && is_named()
}

fn is_urgent(reader: &Reader<'_>, index: u32) -> bool {
    let title = reader.outline.title(index);
    priority::heading(reader.terms, title, &normalise(title)).is_some_and(|found| found.level == Level(0))
}
