//! What the columns of a table hold.

use super::boxes;
use super::headers::{asks, heading, role};
use crate::markdown::{Inline, NodeId, Piece, Tree};
use crate::model::State;
use crate::reading::Reader;
use crate::reading::legend::Terms;
use crate::reading::phrase::cut_parenthesis;
use crate::reading::vocabulary::Column;
use crate::reading::{date, priority, status};
use crate::source::Span;
use std::borrow::Cow;

/// A table as text.
pub(in crate::reading) struct Grid<'t> {
    /// Its headers, normalised.
    pub headers: Vec<String>,
    /// What each column holds, by its header.
    pub roles: Vec<Option<Column>>,
    /// Its body rows.
    pub rows: Vec<Row<'t>>,
}

/// A body row.
pub(in crate::reading) struct Row<'t> {
    /// Its cells' nodes.
    pub nodes: Vec<NodeId>,
    /// Its cells without markup; `<summary>` texts alone where a cell folds the rest.
    pub cells: Vec<Cow<'t, str>>,
    /// Where it stands.
    pub span: Span,
}

impl<'t> Grid<'t> {
    /// The table at a node.
    pub(in crate::reading) fn of(terms: &Terms<'_>, tree: &'t Tree<'_>, node: NodeId) -> Self {
        let mut headers = Vec::new();
        let mut rows = Vec::new();
        for (index, row) in tree.children(node).enumerate() {
            let nodes: Vec<NodeId> = tree.children(row).collect();
            let cells: Vec<Cow<'t, str>> = nodes.iter().map(|&cell| cell_text(tree, tree.pieces(cell))).collect();
            if index == 0 {
                headers = cells;
            } else if cells.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push(Row { nodes, cells, span: tree.node(row).span });
            }
        }
        let phrases: Vec<String> = headers.iter().map(|header| heading(header)).collect();
        let roles = headers.iter().zip(&phrases).map(|(header, phrase)| role(terms, header, phrase)).collect();
        Self { headers: phrases, roles, rows }
    }

    /// The cells of a column.
    pub(in crate::reading) fn column(&self, index: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cells.get(index).map_or("", |cell| cell))
    }

    /// The first column that holds something by its header.
    pub(in crate::reading) fn with(&self, column: Column) -> Option<usize> {
        self.roles.iter().position(|role| *role == Some(column))
    }

    /// The status column: an exact "Status" before other exact headers, these before the rest; never a column of dates.
    pub(in crate::reading) fn status_column(&self, terms: &Terms<'_>) -> Option<usize> {
        let candidates = (0..self.headers.len()).filter(|&index| {
            self.roles[index] == Some(Column::Status)
                && !self.is_dates(index)
                && !self.is_numbers(index)
                && self.says_states(terms, index)
        });
        candidates.min_by_key(|&index| {
            let header = self.headers[index].as_str();
            let (head, _) = cut_parenthesis(header);
            match head {
                "status" | "estado" | "statut" | "状态" | "状態" | "상태" => 0,
                _ if terms.words.column(header) == Some(Column::Status) => 1,
                _ if header.starts_with("required")
                    || header.starts_with("target")
                    || header.starts_with("expected") =>
                {
                    3
                }
                _ => 2,
            }
        })
    }

    /// Whether the headers plainly name tasks and their states.
    pub(in crate::reading) fn is_of_tasks(&self, terms: &Terms<'_>) -> bool {
        let tables = &terms.words.tables;
        let is_state = |index: usize| {
            tables.task_states.contains(cut_parenthesis(&self.headers[index]).0)
                && !self.is_dates(index)
                && !self.is_numbers(index)
        };
        let is_before = |header: &str| matches!(header, "#" | "id" | "no" | "") || tables.moments.contains(header);
        let subject = self.headers.iter().find(|header| !is_before(header));
        subject.is_some_and(|header| tables.tasks.contains(header)) && (0..self.headers.len()).any(is_state)
    }

    /// The columns beside a status column that ask for a state as it does, by a word for "done": an item that one of them
    /// misses is not done. Nothing stands beside a "Status".
    fn also_asked(&self, terms: &Terms<'_>, column: usize) -> Vec<usize> {
        let said = |cell: &str| match cell.trim() {
            "x" | "X" => status::Said::State(State::Done),
            cell => status::said(terms, cell),
        };
        let says = |index: usize| {
            let mut cells = self.column(index).map(said).filter(|said| *said != status::Said::Nothing).peekable();
            cells.peek().is_some() && cells.all(|said| matches!(said, status::Said::State(_)))
        };
        let asks = |index: usize| asks(terms, &self.headers[index]);
        let others = (0..self.headers.len()).filter(|&index| index != column && asks(index) && says(index));
        if asks(column) { others.collect() } else { Vec::new() }
    }

    /// Whether a column may hold states: its header is known whole, or a cell is empty or says one. A column of answers
    /// has to say them mostly: most answers are prose.
    fn says_states(&self, terms: &Terms<'_>, index: usize) -> bool {
        if self.is_answer(terms, index) {
            let said = |cell: &str| status::said(terms, cell);
            let filled = self.column(index).filter(|cell| said(cell) != status::Said::Nothing);
            let (known, unknown): (Vec<_>, Vec<_>) = filled.partition(|cell| said(cell) != status::Said::Unknown);
            return known.len() > unknown.len();
        }
        let exact = terms.words.column(cut_parenthesis(&self.headers[index]).0) == Some(Column::Status);
        exact || self.column(index).any(|cell| !matches!(status::said(terms, cell), status::Said::Unknown))
    }

    fn is_answer(&self, terms: &Terms<'_>, index: usize) -> bool {
        terms.words.tables.answer.contains(cut_parenthesis(&self.headers[index]).0)
    }

    /// Whether a column holds counts.
    pub(in crate::reading) fn has_numbers(&self) -> bool {
        (1..self.headers.len()).any(|index| self.is_numbers(index))
    }

    /// Whether every cell of a column that says anything is a number: counts, not states.
    fn is_numbers(&self, index: usize) -> bool {
        let mut cells = self.column(index).map(str::trim).filter(|cell| !cell.is_empty()).peekable();
        let is_number = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
        cells.peek().is_some() && cells.all(is_number)
    }

    /// Whether every cell of a column that says anything is a date.
    pub(in crate::reading) fn is_dates(&self, index: usize) -> bool {
        let mut cells = self.column(index).filter(|cell| !cell.trim().is_empty()).peekable();
        cells.peek().is_some() && cells.all(date::is_date)
    }
}

/// The text of a cell: a `<summary>` alone where there is one.
fn cell_text<'t>(tree: &'t Tree<'_>, pieces: &[Piece]) -> Cow<'t, str> {
    let tag = |piece: &Piece, name: &str| piece.inline == Inline::Html && tree.source(piece.span).starts_with(name);
    let open = pieces.iter().position(|piece| tag(piece, "<summary"));
    let close = pieces.iter().position(|piece| tag(piece, "</summary"));
    if let (Some(open), Some(close)) = (open, close)
        && open < close
    {
        return tree.plain(&pieces[open..close]);
    }
    let mut text = Cow::Borrowed("");
    for piece in pieces {
        text += match piece.inline {
            Inline::Text | Inline::Code => tree.text(piece),
            Inline::Html if tree.source(piece.span).starts_with("<br") => "\n",
            _ => continue,
        };
    }
    text
}

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
    /// A box at the start of each item.
    Boxes {
        /// The column with the items.
        item: usize,
    },
    /// A column for each answer.
    Answers {
        /// The column with the items.
        item: usize,
        /// The columns with answers, and what a mark in each says.
        columns: Vec<(usize, crate::model::State)>,
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
    /// The shape of a table of which nothing is known.
    pub(in crate::reading) fn bare(grid: &Grid<'_>) -> Self {
        Self::Matrix { item: grid.with(Column::Item).unwrap_or(0) }
    }
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
        let item = item_column(terms, grid, &[also.as_slice(), &[column]].concat())?;
        return Some(Shape::Status { item, column, also });
    }
    let columns = boxes::columns(terms, grid);
    if !columns.is_empty() {
        return Some(Shape::Places { item: item_column(terms, grid, &columns)?, columns });
    }
    if let Some(item) = boxes::items(terms, grid) {
        return Some(Shape::Boxes { item });
    }
    let marked: Vec<usize> = (0..grid.headers.len()).filter(|&index| is_marks(terms, grid, index)).collect();
    if let &[column] = marked.as_slice() {
        let item = item_column(terms, grid, &[column])?;
        let is_other = |index: &usize| ![column, item].contains(index) && grid.roles[*index].is_none();
        let says = |cell: &str| matches!(status::said(terms, cell), status::Said::State(_) | status::Said::Nothing);
        let is_ticked =
            |index: usize| grid.column(index).any(|cell| boxes::is_tick(terms, cell)) && grid.column(index).all(says);
        // Ticks in a second column too, though among words: neither of the two tells the state.
        if terms.words.is_grade(&grid.headers[column]) || (0..grid.headers.len()).filter(is_other).any(is_ticked) {
            return Some(Shape::Matrix { item });
        }
        return Some(Shape::Status { item, column, also: Vec::new() });
    }
    if marked.len() > 1 {
        return Some(Shape::Matrix { item: item_column(terms, grid, &marked)? });
    }
    if let Some((&column, also)) = asked(terms, grid).split_first() {
        let item = item_column(terms, grid, &[also, &[column]].concat())?;
        return Some(Shape::Status { item, column, also: also.to_vec() });
    }
    let graded: Vec<usize> = (0..grid.headers.len()).filter(|&index| is_graded(terms, grid, index)).collect();
    if graded.len() > 1 {
        return Some(Shape::Matrix { item: item_column(terms, grid, &graded)? });
    }
    let level = grid.with(Column::Priority)?;
    let named = grid.column(level).filter(|cell| priority::value(terms, cell).is_some()).count();
    (named * 2 >= grid.rows.len()).then_some(Shape::Levels)
}

/// The columns of unknown headers that ask whether something was done, `Tested?`, and mostly hold states.
fn asked(terms: &Terms<'_>, grid: &Grid<'_>) -> Vec<usize> {
    let is_asked = |&index: &usize| {
        let header = grid.headers[index].trim_end_matches('?');
        grid.roles[index].is_none() && header.ends_with("ed") && asks(terms, header)
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

/// Columns headed by answers, when there are at least two.
fn answers(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<Vec<(usize, crate::model::State)>> {
    let tables = &terms.words.tables;
    let state = |header: &str| {
        let sets = [
            (&tables.answers_yes, State::Done),
            (&tables.answers_no, State::Open),
            (&tables.answers_na, State::Na),
            (&tables.answers_doing, State::Doing),
        ];
        let by_word = sets.into_iter().find(|(set, _)| set.contains(header)).map(|(_, state)| state);
        by_word.or_else(|| boxes::sign(header).and_then(|sign| terms.status_glyph(sign)))
    };
    let columns: Vec<_> =
        grid.headers.iter().enumerate().filter_map(|(index, header)| Some((index, state(header)?))).collect();
    let yes_and_no = columns.iter().any(|(_, state)| *state == State::Done)
        && columns.iter().any(|(_, state)| *state != State::Done);
    (columns.len() > 1 && yes_and_no).then_some(columns)
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
    let mut cells = grid.column(index).map(str::trim).filter(|cell| !cell.is_empty()).peekable();
    let is_mark =
        |cell: &str| matches!(cell, "x" | "X" | "●" | "•" | "○" | "◐" | "-" | "–" | "—") || boxes::is_bare(terms, cell);
    terms.words.is_grade(&grid.headers[index]) && cells.peek().is_some() && cells.all(is_mark)
}

/// The column with the items: by its header, else the widest with text.
pub(in crate::reading) fn item_column(terms: &Terms<'_>, grid: &Grid<'_>, taken: &[usize]) -> Option<usize> {
    let free = |index: &usize| !taken.contains(index);
    let by_role = (0..grid.headers.len()).filter(free).filter(|&index| grid.roles[index] == Some(Column::Item));
    let wide = |index: usize| grid.column(index).map(str::len).sum::<usize>();
    let filled = |index: &usize| grid.column(*index).any(|cell| !super::is_tag_cell(cell));
    let exact = |index: &usize| match grid.headers[*index].as_str() {
        "item" | "items" | "task" | "check" | "requirement" | "checklist item" | "validation item"
        | "readiness item" => 0,
        header if terms.words.column(header) == Some(Column::Item) => 1,
        _ => 2,
    };
    let area = |index: &usize| {
        usize::from(matches!(
            grid.headers[*index].as_str(),
            "area" | "domain" | "section" | "component" | "service" | "step" | "ticket" | "blocker" | "#"
        ))
    };
    by_role
        .filter(filled)
        .min_by_key(|index| (exact(index), area(index), *index))
        .or_else(|| {
            let open = |index: &usize| {
                matches!(grid.roles[*index], None | Some(Column::Category | Column::Note | Column::Item))
            };
            (0..grid.headers.len())
                .filter(free)
                .filter(open)
                .filter(filled)
                .max_by_key(|&index| (wide(index), std::cmp::Reverse(index)))
        })
        .or_else(|| (0..grid.headers.len()).find(|index| free(index) && filled(index)))
}
