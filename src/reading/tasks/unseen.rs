//! Boxes and states that Markdown shows as plain text or code: right below a tag, or indented too far. They are told.

use super::loose::{Loose, and_more, behind_bullet, loose};
use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::model::State;
use crate::reading::Reader;
use crate::reading::legend::Terms;
use crate::reading::status;
use crate::source::Span;

/// What is told of boxes in code that stands for itself.
pub(super) const CODE: (&str, &str) =
    ("this box is indented by four spaces or more, so it is code and no item", "indent it less than that");

/// What is told of boxes right below a tag.
const HTML: (&str, &str) = (
    "this box stands in raw HTML, so it is text and no item",
    "leave an empty line between the tag above and the list",
);

/// The most bytes of a cell that may tell a state.
const CELL: usize = 60;

/// Tags in front of the text of an entry.
const TAGS: [&str; 5] = ["<li", "<p", "<dd", "<label", "<summary"];

/// Tells of boxes in blocks of HTML, wherever they stand: each goes on up to the next empty line, as below `<summary>`.
pub(super) fn tell_in_html(reader: &mut Reader<'_>) {
    let tree = reader.tree;
    for html in (0..tree.len()).filter(|&id| tree.node(id).block == Block::Html) {
        tell_html(reader, html);
    }
}

fn tell_html(reader: &mut Reader<'_>, html: NodeId) {
    let span = reader.tree.node(html).span;
    let source = reader.tree.source(span);
    let is_shown = !["<!", "<pre", "<script", "<style", "<textarea"].iter().any(|tag| source.starts_with(tag));
    let may_tell = || {
        memchr::memchr3(b'[', b'|', 0xE2, source.as_bytes()).is_some()
            || memchr::memmem::find(source.as_bytes(), b"checkbox").is_some()
    };
    if is_shown && may_tell() {
        tell_lines(reader, span, source.split("<!--").next().unwrap_or(source), HTML);
    }
}

/// Tells of boxes in code that is code only because it is indented.
pub(super) fn tell_indented(reader: &mut Reader<'_>, code: NodeId, told: (&str, &str)) {
    let span = reader.tree.node(code).span;
    let source = reader.tree.source(span);
    if !source.trim_start().starts_with(['`', '~']) {
        tell_lines(reader, span, source, told);
    }
}

/// Tells of the first line of a block that was meant as an item, and of how many more there are.
fn tell_lines(reader: &mut Reader<'_>, span: Span, source: &str, (message, help): (&str, &str)) {
    let is_checklist = reader.is_checklist();
    let is_table = is_checklist && ["|-", "| -", "|:", "| :"].iter().any(|rule| source.contains(rule));
    let terms = reader.terms;
    let is_meant = |line: &&str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        is_box(line) || is_checklist && is_led(terms, line) || is_table && is_row(terms, line)
    };
    let mut meant = source.lines().filter(is_meant);
    if let Some(first) = meant.next() {
        let start = span.range().start + (first.as_ptr() as usize - source.as_ptr() as usize);
        let line = Span::new(start..start + first.len());
        reader.find(Code::LooseBox, line, &format!("{message}{}", and_more(meant.count())), help);
    }
}

/// Whether a line is written as a list item with a box.
pub(super) fn is_entry(line: &str) -> bool {
    behind_bullet(line).len() < line.trim_start().len() && loose(line) == Some(Loose::Typed)
}

/// Whether a line is an entry with a box, a drawn box with a text, or such behind the tag of an entry.
fn is_box(line: &str) -> bool {
    let mut text = line;
    while TAGS.iter().any(|tag| text.starts_with(tag)) {
        text = text.split_once('>').map_or("", |(_, rest)| rest.trim_start());
    }
    let is_tagged = text.len() < line.len();
    let input = || text.strip_prefix("<input").and_then(|rest| rest.split('>').next());
    is_entry(line)
        || loose(text).is_some_and(|kind| is_tagged || kind == Loose::Drawn)
        || input().is_some_and(|tag| tag.contains("checkbox"))
}

/// Whether a line is a bullet led by a sign that something is left.
fn is_led(terms: &Terms<'_>, line: &str) -> bool {
    let text = behind_bullet(line);
    let sign = text.chars().next().filter(|sign| text.len() < line.len() && !sign.is_ascii());
    sign.is_some_and(|sign| terms.listed_glyph(sign).is_some_and(State::is_left))
}

/// Whether a line is a row of a table with a cell that says that something is left.
fn is_row(terms: &Terms<'_>, line: &str) -> bool {
    let says_left = |cell: &str| {
        let cell = cell.trim();
        let is_short = !cell.is_empty() && cell.len() <= CELL;
        is_short && status::said(terms, cell).known().is_some_and(State::is_left)
    };
    line.starts_with('|') && line.split('|').skip(2).any(says_left)
}
