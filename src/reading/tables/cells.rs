//! What the cells of a row say of its item: id, level, owners, date, evidence.

use super::columns::Grid;
use super::headers::answer;
use crate::finding::Code;
use crate::markdown::{Inline, NodeId};
use crate::reading::draft::{Draft, is_file};
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::priority::Priority;
use crate::reading::{Reader, date, lines, priority};
use crate::source::Span;

pub(super) fn set_id(draft: &mut Draft, cell: &str) {
    let id = cell.trim().trim_matches(['`', '[', ']', '.']);
    let known = id.chars().any(char::is_alphanumeric);
    // A running number orders rows; it is no id that anybody would mention.
    if known && !id.bytes().all(|byte| byte.is_ascii_digit()) {
        draft.item.reference = Some(id.to_owned());
    }
}

/// The date in a cell: not one that is struck out, and of two with an arrow between them the new one.
pub(super) fn due(reader: &Reader<'_>, node: Option<NodeId>, cell: &str) -> Option<jiff::civil::Date> {
    let kept = node.and_then(|node| lines::unstruck(reader.tree, node));
    let text = kept.as_deref().unwrap_or(cell);
    let near = |text: &str| date::find_near(text, reader.terms.day);
    let behind = ["→", "->", "⇒", "=>"].into_iter().find_map(|arrow| text.rsplit_once(arrow));
    behind.and_then(|(_, new)| near(new)).or_else(|| near(text))
}

pub(super) fn first_word(cell: &str) -> &str {
    cell.split(' ').next().unwrap_or(cell)
}

/// Tells once of a column of priorities that are numbers, of which nobody says which is the highest.
pub(super) fn tell_numbers(reader: &mut Reader<'_>, grid: &Grid<'_>, column: usize, cell: Span) {
    let is_first = grid.rows.first().is_some_and(|row| row.span.holds(cell));
    if is_first && grid.is_numbers(column) && !reader.terms.words.is_grade(&grid.headers[column]) {
        let message = "numbers are no known priorities; the items below have none of their own";
        reader.find(
            Code::UnknownPriority,
            cell,
            message,
            "write `P0` to `P3`, or add them to `[levels]` in readybook.toml",
        );
    }
}

/// Sets the priority that a cell names, and tells of one that nobody knows.
pub(super) fn set_level(reader: &mut Reader<'_>, draft: &mut Draft, cell: Span, text: &str) {
    let found = priority::value(reader.terms, text);
    let phrase = normalise(text);
    if found.is_none() && phrase.chars().any(char::is_alphabetic) && !reader.terms.words.is_nobody(&phrase) {
        let message = format!("`{}` is no known priority; the item has none of its own", text.trim());
        let help = "add the word to `[levels]` in readybook.toml";
        reader.find(Code::UnknownPriority, cell, &message, help);
    }
    draft.set_level(found);
}

/// Sets the level that a column asks for, or that the letter in its cell stands for, where the item has none yet.
pub(super) fn set_asked(terms: &Terms<'_>, draft: &mut Draft, asked: &Priority, cell: &str) {
    if draft.item.level.is_none() {
        let said = if answer(terms, cell) == Some(true) { Some(asked.clone()) } else { None };
        draft.set_level(said.or_else(|| priority::value(terms, cell)));
    }
}

/// Whether a cell of owners is a sentence: more than six words, or such as go on to a full stop.
pub(super) fn is_sentence(cell: &str) -> bool {
    let head = cut_parenthesis(cell).0;
    let is_long = head.split([',', ';', '/', '&', '+', '\n', '、']).any(|part| part.split_whitespace().count() > 6);
    let small = cell.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    is_long || cell.trim_end().ends_with('.') && small > 1 && cell.split_whitespace().count() > 3
}

pub(super) fn new_owners(draft: &Draft, owners: Vec<String>) -> Vec<String> {
    owners.into_iter().filter(|owner| !draft.item.owners.contains(owner)).collect()
}

pub(super) fn links(reader: &Reader<'_>, cell: Option<NodeId>) -> Vec<String> {
    let (Some(cell), tree) = (cell, reader.tree) else { return Vec::new() };
    let target = |piece: &crate::markdown::Piece| match piece.inline {
        Inline::Link(index) => tree.links.get(index as usize).map(|link| link.target.clone().into_owned()),
        _ => None,
    };
    tree.pieces(cell).iter().filter_map(target).collect()
}

pub(super) fn evidence(reader: &Reader<'_>, cell: Option<NodeId>, text: &str) -> Vec<String> {
    let found = links(reader, cell);
    if !found.is_empty() {
        return found;
    }
    let nobody = reader.terms.words.is_nobody(&normalise(text));
    let parts = text.split(['\n', ';']).map(str::trim).filter(|part| !part.is_empty() && (!nobody || is_file(part)));
    parts.map(str::to_owned).collect()
}
