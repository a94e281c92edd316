//! The headings of a document as they are on its page: ids, levels without gaps, sums.

use crate::markdown::{HeadingPlace, Html, Writer};
use crate::model::{Heading, Tally};
use crate::page::url::{element_id, fragment};
use crate::site::Document;
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// The headings of a page.
pub(in crate::page) struct Outline<'a> {
    entries: Vec<Entry<'a>>,
    anchors: FxHashSet<&'a str>,
    /// Whether the first heading is the title of the page, and so no part of the body.
    has_title: bool,
}

/// One heading.
pub(in crate::page) struct Entry<'a> {
    pub(in crate::page) heading: &'a Heading,
    /// Its id on the page.
    pub(in crate::page) id: Cow<'a, str>,
    /// How deep it is below the title, from 0.
    pub(in crate::page) depth: u8,
    /// The sum of what stands below it; `None` for one that holds no section.
    pub(in crate::page) tally: Option<Tally>,
}

impl<'a> Outline<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let checklist = &document.checklist;
        let is_title = |heading: &&Heading| heading.level == 1 && heading.title == checklist.title;
        let has_title = checklist.headings.first().filter(is_title).is_some();
        let mut tallies = vec![None; checklist.headings.len()];
        for section in &checklist.sections {
            if let Some(tally) = tallies.get_mut(section.heading as usize) {
                *tally = Some(section.tally);
            }
        }
        let mut around: Vec<u8> = Vec::new();
        let entry = |(index, (heading, tally)): (usize, (&'a Heading, Option<Tally>))| {
            while around.last().is_some_and(|&level| level >= heading.level) {
                around.pop();
            }
            let depth = u8::try_from(around.len()).unwrap_or(u8::MAX);
            if index > 0 || !has_title {
                around.push(heading.level);
            }
            Entry { heading, id: element_id(&heading.anchor), depth, tally }
        };
        Self {
            entries: checklist.headings.iter().zip(tallies).enumerate().map(entry).collect(),
            anchors: checklist.headings.iter().map(|heading| heading.anchor.as_str()).collect(),
            has_title,
        }
    }

    /// Offset of the heading that is the title of the page.
    pub(super) fn title_at(&self) -> Option<u32> {
        self.title().map(|entry| entry.heading.span.start)
    }

    /// The heading that is the title of the page.
    pub(in crate::page) fn title(&self) -> Option<&Entry<'a>> {
        self.entries.first().filter(|_| self.has_title)
    }

    /// The contents: an element of a list for each heading of the body, with its sum. As the body, they are no template's:
    /// they are the longest list that every document has.
    pub(in crate::page) fn print(&self) -> Html {
        let mut out = Writer::with_capacity(self.body().len() * 256);
        for entry in self.body().iter().filter(|entry| !entry.heading.title.is_empty()) {
            let tally = entry.tally.filter(|tally| tally.scope() > 0);
            let is_complete = tally.is_some_and(|tally| tally.left() == 0);
            out.raw("\n<li class=\"d").number(u32::from(entry.depth.min(3)));
            out.raw(if is_complete { " complete\"><a href=\"#" } else { "\"><a href=\"#" }).text(&fragment(&entry.id));
            out.raw("\"><span class=\"toc-label\">").text(&entry.heading.title).raw("</span>");
            if let Some(tally) = tally {
                out.raw(" <span class=\"toc-sum\">");
                out.raw(if is_complete { "<span class=\"mark s-done\" aria-hidden=\"true\"></span>" } else { "" });
                out.number(tally.done()).raw("<span aria-hidden=\"true\">/</span><span class=\"vh\"> of </span>");
                out.number(tally.scope()).raw("<span class=\"vh\"> done</span></span>");
            }
            out.raw("</a></li>");
        }
        out.finish()
    }

    /// The headings of the body.
    fn body(&self) -> &[Entry<'a>] {
        &self.entries[usize::from(self.has_title)..]
    }

    /// Whether a heading has this anchor.
    pub(super) fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors.contains(anchor)
    }

    pub(super) fn place(&self, at: u32) -> Option<HeadingPlace<'_>> {
        let entry = self.entry(at)?;
        Some(HeadingPlace { id: &entry.id, level: entry.depth.saturating_add(2).min(6) })
    }

    pub(super) fn sum(&self, at: u32) -> Option<Tally> {
        self.entry(at)?.tally
    }

    fn entry(&self, at: u32) -> Option<&Entry<'a>> {
        let index = self.entries.binary_search_by_key(&at, |entry| entry.heading.span.start).ok()?;
        self.entries.get(index)
    }
}
