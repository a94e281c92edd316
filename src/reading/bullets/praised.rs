//! Lists that tell why the whole is ready, below a line that says so: `**Current status:** YES`, then `We can ship with:`.

use super::Entry;
use crate::markdown::Block;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::outline::Place;
use crate::reading::phrase::normalise;
use crate::reading::vocabulary::Context;

/// How many paragraphs above a list are asked.
const ABOVE: usize = 3;

/// Whether all of a list is done, and nothing but paragraphs stands between it and a line about the current status of
/// everything in its section. The line right above it is its label.
pub(super) fn is_one(reader: &Reader<'_>, place: Place, entries: &[Entry]) -> bool {
    let (tree, outline) = (reader.tree, reader.outline);
    if entries.iter().any(|entry| entry.state != State::Done) {
        return false;
    }
    let Ok(at) = outline.places.binary_search_by_key(&place.node, |place| place.node) else { return false };
    let start = outline.section_at(tree.node(place.node).span.start).map_or(0, |index| outline.section(index).start);
    let above = outline.places[..at].iter().rev().take(ABOVE).map(|place| tree.node(place.node));
    let mut lines = above
        .take_while(|node| node.block == Block::Paragraph && node.span.start >= start)
        .map(|node| tree.source(node.span));
    let is_status = |(label, _): (&str, &str)| reader.terms.words.is(Context::StatusFacts, &normalise(label));
    lines.any(|line| line.split_once([':', '：']).is_some_and(is_status))
}
