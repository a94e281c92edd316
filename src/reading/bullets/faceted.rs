//! Lists whose entries have a `Status:` of their own below them, among `Owner:` and the like: gates, epics, components.

use super::Entry;
use crate::finding::Code;
use crate::markdown::{Block, Inline, NodeId};
use crate::model::{ItemKind, State};
use crate::reading::facts::Facts;
use crate::reading::status::Said;
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines, reference};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

/// The entries of a list, when at least half of them and two have a status below them; where all have ids, or an owner, day
/// or level, one that is known is enough. The others are open.
pub(super) fn entries(reader: &mut Reader<'_>, items: &[NodeId]) -> Vec<Entry> {
    let tree = reader.tree;
    // Most lists have nothing below their entries.
    let has_more = |&&item: &&NodeId| tree.below(item).len() > 1 || has_lines(reader, item);
    if !items.iter().any(|item| has_more(&item)) {
        return Vec::new();
    }
    if items.iter().any(|&item| has_parts(reader, item)) {
        tell_parts(reader, items);
        return Vec::new();
    }
    let entries: Vec<Entry> = items.iter().filter_map(|&item| entry(reader, item, None)).collect();
    let with_status = entries.iter().filter(|entry| entry.facts.status.is_some()).count();
    // Services and versions have a status too; what has an owner, a day or a priority is somebody's task, and what is
    // not even started is work.
    let tasks = entries.iter().filter(|entry| entry.facts.is_of_somebody()).count();
    let is_known = |entry: &Entry| entry.facts.said(reader.terms).known().is_some();
    let all_known =
        entries.len() == items.len() && entries.iter().all(is_known) && entries.iter().any(|entry| entry.state.waits());
    let has_code = |entry: &Entry| code(reader, &entry.text).is_some();
    // Where all have ids or something to tell, one status makes them a list of things to be done.
    let has_facts = |entry: &Entry| entry.facts.status.is_some() || entry.facts.is_of_somebody();
    let are_alike = || entries.iter().all(has_code) || tasks > 0 && entries.iter().all(has_facts);
    let are_told_by_one = entries.len() == items.len() && entries.iter().any(is_known) && are_alike();
    let are_told = with_status > 1 && with_status * 2 >= items.len() && (all_known || tasks * 2 >= with_status);
    if !(are_told_by_one || are_told) {
        return Vec::new();
    }
    tell_states(reader, &entries);
    entries
}

/// Tells what there is to tell of the words that entries have for their states.
pub(super) fn tell_states(reader: &mut Reader<'_>, entries: &[Entry]) {
    for entry in entries {
        if let Some((text, span)) = &entry.facts.status {
            reader.tell(entry.facts.said(reader.terms), text, *span);
        }
    }
}

/// The id of letters and a number that a text begins with.
fn code<'t>(reader: &Reader<'_>, text: &'t str) -> Option<&'t str> {
    reference::at_start(reader.terms.words, text).map(|(id, _)| id).filter(|id| reference::is_lettered(id))
}

/// The name that an id shares with others of its kind: `DT` of `DT-12`.
fn series(id: &str) -> &str {
    id.rsplit_once('-').map_or(id, |(series, _)| series)
}

/// Tells of entries with ids that have a status below them and parts with states of their own too.
fn tell_parts(reader: &mut Reader<'_>, items: &[NodeId]) {
    let tells = |&&item: &&NodeId| {
        entry(reader, item, None)
            .is_some_and(|entry| entry.facts.status.is_some() && code(reader, &entry.text).is_some())
    };
    if let Some(&item) = items.iter().find(tells) {
        let message = "this entry has a status, and parts below it with states of their own, so that it is no item";
        let help = "use boxes ([ ] and [x]) for what is to be counted";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(item).span, message, help);
    }
}

/// The series of the ids that entries have which were read as items.
pub(super) fn told(reader: &Reader<'_>) -> HashSet<String> {
    let bullets = reader.drafts.iter().filter(|draft| draft.item.kind == ItemKind::Bullet);
    let ids = bullets.filter_map(|draft| draft.item.reference.as_deref()).filter(|id| reference::is_lettered(id));
    ids.map(|id| series(id).to_owned()).collect()
}

/// What a list is whose entries all have ids, and an owner, day or level, and no status.
pub(super) enum Untold {
    /// Open items: entries of the same series are items elsewhere.
    Items(Vec<Entry>),
    /// They look like items, and nothing says that they are.
    Ambiguous,
}

/// A list of entries with ids and facts of things to be done, none of which tells a status.
pub(super) fn untold(reader: &Reader<'_>, items: &[NodeId], told: &OnceCell<HashSet<String>>) -> Option<Untold> {
    let tree = reader.tree;
    let is_one = |&item: &NodeId| {
        let has_more = tree.below(item).len() > 1 || has_lines(reader, item);
        has_more && code(reader, &lines::lead(tree, item)).is_some()
    };
    if !items.iter().all(is_one) {
        return None;
    }
    let entries: Vec<Entry> = items.iter().filter_map(|&item| entry(reader, item, None)).collect();
    let is_untold = |entry: &Entry| entry.facts.status.is_none() && entry.facts.is_of_somebody();
    if entries.len() != items.len() || !entries.iter().all(is_untold) {
        return None;
    }
    let told = told.get_or_init(|| self::told(reader));
    let is_told = |entry: &Entry| code(reader, &entry.text).is_some_and(|id| told.contains(series(id)));
    match entries.iter().all(is_told) {
        true => Some(Untold::Items(entries)),
        false => (entries.len() > 1).then_some(Untold::Ambiguous),
    }
}

/// Whether entries of one list all have a status that is known, or most of those that have one an owner, a day or a level:
/// services and versions have a status too.
pub(super) fn are_known(reader: &Reader<'_>, entries: &[Entry]) -> bool {
    let is_known = |entry: &&Entry| entry.facts.said(reader.terms).known().is_some();
    let with_status = entries.iter().filter(|entry| entry.facts.status.is_some()).count();
    let tasks = entries.iter().filter(|entry| entry.facts.is_of_somebody()).count();
    let known = entries.iter().filter(is_known).count();
    known == entries.len() || with_status * 2 >= entries.len() && tasks * 2 >= with_status && known > 0
}

/// Whether some of them are not even started, or are somebody's task.
pub(super) fn has_work(reader: &Reader<'_>, entries: &[Entry]) -> bool {
    let is_known = |entry: &Entry| entry.facts.said(reader.terms).known().is_some();
    entries.iter().any(|entry| is_known(entry) && entry.state.waits() || entry.facts.is_of_somebody())
}

/// An entry with a name and what stands below it: in its own lists, and in one right behind it.
pub(super) fn entry(reader: &Reader<'_>, item: NodeId, below: Option<NodeId>) -> Option<Entry> {
    let (terms, tree) = (reader.terms, reader.tree);
    let lead = lines::lead_node(tree, item)?;
    let first = lines::of(tree, lead).next()?;
    let text = first.text(tree).trim().trim_end_matches(':').to_owned();
    if text.is_empty() || !lines::pairs(terms, &first.text(tree)).is_empty() {
        return None;
    }
    let mut facts = Facts::default();
    for child in tree.children(item) {
        match tree.node(child).block {
            Block::Paragraph => facts.take_lines(terms, tree, child),
            Block::List { .. } => facts.take_list(terms, tree, child),
            _ => {}
        }
    }
    if let Some(list) = below {
        facts.take_list(terms, tree, list);
    }
    let said = facts.status.as_ref().map_or(Said::Nothing, |_| facts.said(terms));
    let word = facts.status.as_ref().map_or_else(String::new, |(text, _)| text.clone());
    Some(Entry { item, state: said.state(), word, text, facts, below, ..Entry::default() })
}

/// Whether an entry has parts with a state of their own: a status further down, a bullet that tells no fact and holds a
/// status glyph, or one below a fact that says that something is left. One status for all of them would hide theirs.
fn has_parts(reader: &Reader<'_>, item: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let has_status = |part: NodeId| {
        let inner = tree.below(part).filter(|&node| matches!(tree.node(node).block, Block::Item(_)));
        inner
            .into_iter()
            .any(|node| lines::pairs(terms, &lines::lead(tree, node)).iter().any(|(tag, _)| *tag == Tag::Status))
    };
    let mut told = 0;
    tree.below(item).filter(|&node| matches!(tree.node(node).block, Block::Item(_))).any(|part| {
        let lead = lines::lead(tree, part);
        let has_glyph = |is_one: fn(State) -> bool| {
            !lead.is_ascii() && lead.chars().any(|letter| terms.status_glyph(letter).is_some_and(is_one))
        };
        // What stands below a fact is a part of what that says.
        if part < told {
            return has_glyph(State::is_left);
        }
        if !lines::pairs(terms, &lead).is_empty() {
            told = tree.node(part).next as usize;
            return false;
        }
        has_glyph(|_| true) || has_status(part)
    })
}

/// Whether the first paragraph of an entry has several lines.
fn has_lines(reader: &Reader<'_>, item: NodeId) -> bool {
    let lead = lines::lead_node(reader.tree, item);
    lead.is_some_and(|lead| reader.tree.pieces(lead).iter().any(|piece| piece.inline == Inline::Break))
}
