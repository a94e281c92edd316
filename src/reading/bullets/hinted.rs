//! Lists of which most entries hint at a state in a form that is none: `Alarms = open`, `TODO Alarms`, a
//! checkbox in HTML, one entry struck through beside others. They are told, for nothing counts them.

use crate::markdown::{Block, Inline, NodeId, Piece, Tree};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::lines;
use crate::reading::phrase::normalise;

/// What sets a state apart from what it is told of, beside a dash and a colon.
const STOPS: [&str; 8] = [" = ", " | ", "? ", ": ", " - ", " – ", " — ", "："];

/// The most words of what stands behind a stop and is a state.
const WORDS: usize = 5;

/// What is told of a numbered checklist without boxes.
pub(super) const LABELLED: (&str, &str) = (
    "the entries of this numbered list may be the checks of a checklist, and tell no state: none of them is an item",
    "begin each with a box ([ ] or [x])",
);

/// The fewest entries of such a list.
const FEWEST: usize = 3;

/// Whether a list is numbered and each of its entries a bold label with a colon and a sentence: `1. **Mail:** it arrives.`
pub(super) fn is_labelled(tree: &Tree<'_>, list: NodeId) -> bool {
    let is_one = |item: NodeId| {
        let pieces = lines::lead_node(tree, item).map(|lead| tree.pieces(lead)).unwrap_or_default();
        let Some(end) = pieces.iter().position(|piece| piece.inline == Inline::StrongEnd) else { return false };
        let is_bold = pieces.first().is_some_and(|first| first.inline == Inline::Strong);
        let (label, behind) = (tree.plain(&pieces[..end]), tree.plain(&pieces[end..]));
        let colons = [':', '：'];
        let rest = behind.trim_start_matches(colons).trim();
        let has_colon = label.trim_end().ends_with(colons) || behind.starts_with(colons);
        is_bold && has_colon && rest.contains([' ', '，', '、', '。'])
    };
    let is_numbered = matches!(tree.node(list).block, Block::List { ordered: true });
    is_numbered && tree.children(list).all(is_one) && tree.children(list).nth(FEWEST - 1).is_some()
}

/// What is told of such a list, and how to mend it.
pub(super) fn told(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Option<(&'static str, &'static str)> {
    let leads: Vec<NodeId> = items.iter().filter_map(|&item| lines::lead_node(tree, item)).collect();
    let is_html = |&lead: &NodeId| tree.source(tree.node(lead).span).starts_with("<input");
    if leads.iter().any(is_html) {
        return Some(("a checkbox in HTML is no box, so these entries are not items", "use [ ] and [x]"));
    }
    if begin_with_answers(terms, tree, &leads) {
        return Some((
            "different signs that may be answers begin the entries of this list, so none of them is an item",
            "use ✅ and ❌, or boxes ([ ] and [x])",
        ));
    }
    let has_strike = |&&lead: &&NodeId| {
        let has_one = tree.pieces(lead).iter().any(|piece| piece.inline == Inline::Strike);
        has_one && lines::is_struck(tree, lead)
    };
    let struck = leads.iter().filter(has_strike).count();
    if struck > 0 && struck < items.len() {
        return Some((
            "some entries are struck through and some are not, which tells no state: none of them is an item",
            "use boxes ([ ] and [x])",
        ));
    }
    let needed = items.len().div_ceil(2).max(2);
    let (mut hints, mut left) = (0, false);
    for (index, &lead) in leads.iter().enumerate() {
        if hints + (leads.len() - index) < needed {
            return None;
        }
        if let Some(state) = hint(terms, tree, lead) {
            hints += 1;
            left |= state.is_left();
        }
    }
    (left && hints >= needed).then_some((
        "the entries of this list hint at a state that is not set apart as one, so none of them is an item",
        "end each entry with its status behind a dash, or use boxes ([ ] and [x])",
    ))
}

/// Whether entries begin with such signs, `√ Mail`, `× Pager`, and not all with the same, which is a bullet.
fn begin_with_answers(terms: &Terms<'_>, tree: &Tree<'_>, leads: &[NodeId]) -> bool {
    let sign = |lead: NodeId| {
        let source = tree.source(tree.node(lead).span);
        let sign = source.chars().next().filter(|sign| !sign.is_ascii())?;
        let is_apart = source[sign.len_utf8()..].starts_with([' ', '\u{3000}', '\u{fe0f}']);
        Some(sign).filter(|sign| is_apart && terms.words.rings.may_lead(*sign))
    };
    let first = leads.first().and_then(|&lead| sign(lead));
    first.is_some() && leads.iter().all(|&lead| sign(lead).is_some()) && leads.iter().any(|&lead| sign(lead) != first)
}

/// The state that an entry hints at: by a word in capitals at its start or end, in code there, or behind a stop.
fn hint(terms: &Terms<'_>, tree: &Tree<'_>, lead: NodeId) -> Option<State> {
    let pieces = tree.pieces(lead);
    let text = tree.plain(pieces);
    let text = text.trim();
    let loud = |word: &str| {
        let word = word.trim_matches(['.', '!', ',']);
        let is_loud = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if is_loud { led(terms, &normalise(word)) } else { None }
    };
    let code = |piece: &Piece| {
        if piece.inline == Inline::Code { led(terms, &normalise(tree.text(piece))) } else { None }
    };
    let first = || text.split(' ').next().and_then(loud).or_else(|| code(pieces.first()?));
    let last = || text.rsplit(' ').next().and_then(loud).or_else(|| code(pieces.last()?));
    first().or_else(last).or_else(|| behind(terms, text))
}

/// The state that stands behind the first stop of a text.
fn behind(terms: &Terms<'_>, text: &str) -> Option<State> {
    let (at, stop) = STOPS.into_iter().filter_map(|stop| Some((text.find(stop)?, stop))).min()?;
    let before = &text[..at];
    // `Owner: none` tells of what is around it, and a long question asks something else.
    let asks = stop == "? " && before.split(' ').count() > WORDS;
    if asks || terms.words.tag(&normalise(before)).is_some() {
        return None;
    }
    let rest = text[at + stop.len()..].trim();
    let answer = || terms.state(&normalise(head(rest))).filter(|_| matches!(stop, "? " | " = " | " | "));
    begun(terms, rest).or_else(answer)
}

/// What a text begins with, up to the first mark within it.
fn head(text: &str) -> &str {
    text.split([',', ';', '|', '(', '/']).next().unwrap_or(text).trim()
}

/// The state that a few words are or begin with, `blocked by the vendor`, or that they take "done" back with, `still failing`.
fn begun(terms: &Terms<'_>, text: &str) -> Option<State> {
    let head = head(text);
    if head.split(' ').count() > WORDS {
        return None;
    }
    let phrase = normalise(head);
    let mut ends = phrase.match_indices(' ').map(|(end, _)| end).take(2);
    let said = led(terms, &phrase).or_else(|| ends.find_map(|end| led(terms, &phrase[..end])));
    let takes_back = || phrase.contains(' ') && terms.state(&phrase).is_none() && terms.reserves(&phrase);
    said.or_else(|| takes_back().then_some(State::Open))
}

/// The state of a phrase that leads lists.
fn led(terms: &Terms<'_>, phrase: &str) -> Option<State> {
    terms.state(phrase).filter(|_| terms.words.opens(phrase) || phrase.starts_with("not "))
}
