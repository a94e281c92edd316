//! Words around the names of levels: `[level_words]` of `words.toml` tells of each list.

use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Words around the names of levels.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct LevelWords {
    certain: HashSet<String>,
    things: HashSet<String>,
    before: HashSet<String>,
    speaking: HashSet<String>,
}

impl LevelWords {
    /// Whether a normalised part of what stands in brackets names a level and nothing else: `critical`.
    pub(in crate::reading) fn is_certain(&self, part: &str) -> bool {
        self.certain.contains(part)
    }

    /// Whether normalised words at the end of a heading name things by their level and by nothing else: `launch blocker`.
    pub(in crate::reading) fn names_things(&self, words: &str) -> bool {
        self.things.contains(words)
    }

    /// Whether a normalised word before a level leaves it what it is: `remaining`.
    pub(in crate::reading) fn leaves_level(&self, word: &str) -> bool {
        self.before.contains(word)
    }

    /// Whether a heading with a normalised word before a level, or before what is left, speaks of that or of what may come
    /// rather than standing over it: `handling`, `potential`.
    pub(in crate::reading) fn speaks(&self, word: &str) -> bool {
        self.speaking.contains(word)
    }
}
