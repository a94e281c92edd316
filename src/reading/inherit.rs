//! What items have from elsewhere: priorities, owners and due dates of their group, their headings, the document, its front matter.

use super::draft::Draft;
use super::legend::Terms;
use super::metadata::Fact;
use super::outline::Part;
use super::phrase::{last_brackets, normalise};
use super::priority::Priority;
use super::signs::Signed;
use super::vocabulary::Tag;
use super::{Reader, limits, lines, metadata, owner, page_item, priority};
use crate::markdown::{Block, NodeId};
use crate::model::{Item, ItemKind};

/// The most bytes of a word for owners before handles.
const GIVEN: usize = 24;

/// The most bytes of a paragraph that says nothing but a level and who.
const ALONE: usize = 60;

/// The owners that a line of a section names, and the offset of the block that it stands in.
type OwnerLine = (u32, Vec<String>);
/// The priority that one names.
type LevelLine = (u32, Priority);

/// What stands for the whole document and for each of its sections.
struct Gifts {
    /// What the document and its front matter give.
    level: Option<Priority>,
    owners: Vec<String>,
    /// The level that the heading of each section names.
    levels: Vec<Option<Priority>>,
    /// The owner lines of each section, in order.
    lines: Vec<Vec<OwnerLine>>,
    /// The `Priority:` lines of each section, in order.
    level_lines: Vec<Vec<LevelLine>>,
}

impl Reader<'_> {
    /// Gives items the priorities, owners and due dates that they have from their group, their headings and the document.
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
            let Draft { item, has_owner_column, unread_due, .. } = &mut rest[0];
            let parent = item.parent.and_then(|parent| before.get(parent as usize)).map(|parent| &parent.item);
            let (group, page) = match parent {
                Some(parent) if parent.kind == ItemKind::Document => (None, Some(parent)),
                parent => (parent, None),
            };
            if item.due.is_none() && unread_due.is_none() && item.kind != ItemKind::Document {
                item.due = parent.map_or(self.list.front.due, |parent| parent.due);
            }
            if item.owners.is_empty() && !*has_owner_column {
                let from_group = group.map(|group| &group.owners).filter(|owners| !owners.is_empty());
                let from_lines = || self.owners_near(&gifts, item);
                let from_page = || page.map(|page| &page.owners).filter(|owners| !owners.is_empty());
                let owners = from_group.or_else(from_lines).or_else(from_page).unwrap_or(&gifts.owners);
                item.owners.clone_from(owners);
            }
            if item.level.is_none() {
                let of_item = |item: &Item| item.level.map(|level| (level, item.level_text.clone()));
                let of_words = |priority: &Priority| (priority.level, Some(priority.text.clone()));
                let near = || self.level_near(&gifts, item).map(of_words);
                let given = group.and_then(of_item).or_else(near);
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
        let (lines, level_lines) = self.lines();
        Gifts {
            level: facts.priority.or_else(from_front),
            owners: if facts.owners.is_empty() { front.owners.clone() } else { facts.owners },
            levels: self.levels(),
            lines,
            level_lines,
        }
    }

    fn levels(&self) -> Vec<Option<Priority>> {
        let own = |(index, part): (u32, &Part)| {
            let title = self.outline.title(index);
            if self.outline.is_title(index) {
                return None;
            }
            let source = || self.tree.source(self.outline.headings[part.heading as usize].span);
            let marked =
                || if priority::has_code(title) { priority::marked(self.terms, title, source()) } else { None };
            priority::heading(self.terms, title, &part.phrase).or_else(marked)
        };
        (0..).zip(&self.outline.sections).map(own).collect()
    }

    /// The level of the nearest heading, or of the last `Priority:` line above the item in a section nearer than that.
    fn level_near<'g>(&self, gifts: &'g Gifts, item: &Item) -> Option<&'g Priority> {
        let mut section = item.section;
        while let Some(index) = section {
            let lines = &gifts.level_lines[index as usize];
            let above = lines.partition_point(|&(start, _)| start <= item.span.start);
            let line = above.checked_sub(1).map(|last| &lines[last].1);
            if let Some(level) = gifts.levels[index as usize].as_ref().or(line) {
                return Some(level);
            }
            section = self.outline.section(index).parent;
        }
        None
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

    /// The owners in the heading of each section, `## Salt (Owner: Depot)`, its `Owner:` lines and bullets, and its
    /// `Priority:` lines and bullets.
    fn lines(&self) -> (Vec<Vec<OwnerLine>>, Vec<Vec<LevelLine>>) {
        let titled = (0..).zip(&self.outline.sections).map(|(index, part)| {
            let title = self.outline.title(index);
            let (owners, text) = owner::tag(self.terms, Signed::of(title));
            let said = title[text.len()..].trim_start();
            // A handle that nothing sets apart may be the name of a package.
            let is_apart = said.contains([':', '：']) || said.starts_with(['—', '–', '-']) && !said.contains('/');
            let named = !owners.is_empty() && !text.is_empty() && is_apart;
            let bare = |owner: &String| owner.split(" (").next().unwrap_or_default().to_owned();
            // `(Owner: Cy, Status: open)` names one.
            let owners: Vec<String> = owners.iter().filter(|owner| !owner.contains([':', '：'])).map(bare).collect();
            if named && !owners.is_empty() { vec![(part.start, owners)] } else { Vec::new() }
        });
        let mut owners: Vec<Vec<OwnerLine>> = titled.collect();
        let mut levels = vec![Vec::new(); owners.len()];
        for place in &self.outline.places {
            if self.labelled.binary_search(&place.node).is_ok() {
                continue;
            }
            let node = self.tree.node(place.node);
            let Some(section) = self.outline.section_at(node.span.start) else { continue };
            let said = self.said_around(place.node);
            owners[section as usize].extend(said.owners.map(|found| (node.span.start, found)));
            levels[section as usize].extend(said.level.map(|found| (node.span.start, found)));
        }
        (owners, levels)
    }

    /// What a paragraph or a list says in lines or bullets of its own of what is around it.
    fn said_around(&self, node: NodeId) -> Around {
        let mut around = Around::default();
        let span = self.tree.node(node).span;
        if !lines::has_colon(self.tree, span) {
            if self.tree.node(node).block == Block::Paragraph {
                around.owners = self.given_to(node);
                around.level = self.level_alone(node);
            }
            return around;
        }
        match self.tree.node(node).block {
            Block::Paragraph => {
                for line in lines::of(self.tree, node).filter(|line| lines::has_colon(self.tree, line.span())) {
                    around.take(self.terms, lines::pairs_around(self.terms, &line.text(self.tree)));
                }
            }
            Block::List { .. } => {
                let plain = |&item: &NodeId| self.tree.node(item).block == Block::Item(None);
                for item in self.tree.children(node).filter(plain) {
                    around.take(self.terms, lines::pairs_of_section(self.terms, &lines::lead(self.tree, item)));
                }
            }
            _ => {}
        }
        around
    }
}

impl Reader<'_> {
    /// The handles that a line names behind a word for owners, and nothing else: `Assigned to @crew`.
    fn given_to(&self, paragraph: NodeId) -> Option<Vec<String>> {
        let span = self.tree.node(paragraph).span;
        memchr::memchr(b'@', self.tree.source(span).as_bytes())?;
        lines::of(self.tree, paragraph).find_map(|line| {
            let text = line.text(self.tree);
            let (key, names) = text.split_at(text.find('@').filter(|&at| at <= GIVEN)?);
            let is_key = self.terms.words.tag(&normalise(key)) == Some(Tag::Owner);
            let names = names.trim_end_matches(['.', ' ']);
            let is_given = is_key && owner::handles_only(self.terms, names);
            is_given.then(|| owner::handled(self.terms, names)).filter(|owners| !owners.is_empty())
        })
    }
}

impl Reader<'_> {
    /// The level whose code is all that a short paragraph says, beside handles and a word for levels: `(P0)`,
    /// `P0 @crew`, `**Priority** P0`.
    fn level_alone(&self, paragraph: NodeId) -> Option<Priority> {
        let source = self.tree.source(self.tree.node(paragraph).span);
        let is_short = source.len() <= ALONE && priority::has_code(source);
        let text = is_short.then(|| self.tree.plain(self.tree.pieces(paragraph)))?;
        let mut words = text.split_whitespace().filter(|word| !word.starts_with('@')).peekable();
        let is_key = |word: &&str| self.terms.words.tag(&normalise(word)) == Some(Tag::Priority);
        let _key = words.next_if(is_key);
        let code = words.next()?;
        if words.next().is_none() { priority::code(self.terms, code) } else { None }
    }
}

/// The first owners and the first priority that lines name.
#[derive(Default)]
struct Around {
    owners: Option<Vec<String>>,
    level: Option<Priority>,
}

impl Around {
    fn take(&mut self, terms: &Terms<'_>, pairs: Vec<(Tag, &str)>) {
        for (tag, value) in pairs {
            match tag {
                Tag::Owner if self.owners.is_none() => {
                    let (value, noted) = behind_owner(terms, value);
                    self.level = self.level.take().or(noted);
                    self.owners = Some(owner::value(terms, value)).filter(|owners| !owners.is_empty());
                }
                Tag::Priority if self.level.is_none() => self.level = priority::stated(terms, value),
                _ => {}
            }
        }
    }
}

/// The names of an `Owner:` line, and the level in the parenthesis behind them: `Crew (Priority: P0)`.
fn behind_owner<'t>(terms: &Terms<'_>, value: &'t str) -> (&'t str, Option<Priority>) {
    let Some((before, inside)) = last_brackets(value.trim_end()) else { return (value, None) };
    let said = metadata::noted(terms, inside).into_iter();
    let level = said.filter_map(|fact| if let Fact::Level(level) = fact { Some(level) } else { None }).next();
    if level.is_some() { (before, level) } else { (value, None) }
}
