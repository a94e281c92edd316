//! Words with which texts claim something of themselves, decide, or state a gate. `words.toml` tells of each list what
//! it is for.

use super::phrase_list::PhraseList;
use crate::reading::phrase::{contains_phrase, is_bounded};
use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// What sentences say of the work as a whole: claims, verdicts and gates.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Prose {
    pub claims: Claims,
    pub verdicts: Verdicts,
    pub gate_sentences: GateSentences,
    pub hints: Hints,
}

impl Prose {
    /// Whether a normalised key asks for the last word and names nothing but the whole: `overall`.
    pub(in crate::reading) fn is_last_of_whole(&self, key: &str) -> bool {
        self.verdicts.last.stand_in(key) && key.split(' ').all(|word| self.claims.is_whole(word))
    }
}

/// Words of claims.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Claims {
    ready: PhraseList,
    measures: PhraseList,
    scores: PhraseList,
    parts: HashSet<String>,
    numbered: HashSet<String>,
    pub joins: HashSet<String>,
    pub days: HashSet<String>,
    pub undone: PhraseList,
    pub wanted: PhraseList,
    pub wanted_rows: PhraseList,
    pub rows: PhraseList,
    pub overall: PhraseList,
    whole: HashSet<String>,
    pub things: HashSet<String>,
}

/// Words of verdicts.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Verdicts {
    pub decides: PhraseList,
    pub asks: PhraseList,
    pub last: PhraseList,
    pub not: PhraseList,
    pub no_go: PhraseList,
    pub not_short: PhraseList,
    pub yes: PhraseList,
    pub yes_short: PhraseList,
    pub yes_loud: PhraseList,
    pub names: HashSet<String>,
    pub conditional: PhraseList,
}

/// Words of sentences that state a gate.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct GateSentences {
    pub things: PhraseList,
    pub blocking: PhraseList,
    pub some: PhraseList,
    pub blocks: PhraseList,
    pub must: PhraseList,
    pub all: PhraseList,
    pub all_items: PhraseList,
    pub before: PhraseList,
    pub stops: PhraseList,
    pub until: PhraseList,
    pub whenever: PhraseList,
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
    /// The words between the two numbers of a count.
    of: HashSet<String>,
    /// The patterns that have to begin with a capital.
    capital: Vec<bool>,
    verdicts: usize,
    gates: usize,
}

impl From<Hinting> for Hints {
    fn from(words: Hinting) -> Self {
        let of = words.counts.iter().map(|word| word.trim().to_owned()).collect();
        let all = [words.verdicts.as_slice(), &words.gates, &words.counts].concat();
        let capital = all.iter().map(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).collect();
        #[expect(clippy::expect_used, reason = "building fails only beyond 2^31 states")]
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(all).expect("a few words fit");
        Self { automaton, of, capital, verdicts: words.verdicts.len(), gates: words.verdicts.len() + words.gates.len() }
    }
}

impl Hints {
    /// Whether a word stands between the two numbers of a count: `3 of 4`.
    pub(in crate::reading) fn is_of(&self, word: &str) -> bool {
        self.of.contains(word)
    }

    /// What the source of a line may say.
    pub(in crate::reading) fn find(&self, source: &str) -> Hinted {
        let mut hinted = Hinted::default();
        for hint in self.automaton.find_iter(source) {
            let pattern = hint.pattern().as_usize();
            if self.capital[pattern] && !source.as_bytes()[hint.start()].is_ascii_uppercase() {
                continue;
            }
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
        self.ready.stand_in(phrase) || self.rows.stand_in(phrase)
    }

    /// Whether a normalised text begins with a word for how far the work is.
    pub(in crate::reading) fn begins_ready(&self, text: &str) -> bool {
        self.ready_words().any(|word| text.starts_with(word.as_str()) && is_bounded(text, 0..word.len()))
    }

    fn ready_words(&self) -> impl Iterator<Item = &String> {
        self.rows.iter().chain(self.ready.iter())
    }

    /// Whether a normalised text names a part of a whole: `gate 2`.
    pub(in crate::reading) fn names_part(&self, text: &str) -> bool {
        let is_bound = |c: char| !c.is_alphabetic() || c > '\u{2e80}';
        text.split(is_bound).any(|word| self.parts.contains(word))
    }

    /// Whether a normalised word before "2 of 3" says that these number something.
    pub(in crate::reading) fn is_numbered(&self, word: &str) -> bool {
        self.parts.contains(word) || self.numbered.contains(word)
    }

    /// Whether a normalised phrase is about a measure of something else.
    pub(in crate::reading) fn is_measure(&self, phrase: &str) -> bool {
        let of_part = |score: &String| {
            let before = phrase.split(score.as_str()).next().unwrap_or_default();
            let is_whole = self.is_ready(before) || before.split([' ', ':', '(']).all(|word| self.is_whole(word));
            contains_phrase(phrase, score) && !is_whole
        };
        self.measures.stand_in(phrase) || self.scores.iter().any(of_part)
    }

    /// Whether a normalised text gives the whole a score.
    pub(in crate::reading) fn is_score(&self, phrase: &str) -> bool {
        self.scores.stand_in(phrase)
    }

    /// Whether a normalised word names nothing but the whole, or how far it is. Scripts without spaces join such words.
    pub(in crate::reading) fn is_whole(&self, word: &str) -> bool {
        if word.is_ascii() {
            return !word.contains(char::is_alphabetic)
                || self.whole.contains(word)
                || self.ready_words().any(|ready| ready == word);
        }
        let known =
            || self.overall.iter().chain(self.ready_words()).chain(&self.whole).filter(|known| !known.is_ascii());
        let mut rest = word.to_owned();
        while let Some(known) = known().find(|known| rest.contains(known.as_str())) {
            rest = rest.replace(known.as_str(), "");
        }
        !rest.contains(char::is_alphabetic) || self.whole.contains(&rest)
    }

    /// Whether a normalised phrase says that the whole document is meant.
    pub(in crate::reading) fn is_overall(&self, phrase: &str) -> bool {
        self.overall.stand_in(phrase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_and_gate_is_hinted_at() {
        let file: toml::Table = toml::from_str(include_str!("../words.toml")).unwrap();
        let hints: Hints = file["hints"].clone().try_into().unwrap();
        let phrases = |table: &str, lists: &[&str]| -> Vec<String> {
            let lists = lists.iter().flat_map(|list| file[table][list].as_array().unwrap());
            lists.map(|phrase| phrase.as_str().unwrap().to_uppercase()).collect()
        };
        let verdicts = phrases("verdicts", &["not", "no_go", "not_short", "yes", "yes_short", "yes_loud", "asks"]);
        let lost: Vec<&String> = verdicts.iter().filter(|phrase| !hints.find(phrase).verdict).collect();
        assert_eq!(lost, [""; 0], "verdicts");
        // What stops something needs one of the others beside it.
        let gates = phrases("gate_sentences", &["blocks", "must", "whenever"]);
        let lost: Vec<&String> = gates.iter().filter(|phrase| !hints.find(phrase).gate).collect();
        assert_eq!(lost, [""; 0], "gates");
    }
}
