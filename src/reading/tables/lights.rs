//! What words and signs in a status column mean beside others that nothing explains: green beside amber, a ring beside a
//! cross. Elsewhere on the page they say what they always do.

use crate::finding::{Code, Finding};
use crate::model::State;
use crate::reading::draft::Draft;
use crate::reading::phrase::{cut_parenthesis, is_pictograph, normalise};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::{Reader, status};

/// The signs for yes, in part and no of Japanese and Korean forms, where they stand beside each other.
const RINGS: [(char, State); 7] = [
    ('○', State::Done),
    ('〇', State::Done),
    ('◯', State::Done),
    ('◎', State::Done),
    ('△', State::Doing),
    ('×', State::Open),
    ('✕', State::Open),
];

/// The ring that is filled: beside it an empty one is what is left.
const FILLED: char = '●';

/// The most bytes between a colour and what it is said to mean.
const NEAR: usize = 48;

/// Where a table begins among the drafts and the findings.
#[derive(Clone, Copy)]
pub(super) struct Start {
    drafts: usize,
    findings: usize,
}

impl Start {
    /// What is read next begins here.
    pub(super) fn of(reader: &Reader<'_>) -> Self {
        Self { drafts: reader.drafts.len(), findings: reader.findings.len() }
    }
}

/// Settles the states of the rows that a table has given.
pub(super) fn settle(reader: &mut Reader<'_>, start: Start) {
    let words = reader.terms.words;
    let terms = reader.terms;
    let is_tick = |sign: char| !sign.is_ascii() && terms.listed_glyph(sign) == Some(State::Done);
    let is_best = |draft: &Draft| {
        let is_colour = draft.item.state == State::Done && words.best_colours().any(|best| is_all(draft, best));
        is_colour && !draft.item.state_text.contains(is_tick)
    };
    let is_between = |draft: &Draft| words.between_colours().any(|between| is_all(draft, between));
    let rows = &reader.drafts[start.drafts..];
    // A light that can be amber tells how things go, not that they are over.
    if rows.iter().any(is_best) && rows.iter().any(is_between) && !explains_best(reader) {
        for draft in reader.drafts[start.drafts..].iter_mut().filter(|draft| is_best(draft)) {
            draft.item.state = State::Doing;
        }
    }
    rings(reader, start);
}

/// Reads rings where crosses or triangles stand beside them.
fn rings(reader: &mut Reader<'_>, start: Start) {
    let signs = || reader.drafts[start.drafts..].iter().filter_map(sign);
    let stands = |wanted: fn(State) -> bool| signs().filter_map(ring).any(wanted);
    if !stands(|state| state == State::Done) || !stands(State::is_left) || signs().any(|sign| sign == FILLED) {
        return;
    }
    let mut settled = Vec::new();
    for draft in &mut reader.drafts[start.drafts..] {
        if let Some(state) = sign(draft).and_then(ring) {
            draft.item.state = state;
            settled.extend(draft.item.mark);
        }
    }
    let is_settled = |span| settled.binary_search(&span).is_ok();
    let told = reader.findings.split_off(start.findings);
    let is_unknown = |found: &Finding| found.code == Code::UnknownState && found.span.is_some_and(is_settled);
    reader.findings.extend(told.into_iter().filter(|found| !is_unknown(found)));
}

/// The sign that is all of a state, but for a remark in brackets.
fn sign(draft: &Draft) -> Option<char> {
    let text = draft.item.state_text.trim_start_matches(['*', ' ']);
    let first = text.chars().next().filter(|first| !first.is_ascii())?;
    let rest = cut_parenthesis(&text[first.len_utf8()..]).0;
    rest.trim_matches(['\u{fe0f}', '*', ' ', '（']).is_empty().then_some(first)
}

fn ring(sign: char) -> Option<State> {
    RINGS.into_iter().find(|&(ring, _)| ring == sign).map(|(_, state)| state)
}

/// Whether a state is a word and no more than a remark behind it, `**AMBER** (waiting)`: and not `GREEN - done`.
fn is_all(draft: &Draft, word: &str) -> bool {
    let text = draft.item.state_text.trim_start_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '*');
    // Of most the first byte is enough.
    let begins = text.bytes().zip(word.bytes()).next().is_some_and(|(one, other)| one.eq_ignore_ascii_case(&other));
    begins && normalise(text.split([',', ';', '(']).next().unwrap_or(text)) == word
}

/// Whether the page says somewhere that the best colour means done: `Green: done`, `| Green | Nothing left |` does not. It is
/// asked once: a page may hold very many tables.
fn explains_best(reader: &Reader<'_>) -> bool {
    *reader.explains_best.get_or_init(|| looks_explained(reader))
}

fn looks_explained(reader: &Reader<'_>) -> bool {
    let words = reader.terms.words;
    let end = reader.tree.top().last().map_or(0, |last| reader.tree.node(last).span.end);
    let source = reader.tree.source(crate::source::Span { start: 0, end });
    words.best_colours().any(|best| reader.terms.settles(best))
        || source.lines().any(|line| is_explained(reader, words, line))
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
