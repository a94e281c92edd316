//! Columns beside that of states in which what is done there waits for more: `Repository state | Field evidence`.

use super::columns::{Grid, Row};
use super::headers::{asked, is_elsewhen, is_goal};
use crate::markdown::{Inline, Piece};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, status};

/// The most bytes of a cell that is nothing but a state, with its markup.
const STATE: usize = 32;

/// The most words of a part of a cell that says that something is awaited.
const SHORT: usize = 5;

/// Cells of a column that are looked at to tell whether it tells of a later stage.
const SAMPLE: usize = 40;

/// The column beside the items and their states that says of a row that it waits: one of a later stage by its header, or
/// whatever its header one of which half of the cells say so.
pub(super) fn waiting(
    reader: &Reader<'_>,
    grid: &Grid<'_>,
    row: &Row<'_>,
    (item, column): (usize, usize),
) -> Option<usize> {
    let terms = reader.terms;
    let is_awaited = |index: usize| {
        awaits(terms, row.cell(index)) && prose(reader, row, index).is_none_or(|prose| awaits(terms, &prose))
    };
    let waits = |&index: &usize| {
        let cell = row.cell(index);
        if cell.is_empty() {
            return false;
        }
        match is_later(terms, &grid.headers[index]) {
            true => {
                is_left(terms, &grid.headers[index], cell) || !is_goal(terms, &grid.headers[index]) && is_awaited(index)
            }
            false => may_wait(terms, grid, index) && is_awaited(index) && is_mostly_awaited(terms, grid, index),
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

/// Whether a header is of what comes after the work, whole, by its last words or by one of what is done with it: `Live`,
/// `Field evidence`, `Tested on device`, `Deployed to prod`.
fn is_later(terms: &Terms<'_>, header: &str) -> bool {
    let (tables, head) = (&terms.words.tables, asked(header));
    let mut tails = head.match_indices(' ').map(|(at, _)| &head[at + 1..]);
    tables.later.contains(head)
        || tails.any(|tail| tables.later.contains(tail))
        || tables.handed_over.contains(head.split(" to ").next().unwrap_or(head))
}

/// What a cell says beside its code spans, when it has some: those name values.
fn prose(reader: &Reader<'_>, row: &Row<'_>, index: usize) -> Option<String> {
    let pieces = reader.tree.pieces(*row.nodes.get(index)?);
    pieces.iter().find(|piece| piece.inline == Inline::Code)?;
    let kept: Vec<Piece> = pieces.iter().copied().filter(|piece| piece.inline != Inline::Code).collect();
    let prose = reader.tree.plain(&kept).into_owned();
    prose.contains(char::is_alphanumeric).then_some(prose)
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
    // `Not accepted: noise`
    let is_named = || {
        let name = cell.split([':', ';']).next().unwrap_or_default().trim();
        terms.words.tables.awaited.iter().any(|words| name.eq_ignore_ascii_case(words))
    };
    cell.len() <= STATE && is_whole() || is_sign() || is_goal(terms, header) && is_named()
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
    let tables = &terms.words.tables;
    let is_named = |text: &str| tables.awaited_names.iter().any(|name| leads(text, name));
    let is_told = |text: &str| tables.tells_of.iter().any(|words| ends(text, words));
    let says = |part: &str| {
        let part = trimmed(part);
        let waits = |words: &&String| {
            leads(part, words) && !is_named(part)
                || ends(part, words) && !is_told(trimmed(&part[..part.len() - words.len()]))
        };
        // `Alerts fire when jobs stay pending` speaks of them.
        let is_short = || part.bytes().filter(u8::is_ascii_whitespace).count() < SHORT;
        tables.awaited.iter().find(waits).is_some() && is_short()
    };
    // `todo.md` is one word.
    let parts = |text: &str| text.split([';', ',', '—', '–', '\n']).flat_map(|part| part.split(". ")).any(says);
    // `field run pending (June)`
    parts(cell) || cell.ends_with(')') && parts(cut_parenthesis(cell).0)
}

/// A text without the signs around it.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a text begins with some words, whatever the case of ASCII.
fn leads(text: &str, words: &str) -> bool {
    let (text, end) = (text.as_bytes(), words.len());
    let is_same = text.get(..end).is_some_and(|start| start.eq_ignore_ascii_case(words.as_bytes()));
    is_same && !text.get(end).is_some_and(|&sign| is_glue(sign, text.get(end + 1)))
}

/// Whether a text ends with some words, whatever the case of ASCII.
fn ends(text: &str, words: &str) -> bool {
    let text = text.as_bytes();
    let Some(at) = text.len().checked_sub(words.len()) else { return false };
    let before = |back: usize| at.checked_sub(back).and_then(|at| text.get(at));
    text[at..].eq_ignore_ascii_case(words.as_bytes()) && !before(1).is_some_and(|&sign| is_glue(sign, before(2)))
}

/// Whether a sign beside a word is part of a longer one, or makes one with what is beyond it: `todo.md`, `pending-orders`.
fn is_glue(sign: u8, beyond: Option<&u8>) -> bool {
    sign.is_ascii_alphanumeric()
        || matches!(sign, b'.' | b'-' | b'_' | b'/') && beyond.is_some_and(u8::is_ascii_alphanumeric)
}
