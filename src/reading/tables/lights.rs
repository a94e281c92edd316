//! What words and signs in a status column mean beside others that nothing explains: green beside amber, a ring beside a
//! cross. Elsewhere on the page they say what they always do.

use super::columns::{Grid, Row};
use super::shape::Shape;
use super::states::{headed_by, missed, said_at};
use super::sums::is_blank;
use crate::markdown::Block;
use crate::model::State;
use crate::reading::draft::Draft;
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, is_pictograph, normalise};
use crate::reading::vocabulary::{Context, Rings};
use crate::reading::{Reader, status};

/// The most bytes between a colour and what it is said to mean.
const NEAR: usize = 48;

/// The first bytes of a word that tell most others from it.
const START: usize = 3;

/// What the words and signs in the column of states of one table mean beside each other.
#[derive(Clone, Copy, Default)]
pub(super) struct Lights {
    /// Whether a light can be amber: then it tells how things go, and green not that they are over.
    is_between: bool,
    /// Whether rings stand beside crosses or triangles.
    has_rings: bool,
}

impl Lights {
    /// What they mean in a table of which some rows count.
    pub(super) fn of(reader: &Reader<'_>, grid: &Grid<'_>, shape: &Shape, counts: impl Fn(usize) -> bool) -> Self {
        let is_between = |text: &str| is_between(reader, text);
        let rings = &reader.terms.words.rings;
        let is_wanted = |text: &str| is_between(text) || ring_sign(rings, text).is_some();
        // Few tables have any of them.
        if !may_tell(grid, shape, is_wanted) {
            return Self::default();
        }
        let rows = grid.rows.iter().enumerate();
        let texts = rows.filter_map(|(index, row)| Some((index, text_of(reader, grid, shape, row)?)));
        let texts = texts.filter(|&(index, text)| is_wanted(text) && counts(index));
        let texts: Vec<&str> = texts.map(|(_, text)| text).collect();
        let signs = || texts.iter().filter_map(|text| ring_sign(rings, text));
        let stands = |wanted: fn(State) -> bool| signs().filter_map(|sign| rings.state(sign)).any(wanted);
        let is_plain = || !signs().any(|sign| rings.is_filled(sign));
        Self {
            is_between: texts.iter().any(|text| is_between(text)),
            has_rings: stands(|state| state == State::Done) && stands(State::is_left) && is_plain(),
        }
    }

    /// Whether a cell is nothing but a ring or what stands beside rings, so that its state is known.
    pub(super) fn reads(self, reader: &Reader<'_>, cell: &str) -> bool {
        self.ring(reader, cell.trim()).is_some()
    }

    /// Gives an item the state that its word or sign has here.
    pub(super) fn settle(self, reader: &Reader<'_>, draft: &mut Draft) {
        if self.is_between && is_best(reader, draft) && !explains_best(reader) {
            draft.item.state = State::Doing;
        }
        if let Some(state) = self.ring(reader, &draft.item.state_text) {
            draft.item.state = state;
        }
    }

    fn ring(self, reader: &Reader<'_>, text: &str) -> Option<State> {
        let rings = &reader.terms.words.rings;
        let state = ring_sign(rings, text).filter(|_| self.has_rings).and_then(|sign| rings.state(sign))?;
        let remark = cut_parenthesis(text).1.filter(|_| state == State::Done);
        Some(remark.map_or(state, |remark| remarked(reader, remark)))
    }
}

/// The only column that holds rings beside crosses or triangles, and else nothing but dashes.
pub(super) fn rings(terms: &Terms<'_>, grid: &Grid<'_>) -> Option<usize> {
    let state = |cell: &str| ring_sign(&terms.words.rings, cell.trim()).and_then(|sign| terms.words.rings.state(sign));
    let filled = |index: usize| grid.column(index).filter(|cell| !is_blank(cell) || state(cell).is_some());
    let tells = |index: usize, wanted: fn(State) -> bool| grid.column(index).filter_map(state).any(wanted);
    let is_one = |&index: &usize| {
        tells(index, |state| state == State::Done)
            && tells(index, State::is_left)
            && filled(index).all(|cell| state(cell).is_some())
    };
    let mut columns = (0..grid.headers.len()).filter(is_one);
    columns.next().filter(|_| columns.next().is_none())
}

/// Whether one of the texts that may tell a state in a table is of some kind.
fn may_tell(grid: &Grid<'_>, shape: &Shape, is_wanted: impl Fn(&str) -> bool) -> bool {
    match shape {
        Shape::Status { column, also, .. } => {
            std::iter::once(column).chain(also).any(|&index| grid.column(index).map(str::trim).any(&is_wanted))
        }
        Shape::Answers { columns, .. } => columns.iter().any(|&(index, _)| is_wanted(&grid.headers[index])),
        Shape::Boxes { .. } | Shape::Places { .. } | Shape::Matrix { .. } | Shape::Levels => false,
    }
}

/// The text that tells the state of a row.
fn text_of<'g>(reader: &Reader<'_>, grid: &'g Grid<'_>, shape: &Shape, row: &'g Row<'_>) -> Option<&'g str> {
    match shape {
        Shape::Status { column, .. } if grid.is_target(reader.terms, *column) => None,
        Shape::Status { column, also, .. } => {
            let is_done = || said_at(reader, grid, row, *column).state() == State::Done;
            let withheld = || if is_done() { missed(reader, grid, row, also) } else { None };
            let other = if also.is_empty() { None } else { withheld() };
            other.map(|(cell, _)| cell).or_else(|| row.cells.get(*column).map(|cell| cell.trim()))
        }
        Shape::Answers { columns, .. } => {
            headed_by(reader, row, columns).map(|(index, _)| grid.headers[index].as_str())
        }
        _ => None,
    }
}

/// The state of a ring with a remark in brackets: `○ (not yet)` is none that is done.
fn remarked(reader: &Reader<'_>, remark: &str) -> State {
    let left = status::words(reader.terms, remark).filter(|state| state.is_left());
    left.unwrap_or_else(|| status::qualified(reader.terms, State::Done, remark))
}

/// Whether an item is done by the name of the best colour and nothing else: a tick beside it says so too.
fn is_best(reader: &Reader<'_>, draft: &Draft) -> bool {
    let text = &draft.item.state_text;
    let is_tick = |sign: char| !sign.is_ascii() && reader.terms.listed_glyph(sign) == Some(State::Done);
    let remark = || colour(text, reader.terms.words.best_colours());
    // `GREEN - done`
    let is_told = |remark: &str| status::words(reader.terms, remark) == Some(State::Done);
    draft.item.state == State::Done && remark().is_some_and(|remark| !is_told(remark)) && !text.contains(is_tick)
}

/// The ring, or sign that may stand beside one, that is all of a state, but for a remark in brackets.
fn ring_sign(rings: &Rings, text: &str) -> Option<char> {
    sign(text, |sign| rings.state(sign).is_some() || rings.is_filled(sign))
}

/// The wanted sign that is all of a state, but for a remark in brackets.
fn sign(text: &str, is_wanted: impl Fn(char) -> bool) -> Option<char> {
    let text = text.trim_start_matches(['*', ' ']);
    let first = text.chars().next().filter(|&first| is_wanted(first))?;
    let rest = cut_parenthesis(&text[first.len_utf8()..]).0;
    rest.trim_matches(['\u{fe0f}', '*', ' ', '（']).is_empty().then_some(first)
}

/// Whether a text is the name of a colour between the best and the worst, one of two of them, `AMBER/RED`, or its sign.
fn is_between(reader: &Reader<'_>, text: &str) -> bool {
    let words = reader.terms.words;
    let is_doing = |sign: char| {
        !sign.is_ascii()
            && words.listed_colours.contains(&sign)
            && reader.terms.status_glyph(sign) == Some(State::Doing)
    };
    let is_sign = || sign(text, is_doing).is_some();
    text.split('/').any(|part| colour(part, words.between_colours()).is_some()) || is_sign()
}

/// What is said of a colour that begins a text, behind a stop or a dash: `**AMBER** (waiting)`, `AMBER - late`.
fn colour<'t, 'w>(text: &'t str, words: impl Iterator<Item = &'w str>) -> Option<&'t str> {
    let text = text.trim_start_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '*');
    // Of most the first bytes are enough.
    let start = text.as_bytes().get(..START)?;
    let begins = |word: &&str| word.as_bytes().get(..START).is_some_and(|other| start.eq_ignore_ascii_case(other));
    let mut words = words.filter(begins).peekable();
    words.peek()?;
    let stop = text.find([',', ';', '(', ':', '.', '–', '—', '，', '；', '（', '：', '。']).unwrap_or(text.len());
    let end = text[..stop].find(" - ").unwrap_or(stop);
    let rest = text[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let phrase = normalise(&text[..end]);
    words.any(|word| word == phrase).then_some(rest)
}

/// Whether the page says somewhere that the best colour means done: `Green: done`, `| Green | Nothing left |` does not. It is
/// asked once: a page may hold very many tables.
fn explains_best(reader: &Reader<'_>) -> bool {
    *reader.explains_best.get_or_init(|| looks_explained(reader))
}

fn looks_explained(reader: &Reader<'_>) -> bool {
    let (words, tree) = (reader.terms.words, reader.tree);
    // Code and comments explain nothing.
    let is_told = |block| !matches!(block, Block::Code | Block::Html);
    let nodes = || reader.outline.places.iter().map(|place| tree.node(place.node)).filter(|node| is_told(node.block));
    words.best_colours().any(|best| reader.terms.settles(best))
        || nodes().any(|node| tree.source(node.span).lines().any(|line| is_explained(reader, line)))
}

/// Whether a line says that the best colour means done. It begins with the colour, or with the name of a legend or of
/// another colour: `The build is green - tested` tells of something else.
fn is_explained(reader: &Reader<'_>, line: &str) -> bool {
    let words = reader.terms.words;
    let lower = line.to_lowercase();
    words.best_colours().flat_map(|best| lower.match_indices(best).map(move |found| (best, found.0))).any(
        |(best, at)| {
            let rest = lower[at + best.len()..].trim_start_matches(['*', '_', '`', ' ']);
            let meaning =
                [":", "=", "–", "—", "-", "|", "→", "means", "is "].iter().find_map(|stop| rest.strip_prefix(stop));
            let near = meaning.map(|meaning| &meaning[..meaning.floor_char_boundary(NEAR)]);
            let said = near.and_then(|near| status::words(reader.terms, near.split(['|', '.']).next().unwrap_or(near)));
            said == Some(State::Done) && leads_to_colour(reader, &lower[..at])
        },
    )
}

/// Whether a colour that stands behind the beginning of a line is explained there: nothing but signs, the name of a legend
/// or other colours are before it. A task tells of no colour.
fn leads_to_colour(reader: &Reader<'_>, before: &str) -> bool {
    let words = reader.terms.words;
    let first = before.find(char::is_alphanumeric);
    let is_boxed = before.contains('[') || before.contains(|c| words.boxes.is_one(c));
    let name = |first: usize| before[first..].split([':', '=', '–', '—', '|', ',', ' ']).next().unwrap_or_default();
    let is_colour = |name: &str| words.worst_colours().chain(words.between_colours()).any(|colour| colour == name);
    let is_legend = |first: usize| {
        let label = before[first..].split(':').next().unwrap_or_default();
        words.is(Context::Legend, &normalise(label))
    };
    !is_boxed && first.is_none_or(|first| is_colour(name(first)) || is_legend(first))
}
