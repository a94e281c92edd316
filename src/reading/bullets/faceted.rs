//! Lists whose entries have a `Status:` of their own below them, among `Owner:` and the like: gates, epics, components.

use super::Entry;
use crate::markdown::{Block, Inline, NodeId};
use crate::model::State;
use crate::reading::facts::Facts;
use crate::reading::status::Said;
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines, reference};

/// The entries of a list, when at least half of them and two have a status below them; where all have ids, or an owner, day
/// or level, one that is known is enough. The others are open.
pub(super) fn entries(reader: &mut Reader<'_>, items: &[NodeId]) -> Vec<Entry> {
    let tree = reader.tree;
    // Most lists have nothing below their entries.
    let has_more = |&&item: &&NodeId| tree.below(item).len() > 1 || has_lines(reader, item);
    if !items.iter().any(|item| has_more(&item)) || items.iter().any(|&item| has_parts(reader, item)) {
        return Vec::new();
    }
    let entries: Vec<Entry> = items.iter().filter_map(|&item| entry(reader, item)).collect();
    let with_status = entries.iter().filter(|entry| entry.facts.status.is_some()).count();
    // Services and versions have a status too; what has an owner, a day or a priority is somebody's task, and what is
    // not even started is work.
    let is_task =
        |entry: &&Entry| !entry.facts.owners.is_empty() || entry.facts.due.is_some() || entry.facts.priority.is_some();
    let tasks = entries.iter().filter(is_task).count();
    let is_work = |entry: &Entry| matches!(entry.state, State::Open | State::Blocked | State::Deferred);
    let is_known = |entry: &Entry| matches!(entry.facts.said(reader.terms), Said::State(_) | Said::Opposed(_));
    let all_known = entries.len() == items.len() && entries.iter().all(is_known) && entries.iter().any(is_work);
    let has_code = |entry: &Entry| {
        reference::at_start(reader.terms.words, &entry.text).is_some_and(|(id, _)| reference::is_lettered(id))
    };
    // Where all have ids or something to tell, one status makes them a list of things to be done.
    let has_facts = |entry: &Entry| entry.facts.status.is_some() || is_task(&entry);
    let are_alike = || entries.iter().all(has_code) || tasks > 0 && entries.iter().all(has_facts);
    let are_told_by_one = entries.len() == items.len() && entries.iter().any(is_known) && are_alike();
    let are_told = with_status > 1 && with_status * 2 >= items.len() && (all_known || tasks * 2 >= with_status);
    if !(are_told_by_one || are_told) {
        return Vec::new();
    }
    for entry in &entries {
        if let Some((text, span)) = &entry.facts.status {
            reader.tell(entry.facts.said(reader.terms), text, *span);
        }
    }
    entries
}

fn entry(reader: &Reader<'_>, item: NodeId) -> Option<Entry> {
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
    let said = facts.status.as_ref().map_or(Said::Nothing, |_| facts.said(terms));
    let word = facts.status.as_ref().map_or_else(String::new, |(text, _)| text.clone());
    Some(Entry { item, state: said.state(), word, text, facts, ..Entry::default() })
}

/// Whether an entry has parts with a state of their own: a status further down, or a bullet that tells no fact and holds a
/// status glyph. One status for all of them would hide theirs.
fn has_parts(reader: &Reader<'_>, item: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let parts = tree.below(item).filter(|&node| matches!(tree.node(node).block, Block::Item(_)));
    parts.into_iter().any(|part| {
        let lead = lines::lead(tree, part);
        let is_fact = !lines::pairs(terms, &lead).is_empty();
        let has_glyph = || lead.chars().any(|letter| terms.status_glyph(letter).is_some());
        let has_status = || {
            let inner = tree.below(part).filter(|&node| matches!(tree.node(node).block, Block::Item(_)));
            inner
                .into_iter()
                .any(|node| lines::pairs(terms, &lines::lead(tree, node)).iter().any(|(tag, _)| *tag == Tag::Status))
        };
        !is_fact && (has_glyph() || has_status())
    })
}

/// Whether the first paragraph of an entry has several lines.
fn has_lines(reader: &Reader<'_>, item: NodeId) -> bool {
    let lead = lines::lead_node(reader.tree, item);
    lead.is_some_and(|lead| reader.tree.pieces(lead).iter().any(|piece| piece.inline == Inline::Break))
}
