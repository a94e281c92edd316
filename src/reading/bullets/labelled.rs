//! Labels with a list right below that tells their status: `**Alarms**` over `- **Status**: open`. Two of them below one
//! heading are items, as headings with such lists are.

use super::{glyph_entry, is_other, split};
use crate::finding::Code;
use crate::markdown::{Block, Inline, NodeId, Tree};
use crate::model::{ItemKind, State};
use crate::reading::draft::Draft;
use crate::reading::facts::Facts;
use crate::reading::legend::Terms;
use crate::reading::outline::Place;
use crate::reading::phrase::normalise;
use crate::reading::priority::{self, Priority};
use crate::reading::status::{self, Said};
use crate::reading::tasks::left_below;
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, headings, lines, suffix};
use std::borrow::Cow;

/// The most bytes of a label, and the most words of one that is not bold as a whole.
const LONGEST: usize = 240;
const LABEL: usize = 14;

/// What sets a level or a remark apart behind words in bold.
const APART: [char; 8] = ['(', '[', '—', '–', '-', ':', '：', '|'];

/// How a label is set.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// In bold, or beginning with words in bold.
    Bold,
    /// As a line like any other.
    Plain,
}

/// A label and what the block below it tells.
struct Card {
    kind: Kind,
    section: Option<u32>,
    place: Place,
    label: NodeId,
    text: String,
    facts: Facts,
    said: Said,
}

/// Reads such labels, and takes their lists out of those that are still to be read.
pub(in crate::reading) fn read(reader: &mut Reader<'_>, lists: &mut Vec<Place>) {
    split::read(reader, lists);
    let cards: Vec<Card> = lists.iter().filter_map(|&place| card(reader, place)).collect();
    for group in cards.chunk_by(|one, other| one.section == other.section && one.kind == other.kind) {
        let is_known = |card: &&Card| !matches!(card.said, Said::Unknown | Said::Nothing);
        let are_known = group.iter().filter(is_known).count() * 2 >= group.len();
        if group.len() > 1 && are_known && (group[0].kind == Kind::Bold || group.iter().any(is_work)) {
            group.iter().for_each(|card| read_or_tell(reader, card));
        } else if let Some(card) = group.iter().find(|card| card.kind == Kind::Bold && is_beside_tasks(reader, card)) {
            let message = "this label has a status below it and stands alone beside tasks, so it is no item";
            let help = "give it a box ([ ] or [x])";
            reader.warn(Code::AmbiguousGlyphs, reader.tree.node(card.label).span, message, help);
        }
    }
    reader.drop_labelled(lists);
}

/// Whether a card tells of something to be done: services and versions have a status too.
fn is_work(card: &Card) -> bool {
    let is_left = matches!(card.said, Said::State(state) if state.waits()) || matches!(card.said, Said::Opposed(_));
    is_left || card.facts.is_of_somebody()
}

/// How the line of a label is set, what it names, and the level behind that; a level or a remark may stand behind words in
/// bold: `**Mail** (P0)`, `**Mail** — High`. A sentence is none.
fn named<'t>(
    terms: &Terms<'_>,
    tree: &'t Tree<'_>,
    line: &lines::Line<'t>,
) -> Option<(Kind, Cow<'t, str>, Option<Priority>)> {
    if line.is_bold() {
        return Some((Kind::Bold, tree.plain(line.pieces), None));
    }
    let text = tree.plain(line.pieces);
    if text.split(' ').count() > LABEL || text.trim_end().ends_with(['.', '!', '?', ';', ',', '。']) {
        return None;
    }
    if line.pieces.first()?.inline != Inline::Strong {
        return Some((Kind::Plain, text, None));
    }
    let end = line.pieces.iter().position(|piece| piece.inline == Inline::StrongEnd)?;
    let tail = tree.plain(&line.pieces[end..]);
    let tail = tail.trim();
    let rest = tail.trim_start_matches(APART).trim_start();
    if rest.len() == tail.len() {
        return None;
    }
    let level = priority::whole(terms, rest.trim_end_matches([')', ']']));
    let text = if level.is_some() { tree.plain(&line.pieces[..end]) } else { text };
    Some((Kind::Bold, text, level))
}

/// The label over a list with a status, where the list has neither boxes nor anything to sign.
fn card(reader: &Reader<'_>, place: Place) -> Option<Card> {
    let (terms, tree) = (reader.terms, reader.tree);
    let label = place.before.filter(|&before| tree.node(before).block == Block::Paragraph)?;
    // Most lists have no label at all, or a longer one.
    let source = tree.source(tree.node(label).span).trim_end();
    if source.len() > LONGEST || source.contains('\n') {
        return None;
    }
    let (kind, text, level) = named(terms, tree, &lines::of(tree, label).next()?)?;
    if reader.has_tasks(place) || !headings::is_card(reader, place.node) {
        return None;
    }
    let mut facts = Facts::default();
    facts.take_list(terms, tree, place.node);
    facts.status.as_ref()?;
    facts.priority = facts.priority.or(level);
    let text = text.trim().trim_end_matches([':', '：']).to_owned();
    let phrase = normalise(&text);
    let is_fact = terms.words.tag(&phrase).is_some()
        || terms.words.is_facts_title(&phrase)
        || terms.words.is_prose_title(&phrase)
        || is_other(terms.words.contexts(&phrase).and(reader.outline.around(tree, place.node)));
    let is_signed =
        |item: NodeId| lines::pairs(terms, &lines::lead(tree, item)).iter().any(|(tag, _)| *tag == Tag::Signature);
    if phrase.is_empty() || is_fact || tree.children(place.node).any(is_signed) {
        return None;
    }
    let section = reader.outline.section_at(tree.node(place.node).span.start);
    let said = facts.said(terms);
    Some(Card { kind, section, place, label, text, facts, said })
}

/// Adds a label as an item, unless it is done and its list names what is left: then that list is read as any other.
fn read_or_tell(reader: &mut Reader<'_>, card: &Card) {
    let names_left = names_left(reader, card);
    if names_left {
        let message = "what is left is listed below this label beside its status, and is not counted with it";
        let help = "give the label and each of the entries a box ([ ] or [x])";
        reader.warn(Code::AmbiguousGlyphs, reader.tree.node(card.label).span, message, help);
    }
    if !names_left || card.said.state().is_left() {
        read_card(reader, card);
    }
}

/// Whether an entry of the list, or one below it, is no fact of the label and looks left.
fn names_left(reader: &Reader<'_>, card: &Card) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_status = |item: NodeId| {
        let lead = lines::lead_node(tree, item).map(|lead| tree.node(lead).span);
        card.facts.status.as_ref().is_some_and(|(_, mark)| lead == Some(*mark))
    };
    let is_left = |item: NodeId| match lines::pairs(terms, &lines::lead(tree, item)).first() {
        Some((Tag::Status, value)) => status::said(terms, value).known().is_some_and(State::is_left),
        Some(_) => false,
        None => left_below::is_left(reader, item) || looks_left(terms, tree, item),
    };
    let mut items = tree.below(card.place.node).filter(|&node| matches!(tree.node(node).block, Block::Item(_)));
    items.any(|item| !is_status(item) && is_left(item))
}

/// Whether an entry has a glyph or word that says so, wherever lists have theirs.
fn looks_left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> bool {
    let glyph = || glyph_entry(terms, tree, item).is_some_and(|(entry, _)| entry.state.is_left());
    let pieces = lines::lead_node(tree, item).map_or(&[][..], |lead| tree.pieces(lead));
    let ends = || suffix::plain(terms, tree, pieces, &tree.plain(pieces)).is_some_and(|found| found.state.is_left());
    super::left(terms, tree, item).is_some() || glyph() || ends()
}

/// Adds a label as an item. It stands where its status is told: what is printed there can be marked.
fn read_card(reader: &mut Reader<'_>, card: &Card) {
    let (terms, tree) = (reader.terms, reader.tree);
    let Some((word, mark)) = card.facts.status.clone() else { return };
    let holds = |&item: &NodeId| tree.node(item).span.holds(mark);
    let Some(bullet) = tree.children(card.place.node).find(holds) else { return };
    let mut draft = Draft::new(ItemKind::Bullet, tree.node(bullet).span);
    draft.describe(terms, tree, tree.pieces(card.label), &card.text);
    draft.item.state = card.said.state();
    draft.item.mark = Some(mark);
    reader.tell(card.said, &word, mark);
    draft.item.state_text = word.into();
    headings::give_facts(&mut draft, card.facts.clone());
    reader.labelled.push(card.place.node);
    reader.bullet_lists.push(tree.node(card.place.node).span);
    reader.push(draft);
}

/// Whether a label says that something is left and stands below a heading with tasks, which is no item itself.
fn is_beside_tasks(reader: &Reader<'_>, card: &Card) -> bool {
    let has_tasks = card.section.is_some_and(|index| reader.section_items(index) > 0);
    has_tasks && State::is_left(card.said.state())
}
