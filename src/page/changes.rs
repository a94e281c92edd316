//! What changed on a day, as pages and the feed show it: by document, what matters most first.

use super::edition::Desk;
use super::shape::{LevelView, StateView};
use crate::model::Level;
use crate::site::{Change, ChangeKind, Day, DocumentId, Glance, ItemId};
use crate::source::RelPath;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// Kinds of changes in the order in which people ask for them.
pub(super) const KINDS: [ChangeKind; 7] = [
    ChangeKind::Reopened,
    ChangeKind::Closed,
    ChangeKind::Added,
    ChangeKind::Removed,
    ChangeKind::Restated,
    ChangeKind::Reprioritised,
    ChangeKind::Reworded,
];

/// The changes of a document on a day.
pub(super) struct Group<'a> {
    pub(super) path: &'a RelPath,
    /// The document, where it is still there.
    pub(super) document: Option<DocumentId>,
    pub(super) title: &'a str,
    pub(super) changes: Vec<&'a Change>,
}

/// The changes of a document on a day, for templates.
#[derive(Serialize)]
pub(super) struct GroupView<'a> {
    title: &'a str,
    /// Its page, where it still has one.
    href: Option<String>,
    path: &'a str,
    /// Who committed to it on that day.
    authors: &'a [String],
    changes: Vec<ChangeView<'a>>,
}

/// A change.
#[derive(Serialize)]
pub(super) struct ChangeView<'a> {
    kinds: Vec<KindView>,
    /// The name of the item on the site, and where it stands; `None` where it is gone.
    id: Option<String>,
    href: Option<String>,
    text: &'a str,
    /// What it said before, where that is another text.
    text_before: Option<&'a str>,
    state: StateView,
    state_before: Option<StateView>,
    level: Option<LevelView<'a>>,
    /// Its level before; `None` both where that is the same and where it had none.
    level_before: Option<LevelView<'a>>,
    level_changed: bool,
}

/// A kind of change: its name in classes, and its word.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct KindView {
    name: &'static str,
    word: &'static str,
}

impl From<ChangeKind> for KindView {
    fn from(kind: ChangeKind) -> Self {
        let (name, word) = match kind {
            ChangeKind::Added => ("added", "added"),
            ChangeKind::Closed => ("closed", "closed"),
            ChangeKind::Reopened => ("reopened", "reopened"),
            ChangeKind::Restated => ("restated", "state"),
            ChangeKind::Reworded => ("reworded", "reworded"),
            ChangeKind::Reprioritised => ("reprioritised", "reprioritised"),
            ChangeKind::Removed => ("removed", "removed"),
        };
        Self { name, word }
    }
}

impl KindView {
    pub(super) fn word(self) -> &'static str {
        self.word
    }
}

/// So many changes of a kind, in words: `3 closed`.
pub(super) fn counted(kind: ChangeKind, count: usize) -> String {
    let what = match kind {
        ChangeKind::Restated => "changed state",
        other => KindView::from(other).word,
    };
    format!("{count} {what}")
}

/// How many changes there are of each kind, each change under its most important one.
pub(super) fn counts<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Vec<(ChangeKind, usize)> {
    let mut counts: BTreeMap<ChangeKind, usize> = BTreeMap::new();
    for change in changes {
        *counts.entry(first_kind(change)).or_default() += 1;
    }
    KINDS.into_iter().filter_map(|kind| Some((kind, *counts.get(&kind)?))).collect()
}

fn first_kind(change: &Change) -> ChangeKind {
    change.kinds().first().copied().unwrap_or(ChangeKind::Restated)
}

/// The changes of a day by document: in reading order, those that are gone last.
pub(super) fn groups<'a>(desk: &Desk<'a>, day: &'a Day) -> Vec<Group<'a>> {
    let mut by_path: BTreeMap<&RelPath, Vec<&Change>> = BTreeMap::new();
    for change in &day.changes {
        by_path.entry(&change.item().document).or_default().push(change);
    }
    let group = |(path, mut changes): (&'a RelPath, Vec<&'a Change>)| {
        changes.sort_by_key(|change| {
            let kind = KINDS.iter().position(|kind| *kind == first_kind(change));
            (kind, change.item().level.map_or(u8::MAX, |Level(step)| step))
        });
        let document = desk.document_at(path);
        let told = changes.first().map_or("", |change| &change.item().title);
        let title = document.map_or(told, |id| &desk.site.document(id).checklist.title);
        Group { path, document, title, changes }
    };
    let mut groups: Vec<Group<'a>> = by_path.into_iter().map(group).collect();
    groups.sort_by_key(|group| group.document.map_or(u32::MAX, |id| desk.site.document(id).rank));
    groups
}

/// Finds items of the past on the pages of today. Remembers the anchors of the documents that it has looked at.
pub(super) struct Finder<'d, 'a> {
    pub(super) desk: &'d Desk<'a>,
    anchors: FxHashMap<DocumentId, FxHashMap<&'a str, u32>>,
}

impl<'d, 'a> Finder<'d, 'a> {
    pub(super) fn new(desk: &'d Desk<'a>) -> Self {
        Self { desk, anchors: FxHashMap::default() }
    }

    /// Where the item of a change is now; `None` where it is gone, be it that day or later.
    pub(super) fn find(&mut self, document: Option<DocumentId>, change: &Change) -> Option<ItemId> {
        let document = document.filter(|_| !matches!(change, Change::Removed(_)))?;
        let site = self.desk.site;
        let anchors = self.anchors.entry(document).or_insert_with(|| {
            let items = site.document(document).checklist.items.iter().zip(0..);
            items.map(|(item, index)| (item.anchor.as_str(), index)).collect()
        });
        let index = *anchors.get(change.item().anchor.as_str())?;
        Some(ItemId { document, index })
    }

    /// At most `most` changes of a group.
    pub(super) fn group(&mut self, group: &Group<'a>, day: &'a Day, most: usize) -> GroupView<'a> {
        let changes = group.changes.iter().take(most);
        GroupView {
            title: group.title,
            href: group.document.map(|id| self.desk.document_href(id)),
            path: group.path.as_str(),
            authors: day.authors.get(group.path).map_or(&[], Vec::as_slice),
            changes: changes.map(|change| self.change(group.document, change)).collect(),
        }
    }

    /// A change in a document.
    pub(super) fn change(&mut self, document: Option<DocumentId>, change: &'a Change) -> ChangeView<'a> {
        let item = change.item();
        let found = self.find(document, change);
        let before = match change {
            Change::Changed { before, .. } => Some(before),
            Change::Added(_) | Change::Removed(_) => None,
        };
        let other_level = before.filter(|before| before.level != item.level);
        ChangeView {
            kinds: change.kinds().into_iter().map(KindView::from).collect(),
            id: found.map(|id| self.desk.site.item_name(id)),
            href: found.map(|id| self.desk.item_href(id)),
            text: text(item),
            text_before: before.filter(|before| before.text != item.text).map(text),
            state: item.state.into(),
            state_before: before.filter(|before| before.state != item.state).map(|before| before.state.into()),
            level: self.level(item),
            level_before: other_level.and_then(|before| self.level(before)),
            level_changed: other_level.is_some(),
        }
    }

    /// The level of an item, if the ladder of today has it.
    fn level(&self, item: &Glance) -> Option<LevelView<'a>> {
        let level = item.level.filter(|level| usize::from(level.0) < self.desk.site.ladder.steps.len());
        level.map(|level| self.desk.level(level))
    }
}

/// What an item says.
pub(super) fn text(item: &Glance) -> &str {
    if item.text.is_empty() { "(no text)" } else { &item.text }
}
