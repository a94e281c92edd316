//! A document on its own: what a site is put together from. Sheets are shared between sites, so that a preview reads
//! again only what has changed.

use super::Shared;
use crate::finding::{Checked, Finding};
use crate::model::Checklist;
use crate::source::Source;

/// One document as it was read, before it is known what the others say of it.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its text.
    pub source: Source,
    /// What was read in it. Sites that change nothing in it share it.
    pub checklist: Shared,
    /// What was found while reading it.
    pub findings: Vec<Finding>,
}

impl Sheet {
    /// A document with what was read in it.
    #[must_use]
    pub fn new(source: Source, checked: Checked<Checklist>) -> Self {
        let checklist = Shared::new(checked.value);
        // Summed up while it is at hand: later it would have to be fetched from memory again.
        let _ = checklist.digest();
        Self { source, checklist, findings: checked.findings }
    }
}
