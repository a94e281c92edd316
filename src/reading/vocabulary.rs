//! The words and marks that a reading goes by. They are data (`words.toml`), extended by configuration.

mod affixes;
mod boxes;
mod claims;
mod columns;
mod contexts;
mod demands;
mod fences;
mod file;
mod level_words;
mod people;
mod phrase_list;
mod phrases;
mod reservations;
mod rings;
mod sections;
mod signoffs;
mod tables;

pub(super) use claims::Claims;
pub(super) use columns::Column;
pub(super) use contexts::{Context, Contexts};
pub(super) use phrase_list::PhraseList;
pub(super) use phrases::Phrases;
pub(super) use rings::Rings;

use super::phrase::normalise;
use crate::model::{Level, State};
use boxes::Boxes;
use claims::Prose;
use contexts::Announcers;
use demands::Demands;
use fences::Fences;
use file::BUILT_IN;
use level_words::LevelWords;
use people::People;
use reservations::Reservations;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use sections::Sections;
use serde::Deserialize;
use signoffs::SignOffs;
use std::sync::LazyLock;
use tables::Tables;

/// The key of a `Key: value` line or tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Tag {
    Priority,
    Owner,
    Due,
    Evidence,
    Status,
    Updated,
    Signature,
    Criteria,
}

/// The words and marks that a reading goes by: the built-in ones, extended by configuration.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    states: HashMap<String, State>,
    pub(super) reservations: Reservations,
    pub(super) phrases: Phrases,
    pub(super) level_words: LevelWords,
    pub(super) demands: Demands,
    sections: Sections,
    waivers: HashSet<String>,
    marks: HashMap<char, State>,
    glyphs: HashMap<char, State>,
    colours: HashMap<char, State>,
    pub(super) listed: HashSet<char>,
    pub(super) listed_colours: HashSet<char>,
    openers: HashSet<String>,
    closers: HashSet<String>,
    boxed: HashSet<String>,
    mistyped: HashSet<String>,
    levels: HashMap<String, Level>,
    /// The first words of the phrases in `levels`.
    level_starts: HashSet<String>,
    letters: HashMap<String, String>,
    plurals: HashMap<String, String>,
    nobody: HashSet<String>,
    pub(super) people: People,
    columns: HashMap<String, Column>,
    headers: HashMap<String, String>,
    pub(super) tables: Tables,
    pub(super) signoffs: SignOffs,
    pub(super) boxes: Boxes,
    pub(super) rings: Rings,
    contexts: Announcers,
    radio: HashSet<String>,
    standards: HashSet<String>,
    between_ids: HashSet<String>,
    pub(super) fences: Fences,
    nouns: HashSet<String>,
    tags: HashMap<String, Tag>,
    pub(super) prose: Prose,
}

impl Default for Vocabulary {
    fn default() -> Self {
        BUILT_IN.clone()
    }
}

impl Vocabulary {
    /// Makes the words that every site shares, so that nobody has to wait for them.
    pub fn warm_up() {
        LazyLock::force(&BUILT_IN);
    }

    /// Adds a word or glyph for a state.
    pub fn add_state(&mut self, word: &str, state: State) {
        match single(word) {
            Some(glyph) if !glyph.is_alphanumeric() => {
                self.glyphs.insert(glyph, state);
                self.listed.insert(glyph);
            }
            _ => {
                self.states.insert(normalise(word), state);
            }
        }
    }

    /// Adds a word for a level. With a ladder of its own, a configuration first calls [`Self::clear_levels`].
    pub fn add_level(&mut self, word: &str, level: Level) {
        let phrase = normalise(word);
        self.level_starts.insert(first_word(&phrase).to_owned());
        self.levels.insert(phrase, level);
    }

    /// Forgets the built-in words for levels.
    pub fn clear_levels(&mut self) {
        self.levels.clear();
        self.level_starts.clear();
    }

    /// The state that a normalised phrase names.
    pub(super) fn state(&self, phrase: &str) -> Option<State> {
        self.states.get(phrase).copied()
    }

    /// Whether a normalised word says that an item is waived, which only the configuration may.
    pub(super) fn is_waiver(&self, word: &str) -> bool {
        self.waivers.contains(word)
    }

    /// Every phrase for a state, to offer the nearest.
    pub(super) fn state_words(&self) -> impl Iterator<Item = &str> {
        self.states.keys().map(String::as_str)
    }

    /// The state of the mark in a box.
    pub(super) fn mark(&self, mark: char) -> Option<State> {
        self.marks.get(&mark).copied()
    }

    /// The state of a glyph; colours have none here.
    pub(super) fn glyph(&self, glyph: char) -> Option<State> {
        self.glyphs.get(&glyph).copied()
    }

    /// The state of a colour where a status is asked for.
    pub(super) fn colour(&self, glyph: char) -> Option<State> {
        self.colours.get(&glyph).copied()
    }

    /// The names of colours in which a light shows that all is well.
    pub(super) fn best_colours(&self) -> impl Iterator<Item = &str> {
        self.phrases.best_colours.iter().map(String::as_str)
    }

    /// The names of colours in which a light shows that it goes neither well nor badly.
    pub(super) fn between_colours(&self) -> impl Iterator<Item = &str> {
        self.phrases.between_colours.iter().map(String::as_str)
    }

    /// The names of colours in which a light shows that it goes badly.
    pub(super) fn worst_colours(&self) -> impl Iterator<Item = &str> {
        self.phrases.worst_colours.iter().map(String::as_str)
    }

    /// The level that a normalised phrase names.
    pub(super) fn level(&self, phrase: &str) -> Option<Level> {
        self.levels.get(phrase).copied()
    }

    /// The level that the first letter of its name stands for: `H`.
    pub(super) fn level_by_letter(&self, letter: &str) -> Option<Level> {
        let word = (letter.len() == 1).then(|| self.letters.get(&*letter.to_ascii_lowercase())).flatten()?;
        self.level(word)
    }

    /// A normalised phrase with the level in it that stands in the plural, `launch blockers`, in the singular.
    pub(super) fn singular(&self, phrase: &str) -> Option<String> {
        let plural = |(plural, single): (&String, &String)| {
            phrase.contains(plural.as_str()).then(|| phrase.replacen(plural.as_str(), single, 1))
        };
        self.plurals.iter().find_map(plural)
    }

    /// Whether a normalised phrase has a level in it that headings have in the plural too.
    pub(super) fn has_single(&self, phrase: &str) -> bool {
        self.plurals.values().any(|single| phrase.contains(single.as_str()))
    }

    /// The level that a word names, as it is written in front matter or configuration.
    #[must_use]
    pub fn level_named(&self, word: &str) -> Option<Level> {
        self.level(&normalise(word))
    }

    /// Whether a word of a normalised phrase begins the name of a level, as all that name one do.
    pub(super) fn mentions_level(&self, phrase: &str) -> bool {
        if phrase.is_ascii() {
            let is_apart = |c: char| matches!(c, ' ' | '(' | ')' | '[' | ']' | ',' | ':' | '/' | '|');
            return phrase.split(is_apart).any(|word| self.level_starts.contains(word)) || phrase.contains("go/no");
        }
        phrase
            .split([' ', '(', ')', '[', ']', ',', ':', '/', '|', '（', '）'])
            .any(|word| self.level_starts.contains(word))
            || self.level_starts.iter().any(|word| !word.is_ascii() && phrase.contains(word.as_str()))
            || phrase.contains("go/no")
    }

    /// Whether a normalised phrase names nobody.
    pub(super) fn is_nobody(&self, phrase: &str) -> bool {
        self.nobody.contains(phrase)
    }

    /// Whether a normalised header is of what rows are numbered by: `#`, `ID`, or none at all.
    pub(super) fn is_numbering(&self, header: &str) -> bool {
        header.is_empty() || self.column(header) == Some(Column::Id)
    }

    /// What a column with this normalised header holds, when the whole header is known.
    pub(super) fn column(&self, header: &str) -> Option<Column> {
        self.columns.get(header).copied()
    }

    /// Whether a normalised phrase is an answer that offers a choice together with others.
    pub(super) fn is_radio(&self, phrase: &str) -> bool {
        self.radio.contains(phrase)
    }

    /// Whether capitals before a hyphen and a number name a standard rather than an item: `UTF-8`.
    pub(super) fn is_standard(&self, prefix: &str) -> bool {
        self.standards.contains(prefix)
    }

    /// Whether a word or sign between two ids makes a text one about both: `SEC-00 through SEC-03`.
    pub(super) fn joins_ids(&self, word: &str) -> bool {
        self.between_ids.contains(word)
    }

    /// Whether a normalised word says what lists are lists of: `items`.
    pub(super) fn is_noun(&self, word: &str) -> bool {
        self.nouns.contains(word)
    }

    /// Whether the normalised header of a column names a level at which something is required: `level 2`, `gold`.
    pub(super) fn is_grade(&self, header: &str) -> bool {
        let word = header.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        self.tables.grades.contains(word) || self.level(header).is_some()
    }

    /// Whether a normalised status word leads the entries of a list.
    pub(super) fn opens(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// Whether a normalised status word stands in brackets at the end of an entry, though it leads none.
    pub(super) fn closes(&self, word: &str) -> bool {
        self.closers.contains(word)
    }

    /// Whether a normalised status word leads the entries of a list in brackets, though it leads none without: what stands
    /// there at the end, `[Not ready]`, and such as begin a sentence elsewhere.
    pub(super) fn leads_in_brackets(&self, word: &str) -> bool {
        self.closers.contains(word) || self.boxed.contains(word)
    }

    /// Whether letters in brackets among boxes are a box that somebody mistyped: `[xx]`.
    pub(super) fn is_mistyped_box(&self, inner: &str) -> bool {
        self.mistyped.contains(&*inner.to_lowercase())
    }

    /// The tag that a normalised key names.
    pub(super) fn tag(&self, key: &str) -> Option<Tag> {
        self.tags.get(key).copied()
    }
}

/// The key of each word of a table.
fn invert<K: Copy, W: std::hash::Hash + Eq>(
    table: impl IntoIterator<Item = (K, impl IntoIterator<Item = W>)>,
) -> HashMap<W, K> {
    table.into_iter().flat_map(|(key, words)| words.into_iter().map(move |word| (word, key))).collect()
}

fn first_word(phrase: &str) -> &str {
    phrase.split(' ').next().unwrap_or(phrase)
}

/// The only character of a text, variation selectors left out.
fn single(text: &str) -> Option<char> {
    let mut letters = text.trim().chars().filter(|&c| c != '\u{fe0f}');
    letters.next().filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests;
