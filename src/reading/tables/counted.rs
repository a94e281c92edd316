//! Items that have but a number, of which the header says what they are: `Wave` over `1`, `2`.

use super::columns::Grid;
use crate::reading::legend::Terms;
use crate::reading::phrase::{capitalised, cut_parenthesis};
use crate::reading::status::{self, Said};
use crate::reading::vocabulary::Column;

/// The first column, where it counts stretches of work or parts of a whole that follow each other, and a plain `Status`
/// says of each in known words how far it is.
pub(super) fn column(terms: &Terms<'_>, grid: &Grid<'_>, status: usize) -> Option<usize> {
    let is_plain = || terms.words.tables.plain_status.contains(cut_parenthesis(&grid.headers[status]).0);
    let is_told = || grid.column(status).all(|cell| status::said(terms, cell) != Said::Unknown);
    (is_count(terms, grid, 0) && is_plain() && grid.is_known(terms, status) && is_told()).then_some(0)
}

/// What such items are called before their numbers, a space behind it: `Wave `.
pub(super) fn turn(terms: &Terms<'_>, grid: &Grid<'_>, item: usize) -> Option<String> {
    let header = grid.headers.get(item).filter(|_| is_count(terms, grid, item))?;
    Some(format!("{} ", capitalised(header)))
}

/// Whether a column counts on from nought or one what its header names.
fn is_count(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let is_named = terms.words.tables.names_turn(&grid.headers[index])
        && !matches!(grid.roles[index], Some(Column::Item | Column::Id));
    let number = |cell: &str| cell.trim().parse::<u16>().ok();
    let first = grid.column(index).next().and_then(number);
    is_named
        && first.is_some_and(|first| {
            first < 2 && (first..).zip(grid.column(index)).all(|(wanted, cell)| number(cell) == Some(wanted))
        })
}
