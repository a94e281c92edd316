//! Legends written as a list of boxes, whatever stands above them: `[ ] open`, `[x] done`, `[-] blocked`.

use super::Terms;
use super::entries::meaning;
use super::read::WORD;
use crate::markdown::{Block, NodeId, Tree};
use crate::model::State;
use crate::reading::outline::{Place, label};
use crate::reading::phrase::normalise;
use crate::reading::{lines, status};

/// The most entries of a legend: there are not more marks than that.
const MARKS: usize = 10;

/// The most bytes of a paragraph that announces a legend without a colon.
const LABEL: usize = 60;

/// Whether a list of boxes explains its marks: each is another one and is followed by the name of its state and nothing
/// else, below a label or heading. Two of them may be a choice: only those that nobody chooses from before a heading with
/// boxes explain what these are.
pub(super) fn are_marks(terms: &Terms<'_>, tree: &Tree<'_>, place: Place) -> bool {
    let list = place.node;
    let mut marks = Vec::new();
    let is_new = |item: NodeId| {
        let mark = mark_of(terms, tree, item).filter(|mark| !marks.contains(mark) && marks.len() < MARKS);
        mark.map(|mark| marks.push(mark)).is_some()
    };
    // The first entry of nearly all lists says more than the name of a state.
    tree.children(list).all(is_new)
        && marks.iter().any(|mark| matches!(mark, ' ' | 'x'))
        && (marks.len() > 2 || marks.len() == 2 && !is_choice(terms, tree, list) && is_before_boxes(tree, list))
        && is_announced(tree, place)
}

/// The mark of an entry that names the state of it.
fn mark_of(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<char> {
    let Block::Item(ticked) = tree.node(item).block else { return None };
    let is_short = |lead: &NodeId| tree.node(*lead).span.len() <= WORD * 2;
    let is_alone = tree.children(item).nth(1).is_none();
    let lead = lines::lead_node(tree, item).filter(is_short).filter(|_| is_alone)?;
    if ticked.is_none() && !tree.source(tree.node(lead).span).starts_with('[') {
        return None;
    }
    let text = tree.plain(tree.pieces(lead));
    let (mark, word) = match ticked {
        Some(true) => ('x', &*text),
        Some(false) => (' ', &*text),
        None => status::boxed(&text)?,
    };
    let state = terms.words.state(&normalise(meaning(word)))?;
    let agrees = match mark {
        ' ' => state == State::Open,
        'x' => state == State::Done,
        mark => state != State::Done || terms.words.mark(mark) == Some(State::Done),
    };
    agrees.then_some(mark)
}

/// Whether a heading or a short line stands right above a list.
fn is_announced(tree: &Tree<'_>, place: Place) -> bool {
    let above = place.node.checked_sub(1).map(|above| tree.node(above).block);
    let is_short = || {
        place.before.is_some_and(|before| {
            let node = tree.node(before);
            node.block == Block::Paragraph && node.span.len() <= LABEL
        })
    };
    matches!(above, Some(Block::Heading(_))) || is_short() || label(tree, place).is_some()
}

/// Whether the entries of a list are answers to a question.
fn is_choice(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> bool {
    let word = |text: &str| normalise(status::boxed(text).map_or(text, |(_, word)| word));
    tree.children(list).all(|item| terms.words.is_radio(&word(&lines::lead(tree, item))))
}

/// Whether a heading with boxes below it follows a list.
fn is_before_boxes(tree: &Tree<'_>, list: NodeId) -> bool {
    let is_heading = |node: NodeId| matches!(tree.node(node).block, Block::Heading(_));
    let next = tree.node(list).next as NodeId;
    let mut below = (next + 1..tree.len()).take_while(|&node| !is_heading(node));
    next < tree.len() && is_heading(next) && below.any(|node| matches!(tree.node(node).block, Block::Item(Some(_))))
}
