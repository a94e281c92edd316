//! Questions that paragraphs answer: in their line, `**Is there a runbook?** No`, in the next one, or below a heading that
//! asks. They are told.

use super::about::stands_apart;
use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::model::State;
use crate::reading::phrase::normalise;
use crate::reading::{Cover, Reader, lines, suffix};
use crate::source::Span;

/// The most bytes of a paragraph that answers the heading above it.
const BYTES: usize = 120;

/// The most words of an answer, up to the first mark in it.
const WORDS: usize = 3;

/// What asks.
const ASKS: [char; 2] = ['?', '？'];

/// An answer, the section of its question, and where it stands.
struct Answer {
    section: Option<u32>,
    span: Span,
    state: State,
}

/// Tells once for each section with two or more of them, one of which is not yes, in what may be a checklist.
pub(in crate::reading) fn tell(reader: &mut Reader<'_>) {
    if !reader.has_items_or_name() {
        return;
    }
    let outline = reader.outline;
    let mut found: Vec<Answer> = Vec::new();
    for place in outline.places.iter().filter(|place| reader.tree.node(place.node).block == Block::Paragraph) {
        add(reader, place.node, &mut found);
    }
    if found.len() < 2 {
        return;
    }
    let cover = Cover::of(&reader.drafts);
    let told = Cover::of_spans(reader.findings.iter().filter_map(|finding| finding.span).collect());
    for part in found.chunk_by(|first, second| first.section == second.section) {
        let Some(left) = part.iter().find(|answer| answer.state.is_left()) else { continue };
        let is_title = |index: u32| reader.terms.words.is_prose_title(&outline.section(index).phrase);
        let is_prose = outline.up_from(part[0].section).any(is_title);
        if part.len() > 1 && !is_prose && !told.holds(left.span.start) && !cover.holds(left.span.start) {
            let message = "questions are answered here in plain text, which makes none of them an item";
            let help = "write them as a table: `| Question | Answer |`";
            reader.find(Code::AmbiguousGlyphs, left.span, message, help);
        }
    }
}

/// Adds the answers of a paragraph. Most have no question, and no heading that asks.
fn add(reader: &Reader<'_>, node: NodeId, found: &mut Vec<Answer>) {
    let (tree, outline) = (reader.tree, reader.outline);
    let span = tree.node(node).span;
    let section = outline.section_at(span.start);
    let above = section.filter(|&index| span.len() <= BYTES && outline.title(index).trim_end().ends_with(ASKS));
    let source = tree.source(span);
    if above.is_none() && !source.contains(ASKS) || stands_apart(reader, node) {
        return;
    }
    let asked_in = above.map_or(section, |index| outline.section(index).parent);
    let mut is_asked = above.is_some();
    for line in lines::of(tree, node) {
        let text = line.text(tree);
        let text = text.trim();
        let behind = text.rfind(ASKS).map(|at| text[at..].trim_start_matches(ASKS).trim());
        let answer = behind.or(is_asked.then_some(text)).filter(|answer| !answer.is_empty());
        is_asked = behind == Some("");
        let state = answer.and_then(|answer| state_of(reader, answer));
        found.extend(state.map(|state| Answer { section: asked_in, span: line.span(), state }));
    }
}

/// The state that an answer begins with: `No`, `A: Yes, see the rota`.
fn state_of(reader: &Reader<'_>, answer: &str) -> Option<State> {
    let answer =
        answer.split_once([':', '：']).filter(|(key, _)| normalise(key).len() <= 1).map_or(answer, |(_, rest)| rest);
    let head = answer.split([',', ';', '.', '(', '，', '。', '—', '–']).next().unwrap_or(answer).trim();
    if head.split(' ').count() > WORDS { None } else { suffix::known(reader.terms, head) }
}
