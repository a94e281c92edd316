//! Rows with more cells than the header: the bars in code that made them, and what Markdown drops.

use super::columns::{Grid, Row};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::reading::Reader;
use std::borrow::Cow;

/// The nodes and cells of a row, those that a bar in code cut apart in one again where the row has as many cells as the
/// header then. Cells that Markdown drops have no node.
pub(super) fn rejoined<'t>(
    source: &'t str,
    columns: usize,
    nodes: Vec<NodeId>,
    cells: Vec<Cow<'t, str>>,
) -> (Vec<NodeId>, Vec<Cow<'t, str>>) {
    if memchr::memchr(b'`', source.as_bytes()).is_none() || surplus(source, columns).is_none() {
        return (nodes, cells);
    }
    let groups = groups(source);
    if groups.len() != columns {
        return (nodes, cells);
    }
    let cell = |&(first, text): &(usize, &'t str)| match cells.get(first) {
        Some(cell) if is_closed(text) && !text.replace("\\|", "").contains('|') => cell.clone(),
        _ => Cow::Owned(unmarked(text.trim())),
    };
    let joined = groups.iter().map(cell).collect();
    (groups.iter().map_while(|&(first, _)| nodes.get(first).copied()).collect(), joined)
}

/// The cells of a row, each with the number of bars that Markdown sees before it; no bar between two backticks parts them.
fn groups(row: &str) -> Vec<(usize, &str)> {
    let row = inner(row);
    let (mut groups, mut start, mut first) = (Vec::new(), 0, 0);
    // Where the bar before stands: each stretch between two is looked at once.
    let (mut from, mut closed) = (0, true);
    for (count, at) in bars(row).chain([row.len()]).enumerate() {
        closed ^= !is_closed(&row[from..at]);
        from = at;
        if closed {
            groups.push((first, &row[start..at]));
            (start, first) = (at + 1, count + 1);
        }
    }
    groups
}

/// A text without the marks of bold and code, and with its bars unescaped; in code an asterisk is one.
fn unmarked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1;
        plain.extend(part.chars().filter(|&letter| is_code || letter != '*'));
    }
    plain.replace("\\|", "|")
}

/// Whether a text has as many backticks that open code as such that close it.
fn is_closed(text: &str) -> bool {
    text.matches('`').count().is_multiple_of(2)
}

/// A row without the bars around it.
fn inner(row: &str) -> &str {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    row.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(row)
}

/// How many cells a row has for Markdown.
pub(super) fn cells(row: &str) -> usize {
    bars(inner(row)).count() + 1
}

/// Where the bars of a row stand that part cells for Markdown.
fn bars(row: &str) -> impl Iterator<Item = usize> {
    let bytes = row.as_bytes();
    memchr::memchr_iter(b'|', bytes).filter(move |&at| !bytes[..at].ends_with(b"\\"))
}

/// Tells of cells beyond the header, which Markdown drops.
pub(super) fn tell(reader: &mut Reader<'_>, grid: &Grid<'_>, row: &Row<'_>) {
    let surplus = surplus(reader.tree.source(row.span), grid.headers.len());
    if let Some(text) = surplus {
        let message = format!("this row has more cells than the header; `{text}` is not shown");
        let help = "write `\\|` for a bar that belongs to a cell, also in code";
        reader.find(Code::SurplusCells, row.span, &message, help);
    }
}

/// Tells of a row that has fewer cells than the header, so that what is read in them may belong elsewhere.
pub(super) fn tell_missing(reader: &mut Reader<'_>, grid: &Grid<'_>, row: &Row<'_>) {
    if cells(reader.tree.source(row.span)) < grid.headers.len() {
        let message = "this row has fewer cells than the header, and a sentence where the owner is to be named";
        reader.find(Code::AmbiguousTable, row.span, message, "write a bar for each cell, also for an empty one");
    }
}

/// What a row says beyond its first `columns` cells.
fn surplus(row: &str, columns: usize) -> Option<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let end = bars(row).take(columns).nth(columns.checked_sub(1)?)?;
    let rest = row[end + 1..].trim_matches(|c: char| c.is_whitespace() || c == '|');
    (!rest.is_empty()).then_some(rest)
}
