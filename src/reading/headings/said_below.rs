//! Lines and bullets right below a heading that tell its status, however they are written: `Status: Done`,
//! `*Status: Done*`, `> Status: **DONE**`, `**Owner:** Crew | **Status:** Done`, `- Status: Done`.

use super::below::after;
use super::marked::bears_other;
use super::status_lines::is_state;
use crate::markdown::{Block, NodeId};
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines};
use crate::source::Span;

/// How many blocks below a heading are asked: further down a status is that of something else.
const BLOCKS: usize = 3;

/// The values of such lines above the first item, and where they stand.
pub(super) fn told(reader: &Reader<'_>, node: NodeId, index: u32) -> Vec<(String, Span)> {
    let tree = reader.tree;
    let after = after(reader, node);
    let mut found = Vec::new();
    for block in std::iter::successors(after(&node), after).take(BLOCKS) {
        let go_on = match tree.node(block).block {
            Block::Paragraph => add(reader, block, &mut found),
            Block::Quote => {
                let mut inside = tree.children(block).filter(|&child| tree.node(child).block == Block::Paragraph);
                inside.all(|paragraph| add(reader, paragraph, &mut found))
            }
            Block::List { .. } => {
                let plain = |item: NodeId| tree.node(item).block == Block::Item(None);
                let lead = |item: NodeId| lines::lead_node(tree, item).filter(|_| plain(item));
                tree.children(block).all(|item| lead(item).is_some_and(|lead| add(reader, lead, &mut found)))
            }
            _ => false,
        };
        if !go_on {
            break;
        }
    }
    if !found.is_empty() && bears_other(reader, index) {
        return Vec::new();
    }
    found
}

/// Adds the status that each line of a block begins with or has behind a bar. False where a line tells something else: what
/// follows may be about that.
fn add(reader: &Reader<'_>, block: NodeId, found: &mut Vec<(String, Span)>) -> bool {
    let (tree, terms) = (reader.tree, reader.terms);
    lines::of(tree, block).all(|line| {
        if !lines::has_colon(tree, line.span()) {
            return false;
        }
        let text = line.text(tree);
        let pairs = lines::pairs_of_section(terms, &text);
        let told = pairs.iter().filter(|&&(tag, value)| tag == Tag::Status && is_state(reader, value));
        found.extend(told.map(|&(_, value)| (value.to_owned(), line.span())));
        !pairs.is_empty()
    })
}
