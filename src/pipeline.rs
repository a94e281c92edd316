//! The story, in order: sources are read in parallel, put together into a site, and each page is made from it.

use crate::config::Config;
use crate::finding::Finding;
use crate::markdown;
use crate::reading::{self, Vocabulary};
use crate::site::{self, Setting, Sheet, Site};
use crate::source::Source;
use rayon::prelude::*;

/// Reads every source and puts the checklists together. `findings` are those of earlier stages, such as documents
/// that could not be decoded.
#[must_use]
pub fn site(sources: Vec<Source>, setting: &Setting<'_>, findings: Vec<Finding>) -> Site {
    let reader = Reader::new(setting.config);
    let sheets: Vec<Sheet> = sources.into_par_iter().map(|source| reader.read(source, setting.config)).collect();
    site::assemble_sheets(&sheets, setting, findings)
}

/// What documents are read with. A preview keeps it for as long as the configuration stays as it is.
#[derive(Debug, Clone)]
pub struct Reader {
    vocabulary: Vocabulary,
}

impl Reader {
    /// The built-in vocabulary with the words of the configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut vocabulary = Vocabulary::default();
        for (level, words) in &config.words.levels {
            words.iter().for_each(|word| vocabulary.add_level(word, *level));
        }
        for (state, words) in &config.words.states {
            words.iter().for_each(|word| vocabulary.add_state(word, *state));
        }
        Self { vocabulary }
    }

    /// Reads one document. `config` is the one that the reader was made for.
    #[must_use]
    pub fn read(&self, source: Source, config: &Config) -> Sheet {
        let front = site::settle(&source, markdown::front_matter(&source), config, &self.vocabulary);
        let checked = reading::read(&source, front, &self.vocabulary);
        Sheet::new(source, checked)
    }
}
