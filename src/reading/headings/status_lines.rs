//! Lines with a key in bold that tell the status of what the heading above names: `**Gate 2 status:** ❌ FAILED`,
//! `**Verdict:** Blocked`. Their values begin with a sign or are words for states: `**Result:** 34 tests in 2 s` tells of none.

use super::below::after;
use super::gates::is_whole;
use super::marked::bears_other;
use crate::finding::Code;
use crate::markdown::{Block, Inline, NodeId};
use crate::model::State;
use crate::reading::phrase::{clause_end, normalise};
use crate::reading::status::{Said, said};
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines};
use crate::source::Span;

/// The most bytes of a key.
const KEY: usize = 40;

/// The status that such a line below a heading tells: of several one that is left.
pub(super) fn status(reader: &Reader<'_>, node: NodeId, index: u32) -> Option<(String, Span)> {
    let mut first = None;
    // Beside items it tells of them all.
    if reader.section_items(index) > 0 {
        return None;
    }
    for (value, span) in told(reader, node, index) {
        if said(reader.terms, &value).state().is_left() {
            return Some((value, span));
        }
        first = first.or(Some((value, span)));
    }
    first
}

/// Tells of headings whose status says that they failed, wait or were not begun, though all that counts below is done.
pub(super) fn tell(reader: &mut Reader<'_>, headings: &[(NodeId, u32)]) {
    if reader.drafts.is_empty() {
        return;
    }
    let left = reader.counts_left();
    for &(node, index) in headings {
        let is_done = reader.section_items(index) > 0 && left[index as usize] == 0;
        if !is_done || reader.outline.is_title(index) || is_whole(reader, index) {
            continue;
        }
        let is_left = |(value, _): &(String, Span)| {
            matches!(said(reader.terms, value), Said::State(State::Open | State::Blocked))
        };
        let found = told(reader, node, index).into_iter().find(is_left);
        let found = found.or_else(|| bullets(reader, node, index).find(is_left));
        if let Some((_, span)) = found {
            let message = "this status says that it is not done, and all items below the heading are; they count";
            let help = "untick what is not done, or mend the status";
            reader.find(Code::BoxAgainstWord, span, message, help);
        }
    }
}

/// The values of such lines, up to the next heading.
pub(super) fn told(reader: &Reader<'_>, node: NodeId, index: u32) -> Vec<(String, Span)> {
    let tree = reader.tree;
    let after = after(reader, node);
    // Few paragraphs begin so.
    let may_be_one = |&block: &NodeId| {
        tree.node(block).block == Block::Paragraph && tree.source(tree.node(block).span).starts_with("**")
    };
    let blocks = std::iter::successors(after(&node), after).filter(may_be_one);
    let mut blocks = blocks.peekable();
    if blocks.peek().is_none() || bears_other(reader, index) {
        return Vec::new();
    }
    blocks.flat_map(|block| lines::of(tree, block)).filter_map(|line| value(reader, index, line)).collect()
}

/// The values of bullets without a box that begin like such a line, up to the next heading: `- **Status:** ❌ BLOCKED`
/// among tasks.
fn bullets(reader: &Reader<'_>, node: NodeId, index: u32) -> impl Iterator<Item = (String, Span)> {
    let tree = reader.tree;
    let after = after(reader, node);
    // What stands below a label without boxes is told of that.
    let mut is_labelled = false;
    let lists = std::iter::successors(after(&node), after).filter(move |&list| {
        let block = tree.node(list).block;
        let is_below = std::mem::replace(&mut is_labelled, block == Block::Paragraph);
        matches!(block, Block::List { .. }) && (!is_below || tree.has_box(list))
    });
    let items = lists.flat_map(move |list| tree.children(list));
    let plain = items.filter(move |&item| tree.node(item).block == Block::Item(None));
    let leads = plain.filter_map(move |item| lines::lead_node(tree, item));
    // Few entries begin so.
    let bold = leads.filter(move |&lead| tree.source(tree.node(lead).span).starts_with("**"));
    let is_none = bears_other(reader, index);
    bold.filter(move |_| !is_none)
        .filter_map(move |lead| lines::of(tree, lead).next().and_then(|line| value(reader, index, line)))
}

/// The value of such a line.
fn value(reader: &Reader<'_>, index: u32, line: lines::Line<'_>) -> Option<(String, Span)> {
    line.pieces.first().filter(|piece| piece.inline == Inline::Strong)?;
    let text = line.text(reader.tree);
    let (key, value) = text.split_once([':', '：']).filter(|(key, _)| key.len() <= KEY)?;
    let key = normalise(key);
    let words = reader.terms.words;
    let counts = || reader.has_items_or_name();
    let is_key = words.tag(&key) == Some(Tag::Status)
        || words.is_outcome_key(&key) && counts()
        || names_heading(reader, index, &key);
    (is_key && is_state(reader, value)).then(|| (value.trim().to_owned(), line.span()))
}

/// Whether a key is a word for a status beside the first words of a heading: `Gate 2 status`, `Estado del gate 2`.
fn names_heading(reader: &Reader<'_>, index: u32, key: &str) -> bool {
    let phrase = reader.outline.section(index).phrase.as_str();
    let is_status = |word: &str| reader.terms.words.tag(word) == Some(Tag::Status);
    let is_start = |stem: &str| {
        phrase.strip_prefix(stem).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) && !stem.is_empty()
    };
    let last = || key.rsplit_once(' ').is_some_and(|(stem, last)| is_status(last) && is_start(stem));
    let first = || {
        let rest = key.split_once(' ').filter(|(first, _)| is_status(first)).map_or("", |(_, rest)| rest);
        is_start(rest) || rest.split_once(' ').is_some_and(|(_, stem)| is_start(stem))
    };
    last() || first()
}

/// Whether a value begins with a sign for a state, or its first clause is a word for one and nothing else.
pub(super) fn is_state(reader: &Reader<'_>, value: &str) -> bool {
    let (terms, words) = (reader.terms, reader.terms.words);
    let value = value.trim();
    if let Some((glyph, _)) = terms.glyph_at(value) {
        return terms.led_glyph(glyph).is_some();
    }
    let stop = value.find([';', ',', '(', '—', '–', '，', '（']).unwrap_or(value.len());
    let stop = clause_end(value).map_or(stop, |end| end.min(stop));
    words.section_note(&normalise(&value[..stop])).is_some()
}
