//! One file a page kind: its view struct and how it is filled from the site; the printer; the one place that spells a
//! URL.

pub mod export;
pub mod url;

use crate::finding::Finding;
use crate::site::Document;
use serde::Serialize;

/// Whatever fills templates: a template's name and a view to the bytes of a page.
pub trait Templates: Sync {
    /// Fills a template.
    ///
    /// # Errors
    /// The fault of the template, with its place.
    fn fill<V: Serialize>(&self, template: &str, view: &V) -> Result<Vec<u8>, Box<Finding>>;
}

/// Address of a document's page, relative to the site.
#[must_use]
pub fn document_url(document: &Document) -> String {
    let path = document.source.path.as_str();
    format!("{}/", path.rsplit_once('.').map_or(path, |(stem, _)| stem))
}
