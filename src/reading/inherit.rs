//! What items have from elsewhere: priorities and owners of their group, their headings, the document, its front matter.

use super::draft::Draft;
use super::priority::Priority;
use super::vocabulary::Tag;
use super::{Reader, limits, lines, owner, page_item, priority};
use crate::markdown::{Block, NodeId};
use crate::model::{Item, ItemKind};

/// The owners that a line of a section names, and the offset of the block that it stands in.
type OwnerLine = (u32, Vec<String>);

/// What stands for the whole document and for each of its sections.
struct Gifts {
    /// What the document and its front matter give.
    level: Option<Priority>,
    owners: Vec<String>,
    /// The level of each section: that of its heading, else of the section around it.
    levels: Vec<Option<Priority>>,
    /// The owner lines of each section, in order.
    lines: Vec<Vec<OwnerLine>>,
}

impl Reader<'_> {
    /// Gives items the priorities and owners that they have from their group, their headings and the document.
    pub(super) fn inherit(&mut self, drafts: &mut [Draft]) {
        let mut gifts = self.gifts();
        for (start, owners) in gifts.lines.iter_mut().flatten() {
            self.limit_line(owners, *start);
        }
        // Where there are sections, they are owners of a line in one of them, and told already.
        if gifts.lines.is_empty() {
            self.limit_line(&mut gifts.owners, self.list.body);
        } else {
            let _told = limits::few(&mut gifts.owners);
        }
        for index in 0..drafts.len() {
            // A group stands before what is in it, so it is behind the split and has inherited already.
            let (before, rest) = drafts.split_at_mut(index);
            let item = &mut rest[0].item;
            let parent = item.parent.and_then(|parent| before.get(parent as usize)).map(|parent| &parent.item);
            let (group, page) = match parent {
                Some(parent) if parent.kind == ItemKind::Document => (None, Some(parent)),
                parent => (parent, None),
            };
            if item.owners.is_empty() {
                let from_group = group.map(|group| &group.owners).filter(|owners| !owners.is_empty());
                let from_lines = || self.owners_near(&gifts, item);
                let from_page = || page.map(|page| &page.owners).filter(|owners| !owners.is_empty());
                let owners = from_group.or_else(from_lines).or_else(from_page).unwrap_or(&gifts.owners);
                item.owners.clone_from(owners);
            }
            if item.level.is_none() {
                let of_item = |item: &Item| item.level.map(|level| (level, item.level_text.clone()));
                let of_words = |priority: &Priority| (priority.level, Some(priority.text.clone()));
                let section = item.section.and_then(|section| gifts.levels[section as usize].as_ref());
                let given = group.and_then(of_item).or_else(|| section.map(of_words));
                let given = given.or_else(|| page.and_then(of_item)).or_else(|| gifts.level.as_ref().map(of_words));
                if let Some((level, text)) = given {
                    (item.level, item.level_text) = (Some(level), text);
                }
            }
        }
    }

    fn gifts(&self) -> Gifts {
        let facts = page_item::preamble(self);
        let front = &self.list.front;
        let from_front = || front.priority.as_deref().and_then(|text| priority::value(self.terms, text));
        Gifts {
            level: facts.priority.or_else(from_front),
            owners: if facts.owners.is_empty() { front.owners.clone() } else { facts.owners },
            levels: self.levels(),
            lines: self.owner_lines(),
        }
    }

    fn levels(&self) -> Vec<Option<Priority>> {
        let mut levels: Vec<Option<Priority>> = Vec::with_capacity(self.outline.sections.len());
        for part in &self.outline.sections {
            let is_title = part.heading == 0 && self.outline.headings[0].level == 1;
            let heading = &self.outline.headings[part.heading as usize].title;
            let own = if is_title { None } else { priority::heading(self.terms, heading, &part.phrase) };
            let outer = || part.parent.and_then(|parent| levels[parent as usize].clone());
            levels.push(own.or_else(outer));
        }
        levels
    }

    /// The owners that the nearest line names: in the item's own section, else in those around it. The last line above
    /// the item is nearest, and the first below it where none is above.
    fn owners_near<'g>(&self, gifts: &'g Gifts, item: &Item) -> Option<&'g Vec<String>> {
        let mut section = item.section;
        while let Some(index) = section {
            let lines = &gifts.lines[index as usize];
            let above = lines.partition_point(|&(start, _)| start <= item.span.start);
            if let Some((_, owners)) = lines.get(above.saturating_sub(1)) {
                return Some(owners);
            }
            section = self.outline.section(index).parent;
        }
        None
    }

    /// The owners in the heading of each section, `## Salt (Owner: Depot)`, and its `Owner:` lines and bullets.
    fn owner_lines(&self) -> Vec<Vec<OwnerLine>> {
        let titled = (0..).zip(&self.outline.sections).map(|(index, part)| {
            let (owners, text) = owner::tag(self.terms, self.outline.title(index));
            let named = !owners.is_empty() && !text.is_empty();
            if named { vec![(part.start, owners)] } else { Vec::new() }
        });
        let mut owners: Vec<Vec<OwnerLine>> = titled.collect();
        for place in &self.outline.places {
            let node = self.tree.node(place.node);
            let Some(section) = self.outline.section_at(node.span.start) else { continue };
            if let Some(found) = self.owner_line(place.node) {
                owners[section as usize].push((node.span.start, found));
            }
        }
        owners
    }

    /// The owners that a paragraph or a list names in a line or bullet of its own.
    fn owner_line(&self, node: NodeId) -> Option<Vec<String>> {
        if !lines::has_colon(self.tree, self.tree.node(node).span) {
            return None;
        }
        let named = |text: &str| {
            let values = lines::pairs(self.terms, text).into_iter().filter(|(tag, _)| *tag == Tag::Owner);
            values.map(|(_, value)| owner::value(self.terms, value)).find(|owners| !owners.is_empty())
        };
        match self.tree.node(node).block {
            Block::Paragraph => {
                let mut keyed = lines::of(self.tree, node).filter(|line| lines::has_colon(self.tree, line.span()));
                keyed.find_map(|line| named(&line.text(self.tree)))
            }
            Block::List { .. } => {
                let plain = |&item: &NodeId| self.tree.node(item).block == Block::Item(None);
                self.tree.children(node).filter(plain).find_map(|item| named(&lines::lead(self.tree, item)))
            }
            _ => None,
        }
    }
}
