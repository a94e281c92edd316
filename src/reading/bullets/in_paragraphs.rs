//! Paragraphs that are nothing but a name and its state, `**Login: not ready**`, or a state below a question: they are told.

use super::about::stands_apart;
use crate::finding::Code;
use crate::markdown::{Block, Inline, NodeId};
use crate::model::State;
use crate::reading::phrase::{last_stop, normalise};
use crate::reading::vocabulary::Context;
use crate::reading::{Cover, Reader, suffix};
use rustc_hash::FxHashSet as HashSet;

/// The most bytes of such a paragraph, and the most words of its name.
const BYTES: usize = 120;
const WORDS: usize = 8;

/// Tells once for each section with two or more of them, one of which is not done.
pub(in crate::reading) fn tell(reader: &mut Reader<'_>) {
    let outline = reader.outline;
    let mut found: Vec<(Option<u32>, NodeId, State)> = Vec::new();
    for place in &outline.places {
        if let Some(state) = state_of(reader, place.node, place.before) {
            found.push((outline.section_at(reader.tree.node(place.node).span.start), place.node, state));
        }
    }
    if found.len() < 2 {
        return;
    }
    let cover = Cover::of(&reader.drafts);
    let told: HashSet<u32> = reader.findings.iter().filter_map(|finding| Some(finding.span?.start)).collect();
    for part in found.chunk_by(|(first, ..), (second, ..)| first == second) {
        let Some(&(_, node, _)) = part.iter().find(|(.., state)| state.is_left()) else { continue };
        let span = reader.tree.node(node).span;
        let is_told = || part.iter().any(|&(_, node, _)| told.contains(&reader.tree.node(node).span.start));
        if part.len() < 2 || is_told() || cover.holds(span.start) || stands_apart(reader, node) {
            continue;
        }
        let message = "paragraphs here are a name and its state, which makes none of them an item";
        let help = "begin each with a bullet: `- Login: not ready`";
        match reader.has_items_or_name() {
            true => reader.warn(Code::AmbiguousGlyphs, span, message, help),
            // Opening hours are told so too.
            false => reader.find(Code::AmbiguousGlyphs, span, message, help),
        }
    }
}

/// The state that a paragraph tells of what it names, or of what the question before it asks.
fn state_of(reader: &Reader<'_>, node: NodeId, before: Option<NodeId>) -> Option<State> {
    let (terms, tree) = (reader.terms, reader.tree);
    let span = tree.node(node).span;
    if tree.node(node).block != Block::Paragraph || span.len() > BYTES {
        return None;
    }
    // Most paragraphs begin with a letter, and have no dash.
    let source = tree.source(span);
    let is_marked = source.starts_with(|c: char| c == '*' || !c.is_ascii());
    if !is_marked && !source.contains(['—', '–']) || tree.pieces(node).iter().any(|piece| piece.inline == Inline::Break)
    {
        return None;
    }
    let text = tree.plain(tree.pieces(node));
    let text = text.trim().trim_end_matches('.');
    // `**❌ Never:**` is the label of what follows.
    if text.ends_with([':', '：']) {
        return None;
    }
    if let Some((glyph, rest)) = terms.glyph_at(text).filter(|&(glyph, _)| !terms.words.boxes.is_one(glyph)) {
        // `⚠️ Take a backup first.` warns, and `❌ Bad` above code is an example.
        let below = Some(tree.node(node).next as usize).filter(|&below| below < tree.len());
        if glyph == '⚠' || below.is_some_and(|below| matches!(tree.node(below).block, Block::Code)) {
            return None;
        }
        let is_name = rest.contains(char::is_alphabetic) && rest.split(' ').count() <= WORDS;
        // `⚠️ = blocker` and `❌ not done` explain their sign.
        let explains = || {
            let phrase = normalise(rest);
            let is_led = rest.trim_start().starts_with(['=', ':', '：', '-', '—', '–', '→']);
            is_led || terms.words.phrases.explains(&phrase) || terms.state(&phrase).is_some()
        };
        return terms.listed_glyph(glyph).filter(|_| is_name && !explains());
    }
    if let Some(state) = suffix::known(terms, text) {
        let asks = |before: NodeId| tree.source(tree.node(before).span).trim_end().ends_with(['?', '？']);
        return before.is_some_and(asks).then_some(state);
    }
    let (name, word) = named(text)?;
    let phrase = normalise(name);
    let is_fact = terms.words.tag(&phrase).is_some()
        || phrase.rsplit(' ').next().is_some_and(|last| terms.words.names_fact(last))
        || terms.words.is(Context::Decision, &phrase)
        || terms.state(&phrase).is_some()
        || terms.words.is_rating(&phrase);
    let is_name = !is_fact && !name.contains(['?', ':', '=']) && name.split(' ').count() <= WORDS;
    suffix::known(terms, word).filter(|_| is_name)
}

/// A name and what stands behind its last stop, or the sign at its end: `**Login** ❌`.
fn named(text: &str) -> Option<(&str, &str)> {
    if let Some((at, end)) = last_stop(text) {
        return Some((text[..at].trim(), text[end..].trim()));
    }
    text.rsplit_once(' ').filter(|(_, sign)| !sign.is_ascii() && !sign.contains(char::is_alphanumeric))
}
