//! Lists that tell what will be seen, in pairs: `Success:` over ticks and `Error:` over crosses.

use super::{Entry, glyph_entries};
use crate::markdown::{Block, NodeId};
use crate::model::State;
use crate::reading::Reader;
use crate::reading::outline::{Place, label};
use crate::reading::phrase::normalise;

/// The most words that the label of such a list has.
const LABEL_WORDS: usize = 4;

/// Whether a list is one of a pair: all of it done below a label of success, or none of it below one of failure, with a
/// list of the other kind right beside it.
pub(super) fn is_one(reader: &Reader<'_>, place: Place, entries: &[Entry]) -> bool {
    let Some(side) = side(reader, place, entries) else { return false };
    let other = if side == State::Done { State::Open } else { State::Done };
    beside(reader, place).into_iter().any(|place| {
        let items: Vec<NodeId> = reader.tree.children(place.node).collect();
        let entries = glyph_entries(reader.terms, reader.tree, &items);
        entries.len() == items.len() && self::side(reader, place, &entries) == Some(other)
    })
}

/// Which of the two a list is: `Done` below a label of success, `Open` below one of failure.
fn side(reader: &Reader<'_>, place: Place, entries: &[Entry]) -> Option<State> {
    let label = normalise(&label(reader.tree, place).filter(|label| label.split(' ').count() <= LABEL_WORDS)?);
    let phrases = &reader.terms.words.phrases;
    let is_good = || entries.iter().all(|entry| entry.state == State::Done) && phrases.success.stand_in(&label);
    let is_bad = || entries.iter().all(|entry| entry.state.is_left()) && phrases.failure.stand_in(&label);
    if is_good() { Some(State::Done) } else { is_bad().then_some(State::Open) }
}

/// The lists right before and behind a list and its label.
fn beside(reader: &Reader<'_>, place: Place) -> Vec<Place> {
    let tree = reader.tree;
    let is_list = |place: &&Place| matches!(tree.node(place.node).block, Block::List { .. });
    // A label alone stands between the two.
    let follows = |first: Place, second: Place| second.before == Some(tree.node(first.node).next as NodeId);
    let places = [&reader.outline.places, &reader.outline.nested].into_iter().find_map(|places| {
        let at = places.binary_search_by_key(&place.node, |place| place.node).ok()?;
        Some((&places[..at], &places[at + 1..]))
    });
    let Some((above, below)) = places else { return Vec::new() };
    let above = above.iter().rev().find(is_list).filter(|other| follows(**other, place));
    let below = below.iter().find(is_list).filter(|other| follows(place, **other));
    above.into_iter().chain(below).copied().collect()
}
