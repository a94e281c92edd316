//! Columns to sign in that tell of things how far their approval is: `Scope | State | Approved`.

use super::columns::Grid;
use crate::reading::legend::Terms;
use crate::reading::phrase::cut_parenthesis;
use crate::reading::status::{self, Said};

/// Whether a table tells the states of things in a column that is plainly for that, and in one to sign in nothing but
/// states: its rows are things, not people. Where nobody has signed anything, one of the things is left to do.
pub(in crate::reading) fn are_stages(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let words = terms.words;
    let Some(signed) = grid.headers.iter().position(|header| words.tables.signed.contains(header)) else {
        return false;
    };
    let said = |index: usize| grid.column(index).map(|cell| status::said(terms, cell));
    let is_plain = |column: usize| words.tables.is_task_state(cut_parenthesis(&grid.headers[column]).0);
    let is_left = |column: usize| said(column).any(|said| said.known().is_some_and(|state| state.is_left()));
    let is_told = |column: usize| {
        let is_signed = || said(signed).any(|said| said != Said::Nothing);
        column != signed && is_plain(column) && grid.is_known(terms, column) && (is_signed() || is_left(column))
    };
    said(signed).all(|said| matches!(said, Said::State(_) | Said::Nothing))
        && !grid.headers.iter().any(|header| words.signoffs.is_signer(header))
        && grid.status_column(terms).is_some_and(is_told)
}
