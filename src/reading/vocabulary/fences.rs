//! Fences that hold no code: `[fences]` of `words.toml` tells of each list.

use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Names of fences.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Fences {
    tasks: HashSet<String>,
    texts: HashSet<String>,
}

impl Fences {
    /// Whether the host draws the boxes in a fence of this name: `[tasklist]`.
    pub(in crate::reading) fn are_tasks(&self, name: &str) -> bool {
        let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        inner.is_some_and(|name| self.tasks.contains(&*name.to_ascii_lowercase()))
    }

    /// Whether a fence of this name, or of none, holds text rather than code.
    pub(in crate::reading) fn are_text(&self, name: &str) -> bool {
        name.is_empty() || self.texts.contains(name)
    }
}
