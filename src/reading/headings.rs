//! Headings that are items: with a box before them or a status set apart at their end, or followed by a block of facts with a status.

use super::draft::Draft;
use super::facts::Facts;
use super::phrase::{is_pictograph, last_stop, normalise, without_number};
use super::suffix::known;
use super::{Reader, reference, status};
use crate::markdown::{Block, Inline, NodeId};
use crate::model::{ItemKind, State};
use std::cell::OnceCell;

/// A heading with its own status.
struct Status {
    text: String,
    word: String,
    state: State,
}

/// Reads the headings at level two and deeper that no item stands below.
pub(super) fn read(reader: &mut Reader<'_>) {
    let (tree, outline) = (reader.tree, reader.outline);
    let nodes = tree.top().filter(|&node| matches!(tree.node(node).block, Block::Heading(_)));
    let headings: Vec<(NodeId, u32)> = nodes.zip(0..).take(outline.sections.len()).collect();
    let rows = OnceCell::new();
    // Backwards, so that a heading knows of the heading items below it.
    for &(node, index) in headings.iter().rev() {
        let is_title = outline.section(index).heading == 0 && tree.node(node).block == Block::Heading(1);
        if is_title || reader.section_items(index) > 0 {
            continue;
        }
        let draft = with_facts(reader, node, index).or_else(|| with_suffix(reader, node, index));
        let Some(draft) = draft else { continue };
        if !reader.compare_restated(rows.get_or_init(|| reader.rows()), &draft.item) {
            reader.push(draft);
        }
    }
}

/// A heading followed by a list or paragraph with `Status:`.
fn with_facts(reader: &mut Reader<'_>, node: NodeId, index: u32) -> Option<Draft> {
    let tree = reader.tree;
    let first = tree.node(node).next as usize;
    let (block, list) = (first < tree.len()).then(|| (tree.node(first).block, first))?;
    let facts = match block {
        Block::List { .. } => reader.facts(list)?,
        Block::Paragraph => {
            let mut facts = Facts::default();
            facts.take_lines(reader.terms, tree, first);
            facts.status.as_ref()?;
            facts
        }
        _ => return None,
    };
    // A lone status below a heading such as "Current status" speaks of the whole; a gate has an owner or criteria too.
    let alone = !facts.asks_owner && !facts.criteria && facts.priority.is_none();
    let about_all = outline_is_facts(reader, index);
    if about_all
        || (alone
            && reference::at_start(reader.terms.words, reader.outline.title(index)).is_none()
            && !is_gate(reader, index))
    {
        return None;
    }
    let (text, span) = facts.status.clone()?;
    let said = facts.said(reader.terms);
    let mut draft = reader.heading(node, reader.outline.title(index).to_owned());
    draft.item.state = said.state();
    draft.item.state_text = text.into();
    draft.item.mark = Some(span);
    if draft.item.owners.is_empty() {
        draft.item.owners = facts.owners;
    }
    draft.item.due = draft.item.due.or(facts.due);
    if draft.item.level.is_none() {
        draft.set_level(facts.priority);
    }
    reader.tell(said, &draft.item.state_text, span);
    Some(draft)
}

fn outline_is_facts(reader: &Reader<'_>, index: u32) -> bool {
    use super::vocabulary::Context;
    let contexts = reader.outline.section(index).contexts;
    let facts = [Context::StatusFacts, Context::Decision, Context::Approval, Context::Legend];
    facts.into_iter().any(|context| contexts.has(context))
}

fn is_gate(reader: &Reader<'_>, index: u32) -> bool {
    let phrase = normalise(reader.outline.title(index));
    ["gate", "check", "criterion", "requirement", "item", "control"].iter().any(|word| phrase.starts_with(word))
}

/// A heading that ends in a status: `## 1. Licence: done`, `### Gate 3 — PASS`, `## Backups ✅ SHIPPED`.
fn with_suffix(reader: &mut Reader<'_>, node: NodeId, index: u32) -> Option<Draft> {
    let title = reader.outline.title(index);
    if outline_is_facts(reader, index) {
        return None;
    }
    let status = boxed(reader, title).or_else(|| status_of(reader, title)).or_else(|| bold_status(reader, node))?;
    let mut draft = reader.heading(node, status.text);
    draft.item.state = status.state;
    draft.item.state_text = status.word.into();
    Some(draft)
}

/// `### [x] Copy the data`: a box that is written before the title.
fn boxed(reader: &Reader<'_>, title: &str) -> Option<Status> {
    let (mark, text) = status::boxed(title)?;
    let text = text.trim();
    // `### [!] Breaking change` and `### [-] Removed` are news.
    let is_box = matches!(mark, ' ' | 'x' | 'X');
    let state = reader.terms.mark(mark).filter(|_| is_box && !text.is_empty())?;
    Some(Status { text: text.to_owned(), word: format!("[{mark}]"), state })
}

fn status_of(reader: &Reader<'_>, title: &str) -> Option<Status> {
    let behind_stop = last_stop(title).and_then(|stop| status_behind(reader, title, stop));
    // `Stage 1: Pack ✅ COMPLETE` has a stop before the glyph.
    behind_stop.or_else(|| status_behind(reader, title, glyph_before_word(title)?))
}

/// The status that a title ends with, behind a stop or glyph.
fn status_behind(reader: &Reader<'_>, title: &str, (at, end): (usize, usize)) -> Option<Status> {
    let terms = reader.terms;
    let word = title[end..].trim();
    let text = title[..at].trim().trim_end_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}');
    let short = word.split_whitespace().count() <= 4 && word.chars().any(char::is_alphabetic);
    let state = known(terms, word).filter(|_| short && !text.is_empty())?;
    let is_status_key =
        matches!(terms.words.tag(&normalise(without_number(text))), Some(super::vocabulary::Tag::Status));
    (!is_status_key).then(|| Status { text: text.to_owned(), word: word.to_owned(), state })
}

/// `Backups ✅ SHIPPED`: a glyph with a status word behind it, at the end.
fn glyph_before_word(title: &str) -> Option<(usize, usize)> {
    let (at, glyph) = title.char_indices().rev().find(|&(_, c)| is_pictograph(c))?;
    (at > 0 && title[at + glyph.len_utf8()..].chars().any(char::is_alphabetic)).then_some((at, at))
}

fn bold_status(reader: &Reader<'_>, node: NodeId) -> Option<Status> {
    let suffix = super::suffix::bold(reader.terms, reader.tree, reader.tree.pieces(node))?;
    Some(Status { text: suffix.text, word: suffix.word, state: suffix.state })
}

impl Reader<'_> {
    fn heading(&self, node: NodeId, text: String) -> Draft {
        let mut draft = Draft::new(ItemKind::Heading, self.tree.node(node).span);
        let pieces: Vec<_> =
            self.tree.pieces(node).iter().copied().filter(|piece| !matches!(piece.inline, Inline::Image(_))).collect();
        let bare =
            without_number(text.trim_start_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}'))
                .to_owned();
        draft.describe(self.terms, self.tree, &pieces, &bare);
        draft
    }
}
