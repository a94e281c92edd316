//! Tables that tell no states and list what is left to do, by their headings or their headers. They are told of.

use super::columns::Grid;
use super::{todo, untold};
use crate::markdown::NodeId;
use crate::model::{Level, State};
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::vocabulary::Context;
use crate::reading::{Reader, priority};

/// Tells of a table without states in a checklist: one that is left to do, one with a sign that says so, or one of things to
/// be done or met.
pub(super) fn tell(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>) {
    if !reader.has_items_or_name() || is_other(reader, node) {
        return;
    }
    if is_left_by_heading(reader, node) || grid.headers.iter().take(3).any(|header| is_left(reader, header)) {
        warn_left(reader, node);
    } else if !untold::tell_led(reader, node, grid) && is_of_tasks(reader, grid) {
        todo::tell(reader, node);
    }
}

/// Whether the rows are tasks by the first header, or things to be done or met that have ids; not what comes again and
/// again.
fn is_of_tasks(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    let is_duty = |header: &String| reader.terms.words.tables.duties.contains(header);
    (grid.is_headed_by_tasks(reader.terms) || todo::is_coded(grid) && grid.has_things(reader.terms))
        && !grid.headers.iter().any(is_duty)
}

/// Tells of a table that is no checklist by its headers, or by the name of its document, where its heading says that what
/// it lists is left to do. Says whether it did.
pub(super) fn tell_by_heading(reader: &mut Reader<'_>, node: NodeId) -> bool {
    let is_left = reader.has_items_or_name() && is_left_by_heading(reader, node) && !is_other(reader, node);
    if is_left {
        warn_left(reader, node);
    }
    is_left
}

fn warn_left(reader: &mut Reader<'_>, node: NodeId) {
    let message = "what this table lists is left to do, and no column tells how far it is, so its rows are not items";
    let help = "add a column `Status` to make them items";
    reader.warn_table(node, message, help);
}

fn is_left(reader: &Reader<'_>, header: &str) -> bool {
    reader.terms.words.tables.left_over.contains(cut_parenthesis(header).0)
}

/// Whether the heading of a table says that what it lists is left to do or blocks the rest: `Remaining launch blockers`.
fn is_left_by_heading(reader: &Reader<'_>, node: NodeId) -> bool {
    let (outline, words) = (reader.outline, reader.terms.words);
    let Some(index) = outline.section_at(reader.tree.node(node).span.start) else { return false };
    let (title, phrase) = (outline.title(index), outline.section(index).phrase.as_str());
    if outline.section(index).heading == 0 {
        return false;
    }
    let is_urgent = || {
        let level = priority::heading(reader.terms, title, &normalise(title));
        level.is_some_and(|level| level.level == Level(0))
    };
    // `Remaining launch blockers`
    let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let is_begun = || words.section_state(first).is_some_and(State::is_left) && ends_in_noun(reader, rest);
    outline.waits(words, index) || is_begun() || is_urgent()
}

fn ends_in_noun(reader: &Reader<'_>, phrase: &str) -> bool {
    let last = cut_parenthesis(phrase).0.rsplit(' ').next().unwrap_or_default();
    reader.terms.words.is_noun(last)
}

/// Whether a table stands where nothing is to be done, or below a heading that says that it was.
fn is_other(reader: &Reader<'_>, node: NodeId) -> bool {
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    let around = reader.outline.around(reader.tree, node);
    let others = [Context::Risk, Context::NotIncluded, Context::Evidence, Context::Legend, Context::Decision];
    let state = own.and_then(|index| reader.terms.words.section_state(&reader.outline.section(index).phrase));
    state == Some(State::Done) || others.into_iter().any(|context| around.has(context)) || reader.is_mended(own)
}
