//! Lists whose entries begin with a status word set apart: `DONE: …`, `**TODO** …`, `[WIP] …`.

use super::Entry;
use crate::markdown::{Inline, NodeId, Piece, Tree};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::{lines, status};
use crate::source::Span;
use rustc_hash::FxHashSet as HashSet;
use std::borrow::Cow;

/// The most bytes of a status word in front of an entry.
pub(super) const WORD: usize = 24;

/// The entries of a list of which every one begins with a status word. Where no word occurs twice, the list may explain
/// the words rather than use them.
pub(super) fn entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Option<Vec<Entry>> {
    let entries = all(terms, tree, items)?;
    let words: HashSet<String> = entries.iter().map(|entry| normalise(&entry.word)).collect();
    (words.len() < entries.len()).then_some(entries)
}

/// Whether more than half of some entries only say what their states mean: `[DONE] completed`.
pub(super) fn explain(terms: &Terms<'_>, entries: &[Entry]) -> bool {
    let is_meaning = |entry: &&Entry| {
        let phrase = normalise(&entry.text);
        terms.words.phrases.explains(&phrase) || status::words(terms, &entry.text).is_some()
    };
    entries.iter().filter(is_meaning).count() * 2 > entries.len()
}

/// Whether the text of a list item begins with one of some brackets, markup left out.
pub(super) fn begins_with(tree: &Tree<'_>, item: NodeId, brackets: &[char]) -> bool {
    let lead = lines::lead_node(tree, item).map_or("", |lead| tree.source(tree.node(lead).span));
    lead.trim_start_matches(['*', '_', '`']).starts_with(brackets)
}

/// The entries of a list of which every one begins with a status word that stands out.
fn all(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Option<Vec<Entry>> {
    let entries: Vec<Entry> = items.iter().map_while(|&item| entry(terms, tree, item)).collect();
    (entries.len() == items.len()).then_some(entries)
}

/// How the status words stand out that every entry of a list begins with; `None` where one begins with none, or where
/// words in small letters tell nothing, as they are not set apart by colons, `Done: Mail`, or all say the same.
pub(super) fn weight(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Option<Weight> {
    let found: Vec<(Entry, Weight)> = items.iter().map_while(|&item| weighed(terms, tree, item)).collect();
    if found.len() < items.len() {
        return None;
    }
    if found.iter().all(|&(_, weight)| weight == Weight::Loud) {
        return Some(Weight::Loud);
    }
    let is_set_apart = |entry: &Entry| {
        let lead = lines::lead_node(tree, entry.item).map_or("", |lead| tree.source(tree.node(lead).span));
        let behind = lead.strip_prefix(entry.word.as_str()).unwrap_or_default();
        behind.starts_with([':', '：']) && entry.word.starts_with(char::is_uppercase)
    };
    let has = |is_one: fn(State) -> bool| found.iter().any(|(entry, _)| is_one(entry.state));
    let is_told = found.iter().all(|(entry, weight)| *weight == Weight::Loud || is_set_apart(entry))
        && has(State::is_left)
        && has(|state| state == State::Done);
    is_told.then_some(Weight::Quiet)
}

/// Whether a status word in front of an entry stands out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// It is bold, in capitals or in brackets.
    Loud,
    /// It is none of these.
    Quiet,
}

/// The entry that a list item is by such a word.
pub(super) fn entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    weighed(terms, tree, item).filter(|&(_, weight)| weight == Weight::Loud).map(|(entry, _)| entry)
}

fn weighed(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<(Entry, Weight)> {
    let lead = lines::lead_node(tree, item)?;
    let text = tree.plain(tree.pieces(lead));
    let pieces = tree.pieces(lead);
    let bold = pieces.first()?.inline == Inline::Strong;
    let marked = marked(tree, pieces, &text).filter(|(word, _)| terms.words.opens(&normalise(word)));
    let (word, rest) = marked
        .or_else(|| apart(&text))
        .or_else(|| text.split_once(' ').filter(|(word, _)| bold && word.len() <= WORD))?;
    let phrase = normalise(word);
    let boxed = text.starts_with(['[', '(']);
    // `Missing alerts` is a sentence, `[Missing] Alerts` is none.
    let is_known = terms.words.opens(&phrase) || boxed && terms.words.leads_in_brackets(&phrase);
    let state = is_known.then(|| terms.state(&phrase)).flatten()?;
    let loud = bold || word.chars().all(|c| !c.is_lowercase()) || boxed;
    let rest = rest.trim_start_matches([' ', ':', '-', '–', '—', ']', ')', '】', '）', '\u{a0}', '\u{3000}']);
    // `FAIL: 5` counts, `TODO: #5` names something.
    let is_count = || rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'%' | b'/' | b'.'));
    if !rest.chars().any(char::is_alphanumeric) || is_count() {
        return None;
    }
    let weight = if loud { Weight::Loud } else { Weight::Quiet };
    let span = tree.node(lead).span;
    let at = span.start + u32::try_from(tree.source(span).find(word)?).ok()?;
    let mark = Span { start: at, end: at + u32::try_from(word.len()).ok()? };
    Some((Entry { item, state, word: word.to_owned(), mark, text: rest.to_owned(), ..Entry::default() }, weight))
}

/// What is in bold, or in capitals in code, at the start of a text, and what follows: `` `PENDING` Mail ``. Small letters
/// in code are a command.
fn marked<'t>(tree: &Tree<'_>, pieces: &[Piece], text: &'t str) -> Option<(&'t str, &'t str)> {
    let first = pieces.first()?;
    let word = match first.inline {
        Inline::Code => Cow::Borrowed(tree.text(first)),
        Inline::Strong => {
            let end = pieces.iter().position(|piece| piece.inline == Inline::StrongEnd)?;
            tree.plain(&pieces[..end])
        }
        _ => return None,
    };
    let is_loud = first.inline == Inline::Strong || !word.chars().any(char::is_lowercase);
    let rest = text.strip_prefix(word.trim()).filter(|rest| is_loud && rest.starts_with(' '))?;
    Some((text[..text.len() - rest.len()].trim(), rest)).filter(|(word, _)| word.len() <= WORD)
}

/// The word that a text begins with, and what follows: in brackets, or before a colon or dash.
fn apart(text: &str) -> Option<(&str, &str)> {
    if let Some(inner) = text.strip_prefix(['[', '(', '【', '（']) {
        return inner.split_once([']', ')', '】', '）']);
    }
    let ends = [":", " - ", " – ", " — "].iter().filter_map(|dash| text.find(dash)).min();
    ends.filter(|&end| end <= WORD).map(|end| text.split_at(end))
}
