//! Lists of what one must have before something: `Before go-live you must have:`. Ticks before its entries mark what is asked
//! for rather than what is done, as they do below a condition: `We go live when:`.

use super::Entry;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::outline::{Place, begun_label, label};
use crate::reading::phrase::normalise;

/// Whether all entries of a list have a tick, and its label or heading says that they are asked for. A label of what is
/// `Required before launch` may part done things as well, unless boxes tell these.
pub(super) fn is_one(reader: &Reader<'_>, place: Place, entries: &[Entry]) -> bool {
    if entries.iter().any(|entry| entry.state != State::Done) {
        return false;
    }
    let (tree, outline, demands) = (reader.tree, reader.outline, &reader.terms.words.demands);
    if let Some(label) = label(tree, place).or_else(|| begun_label(tree, place)) {
        let phrase = normalise(&label);
        let is_told = || reader.tasks > 0 && demands.tells_demanded(&phrase) && !is_past(reader, &phrase);
        return is_demand(reader, &phrase) || is_told();
    }
    let section = outline.section_at(tree.node(place.node).span.start);
    is_demand(reader, section.map_or("", |index| outline.section(index).phrase.as_str()))
}

/// Whether a normalised label or heading asks for things or states conditions. What is of a level counts with that:
/// `P0: needed for the launch`.
fn is_demand(reader: &Reader<'_>, phrase: &str) -> bool {
    let (words, demands) = (reader.terms.words, &reader.terms.words.demands);
    let is_condition = || demands.prescribes(phrase) && !words.begins_with_level(phrase);
    match is_past(reader, phrase) {
        true => demands.begins_prescribed(phrase),
        false => demands.demands(phrase) || is_condition(),
    }
}

/// Whether a normalised label begins with a word for "done" that tells of what follows: `Completed must-haves before launch`,
/// but not `Ready when all of these must hold`.
fn is_past(reader: &Reader<'_>, phrase: &str) -> bool {
    let words = reader.terms.words;
    let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let next = rest.split(' ').next().unwrap_or_default();
    // `Ready for release if` ends in what asks.
    words.state(first.trim_end_matches([':', ','])) == Some(State::Done)
        && !words.demands.is_before_aim(next)
        && !words.demands.ends_prescribed(phrase)
}
