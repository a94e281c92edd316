//! Boxes and signs in tables: before the items, in a column of their own, in several, or as headers.

use super::columns::{Grid, item_column};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{is_pictograph, normalise};
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, status};
use rustc_hash::FxHashSet as HashSet;

/// A cell without the bullet that is written before a box: `- [x] Docks`.
pub(super) fn unbulleted(cell: &str) -> &str {
    let cell = cell.trim();
    let rest = cell.strip_prefix(['-', '*', '+']).map(str::trim_start);
    rest.filter(|rest| rest.starts_with('[')).unwrap_or(cell)
}

/// The column with the items, when at least 80 % of them begin with a box and go on with words.
pub(super) fn items(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<usize> {
    let is_boxed = |cell: &&str| status::box_at(terms, unbulleted(cell)).is_some_and(|(_, rest)| !rest.is_empty());
    let item = item_column(terms, grid, &[])?;
    (grid.column(item).filter(is_boxed).count() * 5 >= grid.rows.len() * 4).then_some(item)
}

/// The state of the status glyph that a cell begins with, where words follow.
pub(super) fn led_state(terms: &Terms<'_>, cell: &str) -> Option<State> {
    let (glyph, rest) = terms.glyph_at(cell.trim())?;
    terms.led_glyph(glyph).filter(|_| rest.contains(char::is_alphanumeric))
}

/// The column with the items of a table that is plainly headed by tasks, when at least 80 % of them begin with a status
/// glyph and go on with words, one of them is left and one begins with more than a colour, or than a light where levels are
/// told: `🔴`, `🟡`. Such signs may as well tell what is wanted or warn, unless somebody has to see to each.
pub(super) fn led_items(reader: &Reader<'_>, grid: &Grid<'_>) -> Option<usize> {
    let terms = reader.terms;
    let item = tasks(reader, grid)?;
    let are_weighed = grid.with(Column::Priority).is_some();
    let (mut signs, mut left, mut told) = (0, false, false);
    for cell in grid.column(item) {
        let Some(state) = led_state(terms, cell) else { continue };
        signs += 1;
        left |= state.is_left();
        told |= !(terms.is_colour_at(cell.trim()) || are_weighed && terms.is_light_at(cell.trim()));
    }
    (left && told && signs * 5 >= grid.rows.len() * 4).then_some(item)
}

/// Whether a table is plainly headed by tasks, and at least 80 % of them begin with a sign for a level and go on with words.
pub(super) fn are_weighed(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    let level = |cell: &str| {
        let (glyph, rest) = reader.terms.glyph_at(cell.trim())?;
        reader.terms.glyph_level(glyph).filter(|_| rest.contains(char::is_alphanumeric))
    };
    let weighed = |item: usize| grid.column(item).filter_map(level).count();
    tasks(reader, grid).is_some_and(|item| weighed(item) * 5 >= grid.rows.len() * 4)
}

/// The column with the items of a table that is plainly headed by tasks that somebody has to see to.
fn tasks(reader: &Reader<'_>, grid: &Grid<'_>) -> Option<usize> {
    let tables = &reader.terms.words.tables;
    let is_kept = || [Column::Owner, Column::Due, Column::Priority].into_iter().any(|role| grid.with(role).is_some());
    let is_task = |header: &String| tables.tasks.contains(header) && is_kept();
    if !grid.headers.iter().any(is_task) || !reader.has_items_or_name() {
        return None;
    }
    item_column(reader.terms, grid, &[]).filter(|&item| is_task(&grid.headers[item]))
}

/// The columns that hold a box for each item, one of them at least without a tick: ticks alone may as well say where
/// something is required. One column is enough where its cells are lists of boxes.
pub(super) fn columns(terms: &Terms<'_>, grid: &Grid<'_>) -> Vec<usize> {
    let lists: Vec<usize> = (0..grid.headers.len())
        .filter(|&index| {
            grid.filled(index).any(|cell| is_list(terms, cell))
                && grid.filled(index).all(|cell| list(terms, cell).is_some())
        })
        .collect();
    if !lists.is_empty() {
        return lists;
    }
    let is_place = |&index: &usize| {
        if grid.asked[index].is_some() {
            return false;
        }
        let states = || grid.filled(index).map(|cell| place(terms, cell));
        states().any(|state| state == Some(State::Open))
            && states().all(|state| state.is_some())
            && !terms.words.is_grade(&grid.headers[index])
    };
    let places: Vec<usize> = (0..grid.headers.len()).filter(is_place).collect();
    if places.len() > 1 { places } else { Vec::new() }
}

/// Whether a cell has several lines that may be boxes.
fn is_list(terms: &Terms<'_>, cell: &str) -> bool {
    cell.contains('\n') && cell.contains(|c: char| c == '[' || terms.words.boxes.is_one(c))
}

/// The state of a cell of which every line begins with a box: done when all of them are.
fn list(terms: &Terms<'_>, cell: &str) -> Option<State> {
    let mut lines = cell.split('\n').filter(|line| !line.trim().is_empty()).peekable();
    lines.peek()?;
    lines.try_fold(State::Done, |all, line| {
        let (state, _) = status::box_at(terms, unbulleted(line))?;
        Some(if state.is_left() { State::Open } else { all })
    })
}

/// The state of an item in one of its places: that of a bare box, or none to be done.
fn place(terms: &Terms<'_>, cell: &str) -> Option<State> {
    match status::box_at(terms, unbulleted(cell)) {
        Some((state, rest)) => rest.is_empty().then_some(state),
        None => Some(status::said(terms, cell).state()).filter(|state| *state == State::Na),
    }
}

/// The state of an item with a box for each of its places: done when it is done everywhere.
pub(super) fn state<'c>(terms: &Terms<'_>, cells: impl Iterator<Item = &'c str>) -> State {
    let mut all = State::Na;
    for cell in cells {
        match place(terms, cell).or_else(|| list(terms, cell)).or_else(|| word(terms, cell)) {
            Some(State::Na) => {}
            Some(State::Done) => all = State::Done,
            _ => return State::Open,
        }
    }
    all
}

/// The state of an item in one of its places, in words.
fn word(terms: &Terms<'_>, cell: &str) -> Option<State> {
    Some(status::said(terms, cell).state())
}

/// Whether a cell holds a box or status glyph and nothing else.
pub(super) fn is_bare(terms: &Terms<'_>, cell: &str) -> bool {
    let cell = unbulleted(cell);
    if let Some((mark, rest)) = status::boxed(cell) {
        return rest.trim().is_empty() && terms.mark(mark).is_some();
    }
    terms.glyph_at(cell).is_some_and(|(glyph, rest)| {
        terms.status_glyph(glyph).is_some() && rest.chars().all(|c| c.is_whitespace() || is_pictograph(c))
    })
}

/// Whether a cell holds a tick and nothing else.
pub(super) fn is_tick(terms: &Terms<'_>, cell: &str) -> bool {
    is_bare(terms, cell) && status::said(terms, cell).state() == State::Done
}

/// The sign that a header is, when it is nothing else.
pub(super) fn sign(header: &str) -> Option<char> {
    let mut letters = header.chars();
    letters.next().filter(|sign| !sign.is_ascii() && letters.next().is_none())
}

/// Whether a header is a tick or a box: its column says what is done.
pub(super) fn heads_ticks(terms: &Terms<'_>, header: &str) -> bool {
    let is_tick = |sign| terms.status_glyph(sign) == Some(State::Done) || terms.words.boxes.is_one(sign);
    status::boxed(header).is_some() || sign(header).is_some_and(is_tick)
}

/// Whether a column holds boxes and nothing else.
pub(super) fn is_column(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let mut filled = grid.filled(index).peekable();
    filled.peek().is_some() && filled.all(|cell| matches!(status::box_at(terms, unbulleted(cell)), Some((_, ""))))
}

/// The column of which every cell that says anything offers two answers or more, each with a box: `☐ Go ☐ No-Go`.
pub(in crate::reading) fn choices(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<usize> {
    let is_choice = |cell: &str| {
        let boxes: Vec<usize> = status::boxes(terms, cell).into_iter().map(|(at, _)| at).collect();
        let ends = boxes.iter().copied().skip(1).chain([cell.len()]);
        let mut labels = boxes.iter().zip(ends).map(|(&at, end)| status::box_at(terms, &cell[at..end]));
        let is_answer = |label: &str| terms.words.is_radio(&normalise(label.trim_matches([' ', '/', '|', ',', '\n'])));
        boxes.len() > 1 && labels.all(|label| label.is_some_and(|(_, label)| is_answer(label)))
    };
    (0..grid.headers.len()).find(|&index| {
        let mut filled = grid.filled(index).peekable();
        filled.peek().is_some() && filled.all(is_choice)
    })
}

/// The states of a column's cells and the words behind their glyphs, when at least 80 % of those that say anything begin
/// with a status glyph, and one of them with more than a colour: colours alone may as well be levels.
pub(super) fn led<'g>(terms: &Terms<'_>, grid: &'g Grid<'_>, index: usize) -> Option<Vec<(State, &'g str)>> {
    let filled = || grid.filled(index).map(str::trim);
    let glyph = |cell: &'g str| {
        let (glyph, rest) = terms.glyph_at(cell)?;
        Some((terms.status_glyph(glyph)?, rest.trim()))
    };
    let led: Vec<_> = filled().filter_map(glyph).collect();
    let says_more = || filled().any(|cell| glyph(cell).is_some() && !terms.is_colour_at(cell));
    let count = filled().count();
    let mostly = led.len() > 1 && led.len() * 5 >= count * 4 && count * 2 >= grid.rows.len();
    (mostly && says_more()).then_some(led)
}

/// Whether states and the words behind their glyphs tell how far something is: ticks before words that are all different
/// may as well say what is there.
pub(super) fn tells(led: &[(State, &str)]) -> bool {
    let words: HashSet<&str> = led.iter().map(|&(_, words)| words).collect();
    led.iter().any(|(state, _)| state.is_left()) || words.len() * 2 <= led.len()
}
