//! Rows and tables that sum up others.

use super::boxes;
use super::columns::{Grid, Row};
use super::subject::is_code;
use crate::markdown::{NodeId, Tree};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::status::{self, Said};
use crate::reading::vocabulary::{Column, Context};
use crate::reading::{Reader, date, lines};
use std::borrow::Cow;

/// The most rows at the end of a table that sum it up: more are a table of sums.
const SUMS: usize = 4;

/// Whether a row has an item in a column: a cell, also given normalised, that says something and is no sum.
pub(super) fn is_item(terms: &Terms<'_>, grid: &Grid<'_>, (row, phrase): (&Row<'_>, &str), item: usize) -> bool {
    let cell = row.cell(item);
    let sum = terms.words.tables.sums.contains(phrase);
    let summed = is_number(cell) && terms.words.tables.sums.contains(&normalise(&row.cells[0]));
    let placeholder = terms.words.tables.more.contains(phrase)
        || (cell.starts_with('<') && cell.ends_with('>') && grid.rows.len() == 1);
    !(sum || summed || is_blank(cell) || placeholder || is_template(terms, grid, row, item))
}

/// Whether a row shows what others are to look like: all of it stands in brackets, and no state, or it asks for more rows
/// and says nothing else.
fn is_template(terms: &Terms<'_>, grid: &Grid<'_>, row: &Row<'_>, item: usize) -> bool {
    let cell = row.cell(item);
    match cell.chars().next() {
        Some('[' | '<') => is_slots(terms, grid, row, item) && !grid.tells_in_brackets(terms, item),
        Some('(' | '（') => asks_for_rows(terms, grid, row, item),
        _ => false,
    }
}

/// Whether all that a row says are names in brackets for what is to be written there, two at least. An id, `[SEC-1]`, is
/// one of something, and a state is that of something.
fn is_slots(terms: &Terms<'_>, grid: &Grid<'_>, row: &Row<'_>, item: usize) -> bool {
    let status = grid.status_column(terms);
    let is_state = |index: usize, inner: &str| {
        let is_left = || matches!(status::said(terms, inner), Said::State(state) if state.is_left());
        terms.state(&normalise(inner)).is_some() || Some(index) == status && is_left()
    };
    let is_slot = |(index, cell): (usize, &str)| {
        let inner = held(cell, ('[', ']')).or_else(|| held(cell, ('<', '>')));
        inner.is_some_and(|inner| !(is_state(index, inner) || index == item && is_code(inner)))
    };
    let cells = row.cells.iter().map(|cell| cell.trim()).enumerate();
    let mut filled = cells.filter(|(_, cell)| !is_blank(cell));
    filled.clone().nth(1).is_some() && filled.all(is_slot)
}

/// What a cell holds in brackets of a kind, when it is words and nothing else.
fn held(cell: &str, (open, close): (char, char)) -> Option<&str> {
    let inner = cell.strip_prefix(open)?.strip_suffix(close)?;
    let is_name = inner.len() > 2 && inner.contains(char::is_alphabetic) && !inner.contains([open, close]);
    is_name.then_some(inner)
}

/// Whether a row with an item in brackets has a mark, or a state that does not stand in brackets: these are names of
/// something then, and the rows beside it too.
pub(super) fn tells_in_brackets(terms: &Terms<'_>, grid: &Grid<'_>, item: usize) -> bool {
    let status = grid.status_column(terms);
    let is_told = |index: usize, cell: &str| {
        let is_state = || !cell.starts_with(['[', '<']) && status::said(terms, cell).known().is_some();
        index != item && (boxes::is_bare(terms, cell) || Some(index) == status && is_state())
    };
    let is_row = |row: &Row<'_>| {
        row.cells.get(item).is_some_and(|cell| cell.trim_start().starts_with(['[', '<']))
            && row.cells.iter().enumerate().any(|(index, cell)| is_told(index, cell.trim()))
    };
    grid.rows.iter().any(is_row)
}

/// Whether a row asks in parentheses for more rows, `(add rows per area)`, and says nothing else but for an empty box.
/// `(Add keys for the pay desk)` is something to be done.
fn asks_for_rows(terms: &Terms<'_>, grid: &Grid<'_>, row: &Row<'_>, item: usize) -> bool {
    let tables = &terms.words.tables;
    let is_other = |(index, cell): (usize, &str)| {
        let is_mark = || boxes::is_bare(terms, cell) && !matches!(status::box_at(terms, cell), Some((State::Open, "")));
        index != item && (!is_blank(cell) || is_mark())
    };
    if row.cells.iter().map(|cell| cell.trim()).enumerate().any(is_other) {
        return false;
    }
    let cell = row.cell(item);
    let inner = cell.strip_prefix(['(', '（']).and_then(|rest| rest.strip_suffix([')', '）']));
    let Some(phrase) = inner.map(normalise) else { return false };
    let is_more = |more: &String| {
        let rest = phrase.strip_prefix(more.as_str());
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let is_last = || grid.rows.last().is_some_and(|last| std::ptr::eq(last, row));
    tables.more.iter().any(is_more) || is_last() && tables.adds_rows(&phrase)
}

/// Whether a table in a summary counts all items of each kind or part of the whole: `Category`, `Count`.
pub(super) fn counts_parts(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let tables = &reader.terms.words.tables;
    let is_part = grid.roles.first() == Some(&Some(Column::Category))
        || grid.headers.first().is_some_and(|header| tables.is_area(header));
    let is_count = |index: usize| {
        tables.totals.contains(&grid.headers[index]) && is_amount(reader.terms, grid, index) && is_counts(grid, index)
    };
    is_part
        && (1..grid.headers.len()).any(is_count)
        && !grid.is_of_tasks(reader.terms)
        && reader.outline.is_within(reader.tree, node, Context::StatusFacts)
}

/// Whether a cell has neither a letter nor a number.
pub(super) fn is_blank(cell: &str) -> bool {
    !cell.chars().any(char::is_alphanumeric)
}

/// Whether the first of the last rows of a table, of which the item is also given normalised, sums up those above it, as
/// all the rows below do: `Overall status`.
pub(super) fn sums_up(
    terms: &Terms<'_>,
    tree: &Tree<'_>,
    grid: &Grid<'_>,
    (first, phrase): (usize, &str),
    item: usize,
) -> bool {
    let Some((row, rest)) = grid.rows[first..].split_first().filter(|(_, rest)| rest.len() < SUMS) else {
        return false;
    };
    let is_sum =
        |row: &Row<'_>, phrase: &str| terms.words.tables.is_sum(phrase) || is_total(terms, grid, row, (item, phrase));
    let cell = |row: &Row<'_>| row.cells.get(item).map(|cell| normalise(cell)).unwrap_or_default();
    is_sum(row, phrase) && rest.iter().all(|row| is_sum(row, &cell(row)))
        || rest.is_empty() && is_bold_sum(terms, tree, grid, item)
}

/// Whether a row says that it is a total and of what, in up to three words, beside a number or a time: `Total effort`, `4 h`.
/// What is left to do is no sum: `Total loss drill`, `Open`, `4 h`.
fn is_total(terms: &Terms<'_>, grid: &Grid<'_>, row: &Row<'_>, (item, phrase): (usize, &str)) -> bool {
    let mut words = phrase.split(' ');
    if !words.next().is_some_and(|first| terms.words.tables.whole_sums.contains(first)) || words.nth(2).is_some() {
        return false;
    }
    let tables = &terms.words.tables;
    let is_counted = |index: usize| {
        !matches!(grid.roles[index], Some(Column::Id | Column::Priority | Column::Due))
            && !tables.is_aimed(&grid.headers[index])
    };
    // `10`, `10 hrs`, `~2.5 days`
    let is_amount = |cell: &str| {
        let cell = cell.trim().trim_start_matches(['~', '≈', ' ']);
        let unit = cell.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '–' | ' '));
        let is_unit = unit.is_empty() || tables.units.contains(&normalise(unit));
        cell.starts_with(|c: char| c.is_ascii_digit()) && is_unit && !date::is_date(cell)
    };
    let is_left = |cell: &Cow<'_, str>| {
        !cell.trim_start().starts_with(|c: char| c.is_ascii_digit())
            && status::said(terms, cell).known().is_some_and(State::is_left)
    };
    let mut others = row.cells.iter().enumerate().filter(|&(index, _)| index != item && is_counted(index));
    let state = grid.status_column(terms).filter(|&index| index != item).and_then(|index| row.cells.get(index));
    others.any(|(_, cell)| is_amount(cell)) && !state.is_some_and(is_left)
}

/// Whether the last row has a bold name and a score, and says by its first word or by being the only one with a bold
/// score that it is a sum: `**OVERALL** | **68/100**`. What names no whole and is left to do is an item.
fn is_bold_sum(terms: &Terms<'_>, tree: &Tree<'_>, grid: &Grid<'_>, item: usize) -> bool {
    let is_bold = |row: &Row<'_>, index: usize| {
        let cell = row.nodes.get(index).filter(|_| !row.cells[index].trim().is_empty());
        cell.is_some_and(|&cell| lines::of(tree, cell).all(|line| line.is_bold()))
    };
    let Some((last, others)) =
        grid.rows.split_last().filter(|(last, others)| is_bold(last, item) && !others.is_empty())
    else {
        return false;
    };
    let phrase = last.cells.get(item).map(|cell| normalise(cell)).unwrap_or_default();
    let first = phrase.split(' ').next().unwrap_or_default();
    let sums = &terms.words.tables.sums;
    let is_whole = sums.contains(first) || sums.contains(&phrase) || terms.words.tables.whole.contains(first);
    let stands_out = |index: usize| is_bold(last, index) && !others.iter().any(|row| is_bold(row, index));
    let is_left = |cell: &Cow<'_, str>| status::said(terms, cell).known().is_some_and(State::is_left);
    if !is_whole && last.cells.iter().any(is_left) {
        return false;
    }
    let mut scores = (0..last.cells.len()).filter(|&index| index != item && is_score(&last.cells[index]));
    scores.any(|index| is_whole || stands_out(index))
}

/// Whether a cell is a share of a whole: `68/100`, `45 %`.
fn is_score(cell: &str) -> bool {
    let cell = cell.trim();
    is_number(cell) && cell.bytes().any(|byte| byte.is_ascii_digit()) && cell.contains(['/', '%'])
}

fn is_number(cell: &str) -> bool {
    !cell.is_empty()
        && cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b'%' | b'/' | b' '))
}

/// Whether two or more columns of numbers are headed by what is counted, `Total`, `Done`, `Remaining`, and the others do
/// not plainly tell of tasks.
pub(super) fn is_counted(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let tables = &terms.words.tables;
    let is_count = |&index: &usize| tables.is_count(&grid.headers[index]) && is_counts(grid, index);
    !grid.is_of_tasks(terms) && (0..grid.headers.len()).filter(is_count).count() > 1
}

/// Whether the rows are classes of things, with how many there are of each in which state: `Severity | Status | Count`.
pub(super) fn is_of_classes(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let tables = &terms.words.tables;
    let is_more = |role: &Option<Column>| matches!(role, Some(Column::Item | Column::Owner | Column::Due));
    let is_amount = |index: usize| {
        tables.amounts.contains(&grid.headers[index]) && is_amount(terms, grid, index) && is_counts(grid, index)
    };
    grid.headers.first().is_some_and(|header| tables.classes.contains(header))
        && !grid.roles.iter().enumerate().any(|(index, role)| is_more(role) && !is_amount(index))
        && (1..grid.headers.len()).any(is_amount)
        && grid.status_column(terms).is_some()
}

/// Whether a column may tell how many there are of what the rows name: the second, or one that is headed as a number.
/// `Area | Status | Checks` tells the states of things, and what else is known of them.
fn is_amount(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    index == 1 || terms.words.tables.numbers.contains(&grid.headers[index])
}

/// Whether all cells of a column that say anything are numbers, `20`, or shares, `18/20`, `20 (100 %)`.
pub(super) fn is_counts(grid: &Grid<'_>, index: usize) -> bool {
    let count = |cell: &str| is_number(cut_parenthesis(cell).0);
    let mut cells = grid.filled(index).peekable();
    cells.peek().is_some() && cells.all(count)
}
