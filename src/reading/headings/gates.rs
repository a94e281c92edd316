//! Which headings are items by what is told below them: a status, a box, or the level of a fault.

use super::below::{Below, has_more};
use super::boxed::Boxed;
use super::tails::is_no_thing;
use super::{is_about_all, is_gate};
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::draft::Draft;
use crate::reading::facts::Facts;
use crate::reading::phrase::{normalise, without_number};
use crate::reading::status::Said;
use crate::reading::vocabulary::Context;
use crate::reading::{Reader, reference};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cell::OnceCell;

/// The section around headings, and their level: headings of one kind stand side by side.
pub(super) type Kind = (Option<u32>, u8);

/// What headings side by side tell below them.
#[derive(Default)]
struct Siblings {
    /// How many tell a status.
    statuses: usize,
    /// How many of these are known.
    known: usize,
    /// How many tell a level.
    levels: usize,
    /// How many have an id, and tell a level, an owner or criteria.
    cards: usize,
}

/// What all headings tell below them.
#[derive(Default)]
struct Told {
    /// By their kind.
    siblings: HashMap<Kind, Siblings>,
    /// The levels on which one of them is an item by its status.
    levels: HashSet<u8>,
    /// Those that begin with the same word and a number, `Task 5: Mail`, on one level, whatever stands between them.
    series: HashMap<(u8, String), Siblings>,
}

/// Which headings with facts below them are items.
pub(super) struct Gates {
    /// What stands below each heading, once that was asked for.
    below: Vec<OnceCell<Below>>,
    /// What the headings tell, once that was asked for.
    told: OnceCell<Told>,
    /// The boxes that headings begin with.
    pub(super) boxed: Boxed,
}

/// What a heading with facts and no status below it is.
pub(super) enum Work {
    /// An open item.
    Item,
    /// It looks like one, and nothing says that it is.
    Ambiguous,
    /// No work.
    None,
}

impl Gates {
    /// Nothing is known yet of the headings.
    pub(super) fn of(headings: &[(NodeId, u32)]) -> Self {
        Self {
            below: headings.iter().map(|_| OnceCell::new()).collect(),
            told: OnceCell::new(),
            boxed: Boxed::default(),
        }
    }

    /// What stands below a heading: several questions are asked of it.
    pub(super) fn below(&self, reader: &Reader<'_>, (node, index): (NodeId, u32)) -> &Below {
        self.below[index as usize].get_or_init(|| Below::of(reader, node, index))
    }

    /// A lone status below a heading such as "Current status" speaks of the whole; a gate has an owner, criteria, an id
    /// or a name of its kind too, or others beside it with theirs: half of what they say has to be known, the rest is
    /// open. Where others of its level are items, a lone one that is known is one too.
    pub(super) fn is_one(&self, reader: &Reader<'_>, headings: &[(NodeId, u32)], index: u32, facts: &Facts) -> bool {
        if is_whole(reader, index) {
            return false;
        }
        let own = kind(reader, index);
        let has_others = || {
            let told = self.told(reader, headings);
            let is_known = || !matches!(facts.said(reader.terms), Said::Unknown | Said::Nothing);
            let is_alike = || told.levels.contains(&own.1) && !is_about_all(reader, index) && is_known();
            let siblings = told.siblings.get(&own);
            let is_of_series =
                || series(reader, index).and_then(|own| told.series.get(&own)).is_some_and(Siblings::tell);
            siblings.is_some_and(|siblings| siblings.tell() || siblings.statuses == 1 && is_alike()) || is_of_series()
        };
        let is_named = || is_named_left(reader, index, facts);
        is_one_alone(reader, index, facts) || own.1 > 1 && !is_worker(reader, index) && (is_named() || has_others())
    }

    /// Whether a heading is an item by what is told below it.
    pub(super) fn is_item(
        &self,
        reader: &Reader<'_>,
        headings: &[(NodeId, u32)],
        (node, index): (NodeId, u32),
    ) -> bool {
        match self.below(reader, (node, index)) {
            Below { status: Some(facts), .. } => self.is_one(reader, headings, index, facts),
            below => {
                below.work().is_some() && matches!(self.work(reader, headings, index, &HashSet::default()), Work::Item)
            }
        }
    }

    /// Whether a heading with a level below it is one of several faults that wait to be mended, or one with an id one of
    /// several things to be done, in a document or section that calls itself a list of such things. `told` are the kinds of
    /// the headings that end in a state.
    pub(super) fn work(
        &self,
        reader: &Reader<'_>,
        headings: &[(NodeId, u32)],
        index: u32,
        told: &HashSet<Kind>,
    ) -> Work {
        let tables = &reader.terms.words.tables;
        let is_named = |index: u32| tables.names_faults(&reader.outline.section(index).phrase);
        let others = [Context::Risk, Context::Evidence, Context::NotIncluded, Context::Steps];
        let contexts = reader.outline.section(index).contexts;
        if is_about_all(reader, index) || is_period(reader, index) || is_blank(reader, index) || is_over(reader, index)
        {
            return Work::None;
        }
        let Some(siblings) = self.told(reader, headings).siblings.get(&kind(reader, index)) else { return Work::None };
        // Where one with an id is an item by its status, the others are items too, whatever is around them.
        let is_one_of = siblings.known > 0 && has_code(reader, index);
        if !is_one_of && others.into_iter().any(|other| contexts.has(other)) {
            return Work::None;
        }
        let is_checklist =
            || reader.calls_itself(|name| tables.names_faults(name)) || kind(reader, index).0.is_some_and(is_named);
        // A lone fault stands right below a heading that names faults.
        let is_fault = || kind(reader, index).0.is_some_and(is_named);
        let is_beside = told.contains(&kind(reader, index));
        let is_card = (siblings.cards > 1 || is_beside) && has_code(reader, index);
        // `Release requirements`
        let is_list = |name: &str| name.rsplit(' ').next().is_some_and(|last| reader.terms.words.is_noun(last));
        let is_of_cards = || reader.calls_itself_checklist() || reader.calls_itself(is_list);
        // Beside one that tells its state the others are open.
        match siblings.known > 0 || is_beside || is_checklist() || is_card && is_of_cards() {
            true if is_card || siblings.levels > 1 || siblings.levels == 1 && is_fault() => Work::Item,
            false if is_card => Work::Ambiguous,
            _ => Work::None,
        }
    }

    /// What the headings tell. Phases are no work, and those who do it have no status.
    fn told(&self, reader: &Reader<'_>, headings: &[(NodeId, u32)]) -> &Told {
        let build = || {
            let mut told = Told::default();
            for &(node, index) in headings {
                let own = kind(reader, index);
                let siblings = told.siblings.entry(own).or_default();
                let below = self.below(reader, (node, index));
                if !is_period(reader, index) {
                    siblings.levels += usize::from(below.has_level());
                    let is_card = (below.status.is_some() || below.work().is_some()) && has_code(reader, index);
                    siblings.cards += usize::from(is_card);
                }
                if let Some(facts) =
                    below.status.as_ref().filter(|_| !is_whole(reader, index) && !is_worker(reader, index))
                {
                    siblings.statuses += 1;
                    let is_unknown = matches!(facts.said(reader.terms), Said::Unknown | Said::Nothing);
                    siblings.known += usize::from(!is_unknown);
                    if let Some(own) = series(reader, index) {
                        let series = told.series.entry(own).or_default();
                        series.statuses += 1;
                        series.known += usize::from(!is_unknown);
                    }
                    if is_one_alone(reader, index, facts) {
                        told.levels.insert(own.1);
                    }
                }
            }
            told.levels.extend(told.siblings.iter().filter(|(_, siblings)| siblings.tell()).map(|(own, _)| own.1));
            told
        };
        self.told.get_or_init(build)
    }
}

impl Siblings {
    /// Whether several tell a status, and at least half of them one that is known.
    fn tell(&self) -> bool {
        self.statuses > 1 && self.known * 2 >= self.statuses
    }
}

/// Whether a status below a heading is one of a thing to be done, whatever stands beside it. Below a summary several
/// headings tell each their own status, one tells that of everything.
fn is_one_alone(reader: &Reader<'_>, index: u32, facts: &Facts) -> bool {
    let has_id = || id(reader, index).is_some();
    !is_about_all(reader, index) && (has_more(facts) || has_id() || is_gate(reader, index))
}

/// The level of a heading that begins with a word and a number, and that word: `Task 5: Mail`.
fn series(reader: &Reader<'_>, index: u32) -> Option<(u8, String)> {
    let (first, rest) = reader.outline.section(index).phrase.split_once(' ')?;
    let number = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    let is_one = (1..=3).contains(&number.len()) && !is_period(reader, index);
    is_one.then(|| (kind(reader, index).1, first.to_owned()))
}

/// Whether the heading above says that what is below it is left, and the status below this one says so too.
fn is_named_left(reader: &Reader<'_>, index: u32, facts: &Facts) -> bool {
    let above = reader.outline.section(index).parent.filter(|&above| reader.outline.section(above).heading > 0);
    let phrase = above.map(|above| reader.outline.section(above).phrase.as_str());
    let is_above = || phrase.and_then(|phrase| reader.terms.words.section_state(phrase)).is_some_and(State::is_left);
    let is_left = matches!(facts.said(reader.terms), Said::State(state) if state.is_left());
    let title = reader.outline.title(index);
    // `Open points (20 items)` is a list.
    let is_thing = || !title.trim_end().ends_with([')', ']']) && !is_no_thing(reader, index, title);
    is_left && !is_about_all(reader, index) && is_above() && is_thing()
}

/// The id that a heading begins with, signs before it left out, and what follows: `✅ REQ-2: Buoys`.
pub(super) fn id<'r>(reader: &'r Reader<'_>, index: u32) -> Option<(&'r str, &'r str)> {
    let title = reader.outline.title(index).trim_start_matches(|c: char| !c.is_ascii() && !c.is_alphanumeric());
    reference::at_start(reader.terms.words, title.trim_start())
}

/// Whether a heading begins with an id of letters and a number: `REQ-2: Buoys`.
pub(super) fn has_code(reader: &Reader<'_>, index: u32) -> bool {
    id(reader, index).is_some_and(|(id, _)| reference::is_lettered(id))
}

/// Whether a heading is the title that all others stand below, and done without an id: as such it tells of the whole. What
/// is left is an item, for nothing else would tell of it.
pub(super) fn is_done_whole(reader: &Reader<'_>, index: u32, draft: &Draft) -> bool {
    reader.outline.is_title(index) && draft.item.state == State::Done && !has_code(reader, index)
}

/// Whether the name of a heading is still to be filled in: `[Title]`, `BUG-1: [What is wrong]`, `Issue [N]`. What stands in
/// brackets behind a name, `Crash on start [web]`, tells where it is so.
fn is_blank(reader: &Reader<'_>, index: u32) -> bool {
    let title = reader.outline.title(index).trim_end();
    let Some((name, inside)) = title.strip_suffix(']').and_then(|title| title.rsplit_once('[')) else { return false };
    let phrase = normalise(without_number(name));
    let is_kind = !phrase.contains(' ') && reader.terms.words.tables.names_faults(&phrase);
    let ends = name.trim_end().ends_with([':', '-', '–', '—', '#', '：']);
    phrase.is_empty()
        || is_kind
        || ends
        || reference::is_row_id(name.trim())
        || inside.contains("...")
        || inside.contains('…')
}

fn is_period(reader: &Reader<'_>, index: u32) -> bool {
    reader.terms.words.tables.is_period(&reader.outline.section(index).phrase)
}

fn is_worker(reader: &Reader<'_>, index: u32) -> bool {
    reader.terms.words.tables.is_worker(&reader.outline.section(index).phrase)
}

/// Whether a heading says itself that its fault is no more, or those around it do: `Crash (fixed)`, `✅ Mail late`.
fn is_over(reader: &Reader<'_>, index: u32) -> bool {
    let outline = reader.outline;
    let is_done = |c: char| !c.is_ascii() && reader.terms.listed_glyph(c) == Some(State::Done);
    let heading = &outline.headings[outline.section(index).heading as usize];
    let is_struck = || reader.tree.source(heading.span).contains("~~");
    reader.is_mended(Some(index)) || heading.title.chars().any(is_done) || is_struck()
}

/// Whether a heading has a status below it that is left, and that is none of an item though the heading asks for no status
/// of everything.
pub(super) fn is_lost(reader: &Reader<'_>, index: u32, facts: &Facts) -> bool {
    let is_left = facts.said(reader.terms).known().is_some_and(State::is_left);
    is_left && !is_whole(reader, index) && !is_about_all(reader, index)
}

/// Whether a status below a heading speaks of everything: the heading itself says so, or those around it ask for a
/// decision or explain signs.
pub(super) fn is_whole(reader: &Reader<'_>, index: u32) -> bool {
    let part = reader.outline.section(index);
    let others = [Context::Decision, Context::Approval, Context::Legend];
    others.into_iter().any(|other| part.contexts.has(other))
        || reader.terms.words.is(Context::StatusFacts, &part.phrase)
        || reader.terms.words.is_facts_title(&part.phrase)
}

pub(super) fn kind(reader: &Reader<'_>, index: u32) -> Kind {
    let part = reader.outline.section(index);
    (part.parent, reader.outline.headings[part.heading as usize].level)
}
