//! One document of a site: its text, what was read in it, and what the others say of it.

use super::{DocumentId, ItemId, Shared, Verdict, policy};
use crate::model::{Item, Ladder, Tally};
use crate::source::{RelPath, Source};
use jiff::civil::Date;
use std::sync::Arc;

/// One document with what the other documents say of it.
#[derive(Debug)]
pub struct Document {
    /// Its text.
    pub source: Source,
    /// What was read in it, without the rows that stand for items of other documents.
    pub checklist: Shared,
    /// Where its links lead, one for each of [`crate::model::Checklist::links`].
    pub targets: Arc<Vec<Target>>,
    /// Rows and bullets that refer to items of other documents.
    pub references: Arc<Vec<Reference>>,
    /// Documents that link to this one, by path.
    pub backlinks: Vec<DocumentId>,
    /// Whether its items take part in the sums of the site (a template's, draft's or prose's do not).
    pub counted: bool,
    /// Why they do or do not.
    pub standing: Standing,
    /// The template that it is a run of.
    pub run_of: Option<DocumentId>,
    /// What its sign-offs are worth, one for each of [`crate::model::Checklist::signoffs`].
    pub signatures: Vec<Signature>,
    /// When it was reviewed and has to be; `None` when nobody says how often.
    pub review: Option<Review>,
    /// The verdict by the rules that the configuration has for this document; [`super::Status::NoGate`] where it has none.
    pub verdict: Verdict,
    /// Its place in [`super::Site::reading_order`].
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
    /// Whether a review is overdue, or its day still to come.
    pub stale: bool,
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

impl Document {
    /// A document of which nothing is known but what was read in it.
    pub(super) fn new(source: Source, checklist: Shared) -> Self {
        let standing = policy::standing(&checklist.front);
        Self {
            source,
            checklist,
            targets: Arc::default(),
            references: Arc::default(),
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

    /// Whether something that is left has its due date from the front matter, and that has passed.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        let due = self.checklist.front.due.filter(|&due| due < today);
        let is_left = |item: &Item| !item.group && item.state.is_left() && item.due == due;
        due.is_some() && self.checklist.items.iter().any(is_left)
    }

    /// Whether items of its own count: neither a template nor prose.
    #[must_use]
    pub fn is_checklist(&self) -> bool {
        self.counted && self.checklist.tally.items() > 0
    }

    /// The item that the document is as a whole, by index into its items.
    #[must_use]
    pub fn page_item(&self) -> Option<u32> {
        self.checklist.digest().page
    }

    /// Sum by level: one for each step of the ladder, and last the items without priority.
    #[must_use]
    pub fn by_level(&self, ladder: &Ladder) -> Vec<Tally> {
        let digest = self.checklist.digest();
        let used = digest.levels.iter().copied();
        let steps = used.chain(std::iter::repeat(Tally::default())).take(ladder.steps.len());
        steps.chain([digest.unranked]).collect()
    }

    /// Every leaf with its index: what is counted.
    pub fn leaves(&self) -> impl Iterator<Item = (u32, &Item)> {
        (0..).zip(&self.checklist.items).filter(|(_, item)| !item.group)
    }
}
