//! The lines of a paragraph, their `Key: value` pairs, and the first text of a list item.

use super::legend::Terms;
use super::phrase::{normalise, rfind_sign};
use super::status::Said;
use super::vocabulary::Tag;
use super::{date, priority, status};
use crate::markdown::{Block, Inline, NodeId, Piece, Tree};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// What may part the pairs of a line.
pub(super) const PARTS: [char; 7] = ['|', '·', '•', '｜', ';', ',', '，'];

/// One line of a paragraph, as pieces.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// The pieces between two breaks.
    pub pieces: &'t [Piece],
}

impl Line<'_> {
    /// The line without markup.
    pub(super) fn text<'a>(&self, tree: &'a Tree<'_>) -> Cow<'a, str> {
        tree.plain(self.pieces)
    }

    /// Whether the line is bold as a whole, as a label is.
    pub(super) fn is_bold(&self) -> bool {
        let ends = (self.pieces.first().map(|piece| piece.inline), self.pieces.last().map(|piece| piece.inline));
        ends == (Some(Inline::Strong), Some(Inline::StrongEnd))
    }

    /// The bold key with a full stop that the line begins with, and what is behind it: `**Status.** Closed`.
    pub(super) fn stopped<'a>(&self, tree: &'a Tree<'_>) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
        self.pieces.first().filter(|piece| piece.inline == Inline::Strong)?;
        let end = self.pieces.iter().position(|piece| piece.inline == Inline::StrongEnd)?;
        let key = tree.plain(&self.pieces[..end]);
        key.ends_with('.').then(|| (key, tree.plain(&self.pieces[end..])))
    }

    /// Where the line stands.
    pub(super) fn span(&self) -> Span {
        let start = self.pieces.first().map_or(0, |piece| piece.span.start);
        let end = self.pieces.iter().map(|piece| piece.span.end).max().unwrap_or(start);
        Span { start, end }
    }
}

/// The lines of a block's own text.
pub(super) fn of<'t>(tree: &'t Tree<'_>, id: NodeId) -> impl Iterator<Item = Line<'t>> {
    tree.pieces(id).split(|piece| piece.inline == Inline::Break).map(|pieces| Line { pieces })
}

/// What parts the pairs of a line as the cells of a table, and words seldom.
pub(super) const BARS: [char; 4] = ['|', '·', '•', '｜'];

/// The `Key: value` pairs of a text whose keys are known. A bar, dot or comma parts them where a known
/// key follows.
pub(super) fn pairs<'t>(terms: &Terms<'_>, text: &'t str) -> Vec<(Tag, &'t str)> {
    values(text, &keys(terms, text))
}

/// The pairs of a line that tell of what is around it: from its start, behind a bar, or behind another key.
/// `Ask the lead if unsure, owner: Sam` tells of nothing but itself.
pub(super) fn pairs_around<'t>(terms: &Terms<'_>, line: &'t str) -> Vec<(Tag, &'t str)> {
    let keys = keys(terms, line);
    let is_around = before(line, &keys).is_none_or(|before| before.contains([':', '：']) || before.ends_with(BARS));
    if is_around { values(line, &keys) } else { Vec::new() }
}

/// The pairs of a bullet that tell of its section: from its start, or behind another key and a bar.
/// `Restore: drill, owner: Sam` is a thing of its own.
pub(super) fn pairs_of_section<'t>(terms: &Terms<'_>, lead: &'t str) -> Vec<(Tag, &'t str)> {
    let keys = keys(terms, lead);
    let is_around = before(lead, &keys).is_none_or(|before| before.contains([':', '：']) && before.ends_with(BARS));
    if is_around { values(lead, &keys) } else { Vec::new() }
}

/// Whether a bullet names something and its state before it tells more of that: `Restore: done | Owner: Sam`.
pub(super) fn names_own_state(terms: &Terms<'_>, lead: &str) -> bool {
    before(lead, &keys(terms, lead)).is_some_and(|before| {
        let (_, value) = before.trim_end_matches(BARS).rsplit_once([':', '：']).unwrap_or_default();
        terms.state(&normalise(value)).is_some()
    })
}

/// Whether the bullets of a list stand beside each other with nothing below them that they could tell of.
pub(super) fn are_neighbours(tree: &Tree<'_>, list: NodeId) -> bool {
    tree.children(list).nth(1).is_some() && !tree.has_box(list)
}

/// A known key: where it starts, what it is, and where its value starts.
type Key = (usize, Tag, usize);

/// The words before the first key.
fn before<'t>(text: &'t str, keys: &[Key]) -> Option<&'t str> {
    keys.first().map(|&(start, ..)| text[..start].trim()).filter(|before| !before.is_empty())
}

/// Each key with its value: up to the next one.
fn values<'t>(text: &'t str, keys: &[Key]) -> Vec<(Tag, &'t str)> {
    let first = keys.first().map_or(0, |&(.., value)| value);
    let nexts = keys.iter().skip(1).map(|&(start, ..)| start).chain([text.len()]);
    let value = |(&(_, tag, start), end): (&Key, usize)| {
        let value = text[start..end].trim_end_matches(PARTS).trim();
        // What sets the next key apart: `Owner: Yard — Due: Friday`, `Owner: Yard (Due: Friday)`.
        let value = if end < text.len() { value.trim_end_matches([' ', '—', '–', '-', '(']) } else { value };
        let is_closing = value.ends_with(')') && text[first..start].contains('(') && !value.contains('(');
        (tag, if is_closing { value[..value.len() - 1].trim_end() } else { value })
    };
    keys.iter().zip(nexts).map(value).collect()
}

/// The known keys of a text. Lines have few colons and many parts, so that it is the colons that are looked for.
fn keys(terms: &Terms<'_>, text: &str) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    let mut behind = 0;
    for (colon, width) in colons(text) {
        let parted = rfind_sign(&text[behind..colon], |c| PARTS.contains(&c));
        let start = parted.map_or(behind, |(at, width)| behind + at + width);
        // A colon in the value of a pair is no second key.
        let first = parted.is_some() || behind == 0;
        behind = colon + width;
        let key = Some(&text[start..colon]).filter(|key| first && key.len() <= 40);
        let known = key.and_then(|key| terms.words.tag(&normalise(key))).map(|tag| (start, tag));
        let within = || if keys.is_empty() { None } else { key_at_end(terms, text, start..colon) };
        if let Some((start, tag)) = known.or_else(within) {
            keys.push((start, tag, behind));
        }
    }
    keys
}

/// The key in capitals that the value before it runs into: `Owner: Yard Due: Friday`.
fn key_at_end(terms: &Terms<'_>, text: &str, value: Range<usize>) -> Option<(usize, Tag)> {
    let before = text[value.clone()].trim_end();
    let starts = before.rmatch_indices(' ').map(|(at, _)| at + 1).take(2).filter(|&at| !before[..at].trim().is_empty());
    // `Owner: Yard (Due: Friday)`
    let starts = starts.map(|at| at + usize::from(before[at..].starts_with('(')));
    let keys = starts.filter(|&at| before[at..].starts_with(char::is_uppercase));
    let mut known = keys.filter_map(|at| Some((value.start + at, terms.words.tag(&normalise(&before[at..]))?)));
    known.next()
}

/// The `Key: value` pair that a text ends with, behind a dash, bar, comma or stop, when its key is known; and the text
/// before it.
pub(super) fn last_pair<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Tag, &'t str, &'t str)> {
    let (colon, width) = colons(text).next_back()?;
    let is_stop = |c: char| PARTS.contains(&c) || matches!(c, '—' | '–' | '-' | '.');
    let (at, stop) = rfind_sign(&text[..colon], is_stop)?;
    let name = Some(&text[at + stop..colon]).filter(|name| name.len() <= 24)?;
    let tag = terms.words.tag(&normalise(name))?;
    Some((tag, &text[colon + width..], &text[..at]))
}

/// Whether a line is a pair with a known key that says something of the item that it stands in: `Owner: X`.
pub(super) fn is_fact(terms: &Terms<'_>, line: &str) -> bool {
    let Some((key, value)) = line.split_once([':', '：']).filter(|(key, _)| key.len() <= 40) else { return false };
    match terms.words.tag(&normalise(key)) {
        Some(Tag::Owner | Tag::Evidence) => true,
        Some(Tag::Status) => status::said(terms, value) != Said::Unknown,
        Some(Tag::Priority) => priority::value(terms, value).is_some(),
        Some(Tag::Due) => date::find(value).is_some(),
        _ => false,
    }
}

/// The pieces of a paragraph, and those of the lines at its end that tell of it rather than going on with it.
pub(super) fn without_facts<'t>(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &'t [Piece]) -> (&'t [Piece], &'t [Piece]) {
    let mut end = pieces.len();
    while let Some(at) = pieces[..end].iter().rposition(|piece| piece.inline == Inline::Break)
        && is_fact(terms, &tree.plain(&pieces[at + 1..end]))
    {
        end = at;
    }
    pieces.split_at(end)
}

/// Where the colons of a text stand, and how many bytes each takes.
pub(super) fn colons(text: &str) -> impl DoubleEndedIterator<Item = (usize, usize)> {
    let wide = |at: usize| text.as_bytes()[at..].starts_with("：".as_bytes());
    memchr::memchr2_iter(b':', 0xEF, text.as_bytes()).filter_map(move |at| match text.as_bytes()[at] {
        b':' => Some((at, 1)),
        _ => wide(at).then_some((at, 3)),
    })
}

/// The cells of a row that has two and no more: a key and its value.
pub(super) fn two_cells(tree: &Tree<'_>, row: NodeId) -> Option<(NodeId, NodeId)> {
    let mut cells = tree.children(row);
    let pair = (cells.next()?, cells.next()?);
    cells.next().is_none().then_some(pair)
}

/// Whether a colon stands in a part of the source. Keys are followed by one, and most lines have none.
pub(super) fn has_colon(tree: &Tree<'_>, span: Span) -> bool {
    colons(tree.source(span)).next().is_some()
}

/// The paragraph that a list item begins with.
pub(super) fn lead_node(tree: &Tree<'_>, item: NodeId) -> Option<NodeId> {
    tree.children(item).next().filter(|&first| matches!(tree.node(first).block, Block::Paragraph | Block::Heading(_)))
}

/// The first paragraph of a list item without markup.
pub(super) fn lead<'t>(tree: &'t Tree<'_>, item: NodeId) -> Cow<'t, str> {
    lead_node(tree, item).map(|node| tree.plain(tree.pieces(node))).unwrap_or_default()
}

/// Whether all the text is struck through; a reason in a parenthesis may follow.
pub(super) fn is_struck(tree: &Tree<'_>, node: NodeId) -> bool {
    let pieces = tree.pieces(node);
    let Some(start) = pieces.iter().position(|piece| piece.inline == Inline::Strike) else { return false };
    let Some(end) = pieces.iter().rposition(|piece| piece.inline == Inline::StrikeEnd) else { return false };
    let before = tree.plain(&pieces[..start]);
    let between = pieces[start..end].split(|piece| piece.inline == Inline::Strike).skip(1);
    let whole = between
        .filter_map(|run| run.iter().position(|piece| piece.inline == Inline::StrikeEnd).map(|at| &run[at..]))
        .all(|gap| tree.plain(gap).trim().is_empty());
    let behind = tree.plain(&pieces[end..]);
    let behind = behind.trim();
    let reason = behind.is_empty() || (behind.starts_with('(') && behind.ends_with([')', '.']));
    whole && reason && !before.chars().any(char::is_alphanumeric)
}

/// The text of a cell without what is struck through in it, when something is.
pub(super) fn unstruck(tree: &Tree<'_>, cell: NodeId) -> Option<String> {
    let pieces = tree.pieces(cell);
    pieces.iter().find(|piece| piece.inline == Inline::Strike)?;
    let runs = pieces.split(|piece| piece.inline == Inline::Strike).enumerate();
    let kept = runs.map(|(index, run)| match run.iter().position(|piece| piece.inline == Inline::StrikeEnd) {
        Some(end) if index > 0 => &run[end..],
        _ => run,
    });
    Some(kept.map(|run| tree.plain(run)).collect())
}
