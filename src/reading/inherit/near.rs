//! The lines and bullets of sections that tell of what is near them: `Owner: QA`, `- Priority: P0`.

use super::behind::{self, Around, Bullets, Turns};
use crate::markdown::{Block, NodeId};
use crate::reading::outline::Part;
use crate::reading::phrase::normalise;
use crate::reading::priority::Priority;
use crate::reading::signs::Signed;
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines, owner, priority};
use crate::source::Span;

/// The most bytes of a word for owners before handles.
const GIVEN: usize = 24;

/// The most bytes of a paragraph that says nothing but a level and who.
const ALONE: usize = 60;

/// The owners that a line of a section names, and the offset of the block that it stands in.
pub(super) type OwnerLine = (u32, Vec<String>);

/// The priority that one names.
pub(super) type LevelLine = (u32, Priority);

/// A level that is told, with its section and where it stands.
pub(super) type ToldLevel = (u32, Span, Priority);

/// What the lines and bullets of the sections tell.
#[derive(Default)]
pub(super) struct Lines {
    /// The owner lines of each section, in order.
    pub(super) owners: Vec<Vec<OwnerLine>>,
    /// The `Priority:` lines of each section, in order.
    pub(super) levels: Vec<Vec<LevelLine>>,
    /// What stands behind single items and lists and tells of them alone, in order.
    pub(super) behind: Vec<(Span, Around)>,
    /// All that names a level.
    pub(super) told: Vec<ToldLevel>,
}

impl Lines {
    /// Adds what is told in a section of all that is near.
    fn add(&mut self, section: u32, start: u32, around: Around) {
        let owners = around.owners.filter(|owners| !owners.is_empty());
        self.owners[section as usize].extend(owners.map(|found| (start, found)));
        self.levels[section as usize].extend(around.level.map(|found| (start, found)));
    }

    /// Notes where a level is told.
    fn note(&mut self, section: u32, span: Span, around: &Around) {
        self.told.extend(around.level.clone().map(|level| (section, span, level)));
    }

    /// Takes the paragraphs of a section that stand behind one list each for what tells of these alone.
    fn end(&mut self, turns: Turns) {
        let Some((section, pairs)) = turns.pairs() else { return };
        let is_other = |start: u32| pairs.binary_search_by_key(&start, |&(_, paragraph, _)| paragraph).is_err();
        self.owners[section as usize].retain(|&(start, _)| is_other(start));
        self.levels[section as usize].retain(|&(start, _)| is_other(start));
        self.behind.extend(pairs.into_iter().map(|(list, _, around)| (list, around)));
    }
}

impl Reader<'_> {
    /// The owners in the heading of each section, `## Salt (Owner: Depot)`, its `Owner:` lines and bullets, and its
    /// `Priority:` lines and bullets.
    pub(super) fn lines(&self) -> Lines {
        let titled = |(index, part): (u32, &Part)| self.in_title(index).map(|owners| (part.start, owners));
        let titled = (0..).zip(&self.outline.sections).map(|part| titled(part).into_iter().collect());
        let owners: Vec<Vec<OwnerLine>> = titled.collect();
        let levels = vec![Vec::new(); owners.len()];
        let mut said = Lines { owners, levels, ..Lines::default() };
        let mut turns = Turns::default();
        for place in &self.outline.places {
            if self.labelled.binary_search(&place.node).is_ok() {
                continue;
            }
            let node = self.tree.node(place.node);
            let Some(section) = self.outline.section_at(node.span.start) else {
                said.behind.extend(self.behind_boxes(place.node));
                continue;
            };
            turns.enter(section).into_iter().for_each(|before| said.end(before));
            match node.block {
                Block::Paragraph => {
                    let around = self.said_in(section, place.node);
                    said.note(section, node.span, &around);
                    said.add(section, node.span.start, around.clone());
                    turns.paragraph(node.span.start, around);
                }
                Block::List { .. } => {
                    if self.tree.has_box(place.node) {
                        turns.list(node.span);
                    }
                    self.said_by_bullets(place.node, section, &mut said);
                }
                _ => {}
            }
        }
        said.end(turns);
        said.behind.sort_by_key(|(span, _)| span.start);
        said
    }

    /// The owners that the heading of a section names.
    fn in_title(&self, index: u32) -> Option<Vec<String>> {
        let title = self.outline.title(index);
        let (owners, text) = owner::tag(self.terms, Signed::of(title));
        let said = title[text.len()..].trim_start();
        // A handle that nothing sets apart may be the name of a package.
        let is_apart = said.contains([':', '：']) || said.starts_with(['—', '–', '-']) && !said.contains('/');
        let bare = |owner: &String| owner.split(" (").next().unwrap_or_default().to_owned();
        // `(Owner: Cy, Status: open)` names one.
        let owners: Vec<String> = owners.iter().filter(|owner| !owner.contains([':', '：'])).map(bare).collect();
        (!owners.is_empty() && !text.is_empty() && is_apart).then_some(owners)
    }

    /// What bullets tell of the boxes before them in a list that no heading stands above.
    fn behind_boxes(&self, list: NodeId) -> Vec<(Span, Around)> {
        if !self.tree.has_box(list) || !lines::has_colon(self.tree, self.tree.node(list).span) {
            return Vec::new();
        }
        match behind::bullets(self.terms, self.tree, list) {
            Bullets::Behind(boxes) => boxes,
            _ => Vec::new(),
        }
    }

    /// What a paragraph says in lines of its own of what is around it.
    fn said_in(&self, section: u32, paragraph: NodeId) -> Around {
        let mut around = Around::default();
        if !lines::has_colon(self.tree, self.tree.node(paragraph).span) {
            around.owners = self.given_to(paragraph);
            around.level = self.level_alone(section, paragraph);
            return around;
        }
        for line in lines::of(self.tree, paragraph).filter(|line| lines::has_colon(self.tree, line.span())) {
            around.take(self.terms, lines::pairs_around(self.terms, &line.text(self.tree)));
        }
        around
    }

    /// Adds what a list says in bullets of its own of what is around it, or of the boxes before them.
    fn said_by_bullets(&self, list: NodeId, section: u32, said: &mut Lines) {
        let span = self.tree.node(list).span;
        if !lines::has_colon(self.tree, span) {
            return;
        }
        match behind::bullets(self.terms, self.tree, list) {
            Bullets::Once(around) => {
                said.note(section, span, &around);
                said.add(section, span.start, around);
            }
            Bullets::Behind(boxes) => {
                boxes.iter().for_each(|(span, around)| said.note(section, *span, around));
                said.behind.extend(boxes);
            }
            Bullets::Before(bullets) => bullets.into_iter().for_each(|(span, around)| {
                said.note(section, span, &around);
                said.add(section, span.start, around);
            }),
            Bullets::Unclear(bullets) => {
                bullets.iter().for_each(|(span, around)| said.note(section, *span, around));
                // The most urgent level is none too few for any of them.
                let levels = bullets.into_iter().filter_map(|(_, around)| around.level);
                let level = levels.min_by_key(|found| found.level);
                said.add(section, span.start, Around { level, ..Around::default() });
            }
        }
    }

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

    /// The level whose code is all that a short paragraph says beside handles and a word for levels: right below a heading,
    /// `(P0)`, `P0 @crew`, or behind that word, `**Priority** P0`. In bold, or without it, it is a label of the list below it.
    fn level_alone(&self, section: u32, paragraph: NodeId) -> Option<Priority> {
        let span = self.tree.node(paragraph).span;
        let source = self.tree.source(span);
        let heading = self.outline.headings[self.outline.section(section).heading as usize].span;
        let is_bold = || ["**", "__"].iter().any(|mark| source.starts_with(mark) && source.trim_end().ends_with(mark));
        let is_below = || {
            let between = Span { start: heading.end.min(span.start), end: span.start };
            self.tree.source(between).trim().is_empty()
        };
        let is_short = source.len() <= ALONE && priority::has_code(source) && !is_bold();
        let text = is_short.then(|| self.tree.plain(self.tree.pieces(paragraph)))?;
        let mut words = text.split_whitespace().filter(|word| !word.starts_with('@')).peekable();
        let is_key = |word: &&str| self.terms.words.tag(&normalise(word)) == Some(Tag::Priority);
        let has_key = words.next_if(is_key).is_some();
        let code = words.next().filter(|_| has_key || is_below())?;
        if words.next().is_none() { priority::code(self.terms, code) } else { None }
    }
}
