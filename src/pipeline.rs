//! The story, in order: sources are read in parallel, put together into a site, and each page is made from it.

use crate::config::Config;
use crate::finding::{Checked, Finding};
use crate::reading::{self, Vocabulary};
use crate::site::{self, Site};
use crate::source::Source;
use rayon::prelude::*;

/// Reads every source and puts the checklists together. `findings` are those of earlier stages, such as documents
/// that could not be decoded.
#[must_use]
pub fn site(sources: Vec<Source>, config: &Config, findings: Vec<Finding>) -> Site {
    let vocabulary = Vocabulary::default();
    let read = sources
        .into_par_iter()
        .map(|source| {
            let checked = reading::read(&source, Checked::default(), &vocabulary);
            (source, checked)
        })
        .collect();
    site::assemble(read, config, findings)
}
