//! Pages: one file a page kind, with its view and how it is filled from the site; and the one place that spells
//! addresses. A page is a pure function of the edition and what is asked for. Knows neither the template engine nor disk.

mod address;
mod badge;
mod body;
mod chrome;
mod claims;
mod document;
mod documents;
mod edition;
pub mod export;
mod findings;
mod highlight;
mod host;
mod item;
mod list;
mod lists;
mod markup;
mod overview;
mod owners;
mod pager;
mod plan;
mod priorities;
mod report;
mod row;
mod search;
mod shape;
mod twins;
pub mod url;

pub use edition::{Commit, Edition, Highlighting, Preview, Setting};
pub use plan::{Badge, Page, Plan};

use crate::finding::Finding;
use crate::site::Site;
use crate::theme::ASSETS;
use edition::Desk;
use serde::Serialize;

/// What is to be said about the addresses of documents and of the files beside them: which moved, and which fall on
/// one. By path.
#[must_use]
pub fn address_findings(site: &Site) -> Vec<Finding> {
    address::Addresses::of(site).findings
}

/// Whatever fills templates: a template's name and a view to the bytes of a page.
pub trait Templates: Sync {
    /// Fills a template.
    ///
    /// # Errors
    /// The fault of the template, with its place.
    fn fill<V: Serialize>(&self, template: &str, view: &V) -> Result<Vec<u8>, Box<Finding>>;
}

/// Makes one page.
///
/// # Errors
/// The fault of a template, with its place.
pub fn make<T: Templates>(edition: &Edition<'_>, templates: &T, page: &Page) -> Result<Vec<u8>, Box<Finding>> {
    let desk = Desk::new(edition, page);
    let press = Press { desk: &desk, templates };
    match page {
        Page::Overview => press.fill(overview::view(&desk)),
        Page::Documents(part) => press.fill(documents::view(&desk, *part)),
        Page::Document(id) => press.fill(document::view(&desk, *id)),
        Page::Owners => press.fill(owners::view(&desk)),
        Page::Priorities => press.fill(priorities::view(&desk)),
        Page::Owner(..) | Page::Unowned(_) | Page::Level(..) | Page::State(..) | Page::Items(_) => {
            press.fill(list::view(&desk))
        }
        Page::Findings(part) => press.fill(findings::view(&desk, *part)),
        Page::Report => press.fill(report::view(&desk)),
        Page::NotFound => press.fill(not_found()),
        Page::Badge(badge) => Ok(badge::picture(&desk, *badge)),
        Page::BadgeEndpoint(badge) => Ok(badge::endpoint(&desk, *badge)),
        Page::Sitemap => Ok(twins::sitemap(&desk)),
        Page::Robots => Ok(twins::robots(&desk)),
        Page::Search => Ok(search::script(&desk)),
        Page::Asset(name) => Ok(edition.theme.get(&format!("{ASSETS}{name}")).unwrap_or_default().to_vec()),
        Page::Readiness => Ok(readiness(edition)),
        Page::ItemsCsv => Ok(export::csv(edition.site).into_bytes()),
        Page::NoJekyll | Page::File(_) => Ok(Vec::new()),
    }
}

/// Fills the template of a page's kind.
struct Press<'p, T> {
    desk: &'p Desk<'p>,
    templates: &'p T,
}

impl<T: Templates> Press<'_, T> {
    fn fill<V: Serialize>(&self, (head, view): (chrome::Head, V)) -> Result<Vec<u8>, Box<Finding>> {
        let template = format!("{}.html", head.kind);
        self.templates.fill(&template, &self.desk.context(&head, view))
    }
}

/// The export, without indentation.
fn readiness(edition: &Edition<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(edition.site.tally.items() as usize * 800 + 4096);
    // Writing to memory does not fail.
    let _ = export::write_json(edition.site, &mut bytes);
    bytes
}

/// The page for addresses that are not there.
fn not_found() -> (chrome::Head, std::collections::BTreeMap<(), ()>) {
    let head = chrome::Head { kind: "404", title: "Page not found".to_owned(), ..chrome::Head::default() };
    (head, std::collections::BTreeMap::new())
}
