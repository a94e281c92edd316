//! Checklist tables: which tables are one, and what their rows say.

mod columns;
mod rows;

pub(super) use columns::{Grid, Shape};

use super::phrase::normalise;
use super::vocabulary::Context;
use super::{Reader, date, reference, signoffs};
use crate::finding::Code;
use crate::markdown::NodeId;

/// Reads a table at top level.
pub(super) fn read(reader: &mut Reader<'_>, node: NodeId) {
    let grid = Grid::of(reader.terms, reader.tree, node);
    if grid.rows.is_empty() {
        return;
    }
    if signoffs::is_table(reader, node, &grid) {
        return signoffs::read_table(reader, &grid);
    }
    if is_never(reader, node, &grid) {
        return;
    }
    match columns::shape(reader, &grid) {
        Some(shape) if is_rollup(reader, node, &grid) => reader.rollup(&grid, &shape),
        Some(shape) if is_result(reader, node, &grid, &shape) || !is_wanted(reader, node, &grid, &shape) => {}
        Some(shape) => rows::read(reader, &grid, &shape),
        None if is_rollup(reader, node, &grid) => reader.rollup(&grid, &Shape::bare(&grid)),
        None => {}
    }
}

/// Headers and headings that say that a table is no checklist.
fn is_never(reader: &Reader<'_>, node: NodeId, grid: &Grid) -> bool {
    let words = reader.terms.words;
    let stateless = grid.status_column(reader.terms).is_none();
    let by_header = grid.headers.iter().any(|header| {
        words.tables.never.contains(header) || (stateless && words.tables.never_stateless.contains(header))
    });
    let subject = grid
        .headers
        .iter()
        .find(|header| !matches!(header.as_str(), "#" | "id" | "no" | ""))
        .map_or("", String::as_str);
    let by_subject = words.tables.never_item.contains(subject);
    let outline = reader.outline;
    let within = |context| outline.is_within(reader.tree, node, context);
    let self_named =
        |index: u32| words.tables.self_named.iter().any(|name| outline.section(index).phrase.contains(name.as_str()));
    let decision = outline
        .section_at(reader.tree.node(node).span.start)
        .is_some_and(|index| outline.section(index).contexts.contains(&Context::Decision) && !self_named(index));
    let legend = within(Context::Legend) && stateless;
    by_header || by_subject || decision || legend || within(Context::Risk) || within(Context::NotIncluded)
}

/// At least half of the rows name headings that hold items of their own: a summary.
fn is_rollup(reader: &Reader<'_>, node: NodeId, grid: &Grid) -> bool {
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    let named = grid.rows.iter().filter(|row| reader.summed_section(row, own).is_some()).count();
    named > 0 && named * 2 >= grid.rows.len()
}

/// Results that are dated or linked, beside tasks that are the checklist: a log, not a checklist of its own.
fn is_result(reader: &Reader<'_>, node: NodeId, grid: &Grid, shape: &Shape) -> bool {
    let Shape::Status { column, .. } = *shape else { return false };
    let weak = matches!(
        grid.headers[column].as_str(),
        "result" | "results" | "outcome" | "verified" | "resultado" | "résultat" | "ergebnis" | "结果" | "結果"
    );
    let dated = (0..grid.headers.len()).any(|index| grid.is_dates(index));
    weak && !reader.drafts.is_empty() && (dated || reader.outline.is_within(reader.tree, node, Context::Evidence))
}

/// A table without a status is a checklist only in a document that calls itself one.
fn is_wanted(reader: &mut Reader<'_>, node: NodeId, grid: &Grid, shape: &Shape) -> bool {
    match shape {
        Shape::Status { .. } | Shape::Answers { .. } => true,
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
    /// The section with items of its own that a row names, by its title or its number.
    pub(super) fn summed_section(&self, row: &columns::Row, own: Option<u32>) -> Option<u32> {
        if !row.cells.iter().take(2).any(|cell| self.may_name_section(cell)) {
            return None;
        }
        let names: Vec<String> = row
            .cells
            .iter()
            .take(2)
            .map(|cell| normalise(super::phrase::without_number(cell)))
            .filter(|name| name.len() > 1)
            .collect();
        let numbers: Vec<&str> = row
            .cells
            .first()
            .map(|cell| cell.split(['&', ',', ' ']).filter(|part| !part.is_empty()).collect())
            .unwrap_or_default();
        let count = u32::try_from(self.outline.sections.len()).unwrap_or(0);
        (0..count).filter(|&index| Some(index) != own && self.section_items(index) > 0).find(|&index| {
            let phrase = &self.outline.section(index).phrase;
            let title = self.outline.title(index);
            names.iter().any(|name| is_same_title(name, phrase)) || is_numbered(title, &numbers, &names, phrase)
        })
    }
}

impl Reader<'_> {
    /// Whether a cell begins as some heading does, or with a number: most rows are ruled out by this.
    fn may_name_section(&self, cell: &str) -> bool {
        let letter = |c: char| c.to_lowercase().next().unwrap_or(c);
        let mut letters = cell.chars().skip_while(|c| !c.is_alphanumeric());
        let Some(first) = letters.next().map(letter) else { return false };
        let second = letters.next().map(letter);
        first.is_ascii_digit()
            || self.outline.sections.iter().any(|part| {
                let mut other = part.phrase.chars().skip_while(|c| !c.is_alphanumeric());
                other.next() == Some(first) && (second.is_none_or(|c| !c.is_alphanumeric()) || other.next() == second)
            })
    }
}

/// Whether a row's name and a heading's name the same: equal, or one begins the other.
fn is_same_title(name: &str, phrase: &str) -> bool {
    name == phrase
        || (name.len() > 3 && phrase.starts_with(name) && phrase[name.len()..].starts_with([' ', ':', ',']))
        || (phrase.len() > 3 && name.starts_with(phrase) && name[phrase.len()..].starts_with([' ', ':', ',']))
}

/// Whether a row's number is that of a heading, and they share a word.
fn is_numbered(title: &str, numbers: &[&str], names: &[String], phrase: &str) -> bool {
    let Some(&number) = numbers.first().filter(|number| number.bytes().all(|byte| byte.is_ascii_digit())) else {
        return false;
    };
    let heading: String = title.chars().take_while(char::is_ascii_digit).collect();
    heading == number
        && names
            .iter()
            .any(|name| name.split(' ').any(|word| word.len() > 3 && phrase.split(' ').any(|other| other == word)))
}

/// Whether the text of a cell is an id, a number or a date rather than words.
pub(super) fn is_tag_cell(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || reference::is_row_id(cell) || date::is_date(cell)
}
