//! Checklist tables: which tables are one, and what their rows say.

mod boxes;
mod columns;
mod definitions;
mod headers;
mod rows;
mod shape;
mod summed;

pub(super) use columns::Grid;
pub(super) use shape::Shape;
pub(super) use summed::Names;

use super::outline::Place;
use super::vocabulary::{Column, Context};
use super::{Reader, date, reference, signoffs};
use crate::finding::Code;
use crate::markdown::NodeId;

/// Reads the tables at top level. Those that may sum up others wait until the others are read, the last of them first:
/// a summary stands above what it sums up more often than below.
pub(super) fn read(reader: &mut Reader<'_>, places: &[Place]) {
    if places.is_empty() {
        return;
    }
    let names = Names::of(reader.outline);
    let mut waiting = Vec::new();
    for &place in places {
        let grid = Grid::of(reader.terms, reader.tree, place.node);
        if is_rollup(reader, place.node, &grid, |row, own| names.named(row, |index| Some(index) != own)) {
            waiting.push((place, grid));
        } else {
            read_table(reader, place, &grid, None);
        }
    }
    for (place, grid) in waiting.into_iter().rev() {
        read_table(reader, place, &grid, Some(&names));
    }
}

/// Reads one table. `names` are those of the sections that it may sum up.
fn read_table(reader: &mut Reader<'_>, place: Place, grid: &Grid<'_>, names: Option<&Names<'_>>) {
    let node = place.node;
    if grid.rows.is_empty() {
        return;
    }
    if signoffs::is_table(reader, node, grid) {
        return signoffs::read_table(reader, grid);
    }
    let summed = names.filter(|names| is_rollup(reader, node, grid, |row, own| reader.summed_section(names, row, own)));
    if !(summed.is_some() && grid.has_numbers()) && is_never(reader, node, grid) {
        return;
    }
    match (shape::shape(reader, grid), summed) {
        (shape, Some(names)) => reader.rollup(grid, &shape.unwrap_or_else(|| Shape::bare(grid)), names),
        (Some(shape), None) if is_result(reader, node, grid, &shape) || !is_wanted(reader, node, grid, &shape) => {}
        (Some(shape), None) => rows::read(reader, place, grid, &shape),
        (None, None) => {}
    }
}

/// Headers and headings that say that a table is no checklist.
fn is_never(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let words = reader.terms.words;
    let stateless = grid.status_column(reader.terms).is_none();
    let is_of_tasks = grid.is_of_tasks(reader.terms);
    let by_header = !is_of_tasks
        && boxes::items(reader.terms, grid).is_none()
        && grid.headers.iter().any(|header| {
            words.tables.never.contains(header)
                || stateless && words.tables.never_stateless.contains(header)
                || stateless && words.tables.reference.contains(header) && !reader.calls_itself_checklist()
        });
    let subject = grid
        .headers
        .iter()
        .find(|header| !matches!(header.as_str(), "#" | "id" | "no" | ""))
        .map_or("", String::as_str);
    let is_moment = words.tables.moments.contains(subject);
    let by_subject = words.tables.never_item.contains(subject) && !(is_moment && is_of_tasks);
    let is_measured = stateless
        && words.tables.measures.contains(subject)
        && grid.headers.iter().any(|header| words.tables.measured.contains(header));
    let outline = reader.outline;
    let within = |context| outline.is_within(reader.tree, node, context);
    let self_named =
        |index: u32| words.tables.self_named.iter().any(|name| outline.section(index).phrase.contains(name.as_str()));
    let decision = outline
        .section_at(reader.tree.node(node).span.start)
        .is_some_and(|index| outline.section(index).contexts.has(Context::Decision) && !self_named(index));
    let legend = within(Context::Legend) && stateless;
    let is_of_risks = grid.headers.iter().any(|header| words.tables.risks.contains(header));
    let risk = within(Context::Risk) && (is_of_risks || !is_of_tasks);
    by_header || by_subject || is_measured || decision || legend || risk || within(Context::NotIncluded)
}

/// At least half of the rows name headings (that hold items of their own): a summary.
fn is_rollup(
    reader: &Reader<'_>,
    node: NodeId,
    grid: &Grid<'_>,
    section: impl Fn(&columns::Row<'_>, Option<u32>) -> Option<u32>,
) -> bool {
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    // Most tables sum up nothing, and half of their rows tell.
    let unnamed = grid.rows.iter().filter(|row| section(row, own).is_none());
    !grid.rows.is_empty() && unnamed.take(grid.rows.len() / 2 + 1).count() * 2 <= grid.rows.len()
}

/// Results that are dated or linked, beside tasks that are the checklist: a log, not a checklist of its own.
fn is_result(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>, shape: &Shape) -> bool {
    let Shape::Status { column, .. } = *shape else { return false };
    let weak = matches!(
        grid.headers[column].as_str(),
        "result" | "results" | "outcome" | "verified" | "resultado" | "résultat" | "ergebnis" | "结果" | "結果"
    );
    let dated = (0..grid.headers.len()).any(|index| grid.is_dates(index));
    weak && !reader.drafts.is_empty() && (dated || reader.outline.is_within(reader.tree, node, Context::Evidence))
}

/// A table without a status is a checklist only in a document that calls itself one.
fn is_wanted(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>, shape: &Shape) -> bool {
    match shape {
        Shape::Status { .. } if definitions::defines(reader.terms, grid, Column::Status) => {
            reader.tell_definitions(node, "state");
            false
        }
        Shape::Levels if definitions::defines(reader.terms, grid, Column::Priority) => {
            reader.tell_definitions(node, "level");
            false
        }
        Shape::Status { .. } | Shape::Boxes { .. } | Shape::Answers { .. } | Shape::Places { .. } => true,
        Shape::Matrix { .. } | Shape::Levels => {
            let wanted = reader.calls_itself_checklist();
            if !wanted && grid.rows.len() > 2 {
                let span = reader.tree.node(node).span;
                reader.find(Code::AmbiguousTable, span, "this table has levels and no status, and the document does not call itself a checklist, so its rows are not items", "add a status column, or `checklist: true` in front matter");
            }
            wanted
        }
    }
}

impl Reader<'_> {
    /// Tells of a table that explains levels or states.
    fn tell_definitions(&mut self, node: NodeId, what: &str) {
        let message =
            format!("each row of this table names another {what}, so it explains {what}s and its rows are not items");
        self.find(Code::AmbiguousTable, self.tree.node(node).span, &message, "head a column `Task` to make them items");
    }

    /// The section with items of its own that a row names, other than the one that the row stands in.
    pub(super) fn summed_section(&self, names: &Names<'_>, row: &columns::Row<'_>, own: Option<u32>) -> Option<u32> {
        names.named(row, |index| Some(index) != own && self.section_items(index) > 0)
    }
}

/// Whether the text of a cell is an id, a number or a date rather than words.
pub(super) fn is_tag_cell(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || reference::is_row_id(cell) || date::is_date(cell)
}
