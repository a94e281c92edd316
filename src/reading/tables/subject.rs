//! Which column of a table holds the items, and which cell of a row.

use super::columns::{Grid, Row};
use super::{boxes, sums};
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::vocabulary::Column;
use crate::reading::{reference, status};

/// Cells of a column that are looked at to tell whether it holds words.
const SAMPLE: usize = 40;

/// The column with the items: by its header, else the leftmost with words. Where there are only notes beside those who
/// are ready or not, these are what the rows are about.
pub(in crate::reading) fn item_column(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let is_note = |index: &usize| grid.roles[*index] == Some(Column::Note);
    let left = || leftmost(terms, grid, taken);
    headed(terms, grid, taken)
        .or_else(|| left().filter(|index| !is_note(index)))
        .or_else(|| ids(grid, taken))
        .or_else(|| people(grid, taken))
        .or_else(left)
        .or_else(|| widest(grid, taken))
        .or_else(|| (0..grid.headers.len()).find(|index| !taken.contains(index) && is_filled(grid, *index)))
}

/// The column that is headed by items: one without empty cells that does not repeat itself, best known header first. Even
/// the best known gives way where it names groups again and again to one that tells of each: `Item` over "Monitoring" in
/// four rows, to `Item Description`.
pub(super) fn headed(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let exact = |index: usize| match grid.headers[index].as_str() {
        header if terms.words.tables.best_items.contains(header) => 0,
        header if terms.words.column(header) == Some(Column::Item) => 1,
        _ => 2,
    };
    let is_weak = |index: usize| terms.words.tables.is_weak_item(&grid.headers[index]);
    let candidates: Vec<usize> = (0..grid.headers.len())
        .filter(|index| !taken.contains(index) && grid.roles[*index] == Some(Column::Item))
        .filter(|&index| !is_followup(terms, grid, taken, index))
        .filter(|&index| grid.column(index).any(|cell| !super::is_tag_cell(cell) && cell.contains(char::is_alphabetic)))
        .collect();
    let key = |index: &usize| {
        let (exact, is_weak) = (exact(*index), is_weak(*index));
        let faults = u8::from(has_gaps(grid, *index)) + u8::from(grid.repeats(*index));
        (exact > 0, if exact > 0 { faults } else { 0 }, exact, is_weak, *index)
    };
    let best = candidates.iter().copied().min_by_key(key)?;
    let is_telling = |index: &usize| !is_weak(*index) && !grid.repeats(*index) && !has_gaps(grid, *index);
    let telling = || candidates.iter().copied().filter(is_telling).min_by_key(key);
    let unheaded = || leftmost(terms, grid, taken).filter(|&index| grid.roles[index].is_none() && is_telling(&index));
    // What is run to open a `Gate` is no name of it.
    let is_gate = |index: &usize| {
        terms.words.tables.gates.contains(&grid.headers[*index]) && is_telling(index) && is_words(terms, grid, *index)
    };
    let gate = || candidates.iter().copied().filter(|index| *index < best).find(is_gate);
    let is_check = terms.words.tables.gate_checks.contains(&grid.headers[best]);
    if let Some(gate) = Some(best).filter(|_| is_check).and_then(|_| gate()) {
        return Some(gate);
    }
    Some(if grid.repeats(best) { telling().or_else(unheaded).unwrap_or(best) } else { best })
}

/// Whether a column tells what is to be done next about what one before it names, or what stands in its way: it stands
/// behind the state, or is missing for some.
fn is_followup(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize], index: usize) -> bool {
    let header = cut_parenthesis(&grid.headers[index]).0;
    let is_named = |before: usize| {
        let is_open = matches!(grid.roles[before], None | Some(Column::Item | Column::Category));
        is_open && !taken.contains(&before) && !grid.repeats(before) && is_words(terms, grid, before)
    };
    terms.words.tables.follows.contains(header.rsplit(' ').next().unwrap_or(header))
        && (taken.iter().any(|&taken| taken < index) || grid.column(index).any(sums::is_blank))
        && (0..index).any(is_named)
}

/// The leftmost column of words that its header gives to nothing else; one with empty cells, that names groups or that is
/// headed by notes only where there is no other.
fn leftmost(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let is_open = |index: &usize| {
        matches!(grid.roles[*index], None | Some(Column::Category | Column::Item | Column::Note))
            && !taken.contains(index)
            && !terms.words.tables.spans.contains(&grid.headers[*index])
    };
    (0..grid.headers.len()).filter(is_open).filter(|&index| is_words(terms, grid, index)).min_by_key(|&index| {
        let is = |role| grid.roles[index] == Some(role);
        (has_gaps(grid, index), grid.repeats(index), is(Column::Note), is(Column::Category), index)
    })
}

/// A column that is headed by items and holds nothing but what they are numbered by.
fn ids(grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let is_item = |index: &usize| grid.roles[*index] == Some(Column::Item) && !taken.contains(index);
    (0..grid.headers.len()).filter(is_item).find(|&index| !has_gaps(grid, index) && !grid.repeats(index))
}

/// A column of teams or owners, each named once.
fn people(grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let is_owner = |index: &usize| grid.roles[*index] == Some(Column::Owner) && !taken.contains(index);
    (0..grid.headers.len()).filter(is_owner).find(|&index| !has_gaps(grid, index) && !grid.repeats(index))
}

/// Whether a column beside those taken tells in words what a row is about.
pub(super) fn has_words(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize]) -> bool {
    headed(terms, grid, taken).is_some() || leftmost(terms, grid, taken).is_some()
}

fn widest(grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let wide = |index: usize| grid.column(index).map(str::len).sum::<usize>();
    let is_open = |index: &usize| {
        !taken.contains(index)
            && matches!(grid.roles[*index], None | Some(Column::Category | Column::Note | Column::Item))
            && is_filled(grid, *index)
    };
    (0..grid.headers.len()).filter(is_open).max_by_key(|&index| (wide(index), std::cmp::Reverse(index)))
}

fn is_filled(grid: &Grid<'_>, index: usize) -> bool {
    grid.column(index).any(|cell| !super::is_tag_cell(cell))
}

fn has_gaps(grid: &Grid<'_>, index: usize) -> bool {
    grid.column(index).any(|cell| cell.trim().is_empty())
}

/// Whether most of a column's cells that say anything are words rather than ids, states, levels or handles.
fn is_words(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let filled = || grid.column(index).filter(|cell| !cell.trim().is_empty()).take(SAMPLE);
    let words = filled().filter(|cell| says(terms, cell)).count();
    words > 0 && words * 2 > filled().count()
}

/// Whether a cell says what something is.
fn says(terms: &Terms<'_>, cell: &str) -> bool {
    let cell = cell.trim();
    let phrase = normalise(cell);
    let is_short = phrase.chars().filter(|letter| letter.is_alphabetic()).count() < 2 && phrase.is_ascii();
    let is_value = || terms.state(&phrase).is_some() || terms.words.level(&phrase).is_some();
    // `T-24h`
    let is_moment = || cell.strip_prefix(['T', 'D']).is_some_and(|rest| rest.starts_with(['-', '+', '−']));
    let is_name = || super::is_tag_cell(cell) || is_code(cell) || cell.starts_with('@') || is_moment();
    let offers = || status::boxes(terms, cell).len() > 1;
    !(is_short || is_name() || is_value() || boxes::is_bare(terms, cell) || offers())
}

/// Whether a cell is a number with letters before it: `G1`, `CN2`.
pub(super) fn is_code(cell: &str) -> bool {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = cell.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&letters) && digits > 0 && letters + digits == cell.len() || reference::is_row_id(cell)
}

/// The column of a row that says what it is about when its item cell is empty: a team or owner only beside empty notes.
pub(super) fn instead(terms: &Terms<'_>, grid: &Grid<'_>, row: &Row<'_>, taken: &[usize]) -> Option<usize> {
    (0..grid.headers.len()).find(|&index| {
        let cell = row.cells.get(index).map_or("", |cell| cell);
        let is_open = match grid.roles[index] {
            None | Some(Column::Item | Column::Category) => true,
            Some(Column::Owner) => taken.iter().any(|&taken| grid.roles[taken] == Some(Column::Note)),
            _ => false,
        };
        !taken.contains(&index) && is_open && says(terms, cell)
    })
}
