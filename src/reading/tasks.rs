//! Task lists: list items that begin with a box, at any depth, and the groups that they make.

use super::draft::{Draft, Mark, drawn_mark, text_of};
use super::legend::Terms;
use super::outline::{Place, label};
use super::phrase::normalise;
use super::suffix;
use super::vocabulary::{Context, Tag};
use super::{Reader, date, lines, owner, priority, status};
use crate::finding::Code;
use crate::markdown::{Block, Inline, NodeId, Tree};
use crate::model::{ItemKind, State};
use crate::source::Span;

/// Reads every task of a list that stands at top level (or in a quote).
pub(super) fn read(reader: &mut Reader<'_>, place: Place) {
    let tree = reader.tree;
    let below = place.node..tree.node(place.node).next as usize;
    let has_task =
        below.clone().any(|id| matches!(tree.node(id).block, Block::Item(Some(_))) || is_drawn(reader.terms, tree, id));
    if !has_task || is_excluded(reader, place) {
        return;
    }
    let mut open: Vec<Open> = Vec::new();
    for id in below {
        let end = tree.node(id).next as usize;
        open.retain(|around| id < around.end);
        match tree.node(id).block {
            Block::List { .. } => {
                open.push(Open { end, kind: Around::List { radio: is_radio_list(reader.terms, tree, id) } })
            }
            Block::Item(_) => {
                let task = task(reader.terms, tree, id).filter(|_| !is_answer(&open) && !is_choice(tree, id));
                let kind = match task {
                    Some(task) => {
                        let draft = reader.task(id, task, group(&open));
                        let start = draft.item.span.start;
                        reader.push(draft);
                        Around::Task { start }
                    }
                    None => Around::Plain { question: is_question(tree, id) },
                };
                open.push(Open { end, kind });
            }
            _ => {}
        }
    }
}

/// A list or item around the one that is read.
struct Open {
    end: NodeId,
    kind: Around,
}

enum Around {
    List { radio: bool },
    Task { start: u32 },
    Plain { question: bool },
}

/// Start of the nearest task around, through plain bullets too.
fn group(open: &[Open]) -> Option<u32> {
    open.iter().rev().find_map(|around| match around.kind {
        Around::Task { start } => Some(start),
        _ => None,
    })
}

/// Whether an item is one of the answers of a list of answers, or answers the bold question right above it.
fn is_answer(open: &[Open]) -> bool {
    let list = open.last().is_some_and(|around| matches!(around.kind, Around::List { radio: true }));
    let above = open.len().checked_sub(2).and_then(|index| open.get(index));
    list || above.is_some_and(|around| matches!(around.kind, Around::Plain { question: true }))
}

fn is_drawn(terms: &Terms<'_>, tree: &Tree<'_>, id: NodeId) -> bool {
    tree.node(id).block == Block::Item(None) && task(terms, tree, id).is_some()
}

/// A list item with a box.
struct Task {
    state: State,
    mark: Span,
    mark_text: String,
    text: String,
    lead: Option<NodeId>,
}

/// The task that a list item is, when it begins with a box and says something.
fn task(terms: &Terms<'_>, tree: &Tree<'_>, id: NodeId) -> Option<Task> {
    let Block::Item(ticked) = tree.node(id).block else { return None };
    let lead = lines::lead_node(tree, id);
    if ticked.is_none() && !lead.is_some_and(|lead| may_be_drawn(tree, lead)) {
        return None;
    }
    let text = lead.map(|node| text_of(terms, tree, tree.pieces(node))).unwrap_or_default();
    if let Some(ticked) = ticked {
        let (at, mark) = gfm_mark(tree, id)?;
        let state = if ticked { State::Done } else { State::Open };
        let struck = lead.is_some_and(|node| is_struck(tree, node));
        let state = if struck && !ticked { State::Na } else { terms.mark(mark).filter(|_| !struck).unwrap_or(state) };
        return Some(Task { state, mark: at, mark_text: tree.source(at).to_owned(), text, lead });
    }
    let lead = lead?;
    let Mark { state, text: mark_text, span, rest } = drawn_mark(terms, tree, lead, &text)?;
    let state = if is_struck(tree, lead) && state != State::Done { State::Na } else { state };
    let text = rest.to_owned();
    Some(Task { state, mark: span, mark_text, text, lead: Some(lead) })
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
    let at = source.find('[')?;
    let mark = source[at + 1..].chars().next()?;
    let start = span.start + u32::try_from(at).ok()?;
    let mark = if mark.is_whitespace() { ' ' } else { mark };
    Some((Span { start, end: start + 3 }, mark))
}

/// Whether all the text is struck through; a reason in a parenthesis may follow.
fn is_struck(tree: &Tree<'_>, node: NodeId) -> bool {
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

/// Whether a list of boxes is no checklist: approvals below a label, or conditions that must not hold.
fn is_excluded(reader: &mut Reader<'_>, place: Place) -> bool {
    let (tree, words) = (reader.tree, reader.terms.words);
    let label = label(tree, place).map(|label| normalise(&label));
    let is_label =
        |context| label.as_deref().is_some_and(|label| label.split(' ').count() <= 8 && words.is(context, label));
    let above = place
        .before
        .filter(|&id| tree.node(id).block == Block::Paragraph)
        .map(|id| normalise(&tree.plain(tree.pieces(id))));
    let inverted = above.as_deref().is_some_and(|text| words.is(Context::Inverted, text))
        || reader.outline.is_within(tree, place.node, Context::Inverted);
    if inverted {
        let span = tree.node(place.node).span;
        reader.find(
            Code::AmbiguousInverted,
            span,
            "these boxes are conditions that must not hold, so they are not items",
            "turn them round (what must hold) to count them",
        );
        return true;
    }
    if is_label(Context::Approval) {
        reader.approvals(place.node);
        return true;
    }
    false
}

/// Whether the entries of a list are all answers to one question, at least two of them.
fn is_radio_list(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> bool {
    let mut count = 0;
    tree.children(list).all(|item| {
        count += 1;
        is_radio_word(terms, &lines::lead(tree, item))
    }) && count > 1
}

fn is_radio_word(terms: &Terms<'_>, text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let head = text.find([':', '—', '–', '(']).map_or(text, |end| &text[..end]);
    head.len() < 60 && text.len() < 120 && terms.words.is_radio(&normalise(head))
}

/// Whether one item offers several boxes: `☐ GO ☐ NO-GO`.
fn is_choice(tree: &Tree<'_>, id: NodeId) -> bool {
    let Some(lead) = lines::lead_node(tree, id) else { return false };
    let source = tree.source(tree.node(lead).span);
    // Almost every item is ruled out by its bytes: no bracket and none of the drawn boxes, which all begin with E2.
    if source.len() > 240 || memchr::memchr2(b'[', 0xE2, source.as_bytes()).is_none() {
        return false;
    }
    let text: String =
        tree.pieces(lead).iter().filter(|piece| piece.inline == Inline::Text).map(|piece| tree.text(piece)).collect();
    let boxes = text.matches(['☐', '☑', '☒', '⬜']).count() + text.matches("[ ]").count();
    let gfm = usize::from(matches!(tree.node(id).block, Block::Item(Some(_))));
    boxes + gfm > 1 && text.len() < 120
}

/// Whether a plain item is a bold question.
fn is_question(tree: &Tree<'_>, id: NodeId) -> bool {
    lines::lead_node(tree, id).is_some_and(|lead| {
        let bold = matches!(tree.pieces(lead).first().map(|piece| piece.inline), Some(Inline::Strong));
        bold && tree.plain(tree.pieces(lead)).trim_end().ends_with('?')
    })
}

impl Reader<'_> {
    fn task(&mut self, id: NodeId, task: Task, parent: Option<u32>) -> Draft {
        let tree = self.tree;
        let mut draft = Draft::new(ItemKind::Task, tree.node(id).span);
        draft.parent = parent;
        draft.item.state = task.state;
        draft.item.state_text = task.mark_text;
        draft.item.mark = Some(task.mark);
        let pieces = task.lead.map(|lead| tree.pieces(lead)).unwrap_or_default();
        draft.describe(self.terms, tree, pieces, &task.text);
        if let Some((said, word, text)) = suffix::explicit(self.terms, tree, pieces, &draft.item.text) {
            if said.is_left() != task.state.is_left() {
                let message = format!("the box says {}, the text says {word}; the box counts", task.state.label());
                self.find(Code::BoxAgainstWord, task.mark, &message, "make the box and the word agree");
            }
            draft.item.text = text.to_owned();
        }
        self.details(id, &mut draft);
        draft
    }

    /// Takes what plain sub-bullets such as `Owner: X` say about the item above them.
    pub(super) fn details(&mut self, id: NodeId, draft: &mut Draft) {
        let (tree, terms) = (self.tree, self.terms);
        for list in tree.children(id).filter(|&child| matches!(tree.node(child).block, Block::List { .. })) {
            for item in tree.children(list).filter(|&item| tree.node(item).block == Block::Item(None)) {
                let near = lines::lead_node(tree, item).map_or("", |lead| tree.source(tree.node(lead).span));
                if !near.bytes().take(40).any(|byte| byte == b':' || byte == 0xEF) {
                    continue;
                }
                let text = lines::lead(tree, item);
                let Some((key, value)) = text.split_once([':', '：']) else { continue };
                match (key.len() <= 24).then(|| terms.words.tag(&normalise(key))).flatten() {
                    Some(Tag::Owner) if draft.item.owners.is_empty() => draft.item.owners = owner::value(terms, value),
                    Some(Tag::Priority) if draft.item.level.is_none() => draft.set_level(priority::value(terms, value)),
                    Some(Tag::Due) if draft.item.due.is_none() => draft.item.due = date::find(value),
                    Some(Tag::Evidence) => draft.item.evidence.push(evidence(tree, item, value)),
                    Some(Tag::Status) => self.compare_detail(draft, status::said(terms, value).state(), item, value),
                    _ => {}
                }
            }
        }
        draft.item.evidence.retain(|text| !text.is_empty());
    }

    fn compare_detail(&mut self, draft: &mut Draft, said: State, item: NodeId, value: &str) {
        if draft.item.kind != ItemKind::Task {
            return;
        }
        if draft.item.state == State::Open && said.is_left() {
            // An empty box says only "not done"; the word says how far.
            draft.item.state = said;
            draft.item.state_text = value.trim().to_owned();
        } else if said.is_left() != draft.item.state.is_left() {
            let message =
                format!("the box says {}, the status says {}; the box counts", draft.item.state.label(), value.trim());
            self.find(Code::BoxAgainstWord, self.tree.node(item).span, &message, "make the box and the word agree");
        }
    }
}

fn evidence(tree: &Tree<'_>, item: NodeId, value: &str) -> String {
    let below = tree.below(item);
    let first = tree.links.partition_point(|link| link.node < below.start);
    let link = tree.links.get(first).filter(|link| below.contains(&link.node));
    link.map_or_else(|| value.trim().to_owned(), |link| link.target.clone().into_owned())
}
