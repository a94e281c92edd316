//! Tables of data: several columns of numbers, in which a word is a value rather than a state.

use super::columns::Grid;
use super::headers::asks_whether_done;
use super::states;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::status::{self, Said};
use crate::reading::vocabulary::Column;

/// Columns of numbers that make a table one of data.
const SEVERAL: usize = 3;

/// What a number may begin with.
const SIGNS: [char; 3] = ['-', '+', '−'];

/// What may part its digits by threes.
const PARTS: [char; 7] = [',', '.', ' ', '\'', '’', '\u{a0}', '\u{202f}'];

/// Whether a cell is a number of any kind: `12`, `1,200`, `-1.3e-14`, `nan`, `40 %`. What has its digits in other parts
/// is a version, day or share.
pub(super) fn is_number(cell: &str) -> bool {
    let number = cell.trim().trim_end_matches(['%', ' ']);
    number.parse::<f64>().is_ok() || is_parted(number)
}

/// Whether the digits of a number are parted by threes: `1,200.5`, `1.001.000`, `14 400`.
fn is_parted(number: &str) -> bool {
    // Most cells begin with a letter.
    if !matches!(number.as_bytes(), [b'0'..=b'9' | b'-' | b'+' | 0xE2, ..]) {
        return false;
    }
    let digits = number.trim_start_matches(SIGNS);
    let other = digits.chars().find(|c| !c.is_ascii_digit());
    let Some(sign) = other.filter(|sign| PARTS.contains(sign)) else { return false };
    let is_behind = |(whole, _): &(&str, &str)| !digits[whole.len()..].starts_with(sign);
    let (whole, rest) = digits.rsplit_once([',', '.']).filter(is_behind).unwrap_or((digits, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_three = |(at, part): (usize, &str)| is_digits(part) && (part.len() == 3 || at == 0 && part.len() < 3);
    whole.split(sign).enumerate().all(is_three) && !whole.starts_with(sign) && is_digits(rest)
}

/// Whether a table has several columns of numbers that are measured, and neither things to be done or met nor a column of
/// states.
pub(super) fn is_data(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    let (terms, columns) = (reader.terms, || 0..grid.headers.len());
    columns().filter(|&index| is_measure(terms, grid, index)).take(SEVERAL).count() == SEVERAL
        && !grid.has_things(terms)
        && !columns().any(|index| tells(terms, grid, index) || tells_work(reader, grid, index))
}

/// Whether a column is headed as one of states and one of its cells or more tells how far work is, whatever the others
/// say: `Done` beside `Imaging`. Beside runs only a plain `Status` does: the `State` of others may be any value.
fn tells_work(reader: &Reader<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let (terms, tables, header) = (reader.terms, &reader.terms.words.tables, &grid.headers[index]);
    let is_headed = || grid.roles[index].is_none() && asks_whether_done(terms, header);
    let is_of_runs = || grid.headers.first().is_some_and(|first| tables.runs.contains(first));
    let is_asked = grid.status_column(terms) == Some(index) || is_headed();
    let is_work = |cell: &str| {
        let is_known = || states::said(reader, header, cell).known().is_some();
        !tables.is_boolean(cell.trim()) && is_known() && !tables.operating.contains(&normalise(cell))
    };
    is_asked
        && (tables.plain_status.contains(cut_parenthesis(header).0) || !is_of_runs())
        && grid.filled(index).any(is_work)
}

/// Whether a column holds nothing but states, boxes and blanks: `True` and `False` are values.
fn tells(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let is_value = |cell: &str| terms.words.tables.is_boolean(cell.trim());
    let is_state = |cell: &str| {
        let is_boxed = || status::box_at(terms, cell.trim()).is_some();
        cell.trim().is_empty() || is_boxed() || !is_value(cell) && status::said(terms, cell) != Said::Unknown
    };
    let says = |cell: &str| !cell.trim().is_empty() && status::said(terms, cell) != Said::Nothing;
    grid.column(index).any(says) && grid.column(index).all(is_state)
}

/// Tells of a table of data in which one column may tell states that are left.
pub(super) fn tell(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>) {
    let message = "most columns of this table hold numbers, so its rows are data and not items";
    let help = "head its columns `Task` and `Status` to make them items";
    let columns = || (0..grid.headers.len()).filter(|&index| grid.roles[index] == Some(Column::Status));
    let cells = || columns().flat_map(|index| grid.column(index));
    let said = |wanted: fn(Said) -> bool| cells().any(|cell| wanted(status::said(reader.terms, cell)));
    if said(|said| said.known().is_some_and(State::is_left)) {
        reader.warn_table(node, message, help);
    } else if said(|said| said == Said::Unknown) {
        reader.tell_table(node, message, help);
    }
}

/// Whether a column holds numbers that are measured: no ids, dates, levels or sizes, nor counts of items.
fn is_measure(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let (tables, header) = (&terms.words.tables, cut_parenthesis(&grid.headers[index]).0);
    let mut filled = grid.column(index).map(str::trim).filter(|cell| !cell.is_empty()).peekable();
    // Levels are small numbers: those of a `p value` are not.
    let is_level = || grid.column(index).all(|cell| cell.trim().bytes().all(|byte| byte.is_ascii_digit()));
    let is_other = || match grid.roles[index] {
        Some(Column::Id | Column::Due | Column::Owner | Column::Category) => true,
        Some(Column::Priority) => is_level(),
        _ => tables.is_count(header) || tables.amounts.contains(header) || tables.spans.contains(header),
    };
    filled.peek().is_some() && filled.all(is_number) && !is_other()
}
