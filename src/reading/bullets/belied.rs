//! Ticks below a heading or label that says that all it lists is left: `TODO`, `Missing`, `Not yet done:`.

use super::Entry;
use crate::finding::Code;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::outline::{Place, label};
use crate::reading::phrase::normalise;

/// Tells of a list whose every entry has a tick below such a heading or label: they may be what was left and is done by
/// now, or what is left, with a tick for ornament. What was in the way and is solved is told of so by right.
pub(super) fn tell(reader: &mut Reader<'_>, place: Place, entries: &[Entry]) {
    if entries.iter().any(|entry| entry.state != State::Done) {
        return;
    }
    let (tree, outline) = (reader.tree, &reader.outline);
    let own = label(tree, place).and_then(|label| is_left(reader, &normalise(&label)));
    let above = || outline.section_at(tree.node(place.node).span.start).map(|index| &outline.section(index).phrase);
    if own.or_else(|| is_left(reader, above()?)) == Some(true) {
        let message = "the ticks say that these entries are done, and the heading or label above that they are left";
        let help = "only the ticks count; make the two agree, or use boxes ([ ] and [x])";
        reader.find(Code::GroupDisagrees, tree.node(place.node).span, message, help);
    }
}

/// Whether a normalised heading or label says that what it lists is left; `None` where it tells no state.
fn is_left(reader: &Reader<'_>, phrase: &str) -> Option<bool> {
    let words = reader.terms.words;
    // One word alone may tell of what kind the entries are: `Optional`.
    let of_words = || words.state(phrase).filter(|state| phrase.contains(' ') && state.is_left());
    let state = words.section_state(phrase).or_else(of_words)?;
    Some(state.is_left() && !words.is_in_the_way(phrase))
}
