//! Numbered lists that the bullets of their entries cut into pieces, for these stand too far left to be theirs: `1. Mail`
//! over `- Status: open` at the margin, then `2. Pager` over the next. The pieces are read as the one list that is meant.

use super::{Entry, Style, add_lists, faceted, glyph_entries, worded};
use crate::finding::Code;
use crate::markdown::{Block, NodeId, Tree};
use crate::model::State;
use crate::reading::outline::Place;
use crate::reading::phrase::normalise;
use crate::reading::{Reader, lines};

/// The most bytes of a bullet that is nothing but a state.
const STATE: usize = 32;

/// A numbered list and the bullets right below it.
struct Piece {
    numbered: Place,
    first: u32,
    entries: u32,
    bullets: Option<NodeId>,
}

/// The pieces of one list.
struct Run {
    pieces: Vec<Piece>,
    entries: Vec<Entry>,
}

/// What the bullets below the numbers are.
#[derive(PartialEq)]
enum Below {
    /// They tell the states of the entries.
    States,
    /// They tell of the entries, and not how far they are.
    Details,
}

/// Reads such lists, and takes their pieces out of the lists that are still to be read.
pub(super) fn read(reader: &mut Reader<'_>, lists: &mut Vec<Place>) {
    let pieces = pieces(reader.tree, lists);
    if pieces.is_empty() {
        return;
    }
    let mut runs = runs(reader, pieces);
    let with_status = runs.iter().flat_map(|run| &run.entries).filter(|entry| entry.facts.status.is_some()).count();
    let is_work = runs.iter().any(|run| faceted::has_work(reader, &run.entries));
    for run in &mut runs {
        let is_told = with_status > 1 && is_work && faceted::are_known(reader, &run.entries);
        read_run(reader, run, if is_told { Below::States } else { Below::Details });
    }
    reader.drop_labelled(lists);
}

/// The numbered lists with bullets right below them, and those that go on behind such bullets. A bullet of another kind may
/// stand for a number: `* Mail` over `- Status: open`.
fn pieces(tree: &Tree<'_>, lists: &[Place]) -> Vec<Piece> {
    let is_numbered = |place: Place| matches!(tree.node(place.node).block, Block::List { ordered: true });
    let mut pieces: Vec<Piece> = Vec::new();
    let is_alone = |place: Place| tree.children(place.node).nth(1).is_none();
    for (index, &place) in lists.iter().enumerate().filter(|&(_, &place)| is_numbered(place) || is_alone(place)) {
        if pieces.last().is_some_and(|last| last.bullets == Some(place.node)) {
            continue;
        }
        let bullets = lists.get(index + 1).filter(|next| next.before == Some(place.node) && !is_numbered(**next));
        let goes_on = || pieces.last().is_some_and(|last| last.bullets.is_some() && last.bullets == place.before);
        if bullets.is_none() && !goes_on() {
            continue;
        }
        let source = tree.source(tree.node(place.node).span);
        let digits = source.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let number = if digits.is_empty() { Some(1) } else { digits.parse().ok() };
        let entries = u32::try_from(tree.children(place.node).count()).unwrap_or(u32::MAX);
        let Some(first) = number else { continue };
        pieces.push(Piece { numbered: place, first, entries, bullets: bullets.map(|place| place.node) });
    }
    pieces
}

/// The pieces by the lists that they make up, without those that have boxes.
fn runs(reader: &Reader<'_>, pieces: Vec<Piece>) -> Vec<Run> {
    let mut runs: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let last = runs.last_mut().filter(|run| run.last().is_some_and(|last| is_next(last, &piece)));
        match last {
            Some(run) => run.push(piece),
            None => runs.push(vec![piece]),
        }
    }
    let has_tasks = |piece: &Piece| {
        let bullets = piece.bullets.map(|node| Place { node, before: None });
        reader.has_tasks(piece.numbered) || bullets.is_some_and(|place| reader.has_tasks(place))
    };
    runs.iter_mut().for_each(|run| run.retain(|piece| !has_tasks(piece)));
    runs.retain(|run| !run.is_empty());
    let run = |pieces: Vec<Piece>| Run { entries: entries(reader, &pieces), pieces };
    runs.into_iter().map(run).collect()
}

/// Whether a piece goes on with the numbers of another right before it.
fn is_next(last: &Piece, piece: &Piece) -> bool {
    let is_behind = last.bullets.is_some() && last.bullets == piece.numbered.before;
    // `1.` before each of them is how some number.
    let is_one = |piece: &Piece| piece.first == 1 && piece.entries == 1;
    is_behind && (piece.first == last.first.saturating_add(last.entries) || is_one(last) && is_one(piece))
}

/// The entries of some pieces with the facts below them.
fn entries(reader: &Reader<'_>, pieces: &[Piece]) -> Vec<Entry> {
    let tree = reader.tree;
    let of_piece = |piece: &Piece| -> Vec<Entry> {
        let items: Vec<NodeId> = tree.children(piece.numbered.node).collect();
        let last = items.len().saturating_sub(1);
        let below = |index: usize| piece.bullets.filter(|_| index == last);
        items.into_iter().enumerate().filter_map(|(index, item)| faceted::entry(reader, item, below(index))).collect()
    };
    pieces.iter().flat_map(of_piece).collect()
}

/// Reads a list by the signs or words of its entries, or by what stands below them.
fn read_run(reader: &mut Reader<'_>, run: &mut Run, below: Below) {
    let (terms, tree) = (reader.terms, reader.tree);
    let items: Vec<NodeId> = run.pieces.iter().flat_map(|piece| tree.children(piece.numbered.node)).collect();
    let entries = std::mem::take(&mut run.entries);
    let is_list = run.pieces.len() > 1;
    let glyphs = if is_list { glyph_entries(terms, tree, &items) } else { Vec::new() };
    let (found, style) = if glyphs.len() == items.len() {
        (glyphs, Style::Led)
    } else if is_list {
        (worded(terms, tree, &items), Style::Worded)
    } else {
        (Vec::new(), Style::Worded)
    };
    if !found.is_empty() {
        reader.glyph_style |= style == Style::Led;
        let found = found.into_iter().map(|entry| with_facts(&entries, entry)).collect();
        return take(reader, run, found, style);
    }
    let is_whole = entries.len() == items.len() && run.pieces.iter().all(|piece| piece.bullets.is_some() || is_list);
    let is_single = is_list || run.pieces[0].entries == 1;
    if below == Below::States && is_whole && is_single {
        faceted::tell_states(reader, &entries);
        return take(reader, run, entries, Style::Worded);
    }
    tell(reader, &run.pieces, &entries);
}

/// An entry with what stands below its number. The numbered ones are in the order of the document.
fn with_facts(numbered: &[Entry], mut entry: Entry) -> Entry {
    if let Ok(at) = numbered.binary_search_by_key(&entry.item, |numbered| numbered.item) {
        entry.below = numbered[at].below;
    }
    entry
}

/// Adds the entries of a list, and marks its pieces as read.
fn take(reader: &mut Reader<'_>, run: &Run, entries: Vec<Entry>, style: Style) {
    let lists = reader.bullet_lists.len();
    let numbered: Vec<Place> = run.pieces.iter().map(|piece| piece.numbered).collect();
    add_lists(reader, &numbered, entries, style);
    let last = run.pieces.last().map_or(0, |piece| piece.bullets.unwrap_or(piece.numbered.node));
    let end = reader.tree.node(last).span.end;
    if let Some(span) = reader.bullet_lists.get_mut(lists) {
        span.end = end;
    }
    for piece in &run.pieces {
        reader.labelled.push(piece.numbered.node);
        reader.labelled.extend(piece.bullets);
    }
}

/// Tells of a list that is not read although an entry of it has a status that is not done.
fn tell(reader: &mut Reader<'_>, pieces: &[Piece], entries: &[Entry]) {
    let is_left = |entry: &Entry| entry.facts.said(reader.terms).known().is_some_and(State::is_left);
    let left = entries.iter().find(|entry| is_left(entry) || entry.below.is_some_and(|list| names_left(reader, list)));
    // Alone below a heading, it tells of that.
    let section = reader.outline.section_at(reader.tree.node(pieces[0].numbered.node).span.start);
    let is_beside = || section.is_some_and(|index| reader.section_items(index) > 0);
    if let Some(entry) = left.filter(|_| pieces.len() > 1 || is_beside()) {
        let message = "the bullets below these numbers tell states, but are not indented so as to belong to them";
        let help = "indent the bullets by three spaces or more";
        reader.warn(Code::AmbiguousGlyphs, reader.tree.node(entry.item).span, message, help);
    }
}

/// Whether a bullet is nothing but a state that is not done: `FAIL` below `1. Mail`.
fn names_left(reader: &Reader<'_>, list: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_short = |item: &NodeId| tree.node(*item).span.len() <= STATE;
    let state = |item: NodeId| terms.state(&normalise(&lines::lead(tree, item)));
    tree.children(list).filter(is_short).filter_map(state).any(State::is_left)
}
