//! Pages: one file a page kind, with its view and how it is filled from the site; and the one place that spells
//! addresses. A page is a pure function of the edition and what is asked for. Knows neither the template engine nor disk.

mod address;
mod alias;
mod axis;
mod badge;
mod body;
mod burnup;
mod changes;
mod chrome;
mod claims;
mod document;
mod documents;
mod edition;
pub mod export;
mod feed;
mod findings;
mod highlight;
mod history;
mod host;
mod item;
mod lately;
mod list;
mod lists;
mod markup;
mod overview;
mod owners;
mod pager;
mod plan;
mod portfolio;
mod priorities;
mod report;
mod row;
mod search;
mod shape;
mod twins;
pub mod url;

pub use address::Addresses;
pub use edition::{Commit, Edition, Highlighting, Preview, Setting};
pub use export::NoMember;
pub use plan::{Badge, Page, Plan};
pub use portfolio::Member;

use crate::finding::Finding;
use crate::theme::ASSETS;
use edition::Desk;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};

/// Whatever fills templates.
pub trait Templates: Sync {
    /// What many pages show, ready to be filled in.
    type Shared: Send + Sync;

    /// Makes ready what many pages show.
    ///
    /// # Errors
    /// What cannot be shown.
    fn share<S: Serialize>(&self, shared: &S) -> Result<Self::Shared, Box<Finding>>;

    /// Fills a template with what many pages show and what this one does: its bytes.
    ///
    /// # Errors
    /// The fault of the template, with its place.
    fn fill<V: Serialize>(&self, template: &str, shared: &Self::Shared, own: &V) -> Result<Vec<u8>, Box<Finding>>;
}

/// What is at an address.
#[derive(Debug)]
pub enum Content<'a> {
    /// All its bytes.
    Bytes(Vec<u8>),
    /// What grows with the site, so that it is not held in memory.
    Stream(Stream<'a>),
}

/// A file that is written as it is made.
#[derive(Debug, Clone, Copy)]
pub struct Stream<'a> {
    edition: &'a Edition<'a>,
    form: Form,
}

/// What a stream writes.
#[derive(Debug, Clone, Copy)]
enum Form {
    Json,
    Csv,
}

impl Stream<'_> {
    /// Writes all of it, the same each time.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let Edition { site, plan, config, .. } = *self.edition;
        match self.form {
            Form::Json => export::write_json(site, plan.documents(), config.base_url.as_deref(), out),
            Form::Csv => export::write_csv(site, out),
        }
    }
}

impl Content<'_> {
    /// All bytes, in memory.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Stream(stream) => {
                let mut bytes = Vec::new();
                // Writing to memory does not fail.
                let _ = stream.write(&mut bytes);
                bytes
            }
        }
    }
}

/// Makes the pages of one edition.
pub struct Press<'a, T: Templates> {
    edition: &'a Edition<'a>,
    templates: &'a T,
    /// What pages share, by the way to the root.
    shared: RwLock<BTreeMap<String, Arc<T::Shared>>>,
}

impl<'a, T: Templates> Press<'a, T> {
    /// A press for an edition.
    #[must_use]
    pub fn new(edition: &'a Edition<'a>, templates: &'a T) -> Self {
        Self { edition, templates, shared: RwLock::default() }
    }

    /// Makes one page.
    ///
    /// # Errors
    /// The fault of a template, with its place.
    pub fn make(&self, page: &Page) -> Result<Content<'a>, Box<Finding>> {
        let edition = self.edition;
        match page {
            Page::Readiness => return Ok(Content::Stream(Stream { edition, form: Form::Json })),
            Page::ItemsCsv => return Ok(Content::Stream(Stream { edition, form: Form::Csv })),
            _ => {}
        }
        let desk = Desk::new(self.edition, page);
        let bytes = match page {
            Page::Overview => self.fill(&desk, overview::view(&desk))?,
            Page::Documents(part) => self.fill(&desk, documents::view(&desk, *part))?,
            Page::Document(id) => self.fill(&desk, document::view(&desk, *id))?,
            Page::Alias(number) => {
                let alias = &self.edition.plan.aliases()[*number as usize];
                self.fill(&desk, alias::view(&desk, alias))?
            }
            Page::Owners => self.fill(&desk, owners::view(&desk))?,
            Page::Priorities => self.fill(&desk, priorities::view(&desk))?,
            Page::Owner(..) | Page::Unowned(_) | Page::Level(..) | Page::State(_) | Page::Items(_) => {
                self.fill(&desk, list::view(&desk))?
            }
            Page::Findings(part) => self.fill(&desk, findings::view(&desk, *part))?,
            Page::History(part) => self.fill(&desk, history::view(&desk, *part))?,
            Page::Report => self.fill(&desk, report::view(&desk))?,
            Page::Portfolio => self.fill(&desk, portfolio::view(&desk))?,
            Page::NotFound => self.fill(&desk, not_found())?,
            Page::Badge(badge) => badge::picture(&desk, *badge),
            Page::BadgeEndpoint(badge) => badge::endpoint(&desk, *badge),
            Page::Sitemap => twins::sitemap(&desk),
            Page::Feed => feed::atom(&desk),
            Page::Robots => twins::robots(&desk),
            Page::Search => search::script(&desk),
            Page::Asset(name) => self.edition.theme.get(&format!("{ASSETS}{name}")).unwrap_or_default().to_vec(),
            Page::Readiness | Page::ItemsCsv | Page::NoJekyll | Page::File(_) => Vec::new(),
        };
        Ok(Content::Bytes(bytes))
    }

    /// Fills the template of a page's kind.
    fn fill<V: Serialize>(&self, desk: &Desk<'_>, (head, view): (chrome::Head, V)) -> Result<Vec<u8>, Box<Finding>> {
        let shared = self.shared(desk)?;
        self.templates.fill(&format!("{}.html", head.kind), &shared, &desk.own(&head, view))
    }

    /// What all pages show whose way to the root is the same, made once.
    fn shared(&self, desk: &Desk<'_>) -> Result<Arc<T::Shared>, Box<Finding>> {
        let known = self.shared.read().unwrap_or_else(PoisonError::into_inner).get(&*desk.root).cloned();
        if let Some(shared) = known {
            return Ok(shared);
        }
        let shared = Arc::new(self.templates.share(&desk.shared())?);
        let mut all = self.shared.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(desk.root.clone().into_owned(), Arc::clone(&shared));
        Ok(shared)
    }
}

/// The page for addresses that are not there.
fn not_found() -> (chrome::Head, BTreeMap<(), ()>) {
    let head = chrome::Head { kind: "404", title: "Page not found".to_owned(), ..chrome::Head::default() };
    (head, BTreeMap::new())
}
