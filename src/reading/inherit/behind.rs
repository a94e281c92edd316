//! Facts that stand behind what they tell of and do not belong to it by their indentation: bullets among boxes, `- Owner: QA`
//! below `- [ ] Mail`, and paragraphs between lists of boxes.

use crate::markdown::{Block, NodeId, Tree};
use crate::reading::legend::Terms;
use crate::reading::priority::{self, Priority};
use crate::reading::vocabulary::Tag;
use crate::reading::{date, lines, owner};
use crate::source::Span;
use jiff::civil::Date;

/// The first owners, the first priority and the first day that lines name. Owners may be nobody: `Owner: TBD`.
#[derive(Default, Clone)]
pub(super) struct Around {
    pub owners: Option<Vec<String>>,
    pub level: Option<Priority>,
    pub due: Option<Date>,
}

impl Around {
    /// Takes pairs of keys and values.
    pub(super) fn take(&mut self, terms: &Terms<'_>, pairs: Vec<(Tag, &str)>) {
        for (tag, value) in pairs {
            match tag {
                Tag::Owner if self.owners.as_ref().is_none_or(Vec::is_empty) => {
                    self.owners = Some(owner::value(terms, value));
                }
                Tag::Priority if self.level.is_none() => self.level = priority::stated(terms, value),
                Tag::Due if self.due.is_none() => self.due = date::find(value),
                _ => {}
            }
        }
    }

    /// The owners, unless they are nobody.
    pub(super) fn named(&self) -> Option<&Vec<String>> {
        self.owners.as_ref().filter(|owners| !owners.is_empty())
    }

    fn add(&mut self, other: Self) {
        let is_nobody = self.named().is_none();
        self.owners = if is_nobody { other.owners.or(self.owners.take()) } else { self.owners.take() };
        self.level = self.level.take().or(other.level);
        self.due = self.due.or(other.due);
    }

    fn is_empty(&self) -> bool {
        self.owners.is_none() && self.level.is_none() && self.due.is_none()
    }

    /// Whether both name an owner or both a level: they cannot tell of the same thing.
    fn rivals(&self, other: &Self) -> bool {
        self.owners.is_some() && other.owners.is_some() || self.level.is_some() && other.level.is_some()
    }
}

/// Whether two of several name an owner, or two a level: they tell of one thing each.
fn repeat_a_key<'a>(told: impl Iterator<Item = &'a Around> + Clone) -> bool {
    told.clone().filter(|around| around.owners.is_some()).nth(1).is_some()
        || told.filter(|around| around.level.is_some()).nth(1).is_some()
}

/// What bullets in a list tell.
pub(super) enum Bullets {
    /// Each key once: they tell of all that is around the list.
    Once(Around),
    /// A key several times, behind one box each: what they tell of.
    Behind(Vec<(Span, Around)>),
    /// A key several times, from before the first box on: where each begins.
    Before(Vec<(Span, Around)>),
    /// A key several times, and nobody knows of what: where each stands.
    Unclear(Vec<(Span, Around)>),
}

/// What the bullets without a box in a list tell.
pub(super) fn bullets(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> Bullets {
    let mut told: Vec<(Option<Span>, Span, Around)> = Vec::new();
    let (mut boxed, mut untold, mut are_turns) = (None, 0, true);
    for item in tree.children(list) {
        let span = tree.node(item).span;
        if tree.node(item).block != Block::Item(None) {
            boxed = Some(span);
            untold += 1;
            continue;
        }
        let mut around = Around::default();
        let lead = lines::lead(tree, item);
        around.take(terms, lines::pairs_of_section(terms, &lead));
        // Whose that is and when it is due is said of nothing else. The level stays: none too few is lost.
        if !around.is_empty() && lines::are_neighbours(tree, list) && lines::names_own_state(terms, &lead) {
            around = Around { level: around.level, ..Around::default() };
        }
        if !around.is_empty() {
            // Behind several boxes nobody knows of how many they tell.
            are_turns &= std::mem::take(&mut untold) < 2;
            told.push((boxed, span, around));
        }
    }
    if boxed.is_none() || !repeat_a_key(told.iter().map(|(.., around)| around)) {
        let mut all = Around::default();
        told.into_iter().for_each(|(.., around)| all.add(around));
        return Bullets::Once(all);
    }
    let is_begun = told.first().is_some_and(|(boxed, ..)| boxed.is_none());
    let each =
        |told: Vec<(Option<Span>, Span, Around)>| told.into_iter().map(|(_, span, around)| (span, around)).collect();
    if is_begun {
        return Bullets::Before(each(told));
    }
    if !are_turns {
        return Bullets::Unclear(each(told));
    }
    let mut all: Vec<(Span, Around)> = Vec::new();
    for index in 0..told.len() {
        let (Some(boxed), _, around) = &mut told[index] else { continue };
        match all.last_mut().filter(|(last, _)| last == boxed) {
            Some((_, before)) if before.rivals(around) => return Bullets::Unclear(each(told)),
            Some((_, before)) => before.add(std::mem::take(around)),
            None => all.push((*boxed, std::mem::take(around))),
        }
    }
    Bullets::Behind(all)
}

/// A list, where the paragraph behind it begins, and what that tells.
type Pair = (Span, u32, Around);

/// The lists of boxes and the paragraphs of facts below one heading, as far as they take turns.
#[derive(Default)]
pub(super) struct Turns {
    section: Option<u32>,
    /// The list behind which no paragraph stands yet.
    list: Option<Span>,
    pairs: Vec<Pair>,
    is_broken: bool,
}

impl Turns {
    /// Goes on to a block below a heading, and gives back the turns below the one before where this is another.
    pub(super) fn enter(&mut self, section: u32) -> Option<Self> {
        let is_other = self.section != Some(section);
        is_other.then(|| std::mem::replace(self, Self { section: Some(section), ..Self::default() }))
    }

    /// Notes a list of boxes.
    pub(super) fn list(&mut self, span: Span) {
        self.is_broken |= self.list.replace(span).is_some();
    }

    /// Notes a paragraph that tells facts.
    pub(super) fn paragraph(&mut self, start: u32, around: Around) {
        if around.is_empty() {
            return;
        }
        match self.list.take() {
            Some(list) => self.pairs.push((list, start, around)),
            None => self.is_broken = true,
        }
    }

    /// The section, and what stands behind each of its lists, with the start of the paragraph: of several lists, each with one
    /// behind it that names an owner or level as others do.
    pub(super) fn pairs(self) -> Option<(u32, Vec<Pair>)> {
        let is_told =
            !self.is_broken && self.list.is_none() && repeat_a_key(self.pairs.iter().map(|(.., around)| around));
        self.section.filter(|_| is_told).map(|section| (section, self.pairs))
    }
}
