//! Headings with a sign of what is not done, followed by words in capitals that are no known state: `Gate 2: Tests ❌ SIX SHARDS RED`.
//! A cross or a stop there adorns nothing: such a heading is an item or told of.

use super::gates::{Kind, kind};
use super::glyphs::{is_shown, is_thing};
use super::marked::bears_other;
use super::tails::{self, is_no_thing};
use super::{Status, is_about_all};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::phrase::{is_pictograph, normalise};
use crate::reading::status::{Said, said};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

/// The most words in capitals behind a sign.
const WORDS: usize = 6;

/// What a heading ends with.
struct Tail<'r> {
    /// The text before the sign.
    text: &'r str,
    /// The sign and the words.
    written: &'r str,
    /// Whether the sign is a cross or a stop.
    is_plain: bool,
    /// Whether the words may warn of something, or what stands before them is a step.
    warns: bool,
}

/// The status of a heading that names one thing and ends so behind a cross or a stop.
pub(super) fn status(reader: &Reader<'_>, (node, index): (NodeId, u32)) -> Option<Status> {
    let is_one = |tail: &Tail<'_>| tail.is_plain && !tail.warns && is_thing(reader, index, tail.text);
    let tail = tail(reader, node, index).filter(is_one)?;
    let state = said(reader.terms, tail.written).state();
    let state = if state.is_left() { state } else { State::Open };
    Some(Status { text: tail.text.to_owned(), word: tail.written.to_owned(), state })
}

/// The name of a heading whose status is told below it: what its own end says of that, `Gate 2 ❌ FAILED`, is left out.
pub(super) fn name(reader: &Reader<'_>, (node, index): (NodeId, u32)) -> String {
    let title = reader.outline.name(index);
    let ending = if title.is_ascii() { None } else { tails::status(reader, title).filter(|end| end.state.is_left()) };
    let ending = ending.or_else(|| status(reader, (node, index)));
    ending.map_or_else(|| title.to_owned(), |ending| ending.text)
}

/// Tells once of headings of each kind that end so and are no items; of those that may warn of something where one of their
/// kind is an item. Over items of which none is left, such an end says otherwise than they do.
pub(super) fn tell(reader: &mut Reader<'_>, headings: &[(NodeId, u32)], told: &[(u32, State)]) {
    if !reader.has_items_or_name() {
        return;
    }
    let mut kinds: HashSet<Kind> = HashSet::default();
    let known: HashSet<u32> = told.iter().map(|&(index, _)| index).collect();
    // Each heading is asked for once, and nothing is told of another here.
    let (left, of_items, before) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
    for &(node, index) in headings {
        let own = kind(reader, index);
        if kinds.contains(&own) || known.contains(&index) {
            continue;
        }
        let Some(tail) = tail(reader, node, index) else { continue };
        let kinds_of_items = || known.iter().map(|&index| kind(reader, index)).collect::<HashSet<Kind>>();
        let has_item = || of_items.get_or_init(kinds_of_items).contains(&own);
        let is_one = if tail.warns { has_item() } else { tail.is_plain || is_thing(reader, index, tail.text) };
        let is_over = || left.get_or_init(|| reader.counts_left())[index as usize] > 0;
        let is_read = reader.section_items(index) > 0 && (tail.warns || is_over());
        if is_one && !is_read && !before.get_or_init(|| told_of(reader)).contains(&index) {
            kinds.insert(own);
            let span = reader.tree.node(node).span;
            let words = tail.written.trim_start_matches(|c: char| !c.is_alphanumeric());
            if reader.section_items(index) > 0 {
                tell_over(reader, node, said(reader.terms, words));
                continue;
            }
            let message = "the sign and the words in capitals behind this heading may be its state, so it is no item";
            let help = "end it with its state: `: failed`";
            reader.warn(Code::AmbiguousGlyphs, span, message, help);
        }
    }
}

/// Tells of a heading over items of which none is left, by what its last words say.
pub(super) fn tell_over(reader: &mut Reader<'_>, node: NodeId, words: Said) {
    let (code, message) = match words {
        Said::State(state) if state.is_left() => {
            (Code::BoxAgainstWord, "this heading says that it is not done, and all items below it are; they count")
        }
        _ => {
            (Code::AmbiguousGlyphs, "this heading may say that it is not done, and all items below it are; they count")
        }
    };
    reader.find(code, reader.tree.node(node).span, message, "untick what is not done, or mend the heading");
}

/// Whether the words behind a sign warn of something or forbid it, `⛔ DO NOT SKIP`, `❌ REMOVED IN V3`, or what stands before
/// them is a step: `Step 2: Drain`.
pub(super) fn is_warning(reader: &Reader<'_>, text: &str, words: &str) -> bool {
    let vocabulary = reader.terms.words;
    let is_step = || text.split([' ', ':']).next().is_some_and(|first| vocabulary.is_step(&normalise(first)));
    let phrase = normalise(words);
    vocabulary.warns(&phrase) || reader.terms.state(&phrase).is_none() && is_step()
}

/// The headings of which something was told, or of what stands right below them.
pub(super) fn told_of(reader: &Reader<'_>) -> HashSet<u32> {
    let about = reader.findings.iter().filter(|finding| finding.code == Code::AmbiguousGlyphs);
    let found = about.filter_map(|finding| reader.outline.section_at(finding.span?.start));
    found.chain(reader.held_sections()).collect()
}

/// The sign and the words behind it that a heading ends with.
fn tail<'r>(reader: &'r Reader<'_>, node: NodeId, index: u32) -> Option<Tail<'r>> {
    let title = reader.outline.title(index);
    if title.is_ascii() {
        return None;
    }
    let (at, glyph) = title.char_indices().rev().find(|&(_, c)| is_pictograph(c) && c != '\u{fe0f}')?;
    let words = title[at + glyph.len_utf8()..].trim_start_matches(['\u{fe0f}', '\u{a0}', ' ']);
    let is_loud = words.contains(char::is_alphabetic) && !words.contains(char::is_lowercase);
    let state = reader.terms.led_glyph(glyph).filter(|state| is_loud && state.is_left())?;
    let text = title[..at].trim();
    let is_rated = || normalise(words).split(' ').any(|word| reader.terms.words.is_rating(word));
    let is_other = words.split(' ').count() > WORDS
        || bears_other(reader, index)
        || is_about_all(reader, index)
        || is_shown(reader, node, text)
        || is_no_thing(reader, index, text);
    let is_plain = reader.terms.listed_glyph(glyph).is_some() && state != State::Doing;
    let warns = || is_rated() || is_warning(reader, text, words);
    (!is_other).then(|| Tail { text, written: &title[at..], is_plain, warns: warns() })
}
