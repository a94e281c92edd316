//! What a document says of itself before its text.

use crate::source::Span;
use jiff::civil::Date;

/// Front matter; every key is optional. Configuration sets the same keys for a folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// Where it stands, fences included; `None` without front matter.
    pub span: Option<Span>,
    /// Title of the document.
    pub title: Option<String>,
    /// Id of the document as an item.
    pub id: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// Owners of items that name none.
    pub owners: Vec<String>,
    /// Priority of items that name none, as written.
    pub priority: Option<String>,
    /// Status of the document as an item, as written.
    pub status: Option<String>,
    /// When it is due.
    pub due: Option<Date>,
    /// When it was last reviewed.
    pub reviewed: Option<Date>,
    /// How long a review holds.
    pub review_every: Option<Interval>,
    /// Tags.
    pub tags: Vec<String>,
    /// Reading order among its neighbours, small first.
    pub weight: Option<i32>,
    /// Not to be published yet.
    pub draft: bool,
    /// Last segment of its address.
    pub slug: Option<String>,
    /// Former addresses.
    pub aliases: Vec<String>,
    /// A checklist that is run once per release; out of the sums.
    pub template: bool,
    /// The template that this is a run of, as a path.
    pub run_of: Option<String>,
    /// The release that this is a run for.
    pub release: Option<String>,
    /// Who may sign it off.
    pub approvers: Vec<String>,
    /// Waivers that it asks for.
    pub waivers: Vec<WaiverRequest>,
    /// `false`: read as prose.
    pub checklist: Option<bool>,
    /// Free values for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A span of time in days, as `review_every` gives it (`90d`, `12w`, `6m`, `1y`, or "quarterly" and the like).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Days.
    pub days: u32,
}

/// A waiver that a document or the configuration asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WaiverRequest {
    /// The item: its id, or its address `document#anchor`.
    pub item: String,
    /// Why.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The last day on which it holds, in UTC.
    pub expires: Option<Date>,
    /// Where the request stands in its file.
    pub span: Option<Span>,
}

impl FrontMatter {
    /// Whether a status or an id makes the document an item.
    #[must_use]
    pub fn names_an_item(&self) -> bool {
        self.id.is_some() || self.status.is_some()
    }
}
