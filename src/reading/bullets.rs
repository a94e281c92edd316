//! Lists whose entries carry a status without a box: led by glyphs or status words, or ending in a status word.

mod about;
mod add;
mod among_boxes;
mod answered;
mod around;
mod belied;
mod bolded;
mod bracketed;
mod counted;
mod demanded;
mod entry;
mod faceted;
mod fielded;
mod glyphs;
mod headed;
mod hinted;
mod in_lines;
mod in_paragraphs;
mod inner;
mod keys;
mod labelled;
mod observed;
mod partly;
mod plain;
mod praised;
mod prefix;
mod split;
mod suffixed;
mod summing;
mod waiting;

pub(super) use among_boxes::{begins_as_left, left};
pub(super) use answered::tell as tell_answered;
pub(super) use around::read as read_around;
pub(super) use in_lines::tell as tell_lines;
pub(super) use in_paragraphs::tell as tell_paragraphs;
pub(super) use labelled::read as read_labelled;
pub(super) use summing::take_back as take_back_summing;
pub(super) use waiting::read as read_waiting;

use super::legend::Terms;
use super::outline::Place;
use super::phrase::{is_pictograph, last_brackets, next_stop, normalise};
use super::vocabulary::{Context, Tag};
use super::{Reader, lines};
use crate::finding::Code;
use crate::markdown::{NodeId, Tree};
use crate::model::State;
use about::{about, has_no_items, has_no_tasks, is_other};
use add::{Style, add, add_lists};
use entry::Entry;
use glyphs::{glyph_entries, glyph_entry};
use keys::{is_decision, is_key};
use std::borrow::Cow;

/// Reads a list at top level that holds no tasks.
pub(super) fn read(reader: &mut Reader<'_>, place: Place) {
    let items: Vec<NodeId> = reader.tree.children(place.node).collect();
    let glyphs = glyph_entries(reader.terms, reader.tree, &items);
    let explains = |entry: &Entry| reader.terms.words.phrases.explains(&normalise(&entry.text));
    if glyphs.len() > 1 && glyphs.len() == items.len() && glyphs.iter().all(explains) {
        return;
    }
    if let Some(entries) = led_entries(reader, glyphs, items.len()) {
        return add(reader, place, entries, Style::Led);
    }
    let mut entries = fielded::entries(reader, &items);
    if entries.is_empty() {
        entries = worded(reader.terms, reader.tree, &items);
    }
    if entries.is_empty()
        && let Some(entries) = inner::entries(reader.terms, reader.tree, &items)
    {
        return add(reader, place, entries, Style::Led);
    }
    if entries.is_empty() {
        entries = faceted::entries(reader, &items);
    }
    if entries.is_empty() {
        return reader.waiting.push(place);
    }
    add(reader, place, entries, Style::Worded);
}

/// Entries with a status word, in front, in brackets or at the end.
fn worded(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Vec<Entry> {
    let entries = prefix::entries(terms, tree, items);
    let entries = entries.or_else(|| bracketed::entries(terms, tree, items));
    entries.unwrap_or_else(|| suffixed::entries(terms, tree, items))
}

/// Tells of a list in which status glyphs lead most entries but not all, or stand at their ends.
fn tell_glyphs(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) {
    let (terms, tree) = (reader.terms, reader.tree);
    let (mut led, mut ended, mut crossed) = (0, 0, 0);
    for &item in items {
        let Some(lead) = lines::lead_node(tree, item) else { continue };
        let (source, pieces) = (tree.source(tree.node(lead).span), tree.pieces(lead));
        let is_named = pieces.iter().any(|piece| tree.is_named_emoji(piece));
        // Most entries have none at all.
        if source.is_ascii() && !is_named {
            continue;
        }
        let shown = if is_named { tree.plain(pieces) } else { Cow::Borrowed(source) };
        let shown = shown.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{fe0f}');
        let said = |glyph: Option<char>| glyph.and_then(|glyph| terms.listed_glyph(glyph));
        let (first, last) = (said(shown.chars().next()), said(last_sign(shown)));
        led += usize::from(first.is_some());
        ended += usize::from(last.is_some() || inner::entry(terms, tree, item).is_some());
        crossed += usize::from([first, last].contains(&Some(State::Open)));
    }
    let enough = |count: usize| count > 1 && count * 2 >= items.len();
    // `✅ Backups` beside one plain entry leaves out what may be open.
    let is_pair = led.max(ended) == 1 && items.len() == 2;
    let about = about(reader, place);
    // Praise has nothing that is left to do in it.
    let is_other = || has_no_items(about) && !(crossed > 0 && about.has(Context::Praise));
    if !(crossed > 0 || is_pair || enough(led) || enough(ended)) || is_other() {
        return;
    }
    let message = "not every entry of this list begins with a status glyph, so none of them is an item";
    let help = "begin each entry with a glyph, or use boxes ([ ] and [x])";
    let span = tree.node(place.node).span;
    match crossed {
        0 => reader.find(Code::AmbiguousGlyphs, span, message, help),
        _ => reader.warn(Code::AmbiguousGlyphs, span, message, help),
    }
}

/// The last letter of a text, or that before or in the brackets at its end: `Mail ❌`, `Mail ❌ (no key)`, `Mail [❌]`.
fn last_sign(text: &str) -> Option<char> {
    let Some((before, inside)) = last_brackets(text) else { return text.chars().next_back() };
    let ends = [before, inside].map(|part| part.trim_end_matches([' ', '\u{fe0f}', '\u{a0}']).chars().next_back());
    ends.into_iter().flatten().find(|&sign| is_pictograph(sign))
}

/// Reads a list below a plain bullet, when it is led by glyphs or tells facts with a status in each line.
pub(super) fn read_led(reader: &mut Reader<'_>, place: Place) {
    let items: Vec<NodeId> = reader.tree.children(place.node).collect();
    let glyphs = glyph_entries(reader.terms, reader.tree, &items);
    if glyphs.len() == items.len() && are_outcomes(reader, place, &glyphs) {
        let message = "each entry here is another outcome, so that this list explains them; its entries are not items";
        let help = "use boxes ([ ] and [x]) to make them items";
        return reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
    }
    let told = fielded::entries(reader, &items);
    if !told.is_empty() {
        add(reader, place, told, Style::Worded);
    } else if let Some(entries) = led_entries(reader, glyphs, items.len()) {
        add(reader, place, entries, Style::Led);
    } else if worded(reader.terms, reader.tree, &items).iter().any(|entry| entry.state.is_left()) {
        tell_below(reader, place);
    }
}

/// Tells of entries with a status word below a plain bullet, as `Pager: open` below `Operations`.
fn tell_below(reader: &mut Reader<'_>, place: Place) {
    if !has_no_tasks(about(reader, place)) {
        let message = "these entries have a status word below a bullet that has none, so they are not items";
        let help = "use boxes ([ ] and [x]) to make them items";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
    }
}

/// Whether the entries below a bullet that asks for a status are the outcomes that there may be, each another one with
/// an explanation: `✓ Success: it answers`, `✗ Failure: it does not`.
fn are_outcomes(reader: &Reader<'_>, place: Place, entries: &[Entry]) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let asks = |before: NodeId| terms.words.tag(&normalise(&tree.plain(tree.pieces(before)))) == Some(Tag::Status);
    let mut signs: Vec<&str> = entries.iter().map(|entry| entry.word.as_str()).collect();
    signs.sort_unstable();
    let head = |entry: &Entry| next_stop(&entry.text, 0).map(|(at, _)| normalise(&entry.text[..at]));
    let known = entries.iter().filter(|entry| head(entry).is_some_and(|head| terms.state(&head).is_some())).count();
    known > 1
        && place.before.is_some_and(asks)
        && signs.windows(2).all(|pair| pair[0] != pair[1])
        && entries.iter().all(|entry| head(entry).is_some_and(|head| head.split(' ').count() <= 2))
}

/// The entries of a list of which every one is led by a glyph, at least two of them before such lists are the style of
/// the document.
fn led_entries(reader: &mut Reader<'_>, entries: Vec<Entry>, items: usize) -> Option<Vec<Entry>> {
    let led = !entries.is_empty() && entries.len() == items && (entries.len() > 1 || reader.glyph_style);
    reader.glyph_style |= led;
    led.then_some(entries)
}
