//! Words with which texts claim something of themselves, decide, or state a gate. `words.toml` tells of each list what
//! it is for.

use crate::reading::phrase::{contains_phrase, is_bounded};
use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// All of these.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Told {
    pub claims: Claims,
    pub verdicts: Verdicts,
    pub gate_sentences: GateSentences,
    pub hints: Hints,
}

/// Words of claims.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Claims {
    ready: HashSet<String>,
    measures: Vec<String>,
    scores: Vec<String>,
    pub parts: HashSet<String>,
    pub joins: HashSet<String>,
    pub days: HashSet<String>,
    pub undone: Vec<String>,
    pub wanted: Vec<String>,
    pub wanted_rows: Vec<String>,
    pub rows: Vec<String>,
    pub overall: Vec<String>,
    whole: HashSet<String>,
    pub things: HashSet<String>,
}

/// Words of verdicts.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Verdicts {
    pub decides: Vec<String>,
    pub parts: Vec<String>,
    pub asks: Vec<String>,
    pub last: Vec<String>,
    pub not: Vec<String>,
    pub no_go: Vec<String>,
    pub not_short: Vec<String>,
    pub yes: Vec<String>,
    pub yes_short: Vec<String>,
    pub yes_loud: Vec<String>,
    pub names: HashSet<String>,
    pub conditional: Vec<String>,
}

/// Words of sentences that state a gate.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct GateSentences {
    pub things: Vec<String>,
    pub blocking: Vec<String>,
    pub some: Vec<String>,
    pub blocks: Vec<String>,
    pub must: Vec<String>,
    pub all: Vec<String>,
    pub all_items: Vec<String>,
    pub before: Vec<String>,
    pub stops: Vec<String>,
    pub until: Vec<String>,
    pub whenever: Vec<String>,
}

/// What lines that say any of it have in them, in three lists.
#[derive(Debug, Clone, Deserialize)]
struct Hinting {
    verdicts: Vec<String>,
    gates: Vec<String>,
    counts: Vec<String>,
}

/// What a line may say, as far as its bytes tell.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::reading) struct Hinted {
    pub verdict: bool,
    pub gate: bool,
    pub count: bool,
}

/// The hints in one automaton: every line of prose is asked for them.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Hinting")]
pub(in crate::reading) struct Hints {
    automaton: AhoCorasick,
    verdicts: usize,
    gates: usize,
}

impl From<Hinting> for Hints {
    fn from(words: Hinting) -> Self {
        let all = [words.verdicts.as_slice(), &words.gates, &words.counts].concat();
        #[expect(clippy::expect_used, reason = "building fails only beyond 2^31 states")]
        let automaton = AhoCorasick::new(all).expect("a few words fit");
        Self { automaton, verdicts: words.verdicts.len(), gates: words.verdicts.len() + words.gates.len() }
    }
}

impl Hints {
    /// What the source of a line may say.
    pub(in crate::reading) fn find(&self, source: &str) -> Hinted {
        let mut hinted = Hinted::default();
        for hint in self.automaton.find_iter(source) {
            let pattern = hint.pattern().as_usize();
            hinted.verdict |= pattern < self.verdicts;
            hinted.gate |= (self.verdicts..self.gates).contains(&pattern);
            hinted.count |= pattern >= self.gates;
        }
        hinted
    }
}

impl Claims {
    /// Whether a normalised phrase is about how far the work is.
    pub(in crate::reading) fn is_ready(&self, phrase: &str) -> bool {
        self.ready.iter().any(|word| contains_phrase(phrase, word))
    }

    /// Whether a normalised text begins with a word for how far the work is.
    pub(in crate::reading) fn begins_ready(&self, text: &str) -> bool {
        self.ready.iter().any(|word| text.starts_with(word.as_str()) && is_bounded(text, 0..word.len()))
    }

    /// Whether a normalised phrase is about a measure of something else.
    pub(in crate::reading) fn is_measure(&self, phrase: &str) -> bool {
        let of_part = |score: &String| {
            let before = phrase.split(score.as_str()).next().unwrap_or_default();
            let is_whole = self.is_ready(before) || before.split([' ', ':', '(']).all(|word| self.is_whole(word));
            contains_phrase(phrase, score) && !is_whole
        };
        self.measures.iter().any(|word| contains_phrase(phrase, word)) || self.scores.iter().any(of_part)
    }

    /// Whether a normalised text gives the whole a score.
    pub(in crate::reading) fn is_score(&self, phrase: &str) -> bool {
        self.scores.iter().any(|word| contains_phrase(phrase, word))
    }

    /// Whether a normalised word names nothing but the whole, or how far it is. Scripts without spaces join such words.
    pub(in crate::reading) fn is_whole(&self, word: &str) -> bool {
        if word.is_ascii() {
            return !word.contains(char::is_alphabetic) || self.whole.contains(word) || self.ready.contains(word);
        }
        let known = || self.overall.iter().chain(&self.ready).chain(&self.whole).filter(|known| !known.is_ascii());
        let mut rest = word.to_owned();
        while let Some(known) = known().find(|known| rest.contains(known.as_str())) {
            rest = rest.replace(known.as_str(), "");
        }
        !rest.contains(char::is_alphabetic) || self.whole.contains(&rest)
    }

    /// Whether a normalised phrase says that the whole document is meant.
    pub(in crate::reading) fn is_overall(&self, phrase: &str) -> bool {
        says(phrase, &self.overall)
    }
}

/// Whether one of some phrases stands in a normalised text.
pub(in crate::reading) fn says(text: &str, phrases: &[String]) -> bool {
    phrases.iter().any(|phrase| contains_phrase(text, phrase))
}

#[cfg(test)]
mod tests {
    use crate::reading::phrase::normalise;

    #[test]
    fn words_stand_in_the_form_in_which_they_are_looked_up() {
        let file: toml::Table = toml::from_str(include_str!("../words.toml")).unwrap();
        let tables = ["claims", "verdicts", "gate_sentences"].map(|table| file[table].as_table().unwrap());
        let words = tables.into_iter().flat_map(toml::Table::values).flat_map(|words| words.as_array().unwrap());
        let lost: Vec<&str> =
            words.map(|word| word.as_str().unwrap()).filter(|word| normalise(word) != **word).collect();
        assert_eq!(lost, [""; 0]);
    }
}
