//! Columns beside that of states in which what is done there waits for more: `Repository state | Field evidence`.

use super::columns::{Grid, Row};
use super::headers::{asked, is_elsewhen, is_goal};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::status;
use crate::reading::vocabulary::Column;

/// The most bytes of a cell that is nothing but a state, with its markup.
const STATE: usize = 32;

/// The most words of a part of a cell that says that something is awaited.
const SHORT: usize = 5;

/// Cells of a column that are looked at to tell whether it tells of a later stage.
const SAMPLE: usize = 40;

/// The column beside the items and their states that says of a row that it waits: one of a later stage by its header, or
/// whatever its header one of which half of the cells say so.
pub(super) fn waiting(
    terms: &Terms<'_>,
    grid: &Grid<'_>,
    row: &Row<'_>,
    (item, column): (usize, usize),
) -> Option<usize> {
    let waits = |&index: &usize| {
        let cell = row.cell(index);
        if cell.is_empty() {
            return false;
        }
        match is_later(terms, &grid.headers[index]) {
            true => is_left(terms, &grid.headers[index], cell),
            false => may_wait(terms, grid, index) && awaits(terms, cell) && is_mostly_awaited(terms, grid, index),
        }
    };
    (0..grid.headers.len()).filter(|index| ![item, column].contains(index)).find(waits)
}

/// The columns of later stages of which every cell that says anything is a state, so that none names an item.
pub(super) fn stages(terms: &Terms<'_>, grid: &Grid<'_>) -> Vec<usize> {
    let is_stage = |&index: &usize| {
        let mut filled = grid.filled(index).peekable();
        is_later(terms, &grid.headers[index]) && filled.peek().is_some() && filled.all(|cell| is_state(terms, cell))
    };
    (0..grid.headers.len()).filter(is_stage).collect()
}

/// Whether a header is of what comes after the work, whole or by its last word: `Live`, `Field evidence`.
fn is_later(terms: &Terms<'_>, header: &str) -> bool {
    let (later, head) = (&terms.words.tables.later, asked(header));
    later.contains(head) || head.rsplit_once(' ').is_some_and(|(_, last)| later.contains(last))
}

fn is_state(terms: &Terms<'_>, cell: &str) -> bool {
    cell.len() <= STATE && status::said(terms, cell).known().is_some()
}

/// Whether a cell of a later stage says that it is not done. What is wanted of one may end in such a word: `No order is pending`.
fn is_left(terms: &Terms<'_>, header: &str, cell: &str) -> bool {
    let is_sign = || terms.glyph_at(cell).and_then(|(glyph, _)| terms.status_glyph(glyph)).is_some_and(State::is_left);
    let is_whole = || {
        let phrase = normalise(cut_parenthesis(cell).0);
        terms.state(&phrase).is_some_and(State::is_left) && !terms.words.is_nobody(&phrase)
    };
    cell.len() <= STATE && is_whole() || !is_goal(terms, header) && (is_sign() || awaits(terms, cell))
}

/// Whether words in a column may tell of a later stage: not who, when, how urgent or what for.
fn may_wait(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let (tables, header) = (&terms.words.tables, grid.headers[index].as_str());
    let head = cut_parenthesis(header).0;
    matches!(grid.roles[index], None | Some(Column::Item | Column::Evidence | Column::Note))
        && !is_elsewhen(terms, header)
        && !tables.about.contains(head)
        && !tables.is_fault(head)
        && !tables.is_rehearsal(header)
}

fn is_mostly_awaited(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let filled = || grid.filled(index).take(SAMPLE);
    filled().filter(|cell| awaits(terms, cell)).count() * 2 >= filled().count()
}

/// Whether a part of a cell begins or ends by saying that something is awaited: `bench passed; field run pending`.
fn awaits(terms: &Terms<'_>, cell: &str) -> bool {
    let says = |part: &str| terms.words.tables.awaited.iter().any(|words| leads_or_ends(part, words));
    let parts = |text: &str| text.split([';', ',', '.', '—', '–', '\n']).any(says);
    // `field run pending (June)`
    parts(cell) || cell.ends_with(')') && parts(cut_parenthesis(cell).0)
}

/// Whether a text begins or ends with some words, whatever the case of ASCII.
fn leads_or_ends(text: &str, words: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).as_bytes();
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let Some(rest) = text.len().checked_sub(words.len()) else { return false };
    // `Alerts fire when jobs stay pending` speaks of them.
    let is_short = text.iter().filter(|byte| byte.is_ascii_whitespace()).count() < SHORT;
    let starts = text[..words.len()].eq_ignore_ascii_case(words.as_bytes()) && !is_word(text.get(words.len()));
    let is_before = || rest.checked_sub(1).is_some_and(|at| is_word(text.get(at)));
    is_short && (starts || text[rest..].eq_ignore_ascii_case(words.as_bytes()) && !is_before())
}
