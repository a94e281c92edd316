//! Boxes that are drawn rather than written: `☐`, `☑`.

use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Drawn boxes.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Boxes {
    empty: HashSet<char>,
    ticked: HashSet<char>,
}

impl Boxes {
    /// Whether a character is drawn as a box.
    pub(in crate::reading) fn is_one(&self, sign: char) -> bool {
        self.is_empty(sign) || !sign.is_ascii() && self.ticked.contains(&sign)
    }

    /// Whether a character is drawn as a box without a mark in it.
    pub(in crate::reading) fn is_empty(&self, sign: char) -> bool {
        !sign.is_ascii() && self.empty.contains(&sign)
    }
}
