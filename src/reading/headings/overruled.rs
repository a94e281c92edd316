//! Headings with a status over lists of glyphs that say otherwise: the heading is the item, and the glyphs show why.

use super::gates::{Gates, Kind, kind};
use super::own_status;
use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::model::{Item, ItemKind, State};
use crate::reading::Reader;
use crate::reading::draft::Draft;
use crate::reading::outline::{Place, label};
use crate::reading::phrase::normalise;
use crate::source::Span;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cell::OnceCell;

/// What was read below a heading.
#[derive(Default, Clone, Copy)]
struct Items {
    /// Entries that a glyph leads.
    glyphs: usize,
    /// How many of these are left.
    left: usize,
    /// Items of other kinds.
    others: usize,
    /// Entries below headings that stand below this one.
    deeper: usize,
}

impl Items {
    /// Whether some entries of a heading that none stands below can show something other than it says.
    fn may_show(self) -> bool {
        self.deeper == 0 && self.left < self.glyphs
    }

    /// Whether the heading can be the item rather than its entries, as far as these tell.
    fn may_be_overruled(self) -> bool {
        self.left == 0 || self.may_show()
    }
}

/// A heading over such entries, and the state that it has.
#[derive(Clone, Copy)]
struct Over {
    node: NodeId,
    index: u32,
    state: State,
    /// What says so.
    by: By,
}

/// What tells the state of a heading over such entries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// A summary, `Backups | FAIL`, and not the heading.
    Summary,
    /// Its own title.
    Title,
    /// A line below it: `**Status**: NOT STARTED`.
    Line,
}

/// Takes back the entries led by glyphs below headings with a status of their own or in a summary, where one of these
/// headings is left and all its glyphs are done, `## Backups — FAIL` over `✅ A dump exists`, or it was not begun and they
/// show something else. Counting them would hide what it says.
pub(super) fn take_back(reader: &mut Reader<'_>, headings: &[(NodeId, u32)], gates: &Gates) {
    if !reader.drafts.iter().any(is_glyph) {
        return;
    }
    let items = items_below(reader);
    let has_left = |index: u32| items[index as usize].left > 0;
    let candidates = candidates(reader, headings, &items);
    let summed = summed(reader);
    let over = |candidate: &(NodeId, u32)| over(reader, headings, gates, &summed, *candidate);
    // Of most what stands below them tells that they cannot be.
    let judged = candidates.iter().filter(|(_, index)| items[*index as usize].may_be_overruled());
    let labelled = OnceCell::new();
    let is_evidence = |over: &Over| {
        // What was not begun has no parts that are done.
        let may_be = over.by == By::Line && over.state == State::Open && items[over.index as usize].may_show();
        may_be && labelled.get_or_init(|| self::labelled(reader)).contains(&over.index)
    };
    let is_overruled = |over: &Over| over.state.is_left() && (!has_left(over.index) || is_evidence(over));
    let overruled: Vec<Over> = judged.filter_map(over).filter(is_overruled).collect();
    if overruled.is_empty() {
        return;
    }
    let told: Vec<Over> = candidates.iter().filter_map(over).collect();
    // What shows something below one heading alone says nothing of those beside it.
    let (shown, alike): (Vec<&Over>, Vec<&Over>) = overruled.iter().partition(|over| has_left(over.index));
    let shown: HashSet<u32> = shown.into_iter().map(|over| over.index).collect();
    let kinds: HashSet<Kind> = alike.into_iter().map(|over| kind(reader, over.index)).collect();
    for over in overruled {
        let message = "this heading, or its row in a summary, says less than the glyphs below it, so that it is the item and not they";
        let help = "make the two agree, or use boxes ([ ] and [x]) for what is to be counted";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(over.node).span, message, help);
    }
    let is_alike =
        |over: &Over| (over.state.is_left() || !has_left(over.index)) && kinds.contains(&kind(reader, over.index));
    let is_wanted = |over: &&Over| shown.contains(&over.index) || is_alike(over);
    let wanted: Vec<Over> = told.iter().filter(is_wanted).copied().collect();
    let indexes: HashSet<u32> = wanted.iter().map(|over| over.index).collect();
    let outline = reader.outline;
    let is_below = |draft: &Draft| {
        let own = outline.section_at(draft.item.span.start);
        outline.up_from(own).any(|index| indexes.contains(&index))
    };
    let rows = rows(reader, &wanted);
    reader.drafts.retain(|draft| !is_below(draft) && !rows.contains(&draft.item.span));
    reader.count_again();
    for over in wanted.into_iter().filter(|over| over.by == By::Summary) {
        let mut draft = reader.heading(over.node, outline.title(over.index).to_owned());
        draft.item.state = over.state;
        draft.item.state_text = over.state.label().into();
        reader.push(draft);
    }
}

/// The rows of summaries that are items beside such headings: these are the items then, unless a row has a level.
fn rows(reader: &Reader<'_>, wanted: &[Over]) -> HashSet<Span> {
    let indexes: HashSet<u32> = wanted.iter().filter(|over| over.by == By::Summary).map(|over| over.index).collect();
    let is_wanted = |section: &Option<u32>| section.is_some_and(|section| indexes.contains(&section));
    let sums = reader.rollups.iter().filter(|(_, section)| is_wanted(section));
    let sums: HashSet<Span> = sums.map(|(rollup, _)| rollup.span).collect();
    let items = reader.drafts.iter().map(|draft| &draft.item);
    let around = |span: Span| reader.left.level_around(reader.outline.section_at(span.start));
    let is_unranked = |item: &&Item| item.level.is_none() && around(item.span).is_none();
    items.filter(|item| sums.contains(&item.span)).filter(is_unranked).map(|item| item.span).collect()
}

/// The headings over nothing but such entries.
fn candidates(reader: &Reader<'_>, headings: &[(NodeId, u32)], items: &[Items]) -> Vec<(NodeId, u32)> {
    let is_led = |index: u32| items[index as usize].glyphs > 0 && items[index as usize].others == 0;
    let is_title = |node: NodeId, index: u32| index == 0 && reader.tree.node(node).block == Block::Heading(1);
    headings.iter().copied().filter(|&(node, index)| is_led(index) && !is_title(node, index)).collect()
}

/// The states that summaries tell of sections.
fn summed(reader: &Reader<'_>) -> HashMap<u32, State> {
    reader.rollups.iter().filter_map(|(rollup, section)| Some(((*section)?, rollup.said?))).collect()
}

/// The state of such a heading, when it has one or a summary tells it.
fn over(
    reader: &Reader<'_>,
    headings: &[(NodeId, u32)],
    gates: &Gates,
    summed: &HashMap<u32, State>,
    (node, index): (NodeId, u32),
) -> Option<Over> {
    let own = state(reader, headings, (node, index), gates);
    let (state, by) = own.or_else(|| Some((*summed.get(&index)?, By::Summary)))?;
    Some(Over { node, index, state, by })
}

/// The sections of which every list of such entries stands below a label that names neither states nor things to be done: `Working chains:`.
fn labelled(reader: &Reader<'_>) -> HashSet<u32> {
    let (tree, words) = (reader.tree, reader.terms.words);
    let mut sections: HashMap<u32, bool> = HashMap::default();
    // Such a list begins with its first entry.
    let entries: HashSet<u32> =
        reader.drafts.iter().filter(|draft| is_glyph(draft)).map(|draft| draft.item.span.start).collect();
    let is_read = |place: &&Place| entries.contains(&tree.node(place.node).span.start);
    for &place in reader.outline.places.iter().filter(is_read) {
        let Some(index) = reader.outline.section_at(tree.node(place.node).span.start) else { continue };
        let is_labelled = label(tree, place).is_some_and(|label| {
            let phrase = normalise(&label);
            let is_list = phrase.rsplit(' ').next().is_some_and(|last| words.is_noun(last));
            !is_list && words.section_state(&phrase).is_none() && words.tag(&phrase).is_none()
        });
        *sections.entry(index).or_insert(true) &= is_labelled;
    }
    sections.into_iter().filter(|&(_, labelled)| labelled).map(|(index, _)| index).collect()
}

/// What was read below each heading, subsections included.
fn items_below(reader: &Reader<'_>) -> Vec<Items> {
    let mut items = vec![Items::default(); reader.outline.sections.len()];
    for draft in &reader.drafts {
        let own = reader.outline.section_at(draft.item.span.start);
        let mut section = own;
        while let Some(index) = section {
            let below = &mut items[index as usize];
            below.glyphs += usize::from(is_glyph(draft));
            below.left += usize::from(draft.item.state.is_left());
            below.others += usize::from(!is_glyph(draft));
            below.deeper += usize::from(section != own);
            section = reader.outline.section(index).parent;
        }
    }
    items
}

/// Whether an item is an entry of a list that a glyph leads.
fn is_glyph(draft: &Draft) -> bool {
    let word = &draft.item.state_text;
    draft.item.kind == ItemKind::Bullet && !word.is_empty() && !word.contains(char::is_alphanumeric)
}

/// The state that a heading would have as an item.
fn state(
    reader: &Reader<'_>,
    headings: &[(NodeId, u32)],
    (node, index): (NodeId, u32),
    gates: &Gates,
) -> Option<(State, By)> {
    let below = gates.below(reader, (node, index));
    let facts = below.status.as_ref().filter(|facts| gates.is_one(reader, headings, index, facts));
    match facts {
        Some(facts) => facts.said(reader.terms).known().map(|state| (state, By::Line)),
        None => own_status(reader, gates, (node, index), None).map(|status| (status.state, By::Title)),
    }
}
