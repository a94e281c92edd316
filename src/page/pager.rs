//! The parts of a long list, with links between them.

use super::edition::Desk;
use super::lists::{PART, parts};
use super::plan::Page;
use serde::Serialize;

/// Links to the other parts; none where a list has one part.
#[derive(Serialize)]
pub(super) struct Pager {
    page: u32,
    pages: u32,
    from: usize,
    to: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
    /// The parts that are near, and the first and the last.
    all: Vec<PartLink>,
}

#[derive(Serialize)]
struct PartLink {
    label: String,
    href: String,
    current: bool,
}

impl Desk<'_> {
    /// The parts of a list of so many entries, on part `part` of it.
    pub(super) fn pager(&self, entries: usize, part: u32, page: impl Fn(u32) -> Page) -> Option<Pager> {
        self.pager_by((entries, PART), part, page)
    }

    /// The same where so many of the entries are on one page.
    pub(super) fn pager_by(
        &self,
        (entries, most): (usize, usize),
        part: u32,
        page: impl Fn(u32) -> Page,
    ) -> Option<Pager> {
        let pages = parts(entries, most);
        if pages == 1 {
            return None;
        }
        let link = |number: u32| self.href(&page(number));
        let from = (part.saturating_sub(1) as usize) * most;
        // Not all of them: with 400 parts, that would be 400 links on each.
        let near = |number: &u32| *number == 1 || *number == pages || number.abs_diff(part) <= 3;
        let all = (1..=pages).filter(near).map(|number| PartLink {
            label: number.to_string(),
            href: link(number),
            current: number == part,
        });
        Some(Pager {
            page: part,
            pages,
            from: from + 1,
            to: (from + most).min(entries),
            total: entries,
            previous: (part > 1).then(|| link(part - 1)),
            next: (part < pages).then(|| link(part + 1)),
            all: all.collect(),
        })
    }
}
