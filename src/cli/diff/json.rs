//! Changes for programs.

use super::{Comparison, Revision, told};
use crate::cli::draw::to_text;
use crate::model::State;
use crate::page::export::Summary;
use crate::site::{ChangeKind, ItemId, Site, glance};
use schemars::JsonSchema;
use serde::Serialize;

/// What `readybook diff --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Changes of readybook diff")]
struct Report {
    /// Version of this format.
    schema_version: u32,
    /// As it was.
    before: Side,
    /// As it is.
    after: Side,
    /// What has changed, in document order: items that count, without groups.
    changes: Vec<Entry>,
}

/// A site.
#[derive(Serialize, JsonSchema)]
struct Side {
    /// The revision as it was named; null for the files as they are.
    revision: Option<String>,
    /// Its commit; null for the files as they are.
    commit: Option<String>,
    /// `ready`, `not_ready`, `no_gate` or `unknown`.
    verdict: &'static str,
    /// Sum of all items.
    summary: Summary,
}

/// A change of an item.
#[derive(Serialize, JsonSchema)]
struct Entry {
    /// What has changed, most important first.
    kinds: Vec<Kind>,
    /// As it was; null for a new one.
    before: Option<Thing>,
    /// As it is; null for one that is gone.
    after: Option<Thing>,
}

/// What has changed.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// It is new.
    Added,
    /// It was left, and is not any more.
    Closed,
    /// It was not left, and is again.
    Reopened,
    /// It is in another state, and as far from done as before.
    Restated,
    /// It says something else.
    Reworded,
    /// It has another priority.
    Reprioritised,
    /// It is gone.
    Removed,
}

/// An item.
#[derive(Serialize, JsonSchema)]
struct Thing {
    /// Its document, by path below the content folder.
    document: String,
    /// Line in the file, from 1.
    line: u32,
    /// Its anchor in the page of the document.
    anchor: String,
    /// Its text; its id where it has no other.
    text: String,
    /// Its state.
    state: State,
    /// The key of its priority; null without one.
    priority: Option<String>,
}

/// The JSON Schema of what is printed.
pub(in crate::cli) fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}

/// Changes as JSON.
pub(super) fn text(comparison: &Comparison<'_>) -> String {
    let (before, after) = (comparison.before, comparison.after);
    let entries = comparison.steps.iter().filter_map(|step| {
        let change = told::change(comparison, *step)?;
        Some(Entry {
            kinds: change.kinds().into_iter().map(kind).collect(),
            before: step.before.map(|id| thing(before, id)),
            after: step.after.map(|id| thing(after, id)),
        })
    });
    to_text(&Report {
        schema_version: 1,
        before: side(before, Some(&comparison.from)),
        after: side(after, comparison.to.as_ref()),
        changes: entries.collect(),
    })
}

fn side(site: &Site, revision: Option<&Revision>) -> Side {
    Side {
        revision: revision.map(|revision| revision.name.clone()),
        commit: revision.map(|revision| revision.commit.clone()),
        verdict: site.verdict.status.name(),
        summary: site.tally.into(),
    }
}

fn thing(site: &Site, id: ItemId) -> Thing {
    let glance = glance(site, id);
    Thing {
        document: glance.document.to_string(),
        line: site.document(id.document).source.place(site.item(id).span.start).line,
        anchor: glance.anchor,
        text: glance.text,
        state: glance.state,
        priority: glance.level.map(|level| site.ladder.step(level).key.clone()),
    }
}

fn kind(kind: ChangeKind) -> Kind {
    match kind {
        ChangeKind::Added => Kind::Added,
        ChangeKind::Closed => Kind::Closed,
        ChangeKind::Reopened => Kind::Reopened,
        ChangeKind::Restated => Kind::Restated,
        ChangeKind::Reworded => Kind::Reworded,
        ChangeKind::Reprioritised => Kind::Reprioritised,
        ChangeKind::Removed => Kind::Removed,
    }
}
