//! What is told of lists of plain entries, held apart until the headings above them were read: where one of them turns out
//! to be an item, or is told of itself, one finding is enough, and the entries below it are its details.

use super::Reader;
use crate::finding::{Code, Finding, Severity};
use crate::markdown::NodeId;
use rustc_hash::FxHashSet as HashSet;

/// A finding about a list.
pub(super) struct Held {
    /// The heading that the list stands right below.
    section: Option<u32>,
    finding: Finding,
}

impl Reader<'_> {
    /// Tells of a list that is left out although it is not done, unless the heading above it says so too.
    pub(super) fn hold(&mut self, list: NodeId, message: &str, help: &str) {
        let span = self.tree.node(list).span;
        let finding = Finding::new(Code::AmbiguousGlyphs, self.source.path.clone(), Some(span), message).help(help);
        let finding = Finding { severity: Severity::Warning, ..finding };
        self.held.push(Held { section: self.outline.section_at(span.start), finding });
    }

    /// The headings right below which something is held of a list.
    pub(super) fn held_sections(&self) -> impl Iterator<Item = u32> {
        self.held.iter().filter_map(|held| held.section)
    }

    /// How much was told so far, with what is held.
    pub(super) fn told(&self) -> usize {
        self.findings.len() + self.held.len()
    }

    /// Tells what is held, other than of lists right below headings that are told of.
    pub(super) fn release(&mut self, told: &HashSet<u32>) {
        let is_kept = |held: &Held| !held.section.is_some_and(|section| told.contains(&section));
        let kept = self.held.drain(..).filter(is_kept).map(|held| held.finding);
        self.findings.extend(kept);
    }
}
