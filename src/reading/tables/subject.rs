//! Which column of a table holds the items, and which cell of a row.

use super::columns::{Grid, Row};
use super::{boxes, measures, sums};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::vocabulary::{Column, Tag};
use crate::reading::{reference, status};
use rustc_hash::FxHashSet as HashSet;

/// Cells of a column that are looked at to tell whether it holds words.
const SAMPLE: usize = 40;

/// The most words that the name of a part has.
const BRIEF: usize = 4;

/// The column with the items: by its header, else the leftmost with words. Where there are only notes beside those who
/// are ready or not, these are what the rows are about.
pub(in crate::reading) fn item_column(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let is_note = |index: &usize| grid.roles[*index] == Some(Column::Note);
    let left = || leftmost(terms, grid, taken);
    grid.headed(terms, taken)
        .or_else(|| left().filter(|index| !is_note(index)))
        .or_else(|| {
            ids(grid, taken, Column::Item)
                .filter(|&index| !names_left(terms, &grid.headers[index]) && !is_about(terms, grid, taken, index))
        })
        .or_else(|| people(grid, taken).filter(|&index| terms.words.tag(&grid.headers[index]) != Some(Tag::Owner)))
        .or_else(|| ids(grid, taken, Column::Id).filter(|&index| is_lettered(grid, index)))
        .or_else(|| people(grid, taken))
        .or_else(left)
        .or_else(|| widest(grid, taken))
        .or_else(|| ids(grid, taken, Column::Id))
        .or_else(|| (0..grid.headers.len()).find(|index| !taken.contains(index) && is_filled(grid, *index)))
}

/// The first column that is no number or id by its header.
pub(super) fn first_named_column(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<usize> {
    grid.headers.iter().position(|header| !terms.words.is_numbering(header))
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
        .filter(|&index| !is_followup(terms, grid, taken, index) && !is_about(terms, grid, taken, index))
        .filter(|&index| grid.column(index).any(|cell| !super::is_tag_cell(cell) && cell.contains(char::is_alphabetic)))
        .filter(|&index| !is_count(grid, index))
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
    if terms.words.tables.described_by.contains(&grid.headers[best])
        && let Some(part) = candidates.iter().copied().find(|&index| index < best && is_named_part(terms, grid, index))
    {
        return Some(part);
    }
    Some(if grid.repeats(best) { telling().or_else(unheaded).unwrap_or(best) } else { best })
}

/// Whether a column tells what is to be done next about what one before it names, or what stands in its way: it stands
/// behind the state, or is missing for some. So does one of several things of each: `Checks` behind the state, `Key checks`.
fn is_followup(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize], index: usize) -> bool {
    let header = cut_parenthesis(&grid.headers[index]).0;
    let is_named = |before: usize| {
        let is_open = matches!(grid.roles[before], None | Some(Column::Item | Column::Category));
        is_open && !taken.contains(&before) && !grid.repeats(before) && is_words(terms, grid, before)
    };
    let (tables, last) = (&terms.words.tables, header.rsplit(' ').next().unwrap_or(header));
    let is_behind = || taken.iter().any(|&taken| taken < index);
    let is_left = || terms.words.column(header) != Some(Column::Item) && names_left(terms, header);
    (is_left() && (is_behind() || grid.column(index).any(sums::is_blank))
        || tables.follows.contains(last) && (is_behind() || grid.column(index).any(sums::is_blank))
        || tables.several.contains(last) && (is_behind() || tables.is_digest(header)))
        && (0..index).any(is_named)
}

/// Whether a header says before its last word that it is about what is left: `Exact missing item`, `Open items`.
fn names_left(terms: &Terms<'_>, header: &str) -> bool {
    let Some((before, _)) = cut_parenthesis(header).0.rsplit_once(' ') else { return false };
    before.split(' ').any(|word| terms.state(word).is_some_and(State::is_left))
}

/// Whether a column behind the state tells what an item waits for or what ends it, where an id names each: `Depends on`.
fn is_about(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize], index: usize) -> bool {
    let is_behind = || taken.iter().any(|&taken| taken < index);
    terms.words.tables.about.contains(cut_parenthesis(&grid.headers[index]).0) && is_behind() && has_codes(grid, taken)
}

/// Whether every row has an id of its own, most with letters.
fn has_codes(grid: &Grid<'_>, taken: &[usize]) -> bool {
    ids(grid, taken, Column::Id).is_some_and(|index| is_lettered(grid, index))
}

/// Whether the rows have ids, owners or priorities, and a plain `Status` that says their states: whatever else is told of
/// them, they are tracked.
pub(super) fn is_register(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let status = grid.status_column(terms).filter(|&column| {
        terms.words.tables.plain_status.contains(&grid.headers[column]) && grid.is_known(terms, column)
    });
    let is_kept = grid.with(Column::Owner).is_some() || grid.with(Column::Priority).is_some();
    is_kept && status.is_some_and(|column| has_codes(grid, &[column]))
}

/// Whether a column of parts or features names each of them once, in a few words: what another says of them
/// describes it, unless that is headed plainly as the item.
fn is_named_part(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let header = &grid.headers[index];
    let is_brief = |cell: &str| !cell.trim().is_empty() && cell.split_whitespace().nth(BRIEF).is_none();
    let mut seen = HashSet::default();
    let tables = &terms.words.tables;
    let is_headed = || grid.headers.iter().any(|header| tables.best_items.contains(header));
    (tables.named_parts.contains(header) || tables.is_area(header) && !is_headed())
        && grid.column(index).all(|cell| is_brief(cell) && seen.insert(cell.trim()))
        && is_words(terms, grid, index)
}

/// The leftmost column of words that its header gives to nothing else; one with empty cells, that names groups or that is
/// headed by notes only where there is no other.
fn leftmost(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let is_open = |index: &usize| {
        matches!(grid.roles[*index], None | Some(Column::Category | Column::Item | Column::Note))
            && !taken.contains(index)
            && !terms.words.tables.spans.contains(&grid.headers[*index])
            && !is_about(terms, grid, taken, *index)
    };
    (0..grid.headers.len()).filter(is_open).filter(|&index| is_words(terms, grid, index)).min_by_key(|&index| {
        let is = |role| grid.roles[index] == Some(role);
        (has_gaps(grid, index), grid.repeats(index), is(Column::Note), is(Column::Category), index)
    })
}

/// A column that is headed by items or ids and holds nothing but what they are numbered by.
fn ids(grid: &Grid<'_>, taken: &[usize], role: Column) -> Option<usize> {
    let is_item = |index: &usize| grid.roles[*index] == Some(role) && !taken.contains(index) && is_said(grid, *index);
    (0..grid.headers.len()).filter(is_item).find(|&index| !has_gaps(grid, index) && !grid.repeats(index))
}

/// Whether a column says anything.
fn is_said(grid: &Grid<'_>, index: usize) -> bool {
    !grid.column(index).all(sums::is_blank)
}

/// Whether most ids of a column have letters, as those have by which people speak of things.
fn is_lettered(grid: &Grid<'_>, index: usize) -> bool {
    grid.column(index).filter(|cell| cell.contains(char::is_alphabetic)).count() * 2 > grid.rows.len()
}

/// Whether a column counts things: `17`, `12`, `9 phases`.
fn is_count(grid: &Grid<'_>, index: usize) -> bool {
    let is_number = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let mut cells = grid.column(index).map(str::trim).filter(|cell| !sums::is_blank(cell));
    let is_counted = |cell: &str| {
        let (number, unit) = cell.split_once(' ').unwrap_or((cell, ""));
        is_number(number) && !unit.contains(' ')
    };
    grid.column(index).any(|cell| is_number(cell.trim())) && cells.all(is_counted)
}

/// A column of teams or owners, each named once.
fn people(grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let is_owner = |index: &usize| grid.roles[*index] == Some(Column::Owner) && !taken.contains(index);
    (0..grid.headers.len()).filter(is_owner).find(|&index| !has_gaps(grid, index) && !grid.repeats(index))
}

/// Whether a column beside those taken tells in words what a row is about.
pub(super) fn has_words(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize]) -> bool {
    grid.headed(terms, taken).is_some() || leftmost(terms, grid, taken).is_some()
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
    grid.column(index).any(|cell| !super::is_tag_cell(cell) && !measures::is_number(cell))
}

fn has_gaps(grid: &Grid<'_>, index: usize) -> bool {
    grid.column(index).any(|cell| cell.trim().is_empty())
}

/// Whether most of a column's cells that say anything are words rather than ids, states, levels or handles.
fn is_words(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let filled = || grid.filled(index).take(SAMPLE);
    let words = filled().filter(|cell| says(terms, cell)).count();
    words > 0 && words * 2 > filled().count()
}

/// Whether a cell says what something is.
fn says(terms: &Terms<'_>, cell: &str) -> bool {
    let cell = cell.trim();
    if measures::is_number(cell) {
        return false;
    }
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
