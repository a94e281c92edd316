//! What items have from elsewhere: priorities, owners and due dates of their group, their headings, the document, its front matter.

mod behind;
mod near;
mod untaken;

use super::draft::Draft;
use super::outline::Part;
use super::priority::Priority;
use super::{Reader, limits, page_item, priority};
use crate::model::{Item, ItemKind, Level};
use behind::Around;
use near::Lines;

/// What stands for the whole document and for each of its sections.
struct Gifts {
    /// What the document and its front matter give.
    level: Option<Priority>,
    owners: Vec<String>,
    /// The level that the heading of each section names.
    levels: Vec<Option<Priority>>,
    /// What lines and bullets tell.
    lines: Lines,
}

impl Gifts {
    /// What stands behind an item, or behind the list or item that it is in, and tells of it alone.
    fn behind(&self, item: &Item) -> Option<&Around> {
        let after = self.lines.behind.partition_point(|(span, _)| span.start <= item.span.start);
        let (span, around) = self.lines.behind.get(after.checked_sub(1)?)?;
        span.holds(item.span).then_some(around)
    }
}

impl Reader<'_> {
    /// Gives items the priorities, owners and due dates that they have from their group, their headings and the document.
    pub(super) fn inherit(&mut self, drafts: &mut [Draft]) {
        let mut gifts = self.gifts();
        for (start, owners) in gifts.lines.owners.iter_mut().flatten() {
            self.limit_line(owners, *start);
        }
        for (span, around) in &mut gifts.lines.behind {
            around.owners.iter_mut().for_each(|owners| self.limit_line(owners, span.start));
        }
        // Where there are sections, they are owners of a line in one of them, and told already.
        if gifts.lines.owners.is_empty() {
            self.limit_line(&mut gifts.owners, self.list.body);
        } else {
            let _told = limits::few(&mut gifts.owners);
        }
        let is_urgent = gifts.lines.told.iter().any(|(.., told)| told.level == Level(0));
        let mut lacking = Vec::new();
        for index in 0..drafts.len() {
            // A group stands before what is in it, so it is behind the split and has inherited already.
            let (before, rest) = drafts.split_at_mut(index);
            let Draft { item, has_owner_column, unread_due, .. } = &mut rest[0];
            let parent = item.parent.and_then(|parent| before.get(parent as usize)).map(|parent| &parent.item);
            let (group, page) = match parent {
                Some(parent) if parent.kind == ItemKind::Document => (None, Some(parent)),
                parent => (parent, None),
            };
            let behind = gifts.behind(item);
            if item.due.is_none() && unread_due.is_none() && item.kind != ItemKind::Document {
                let near = parent.map_or(self.list.front.due, |parent| parent.due);
                item.due = behind.and_then(|behind| behind.due).or(near);
            }
            if item.owners.is_empty() && !*has_owner_column {
                let from_group = group.map(|group| &group.owners).filter(|owners| !owners.is_empty());
                let from_group = behind.and_then(|behind| behind.owners.as_ref()).or(from_group);
                let from_lines = || self.owners_near(&gifts, item);
                let from_page = || page.map(|page| &page.owners).filter(|owners| !owners.is_empty());
                let owners = from_group.or_else(from_lines).or_else(from_page).unwrap_or(&gifts.owners);
                item.owners.clone_from(owners);
            }
            if item.level.is_none() {
                lacking.extend(item.section.filter(|_| is_urgent));
                let of_item = |item: &Item| item.level.map(|level| (level, item.level_text.clone()));
                let of_words = |priority: &Priority| (priority.level, Some(priority.text.clone()));
                let near = || self.level_near(&gifts, item.section, item.span.start).map(of_words);
                let from_behind = || behind.and_then(|behind| behind.level.as_ref()).map(of_words);
                let given = from_behind().or_else(|| group.and_then(of_item)).or_else(near);
                let given = given.or_else(|| page.and_then(of_item)).or_else(|| gifts.level.as_ref().map(of_words));
                if let Some((level, text)) = given {
                    (item.level, item.level_text) = (Some(level), text);
                }
            }
        }
        if is_urgent && !lacking.is_empty() {
            self.tell_untaken(&gifts.lines.told, drafts, &lacking);
        }
    }

    /// The levels that the items found so far have or will inherit, but for those from their groups.
    pub(super) fn levels_so_far(&self) -> Vec<Option<Level>> {
        let gifts = self.gifts();
        let given = |draft: &Draft| {
            let (item, start) = (&draft.item, draft.item.span.start);
            let near = || self.level_near(&gifts, self.outline.section_at(start), start);
            let from_behind = gifts.behind(item).and_then(|behind| behind.level.as_ref());
            let given = || from_behind.or_else(near).or(gifts.level.as_ref()).map(|priority| priority.level);
            item.level.or_else(given)
        };
        self.drafts.iter().map(given).collect()
    }

    fn gifts(&self) -> Gifts {
        let facts = page_item::preamble(self);
        let level = self.document_level(facts.priority);
        let owners = if facts.owners.is_empty() { self.list.front.owners.clone() } else { facts.owners };
        Gifts { owners, levels: self.levels(level.as_ref()), level, lines: self.lines() }
    }

    /// The level of the document: the one that stands below its title, or that its front matter names.
    fn document_level(&self, below_title: Option<Priority>) -> Option<Priority> {
        let named = || self.list.front.priority.as_deref().and_then(|text| priority::value(self.terms, text));
        below_title.or_else(named)
    }

    /// The level that the heading of each section names, in this document.
    pub(super) fn headed_levels(&self) -> Vec<Option<Priority>> {
        self.levels(self.document_level(page_item::preamble(self).priority).as_ref())
    }

    /// The level that the heading of each section names. The last words of one, `Incident response P1`, may be its name: they
    /// make nothing less urgent than what stands around it, or the document that is of the level `whole`.
    fn levels(&self, whole: Option<&Priority>) -> Vec<Option<Priority>> {
        let own = |(index, part): (u32, &Part)| {
            let title = self.outline.title(index);
            if self.outline.is_title(index) {
                return None;
            }
            let source = self.tree.source(self.outline.headings[part.heading as usize].span);
            let marked = || priority::marked(self.terms, title, source);
            priority::heading(self.terms, title, &part.phrase).or_else(marked)
        };
        let mut levels: Vec<Option<Priority>> = (0..).zip(&self.outline.sections).map(own).collect();
        for (index, part) in self.outline.sections.iter().enumerate() {
            let Some(level) = levels[index].as_ref().map(|found| found.level) else { continue };
            let around = self.outline.up_from(part.parent);
            let mut above = around.filter_map(|index| levels[index as usize].as_ref()).chain(whole);
            let is_within = above.any(|above| above.level < level);
            let title = self.outline.title(index as u32);
            let source = || self.tree.source(self.outline.headings[part.heading as usize].span);
            let is_name =
                || priority::names_last(self.terms, title) && priority::marked(self.terms, title, source()).is_none();
            if is_within && is_name() {
                levels[index] = None;
            }
        }
        levels
    }

    /// The level of the nearest heading, or of the last `Priority:` line above the item in a section nearer than that.
    fn level_near<'g>(&self, gifts: &'g Gifts, section: Option<u32>, at: u32) -> Option<&'g Priority> {
        self.outline.up_from(section).find_map(|index| {
            let lines = &gifts.lines.levels[index as usize];
            let above = lines.partition_point(|&(start, _)| start <= at);
            let line = above.checked_sub(1).map(|last| &lines[last].1);
            gifts.levels[index as usize].as_ref().or(line)
        })
    }

    /// The owners that the nearest line names: in the item's own section, else in those around it. The last line above
    /// the item is nearest, and the first below it where none is above.
    fn owners_near<'g>(&self, gifts: &'g Gifts, item: &Item) -> Option<&'g Vec<String>> {
        self.outline.up_from(item.section).find_map(|index| {
            let lines = &gifts.lines.owners[index as usize];
            let above = lines.partition_point(|&(start, _)| start <= item.span.start);
            lines.get(above.saturating_sub(1)).map(|(_, owners)| owners)
        })
    }
}
