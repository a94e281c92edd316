//! Task lists: list items that begin with a box, at any depth, and the groups that they make.

mod boxed;
mod compared;
mod details;
pub(super) mod left_below;
mod loose;
mod no_items;
mod unnamed;
mod unseen;

pub(super) use boxed::has_odd_box;
pub(super) use loose::{is_boxed_inside, is_round, tell_all as tell_loose};
pub(super) use no_items::is_radio_word;
pub(super) use unnamed::name as name_unnamed;

use super::draft::{Draft, letter_mark, odd_mark};
use super::legend::Terms;
use super::outline::Place;
use super::priority::Priority;
use super::suffix;
use super::{Reader, lines, priority, signoffs, status};
use crate::markdown::{Block, NodeId, Tree};
use crate::model::{ItemKind, State};
use boxed::{Task, glyph_task, is_drawn, marked_task, task, worded_task};
use no_items::{explains_marks, is_choice, is_excluded, is_question, radio_answers, tell_choice, tell_joined};

/// The most bytes of an entry that is nothing but a level.
const LEVEL: usize = 24;

/// Reads every task of a list that stands at top level (or in a quote).
pub(super) fn read(reader: &mut Reader<'_>, place: Place) {
    let tree = reader.tree;
    let below = place.node..tree.node(place.node).next as usize;
    let has_task =
        below.clone().any(|id| matches!(tree.node(id).block, Block::Item(Some(_))) || is_drawn(reader.terms, tree, id));
    if !has_task || is_excluded(reader, place) {
        return;
    }
    let named = place.before.and_then(|before| priority::label(reader.terms, tree, before));
    let mut open = vec![Open { end: below.end, kind: Around::Label { level: named } }];
    for id in below {
        let end = tree.node(id).next as usize;
        open.retain(|around| id < around.end);
        match tree.node(id).block {
            Block::List { .. } => {
                let answers = answers(reader, id);
                open.push(Open { end, kind: Around::List { answers, among: Among::of(reader.terms, tree, id) } });
            }
            Block::Item(_) => {
                let kind = read_item(reader, &open, id);
                open.push(Open { end, kind });
            }
            _ => {}
        }
    }
}

/// Reads a list item, and what it is to those below it.
fn read_item(reader: &mut Reader<'_>, open: &[Open], id: NodeId) -> Around {
    let (terms, tree) = (reader.terms, reader.tree);
    let task = task(terms, tree, id).filter(|_| !is_of_signs(open));
    let task = task.or_else(|| among(reader, open, id));
    let task = task.filter(|_| !is_answer(open, id) && !is_choice(terms, tree, id));
    let task = task.and_then(|task| task.boxed_once(reader));
    let Some(task) = task.filter(|task| !signoffs::is_to_sign(reader, id, &task.text)) else {
        if matches!(open.last(), Some(Open { kind: Around::List { answers, .. }, .. }) if id >= *answers) {
            loose::tell_among(reader, id);
            loose::tell_unnamed(reader, id);
        }
        let lead = lines::lead_node(tree, id);
        let level = lead.and_then(|lead| priority::label(terms, tree, lead).or_else(|| bare_level(reader, lead)));
        return Around::Plain { question: is_question(tree, id), level };
    };
    let mut draft = reader.task(id, task, group(open));
    if draft.item.level.is_none() {
        draft.set_level(level(open));
    }
    let start = draft.item.span.start;
    reader.push(draft);
    Around::Task { start }
}

/// The level that an entry is, where it is nothing else: `P0`, `Critical`. One letter may be a name.
fn bare_level(reader: &Reader<'_>, lead: NodeId) -> Option<priority::Priority> {
    let text = reader.tree.plain(reader.tree.pieces(lead));
    let is_short = (2..=LEVEL).contains(&text.trim().len());
    if is_short { priority::whole(reader.terms, &text) } else { None }
}

/// A list or item around the one that is read.
struct Open {
    end: NodeId,
    kind: Around,
}

/// What a list or item is to those in it.
enum Around {
    /// A list, of which the entries before a node are answers to one question, or explain marks.
    List { answers: NodeId, among: Among },
    /// A task that begins there.
    Task { start: u32 },
    /// An item that is no task: whether it is a bold question, and the level that it names.
    Plain { question: bool, level: Option<Priority> },
    /// The label above the whole list.
    Label { level: Option<Priority> },
}

/// Start of the nearest task around, through plain bullets too.
fn group(open: &[Open]) -> Option<u32> {
    open.iter().rev().find_map(|around| match around.kind {
        Around::Task { start } => Some(start),
        _ => None,
    })
}

/// The priority that the nearest label around names, up to the nearest task, which gives its own.
fn level(open: &[Open]) -> Option<Priority> {
    let outside = open.iter().rev().take_while(|around| !matches!(around.kind, Around::Task { .. }));
    outside
        .filter_map(|around| match &around.kind {
            Around::Plain { level, .. } | Around::Label { level } => level.clone(),
            _ => None,
        })
        .next()
}

/// Whether an item is one of the answers of a list of answers, or answers the bold question right above it.
fn is_answer(open: &[Open], id: NodeId) -> bool {
    let list = open.last().is_some_and(|around| matches!(around.kind, Around::List { answers, .. } if id < answers));
    let above = open.len().checked_sub(2).and_then(|index| open.get(index));
    list || above.is_some_and(|around| matches!(around.kind, Around::Plain { question: true, .. }))
}

/// Where the entries of a list end that are answers to one question or explain marks; what is told of them.
fn answers(reader: &mut Reader<'_>, list: NodeId) -> NodeId {
    let tree = reader.tree;
    let end = tree.node(list).next as NodeId;
    let answers = radio_answers(reader.terms, tree, list);
    if answers == 0 {
        return if explains_marks(reader.terms, tree, list) { end } else { list };
    }
    reader.asks_decision = true;
    tell_choice(reader, list);
    let joined = tree.children(list).nth(answers);
    if joined.is_some() {
        tell_joined(reader, list, answers);
    }
    joined.unwrap_or(end)
}

/// What the entries of a list begin with.
#[derive(Clone, Copy, PartialEq)]
enum Among {
    /// Every one with a box or a status glyph: people who tick by writing ✅ or ✔ over the box mean the same by both.
    Marks,
    /// Some with a box.
    Boxes,
    /// Not one with a box.
    Plain,
    /// Signs in brackets of which not all tell states, as those of kinds of changes: `[🐛]`, `[🚧]`.
    Signs,
}

impl Among {
    fn of(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> Self {
        let (mut boxes, mut others, mut signs) = (0, 0, 0);
        for item in tree.children(list) {
            // Boxes that GFM knows, as in most lists, leave nothing to be led by a glyph.
            if matches!(tree.node(item).block, Block::Item(Some(_))) {
                boxes += 1;
            } else if let Some(task) = task(terms, tree, item) {
                boxes += 1;
                signs += usize::from(task.is_sign());
            } else if glyph_task(terms, tree, item).is_none() {
                others += 1;
            }
        }
        match (boxes, others) {
            (0, _) => Self::Plain,
            (_, 1..) if signs == boxes && has_unknown_sign(terms, tree, list) => Self::Signs,
            (_, 0) => Self::Marks,
            _ => Self::Boxes,
        }
    }
}

/// Whether an item stands in a list of signs in brackets that are no boxes.
fn is_of_signs(open: &[Open]) -> bool {
    matches!(open.last(), Some(Open { kind: Around::List { among: Among::Signs, .. }, .. }))
}

/// Whether an item of a list begins with a sign in brackets that tells no state: `[🐛]`.
fn has_unknown_sign(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> bool {
    let leads = tree.children(list).filter_map(|item| lines::lead_node(tree, item));
    leads.into_iter().any(|lead| {
        let mark = status::boxed(tree.source(tree.node(lead).span)).map(|(mark, _)| mark);
        mark.is_some_and(|mark| !mark.is_ascii() && terms.mark(mark).is_none())
    })
}

/// The task that a list item without a box of its own is among others.
fn among<'t>(reader: &mut Reader<'t>, open: &[Open], id: NodeId) -> Option<Task<'t>> {
    let Around::List { among, .. } = open.last()?.kind else { return None };
    let (terms, tree) = (reader.terms, reader.tree);
    let glyph = || glyph_task(terms, tree, id);
    match among {
        Among::Plain | Among::Signs => None,
        Among::Marks => glyph(),
        Among::Boxes => {
            // Beside plain entries ✅ may be a remark, but what says that something is missing is not dropped.
            let left = glyph().filter(|task| task.state.is_left() || status::box_at(terms, &task.text).is_some());
            let task = left
                .or_else(|| marked_task(terms, tree, id, odd_mark))
                .or_else(|| worded_task(terms, tree, id))
                .or_else(|| marked_task(terms, tree, id, letter_mark))?;
            let sign = task.mark_text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            let is_known = |sign: &str| {
                let mut marks = sign.chars();
                let is_word = marks.next().is_none_or(|mark| terms.mark(mark).is_some()) || marks.next().is_some();
                is_word && !terms.words.is_mistyped_box(sign)
            };
            if sign.is_some_and(|sign| !is_known(sign)) {
                reader.unknown_state(&task.mark_text, task.mark);
            }
            Some(task)
        }
    }
}

impl Reader<'_> {
    fn task(&mut self, id: NodeId, task: Task<'_>, parent: Option<u32>) -> Draft {
        let tree = self.tree;
        let mut draft = Draft::new(ItemKind::Task, tree.node(id).span);
        draft.parent = parent;
        draft.item.state = task.state;
        draft.item.state_text = task.mark_text;
        draft.item.mark = Some(task.mark);
        let pieces = task.lead.map(|lead| tree.pieces(lead)).unwrap_or_default();
        let (pieces, facts) = lines::without_facts(self.terms, tree, pieces);
        let text = task.text.strip_suffix(&*tree.plain(facts)).unwrap_or(&task.text);
        draft.describe(self.terms, tree, pieces, text);
        if let Some((said, text, behind)) = suffix::explicit(self.terms, tree, pieces, &draft.item.text) {
            let is_idle = said.state == State::Na && task.state == State::Done;
            if said.state.is_left() != task.state.is_left() || is_idle {
                self.oppose(task.state, &said.word, task.mark);
                // What is told beside such a word, `N/A (a plain script)`, says why.
                draft.item.note = if said.note.is_empty() { String::new() } else { behind.to_owned() };
            }
            draft.item.text = text.to_owned();
        } else if task.state == State::Done {
            self.compare_end(&draft.item.text, task.mark);
        } else if task.state.is_left() {
            self.compare_sign(task.state, &draft.item.text, task.mark);
        }
        loose::tell_glued(self, id, task.lead);
        self.details(id, &mut draft);
        draft
    }
}
