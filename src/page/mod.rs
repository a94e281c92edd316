//! One file a page kind: its view struct and how it is filled from the site; the printer; the one place that spells a
//! URL.

pub mod export;

use crate::site::Document;

/// Address of a document's page, relative to the site.
#[must_use]
pub fn document_url(document: &Document) -> String {
    let path = document.source.path.as_str();
    format!("{}/", path.rsplit_once('.').map_or(path, |(stem, _)| stem))
}
