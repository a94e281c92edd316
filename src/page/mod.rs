//! Pages.

pub mod url;
use crate::finding::Finding;
use serde::Serialize;

/// Whatever fills templates: a template's name and a view to the bytes of a page.
pub trait Templates: Sync {
    /// Fills a template.
    ///
    /// # Errors
    /// The fault of the template, with its place.
    fn fill<V: Serialize>(&self, template: &str, view: &V) -> Result<Vec<u8>, Box<Finding>>;
}
