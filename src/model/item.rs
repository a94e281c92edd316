//! One thing that has to be ready.

use super::{Level, State};
use crate::source::Span;
use jiff::civil::Date;
use std::borrow::Cow;
use std::sync::Arc;

/// The shape in which an item stands in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A list item with a box.
    Task,
    /// A row of a checklist table.
    Row,
    /// A bullet with a status glyph or word.
    Bullet,
    /// A heading with a status, whose body is its section.
    Heading,
    /// A whole document with an id and a status.
    Document,
}

impl ItemKind {
    /// The name in the export.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Row => "row",
            Self::Bullet => "bullet",
            Self::Heading => "heading",
            Self::Document => "document",
        }
    }
}

/// One item of a checklist. Groups are items too, but are never counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The shape it has.
    pub kind: ItemKind,
    /// The whole item in its source: the list item, the row, the heading's line, the document's title.
    pub span: Span,
    /// The mark that tells its state: box, glyph, status cell or word. `None` where there is no place for one.
    pub mark: Option<Span>,
    /// Its text, without markup, mark and tags.
    pub text: String,
    /// Index of the group that it belongs to, within the same checklist.
    pub parent: Option<u32>,
    /// Whether other items are below it: then it is not counted.
    pub group: bool,
    /// Index into [`super::Checklist::sections`]; `None` above the first heading.
    pub section: Option<u32>,
    /// Anchor on its page, unique there: its id, or `section--item`.
    pub anchor: String,
    /// Its state. A group's is that of its own mark.
    pub state: State,
    /// The state as written; empty where nothing is.
    pub state_text: Cow<'static, str>,
    /// Its priority, own or inherited.
    pub level: Option<Level>,
    /// The priority as written; shared by all that have it from one heading.
    pub level_text: Option<Arc<str>>,
    /// Who owns it, own or inherited; empty is nobody.
    pub owners: Vec<String>,
    /// The cell of its row that names owners, in whatever way: by name, or by a letter that a legend explains.
    pub owner_cell: Option<Span>,
    /// Its id as written: `PR-001`.
    pub reference: Option<String>,
    /// When it is due.
    pub due: Option<Date>,
    /// Where its links lead, as written.
    pub links: Vec<String>,
    /// Evidence: links and files beside it.
    pub evidence: Vec<String>,
    /// What else its author wrote beside it.
    pub note: String,
}
