//! The story, in order: sources are read in parallel, put together into a site, and each page is made from it.

use crate::config::Config;
use crate::finding::Finding;
use crate::markdown;
use crate::reading::{self, Vocabulary};
use crate::site::{self, Setting, Site};
use crate::source::Source;
use rayon::prelude::*;

/// Reads every source and puts the checklists together. `findings` are those of earlier stages, such as documents
/// that could not be decoded.
#[must_use]
pub fn site(sources: Vec<Source>, setting: &Setting<'_>, findings: Vec<Finding>) -> Site {
    let vocabulary = vocabulary(setting.config);
    let read = sources
        .into_par_iter()
        .map(|source| {
            let front = site::settle(&source, markdown::front_matter(&source), setting.config, &vocabulary);
            let checked = reading::read(&source, front, &vocabulary);
            (source, checked)
        })
        .collect();
    site::assemble(read, setting, findings)
}

/// The built-in vocabulary with the words of the configuration.
fn vocabulary(config: &Config) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for (level, words) in &config.words.levels {
        words.iter().for_each(|word| vocabulary.add_level(word, *level));
    }
    for (state, words) in &config.words.states {
        words.iter().for_each(|word| vocabulary.add_state(word, *state));
    }
    vocabulary
}
