//! What the columns of a table hold.

use super::boxes;
use super::cells::{cell_text, has_bar};
use super::headers::{
    Asked, asks_whether_done, heading, is_by_letter, is_elsewhen, is_target_status, leave_out_duties, level_asked,
    names_levels, role, tells_dates, tells_levels,
};
use super::shape::{Shape, shape};
use super::stages;
use super::states::progress;
use super::subject::headed;
pub(in crate::reading) use super::subject::item_column;
use super::{sums, surplus};
use crate::markdown::{NodeId, Tree};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::cut_parenthesis;
use crate::reading::priority::Priority;
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, date, status};
use crate::source::Span;
use rustc_hash::FxHashSet as HashSet;
use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

/// A table as text.
pub(in crate::reading) struct Grid<'t> {
    /// Its headers, normalised.
    pub headers: Vec<String>,
    /// What each column holds, by its header.
    pub roles: Vec<Option<Column>>,
    /// The level that each column asks for by yes or no: `Required?`.
    pub asked: Vec<Option<Priority>>,
    /// Whether each column tells levels by their first letters: `H`, `M`, `L`.
    pub by_letter: Vec<bool>,
    /// Its body rows.
    pub rows: Vec<Row<'t>>,
    /// The status column, once it was asked for.
    status: OnceCell<Option<usize>>,
    /// Whether each column names groups, once it was asked for.
    repeats: Vec<OnceCell<bool>>,
    /// Whether each column tells which state is wanted, once it was asked for.
    targets: Vec<OnceCell<bool>>,
    /// Whether rows with an item in brackets tell states, once it was asked for.
    bracketed: OnceCell<bool>,
    /// The columns headed by items that were found beside others.
    headed: RefCell<Vec<(Vec<usize>, Option<usize>)>>,
    /// How it tells states, once that was asked for.
    shape: OnceCell<Option<Shape>>,
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

impl Row<'_> {
    /// The cell of a column without spaces around it; nothing where the row ends before.
    pub(super) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |cell| cell.trim())
    }
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
            } else if cells.iter().any(|cell| !cell.trim().is_empty()) && has_bar(tree, row) {
                let span = tree.node(row).span;
                let (nodes, cells) = surplus::rejoined(tree.source(span), headers.len(), nodes, cells);
                rows.push(Row { nodes, cells, span });
            }
        }
        let phrases: Vec<String> =
            headers.iter().map(|header| terms.words.header(&heading(header)).to_owned()).collect();
        let cells = |index: usize| rows.iter().map(move |row: &Row<'_>| row.cells.get(index).map_or("", |cell| cell));
        let questions: Vec<Option<Asked<'_>>> = headers.iter().map(|header| Asked::of(terms, header)).collect();
        let level = |(index, question): (usize, &Option<Asked<'_>>)| level_asked(terms, (*question)?, cells(index));
        let asked: Vec<Option<Priority>> = questions.iter().enumerate().map(level).collect();
        let role = |index: usize| match asked[index] {
            Some(_) => Some(Column::Priority),
            // `Critical?` over "High"
            None if questions[index].is_some() && tells_levels(terms, cells(index)) => Some(Column::Priority),
            None => role(terms, &headers[index], &phrases[index]),
        };
        let mut roles: Vec<Option<Column>> = (0..headers.len()).map(role).collect();
        leave_out_duties(terms.words, &phrases, &mut roles);
        if !roles.contains(&Some(Column::Priority)) {
            let is_other = |index: &usize| matches!(roles[*index], None | Some(Column::Category | Column::Note));
            let named = |index: &usize| names_levels(terms, &phrases[*index], || cells(*index));
            let level = (0..roles.len()).filter(is_other).find(named);
            level.into_iter().for_each(|index| roles[index] = Some(Column::Priority));
        }
        if !roles.contains(&Some(Column::Due)) {
            let index = (0..roles.len()).find(|&index| tells_dates(terms, &phrases[index], || cells(index)));
            index.into_iter().for_each(|index| roles[index] = Some(Column::Due));
        }
        if let Some(index) = signed_off(terms, &phrases, &roles, cells) {
            roles[index] = Some(Column::Status);
        }
        let is_level = |index: usize| roles[index] == Some(Column::Priority);
        let by_letter = (0..roles.len()).map(|index| is_level(index) && is_by_letter(terms, cells(index))).collect();
        let (repeats, targets) = (vec![OnceCell::new(); roles.len()], vec![OnceCell::new(); roles.len()]);
        Self {
            headers: phrases,
            roles,
            asked,
            by_letter,
            rows,
            status: OnceCell::new(),
            repeats,
            targets,
            bracketed: OnceCell::new(),
            headed: RefCell::default(),
            shape: OnceCell::new(),
        }
    }

    /// The cells of a column.
    pub(in crate::reading) fn column(&self, index: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cells.get(index).map_or("", |cell| cell))
    }

    /// The cells of a column that say something.
    pub(in crate::reading) fn filled(&self, index: usize) -> impl Iterator<Item = &str> {
        self.column(index).filter(|cell| !cell.trim().is_empty())
    }

    /// The first column that holds something by its header.
    pub(in crate::reading) fn with(&self, column: Column) -> Option<usize> {
        self.roles.iter().position(|role| *role == Some(column))
    }

    /// Whether a quarter of the cells of a column or more repeat others: they name groups.
    pub(super) fn repeats(&self, index: usize) -> bool {
        *self.repeats[index].get_or_init(|| {
            let distinct: HashSet<&str> = self.column(index).map(str::trim).collect();
            distinct.len() * 4 <= self.rows.len() * 3
        })
    }

    /// Whether a column tells which state is wanted: `Target status`. It is asked for each row.
    pub(super) fn is_target(&self, terms: &Terms<'_>, index: usize) -> bool {
        *self.targets[index].get_or_init(|| is_target_status(terms, &self.headers[index]))
    }

    /// Whether rows with an item in brackets tell states. It is asked for one column of items.
    pub(super) fn tells_in_brackets(&self, terms: &Terms<'_>, item: usize) -> bool {
        *self.bracketed.get_or_init(|| sums::tells_in_brackets(terms, self, item))
    }

    /// The column that is headed by items beside the columns that are taken. It is asked two to three times
    /// beside the same ones, and to find it anew each time takes longer than to tell the shape of the table.
    pub(super) fn headed(&self, terms: &Terms<'_>, taken: &[usize]) -> Option<usize> {
        if let Some((_, known)) = self.headed.borrow().iter().find(|(beside, _)| beside == taken) {
            return *known;
        }
        let found = headed(terms, self, taken);
        self.headed.borrow_mut().push((taken.to_vec(), found));
        found
    }

    /// How the table tells states, when it is a checklist at all, by what was read when this is first asked.
    pub(super) fn shape(&self, reader: &Reader<'_>) -> Option<&Shape> {
        self.shape.get_or_init(|| shape(reader, self)).as_ref()
    }

    /// The status column: an exact "Status" before other exact headers, these before the rest; never a column of dates.
    pub(in crate::reading) fn status_column(&self, terms: &Terms<'_>) -> Option<usize> {
        *self.status.get_or_init(|| self.find_status(terms))
    }

    fn find_status(&self, terms: &Terms<'_>) -> Option<usize> {
        let is_candidate = |&index: &usize| {
            self.roles[index] == Some(Column::Status)
                && !self.is_dates(index)
                && !self.is_numbers(index)
                && self.says_states(terms, index)
        };
        let ranked = (0..self.headers.len()).filter(is_candidate).map(|index| (self.rank(terms, index), index));
        let ranked: Vec<(u8, usize)> = ranked.collect();
        let &(best, first) = ranked.iter().min_by_key(|(rank, _)| *rank)?;
        let mut alike = ranked.iter().filter(|(rank, _)| *rank == best).map(|&(_, index)| index);
        // Beside `Go/No-Go` a "Result" is what was measured.
        let is_one = alike.clone().count() == 1;
        let told = if is_one { None } else { alike.find(|&index| !self.is_unknown(terms, index)) };
        let found = told.unwrap_or(first);
        // `Rehearsal status`, `Actual status`
        let is_rehearsal = terms.words.tables.is_rehearsal(&self.headers[found]);
        Some(if is_rehearsal { stages::real_run(terms, self).unwrap_or(found) } else { found })
    }

    /// How well a header says that its column holds states; the lowest number is best.
    fn rank(&self, terms: &Terms<'_>, index: usize) -> u8 {
        let header = self.headers[index].as_str();
        match cut_parenthesis(header) {
            (_, Some(_)) if is_target_status(terms, header) => 3,
            (status, _) if terms.words.tables.plain_status.contains(status) => 0,
            _ if terms.words.column(header) == Some(Column::Status) => 1,
            _ if is_target_status(terms, header) || is_elsewhen(terms, header) => 3,
            _ => 2,
        }
    }

    /// Whether the headers plainly name tasks and their states.
    pub(in crate::reading) fn is_of_tasks(&self, terms: &Terms<'_>) -> bool {
        let tables = &terms.words.tables;
        let is_state = |index: usize| {
            tables.is_task_state(cut_parenthesis(&self.headers[index]).0)
                && !self.is_dates(index)
                && !self.is_numbers(index)
        };
        self.is_headed_by_tasks(terms) && (0..self.headers.len()).any(is_state)
    }

    /// Whether the first header that is no number or day plainly names tasks.
    pub(super) fn is_headed_by_tasks(&self, terms: &Terms<'_>) -> bool {
        let tables = &terms.words.tables;
        let is_before = |header: &str| terms.words.is_numbering(header) || tables.moments.contains(header);
        let subject = self.headers.iter().find(|header| !is_before(header));
        subject.is_some_and(|header| tables.tasks.contains(header))
    }

    /// Whether a plain `Status` tells the states of things with a name for what they are: `Gap`, `Gate`, not `Area`.
    pub(in crate::reading) fn is_tracked(&self, terms: &Terms<'_>) -> bool {
        self.has_things(terms)
            && self
                .status_column(terms)
                .is_some_and(|column| self.rank(terms, column) == 0 && self.is_known(terms, column))
    }

    /// Whether the column of states holds boxes and nothing else, or is headed by a sign-off.
    pub(in crate::reading) fn is_boxed(&self, terms: &Terms<'_>) -> bool {
        let is_signed = |column: usize| terms.words.tables.signed.contains(&self.headers[column]);
        self.status_column(terms).is_some_and(|column| is_signed(column) || boxes::is_column(terms, self, column))
    }

    /// Whether a column is headed by a word for one of many things to be done or met.
    pub(super) fn has_things(&self, terms: &Terms<'_>) -> bool {
        self.headers.iter().any(|header| is_thing(terms, header))
    }

    /// Whether half of the cells of a column that say anything or more say something that is known of a state.
    pub(super) fn is_known(&self, terms: &Terms<'_>, index: usize) -> bool {
        !self.is_unknown(terms, index)
            && self
                .column(index)
                .any(|cell| !matches!(status::said(terms, cell), status::Said::Nothing | status::Said::Unknown))
    }

    /// The columns beside a status column that ask for a state as it does, by a word for "done": an item that one of them
    /// misses is not done. Beside a "Status" stands only another one, beside a "Crew status" a "Quay status".
    pub(super) fn also_asked(&self, terms: &Terms<'_>, column: usize) -> Vec<usize> {
        let said = |cell: &str| match cell.trim() {
            "x" | "X" => status::Said::State(State::Done),
            cell => status::said(terms, cell),
        };
        let says = |index: usize| {
            let mut cells = self.column(index).map(said).filter(|said| *said != status::Said::Nothing).peekable();
            cells.peek().is_some() && cells.all(|said| matches!(said, status::Said::State(_)))
        };
        let is_asked = asks_whether_done(terms, &self.headers[column]);
        let asks = |header: &str| {
            is_alike(terms, header, &self.headers[column]) || is_asked && asks_whether_done(terms, header)
        };
        let is_now = |index: usize| asks(&self.headers[index]) && !self.is_target(terms, index);
        let others = (0..self.headers.len()).filter(|&index| index != column && is_now(index));
        let mut also: Vec<usize> = others.filter(|&index| says(index)).collect();
        if is_asked {
            also.extend(stages::later(terms, self, column, &also));
        }
        also
    }

    /// Whether most cells of a column that say anything say nothing that is known of a state.
    fn is_unknown(&self, terms: &Terms<'_>, index: usize) -> bool {
        let said = self.column(index).map(|cell| status::said(terms, cell));
        let (filled, unknown): (u32, u32) = said.fold((0, 0), |(filled, unknown), said| match said {
            status::Said::Nothing => (filled, unknown),
            status::Said::Unknown => (filled + 1, unknown + 1),
            _ => (filled + 1, unknown),
        });
        unknown * 2 > filled
    }

    /// Whether a column may hold states: its header is known whole, or a cell is empty or says one. A column of answers
    /// has to say them mostly, as most answers are prose; one of verdicts once where all cells are short.
    fn says_states(&self, terms: &Terms<'_>, index: usize) -> bool {
        let (head, tables) = (cut_parenthesis(&self.headers[index]).0, &terms.words.tables);
        if tables.is_answer(head) {
            let said = |cell: &str| match progress(terms, cell) {
                Some(state) => status::Said::State(state),
                None => status::said(terms, cell),
            };
            let filled = self.column(index).filter(|cell| said(cell) != status::Said::Nothing);
            let (known, unknown): (Vec<_>, Vec<_>) = filled.partition(|cell| said(cell) != status::Said::Unknown);
            let is_brief = || tables.verdicts.contains(head) && !unknown.iter().any(|cell| is_prose(cell));
            return known.len() > unknown.len() || !known.is_empty() && is_brief();
        }
        if tables.described.contains(head) && self.is_described(terms, index) {
            return false;
        }
        let exact = terms.words.column(head) == Some(Column::Status);
        exact || self.column(index).any(|cell| !matches!(status::said(terms, cell), status::Said::Unknown))
    }

    /// Whether a column tells in prose what things are like, of which nobody says who mends them or what is wanted.
    fn is_described(&self, terms: &Terms<'_>, index: usize) -> bool {
        let is_mended = || {
            self.roles.iter().any(|role| matches!(role, Some(Column::Owner | Column::Due)))
                || self.headers.iter().any(|header| is_elsewhen(terms, header))
        };
        self.filled(index).all(|cell| status::said(terms, cell) == status::Said::Unknown)
            && self.filled(index).filter(|cell| is_prose(cell)).count() * 2 > self.filled(index).count()
            && !is_mended()
    }

    /// Whether a header says that its column tells how much something matters: a level, a risk. Its signs are no states.
    pub(super) fn weighs(&self, terms: &Terms<'_>, index: usize) -> bool {
        let header = cut_parenthesis(&self.headers[index]).0;
        let last = terms.words.header(header.rsplit(' ').next().unwrap_or(header));
        let is_other = matches!(self.roles[index], None | Some(Column::Category));
        let is_weight = || is_other && terms.words.tables.weights.contains(last);
        self.asked[index].is_none() && (self.roles[index] == Some(Column::Priority) || is_weight())
    }

    /// Whether a column holds counts.
    pub(in crate::reading) fn has_numbers(&self) -> bool {
        (1..self.headers.len()).any(|index| self.is_numbers(index))
    }

    /// Whether every cell of a column that says anything is a number: counts, not states.
    pub(super) fn is_numbers(&self, index: usize) -> bool {
        let mut cells = self.filled(index).map(str::trim).peekable();
        let is_number = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
        cells.peek().is_some() && cells.all(is_number)
    }

    /// Whether every cell of a column that says anything is a date.
    pub(in crate::reading) fn is_dates(&self, index: usize) -> bool {
        let mut cells = self.filled(index).peekable();
        cells.peek().is_some() && cells.all(date::is_date)
    }
}

/// The column headed by a sign-off that holds nothing but boxes and ticks, one for each of many things to be done, where
/// no other tells a state and none tells who signs.
fn signed_off<'c, C: Iterator<Item = &'c str>>(
    terms: &Terms<'_>,
    headers: &[String],
    roles: &[Option<Column>],
    cells: impl Fn(usize) -> C,
) -> Option<usize> {
    let index = headers.iter().position(|header| terms.words.tables.signed.contains(header))?;
    let mut filled = cells(index).filter(|cell| !cell.trim().is_empty()).peekable();
    let is_marked = filled.peek().is_some() && filled.all(|cell| boxes::is_bare(terms, cell));
    let is_person = |header: &String| terms.words.signoffs.is_signer(header);
    let others = || headers.iter().enumerate().filter(|&(other, _)| other != index).map(|(_, header)| header);
    let is_one = is_marked && !roles.contains(&Some(Column::Status)) && !others().any(is_person);
    (is_one && others().any(|header| is_thing(terms, header))).then_some(index)
}

/// Whether a header is a word for one of many things to be done or met.
fn is_thing(terms: &Terms<'_>, header: &str) -> bool {
    let words = terms.words;
    words.column(header) == Some(Column::Item) && !words.tables.is_area(header) && !words.people.is_name(header)
}

/// Whether two headers are the same, but for remarks in parentheses or the words before the last.
fn is_alike(terms: &Terms<'_>, one: &str, other: &str) -> bool {
    let (one, other) = (cut_parenthesis(one).0, cut_parenthesis(other).0);
    // A "Current status" follows a "Previous status".
    let is_part = |header: &str| terms.words.column(header).is_none() && !is_elsewhen(terms, header);
    let last = |header: &str| header.rsplit_once(' ').is_some_and(|(_, last)| last == "status") && is_part(header);
    one == other || last(one) && last(other)
}

/// Whether a cell goes on for more than five words.
fn is_prose(cell: &str) -> bool {
    cell.split_whitespace().nth(5).is_some()
}
