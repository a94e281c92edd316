//! How a table tells states: by a status column, boxes, answers, marks for levels, or not at all.

use super::answers::answers;
use super::columns::{Grid, item_column};
use super::headers::{answer, role};
use super::lights::rings;
use super::questions::{questions, worded};
use super::stages;
use super::states;
use super::{beside, boxes, counted};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, priority, status};

/// How a checklist table tells states.
pub(in crate::reading) enum Shape {
    /// One column with a status in words, glyphs or boxes.
    Status {
        /// The column with the items.
        item: usize,
        /// The column with the status.
        column: usize,
        /// Other columns that ask for the same: `Crew done`, `Tested`.
        also: Vec<usize>,
    },
    /// A box or sign at the start of each item.
    Boxes {
        /// The column with the items.
        item: usize,
    },
    /// A column for each answer.
    Answers {
        /// The column with the items.
        item: usize,
        /// The columns with answers, and what a mark in each says.
        columns: Vec<(usize, State)>,
    },
    /// A box for each place in which the item is to be done.
    Places {
        /// The column with the items.
        item: usize,
        /// The columns with boxes.
        columns: Vec<usize>,
    },
    /// A mark for each level at which something is required: no state.
    Matrix {
        /// The column with the items.
        item: usize,
    },
    /// A priority and no state.
    Levels,
}

impl Shape {
    /// The column with the items.
    pub(in crate::reading) fn item(&self, grid: &Grid<'_>) -> usize {
        match *self {
            Self::Status { item, .. }
            | Self::Boxes { item }
            | Self::Answers { item, .. }
            | Self::Places { item, .. }
            | Self::Matrix { item } => item,
            Self::Levels => grid.with(Column::Item).unwrap_or(0),
        }
    }

    /// The columns of a questionnaire's answers.
    pub(in crate::reading) fn answers(&self) -> impl Iterator<Item = usize> {
        let columns = if let Self::Answers { columns, .. } = self { columns.as_slice() } else { &[] };
        columns.iter().map(|&(index, _)| index)
    }

    /// The column with the status.
    pub(in crate::reading) fn status(&self) -> Option<usize> {
        match *self {
            Self::Status { column, .. } => Some(column),
            _ => None,
        }
    }
}

/// How a table tells states, when it is a checklist at all.
pub(in crate::reading) fn shape(reader: &Reader<'_>, grid: &Grid<'_>) -> Option<Shape> {
    let terms = reader.terms;
    if let Some(columns) = answers(terms, grid) {
        let item = item_column(terms, grid, &columns.iter().map(|&(index, _)| index).collect::<Vec<_>>())?;
        return Some(Shape::Answers { item, columns });
    }
    if let Some(column) = grid.status_column(terms) {
        let also = grid.also_asked(terms, column);
        let taken = [also.as_slice(), &[column]].concat();
        let unstaged = || item_column(terms, grid, &[&taken[..], &beside::stages(terms, grid)].concat());
        let counted = || counted::column(terms, grid, column);
        let item = unstaged().or_else(|| item_column(terms, grid, &taken)).or_else(counted)?;
        return Some(Shape::Status { item, column, also });
    }
    if let Some(column) = stages::real_run(terms, grid) {
        return Some(Shape::Status { item: item_column(terms, grid, &[column])?, column, also: Vec::new() });
    }
    let columns = boxes::columns(terms, grid);
    if !columns.is_empty() {
        let item = item_column(terms, grid, &columns)?;
        let is_left = matches!(columns.as_slice(), &[column] if is_left_ticked(terms, grid, column));
        return Some(if is_left { Shape::Matrix { item } } else { Shape::Places { item, columns } });
    }
    if let Some(columns) = environments(reader, grid) {
        return by_place(terms, grid, columns);
    }
    if let Some(item) = boxes::items(terms, grid) {
        return Some(Shape::Boxes { item });
    }
    let marked = marked(terms, grid);
    if let &[column] = marked.as_slice() {
        return by_marks(terms, grid, column);
    }
    if marked.len() > 1 {
        return Some(Shape::Matrix { item: item_column(terms, grid, &marked)? });
    }
    if let Some(column) = rings(terms, grid).filter(|_| reader.has_items_or_name()) {
        return by_marks(terms, grid, column);
    }
    let by_id = || grid.with(Column::Id).filter(|&index| tells_by_id(reader, grid, index));
    if let Some(column) = glyph_column(terms, grid).or_else(by_id) {
        return Some(Shape::Status { item: item_column(terms, grid, &[column])?, column, also: Vec::new() });
    }
    let asked = Some(questions(reader, grid)).filter(|asked| !asked.is_empty()).unwrap_or_else(|| worded(reader, grid));
    if let Some((&column, also)) = asked.split_first() {
        let also = [also, &stages::later(terms, grid, column, also)].concat();
        let item = item_column(terms, grid, &[also.as_slice(), &[column]].concat())?;
        return Some(Shape::Status { item, column, also });
    }
    if let Some(item) = boxes::led_items(reader, grid) {
        return Some(Shape::Boxes { item });
    }
    let graded: Vec<usize> = (0..grid.headers.len()).filter(|&index| is_graded(terms, grid, index)).collect();
    if graded.len() > 1 {
        return Some(Shape::Matrix { item: item_column(terms, grid, &graded)? });
    }
    levels(terms, grid).or_else(|| boxes::are_weighed(reader, grid).then_some(Shape::Levels))
}

/// The columns of marks, without the only one of levels: one level is no state, but several columns of them tell at which
/// one something is required.
fn marked(terms: &Terms<'_>, grid: &Grid<'_>) -> Vec<usize> {
    let is_marked = |&index: &usize| grid.asked[index].is_none() && is_marks(terms, grid, index);
    let mut marked: Vec<usize> = (0..grid.headers.len()).filter(is_marked).collect();
    let weighs = |index: &usize| grid.weighs(terms, *index) && !terms.words.is_grade(&grid.headers[*index]);
    if marked.iter().filter(|index| weighs(index)).count() == 1 {
        marked.retain(|index| !weighs(index));
    }
    marked
}

/// The shape of a table with one column of marks, which may tick what is left.
fn by_marks(terms: &Terms<'_>, grid: &Grid<'_>, column: usize) -> Option<Shape> {
    let item = item_column(terms, grid, &[column])?;
    let is_other = |index: &usize| ![column, item].contains(index) && grid.roles[*index].is_none();
    let says = |cell: &str| matches!(status::said(terms, cell), status::Said::State(_) | status::Said::Nothing);
    let is_ticked =
        |index: usize| grid.column(index).any(|cell| boxes::is_tick(terms, cell)) && grid.column(index).all(says);
    // Ticks in a second column too, though among words: neither of the two tells the state.
    if terms.words.is_grade(&grid.headers[column])
        || is_left_ticked(terms, grid, column)
        || (0..grid.headers.len()).filter(is_other).any(is_ticked)
    {
        return Some(Shape::Matrix { item });
    }
    Some(Shape::Status { item, column, also: Vec::new() })
}

/// Whether a tick in a column says that something is left: `Failed`, `To do`.
fn is_left_ticked(terms: &Terms<'_>, grid: &Grid<'_>, column: usize) -> bool {
    let header = grid.headers[column].as_str();
    terms.state(header).or_else(|| terms.words.section_state(header)).is_some_and(State::is_left)
}

/// A table with levels and no states: most of its rows name one or have a sign for it, and the header says that they do,
/// or another is that of things to be done.
fn levels(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<Shape> {
    let is_named = |cell: &&str| priority::value(terms, cell).is_some() || terms.glyph_at(cell.trim()).is_some();
    let is_mostly = |index: usize| grid.column(index).filter(is_named).count() * 2 >= grid.rows.len();
    let Some(level) = grid.with(Column::Priority) else {
        // Words tell a risk or an impact in prose.
        let is_sign = |cell: &str| cell.trim().is_empty() || terms.glyph_at(cell.trim()).is_some();
        let is_signs = |&index: &usize| grid.weighs(terms, index) && grid.column(index).all(is_sign);
        return (0..grid.headers.len()).find(is_signs).map(|_| Shape::Levels);
    };
    if grid.asked[level].is_some() {
        let is_task = |header: &String| terms.words.tables.tasks.contains(header);
        return grid.headers.iter().any(is_task).then_some(Shape::Levels);
    }
    // What only its cells show to be levels may as well be those of alerts or of what was seen.
    let header = &grid.headers[level];
    if role(terms, header, header) != Some(Column::Priority) && !grid.has_things(terms) {
        return None;
    }
    is_mostly(level).then_some(Shape::Levels)
}

/// The columns that tell of environments whether the items are done in each: `Staging`, `Production`. Only tasks, and
/// the rows of a checklist, are done somewhere; the features of a product are there or not. Where all words are those of
/// work, any rows are. An empty column is that of where nothing is done yet.
fn environments(reader: &Reader<'_>, grid: &Grid<'_>) -> Option<Vec<usize>> {
    let (terms, tables) = (reader.terms, &reader.terms.words.tables);
    let said = |index: usize| {
        let filled = grid.filled(index);
        filled.map(|cell| (cell, status::said(terms, cell))).filter(|(_, said)| *said != status::Said::Nothing)
    };
    let are_states = |index: usize| said(index).all(|(_, said)| matches!(said, status::Said::State(_)));
    let is_place = |&index: &usize| tables.environments.contains(&grid.headers[index]) && are_states(index);
    let columns: Vec<usize> = (0..grid.headers.len()).filter(is_place).collect();
    let is_told = || columns.iter().any(|&index| said(index).next().is_some());
    if columns.len() < 2 || !is_told() {
        return None;
    }
    let is_task = || grid.headers.iter().any(|header| tables.tasks.contains(header));
    let is_sign = |cell: &str| boxes::is_tick(terms, cell) && status::box_at(terms, boxes::unbulleted(cell)).is_none();
    let is_ticked = || columns.iter().any(|&index| said(index).any(|(cell, _)| is_sign(cell)));
    let is_demand = || grid.headers.iter().any(|header| tables.asked_of.contains(header)) && is_ticked();
    let is_done_there = grid.has_things(terms) && (is_task() || reader.calls_itself_checklist()) && !is_demand();
    let cells = || columns.iter().flat_map(|&index| said(index)).map(|(cell, _)| cell);
    let is_word = |cell: &str| !boxes::is_bare(terms, cell) && answer(terms, cell).is_none();
    let is_of_work = || cells().any(|cell| tables.work.contains(&normalise(cell))) && cells().all(is_word);
    let is_checklist = || reader.has_items_or_name();
    (is_done_there || is_checklist() && is_of_work()).then_some(columns)
}

/// What columns of environments tell: what is done in each, or by the names of levels what is asked for there.
fn by_place(terms: &Terms<'_>, grid: &Grid<'_>, columns: Vec<usize>) -> Option<Shape> {
    let item = item_column(terms, grid, &columns)?;
    let is_level = |cell: &str| cell.trim().is_empty() || priority::value(terms, cell).is_some();
    let is_asked = columns.iter().all(|&index| grid.column(index).all(is_level));
    Some(if is_asked { Shape::Matrix { item } } else { Shape::Places { item, columns } })
}

/// The column of an unknown header whose cells begin with glyphs, when it is the only one: several tell where something
/// is required. The first column rather names what is told of.
fn glyph_column(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<usize> {
    let is_other = |index: &usize| {
        matches!(grid.roles[*index], None | Some(Column::Note | Column::Evidence))
            && !terms.words.is_grade(&grid.headers[*index])
            && !grid.weighs(terms, *index)
    };
    let mut columns = (0..grid.headers.len()).filter_map(|index| Some((index, boxes::led(terms, grid, index)?)));
    let (first, cells) = columns.next()?;
    let is_alone = columns.next().is_none();
    (first > 0 && is_alone && is_other(&first) && boxes::tells(&cells)).then_some(first)
}

/// Whether an id says a state behind it, `G2 ✅ DONE`, and the others are ids alone, in a checklist.
fn tells_by_id(reader: &Reader<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let is_told = |cell: &str| states::behind_id(reader.terms, cell).is_some();
    let is_id = |cell: &str| !cell.trim().contains(' ');
    grid.column(index).any(is_told)
        && grid.column(index).all(|cell| is_told(cell) || is_id(cell))
        && reader.calls_itself_checklist()
}

/// Whether at least 80 % of a column's cells are a bare box or status glyph, or empty beside some that are.
fn is_marks(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let mut marks = 0;
    let mut blank = 0;
    for cell in grid.column(index) {
        let cell = cell.trim();
        if cell.is_empty() {
            blank += 1;
        } else if boxes::is_bare(terms, cell) {
            marks += 1;
        }
    }
    marks > 0
        && (marks * 5 >= grid.rows.len() * 4
            || (marks + blank == grid.rows.len() && grid.headers.len() > 2 && marks * 4 >= blank))
}

/// Whether a column is headed by a level and holds nothing but dots and crosses.
fn is_graded(terms: &Terms<'_>, grid: &Grid<'_>, index: usize) -> bool {
    let mut cells = grid.filled(index).map(str::trim).peekable();
    let is_sign = |cell: &str| matches!(cell, "x" | "X" | "-" | "–" | "—") || terms.words.boxes.is_graded(cell);
    let is_mark = |cell: &str| is_sign(cell) || boxes::is_bare(terms, cell);
    terms.words.is_grade(&grid.headers[index]) && cells.peek().is_some() && cells.all(is_mark)
}
