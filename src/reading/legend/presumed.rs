//! What words and signs mean beside others without being explained: green beside amber, a ring beside a cross.

use super::{Legend, Meaning};
use crate::model::State;
use crate::reading::vocabulary::Vocabulary;

/// The signs for yes, in part and no of Japanese and Korean forms, where they stand beside each other.
const RINGS: [(char, State); 6] = [
    ('○', State::Done),
    ('〇', State::Done),
    ('◎', State::Done),
    ('△', State::Doing),
    ('×', State::Open),
    ('✕', State::Open),
];

/// The ring that is filled: beside it an empty one is what is left.
const FILLED: char = '●';

/// What cells of tables begin with.
#[derive(Default)]
struct Cells {
    best: bool,
    between: bool,
    ring: bool,
    cross: bool,
    filled: bool,
}

impl Legend {
    /// Gives signs and words the meaning that others beside them show, where the document explains nothing.
    pub(super) fn presume(&mut self, words: &Vocabulary, source: &str) {
        let cells = Cells::of(words, source);
        // A light that can be amber tells how things go, not that they are over.
        if cells.best && cells.between {
            self.presumed.extend(words.best_colours().map(|colour| (colour.to_owned(), State::Doing)));
        }
        if cells.ring && cells.cross && !cells.filled {
            for (sign, state) in RINGS {
                self.glyphs.entry(sign).or_insert(Meaning {
                    state: Some(state),
                    level: None,
                    asks: false,
                    presumed: true,
                });
            }
        }
    }
}

impl Cells {
    /// The cells of a source, by the bars before them: one pass, and most begin with a letter that none of these has.
    fn of(words: &Vocabulary, source: &str) -> Self {
        let mut cells = Self::default();
        for bar in memchr::memchr_iter(b'|', source.as_bytes()) {
            let cell = source[bar + 1..].trim_start_matches([' ', '*', '`', '\u{3000}']);
            let Some(first) = cell.chars().next() else { break };
            if !first.is_ascii() {
                cells.note_sign(first, &cell[first.len_utf8()..]);
            }
            let word = if first.is_alphanumeric() { cell } else { cell.trim_start_matches(is_sign) };
            cells.best = cells.best || words.best_colours().any(|colour| is_all(word, colour));
            cells.between = cells.between || words.between_colours().any(|colour| is_all(word, colour));
        }
        cells
    }

    fn note_sign(&mut self, sign: char, behind: &str) {
        if !ends(behind.trim_start_matches(is_sign)) {
            return;
        }
        self.filled |= sign == FILLED;
        let meaning = RINGS.into_iter().find(|&(ring, _)| ring == sign).map(|(_, state)| state);
        self.ring |= meaning == Some(State::Done);
        self.cross |= meaning.is_some_and(State::is_left);
    }
}

/// Whether a cell begins with a word and has no more than a remark behind it: `**AMBER** (waiting)`.
fn is_all(cell: &str, word: &str) -> bool {
    // Of most cells the first byte is enough.
    let begins = cell.bytes().zip(word.bytes()).next().is_some_and(|(one, other)| one.eq_ignore_ascii_case(&other));
    let is_same = begins && cell.get(..word.len()).is_some_and(|found| found.to_lowercase() == word);
    is_same && ends(cell[word.len()..].trim_start_matches(is_sign))
}

/// Whether a cell ends here, or goes on with a remark.
fn ends(rest: &str) -> bool {
    rest.starts_with(['|', '(', '（', ',', ';', '-'])
}

/// Whether a character is markup, a space or a sign.
fn is_sign(c: char) -> bool {
    matches!(c, ' ' | '*' | '`' | '_') || !c.is_ascii() && !c.is_alphanumeric()
}
