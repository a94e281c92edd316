//! Boxes that are drawn rather than written: `☐`, `☑`.

use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Drawn boxes.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Boxes {
    empty: HashSet<char>,
    ticked: HashSet<char>,
    dots: HashSet<char>,
    rings: HashSet<char>,
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

    /// Whether a cell is a mark of what holds and nothing else.
    pub(in crate::reading) fn is_dot(&self, cell: &str) -> bool {
        super::single(cell).is_some_and(|sign| self.dots.contains(&sign))
    }

    /// Whether a cell is a mark of what holds, holds in part or holds not.
    pub(in crate::reading) fn is_graded(&self, cell: &str) -> bool {
        self.is_dot(cell) || super::single(cell).is_some_and(|sign| self.rings.contains(&sign))
    }
}
