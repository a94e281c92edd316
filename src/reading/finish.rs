//! From drafts to items: order, groups, sections, anchors and sums.

use super::anchors::{Anchors, slug};
use super::draft::Draft;
use super::phrase::normalise;
use super::{Reader, evidence, headings};
use crate::finding::Code;
use crate::model::{Item, ItemKind, Section, State, Tally};
use rustc_hash::FxHashMap;

/// Bytes of a section's anchor that those of its items begin with.
const SECTION: usize = 200;

/// Each letter or digit of ASCII in lower case, and a hyphen for the rest.
const SLUG: [u8; 256] = {
    let mut table = [b'-'; 256];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

impl Reader<'_> {
    /// Puts everything in order and sums it.
    pub(super) fn finish(&mut self) {
        self.title();
        let mut drafts = std::mem::take(&mut self.drafts);
        drafts.sort_by_key(|draft| (draft.item.span.start, std::cmp::Reverse(draft.item.span.end)));
        adopt(&mut drafts);
        for draft in &mut drafts {
            draft.item.section = self.outline.section_at(draft.item.span.start);
            evidence::keep_what_shows(self.terms, &mut draft.item.evidence);
        }
        self.limit(&mut drafts);
        self.tell_unread_dates(&mut drafts);
        self.inherit(&mut drafts);
        self.tell_unread_levels(&drafts);
        self.anchor(&mut drafts);
        self.list.items = drafts.into_iter().map(|draft| draft.item).collect();
        // They take the room of the drafts, which is larger by half: most of the memory of a site are items.
        self.list.items.shrink_to_fit();
        self.list.links.shrink_to_fit();
        self.sum();
        self.compare_groups();
        headings::compare_boxes(self);
        self.compare_criteria();
        self.compare_claims();
        headings::compare_claimed(self);
        self.compare_rollups();
        self.assign_links();
        self.order();
        self.tell_stateless();
    }

    /// Tells of rows without a place for a state, and whether all of the checklist is so.
    fn tell_stateless(&mut self) {
        let has_mark = |item: &Item| !matches!(item.kind, ItemKind::Row);
        let is_silent = self.stateless && !self.state_tracked;
        self.list.state_tracked = !self.list.items.is_empty() && (!is_silent || self.list.items.iter().any(has_mark));
        let message = match self.list.state_tracked {
            true => "the rows of this table have no place for a state; they are all open",
            false => "nothing in this checklist has a place for a state; all its items are open",
        };
        let row = self.list.items.iter().find(|item| !has_mark(item)).filter(|_| is_silent);
        if let Some(span) = row.map(|row| row.span) {
            self.find(Code::NoStateTracked, span, message, "add a status column, or boxes");
        }
    }

    /// Puts what was found by dialect into document order.
    fn order(&mut self) {
        let list = &mut self.list;
        list.signoffs.sort_by_key(|signoff| signoff.span);
        list.statements.sort_by_key(|statement| statement.span);
        list.criteria.sort_by_key(|criterion| criterion.span);
        list.claims.sort_by_key(|claim| claim.span);
        list.rollups.sort_by_key(|rollup| rollup.span);
        list.gates.sort_by_key(|gate| gate.span);
    }

    fn title(&mut self) {
        let heading = self.outline.headings.iter().find(|heading| heading.level == 1).or(self.outline.headings.first());
        let title = self.list.front.title.clone().or_else(|| heading.map(|heading| heading.title.clone()));
        self.list.title =
            title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| self.source.path.stem().to_owned());
        let sections = self.outline.sections.iter();
        self.list.sections = sections
            .map(|part| Section { heading: part.heading, parent: part.parent, tally: Tally::default() })
            .collect();
    }

    /// Gives every item an anchor: its id, or `section--item`.
    fn anchor(&self, drafts: &mut [Draft]) {
        let mut anchors = Anchors::with_capacity(self.outline.headings.len() + drafts.len());
        self.outline.headings.iter().for_each(|heading| anchors.take(&heading.anchor));
        for draft in drafts {
            let item = &mut draft.item;
            let base = match (&item.reference, item.kind) {
                (_, ItemKind::Heading) => {
                    let section = item.section.map(|section| self.outline.section(section).heading as usize);
                    let heading = section.map(|heading| self.outline.headings[heading].anchor.clone());
                    item.anchor = heading.unwrap_or_default();
                    continue;
                }
                (Some(id), _) => slug(id),
                (None, _) => {
                    let section = item.section.map_or("", |section| {
                        &self.outline.headings[self.outline.section(section).heading as usize].anchor
                    });
                    let end = section.floor_char_boundary(SECTION);
                    item_anchor(&section[..end], &item.text)
                }
            };
            item.anchor = anchors.unique(base);
        }
    }

    /// Sums items into sections and the checklist.
    fn sum(&mut self) {
        for item in self.list.items.iter().filter(|item| !item.group) {
            let one = Tally::one(item.state);
            self.list.tally += one;
            if let Some(section) = item.section {
                self.list.sections[section as usize].tally += one;
            }
        }
        for index in (0..self.list.sections.len()).rev() {
            let Section { parent, tally, .. } = self.list.sections[index];
            if let Some(parent) = parent {
                self.list.sections[parent as usize].tally += tally;
            }
        }
    }

    /// A group's own box against its leaves.
    fn compare_groups(&mut self) {
        let mut tallies = vec![Tally::default(); self.list.items.len()];
        for index in (0..self.list.items.len()).rev() {
            let item = &self.list.items[index];
            let own = if item.group { tallies[index] } else { Tally::one(item.state) };
            tallies[index] = own;
            if let Some(parent) = item.parent {
                tallies[parent as usize] += own;
            }
        }
        let mut found = Vec::new();
        for (item, tally) in self.list.items.iter().zip(&tallies).filter(|(item, _)| item.group) {
            let place = item.mark.unwrap_or(item.span);
            let (left, scope) = (tally.left(), tally.scope());
            let help = "only the items below it count; make its box agree";
            let chooses = || self.terms.words.phrases.chooses(&normalise(&item.text));
            if item.state == State::Done && left > 0 && tally.count(State::Done) == 1 && chooses() {
                let message = format!("this is decided, and what was not chosen is open: {left} of {scope} items");
                found.push((place, message, "write what was not chosen without a box"));
            } else if item.state == State::Done && left > 0 {
                let message = format!("this group is ticked, and {left} of its {scope} items are not done");
                found.push((place, message, help));
            } else if item.state.is_left() && left == 0 && scope > 0 {
                found.push((place, format!("this group is not ticked, and all of its {scope} items are done"), help));
            }
        }
        for (place, message, help) in found {
            self.find(Code::GroupDisagrees, place, &message, help);
        }
    }

    /// Criteria that speak of a section by name, against its items: "Documentation complete ✅" over open boxes.
    fn compare_criteria(&mut self) {
        if self.list.criteria.is_empty() {
            return;
        }
        let left = self.sections_left();
        let mut found = Vec::new();
        for criterion in self.list.criteria.iter().filter(|criterion| criterion.state == State::Done) {
            let phrase = normalise(&criterion.text);
            let first = phrase.split(' ').find(|word| word.len() > 4 && *word != "heavy");
            let Some(section) = first.and_then(|word| left.get(word)) else { continue };
            let heading = &self.outline.headings[section.heading as usize].title;
            let (left, scope) = (section.tally.left(), section.tally.scope());
            let message =
                format!("this criterion is met, and {left} of {scope} items under \"{heading}\" are not done");
            found.push((criterion.span, message));
        }
        for (span, message) in found {
            self.find(
                Code::CriterionDisagrees,
                span,
                &message,
                "criteria are not counted; make them agree with the items",
            );
        }
    }

    /// The sections with items left, by the words of their titles; of those that share a word the first.
    fn sections_left(&self) -> FxHashMap<&str, &Section> {
        let mut left = FxHashMap::default();
        for (part, section) in self.outline.sections.iter().zip(&self.list.sections) {
            if section.tally.left() > 0 {
                for word in part.phrase.split([' ', ',', '/']) {
                    left.entry(word).or_insert(section);
                }
            }
        }
        left
    }

    /// Tells each link in which item it stands.
    fn assign_links(&mut self) {
        let items = &self.list.items;
        for link in &mut self.list.links {
            let after = items.partition_point(|item| item.span.start <= link.span.start);
            let mut index = after.checked_sub(1);
            // The nearest item before may end before the link, and its group still hold it.
            while let Some(at) = index {
                if items[at].span.holds(link.span) {
                    break;
                }
                index = items[at].parent.map(|parent| parent as usize);
            }
            link.item = index.and_then(|index| u32::try_from(index).ok());
        }
    }
}

/// `section--item`: letters and digits of the text, up to 60 characters, with hyphens between words.
fn item_anchor(section: &str, text: &str) -> String {
    let mut anchor = String::with_capacity(section.len() + 2 + text.len().min(64));
    anchor.push_str(section);
    anchor.push_str("--");
    if text.is_ascii() {
        anchor.push_str(ascii_slug(&mut [0; 60], text));
        return anchor;
    }
    let start = anchor.len();
    let mut apart = false;
    for letter in text.chars().take(60) {
        if letter.is_alphanumeric() {
            if std::mem::take(&mut apart) {
                anchor.push('-');
            }
            anchor.extend(letter.to_lowercase());
        } else {
            apart = anchor.len() > start;
        }
    }
    anchor
}

/// The part of an anchor that an item's text is, where that is ASCII, as nearly all are: worth a path without branches.
fn ascii_slug<'b>(slug: &'b mut [u8; 60], text: &str) -> &'b str {
    let (mut end, mut apart) = (0, 1);
    for &byte in &text.as_bytes()[..text.len().min(slug.len())] {
        let letter = SLUG[usize::from(byte)];
        slug[end] = letter;
        let is_apart = usize::from(letter == b'-');
        // Of several signs in a row, the first is written.
        end += 1 - (is_apart & apart);
        apart = is_apart;
    }
    let end = if end > 0 { end - apart } else { 0 };
    std::str::from_utf8(&slug[..end]).unwrap_or_default()
}

/// Finds every item's group in the sorted list, and hangs what has none on the document, where that is an item.
fn adopt(drafts: &mut [Draft]) {
    let starts: Vec<u32> = drafts.iter().map(|draft| draft.item.span.start).collect();
    let page = drafts.iter().position(|draft| draft.item.kind == ItemKind::Document);
    for index in 0..drafts.len() {
        let parent = match drafts[index].parent {
            Some(start) => starts.binary_search(&start).ok(),
            None => page.filter(|&page| page < index),
        };
        drafts[index].item.parent = parent.and_then(|parent| u32::try_from(parent).ok());
        if let Some(parent) = parent {
            drafts[parent].item.group = true;
        }
    }
}
