//! What every page is made from, and what it needs to link to others.

use super::host;
use super::plan::{Page, Plan};
use super::portfolio::Member;
use super::shape::{LevelView, LinkView, OwnerView, SourceView};
use super::url::{Address, element_id, fragment};
use crate::config::Config;
use crate::model::Level;
use crate::site::{Document, DocumentId, ItemId, Past, Site};
use crate::source::{RelPath, Span};
use crate::theme::Theme;
use jiff::civil::Date;
use std::borrow::Cow;
use std::sync::Arc;

/// A site with all that its pages are made from. Pages only read it.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The checklists.
    pub site: &'a Site,
    /// The configuration.
    pub config: &'a Config,
    /// Every address.
    pub plan: &'a Plan,
    /// The files of the theme.
    pub theme: &'a Theme,
    /// Where and for whom it is made.
    pub setting: &'a Setting,
}

/// Where and for whom pages are made.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// The commit that the documents are of.
    pub commit: Option<Commit>,
    /// The folder of the content, from the root of its repository; empty when it is the root.
    pub repository_folder: String,
    /// What the preview adds to a page; `None` for a build.
    pub preview: Option<Preview>,
    /// Whether code is highlighted.
    pub highlight: Highlighting,
    /// What became of the items over time.
    pub past: Arc<Past>,
    /// Other sites to tell of beside this one; none is no portfolio.
    pub portfolio: Vec<Member>,
}

/// Whether code is highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Highlighting {
    /// It is.
    #[default]
    On,
    /// It is not.
    Off,
}

/// A commit.
#[derive(Debug, Clone)]
pub struct Commit {
    /// Its id, as long as it is to be shown.
    pub id: String,
    /// When it was made.
    pub date: Option<Date>,
}

/// What the preview adds to a page.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Address of its script, from the root of the server.
    pub script: String,
    /// What a request to change something has to carry.
    pub token: String,
}

/// A page that is being made.
pub(super) struct Desk<'a> {
    pub(super) edition: &'a Edition<'a>,
    pub(super) site: &'a Site,
    pub(super) plan: &'a Plan,
    pub(super) page: &'a Page,
    pub(super) address: Address,
    /// The way to the root of the site.
    pub(super) root: Cow<'static, str>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(edition: &'a Edition<'a>, page: &'a Page) -> Self {
        let address = edition.plan.address(page);
        let root = match page {
            Page::NotFound => not_found_root(edition.config.base_url.as_deref()),
            // A feed is read away from the site.
            Page::Feed => edition.config.base_url.clone().map_or(Cow::Borrowed("./"), Cow::Owned),
            _ => address.root(),
        };
        Self { edition, site: edition.site, plan: edition.plan, page, address, root }
    }

    /// A link to a page.
    pub(super) fn href(&self, page: &Page) -> String {
        [&self.root, self.plan.href(page).as_ref()].concat()
    }

    /// A link to a document.
    pub(super) fn document_href(&self, id: DocumentId) -> String {
        [&self.root, self.plan.documents()[id.0 as usize].href().as_ref()].concat()
    }

    /// The document at a path.
    pub(super) fn document_at(&self, path: &RelPath) -> Option<DocumentId> {
        let index = self.site.documents.binary_search_by(|document| document.source.path.cmp(path)).ok()?;
        u32::try_from(index).ok().map(DocumentId)
    }

    /// A link to a document, with its title.
    pub(super) fn document_link(&self, id: DocumentId) -> LinkView {
        LinkView { label: self.site.document(id).checklist.title.clone(), href: self.document_href(id) }
    }

    /// A link to an item on the page of its document. The item that a whole document is, is its page.
    pub(super) fn item_href(&self, id: ItemId) -> String {
        let anchor = &self.site.item(id).anchor;
        let page = if self.is_here(id) { String::new() } else { self.document_href(id.document) };
        if anchor.is_empty() && !page.is_empty() { page } else { page + "#" + &fragment(&element_id(anchor)) }
    }

    /// Whether an item stands on this page, as that of its document.
    pub(super) fn is_here(&self, id: ItemId) -> bool {
        matches!(self.page, Page::Document(here) if *here == id.document)
    }

    pub(super) fn level(&self, level: Level) -> LevelView<'a> {
        let step = self.site.ladder.step(level);
        LevelView {
            key: &step.key,
            slug: self.plan.level_slug(Some(level)),
            label: &step.label,
            step: level.0,
            href: self.href(&Page::Level(Some(level), 1)),
        }
    }

    /// An owner; `None` for one of a document that does not count, who has no page.
    pub(super) fn owner(&self, name: &str) -> Option<OwnerView<'a>> {
        let (index, slug) = self.plan.owner(name)?;
        let name = &self.site.owners.get(index as usize)?.name;
        Some(OwnerView { name, slug, href: self.href(&Page::Owner(index, 1)) })
    }

    /// Where a part of a document stands.
    pub(super) fn source(&self, document: &'a Document, span: Span) -> SourceView<'a> {
        let line = document.source.line(span.start);
        let host = host::of(self.edition);
        SourceView {
            path: document.source.path.as_str(),
            line,
            href: host.as_ref().map(|host| host.line(&document.source.path, line)),
            edit: host.map(|host| host.edit(&document.source.path)),
        }
    }
}

/// How `404.html` finds the site: it is shown for addresses of any depth. Without `base_url` the depth is not known,
/// and it is made for the root.
fn not_found_root(base_url: Option<&str>) -> Cow<'static, str> {
    let path = base_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
    match path {
        Some((_, path)) => Cow::Owned(format!("/{path}")),
        None => Cow::Borrowed("./"),
    }
}
