//! Lines that look like the rows of a table and are none for Markdown: without a line of dashes below the first of them,
//! or with one of another number of cells.

use super::surplus;
use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::reading::Reader;
use crate::reading::status::{self, Said};

/// Lines that are looked at for words of states: enough to tell.
const LINES: usize = 40;

/// Nodes above a line among which the table is looked for that it was cut off from.
const NEAR: NodeId = 64;

/// Tells of two lines of a paragraph or more that begin with a bar or stand below a heading with one, as the header of a
/// table without bars at its ends is read: nothing in them counts. It weighs more where they tell states.
pub(in crate::reading) fn tell(reader: &mut Reader<'_>, node: NodeId) {
    let span = reader.tree.node(node).span;
    let source = reader.tree.source(span);
    if memchr::memchr(b'|', source.as_bytes()).is_none() {
        return;
    }
    let mut rows = source.lines().filter(|line| is_row(line));
    let first = rows.next();
    let is_led = rows.next().is_some();
    if !is_led && !is_below_header(reader, node) {
        if let Some(row) = first {
            tell_cut(reader, node, row);
        }
        return;
    }
    let tells = source.lines().take(LINES).any(|line| tells_state(reader, line));
    // One line below a heading may as well be a sentence.
    if is_led || tells || source.lines().nth(1).is_some() {
        let message = "these lines look like a table and are none, so nothing in them counts";
        let help = "write below the header a line of dashes with as many cells, such as `|---|---|`";
        let tell = if tells { Reader::warn } else { Reader::find };
        tell(reader, Code::AmbiguousTable, span, message, help);
    }
}

/// Tells of one line that tells a state and has as many cells as the table above it, from which something cuts it off.
fn tell_cut(reader: &mut Reader<'_>, node: NodeId, row: &str) {
    if !tells_state(reader, row) || cells_above(reader, node) != Some(surplus::cells(unquoted(row))) {
        return;
    }
    let message = "this line looks like a row of the table above it and is none, so it does not count";
    let help = "put it right below the last row of the table";
    reader.warn(Code::AmbiguousTable, reader.tree.node(node).span, message, help);
}

/// How many cells the last row of the table above a paragraph has, where no heading stands between.
fn cells_above(reader: &Reader<'_>, node: NodeId) -> Option<usize> {
    let tree = reader.tree;
    let mut near = (node.saturating_sub(NEAR)..node).rev();
    let row = near.find(|&above| matches!(tree.node(above).block, Block::Row | Block::Heading(_)))?;
    (tree.node(row).block == Block::Row).then(|| tree.children(row).count())
}

/// A line without the marks of quotes before it and the spaces around it.
fn unquoted(line: &str) -> &str {
    line.trim_matches([' ', '\t', '>'])
}

/// Whether a line begins with a bar and has another one.
fn is_row(line: &str) -> bool {
    unquoted(line).strip_prefix('|').is_some_and(|rest| rest.len() > 1 && rest.contains('|') && !rest.starts_with('|'))
}

/// Whether every line of a paragraph has a bar between words, and so has the heading right above it that a line of dashes
/// makes of a header.
fn is_below_header(reader: &Reader<'_>, node: NodeId) -> bool {
    let tree = reader.tree;
    let source = |node: NodeId| tree.source(tree.node(node).span);
    let Some(above) = node.checked_sub(1).filter(|&above| matches!(tree.node(above).block, Block::Heading(_))) else {
        return false;
    };
    let title = source(above);
    !title.starts_with('#') && title.contains(" | ") && source(node).lines().all(|line| line.contains(" | "))
}

/// Whether a cell of such a line tells a state.
fn tells_state(reader: &Reader<'_>, line: &str) -> bool {
    let cells = line.split('|').map(str::trim).filter(|cell| !cell.is_empty() && cell.len() <= 40);
    cells
        .skip(usize::from(!line.trim_start().starts_with('|')))
        .any(|cell| matches!(status::said(reader.terms, cell), Said::State(_) | Said::Opposed(_) | Said::Undecided))
}
