//! Tables of tasks that tell who does them or how long that takes, and no state.

use super::columns::Grid;
use super::never;
use super::subject::is_code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::phrase::cut_parenthesis;
use crate::reading::vocabulary::{Column, Context};
use crate::reading::{Reader, priority, signoffs};
use rustc_hash::FxHashSet as HashSet;

/// Whether a header is one of tasks.
pub(super) fn is_task(reader: &Reader<'_>, header: &str) -> bool {
    let tables = &reader.terms.words.tables;
    tables.tasks.contains(header) || tables.deeds.contains(header)
}

/// Whether a table of tasks says by when each is done, or what shows that it is: `Due`, `Done when`.
pub(super) fn is_list(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    let state = own.and_then(|index| reader.terms.words.section_state(&reader.outline.section(index).phrase));
    if state == Some(State::Done) || reader.is_mended(own) {
        return false;
    }
    let shown_by = &reader.terms.words.tables.shown_by;
    let is_one = grid.with(Column::Due).is_some() || grid.headers.iter().any(|header| shown_by.contains(header));
    is_one && reader.calls_itself_checklist()
}

/// Tells of tasks without states in a document that calls itself a checklist.
pub(super) fn tell(reader: &mut Reader<'_>, node: NodeId) {
    if reader.calls_itself_checklist() {
        let message = "this table lists tasks and has no column for their states, so its rows are not items";
        let help = "add a column `Status`, or `Due`";
        reader.tell_table(node, message, help);
    }
}

/// Whether every row has an id with letters in it.
pub(super) fn is_coded(grid: &Grid<'_>) -> bool {
    grid.with(Column::Id).is_some_and(|index| grid.column(index).all(|cell| is_code(cell.trim())))
}

/// The header of the tasks of such a table.
pub(super) fn header(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> Option<String> {
    let tables = &reader.terms.words.tables;
    let is_coded = is_coded(grid);
    let item = grid.headed(reader.terms, &[]);
    let item =
        item.filter(|&item| is_coded && grid.has_things(reader.terms) || is_task(reader, &grid.headers[item]))?;
    let is_effort = |header: &String| tables.spans.contains(cut_parenthesis(header).0);
    let is_work = is_coded
        || is_list(reader, node, grid)
        || grid.with(Column::Owner).is_some()
        || grid.headers.iter().any(is_effort);
    let around = reader.outline.around(reader.tree, node);
    let others = [Context::Steps, Context::Risk, Context::NotIncluded, Context::Evidence, Context::Legend];
    let is_other = others.into_iter().any(|context| around.has(context));
    let is_duty = grid.headers.iter().any(|header| tables.duties.contains(header));
    let is_plain = is_work && !is_other && !is_duty && grid.shape(reader).is_none();
    let is_none = || {
        signoffs::is_table(reader, node, grid)
            || never::is_never(reader, node, grid)
            || never::is_plan(reader, node, grid)
    };
    (is_plain && !is_none()).then(|| grid.headers[item].clone())
}

/// The ids of the items that were read.
pub(super) fn ids(reader: &Reader<'_>) -> HashSet<String> {
    reader.drafts.iter().filter_map(|draft| draft.item.reference.clone()).collect()
}

/// Whether none of the rows has the id of an item that was read: others tell more of the same.
pub(super) fn is_new(ids: &HashSet<String>, grid: &Grid<'_>) -> bool {
    grid.with(Column::Id).is_none_or(|index| !grid.column(index).any(|cell| ids.contains(cell.trim())))
}

/// Whether a heading above a block names a priority for what stands below it.
pub(super) fn is_urgent(reader: &Reader<'_>, node: NodeId) -> bool {
    let outline = reader.outline;
    let own = outline.section_at(reader.tree.node(node).span.start);
    let mut above = std::iter::successors(own, |&index| outline.section(index).parent);
    above.any(|index| priority::heading(reader.terms, outline.title(index), &outline.section(index).phrase).is_some())
}
