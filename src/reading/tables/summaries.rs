//! Tables that sum up sections: half of their rows name headings with items, or they count what these hold.

use super::columns::{Grid, Row};
use super::name_columns::NameColumns;
use super::summed::Names;
use super::sums;
use crate::markdown::NodeId;
use crate::reading::Reader;
use std::cmp::Ordering;

/// Whether a table of counts sums up sections, rather than telling the states of things and what else is counted of them.
pub(super) fn sums_sections(
    reader: &Reader<'_>,
    node: NodeId,
    grid: &Grid<'_>,
    (names, columns): (&Names<'_>, &NameColumns),
) -> bool {
    let status = grid.status_column(reader.terms);
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    !status.is_some_and(|column| grid.is_known(reader.terms, column))
        || grid.headers.iter().any(|header| reader.terms.words.tables.totals.contains(header))
        || grid.rows.iter().any(|row| reader.summed_section(names, columns, row, own).is_some())
}

/// At least half of the rows name headings (that hold items of their own): a summary. Where it is just half and others are
/// left to do, the rows may not plainly be tasks, nor may one say more than the heading: `Ramp sags`. A summary that counts
/// each kind or part of the whole is one, whatever it names.
pub(super) fn is_rollup(
    reader: &Reader<'_>,
    node: NodeId,
    grid: &Grid<'_>,
    columns: &NameColumns,
    named: impl Fn(&Row<'_>, Option<u32>) -> Option<u32>,
) -> bool {
    if sums::counts_parts(reader, node, grid) {
        return true;
    }
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    // Most tables sum up nothing, and half of their rows tell.
    let unnamed = grid.rows.iter().filter(|row| named(row, own).is_none());
    let unnamed: Vec<&Row<'_>> = unnamed.take(grid.rows.len() / 2 + 1).collect();
    match (unnamed.len() * 2).cmp(&grid.rows.len()) {
        Ordering::Less => true,
        Ordering::Equal => {
            let is_left = || unnamed.iter().any(|row| columns.is_left(reader.terms, row));
            let says_more = |row: &Row<'_>| {
                let title = named(row, own).map(|index| reader.outline.section(index).phrase.as_str());
                title.is_some_and(|title| columns.says_more(row, title))
            };
            let is_loose = || grid.is_of_tasks(reader.terms) || grid.rows.iter().any(says_more);
            !(unnamed.is_empty() || is_left() && is_loose())
        }
        Ordering::Greater => false,
    }
}

impl Reader<'_> {
    /// The section with items of its own that a row names, other than the one that the row stands in.
    pub(in crate::reading) fn summed_section(
        &self,
        names: &Names<'_>,
        columns: &NameColumns,
        row: &Row<'_>,
        own: Option<u32>,
    ) -> Option<u32> {
        names.named(row, columns, |index| Some(index) != own && self.section_items(index) > 0)
    }
}
