//! All checklists together: cross-links, backlinks, tallies, owners, priorities, verdict and findings. Built once,
//! then only read.

mod address;
mod anchors;
mod assemble;
mod count;
mod detach;
mod files;
mod gate;
mod ids;
pub mod laws;
mod links;
mod merge;
mod nearest;
mod order;
mod owners;
mod policy;
mod review;
mod runs;
mod selection;
mod sheet;
mod signoffs;
mod verdict;
mod waivers;

pub use assemble::{Drafts, Setting, assemble, assemble_sheets};
pub use files::{Files, Repository, is_publishable};
pub use policy::settle;
pub use sheet::Sheet;
pub use signoffs::fingerprint;
pub use verdict::{Reason, ReasonKind, Status, Verdict};

use crate::finding::Finding;
use crate::model::{Checklist, Item, ItemKind, Ladder, Level, Tally};
use crate::source::{RelPath, Source};
use jiff::civil::Date;
use std::sync::Arc;

/// A document of the site, by index into [`Site::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// An item of the site: its document and its index in that document's [`Checklist::items`].
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

/// One document with what the other documents say of it.
#[derive(Debug)]
pub struct Document {
    /// Its text.
    pub source: Source,
    /// What was read in it, without the rows that stand for items of other documents.
    pub checklist: Arc<Checklist>,
    /// Sum by level: one for each step of the ladder, and last the items without priority.
    pub by_level: Vec<Tally>,
    /// Where its links lead, one for each of [`Checklist::links`].
    pub targets: Vec<Target>,
    /// Rows and bullets that refer to items of other documents.
    pub references: Vec<Reference>,
    /// Documents that link to this one, by path.
    pub backlinks: Vec<DocumentId>,
    /// Whether its items take part in the sums of the site (a template's, draft's or prose's do not).
    pub counted: bool,
    /// Why they do or do not.
    pub standing: Standing,
    /// The template that it is a run of.
    pub run_of: Option<DocumentId>,
    /// What its sign-offs are worth, one for each of [`Checklist::signoffs`].
    pub signatures: Vec<Signature>,
    /// When it was reviewed and has to be; `None` when nobody says how often.
    pub review: Option<Review>,
    /// The verdict by the rules that the configuration has for this document; [`Status::NoGate`] where it has none.
    pub verdict: Verdict,
    /// Its place in [`Site::reading_order`].
    pub rank: u32,
}

/// What a document is to the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// A checklist that counts.
    #[default]
    Counted,
    /// A checklist that is run once for each release; its runs count.
    Template,
    /// Not published yet; shown in a preview only.
    Draft,
    /// Read as prose: it has no items.
    Prose,
}

/// What a sign-off is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signature {
    /// Nobody signed.
    Blank,
    /// Signed by somebody who may.
    Signed,
    /// Signed, and the document was edited afterwards.
    Void,
    /// Signed by somebody who may not.
    Stranger,
}

/// When a document was reviewed and has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The last review, or the last update that the text names.
    pub last: Option<Date>,
    /// The last day on which that review holds; `None` when there was none.
    pub due: Option<Date>,
    /// Whether a review is overdue.
    pub stale: bool,
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

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another site, or a scheme that is not ours to judge.
    Foreign,
    /// A document, with the fragment as written (empty for none).
    Document(DocumentId, String),
    /// An item, by its id.
    Item(ItemId),
    /// A file beside the documents that is published with them.
    Asset(RelPath),
    /// A file of the repository outside the content, by its path from the repository's root.
    Repository(RelPath),
    /// Nothing: shown as marked text.
    Dead,
}

/// A row or bullet that stands for an item of another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The row as it was read; it is not counted.
    pub row: Item,
    /// The item that it stands for.
    pub item: ItemId,
}

/// Some items and their sum.
#[derive(Debug, Default)]
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

    /// The sum of the items that the rows and bullets of a document stand for: they belong to other documents.
    #[must_use]
    pub fn referenced(&self, id: DocumentId) -> Tally {
        let references = self.document(id).references.iter();
        let sum = |item: ItemId| match self.item(item) {
            group if group.group => detach::below(&self.document(item.document).checklist, item.index),
            leaf => Tally::one(leaf.state),
        };
        references.map(|reference| sum(reference.item)).sum()
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

impl Document {
    /// A document of which nothing is known but what was read in it.
    fn new(source: Source, checklist: Arc<Checklist>) -> Self {
        let standing = policy::standing(&checklist.front);
        Self {
            source,
            checklist,
            by_level: Vec::new(),
            targets: Vec::new(),
            references: Vec::new(),
            backlinks: Vec::new(),
            counted: standing == Standing::Counted,
            standing,
            run_of: None,
            signatures: Vec::new(),
            review: None,
            verdict: Verdict::default(),
            rank: 0,
        }
    }

    /// Its path without the ending of Markdown files.
    #[must_use]
    pub fn stem(&self) -> &str {
        let path = self.source.path.as_str();
        path.strip_suffix(".md").unwrap_or(path)
    }

    /// The item that the document is as a whole, by index into its items.
    #[must_use]
    pub fn page_item(&self) -> Option<u32> {
        let index = self.checklist.items.iter().position(|item| item.kind == ItemKind::Document)?;
        u32::try_from(index).ok()
    }

    /// Every leaf with its index: what is counted.
    pub fn leaves(&self) -> impl Iterator<Item = (u32, &Item)> {
        (0..).zip(&self.checklist.items).filter(|(_, item)| !item.group)
    }
}
