//! A list item with a box, whoever drew it, and what stands for a box among others.

use crate::markdown::{Block, Inline, NodeId, Tree};
use crate::model::State;
use crate::reading::draft::{Mark, drawn_mark, glyph_mark, odd_mark, text_of};
use crate::reading::legend::Terms;
use crate::reading::{Reader, bullets, lines};
use crate::source::Span;
use std::borrow::Cow;

/// A list item with a box.
pub(super) struct Task<'t> {
    pub state: State,
    pub mark: Span,
    pub mark_text: Cow<'static, str>,
    pub text: Cow<'t, str>,
    pub lead: Option<NodeId>,
}

impl Task<'_> {
    /// Whether its box is a sign in brackets: `[✅]`.
    pub(super) fn is_sign(&self) -> bool {
        self.mark_text.strip_prefix('[').is_some_and(|sign| !sign.is_ascii())
    }

    /// The task without a second box behind the first, if it says something.
    pub(super) fn boxed_once(mut self, reader: &mut Reader<'_>) -> Option<Self> {
        let (state, text) = reader.boxed_once(self.state, &self.text, self.mark);
        // Hardly any has one.
        let behind = (text.len() < self.text.len()).then(|| text.to_owned());
        self.state = state;
        self.text = behind.map_or(self.text, Cow::Owned);
        (!self.text.is_empty() || self.lead.is_some_and(|lead| shows_something(reader.tree, lead))).then_some(self)
    }
}

/// The task that a list item is, when it begins with a box and says something.
pub(super) fn task<'t>(terms: &Terms<'_>, tree: &'t Tree<'_>, id: NodeId) -> Option<Task<'t>> {
    let Block::Item(ticked) = tree.node(id).block else { return None };
    let lead = lines::lead_node(tree, id);
    if ticked.is_none() && !lead.is_some_and(|lead| may_be_drawn(tree, lead)) {
        return None;
    }
    let text = lead.map(|node| text_of(terms, tree, tree.pieces(node))).unwrap_or_default();
    if text.trim().is_empty() && !lead.is_some_and(|lead| shows_something(tree, lead)) {
        return None;
    }
    if let Some(ticked) = ticked {
        let (at, mark) = gfm_mark(tree, id)?;
        let state = if ticked { State::Done } else { State::Open };
        let struck = lead.is_some_and(|node| lines::is_struck(tree, node));
        let state = if struck && !ticked { State::Na } else { terms.mark(mark).filter(|_| !struck).unwrap_or(state) };
        return Some(Task { state, mark: at, mark_text: box_text(tree.source(at)), text, lead });
    }
    let lead = lead?;
    let Mark { state, text: mark_text, span, rest } = drawn_mark(terms, tree, lead, &text)?;
    let state = if lines::is_struck(tree, lead) && state != State::Done { State::Na } else { state };
    let text = Cow::Owned(rest.to_owned());
    Some(Task { state, mark: span, mark_text: mark_text.into(), text, lead: Some(lead) })
}

/// Whether a list item has a box that is none of Markdown's own.
pub(super) fn is_drawn(terms: &Terms<'_>, tree: &Tree<'_>, id: NodeId) -> bool {
    tree.node(id).block == Block::Item(None) && task(terms, tree, id).is_some()
}

/// The task that a list item led by a status glyph is, among boxes.
pub(super) fn glyph_task<'t>(terms: &Terms<'_>, tree: &'t Tree<'_>, id: NodeId) -> Option<Task<'t>> {
    let lead = lines::lead_node(tree, id).filter(|_| tree.node(id).block == Block::Item(None))?;
    // Nearly all plain entries begin with a letter, and nothing has to be made of them.
    if tree.source(tree.node(lead).span).starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    marked_task(terms, tree, id, glyph_mark)
}

/// The task that a list item is when a mark leads its text.
pub(super) fn marked_task<'t>(terms: &Terms<'_>, tree: &'t Tree<'_>, id: NodeId, mark: MarkOf) -> Option<Task<'t>> {
    let lead = lines::lead_node(tree, id)?;
    let text = text_of(terms, tree, tree.pieces(lead));
    let Mark { state, text: mark_text, span, rest } = mark(terms, tree, lead, &text)?;
    Some(Task { state, mark: span, mark_text: mark_text.into(), text: Cow::Owned(rest.to_owned()), lead: Some(lead) })
}

/// How the mark that leads a text is found.
type MarkOf = for<'t> fn(&Terms<'_>, &Tree<'_>, NodeId, &'t str) -> Option<Mark<'t>>;

/// Whether a list item begins with a box whose sign nobody knows: `[?] Alone`.
pub(in crate::reading) fn has_odd_box(terms: &Terms<'_>, tree: &Tree<'_>, id: NodeId) -> bool {
    let is_bracket = |lead: NodeId| tree.source(tree.node(lead).span).starts_with('[');
    lines::lead_node(tree, id).is_some_and(is_bracket) && marked_task(terms, tree, id, odd_mark).is_some()
}

/// The task that an entry among boxes is when a status set apart says that it is not done; one that holds boxes names
/// what is below it.
pub(super) fn worded_task<'t>(terms: &Terms<'_>, tree: &'t Tree<'_>, id: NodeId) -> Option<Task<'t>> {
    let is_plain = tree.node(id).block == Block::Item(None) && !tree.has_box(id);
    let left = if is_plain { bullets::left(terms, tree, id) } else { None }?;
    let lead = lines::lead_node(tree, id);
    Some(Task { state: left.state, mark: left.span, mark_text: left.word.into(), text: Cow::Owned(left.text), lead })
}

/// Whether a paragraph without words has a link or an image.
fn shows_something(tree: &Tree<'_>, lead: NodeId) -> bool {
    tree.pieces(lead).iter().any(|piece| matches!(piece.inline, Inline::Link(_) | Inline::Image(_)))
}

/// Whether a text may begin with a box: a bracket, something beyond ASCII, or an entity or escape for one.
fn may_be_drawn(tree: &Tree<'_>, lead: NodeId) -> bool {
    let first = tree.source(tree.node(lead).span).bytes().next();
    first.is_some_and(|byte| matches!(byte, b'[' | b'&' | b'\\' | b'*' | b'~' | b'<') || !byte.is_ascii())
}

/// Where the `[x]` of a GFM task stands: right behind the bullet.
fn gfm_mark(tree: &Tree<'_>, id: NodeId) -> Option<(Span, char)> {
    let span = tree.node(id).span;
    let source = tree.source(span);
    let at = memchr::memchr(b'[', source.as_bytes())?;
    let mark = source[at + 1..].chars().next()?;
    let start = span.start + u32::try_from(at).ok()?;
    let mark = if mark.is_whitespace() { ' ' } else { mark };
    Some((Span { start, end: start + 3 }, mark))
}

/// A box as written; nearly all of them need no memory of their own.
fn box_text(mark: &str) -> Cow<'static, str> {
    match mark {
        "[ ]" => Cow::Borrowed("[ ]"),
        "[x]" => Cow::Borrowed("[x]"),
        other => Cow::Owned(other.to_owned()),
    }
}
