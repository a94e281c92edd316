//! All checklists together: cross-links, backlinks, tallies, owners, priorities, verdict and findings. Built once,
//! then only read.

mod absorb;
mod address;
mod anchors;
mod assemble;
mod claims;
mod count;
mod detach;
mod diff;
mod document;
mod files;
mod gate;
mod group;
mod history;
mod ids;
mod kept;
pub mod laws;
mod linked;
mod links;
mod lots;
mod merge;
mod nearest;
mod order;
mod owners;
mod policy;
mod review;
mod runs;
mod selection;
mod shared;
mod sheet;
mod signoffs;
mod verdict;
mod waivers;

pub use assemble::{Drafts, Setting, assemble, assemble_again};
pub use count::sums;
pub use diff::{Effort, Step, changes, glance, steps};
pub use document::{Document, Reference, Review, Signature, Standing, Target};
pub use files::{Files, Repository, is_publishable};
pub use history::{Absence, Change, ChangeKind, Day, Glance, Past};
pub use kept::Kept;
pub use policy::settle;
pub use shared::{Digest, Leaf, OwnerSet, Shared};
pub use sheet::Sheet;
pub use signoffs::fingerprint;
pub use verdict::{Reason, ReasonKind, Status, Verdict};

use crate::finding::Finding;
use crate::model::{Item, ItemKind, Ladder, Level, Tally};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A document of the site, by index into [`Site::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// An item of the site: its document and its index among that document's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId {
    /// The document.
    pub document: DocumentId,
    /// Index into its items.
    pub index: u32,
}

/// Everything that pages, export, gate and terminal tell. They only read it.
#[derive(Debug)]
pub struct Site {
    /// Title of the site.
    pub title: String,
    /// The priority levels in use.
    pub ladder: Ladder,
    /// Documents, by path.
    pub documents: Vec<Document>,
    /// Documents in reading order: most urgent first, then weight, then path.
    pub reading_order: Vec<DocumentId>,
    /// Sum of all items.
    pub tally: Tally,
    /// Items by owner, by name.
    pub owners: Vec<OwnerGroup>,
    /// Items that nobody owns.
    pub unowned: Group,
    /// Items by level, most urgent first: one for each step of the ladder.
    pub levels: Vec<Group>,
    /// Items without priority.
    pub unranked: Group,
    /// Whether all is ready, and why not.
    pub verdict: Verdict,
    /// The waivers that hold.
    pub waivers: Vec<Waiver>,
    /// What was found, by path and place, as severe as the configuration says.
    pub findings: Vec<Finding>,
    /// The day on which this is so.
    pub today: Date,
    ids: ids::Ids<Box<str>>,
}

/// A waiver that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The item as the waiver names it.
    pub item: String,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, in UTC.
    pub expires: Date,
    /// The items that are waived by it; none when all were done anyway.
    pub items: Vec<ItemId>,
}

/// Some items and their sum.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The leaves, in document order.
    pub items: Vec<ItemId>,
    /// Their sum.
    pub tally: Tally,
}

/// The items of one owner. An item with two owners is in both groups.
#[derive(Debug)]
pub struct OwnerGroup {
    /// The name as shown.
    pub name: String,
    /// The name as a path segment, unique among owners.
    pub slug: String,
    /// The items.
    pub group: Group,
}

impl Site {
    /// The document of an id.
    ///
    /// # Panics
    /// When the id is of another site.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// The item of an id.
    ///
    /// # Panics
    /// When the id is of another site.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &Item {
        &self.document(id.document).checklist.items[id.index as usize]
    }

    /// The group that an item stands in; a document as an item is not one.
    ///
    /// # Panics
    /// When the id is of another site.
    #[must_use]
    pub fn group_of(&self, id: ItemId) -> Option<&Item> {
        let parent = self.item(id).parent?;
        let group = &self.document(id.document).checklist.items[parent as usize];
        (group.kind != ItemKind::Document).then_some(group)
    }

    /// The name of an item that is unique in the site and stable in exports and URLs: `path/of/document#anchor`.
    #[must_use]
    pub fn item_name(&self, id: ItemId) -> String {
        format!("{}#{}", self.document(id.document).stem(), self.item(id).anchor)
    }

    /// The item that a document means where it mentions an id with a letter prefix (`PR-004`): its own, else the one of
    /// the nearest folder around it. `None` where nobody has the id, or several items do that are as near.
    #[must_use]
    pub fn mentioned(&self, from: DocumentId, id: &str) -> Option<ItemId> {
        self.ids.nearest(id, from, &self.documents)
    }

    /// The documents before and after one in reading order.
    #[must_use]
    pub fn neighbours(&self, id: DocumentId) -> (Option<DocumentId>, Option<DocumentId>) {
        let rank = self.document(id).rank as usize;
        let before = rank.checked_sub(1).and_then(|rank| self.reading_order.get(rank));
        (before.copied(), self.reading_order.get(rank + 1).copied())
    }

    /// The sum of the items that the rows and bullets of a document stand for, each once: they belong to other documents.
    #[must_use]
    pub fn referenced(&self, id: DocumentId) -> Tally {
        let items: BTreeSet<ItemId> = self.document(id).references.iter().map(|reference| reference.item).collect();
        self.sums(items).into_iter().sum()
    }

    /// The sum of each of some items, in their order: of a group, of the leaves below it.
    #[must_use]
    pub fn sums(&self, items: impl IntoIterator<Item = ItemId>) -> Vec<Tally> {
        count::sums_among(items.into_iter(), |id| &self.document(id).checklist.items)
    }

    /// The items of a level, or those without.
    #[must_use]
    pub fn level(&self, level: Option<Level>) -> &Group {
        level.and_then(|level| self.levels.get(usize::from(level.0))).unwrap_or(&self.unranked)
    }

    /// Ids of all documents, by path.
    pub fn document_ids(&self) -> impl Iterator<Item = DocumentId> + use<> {
        (0..u32::try_from(self.documents.len()).unwrap_or(u32::MAX)).map(DocumentId)
    }
}
