//! Columns that tell of one stage after another: a rehearsal before the real run, what was tested before what was executed.

use super::columns::Grid;
use super::headers::asked;
use crate::reading::legend::Terms;
use crate::reading::status::{self, Said};

/// The column of the real run behind one of a rehearsal: what was rehearsed is not done. It may be empty.
pub(super) fn real_run(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<usize> {
    let tables = &terms.words.tables;
    let real = grid.headers.iter().rposition(|header| tables.is_real_run(header))?;
    let is_rehearsal = |index: usize| tables.is_rehearsal(&grid.headers[index]) && is_told(terms, grid, index);
    let is_status = || tables.is_real_status(&grid.headers[real]) || are_states(terms, grid, real);
    ((0..real).any(is_rehearsal) && is_status()).then_some(real)
}

/// The columns that ask of what another says is done whether it came further: `Documented` beside `Implemented`, without
/// those that are known to. Only that of the real run may be empty.
pub(super) fn later(terms: &Terms<'_>, grid: &Grid<'_>, column: usize, known: &[usize]) -> Vec<usize> {
    let tables = &terms.words.tables;
    let asks = |&index: &usize| {
        let header = asked(&grid.headers[index]);
        let is_real = tables.is_real_run(header) && index > column;
        index != column
            && !known.contains(&index)
            && (is_real || tables.stages.contains(header) && is_told(terms, grid, index))
            && are_states(terms, grid, index)
    };
    (0..grid.headers.len()).filter(asks).collect()
}

fn are_states(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    grid.column(index).all(|cell| matches!(said(terms, cell), Said::State(_) | Said::Nothing))
}

fn is_told(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    grid.column(index).any(|cell| matches!(said(terms, cell), Said::State(_)))
}

/// What a cell says; an `x` is a tick.
fn said(terms: &Terms<'_>, cell: &str) -> Said {
    match cell.trim() {
        "x" | "X" => Said::State(crate::model::State::Done),
        cell => status::said(terms, cell),
    }
}
