//! Columns of unknown headers that tell states: by what they ask, or by words that are all known.

use super::columns::Grid;
use super::headers::{asked, asks_whether_done, is_elsewhen, may_answer};
use crate::model::State;
use crate::reading::phrase::normalise;
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, status};

/// The columns of unknown headers that ask whether something was done, `Tested?`, `In place?`, and mostly hold states.
/// In a checklist one does too that names a deed, `Patched`, over nothing but answers: beside others of answers it may be
/// what matters least.
pub(super) fn questions(reader: &Reader<'_>, grid: &Grid<'_>) -> Vec<usize> {
    let terms = reader.terms;
    let answers =
        |&index: &usize| grid.roles[index].is_none() && grid.column(index).all(|cell| may_answer(terms, cell));
    let is_deed = |index: usize, header: &str| {
        terms.words.tables.names_deed(header)
            && answers(&index)
            && (0..grid.headers.len()).filter(answers).count() == 1
            && reader.has_items_or_name()
    };
    let is_asked = |&index: &usize| {
        let header = asked(&grid.headers[index]);
        let is_state = || terms.state(header) == Some(State::Done);
        grid.roles[index].is_none()
            && (header.ends_with("ed") && asks_whether_done(terms, header) || is_state() || is_deed(index, header))
    };
    let says = |&index: &usize| {
        let said = grid.column(index).map(|cell| status::said(terms, cell));
        let (known, unknown) = said.fold((0, 0), |(known, unknown), said| match said {
            status::Said::Nothing => (known, unknown),
            status::Said::Unknown => (known, unknown + 1),
            _ => (known + 1, unknown),
        });
        known > unknown
    };
    (0..grid.headers.len()).filter(is_asked).filter(says).collect()
}

/// The columns of unknown headers behind the first that say of each how far the work is, in words that are all known:
/// `Where we are`. `Yes`, `open` and `pass` may as well tell what things are like; of checks `pass` tells what came of them.
pub(super) fn worded(reader: &Reader<'_>, grid: &Grid<'_>) -> Vec<usize> {
    let terms = reader.terms;
    if !grid.has_things(terms) {
        return Vec::new();
    }
    let said = |index: usize| {
        grid.column(index).map(|cell| status::said(terms, cell)).filter(|said| *said != status::Said::Nothing)
    };
    let is_check = grid.is_headed_by_tasks(terms);
    let is_of_work = |cell: &str| {
        let phrase = normalise(cell);
        is_check && terms.words.tables.outcomes.contains(&phrase)
            || terms.words.tables.work.contains(&phrase)
            || matches!(terms.state(&phrase), Some(State::Doing | State::Blocked))
    };
    let is_told = |&index: &usize| {
        matches!(grid.roles[index], None | Some(Column::Category | Column::Item))
            && !is_elsewhen(terms, &grid.headers[index])
            && said(index).next().is_some()
            && said(index).all(|said| matches!(said, status::Said::State(_)))
    };
    let tells = |&index: &usize| said(index).any(|said| said.state().is_left()) && grid.column(index).any(is_of_work);
    let columns: Vec<usize> = (1..grid.headers.len()).filter(is_told).collect();
    if columns.iter().all(tells) { columns } else { Vec::new() }
}
