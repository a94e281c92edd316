//! Names in bold that each have a status below them, several below one heading: they are things of their own, and the first
//! of their states is none of the heading. They are told, as lines are that each name something and tell its status.

use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::reading::facts::Facts;
use crate::reading::phrase::{next_stop, normalise};
use crate::reading::status::Said;
use crate::reading::vocabulary::Tag;
use crate::reading::{Cover, Reader, lines, status};
use crate::source::Span;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// The most bytes of a paragraph that is a name and a state, markup and all.
const LINE: usize = 120;

/// A name in bold with a status below it.
struct Card {
    /// The paragraph that begins with the name.
    label: NodeId,
    /// Where the status stands.
    status: Span,
    /// What the status says.
    said: Said,
}

/// Whether a status below a heading is that of the first of several cards.
pub(super) fn is_of_one(reader: &Reader<'_>, heading: NodeId, status: Span) -> bool {
    let cards = from(reader, reader.tree.node(heading).next as usize);
    cards.len() > 1 && cards.iter().any(|card| card.status == status)
}

/// Tells once for each section of the cards in it that no item stands in.
pub(super) fn tell(reader: &mut Reader<'_>, headings: &[(NodeId, u32)]) {
    if !reader.has_items_or_name() {
        return;
    }
    let tree = reader.tree;
    let sections = headings.iter().map(|&(node, _)| tree.node(node).next as usize);
    let first = tree.top().next().filter(|&node| !matches!(tree.node(node).block, Block::Heading(_)));
    let all: Vec<Vec<Card>> = first.into_iter().chain(sections).map(|first| from(reader, first)).collect();
    let marks = OnceCell::new();
    let is_told = |cards: &Vec<Card>| cards.len() > 1 || cards.iter().any(|card| is_left_alone(reader, card, &marks));
    let several: Vec<Vec<Card>> = all.into_iter().filter(is_told).collect();
    let mut cover = None;
    for cards in several {
        // What is told here adds no item, so one cover serves every section.
        let cover = cover.get_or_insert_with(|| Cover::of(&reader.drafts));
        let is_untold =
            |card: &&Card| !cover.holds(card.status.start) && !cover.holds(tree.node(card.label).span.start);
        let is_left = |card: &&Card| !matches!(card.said, Said::State(state) if !state.is_left());
        let untold = || cards.iter().filter(is_untold);
        let is_in_line =
            cards.iter().any(|card| tree.node(card.label).span.holds(card.status) && !is_label(reader, card.label));
        let message = match is_in_line {
            _ if cards.len() == 1 => "a name in bold here has a status below it, and is no item",
            true => "lines here each name something and tell its status, and none of them is an item",
            false => "names in bold here each have a status below them, and none of them is an item",
        };
        let help = "make them headings, `### Name`, to count them";
        if let Some(card) = untold().find(is_left) {
            reader.warn(Code::AmbiguousGlyphs, tree.node(card.label).span, message, help);
        } else if let Some(card) = untold().next() {
            reader.find(Code::AmbiguousGlyphs, tree.node(card.label).span, message, help);
        }
    }
}

/// Whether a card that stands alone behind items has a status right below its name which is left, and which no item took for
/// its own; before all items it tells of the page.
fn is_left_alone(reader: &Reader<'_>, card: &Card, marks: &OnceCell<BTreeSet<u32>>) -> bool {
    let is_left = matches!(card.said, Said::State(state) if state.is_left());
    let is_below = reader.tree.node(card.label).span.holds(card.status) && is_label(reader, card.label);
    let marks = || {
        let starts = reader.drafts.iter().filter_map(|draft| Some(draft.item.mark?.start));
        marks.get_or_init(|| starts.collect())
    };
    let start = card.status.start;
    is_left && is_below && !marks().contains(&start) && marks().first().is_some_and(|&first| first < start)
}

/// The cards from a block on up to the next heading.
fn from(reader: &Reader<'_>, first: usize) -> Vec<Card> {
    let (terms, tree) = (reader.terms, reader.tree);
    let is_below = |block: &NodeId| *block < tree.len() && !matches!(tree.node(*block).block, Block::Heading(_));
    let next = |&block: &NodeId| Some(tree.node(block).next as usize).filter(is_below);
    let (mut cards, mut label) = (Vec::new(), None);
    for block in std::iter::successors(Some(first).filter(is_below), next) {
        if is_label(reader, block) {
            label = Some(block);
        }
        let Some(named) = label else {
            cards.extend(in_lines(reader, block));
            continue;
        };
        let mut facts = Facts::default();
        match tree.node(block).block {
            Block::Paragraph => facts.take_lines(terms, tree, block),
            Block::List { .. } if !tree.has_box(block) => facts.take_list(terms, tree, block),
            _ => {}
        }
        let said = facts.said(terms);
        if let Some((_, status)) = facts.status {
            cards.push(Card { label: named, status, said });
            label = None;
        }
    }
    cards
}

/// The cards that are lines of a paragraph or bullets: each names something and tells its status behind a bar.
fn in_lines(reader: &Reader<'_>, block: NodeId) -> Vec<Card> {
    let tree = reader.tree;
    let source = tree.source(tree.node(block).span);
    if tree.node(block).block == Block::Paragraph
        && source.len() <= LINE
        && source.starts_with("**")
        && let Some(card) = dashed(reader, block)
    {
        return vec![card];
    }
    // Few blocks have a bar and two colons.
    let has_bar =
        || memchr::memchr(b'|', source.as_bytes()).is_some() || !source.is_ascii() && source.contains(lines::BARS);
    let may_tell = || has_bar() && lines::colons(source).nth(1).is_some();
    match tree.node(block).block {
        Block::Paragraph if may_tell() => {
            let line = |line: lines::Line<'_>| in_line(reader, block, &line.text(tree), line.span());
            lines::of(tree, block).filter_map(line).collect()
        }
        Block::List { .. } if !tree.has_box(block) && may_tell() => {
            let leads = tree.children(block).filter_map(|item| lines::lead_node(tree, item));
            let card = |lead: NodeId| in_line(reader, lead, &tree.plain(tree.pieces(lead)), tree.node(lead).span);
            leads.filter_map(card).collect()
        }
        _ => Vec::new(),
    }
}

/// The card that a name in bold and a state behind a dash are, when they are all of a paragraph: `**Mail** — open`.
fn dashed(reader: &Reader<'_>, block: NodeId) -> Option<Card> {
    let (terms, tree) = (reader.terms, reader.tree);
    let text = tree.plain(tree.pieces(block));
    let (at, end) = next_stop(&text, 0).filter(|&(at, _)| !text[at..].starts_with(':'))?;
    let (name, phrase) = (normalise(&text[..at]), normalise(&text[end..]));
    let tables = &terms.words.tables;
    let is_of_work =
        tables.work.contains(&phrase) || tables.outcomes.contains(&phrase) || terms.words.section_mark(&phrase);
    // `**Open** — not started` explains a word, and so does `**Bad** — missing`.
    let is_word = terms.words.tag(&name).is_some() || terms.state(&name).is_some() || terms.words.is_rating(&name);
    let state = terms.state(&phrase).filter(|_| is_of_work && !is_word)?;
    Some(Card { label: block, status: tree.node(block).span, said: Said::State(state) })
}

/// The card that one line is.
fn in_line(reader: &Reader<'_>, label: NodeId, text: &str, span: Span) -> Option<Card> {
    let terms = reader.terms;
    let key = text.split([':', '：']).next().unwrap_or_default();
    let is_named = terms.words.tag(&normalise(key)).is_none() && key.contains(char::is_alphanumeric);
    let pairs = if is_named { lines::pairs_around(terms, text) } else { Vec::new() };
    let (_, value) = pairs.iter().find(|(tag, _)| *tag == Tag::Status).filter(|_| pairs.len() > 1)?;
    Some(Card { label, status: span, said: status::said(terms, value) })
}

/// Whether a paragraph begins with a line in bold that names something: it is no key of facts, `**Status**`, nor a fact.
fn is_label(reader: &Reader<'_>, block: NodeId) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let span = tree.node(block).span;
    if tree.node(block).block != Block::Paragraph || !tree.source(span).starts_with(['*', '_']) {
        return false;
    }
    let first = lines::of(tree, block).next().filter(lines::Line::is_bold);
    let text = first.map(|line| line.text(tree));
    text.is_some_and(|text| lines::pairs(terms, &text).is_empty() && terms.words.tag(&normalise(&text)).is_none())
}
