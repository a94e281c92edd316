//! Legends: what a document itself says that its glyphs, marks, words and letters mean.

mod definitions;
mod entries;
mod marked;
mod owners;
mod read;

pub(super) use read::explains_signs;

use super::outline::Outline;
use super::phrase::{is_pictograph, normalise};
use super::status::Said;
use super::vocabulary::{Context, Tag, Vocabulary};
use super::{date, lines};
use crate::markdown::{Block, Tree};
use crate::model::{Level, State};
use jiff::civil::Date;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cell::RefCell;

/// The longest text of which it is remembered what it says or whom it names, in bytes: longer ones are rarely written twice.
const REMEMBERED: usize = 48;

/// The lines in which a document tells of itself, front matter included.
const FIRST_LINES: usize = 40;

/// The vocabulary as one document uses it: its legend beats the words that all documents share.
pub(super) struct Terms<'v> {
    /// The words that all documents share.
    pub words: &'v Vocabulary,
    legend: Legend,
    /// Whether the document names the parts of version numbers.
    names_versions: bool,
    /// Whether the signs of the document were lost to question marks: `? Complete`.
    pub lost_signs: bool,
    /// The day that the document gives as its own: `Date: 2026-03-01`, `Last updated: 2026-03-01`.
    pub day: Option<Date>,
    /// What texts say of a state. The cells of a column say the same few things, and several questions are asked of each.
    pub said: Memory<Said>,
    /// The owners that texts name: few people own many items.
    pub owners_of: Memory<Vec<String>>,
}

/// What was read in short texts, as far as they were asked for.
pub(super) struct Memory<T>(RefCell<HashMap<Box<str>, T>>);

impl<T: Clone> Memory<T> {
    fn new() -> Self {
        Self(RefCell::default())
    }

    /// What a text says, read with `read` the first time.
    pub(super) fn of(&self, text: &str, read: impl FnOnce() -> T) -> T {
        if text.len() > REMEMBERED {
            return read();
        }
        if let Some(known) = self.0.borrow().get(text) {
            return known.clone();
        }
        let new = read();
        self.0.borrow_mut().insert(text.into(), new.clone());
        new
    }
}

#[derive(Default)]
struct Legend {
    glyphs: HashMap<char, Meaning>,
    /// The levels of signs that keep their usual state.
    beside: HashMap<char, Level>,
    marks: HashMap<char, State>,
    words: HashMap<String, State>,
    owners: HashMap<String, String>,
    /// The codes that an owner line explains, `Owners: E = Engineering`: these stand for nothing else.
    told: Vec<String>,
    /// The levels that letters stand for.
    levels: HashMap<String, Level>,
    /// Words that are explained, whatever their meaning.
    explained: HashSet<String>,
    /// Colours explained in words that are not known.
    unknown: Vec<char>,
    /// Signs explained in words that name a state and a level: `Required`, `Optional`, `Blocker`.
    both: Vec<(char, State, Level)>,
}

#[derive(Clone, Copy)]
struct Meaning {
    state: Option<State>,
    level: Option<Level>,
    /// Whether it asks for something, so that an entry of a list that it leads is open: beside signs for states.
    asks: bool,
}

/// Whether a block stands under a heading that announces a legend.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Under {
    Legend,
    Other,
}

impl<'v> Terms<'v> {
    /// The vocabulary without a legend.
    pub(super) fn plain(words: &'v Vocabulary) -> Self {
        let (said, owners_of) = (Memory::new(), Memory::new());
        Self { words, legend: Legend::default(), names_versions: false, lost_signs: false, day: None, said, owners_of }
    }

    /// The vocabulary with the legend that a document gives.
    pub(super) fn of(words: &'v Vocabulary, tree: &Tree<'_>, outline: &Outline) -> Self {
        let mut terms = Self::plain(words);
        let mut legend = Legend::default();
        let mut below_label = false;
        for &place in &outline.places {
            let id = place.node;
            let within = outline.is_within(tree, id, Context::Legend);
            let under = if within { Under::Legend } else { Under::Other };
            match tree.node(id).block {
                Block::Paragraph => {
                    below_label = legend.read_paragraph(&terms, tree, id, under);
                    legend.read_owner_codes(tree, id);
                }
                Block::List { .. }
                    if within
                        || below_label
                        || read::are_equations(&terms, tree, id)
                        || marked::are_marks(&terms, tree, place) =>
                {
                    for item in tree.children(id) {
                        legend.read_entry(&terms, &lines::lead(tree, item));
                    }
                    below_label = false;
                }
                Block::List { .. } if definitions::are_definitions(&terms, tree, id) => {
                    for item in tree.children(id) {
                        legend.explain_word(&lines::lead(tree, item));
                    }
                    below_label = false;
                }
                Block::Table => legend.read_table(&terms, tree, id, under),
                _ => below_label = false,
            }
        }
        legend.settle();
        let source = tree.whole();
        terms.legend = legend;
        (terms.said, terms.owners_of) = (Memory::new(), Memory::new());
        terms.names_versions = names_versions(source);
        terms.lost_signs = has_lost_signs(&terms, source);
        terms.day = own_day(words, source);
        terms
    }

    /// The state of a normalised phrase.
    pub(super) fn state(&self, phrase: &str) -> Option<State> {
        self.legend.words.get(phrase).copied().or_else(|| self.words.state(phrase))
    }

    /// Whether the document gives a normalised word a state.
    pub(super) fn settles(&self, phrase: &str) -> bool {
        self.legend.words.contains_key(phrase)
    }

    /// Whether the document explains a normalised word beside the names of states.
    pub(super) fn explains(&self, word: &str) -> bool {
        let is_state = |known: &String| self.words.state(known).is_some();
        self.legend.explained.contains(word)
            && (!self.legend.words.is_empty() || self.legend.explained.iter().any(is_state))
    }

    /// Whether a normalised clause beside "done" takes it back: by a word of reservation, or as the name of another state.
    pub(super) fn reserves(&self, clause: &str) -> bool {
        let is_left = |phrase: &str| self.state(phrase).is_some_and(State::is_left);
        let is_other = is_left(clause) && !self.words.is_neutral(clause);
        let is_negated = || self.words.reservations.negated(clause).is_some_and(is_left);
        is_other || self.words.reservations.reserve(clause) && !is_negated()
    }

    /// Whether a normalised clause says that there is none of something that is wanted: `no sign off`, `none of the hosts`,
    /// but not `no errors`, `none of them failed`.
    pub(super) fn lacks(&self, clause: &str) -> bool {
        let is_wrong = |word: &str| self.words.tables.is_fault(word) || self.state(word).is_some_and(State::is_left);
        self.words.reservations.behind_none(clause).is_some_and(|wanted| !wanted.split(' ').any(is_wrong))
    }

    /// The state of the mark in a box; a sign that leads entries by itself, `[⬜]`, says in brackets what it says without.
    pub(super) fn mark(&self, mark: char) -> Option<State> {
        let sign = || if mark.is_ascii() { None } else { self.listed_glyph(mark) };
        self.legend.marks.get(&mark).copied().or_else(|| self.words.mark(mark)).or_else(sign)
    }

    /// The glyph at the start of a text, and what follows.
    pub(super) fn glyph_at<'t>(&self, text: &'t str) -> Option<(char, &'t str)> {
        let first = text.chars().next().filter(|first| !first.is_ascii_alphanumeric())?;
        let known =
            is_pictograph(first) || self.words.glyph(first).is_some() || self.legend.glyphs.contains_key(&first);
        known.then(|| (first, text[first.len_utf8()..].trim_start_matches(['\u{fe0f}', '\u{200d}', '\u{fe0e}'])))
    }

    /// The state of a glyph where a status is asked for.
    pub(super) fn status_glyph(&self, glyph: char) -> Option<State> {
        match self.legend.glyphs.get(&glyph) {
            Some(meaning) => meaning.state,
            None => self.words.glyph(glyph).or_else(|| self.words.colour(glyph)),
        }
    }

    /// Whether a text begins with a colour that no legend gives a meaning.
    pub(super) fn is_colour_at(&self, text: &str) -> bool {
        let first = text.chars().next().filter(|first| !first.is_ascii());
        first.is_some_and(|first| self.words.colour(first).is_some() && !self.legend.glyphs.contains_key(&first))
    }

    /// Whether a text begins with a colour of lights, amber among them, that no legend gives a meaning.
    pub(super) fn is_light_at(&self, text: &str) -> bool {
        let first = text.chars().next().filter(|first| self.words.listed_colours.contains(first));
        self.is_colour_at(text) || first.is_some_and(|first| !self.legend.glyphs.contains_key(&first))
    }

    /// The state of a glyph that leads entries of a list.
    pub(super) fn listed_glyph(&self, glyph: char) -> Option<State> {
        match self.legend.glyphs.get(&glyph) {
            Some(meaning) => meaning.state.or(meaning.asks.then_some(State::Open)),
            None => self.words.listed.contains(&glyph).then(|| self.words.glyph(glyph)).flatten(),
        }
    }

    /// The state of a glyph that leads an entry among boxes or entries that tell states: colours have one there too.
    pub(super) fn led_glyph(&self, glyph: char) -> Option<State> {
        let colour = || self.status_glyph(glyph).filter(|_| self.words.colour(glyph).is_some());
        self.listed_glyph(glyph).or_else(colour)
    }

    /// The state that the legend gives a glyph.
    pub(super) fn explained_glyph(&self, glyph: char) -> Option<State> {
        self.legend.glyphs.get(&glyph).and_then(|meaning| meaning.state)
    }

    /// The level that the legend gives a glyph.
    pub(super) fn glyph_level(&self, glyph: char) -> Option<Level> {
        let told = self.legend.glyphs.get(&glyph).and_then(|meaning| meaning.level);
        told.or_else(|| self.legend.beside.get(&glyph).copied())
    }

    /// The level that the legend gives a letter.
    pub(super) fn level(&self, code: &str) -> Option<Level> {
        self.legend.levels.get(code).copied()
    }

    /// Whether a word that may name a level is a part of a version number in this document: `Major` beside `Minor/Patch`.
    pub(super) fn is_version_part(&self, word: &str) -> bool {
        self.names_versions && self.words.phrases.is_version_part(&normalise(word))
    }

    /// Whether a phrase is one of several answers to a question.
    pub(super) fn is_answer(&self, phrase: &str) -> bool {
        let bare = phrase.trim_matches(|c: char| !c.is_alphanumeric());
        self.state(bare).is_some() || self.words.is_radio(bare)
    }

    /// Whether an owner line of the document tells codes of owners.
    pub(super) fn tells_owners(&self) -> bool {
        !self.legend.told.is_empty()
    }

    /// Whether an owner line tells what a code stands for.
    pub(super) fn is_told(&self, code: &str) -> bool {
        self.legend.told.iter().any(|told| told == code)
    }

    /// The owner that a letter code stands for.
    pub(super) fn owner(&self, code: &str) -> Option<&str> {
        self.legend.owners.get(code).map(String::as_str)
    }
}

/// The day in one of the first lines of a document that tell of it.
fn own_day(words: &Vocabulary, source: &str) -> Option<Date> {
    let day = |line: &str| {
        let (colon, width) = lines::colons(line).next().filter(|&(colon, _)| colon <= 40)?;
        let (key, value) = (&line[..colon], &line[colon + width..]);
        // Few of these lines have a date.
        let day = date::find(value)?;
        let phrase = normalise(key.trim_start_matches(['#', '>', '-', '*', ' ']));
        let is_own = words.header(&phrase) == "date" || words.tag(&phrase) == Some(Tag::Updated);
        is_own.then_some(day)
    };
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', source.as_bytes()).chain([source.len()]).take(FIRST_LINES);
    let mut lines = ends.map(|end| &source[std::mem::replace(&mut start, end + 1)..end]);
    lines.find_map(day)
}

/// Whether cells of tables begin with a question mark or two and go on with the names of two states, as signs that were
/// lost on their way look: `| ? Complete |`, `| ?? Pending |`. One state alone may as well be asked for.
fn has_lost_signs(terms: &Terms<'_>, source: &str) -> bool {
    let starts = memchr::memchr_iter(b'?', source.as_bytes()).filter(|&at| source[..at].ends_with("| "));
    let mut states = starts.filter_map(|at| {
        let rest = source[at..].trim_start_matches('?');
        let near = &rest[..rest.floor_char_boundary(40)];
        let (cell, _) = near.strip_prefix(' ')?.split_once('|')?;
        terms.state(&normalise(cell))
    });
    states.next().is_some_and(|first| states.any(|state| state != first))
}

/// Whether a text names the parts of version numbers beside each other: `Major/Minor/Patch`.
fn names_versions(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'/', bytes).any(|at| {
        let behind = bytes[at + 1..].trim_ascii_start();
        let before = || bytes[..at].trim_ascii_end();
        let ends =
            |before: &[u8]| before.last_chunk().is_some_and(|last: &[u8; 5]| last.eq_ignore_ascii_case(b"minor"));
        let begins = behind.first_chunk().is_some_and(|first: &[u8; 5]| first.eq_ignore_ascii_case(b"patch"));
        begins && ends(before())
    })
}
