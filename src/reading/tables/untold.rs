//! Tables that may tell states in a way that is not understood: they are no checklists, and are told of.

use super::answers::are_opposites;
use super::boxes;
use super::columns::Grid;
use super::headers::{answer, asks_of_deeds, is_elsewhen, is_goal, may_answer};
use super::subject::first_named_column;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, status};

/// Tells of a table that may tell states in a way that is not understood: without a header or names for its rows, below
/// the header of a verdict or of what has to come of each row, by words, or by signs in most of its cells, not all of them
/// ticks. Says whether it did.
pub(super) fn tell(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    if is_headless(reader, grid) {
        let message = "the header of this table looks like one of its rows, so none of them is an item";
        reader.warn_table(node, message, "write a header above it: `| Task | Status |`");
        return true;
    }
    if is_nameless(reader, grid) {
        let message = "no column of this table says in words what its rows are, so they are not items";
        reader.warn_table(node, message, "write into the first column what each row is");
        return true;
    }
    let terms = reader.terms;
    let first = first_named_column(terms, grid).map_or(0, |index| index + 1);
    let mut others = first..grid.headers.len();
    let is_missed = others.clone().any(|index| tells_missed(reader, grid, index) || answers_no(reader, grid, index));
    let is_untold = is_missed
        || tells_signs(terms, grid, first)
        || has_verdicts(terms, grid)
        || others.clone().any(|index| has_cross(reader, grid, index))
        || others.any(|index| tells_words(reader, grid, index))
        || are_opposites(terms, grid);
    let message = "nothing says which words or signs of this table are states, so its rows are not items";
    let help = "head the column that tells them `Status`";
    if is_missed {
        reader.warn_table(node, message, help);
    } else if is_untold {
        reader.tell_table(node, message, help);
    }
    is_untold
}

/// Tells of a table in a checklist in which a sign before one of its names says that this is left. Says whether it did.
pub(super) fn tell_led(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let terms = reader.terms;
    let is_left = |cell: &str| boxes::led_state(terms, cell).is_some_and(State::is_left);
    let first = first_named_column(terms, grid);
    let is_led = first.is_some_and(|index| grid.column(index).any(is_left)) && reader.has_items_or_name();
    if is_led {
        let message =
            "a sign in this table looks like a state, and nothing says that it is one, so its rows are not items";
        reader.tell_table(node, message, "add a column `Status`");
    }
    is_led
}

/// Whether most cells from the column `first` on are signs, not all of them ticks. Beside answers, `Required?`, and ids
/// they may be anything.
fn tells_signs(terms: &Terms<'_>, grid: &Grid<'_>, first: usize) -> bool {
    let columns = || first..grid.headers.len();
    let cells = || columns().flat_map(|index| grid.filled(index));
    let sign = |cell: &str| terms.glyph_at(cell.trim()).and_then(|(glyph, _)| terms.status_glyph(glyph));
    let signs = || cells().filter_map(sign);
    let is_other = |index: usize| grid.asked[index].is_some() || grid.roles[index] == Some(Column::Id);
    signs().any(State::is_left) && signs().count() * 5 >= cells().count() * 4 && !columns().any(is_other)
}

/// Whether a cell of a column is a cross and nothing else in a checklist, where another holds more than signs: `❌`, and a
/// link to the run that went well.
fn has_cross(reader: &Reader<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let terms = reader.terms;
    let is_cross = |cell: &str| boxes::is_bare(terms, cell) && status::said(terms, cell).state() == State::Open;
    let is_told = |cell: &str| cell.contains(char::is_alphanumeric);
    grid.asked[index].is_none()
        && grid.filled(index).any(is_cross)
        && grid.filled(index).any(is_told)
        && reader.has_items_or_name()
}

/// Whether a column is headed by a verdict or by how something is, and says so in words.
fn has_verdicts(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let tables = &terms.words.tables;
    let is_one = |index: usize| {
        let header = cut_parenthesis(&grid.headers[index]).0;
        (tables.verdicts.contains(header) || tables.described.contains(header))
            && grid.column(index).any(|cell| cell.contains(char::is_alphabetic))
    };
    (0..grid.headers.len()).any(is_one)
}

/// Whether a column of what has to come of each row says in a checklist of one that it did not: nobody wants `Failed`.
fn tells_missed(reader: &Reader<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let terms = reader.terms;
    let is_missed = |cell: &str| {
        let phrase = normalise(cut_parenthesis(cell).0);
        terms.state(&phrase).is_some_and(State::is_left) && !terms.words.is_nobody(&phrase)
    };
    is_goal(terms, &grid.headers[index]) && reader.has_items_or_name() && grid.column(index).any(is_missed)
}

/// Whether a column asks of each row whether something was done to it, in a checklist, and one of the answers is no.
fn answers_no(reader: &Reader<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let terms = reader.terms;
    let is_no = |cell: &str| answer(terms, cell) == Some(false);
    matches!(grid.roles[index], None | Some(Column::Category))
        && grid.asked[index].is_none()
        && asks_of_deeds(terms, &grid.headers[index])
        && grid.column(index).any(is_no)
        && grid.column(index).all(|cell| may_answer(terms, cell))
        && reader.has_items_or_name()
}

/// Whether a plain `Status` tells in a checklist that something is left, and no column tells of what.
fn is_nameless(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    let terms = reader.terms;
    let is_left = |cell: &str| status::said(terms, cell).known().is_some_and(State::is_left);
    let status = grid.status_column(terms).filter(|&index| {
        terms.words.tables.plain_status.contains(cut_parenthesis(&grid.headers[index]).0) && grid.is_known(terms, index)
    });
    status.is_some_and(|index| grid.column(index).any(is_left)) && reader.has_items_or_name()
}

/// Whether signs say in a checklist of something beside what a column names that it is missing there. Of demands they may
/// tell where these hold, and levels have what they have.
pub(super) fn is_missed_somewhere(reader: &Reader<'_>, grid: &Grid<'_>, item: usize) -> bool {
    let (terms, words) = (reader.terms, reader.terms.words);
    let is_left =
        |cell: &str| boxes::is_bare(terms, cell) && status::said(terms, cell).known().is_some_and(State::is_left);
    let is_asked = |header: &String| words.tables.asked_of.contains(header);
    let mut others = (0..grid.headers.len()).filter(|&index| index != item && grid.asked[index].is_none());
    reader.has_items_or_name()
        && !grid.headers.get(item).is_some_and(is_asked)
        && !grid.headers.iter().any(|header| words.is_grade(header))
        && others.any(|index| grid.column(index).any(is_left))
}

/// Whether no header is known, one is a state that is left, and nothing but states stands below it: `| Alerts | Open |`
/// over `| Mail | Done |`.
fn is_headless(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    let terms = reader.terms;
    let is_left = |index: &usize| terms.state(&grid.headers[*index]).is_some_and(State::is_left);
    let is_told = |index: usize| {
        let is_state =
            |cell: &str| matches!(status::said(terms, cell), status::Said::State(_)) && !boxes::is_bare(terms, cell);
        grid.column(index).all(is_state)
    };
    let is_checklist = || reader.has_items_or_name();
    grid.roles.iter().all(Option::is_none) && (1..grid.headers.len()).filter(is_left).any(is_told) && is_checklist()
}

/// Whether a column tells states by words in a checklist, some of them left and some done or what came of checks, whatever
/// its header. `Yes` and `No` alone do only below a question.
fn tells_words(reader: &Reader<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let (terms, tables) = (reader.terms, &reader.terms.words.tables);
    let header = &grid.headers[index];
    let is_other = matches!(grid.roles[index], Some(Column::Id | Column::Due | Column::Priority | Column::Owner));
    if is_other || grid.asked[index].is_some() || is_elsewhen(terms, header) {
        return false;
    }
    let (mut left, mut done, mut answers, mut known, mut unknown) = (false, false, true, 0, 0);
    for cell in grid.column(index) {
        match status::said(terms, cell) {
            status::Said::Nothing => continue,
            status::Said::State(state) => {
                known += 1;
                left |= state.is_left();
                done |= state == State::Done || tables.outcomes.contains(&normalise(cell));
            }
            _ => unknown += 1,
        }
        answers &= answer(terms, cell).is_some();
    }
    let is_checklist = || reader.has_items_or_name();
    let asks = cut_parenthesis(header).0.trim_end().ends_with(['?', '？']);
    left && done && known > unknown && (!answers || asks) && is_checklist()
}
