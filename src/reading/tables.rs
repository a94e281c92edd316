//! Checklist tables: which tables are one, and what their rows say.

mod answers;
mod beside;
mod boxes;
mod cells;
mod columns;
mod confirmed;
mod counted;
mod definitions;
pub(super) mod half_made;
mod headers;
pub(super) mod in_html;
mod key_values;
mod left_over;
mod lights;
mod measures;
mod name_columns;
mod never;
mod questions;
mod rows;
mod shape;
mod stages;
mod states;
mod subject;
mod summaries;
mod summed;
mod sums;
mod surplus;
mod todo;
mod unsummed;
mod untold;

pub(super) use boxes::choices;
pub(super) use cells::due_of;
pub(super) use columns::Grid;
pub(super) use key_values::tell_unread;
pub(super) use name_columns::NameColumns;
pub(super) use shape::Shape;
pub(super) use summed::Names;
pub(super) use unsummed::Left;

use columns::Row;
use summaries::{is_rollup, sums_sections};

use super::facts::are_keyed;
use super::legend::explains_signs;
use super::outline::Place;
use super::vocabulary::{Column, Context};
use super::{Reader, date, reference, signoffs};
use crate::finding::Code;
use crate::markdown::NodeId;
use rustc_hash::FxHashSet as HashSet;

/// Why a table of levels is none in a document that is no checklist by its name.
const LEVELS: &str =
    "this table has levels and no status, and the document does not call itself a checklist, so its rows are not items";

/// The same of a table with several columns of signs.
const MATRIX: &str = "several columns of this table hold signs, some of them crosses, and nothing says that they are states, so its rows are not items";

/// How to make items of either.
const HELP: &str = "add a status column, or `checklist: true` in front matter";

/// Reads the tables at top level. Those that may sum up others wait until the others are read, the last of them first:
/// a summary stands above what it sums up more often than below. Tables of tasks without states wait for the others too.
pub(super) fn read(reader: &mut Reader<'_>, places: &[Place]) {
    if places.is_empty() {
        return;
    }
    let names = Names::of(reader.terms, reader.tree, reader.outline);
    let (mut sums, mut plain, mut headers, mut key_values) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for &place in places {
        if are_keyed(reader.terms, reader.tree, place.node)
            && let Some(found) = key_values::of(reader, place.node)
        {
            key_values.push(found);
            continue;
        }
        let grid = Grid::of(reader.terms, reader.tree, place.node);
        let columns = NameColumns::of(reader.terms, reader.tree, &grid);
        let named = |row: &Row<'_>, own| names.named(row, &columns, |index| Some(index) != own);
        let is_sum = || sums::is_counted(reader.terms, &grid) || sums::is_of_classes(reader.terms, &grid);
        // The shape of a grid goes by the items so far, and is kept once it was asked for, which `todo::header` does: it
        // stays true because nothing is read before `read_table` asks again.
        if is_rollup(reader, place.node, &grid, &columns, named) || is_sum() {
            sums.push((place, grid, columns));
        } else if let Some(header) = todo::header(reader, place.node, &grid) {
            plain.push((place, header, grid));
        } else {
            headers.extend(read_table(reader, place, &grid, None));
        }
    }
    let ids = if plain.is_empty() { HashSet::default() } else { todo::ids(reader) };
    for (place, header, grid) in plain {
        let is_task = todo::is_task(reader, &header);
        let is_urgent = || todo::is_list(reader, place.node, &grid) || todo::is_urgent(reader, place.node);
        let is_task_list = headers.contains(&header) || is_task && is_urgent();
        if is_task_list && (is_task || todo::is_new(&ids, &grid)) {
            rows::read(reader, place, &grid, &Shape::Levels);
        } else if !is_task_list {
            left_over::tell(reader, place.node, &grid);
        }
    }
    key_values::read(reader, key_values);
    for (place, grid, columns) in sums.into_iter().rev() {
        read_table(reader, place, &grid, Some((&names, &columns)));
    }
}

/// Reads one table; gives back the header of its items, when it has some. `names` are those of the sections that it may
/// sum up, and the columns that name them.
fn read_table(
    reader: &mut Reader<'_>,
    place: Place,
    grid: &Grid<'_>,
    names: Option<(&Names<'_>, &NameColumns)>,
) -> Option<String> {
    let node = place.node;
    if grid.rows.is_empty() || explains_signs(reader.terms, reader.tree, node) {
        return None;
    }
    if signoffs::is_table(reader, node, grid) {
        signoffs::read_table(reader, grid);
        return None;
    }
    let is_named = |(names, columns): (&Names<'_>, &NameColumns)| {
        is_rollup(reader, node, grid, columns, |row, own| reader.summed_section(names, columns, row, own))
    };
    let is_counted =
        sums::is_counted(reader.terms, grid) && names.is_some_and(|names| sums_sections(reader, node, grid, names));
    let summed = names.filter(|&names| is_counted || is_named(names));
    if summed.is_none() && sums::is_of_classes(reader.terms, grid) {
        never::tell_classes(reader, node, grid);
        return None;
    }
    if !(summed.is_some() && (is_counted || grid.has_numbers())) && never::is_never(reader, node, grid) {
        never::tell(reader, node, grid);
        return None;
    }
    if summed.is_none() && never::is_plan(reader, node, grid) {
        reader.tell_plan(node);
        return None;
    }
    if summed.is_none() && measures::is_data(reader, grid) {
        measures::tell(reader, node, grid);
        return None;
    }
    if let Some(names) = summed {
        unsummed::read(reader, place, grid, names);
        return None;
    }
    let Some(shape) = grid.shape(reader) else {
        if !untold::tell(reader, node, grid) {
            left_over::tell(reader, node, grid);
        }
        return None;
    };
    if is_result(reader, node, grid, shape) {
        never::tell_results(reader, node, grid);
        return None;
    }
    if !counts_as_checklist(reader, node, grid, shape) {
        return None;
    }
    rows::read(reader, place, grid, shape);
    let is_tracked = !matches!(shape, Shape::Levels | Shape::Matrix { .. });
    grid.headers.get(shape.item(grid)).filter(|_| is_tracked).cloned()
}

/// Results that are dated or linked, beside tasks that are the checklist: a log, not a checklist of its own.
fn is_result(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>, shape: &Shape) -> bool {
    let Shape::Status { column, .. } = *shape else { return false };
    let weak = reader.terms.words.tables.is_result(&grid.headers[column]);
    let dated = (0..grid.headers.len()).any(|index| grid.is_dates(index));
    weak && !reader.drafts.is_empty() && (dated || reader.outline.is_within(reader.tree, node, Context::Evidence))
}

/// A table without a status is a checklist only in a document that calls itself one.
fn counts_as_checklist(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>, shape: &Shape) -> bool {
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    match shape {
        _ if definitions::counts_levels(reader.terms, grid) => {
            never::tell_classes(reader, node, grid);
            false
        }
        _ if definitions::is_of_levels(reader.terms, grid) && !subject::is_register(reader.terms, grid) => {
            reader.tell_definitions(node, "level");
            false
        }
        Shape::Status { .. } if definitions::defines(reader.terms, grid, Column::Status) => {
            reader.tell_definitions(node, "state");
            false
        }
        Shape::Levels if definitions::defines(reader.terms, grid, Column::Priority) => {
            reader.tell_definitions(node, "level");
            false
        }
        Shape::Status { .. } | Shape::Boxes { .. } | Shape::Answers { .. } | Shape::Places { .. } => true,
        Shape::Levels if reader.is_mended(own) => {
            reader.tell_mended(node);
            false
        }
        Shape::Matrix { .. } | Shape::Levels => {
            let names = &reader.terms.words.tables.self_named;
            let is_named = |own| {
                let title = &reader.outline.section(own).phrase;
                names.iter().any(|name| title.contains(name.as_str()))
            };
            // A matrix right below such a heading is one of the checklist, whatever the document is called.
            let is_matrix = || matches!(shape, Shape::Matrix { .. });
            let wanted = reader.calls_itself_checklist() || is_matrix() && own.is_some_and(is_named);
            if !wanted && is_matrix() && untold::is_missed_somewhere(reader, grid, shape.item(grid)) {
                reader.warn_table(node, MATRIX, HELP);
            } else if !wanted && !is_matrix() && left_over::tell_by_heading(reader, node) {
                return false;
            } else if !wanted && (grid.rows.len() > 2 || grid.has_things(reader.terms)) {
                reader.tell_table(node, LEVELS, HELP);
            }
            wanted
        }
    }
}

impl Reader<'_> {
    /// Whether a section, or one around it, says that what it tells of was mended, by its last word or one beside a word
    /// for what is mended: `Fixed`, `Fixed critical issues`, not `Closed beta`.
    pub(super) fn is_mended(&self, section: Option<u32>) -> bool {
        let (outline, words) = (self.outline, self.terms.words);
        let tables = &words.tables;
        let mut above = std::iter::successors(section, |&index| outline.section(index).parent);
        above.any(|index| {
            let mut parts = outline.section(index).phrase.split([' ', '(', ')']).filter(|word| !word.is_empty());
            let is_last = parts.clone().next_back().is_some_and(|word| tables.mended.contains(word));
            let is_noun = |word: &str| words.is_noun(word);
            (is_last || parts.clone().any(|word| tables.mended.contains(word)) && parts.clone().any(is_noun))
                && !parts.any(|word| tables.unmended.contains(word))
                && !tables.names_closed(&outline.section(index).phrase)
                && !words.denies_mend(&outline.section(index).phrase)
        })
    }

    /// Tells of a table whose rows are not items.
    fn tell_table(&mut self, node: NodeId, message: &str, help: &str) {
        self.find(Code::AmbiguousTable, self.tree.node(node).span, message, help);
    }

    /// Tells of one in which something is not done.
    fn warn_table(&mut self, node: NodeId, message: &str, help: &str) {
        self.warn(Code::AmbiguousTable, self.tree.node(node).span, message, help);
    }

    /// Tells of a table of phases.
    fn tell_plan(&mut self, node: NodeId) {
        let message = "the rows of this table are phases and how long they take, so they are not items";
        let help = "head a column `Task` to make them items";
        self.tell_table(node, message, help);
    }

    /// Tells of a table of what was mended.
    fn tell_mended(&mut self, node: NodeId) {
        let message = "the heading says that what this table lists is mended, so its rows are not items";
        let help = "add a status column to make them items";
        self.tell_table(node, message, help);
    }

    /// Tells of a table that explains levels or states.
    fn tell_definitions(&mut self, node: NodeId, what: &str) {
        let message =
            format!("each row of this table names another {what}, so it explains {what}s and its rows are not items");
        self.tell_table(node, &message, "head a column `Task` to make them items");
    }
}

/// Tells of a table of states that is a detail of a heading with a state of its own.
pub(super) fn tell_detail(reader: &mut Reader<'_>, node: NodeId) {
    let grid = Grid::of(reader.terms, reader.tree, node);
    if grid.shape(reader).is_some() {
        let message = "this table is a detail of the heading above it, which has a state, so its rows are not items";
        reader.tell_table(node, message, "move it out of the list to count its rows");
    }
}

/// Whether the text of a cell is an id, a number or a date rather than words.
pub(super) fn is_tag_cell(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || reference::is_row_id(cell) || date::is_date(cell)
}
