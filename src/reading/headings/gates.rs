//! Which headings are items by what is told below them: a status, a box, or the level of a fault.

use super::{is_about_all, is_gate};
use crate::markdown::{Block, NodeId};
use crate::model::State;
use crate::reading::facts::Facts;
use crate::reading::phrase::normalise;
use crate::reading::status::Said;
use crate::reading::vocabulary::Context;
use crate::reading::{Reader, lines, reference, status};
use crate::source::Span;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cell::OnceCell;

/// The most bytes of a box with a word for its tick, markup and all: longer ones are tasks.
const BOX: usize = 48;

/// What stands below a heading.
pub(super) struct Below {
    /// Facts with a status, in a list, paragraph or box.
    pub status: Option<Facts>,
    /// Facts with a level, an owner or criteria and no status, of what waits to be done: `Severity: High`.
    pub work: Option<Facts>,
}

impl Below {
    pub(super) fn of(reader: &Reader<'_>, node: NodeId) -> Self {
        let told = told_below(reader, node);
        let (status, told) = told.map_or((None, None), |facts| match facts.status {
            Some(_) => (Some(facts), None),
            None => (None, Some(facts)),
        });
        let status = status.or_else(|| box_below(reader, reader.tree.node(node).next as usize));
        Self { status, work: told.filter(has_more) }
    }

    fn has_level(&self) -> bool {
        [&self.status, &self.work].into_iter().flatten().any(|facts| facts.priority.is_some())
    }
}

/// Whether facts tell more of something to be done than how far it is.
fn has_more(facts: &Facts) -> bool {
    facts.asks_owner || facts.criteria || facts.priority.is_some()
}

/// What the list or paragraph right below a heading says of it; a status that is known may stand in a later paragraph, as
/// long as no list or table of states does before.
fn told_below(reader: &Reader<'_>, node: NodeId) -> Option<Facts> {
    let (terms, tree) = (reader.terms, reader.tree);
    let first = Some(tree.node(node).next as usize).filter(|&first| first < tree.len())?;
    let take = |facts: &mut Facts, block: NodeId| {
        match tree.node(block).block {
            Block::List { .. } if block == first => facts.take_list(terms, tree, block),
            Block::Paragraph => facts.take_lines(terms, tree, block),
            Block::Heading(_) | Block::Table => return false,
            Block::List { .. } => return !tells_states(reader, block),
            _ => return block != first,
        }
        true
    };
    let mut facts = Facts::default();
    if !take(&mut facts, first) {
        return None;
    }
    let mut more = facts.clone();
    let mut block = tree.node(first).next as usize;
    while more.status.is_none() && block < tree.len() && take(&mut more, block) {
        block = tree.node(block).next as usize;
    }
    let is_known = more.status.is_some() && !matches!(more.said(terms), Said::Unknown | Said::Nothing);
    // The level of a fault may stand as deep as its state.
    facts.priority = facts.priority.or_else(|| more.priority.clone().filter(|_| more.status.is_none()));
    Some(if is_known { more } else { facts })
}

/// Whether a list has boxes, or an entry that is led by a status glyph.
fn tells_states(reader: &Reader<'_>, list: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_led = |lead: NodeId| {
        terms.glyph_at(tree.source(tree.node(lead).span)).is_some_and(|(glyph, _)| terms.listed_glyph(glyph).is_some())
    };
    tree.has_box(list) || tree.children(list).filter_map(|item| lines::lead_node(tree, item)).any(is_led)
}

/// The one paragraph from a block on to the next heading that is a box with a word for its tick: `☐ Pass`.
fn box_below(reader: &Reader<'_>, first: NodeId) -> Option<Facts> {
    let tree = reader.tree;
    let is_below = |block: &NodeId| *block < tree.len() && !matches!(tree.node(*block).block, Block::Heading(_));
    let next = |&block: &NodeId| Some(tree.node(block).next as usize).filter(is_below);
    let mut blocks = std::iter::successors(Some(first).filter(is_below), next);
    let boxed = |block: NodeId| {
        let span = tree.node(block).span;
        let is_short = tree.node(block).block == Block::Paragraph && span.len() <= BOX;
        let text = is_short.then(|| tree.plain(tree.pieces(block)))?;
        let text = text.trim();
        let (_, rest) = status::box_at(reader.terms, text)?;
        if status::said(reader.terms, text) == Said::Undecided {
            return Some((text.to_owned(), span));
        }
        // The word is the question, and the box its answer.
        let mark = text.strip_suffix(rest)?.trim();
        let at = tree.source(span).find(mark).map(|at| span.range().start + at);
        let span = at.map_or(span, |at| Span::new(at..at + mark.len()));
        reader.terms.is_answer(&normalise(rest)).then(|| (mark.to_owned(), span))
    };
    let status = blocks.find_map(boxed)?;
    let is_alone = blocks.all(|block| boxed(block).is_none());
    is_alone.then(|| Facts { status: Some(status), ..Facts::default() })
}

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
}

/// Which headings with facts below them are items.
#[derive(Default)]
pub(super) struct Gates {
    /// What the headings tell, once that was asked for.
    told: OnceCell<Told>,
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
            siblings.is_some_and(|siblings| siblings.tell() || siblings.statuses == 1 && is_alike())
        };
        is_one_alone(reader, index, facts) || own.1 > 1 && !is_worker(reader, index) && has_others()
    }

    /// Whether a heading is an item by what is told below it.
    pub(super) fn is_item(
        &self,
        reader: &Reader<'_>,
        headings: &[(NodeId, u32)],
        (node, index): (NodeId, u32),
    ) -> bool {
        match Below::of(reader, node) {
            Below { status: Some(facts), .. } => self.is_one(reader, headings, index, &facts),
            Below { work, .. } => {
                work.is_some() && matches!(self.work(reader, headings, index, &HashSet::default()), Work::Item)
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
        let is_blank = || reader.outline.title(index).trim_end().ends_with(']');
        if is_about_all(reader, index)
            || others.into_iter().any(|other| contexts.has(other))
            || is_period(reader, index)
            || is_blank()
            || is_over(reader, index)
        {
            return Work::None;
        }
        let Some(siblings) = self.told(reader, headings).siblings.get(&kind(reader, index)) else { return Work::None };
        let is_checklist =
            || reader.calls_itself(|name| tables.names_faults(name)) || kind(reader, index).0.is_some_and(is_named);
        let is_beside = told.contains(&kind(reader, index));
        let is_card = (siblings.cards > 1 || is_beside) && has_code(reader, index);
        // `Release requirements`
        let is_list = |name: &str| name.rsplit(' ').next().is_some_and(|last| reader.terms.words.is_noun(last));
        let is_of_cards = || reader.calls_itself_checklist() || reader.calls_itself(is_list);
        // Beside one that tells its state the others are open.
        match siblings.known > 0 || is_beside || is_checklist() || is_card && is_of_cards() {
            true if is_card || siblings.levels > 1 => Work::Item,
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
                let below = Below::of(reader, node);
                if !is_period(reader, index) {
                    siblings.levels += usize::from(below.has_level());
                    let is_card = (below.status.is_some() || below.work.is_some()) && has_code(reader, index);
                    siblings.cards += usize::from(is_card);
                }
                if let Some(facts) = below.status.filter(|_| !is_whole(reader, index) && !is_worker(reader, index)) {
                    siblings.statuses += 1;
                    let is_unknown = matches!(facts.said(reader.terms), Said::Unknown | Said::Nothing);
                    siblings.known += usize::from(!is_unknown);
                    if is_one_alone(reader, index, &facts) {
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
    let has_id = || reference::at_start(reader.terms.words, reader.outline.title(index)).is_some();
    !is_about_all(reader, index) && (has_more(facts) || has_id() || is_gate(reader, index))
}

/// Whether a heading begins with an id of letters and a number: `REQ-2: Buoys`.
pub(super) fn has_code(reader: &Reader<'_>, index: u32) -> bool {
    reference::at_start(reader.terms.words, reader.outline.title(index))
        .is_some_and(|(id, _)| reference::is_lettered(id))
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

/// Whether a status below a heading speaks of everything: the heading itself says so, or those around it ask for a
/// decision or explain signs.
fn is_whole(reader: &Reader<'_>, index: u32) -> bool {
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
