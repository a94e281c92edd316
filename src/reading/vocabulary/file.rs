//! How `words.toml` is laid out, and how the vocabulary is made of it.

use super::boxes::Boxes;
use super::claims::Prose;
use super::columns::Columns;
use super::contexts::{Announcers, Context};
use super::demands::Demands;
use super::fences::Fences;
use super::level_words::LevelWords;
use super::people::People;
use super::phrases::Phrases;
use super::reservations::Reservations;
use super::rings::Rings;
use super::sections::Sections;
use super::signoffs::SignOffs;
use super::tables::{self, Tables};
use super::{Tag, Vocabulary, first_word, invert};
use crate::model::{Level, State};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Words {
    states: BTreeMap<State, Vec<String>>,
    reservations: Reservations,
    phrases: Phrases,
    level_words: LevelWords,
    demands: Demands,
    sections: Sections,
    waivers: WordSet,
    marks: BTreeMap<State, Vec<char>>,
    glyphs: BTreeMap<State, Vec<char>>,
    colours: BTreeMap<State, Vec<char>>,
    listed: Listed,
    levels: BTreeMap<String, Vec<String>>,
    letters: HashMap<String, String>,
    plurals: HashMap<String, String>,
    nobody: WordSet,
    people: People,
    columns: Columns,
    headers: BTreeMap<String, Vec<String>>,
    tables: Tables,
    signoffs: SignOffs,
    boxes: Boxes,
    rings: Rings,
    fences: Fences,
    contexts: BTreeMap<Context, Vec<String>>,
    radio: WordSet,
    standards: Standards,
    nouns: WordSet,
    tags: BTreeMap<Tag, Vec<String>>,
    #[serde(flatten)]
    prose: Prose,
}

#[derive(Deserialize)]
struct Listed {
    glyphs: HashSet<char>,
    colours: HashSet<char>,
    words: HashSet<String>,
    closing: HashSet<String>,
    boxed: HashSet<String>,
    boxes: HashSet<String>,
}

#[derive(Deserialize)]
struct WordSet {
    words: HashSet<String>,
}

#[derive(Deserialize)]
struct Standards {
    prefixes: HashSet<String>,
    between: HashSet<String>,
}

/// The words that every site shares.
pub(super) static BUILT_IN: LazyLock<Vocabulary> = LazyLock::new(|| {
    let words = toml::from_str(include_str!("../words.toml")).map_err(|error| error.to_string());
    #[expect(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
    words.and_then(Vocabulary::from_words).expect("words.toml is sound")
});

impl Vocabulary {
    fn from_words(words: Words) -> Result<Self, String> {
        let levels = invert((0..).map(Level).zip(words.levels.into_values()));
        Ok(Self {
            states: invert(words.states),
            reservations: words.reservations,
            sections: words.sections,
            waivers: words.waivers.words,
            marks: invert(words.marks),
            glyphs: invert(words.glyphs),
            colours: invert(words.colours),
            listed: words.listed.glyphs,
            listed_colours: words.listed.colours,
            openers: words.listed.words,
            closers: words.listed.closing,
            boxed: words.listed.boxed,
            mistyped: words.listed.boxes,
            level_starts: levels.keys().map(|phrase: &String| first_word(phrase).to_owned()).collect(),
            levels,
            letters: words.letters,
            plurals: words.plurals,
            nobody: words.nobody.words,
            columns: words.columns.by_header(&words.people, &words.tables),
            people: words.people,
            headers: tables::by_synonym(words.headers),
            tables: words.tables,
            signoffs: words.signoffs,
            boxes: words.boxes,
            rings: words.rings,
            fences: words.fences,
            contexts: Announcers::of(
                words.contexts,
                [words.phrases.goes_on.clone(), words.phrases.closings.clone(), words.phrases.alone.clone()],
            )?,
            phrases: words.phrases,
            level_words: words.level_words,
            demands: words.demands,
            radio: words.radio.words,
            standards: words.standards.prefixes,
            between_ids: words.standards.between,
            nouns: words.nouns.words,
            tags: invert(words.tags),
            prose: words.prose,
        })
    }
}
