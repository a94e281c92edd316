//! Questionnaires: a column for each answer, to be marked.

use super::boxes;
use super::columns::{Grid, Row};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};

/// The most columns of a table of answers.
const ANSWERS: usize = 24;

/// Columns headed by answers, when there are at least two, and what a mark in each says.
pub(super) fn answers(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<Vec<(usize, State)>> {
    let tables = &terms.words.tables;
    let known = |header: &str| {
        tables.answered(header).or_else(|| boxes::sign(header).and_then(|sign| terms.status_glyph(sign)))
    };
    let pair = negated(terms, grid);
    let in_pair = |index: usize| pair.into_iter().flatten().find(|(other, _)| *other == index).map(|(_, state)| state);
    let state = |(index, header): (usize, &String)| {
        let told = || degree(terms, header).filter(|_| is_blank(terms, grid, index));
        Some((index, known(header).or_else(|| in_pair(index)).or_else(told)?))
    };
    let mut columns: Vec<_> = grid.headers.iter().enumerate().filter_map(state).collect();
    let yes_and_no = columns.iter().any(|(_, state)| *state == State::Done)
        && columns.iter().any(|(_, state)| *state != State::Done);
    if columns.len() < 2 || !yes_and_no {
        return opposed(terms, grid).map(Vec::from);
    }
    let is_na = |&index: &usize| terms.state(&grid.headers[index]) == Some(State::Na) && is_blank(terms, grid, index);
    let is_new = |&index: &usize| !columns.iter().any(|&(known, _)| known == index);
    let more: Vec<usize> = (0..grid.headers.len()).filter(is_new).filter(is_na).collect();
    columns.extend(more.into_iter().map(|index| (index, State::Na)));
    Some(columns)
}

/// Two columns to mark of which one is headed by a word for "done" and the other by its negation: `In place`, `Not in place`.
fn negated(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<[(usize, State); 2]> {
    let tables = &terms.words.tables;
    let pair = |(no, header): (usize, &String)| {
        let yes = grid.headers.iter().position(|other| tables.negates(header, other))?;
        let is_state = terms.state(&grid.headers[yes]) == Some(State::Done)
            || tables.answered(&grid.headers[yes]) == Some(State::Done)
            || terms.state(header) == Some(State::Open);
        let is_marked = || [yes, no].into_iter().all(|index| is_blank(terms, grid, index));
        (is_state && is_marked()).then_some([(yes, State::Done), (no, State::Open)])
    };
    grid.headers.iter().enumerate().filter(|_| grid.headers.len() <= ANSWERS).find_map(pair)
}

/// Two columns to mark of which one is headed by a word for "done" and the other by one for a state that is left, where no
/// row is marked in both and one is in either: `Closed`, `Open`. What is planned and then done is marked twice.
pub(super) fn opposed(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<[(usize, State); 2]> {
    let state = |index: usize| terms.state(&grid.headers[index]);
    let mut told = (0..grid.headers.len()).filter_map(|index| Some((index, state(index)?)));
    let pair = [told.next()?, told.next()?];
    let is_pair = told.next().is_none()
        && pair.iter().any(|(_, state)| *state == State::Done)
        && pair.iter().any(|(_, state)| state.is_left());
    (is_pair && are_marked(terms, grid, pair.map(|(index, _)| index))).then_some(pair)
}

/// Whether two columns that hold nothing but marks are headed by opposites, `Available` and `Unavailable`, which are no
/// states that are known.
pub(super) fn are_opposites(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let tables = &terms.words.tables;
    let is_one = |no: usize| {
        let yes = grid.headers.iter().position(|other| tables.are_opposites(other, &grid.headers[no]));
        yes.is_some_and(|yes| are_marked(terms, grid, [yes, no]))
    };
    grid.headers.len() <= ANSWERS && (0..grid.headers.len()).any(is_one)
}

/// Whether two columns hold nothing but marks, some at least, and never two in a row.
fn are_marked(terms: &Terms<'_>, grid: &Grid<'_>, columns: [usize; 2]) -> bool {
    let is_filled = |row: &Row<'_>, index: usize| row.cells.get(index).is_some_and(|cell| !cell.trim().is_empty());
    let marks = |row: &Row<'_>| columns.iter().filter(|&&index| is_filled(row, index)).count();
    columns.iter().all(|&index| is_blank(terms, grid, index))
        && grid.rows.iter().any(|row| marks(row) == 1)
        && !grid.rows.iter().any(|row| marks(row) > 1)
}

/// Whether a column holds nothing but marks, which may have a remark: `x (since May)`.
fn is_blank(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let is_mark = |cell: &str| {
        let cell = cut_parenthesis(cell).0;
        cell.trim().is_empty() || terms.words.tables.is_yes(&normalise(cell)) || boxes::is_bare(terms, cell)
    };
    grid.column(index).all(is_mark)
}

/// The answer that says how far something is done: `Totally satisfied`, `Partly met`, `Not met`.
fn degree(terms: &Terms<'_>, header: &str) -> Option<State> {
    let tables = &terms.words.tables;
    let (adverb, word) = header.split_once(' ')?;
    let is_done = terms.state(word) == Some(State::Done);
    match adverb {
        _ if !is_done => None,
        _ if tables.answers_fully.contains(adverb) => Some(State::Done),
        _ if tables.answers_partly.contains(adverb) => Some(State::Doing),
        _ => terms.state(header).filter(|state| *state == State::Open),
    }
}
