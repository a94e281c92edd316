//! Lines that look like the rows of a table and are none for Markdown: without a line of dashes below the first of them,
//! or with one of another number of cells.

use crate::finding::Code;
use crate::markdown::NodeId;
use crate::reading::Reader;

/// Tells of two lines of a paragraph or more that begin and end with bars: nothing in them counts.
pub(in crate::reading) fn tell(reader: &mut Reader<'_>, node: NodeId) {
    let span = reader.tree.node(node).span;
    let source = reader.tree.source(span);
    if source.contains('|') && source.lines().filter(|line| is_row(line)).take(2).count() == 2 {
        let message = "these lines look like a table and are none, so nothing in them counts";
        let help = "write below the header a line of dashes with as many cells, such as `|---|---|`";
        reader.find(Code::AmbiguousTable, span, message, help);
    }
}

/// Whether a line begins and ends with a bar and has one between them.
fn is_row(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '>']);
    line.len() > 2 && line.starts_with('|') && line.ends_with('|') && line[1..line.len() - 1].contains('|')
}
