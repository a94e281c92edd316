//! Tables that tell what levels and states mean, where others use them.

use super::columns::Grid;
use super::headers::asks_whether_done;
use super::subject::has_words;
use super::sums;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::priority;
use crate::reading::vocabulary::Column;
use rustc_hash::FxHashSet as HashSet;

/// Whether a table tells what levels or states mean: each row another one, in the first column, and no column is headed
/// by items.
pub(super) fn defines(terms: &Terms<'_>, grid: &Grid<'_>, defined: Column) -> bool {
    let Some(level) = grid.with(defined) else { return false };
    // `Done`, or a box, heads answers rather than names of states.
    let header = &grid.headers[level];
    if asks_whether_done(terms, header) || !header.contains(char::is_alphabetic) {
        return false;
    }
    // Whatever has an id is something of its own.
    let is_first = level == 0 && grid.with(Column::Id).is_none();
    let is_item = |index: usize| grid.roles[index] == Some(Column::Item) && !describes(terms, &grid.headers[index]);
    // Two rows of which one is done and one is not may be anything.
    let few = if defined == Column::Status { 2 } else { 1 };
    let is_tracked = |role: &Option<Column>| matches!(role, Some(Column::Owner | Column::Due | Column::Evidence));
    let may_define = is_first
        && grid.rows.len() > few
        && !(0..grid.headers.len()).any(is_item)
        && !grid.roles.iter().any(is_tracked);
    if !may_define {
        return false;
    }
    let mut names: Vec<String> = grid.column(level).map(normalise).collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1]) && !names[0].is_empty()
}

/// Whether a header of items says by its first word that its column tells what others name: `Description`, `What it means`.
pub(super) fn describes(terms: &Terms<'_>, header: &str) -> bool {
    terms.words.tables.defining.contains(header.split(' ').next().unwrap_or_default())
}

/// Whether each row of a table is another level and tells nothing else in words: how many there are, how many may be.
pub(super) fn is_of_levels(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let Some(level) = grid.with(Column::Priority).filter(|_| grid.rows.len() > 1) else { return false };
    let is_first = grid.roles[..level].iter().all(|role| *role == Some(Column::Id));
    if !is_first {
        return false;
    }
    let mut levels: Vec<_> =
        grid.column(level).map(|cell| priority::value(terms, cell).map(|found| found.level)).collect();
    levels.sort_unstable();
    let distinct = levels.windows(2).all(|pair| pair[0] != pair[1]) && levels[0].is_some();
    let counted = || (0..grid.headers.len()).any(|index| index != level && grid.is_numbers(index));
    distinct && (counted() && !has_items(terms, grid, level) || !has_words(terms, grid, &taken(terms, grid, level)))
}

/// Whether a table counts what there is of each level and sums that up: its first column names levels, each once, and a
/// total at its end, the next one holds numbers, and none is headed by items.
pub(super) fn counts_levels(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let tables = &terms.words.tables;
    let is_level = |cell: &str| priority::value(terms, cell).is_some();
    let is_amount = |header: &String| tables.amounts.contains(header) || tables.is_count(header);
    let Some((last, rows)) = grid.rows.split_last().filter(|_| grid.roles.first() == Some(&Some(Column::Priority)))
    else {
        return false;
    };
    // Most tables end with something else than a total, and their last cell tells.
    if is_level(last.cell(0)) || !tables.is_sum(&normalise(last.cell(0))) || grid.headers.len() < 2 {
        return false;
    }
    let mut names = HashSet::default();
    rows.iter().all(|row| is_level(row.cell(0)) && names.insert(normalise(row.cell(0))))
        && !rows.is_empty()
        && sums::is_counts(grid, 1)
        && !grid.is_dates(1)
        && !has_items(terms, grid, 0)
        // `Points` may be those of a task that another column tells in words.
        && (is_amount(&grid.headers[1]) || !has_words(terms, grid, &taken(terms, grid, 0)))
}

/// Whether a column beside that of the levels is headed by items, and holds more than numbers; what describes a level is
/// none: `Criteria`.
fn has_items(terms: &Terms<'_>, grid: &Grid<'_>, level: usize) -> bool {
    let headed = grid.headed(terms, &taken(terms, grid, level));
    headed.is_some_and(|index| !describes(terms, &grid.headers[index]))
}

/// The column of levels and that of states.
fn taken(terms: &Terms<'_>, grid: &Grid<'_>, level: usize) -> Vec<usize> {
    grid.status_column(terms).into_iter().chain([level]).collect()
}
