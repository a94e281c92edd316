//! Bullets below a done item that name something that is left: `TODO: the second lamp`, `Remaining: the north side`. The
//! box counts, and they are told.

use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::model::State;
use crate::reading::phrase::normalise;
use crate::reading::{Reader, bullets, lines, suffix};

/// Tells of such a bullet.
pub(super) fn tell(reader: &mut Reader<'_>, bullet: NodeId) {
    if is_left(reader, bullet) {
        let message = "the box above says done, and this names something that is left; the box counts";
        let help = "give what is left a box of its own, or untick the one above";
        reader.find(Code::BoxAgainstWord, reader.tree.node(bullet).span, message, help);
    }
}

/// Whether a bullet names something that is left.
pub(in crate::reading) fn is_left(reader: &Reader<'_>, bullet: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let words = terms.words;
    let Some(lead) = lines::lead_node(tree, bullet) else { return false };
    // Nearly all bullets begin with one capital or none, and have no colon.
    let source = tree.source(tree.node(lead).span);
    let is_loud = !matches!(source.as_bytes(), [_, second, ..] if second.is_ascii_lowercase() || *second == b' ');
    if !is_loud && !source.contains(" - ") && !lines::has_colon(tree, tree.node(lead).span) {
        return false;
    }
    let text = lines::lead(tree, bullet);
    let Some((key, value)) = text.split_once([':', '：']).filter(|(key, _)| key.len() <= 40) else {
        let is_contrary = || text.contains(" - ") && suffix::contrary(terms, &text).is_some();
        return is_contrary()
            || is_loud && (bullets::begins_as_left(terms, tree, bullet) || begins_loud(reader, &text));
    };
    let key = normalise(key);
    // `Logs: open`, but not `Status: open`, which is compared with the box.
    if words.tag(&key).is_none() && suffix::contrary(terms, &text).is_some() {
        return true;
    }
    let is_word = words.opens(&key) && words.state(&key).is_some_and(State::is_left);
    // `Failed: a wrong key is refused` tells what was tried.
    let names_left =
        (is_word || words.section_state(&key).is_some_and(State::is_left)) && !words.reservations.is_object(&key);
    let has_list = || tree.children(bullet).any(|child| matches!(tree.node(child).block, Block::List { .. }));
    names_left && if value.trim().is_empty() { has_list() } else { !is_none(reader, &normalise(value)) }
}

/// Whether a text begins with such a word in capitals and nothing that sets it apart, `TODO dig it`, or with a cross.
fn begins_loud(reader: &Reader<'_>, text: &str) -> bool {
    let (terms, words) = (reader.terms, reader.terms.words);
    let first = text.split(' ').next().unwrap_or_default();
    let is_loud = first.len() > 2 && first.bytes().all(|byte| byte.is_ascii_uppercase());
    let phrase = if is_loud { normalise(first) } else { String::new() };
    let is_word = is_loud && words.opens(&phrase) && words.state(&phrase).is_some_and(State::is_left);
    let is_cross =
        || text.chars().next().is_some_and(|glyph| !glyph.is_ascii() && terms.listed_glyph(glyph) == Some(State::Open));
    is_word || is_cross()
}

/// Whether a value says that there is nothing: `none`, `0 of 3`, `no open points`. But `no key` is what is missing.
fn is_none(reader: &Reader<'_>, value: &str) -> bool {
    let words = reader.terms.words;
    let (first, rest) = value.split_once([' ', ',', ';', '.']).unwrap_or((value, ""));
    let next = rest.split(' ').next().unwrap_or_default();
    let is_object = first == "no" && !next.is_empty() && !words.state(next).is_some_and(State::is_left);
    words.is_nobody(value) || first.parse::<u32>() == Ok(0) || words.denies(value) && !is_object
}
