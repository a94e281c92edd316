//! What the cells of a row say of its item: id, level, owners, date, evidence.

use super::columns::{Grid, Row};
use super::headers::answer;
use super::shape::Shape;
use super::surplus;
use crate::finding::Code;
use crate::markdown::{Inline, NodeId, Piece, Tree};
use crate::reading::draft::Draft;
use crate::reading::evidence::is_file;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::priority::Priority;
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, date, lines, owner, priority, reference};
use crate::source::Span;
use std::borrow::Cow;

/// A cell of a row, the column that it stands in, and what is written in it.
#[derive(Clone, Copy)]
pub(super) struct Cell<'r> {
    pub row: &'r Row<'r>,
    pub column: usize,
    /// Cells that Markdown drops have none.
    pub node: Option<NodeId>,
    pub text: &'r str,
}

/// Sets what a cell says of the item of its row by the role of its column.
pub(super) fn set_cell(
    reader: &mut Reader<'_>,
    grid: &Grid<'_>,
    shape: &Shape,
    (role, cell): (Column, Cell<'_>),
    draft: &mut Draft,
) {
    let Cell { row, column, node, text } = cell;
    match role {
        Column::Id if reference::is_row_id(text.trim()) || !text.contains(' ') => set_id(draft, text),
        // `G2 ✅ DONE`
        Column::Id if shape.status() == Some(column) => set_id(draft, first_word(text)),
        // What stands below the levels of a matrix is a mark, of which nobody expects that it is a level.
        Column::Priority if matches!(shape, Shape::Matrix { .. }) => {
            draft.set_level(priority::value(reader.terms, text));
        }
        Column::Priority => set_priority(reader, grid, cell, draft),
        Column::Owner if is_sentence(text) => surplus::tell_missing(reader, grid, row),
        Column::Owner => {
            let owners = owner::cell(reader.terms, reader.tree, node, text);
            let names = node.filter(|_| !owners.is_empty()).map(|node| reader.tree.node(node).span);
            draft.item.owner_cell = draft.item.owner_cell.or(names);
            draft.item.owners.extend(new_owners(draft, owners));
        }
        Column::Due if draft.item.due.is_none() => {
            draft.item.due = due(reader, node, text);
            let is_said = draft.item.due.is_none() && text.contains(char::is_alphanumeric);
            draft.unread_due = node.filter(|_| is_said).map(|node| reader.tree.node(node).span);
        }
        Column::Evidence => draft.item.evidence.extend(evidence(reader, node, text)),
        Column::Note if draft.item.note.is_empty() => text.trim().clone_into(&mut draft.item.note),
        _ => {}
    }
}

fn set_priority(reader: &mut Reader<'_>, grid: &Grid<'_>, cell: Cell<'_>, draft: &mut Draft) {
    let Cell { row, column, node, text } = cell;
    let (terms, tree) = (reader.terms, reader.tree);
    if let Some(asked) = &grid.asked[column] {
        return set_asked(terms, draft, asked, text);
    }
    if grid.by_letter[column]
        && let Some(level) = priority::letter(terms, text)
    {
        return draft.set_level(Some(level));
    }
    let place = node.map_or(row.span, |node| tree.node(node).span);
    tell_numbers(reader, grid, column, place);
    let kept = node.and_then(|node| lines::unstruck(tree, node)).filter(|kept| !kept.trim().is_empty());
    set_level(reader, draft, place, kept.as_deref().unwrap_or(text));
}

pub(super) fn set_id(draft: &mut Draft, cell: &str) {
    let id = cell.trim().trim_matches(['`', '[', ']', '.']);
    let known = id.chars().any(char::is_alphanumeric);
    // A running number orders rows; it is no id that anybody would mention.
    if known && !id.bytes().all(|byte| byte.is_ascii_digit()) {
        draft.item.reference = Some(id.to_owned());
    }
}

/// The date in a cell: not one that is struck out, and of two with an arrow between them the new one.
fn due(reader: &Reader<'_>, node: Option<NodeId>, cell: &str) -> Option<jiff::civil::Date> {
    let kept = node.and_then(|node| lines::unstruck(reader.tree, node));
    let text = kept.as_deref().unwrap_or(cell);
    let near = |text: &str| date::find_near(text, reader.terms.day);
    let behind = ["→", "->", "⇒", "=>"].into_iter().find_map(|arrow| text.rsplit_once(arrow));
    behind.and_then(|(_, new)| near(new)).or_else(|| near(text))
}

/// The date by which a row is due.
pub(in crate::reading) fn due_of(reader: &Reader<'_>, grid: &Grid<'_>, row: &Row<'_>) -> Option<jiff::civil::Date> {
    let column = grid.with(Column::Due)?;
    due(reader, row.nodes.get(column).copied(), row.cell(column))
}

fn first_word(cell: &str) -> &str {
    cell.split(' ').next().unwrap_or(cell)
}

/// Tells once of a column of priorities that are numbers, of which nobody says which is the highest.
fn tell_numbers(reader: &mut Reader<'_>, grid: &Grid<'_>, column: usize, cell: Span) {
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
fn set_level(reader: &mut Reader<'_>, draft: &mut Draft, cell: Span, text: &str) {
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
fn set_asked(terms: &Terms<'_>, draft: &mut Draft, asked: &Priority, cell: &str) {
    if draft.item.level.is_none() {
        let said = if answer(terms, cell) == Some(true) { Some(asked.clone()) } else { None };
        draft.set_level(said.or_else(|| priority::value(terms, cell)));
    }
}

/// Whether a cell of owners is a sentence: more than six words, or such as go on to a full stop.
fn is_sentence(cell: &str) -> bool {
    let head = cut_parenthesis(cell).0;
    let is_long = head.split([',', ';', '/', '&', '+', '\n', '、']).any(|part| part.split_whitespace().count() > 6);
    let small = cell.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    is_long || cell.trim_end().ends_with('.') && small > 1 && cell.split_whitespace().count() > 3
}

fn new_owners(draft: &Draft, owners: Vec<String>) -> Vec<String> {
    owners.into_iter().filter(|owner| !draft.item.owners.contains(owner)).collect()
}

pub(super) fn links<'t>(reader: &Reader<'t>, cell: Option<NodeId>) -> impl Iterator<Item = String> + use<'t> {
    let tree = reader.tree;
    tree.targets(cell.map(|cell| tree.pieces(cell)).unwrap_or_default()).map(str::to_owned)
}

fn evidence(reader: &Reader<'_>, cell: Option<NodeId>, text: &str) -> Vec<String> {
    let found: Vec<String> = links(reader, cell).collect();
    if !found.is_empty() {
        return found;
    }
    let nobody = reader.terms.words.is_nobody(&normalise(text));
    let parts = text.split(['\n', ';']).map(str::trim).filter(|part| !part.is_empty() && (!nobody || is_file(part)));
    parts.map(str::to_owned).collect()
}

/// Whether a row is written as one: a line of prose or code right below a table belongs to it for Markdown alone.
pub(super) fn has_bar(tree: &Tree<'_>, row: NodeId) -> bool {
    memchr::memchr(b'|', tree.source(tree.node(row).span).as_bytes()).is_some()
}

/// The text of a cell: a `<summary>` alone where there is one.
pub(super) fn cell_text<'t>(tree: &'t Tree<'_>, pieces: &[Piece]) -> Cow<'t, str> {
    let tag = |piece: &Piece, name: &str| piece.inline == Inline::Html && tree.source(piece.span).starts_with(name);
    let open = pieces.iter().position(|piece| tag(piece, "<summary"));
    let close = pieces.iter().position(|piece| tag(piece, "</summary"));
    if let (Some(open), Some(close)) = (open, close)
        && open < close
    {
        return tree.plain(&pieces[open..close]);
    }
    let mut text = Cow::Borrowed("");
    for piece in pieces {
        text += match piece.inline {
            Inline::Text | Inline::Code => tree.text(piece),
            Inline::Html if tree.source(piece.span).starts_with("<br") => "\n",
            _ => continue,
        };
    }
    text
}
