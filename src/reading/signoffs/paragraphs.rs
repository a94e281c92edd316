//! Paragraphs to sign: `Approved by: ____ Date: ____`, or a name, a role and what was decided on a line each.

use super::entries::{Entry, Kind, LABEL_END, Signing, is_signature, is_to_fill_in};
use super::{LABEL, NAME, SIGNATURE, roles};
use crate::markdown::{Block, NodeId};
use crate::reading::phrase::normalise;
use crate::reading::vocabulary::Context;
use crate::reading::{Reader, lines};
use crate::source::Span;
use std::borrow::Cow;
use std::cell::OnceCell;

/// Reads the `Approved by: ____ Date: ____` lines of a paragraph. A label right above a list is signed in the list.
pub(in crate::reading) fn read_paragraph(reader: &mut Reader<'_>, node: NodeId) {
    let tree = reader.tree;
    let next = tree.node(node).next as usize;
    let above_list = next < tree.len() && matches!(tree.node(next).block, Block::List { .. });
    let has_colon = |line: &lines::Line<'_>| {
        tree.source(line.span()).bytes().take(LABEL_END).any(|byte| byte == b':' || byte == 0xEF)
    };
    let lines = lines::of(tree, node).filter(has_colon).map(|line| (line.text(tree), line.span()));
    let lines: Vec<_> = lines.filter(|(text, _)| !(above_list && text.trim_end().ends_with([':', '：']))).collect();
    if lines.is_empty() {
        return;
    }
    let within = reader.outline.is_within(tree, node, Context::Approval);
    let mut title = None;
    // Every line may ask, and the answer is one for all of them.
    let signed = OnceCell::new();
    let mut signing = Signing { reader, found: Vec::new(), refused: false };
    for (text, span) in &lines {
        let Some((label, rest)) = text.split_once([':', '：']).filter(|(label, _)| label.len() <= LABEL) else {
            continue;
        };
        let is_known = is_signature(signing.reader, label);
        let is_first = signing.found.is_empty();
        let kind = if is_known || within || !is_first { Kind::of(signing.reader, label) } else { Kind::Other };
        // Below a heading about approval other labels have a blank to sign, too, and what follows a line tells more of it.
        let is_led = is_known || within && is_to_fill_in(signing.reader, rest);
        if within && is_first && kind == Kind::Signs && rest.trim().is_empty() {
            title = Some(label);
        }
        let tells_more = kind != Kind::Signs && !is_first;
        // `Name: …`, `Role: …` and what they decided.
        let is_person = || {
            let is_signed = || *signed.get_or_init(|| are_signed(signing.reader, &lines));
            within && matches!(kind, Kind::Name | Kind::Role) && is_signed()
        };
        if tells_more || is_led && matches!(kind, Kind::Signs | Kind::Mark) || is_first && is_person() {
            signing.take(&Entry { label, rest, span: *span, ticked: None }, kind);
        }
    }
    let found = signing.found;
    for mut signoff in found {
        // What stands above `Name: …`, `Owner approval:`, or the heading above a bare `Signature: ____`.
        let phrase = normalise(&signoff.role);
        let role = match reader.terms.words.header(&phrase) {
            NAME => title.map(|title| title.trim().to_owned()),
            SIGNATURE => roles::of_heading(reader, node),
            _ => None,
        };
        signoff.role = role.unwrap_or(signoff.role);
        reader.sign(signoff);
    }
}

/// Whether one of the lines of a paragraph is a signature or an answer.
fn are_signed(reader: &Reader<'_>, lines: &[(Cow<'_, str>, Span)]) -> bool {
    let labels = lines.iter().filter_map(|(text, _)| text.split_once([':', '：']));
    labels.filter(|(label, _)| label.len() <= LABEL).any(|(label, _)| Kind::of(reader, label) == Kind::Mark)
}
