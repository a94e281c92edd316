//! Bare colours at the ends of headings: no states, as they may be levels or ornament. Where some say that things are done
//! and others that they are not, that is told.

use super::gates::{Kind, kind};
use super::marked::bears_other;
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::phrase::{normalise, without_number};
use rustc_hash::FxHashMap as HashMap;

/// What headings of one kind end with.
#[derive(Default)]
struct Ends {
    /// Whether one ends in a colour, rather than in other signs.
    colour: bool,
    /// Whether one ends in a sign for what is done.
    done: bool,
    /// The first that ends in a sign for what is left, and that no item stands below.
    left: Option<NodeId>,
}

/// Tells once of headings of each kind that end in bare colours, some for what is done and some for what is left.
pub(super) fn tell(reader: &mut Reader<'_>, headings: &[(NodeId, u32)]) {
    if !reader.has_items_or_name() {
        return;
    }
    let mut kinds: HashMap<Kind, Ends> = HashMap::default();
    for &(node, index) in headings {
        let Some((state, is_colour)) = sign_at_end(reader, index) else { continue };
        let ends = kinds.entry(kind(reader, index)).or_default();
        ends.done |= state == State::Done;
        ends.colour |= is_colour;
        // An item counts below its own heading too.
        if ends.left.is_none() && state.is_left() && reader.section_items(index) == 0 {
            ends.left = Some(node);
        }
    }
    let mut nodes: Vec<NodeId> =
        kinds.into_values().filter(|ends| ends.colour && ends.done).filter_map(|ends| ends.left).collect();
    nodes.sort_unstable();
    for node in nodes {
        let message = "this heading and those beside it end in colours, which may be states, so it is no item";
        let help = "end it with its state in words: `: open`";
        reader.warn(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
    }
}

/// What the colour or other sign would say that a heading which names a thing ends with, not `High 🔴`, and whether it is a
/// colour.
fn sign_at_end(reader: &Reader<'_>, index: u32) -> Option<(State, bool)> {
    let title = reader.outline.title(index).trim_end_matches([' ', '\u{fe0f}']);
    let sign = title.chars().next_back().filter(|last| !last.is_ascii())?;
    let state = reader.terms.led_glyph(sign)?;
    let phrase = normalise(without_number(title));
    let is_level = || phrase.split(' ').any(|word| reader.terms.words.level(word).is_some());
    let is_label = || reader.terms.state(&phrase).is_some() || reader.terms.words.section_state(&phrase).is_some();
    let is_thing = phrase.contains(char::is_alphanumeric) && !is_level() && !is_label() && !bears_other(reader, index);
    is_thing.then(|| (state, reader.terms.listed_glyph(sign).is_none()))
}
