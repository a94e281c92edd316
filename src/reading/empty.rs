//! Documents in which nothing counts, or nothing that is left.

use super::phrase::{next_stop, normalise};
use super::vocabulary::Contexts;
use super::{Reader, lines};
use crate::finding::{Code, Finding};
use crate::markdown::Block;
use crate::model::State;

/// The fewest plain entries of a checklist that are told of.
const ENTRIES: usize = 3;

/// Tells of a document that calls itself a checklist and in which nothing counts nor anything was told of that: its lists
/// have no place for a state.
pub(super) fn tell(reader: &mut Reader<'_>) {
    let list = &reader.list;
    let says_more = !(list.statements.is_empty() && list.criteria.is_empty() && list.signoffs.is_empty());
    if !reader.drafts.is_empty() || list.front.checklist == Some(false) || says_more || !reader.findings.is_empty() {
        return;
    }
    if !reader.calls_itself_checklist() {
        return;
    }
    let (tree, outline) = (reader.tree, reader.outline);
    let is_list = |node: usize| matches!(tree.node(node).block, Block::List { .. }) && !tree.has_box(node);
    let lists = outline.places.iter().map(|place| place.node).filter(|&node| is_list(node));
    let mut lists = lists.filter(|&node| outline.around(tree, node) == Contexts::default()).peekable();
    let Some(&first) = lists.peek() else { return };
    let entries: usize = lists.map(|list| tree.children(list).count()).sum();
    if entries >= ENTRIES {
        let message = match begins_with_state(reader) {
            true => "nothing here counts: that entries of its lists begin with a state makes them no items".to_owned(),
            false => format!("nothing here counts: none of the {entries} entries of its lists has a place for a state"),
        };
        let help = "begin those that are to be done with a box, `- [ ] `";
        reader.find(Code::AmbiguousGlyphs, tree.node(first).span, &message, help);
    }
}

/// Whether an entry of a list begins with a state and a colon: `Todo: write the page`.
fn begins_with_state(reader: &Reader<'_>) -> bool {
    let (tree, outline) = (reader.tree, reader.outline);
    let lists = outline.places.iter().map(|place| place.node);
    let lists = lists.filter(|&node| matches!(tree.node(node).block, Block::List { .. }));
    let mut leads = lists.flat_map(|list| tree.children(list)).filter_map(|item| lines::lead_node(tree, item));
    leads.any(|lead| {
        let text = tree.plain(tree.pieces(lead));
        next_stop(&text, 0).is_some_and(|(at, _)| reader.terms.state(&normalise(&text[..at])).is_some())
    })
}

/// Tells of what is left where the status of everything is summed up, in a document of which all else is done: nothing
/// else would.
pub(super) fn tell_facts(reader: &mut Reader<'_>) {
    if reader.list.statements.is_empty() || reader.drafts.is_empty() {
        return;
    }
    let is_left = |state: State| state.is_left() && state != State::Deferred;
    if reader.drafts.iter().any(|draft| is_left(draft.item.state)) {
        return;
    }
    let mut left = reader.list.statements.iter().filter(|statement| statement.state.is_some_and(is_left));
    let Some(span) = left.next().map(|statement| statement.span) else { return };
    let is_told = |finding: &Finding| finding.span.is_some_and(|told| told.holds(span) || span.holds(told));
    if !reader.findings.iter().any(is_told) {
        let message = "this tells of something that is not done, as a fact about the whole, so it is no item";
        let help = "begin what is to be done with a box, `- [ ] `";
        reader.warn(Code::AmbiguousGlyphs, span, message, help);
    }
}
