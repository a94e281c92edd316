//! Tables written in HTML: they are shown and not read. Where one tells that something is left, that is told.

use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::status;

/// The most bytes of a cell that may tell a state.
const CELL: usize = 60;

/// The most bytes of the tag of such a cell.
const TAG: usize = 240;

/// Tells of a block of HTML with a cell that says that something is left; says whether it did.
pub(in crate::reading) fn tell(reader: &mut Reader<'_>, node: NodeId) -> bool {
    let source = reader.tree.source(reader.tree.node(node).span);
    let mut cells = memchr::memmem::find_iter(source.as_bytes(), "<td").map(|at| cell(&source[at..]));
    let is_left = cells.any(|cell| cell.is_some_and(|cell| says_left(reader, cell)));
    if is_left {
        let message = "this table is written in HTML, so its rows are not items";
        reader.warn_table(node, message, "write it with bars, `| Task | Status |`, to count its rows");
    }
    is_left
}

/// What stands in a cell, from its tag on. What is longer is not searched: a block may hold very many cells.
fn cell(source: &str) -> Option<&str> {
    let tag = source[..source.floor_char_boundary(TAG)].find('>')?;
    let rest = &source[tag + 1..];
    let near = &rest[..rest.floor_char_boundary(CELL + 4)];
    near.split("</td").next().filter(|cell| cell.len() <= CELL)
}

/// Whether a cell has a status that is left, or a box without a tick.
fn says_left(reader: &Reader<'_>, cell: &str) -> bool {
    let cell = cell.trim();
    if cell.starts_with("<input") {
        return cell.contains("checkbox") && !is_ticked(cell);
    }
    let text = cell.split('<').map(|part| part.rsplit('>').next().unwrap_or(part).trim()).find(|part| !part.is_empty());
    text.and_then(|text| status::said(reader.terms, text).known()).is_some_and(State::is_left)
}

/// Whether a box has a tick: the attribute, and no such word in a value (`class="unchecked"`).
fn is_ticked(cell: &str) -> bool {
    let tag = cell.split('>').next().unwrap_or(cell);
    let mut names = tag.split('"').step_by(2).flat_map(|outside| outside.split([' ', '\t', '\n', '/']));
    names.any(|name| name.split('=').next() == Some("checked"))
}
