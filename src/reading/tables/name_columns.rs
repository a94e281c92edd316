//! Which columns of a table name the sections that its rows may sum up, and what they say.

use super::columns::{Grid, Row, item_column};
use super::summed::singular;
use crate::markdown::{NodeId, Tree};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{capitalised, cut_parenthesis, normalise, without_number};
use crate::reading::status;
use crate::reading::vocabulary::Column;

/// The columns of a table that may name sections: that of the items, and those before it that hold ids, or whatever the
/// first holds when no column is headed by items.
pub(in crate::reading) struct NameColumns {
    /// The columns, in order.
    pub(super) names: Vec<usize>,
    /// The one that may hold the codes of sections, `G1`: beside a name of its own, `G1 | Load test`, a code is a number of
    /// the row.
    pub(super) coded: Option<usize>,
    /// Whether the rows have levels of their own: what they link to then tells more of them, and sums up nothing.
    pub(super) are_ranked: bool,
    /// The one that says what a row is called.
    title: usize,
    /// The one that tells the states of rows.
    status: Option<usize>,
    /// The headings that several rows link to: none of these rows sums up one alone.
    pub(super) shared: Vec<String>,
    /// What the header says over the letters or numbers that are all that gates or phases are called: `Gate` over `A`, `B`.
    lettered: Option<String>,
    /// That header, whatever stands below it.
    kind: Option<String>,
}

impl NameColumns {
    /// Those of a table.
    pub(super) fn of(terms: &Terms<'_>, tree: &Tree<'_>, grid: &Grid<'_>) -> Self {
        let status = grid.status_column(terms);
        let item = item_column(terms, grid, status.as_slice()).unwrap_or(0);
        let is_headed = grid.headed(terms, status.as_slice()).is_some();
        let is_id = |index: &usize| {
            grid.roles[*index] == Some(Column::Id)
                || !is_headed && *index == 0
                || grid.filled(*index).filter(|cell| super::is_tag_cell(cell)).count() * 2 > grid.filled(*index).count()
        };
        let is_telling = |index: usize| grid.column(index).any(|cell| !super::is_tag_cell(cell));
        let title = if !is_headed && is_telling(0) { 0 } else { item };
        let kind = grid.headers.get(item).filter(|header| terms.words.tables.lettered.contains(*header)).cloned();
        let lettered = kind.clone().filter(|_| are_counted(grid, item));
        let names: Vec<usize> = (0..item).filter(is_id).chain([item]).collect();
        let are_ranked = grid.with(Column::Priority).is_some();
        let coded = Some(item).filter(|_| names.len() == 1 && !are_ranked);
        let shared = if are_ranked { Vec::new() } else { shared(tree, grid, &names) };
        Self { names, coded, are_ranked, title, status, shared, lettered, kind }
    }

    /// What a row is called that has but a letter or number: `gate a`.
    pub(super) fn lettered_name(&self, row: &Row<'_>) -> Option<String> {
        let (kind, cell) = (self.lettered.as_ref()?, row.cells.get(*self.names.last()?)?);
        Some(format!("{kind} {}", cell.trim().to_lowercase())).filter(|_| !cell.trim().is_empty())
    }

    /// Whether a row is one of gates, phases or the like by its header: any gate, a `C`, a `Phase 3`.
    pub(super) fn is_gate(&self, terms: &Terms<'_>, row: &Row<'_>) -> bool {
        let Some(kind) = &self.kind else { return false };
        let is_named =
            || normalise(self.title(row)).strip_prefix(kind.as_str()).is_some_and(|rest| rest.starts_with(' '));
        self.lettered.is_some() || terms.words.tables.gates.contains(kind) || is_named()
    }

    /// Writes the name of a row that has but a letter as its heading would be: `C` as `Gate C`.
    pub(super) fn name_in_full(&self, text: &mut String) {
        // What has but a number may stand in full already.
        if text.contains(' ') {
            return;
        }
        let Some(kind) = &self.lettered else { return };
        *text = format!("{} {text}", capitalised(kind));
    }

    /// The cells that may name a section. No heading is as long as a cell of prose.
    pub(super) fn cells<'r>(&self, row: &'r Row<'_>) -> Vec<&'r str> {
        let cells = self.names.iter().filter_map(|&index| row.cells.get(index)).map(|cell| &**cell);
        cells.filter(|cell| cell.len() <= 160).collect()
    }

    /// What a row is called.
    pub(in crate::reading) fn title<'r>(&self, row: &'r Row<'_>) -> &'r str {
        row.cells.get(self.title).map_or("", |cell| cell.trim())
    }

    /// Whether a row is called as a section is and goes on, other than with a remark in parentheses.
    pub(super) fn says_more(&self, row: &Row<'_>, title: &str) -> bool {
        let (name, title) = (normalise(without_number(self.title(row))), singular(title));
        let name = singular(cut_parenthesis(&name).0);
        name.strip_prefix(&*title).is_some_and(|rest| rest.starts_with(' '))
    }

    /// Whether a row says of its state that something is left to do.
    pub(super) fn is_left(&self, terms: &Terms<'_>, row: &Row<'_>) -> bool {
        let cell = self.status.and_then(|index| row.cells.get(index));
        cell.and_then(|cell| status::said(terms, cell).known()).is_some_and(State::is_left)
    }
}

/// The text and the heading of a link that is all of one of some cells of a row.
pub(super) fn link<'t>(tree: &'t Tree<'_>, row: &Row<'_>, names: &[usize]) -> Option<(&'t str, &'t str)> {
    let target = |&node: &NodeId| {
        let cell = tree.source(tree.node(node).span).trim_matches(['|', ' ', '*']);
        cell.strip_prefix('[')?.strip_suffix(')')?.split_once("](#")
    };
    names.iter().filter_map(|&index| row.nodes.get(index)).find_map(target)
}

/// The headings that several rows link to.
fn shared(tree: &Tree<'_>, grid: &Grid<'_>, names: &[usize]) -> Vec<String> {
    let mut anchors: Vec<&str> = grid.rows.iter().filter_map(|row| Some(link(tree, row, names)?.1)).collect();
    anchors.sort_unstable();
    let pairs = anchors.windows(2).filter(|pair| pair[0] == pair[1]);
    pairs.map(|pair| pair[0].to_owned()).collect()
}

/// Whether a column holds nothing but single letters or numbers.
fn are_counted(grid: &Grid<'_>, index: usize) -> bool {
    let is_count = |cell: &str| match cell.trim().as_bytes() {
        [] => true,
        [letter] => letter.is_ascii_alphanumeric(),
        digits => digits.len() == 2 && digits.iter().all(u8::is_ascii_digit),
    };
    grid.column(index).all(is_count) && grid.filled(index).next().is_some()
}
