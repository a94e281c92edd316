//! What the rows of a checklist table say of their states.

use super::columns::{Grid, Row};
use super::headers::is_elsewhen;
use super::lights::Lights;
use super::shape::Shape;
use super::subject::is_code;
use super::{beside, boxes};
use crate::finding::Code;
use crate::markdown::{Inline, NodeId};
use crate::model::State;
use crate::reading::draft::Draft;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::status::Said;
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, lines, status};

/// The most bytes of a word for what came of a check, with its markup.
const OUTCOME: usize = 32;

/// Sets the state of a row by the shape of its table, and tells of one that is not known without its lights.
pub(super) fn set_state(
    reader: &mut Reader<'_>,
    grid: &Grid<'_>,
    (shape, lights): (&Shape, Lights),
    row: &Row<'_>,
    draft: &mut Draft,
) {
    match shape {
        // A box before the item, beside an empty status.
        Shape::Status { .. } if !draft.item.state_text.is_empty() => {}
        // What is wanted is not yet so.
        Shape::Status { column, .. } if grid.is_target(reader.terms, *column) => {}
        Shape::Status { column, .. } if grid.roles[*column] == Some(Column::Id) => {
            set_behind_id(reader, row, *column, draft);
        }
        Shape::Status { item, column, also } => {
            let cell = row.cells.get(*column).map_or("", |cell| cell);
            let said = said_at(reader, grid, row, *column);
            draft.item.state = said.state();
            draft.item.state_text = cell.trim().to_owned().into();
            draft.item.mark =
                row.nodes.get(*column).map(|&cell| reader.tree.node(cell).span).filter(|span| span.start < span.end);
            let place = draft.item.mark.unwrap_or(row.span);
            if said == Said::Unknown && grid.headers[*column].contains("note") {
                // `Status / Notes`: what is no status is a note.
                cell.trim().clone_into(&mut draft.item.note);
            } else if said != Said::Unknown || !lights.reads(reader, cell) {
                reader.tell(said, cell, place);
            }
            if draft.item.state == State::Done {
                withhold(reader, grid, row, also, draft);
                tell_beside(reader, grid, row, (*item, *column), draft);
            }
        }
        Shape::Answers { columns, .. } => {
            if let Some((index, state)) = headed_by(reader, row, columns) {
                (draft.item.state, draft.item.state_text) = (state, grid.headers[index].clone().into());
            }
        }
        Shape::Boxes { .. } => {
            if let Some(mark) = draft.item.mark.filter(|_| draft.item.state == State::Done) {
                reader.compare_end(&draft.item.text, mark);
            }
        }
        Shape::Places { columns, .. } => {
            let cells = columns.iter().map(|&index| row.cell(index));
            draft.item.state = boxes::state(reader.terms, cells);
        }
        Shape::Matrix { .. } | Shape::Levels => {}
    }
    let struck = row.nodes.get(shape.item(grid)).is_some_and(|&cell| lines::is_struck(reader.tree, cell));
    if struck && draft.item.state != State::Done {
        draft.item.state = State::Na;
    }
}

/// What the cell of a row says in a column of states.
pub(super) fn said_at(reader: &Reader<'_>, grid: &Grid<'_>, row: &Row<'_>, column: usize) -> Said {
    let cell = row.cells.get(column).map_or("", |cell| cell);
    let node = row.nodes.get(column).copied();
    let unstruck = node.and_then(|cell| lines::unstruck(reader.tree, cell));
    match said(reader, &grid.headers[column], unstruck.as_deref().unwrap_or(cell)) {
        Said::Unknown => node.and_then(|cell| bold_state(reader, cell)).map_or(Said::Unknown, Said::State),
        said => said,
    }
}

/// The state that the bold words name with which a cell begins: `**YES** The code is under a free licence.`
fn bold_state(reader: &Reader<'_>, cell: NodeId) -> Option<State> {
    let (terms, tree) = (reader.terms, reader.tree);
    let pieces = tree.pieces(cell);
    let end = pieces.iter().position(|piece| piece.inline == Inline::StrongEnd)?;
    let starts = pieces.first().is_some_and(|piece| piece.inline == Inline::Strong);
    let Said::State(state) = status::said(terms, &tree.plain(&pieces[..end])) else { return None };
    // What the next words take back; behind them a sentence begins that may be about anything.
    let rest = tree.plain(&pieces[end..]);
    let clause = rest.split(['.', ',', ';']).next().unwrap_or_default();
    starts.then(|| status::qualified(terms, state, clause))
}

/// Sets the state that stands behind the id of a row; its cell is no place to tick.
fn set_behind_id(reader: &Reader<'_>, row: &Row<'_>, column: usize, draft: &mut Draft) {
    let cell = row.cell(column);
    if let Some(state) = behind_id(reader.terms, cell) {
        draft.item.state = state;
        draft.item.state_text = cell.to_owned().into();
    }
}

/// The state that stands behind the id in a cell: `G2 ✅ DONE`.
pub(super) fn behind_id(terms: &Terms<'_>, cell: &str) -> Option<State> {
    let (id, rest) = cell.trim().split_once(' ')?;
    status::said(terms, rest).known().filter(|_| super::is_tag_cell(id) || is_code(id))
}

/// The first cell of other columns that says that an item is not done, and its state.
pub(super) fn missed<'r>(
    reader: &Reader<'_>,
    grid: &Grid<'_>,
    row: &'r Row<'_>,
    also: &[usize],
) -> Option<(&'r str, State)> {
    let states = also.iter().map(|&index| {
        let cell = row.cell(index);
        (cell, said(reader, &grid.headers[index], cell).state())
    });
    states.into_iter().find(|(_, state)| state.is_left())
}

/// Takes the state of an item that is done from the first of other columns that does not say so.
fn withhold(reader: &Reader<'_>, grid: &Grid<'_>, row: &Row<'_>, also: &[usize], draft: &mut Draft) {
    if let Some((cell, state)) = missed(reader, grid, row, also) {
        draft.item.state = state;
        draft.item.state_text = cell.to_owned().into();
        // A tick in one cell does not make the item done.
        draft.item.mark = None;
    }
}

/// Tells of another column of states that says of an item that is done that it is not.
fn tell_beside(reader: &mut Reader<'_>, grid: &Grid<'_>, row: &Row<'_>, (item, column): (usize, usize), draft: &Draft) {
    let tables = &reader.terms.words.tables;
    // A word such as `FAIL` is a verdict below any header. Most cells are longer.
    let is_outcome = |cell: &str| cell.len() <= OUTCOME && tables.outcomes.contains(&normalise(cell));
    let is_verdict = |index: usize| {
        let header = cut_parenthesis(&grid.headers[index]).0;
        let is_open = matches!(grid.roles[index], None | Some(Column::Item | Column::Evidence | Column::Note));
        is_open && index != item && (tables.second_verdicts.contains(header) || is_outcome(row.cell(index)))
    };
    let is_state = |index: &usize| {
        let header = &grid.headers[*index];
        let asks = grid.roles[*index] == Some(Column::Status) || tables.environments.contains(header);
        let is_then = || is_elsewhen(reader.terms, header) || grid.is_target(reader.terms, *index);
        let is_now = || !is_then() && !tables.is_rehearsal(header);
        *index != column && (asks || is_verdict(*index)) && is_now()
    };
    let is_left = |index: &usize| matches!(said(reader, &grid.headers[*index], row.cell(*index)), Said::State(state) if state.is_left());
    let other = (0..grid.headers.len()).filter(is_state).find(is_left).filter(|_| draft.item.state == State::Done);
    let remains = |index: &usize| {
        let phrase = || normalise(row.cell(*index));
        *index != column
            && *index != item
            && tables.still_left.contains(cut_parenthesis(&grid.headers[*index]).0)
            && row.cell(*index).contains(char::is_alphabetic)
            && !says_nothing(reader, &phrase())
    };
    let other = other.or_else(|| (0..grid.headers.len()).find(remains).filter(|_| draft.item.state == State::Done));
    let waiting = || beside::waiting(reader, grid, row, (item, column));
    let other = other.or_else(|| waiting().filter(|_| draft.item.state == State::Done));
    if let Some(index) = other {
        let (header, here) = (&grid.headers[index], &grid.headers[column]);
        let message = format!("`{header}` says `{}` of what `{here}` says is done; `{here}` counts", row.cell(index));
        reader.find(Code::BoxAgainstWord, row.span, &message, "make the two agree, or say in one what holds");
    }
}

/// Whether a phrase says that nothing remains: `None`, `nothing left`, `done`.
fn says_nothing(reader: &Reader<'_>, phrase: &str) -> bool {
    let words = reader.terms.words;
    words.is_nobody(phrase)
        || words.tables.no_things.contains(phrase)
        || words.tables.answer(phrase) == Some(false)
        || matches!(reader.terms.state(phrase), Some(State::Done | State::Na))
}

/// What a status cell says. A lone `x` is a tick below a header that asks whether something is done.
pub(super) fn said(reader: &Reader<'_>, header: &str, cell: &str) -> Said {
    let tables = &reader.terms.words.tables;
    let asked = header.trim_end_matches(['?', ' ']);
    let asks = reader.terms.state(asked) == Some(State::Done)
        || tables.is_ticked(asked)
        || boxes::heads_ticks(reader.terms, asked);
    if asks && matches!(cell.trim(), "x" | "X") {
        return Said::State(State::Done);
    }
    if tables.pass_or_fail.contains(asked) {
        match cell.trim() {
            "P" | "p" => return Said::State(State::Done),
            "F" | "f" => return Said::State(State::Open),
            _ => {}
        }
    }
    match progress(reader.terms, cell).filter(|_| !tables.is_gauge(asked)) {
        Some(percent) => Said::State(percent),
        None => status::said(reader.terms, cell),
    }
}

/// The state that a percentage of progress names: `60%`, `100% (12/12)`, `50% complete`.
pub(super) fn progress(terms: &Terms<'_>, cell: &str) -> Option<State> {
    // `▓▓░░ 40%`
    let is_bar = |c: char| c.is_whitespace() || ('\u{2580}'..='\u{25ff}').contains(&c);
    let (number, rest) = cell.trim_start_matches(is_bar).split_once('%')?;
    let (word, note) = cut_parenthesis(rest);
    if !(word.is_empty() || terms.state(&normalise(word)) == Some(State::Done)) {
        return None;
    }
    match number.trim_end().parse::<f64>().ok()? {
        100.0 => Some(status::qualified(terms, State::Done, note.unwrap_or_default())),
        0.0 => Some(State::Open),
        number if number > 0.0 && number < 100.0 => Some(State::Doing),
        _ => None,
    }
}

/// The only answer that a row is marked with, and its state.
pub(super) fn headed_by(reader: &Reader<'_>, row: &Row<'_>, columns: &[(usize, State)]) -> Option<(usize, State)> {
    let mut given = columns.iter().copied().filter(|&(index, _)| is_chosen(reader, row, columns, index));
    given.next().filter(|_| given.next().is_none())
}

/// Whether an answer is the one that is marked. A circle marks it where the cells of the others are empty.
fn is_chosen(reader: &Reader<'_>, row: &Row<'_>, columns: &[(usize, State)], index: usize) -> bool {
    let is_alone = || columns.iter().all(|&(other, _)| other == index || row.cell(other).is_empty());
    is_ticked(reader, row.cell(index)) || reader.terms.words.rings.chooses(row.cell(index)) && is_alone()
}

/// Whether an answer's cell is marked, and no remark takes that back: `x (since May)`, not `x (planned)`.
fn is_ticked(reader: &Reader<'_>, cell: &str) -> bool {
    let cell = cell.trim();
    let (terms, words) = (reader.terms, reader.terms.words);
    let (mark, remark) = cut_parenthesis(cell);
    let is_held = || {
        let remark = remark.unwrap_or_default();
        !status::words(terms, remark).is_some_and(State::is_left)
            && status::qualified(terms, State::Done, remark) == State::Done
    };
    words.tables.is_yes(&normalise(mark)) && is_held()
        || matches!(status::leading(terms, cell).0, Some(State::Done))
        || words.boxes.is_dot(cell)
}
