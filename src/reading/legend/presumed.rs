//! What words and signs mean beside others without being explained: green beside amber, a ring beside a cross.

use super::{Legend, Meaning};
use crate::model::State;
use crate::reading::vocabulary::Vocabulary;
use memchr::memmem::{Finder, find_iter};
use std::sync::LazyLock;

/// The signs for yes, in part and no of Japanese and Korean forms, where they stand beside each other.
const RINGS: [(char, State); 6] = [
    ('○', State::Done),
    ('〇', State::Done),
    ('◎', State::Done),
    ('△', State::Doing),
    ('×', State::Open),
    ('✕', State::Open),
];

/// The first two bytes of `○`, `◎` and `●`.
static RING: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\xE2\x97"));
static ZERO: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("〇"));

impl Legend {
    /// Gives signs and words the meaning that others beside them show, where the document explains nothing.
    pub(super) fn presume(&mut self, words: &Vocabulary, source: &str) {
        let is_between = || words.between_colours().any(|colour| stands(source, colour, ends_cell));
        let is_best = || words.best_colours().any(|colour| stands(source, colour, ends_cell));
        let is_explained = || words.best_colours().any(|colour| stands(source, colour, explains));
        // A light that can be amber tells how things go, not that they are over.
        if is_between() && is_best() && !is_explained() {
            for colour in words.best_colours() {
                self.words.entry(colour.to_owned()).or_insert(State::Doing);
            }
        }
        let has_ring = || RING.find(source.as_bytes()).is_some() || ZERO.find(source.as_bytes()).is_some();
        if has_ring() && is_marked_by_rings(source) {
            for (sign, state) in RINGS {
                self.glyphs.entry(sign).or_insert(Meaning { state: Some(state), level: None, asks: false });
            }
        }
    }
}

/// Whether a word stands somewhere with what fits before and behind it, markup and signs left out.
fn stands(source: &str, word: &str, fits: fn(&str, &str) -> bool) -> bool {
    // Capitals and small letters are told apart by the search, and few words end like any of these.
    let Some(tail) = word.len().checked_sub(3) else { return false };
    let loud = word.to_ascii_uppercase();
    let bytes = source.as_bytes();
    let ends = find_iter(bytes, &word.as_bytes()[tail..]).chain(find_iter(bytes, &loud.as_bytes()[tail..]));
    let is_markup = |c: char| !c.is_ascii() && !c.is_alphanumeric() || matches!(c, ' ' | '*' | '`' | '_');
    ends.filter_map(|end| end.checked_sub(tail)).any(|at| {
        let is_same = source.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
        is_same
            && fits(source[..at].trim_end_matches(is_markup), source[at + word.len()..].trim_start_matches(is_markup))
    })
}

/// Whether a word between these two is what a cell of a table begins with, and all of it but for a remark.
fn ends_cell(before: &str, behind: &str) -> bool {
    before.ends_with('|') && behind.starts_with(['|', '(', ',', ';', '-'])
}

/// Whether a word between these two is explained: `Green = done`.
fn explains(_: &str, behind: &str) -> bool {
    behind.starts_with('=')
}

/// Whether cells hold a ring and others a cross or triangle. Beside full rings, `●`, an empty one is what is left.
fn is_marked_by_rings(source: &str) -> bool {
    let is_cell = |sign: char| {
        source.match_indices(sign).any(|(at, found)| {
            let before = source[..at].trim_end_matches([' ', '\u{3000}']);
            let behind = source[at + found.len()..].trim_start_matches([' ', '\u{3000}', '\u{fe0f}']);
            before.ends_with('|') && behind.starts_with(['|', '(', '（'])
        })
    };
    ['○', '〇', '◎'].into_iter().any(is_cell) && ['×', '△', '✕'].into_iter().any(is_cell) && !is_cell('●')
}
