//! What columns of tables hold, by their headers.

use super::people::People;
use super::tables::Tables;
use rustc_hash::FxHashMap as HashMap;
use serde::Deserialize;

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::reading) enum Column {
    Item,
    Status,
    Priority,
    Owner,
    Id,
    Due,
    Evidence,
    Note,
    Category,
}

/// Headers, by what their columns hold: `[columns]` of `words.toml`.
#[derive(Deserialize)]
pub(super) struct Columns {
    item: Vec<String>,
    status: Vec<String>,
    priority: Vec<String>,
    owner: Vec<String>,
    id: Vec<String>,
    due: Vec<String>,
    evidence: Vec<String>,
    note: Vec<String>,
    category: Vec<String>,
}

impl Columns {
    /// What each header says, those among them that other lists single out for more: they stand there alone.
    pub(super) fn by_header(self, people: &People, tables: &Tables) -> HashMap<String, Column> {
        let own = [
            (Column::Category, self.category),
            (Column::Note, self.note),
            (Column::Evidence, self.evidence),
            (Column::Item, self.item),
            (Column::Due, self.due),
            (Column::Id, self.id),
            (Column::Owner, self.owner),
            (Column::Priority, self.priority),
            (Column::Status, self.status),
        ];
        let singled = [
            (Column::Item, &tables.tasks),
            (Column::Status, &tables.task_states),
            (Column::Status, &tables.plain_status),
            (Column::Owner, people.kinds()),
        ];
        let mut headers = super::invert(own);
        headers.extend(super::invert(singled.map(|(column, words)| (column, words.iter().cloned()))));
        headers
    }
}
