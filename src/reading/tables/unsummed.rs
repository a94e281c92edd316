//! Rows of a summary that sum up nothing: what one of them says is left is counted nowhere else.

use super::columns::{Grid, Row};
use super::name_columns::NameColumns;
use super::shape::Shape;
use super::states::said_at;
use super::summed::Names;
use super::{definitions, rows, sums};
use crate::reading::Reader;
use crate::reading::outline::Place;

/// Reads a summary: what its rows sum up is compared, and what they leave to do beside that counts.
pub(super) fn read(
    reader: &mut Reader<'_>,
    place: Place,
    grid: &Grid<'_>,
    (names, columns): (&Names<'_>, &NameColumns),
) {
    let shape = grid.shape(reader);
    let status = shape.and_then(Shape::status).or_else(|| grid.status_column(reader.terms));
    reader.rollup(grid, status, names, columns);
    if let Some(shape) = shape {
        read_left(reader, place, (grid, shape), (names, columns));
    }
}

/// Adds those rows of a summary as items that are gates or phases, are left by their state and name no heading with items:
/// `C | FAIL` beside the gates A and B, which have headings. Other rows may sum up what is called otherwise, unless they are
/// half of them, and those that count tell of many items: they are only told.
fn read_left(
    reader: &mut Reader<'_>,
    place: Place,
    (grid, shape): (&Grid<'_>, &Shape),
    (names, columns): (&Names<'_>, &NameColumns),
) {
    let Shape::Status { column, .. } = *shape else { return };
    let is_count = sums::is_counted(reader.terms, grid) || sums::counts_parts(reader, place.node, grid);
    if is_count || definitions::counts_levels(reader.terms, grid) {
        return;
    }
    let own = reader.outline.section_at(reader.tree.node(place.node).span.start);
    let is_left = |row: &Row<'_>| said_at(reader, grid, row, column).state().is_left();
    let is_summed = |row: &Row<'_>| reader.summed_section(names, columns, row, own).is_some();
    let others: Vec<bool> = grid.rows.iter().map(|row| !is_summed(row)).collect();
    let is_half = others.iter().filter(|&&other| other).count() * 2 >= others.len();
    let is_item = |row: &Row<'_>| (is_half || columns.is_gate(reader.terms, row)) && is_left(row);
    let unsummed: Vec<bool> = grid.rows.iter().zip(others).map(|(row, other)| other && is_item(row)).collect();
    if unsummed.contains(&true) {
        let first = reader.drafts.len();
        rows::read_some(reader, place, (grid, shape), |index| unsummed[index]);
        reader.drafts[first..].iter_mut().for_each(|draft| columns.name_in_full(&mut draft.item.text));
    }
}
