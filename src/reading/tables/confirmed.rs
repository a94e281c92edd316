//! Tables of faults that ask whether each is there: a `yes` mends none.

use super::columns::{Grid, Row};
use super::headers::asked;
use super::shape::Shape;
use super::states;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::draft::Draft;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::status::Said;

/// The column in which a table of faults confirms some, `Finding | Confirmed`, and tells of it. A fix that is named beside
/// them may be what was verified.
pub(super) fn column(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>, shape: &Shape) -> Option<usize> {
    let Shape::Status { item, column, ref also } = *shape else { return None };
    let tables = &reader.terms.words.tables;
    let confirms = |index: usize| tables.confirms(asked(&grid.headers[index]));
    if !confirms(column) || !tables.is_fault(cut_parenthesis(&grid.headers[item]).0) {
        return None;
    }
    let is_mended = || grid.headers.iter().any(|header| tables.mends.contains(cut_parenthesis(header).0));
    let is_of_mends = || tables.may_confirm_mends(asked(&grid.headers[column])) && is_mended();
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    let is_other = also.iter().any(|&index| !confirms(index)) || is_of_mends() || reader.is_mended(own);
    if is_other || !grid.column(column).any(|cell| is_confirmed(reader, cell)) {
        return None;
    }
    let message = format!(
        "`{}` tells of faults that they are there, not that they are mended, so those that it confirms are open",
        grid.headers[column]
    );
    let help = "add a column `Fixed`, or head this one so, to count those that are mended";
    reader.tell_table(node, &message, help);
    Some(column)
}

/// Opens a fault that its row confirms in a column.
pub(super) fn open(reader: &Reader<'_>, column: Option<usize>, row: &Row<'_>, draft: &mut Draft) {
    let cell = column.and_then(|column| row.cells.get(column));
    if draft.item.state == State::Done && cell.is_some_and(|cell| is_confirmed(reader, cell)) {
        draft.item.state = State::Open;
        // A tick in this cell does not make the item done.
        draft.item.mark = None;
    }
}

/// Whether a cell says "yes", in whatever words but such for what became of the fault: `✅ Fixed`.
fn is_confirmed(reader: &Reader<'_>, cell: &str) -> bool {
    let tables = &reader.terms.words.tables;
    let is_mended = |word: &str| tables.mended.contains(word) || tables.repairs.contains(word);
    states::said(reader, "", cell) == Said::State(State::Done) && !normalise(cell).split(' ').any(is_mended)
}
