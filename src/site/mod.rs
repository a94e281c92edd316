//! All checklists together: cross-links, backlinks, tallies, owners, priorities, verdict and findings. Built once,
//! then only read.

mod assemble;

pub use assemble::assemble;

use crate::finding::Finding;
use crate::model::{Checklist, Item, Ladder, Level, Tally};
use crate::source::{RelPath, Source};

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
    /// What was found, by path and place.
    pub findings: Vec<Finding>,
}

/// One document with what the other documents say of it.
#[derive(Debug)]
pub struct Document {
    /// Its text.
    pub source: Source,
    /// What was read in it.
    pub checklist: Checklist,
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

/// Whether all is ready: one value for page, export, badge, terminal and exit code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// The answer.
    pub status: Status,
    /// Why it is not "ready", one for each rule that is not met.
    pub reasons: Vec<Reason>,
}

/// The answer of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Every rule is met.
    Ready,
    /// A rule is not met.
    NotReady,
    /// There is no rule to meet.
    #[default]
    NoGate,
    /// It cannot be judged: something could not be read, or a rule matches nothing.
    Unknown,
}

impl Status {
    /// The name in the export.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NotReady => "not_ready",
            Self::NoGate => "no_gate",
            Self::Unknown => "unknown",
        }
    }
}

/// A rule that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule as the configuration writes it.
    pub rule: String,
    /// What is missing, as a sentence for people.
    pub text: String,
    /// Items that stand in the way, most urgent first.
    pub items: Vec<ItemId>,
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
        let path = &self.document(id.document).source.path;
        let stem = path.as_str().strip_suffix(".md").unwrap_or(path.as_str());
        format!("{stem}#{}", self.item(id).anchor)
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
    /// Every leaf with its index: what is counted.
    pub fn leaves(&self) -> impl Iterator<Item = (u32, &Item)> {
        (0..).zip(&self.checklist.items).filter(|(_, item)| !item.group)
    }
}
