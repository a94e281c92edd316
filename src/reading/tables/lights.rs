//! What words and signs in a status column mean beside others that nothing explains: green beside amber, a ring beside a
//! cross. Elsewhere on the page they say what they always do.

use super::columns::{Grid, Row};
use super::headers::is_target_status;
use super::shape::Shape;
use super::states::{headed_by, missed, said_at};
use crate::model::State;
use crate::reading::draft::Draft;
use crate::reading::phrase::{cut_parenthesis, is_pictograph, normalise};
use crate::reading::vocabulary::{Rings, Vocabulary};
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
        let is_between = |text: &str| is_one(text, reader.terms.words.between_colours());
        let rings = &reader.terms.words.rings;
        let is_wanted = |text: &str| is_between(text) || sign(rings, text).is_some();
        // Few tables have any of them.
        if !may_tell(grid, shape, is_wanted) {
            return Self::default();
        }
        let rows = grid.rows.iter().enumerate();
        let texts = rows.filter_map(|(index, row)| Some((index, text_of(reader, grid, shape, row)?)));
        let texts = texts.filter(|&(index, text)| is_wanted(text) && counts(index));
        let texts: Vec<&str> = texts.map(|(_, text)| text).collect();
        let signs = || texts.iter().filter_map(|text| sign(rings, text));
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
        if self.has_rings { sign(rings, text).and_then(|sign| rings.state(sign)) } else { None }
    }
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
        Shape::Status { column, .. } if is_target_status(reader.terms, &grid.headers[*column]) => None,
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

/// Whether an item is done by the name of the best colour and nothing else: a tick beside it says so too.
fn is_best(reader: &Reader<'_>, draft: &Draft) -> bool {
    let text = &draft.item.state_text;
    let is_tick = |sign: char| !sign.is_ascii() && reader.terms.listed_glyph(sign) == Some(State::Done);
    draft.item.state == State::Done && is_one(text, reader.terms.words.best_colours()) && !text.contains(is_tick)
}

/// The ring, or sign that may stand beside one, that is all of a state, but for a remark in brackets.
fn sign(rings: &Rings, text: &str) -> Option<char> {
    let text = text.trim_start_matches(['*', ' ']);
    let first = text.chars().next().filter(|&first| rings.state(first).is_some() || rings.is_filled(first))?;
    let rest = cut_parenthesis(&text[first.len_utf8()..]).0;
    rest.trim_matches(['\u{fe0f}', '*', ' ', '（']).is_empty().then_some(first)
}

/// Whether a text is one of some words and no more than a remark behind it, `**AMBER** (waiting)`: and not `GREEN - done`.
fn is_one<'w>(text: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
    let text = text.trim_start_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '*');
    // Of most the first bytes are enough.
    let Some(start) = text.as_bytes().get(..START) else { return false };
    let begins = |word: &&str| word.as_bytes().get(..START).is_some_and(|other| start.eq_ignore_ascii_case(other));
    words.any(|word| begins(&word) && normalise(text.split([',', ';', '(']).next().unwrap_or(text)) == word)
}

/// Whether the page says somewhere that the best colour means done: `Green: done`, `| Green | Nothing left |` does not. It is
/// asked once: a page may hold very many tables.
fn explains_best(reader: &Reader<'_>) -> bool {
    *reader.explains_best.get_or_init(|| looks_explained(reader))
}

fn looks_explained(reader: &Reader<'_>) -> bool {
    let words = reader.terms.words;
    words.best_colours().any(|best| reader.terms.settles(best))
        || reader.tree.whole().lines().any(|line| is_explained(reader, words, line))
}

/// Whether a line says that the best colour means done.
fn is_explained(reader: &Reader<'_>, words: &Vocabulary, line: &str) -> bool {
    let lower = line.to_lowercase();
    words.best_colours().flat_map(|best| lower.match_indices(best).map(move |(at, _)| at + best.len())).any(|end| {
        let rest = lower[end..].trim_start_matches(['*', '_', '`', ' ']);
        let meaning =
            [":", "=", "–", "—", "-", "|", "→", "means", "is "].iter().find_map(|stop| rest.strip_prefix(stop));
        let near = meaning.map(|meaning| &meaning[..meaning.floor_char_boundary(NEAR)]);
        let said = near.and_then(|near| status::words(reader.terms, near.split(['|', '.']).next().unwrap_or(near)));
        said == Some(State::Done)
    })
}
