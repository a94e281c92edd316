//! The words of all texts, numbered by how often they occur.

use super::code::push;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Texts as they are taken apart: each word is looked up once.
#[derive(Default)]
pub(super) struct Words<'t> {
    /// By word, its place in `counts`.
    places: FxHashMap<&'t str, u32>,
    counts: Vec<(&'t str, u32)>,
    /// The words of all texts.
    all: Vec<u32>,
    /// Where each text ends in `all`.
    ends: Vec<usize>,
}

/// Texts whose words are numbered.
pub(super) struct Numbered<'t> {
    words: Words<'t>,
    /// By place, the number.
    numbers: Vec<usize>,
    /// By number, the word.
    order: Vec<&'t str>,
}

impl<'t> Words<'t> {
    /// Takes a text, the next in order.
    pub(super) fn add(&mut self, text: &'t str) {
        // The first of them takes far fewer steps.
        match text.is_ascii() {
            true => text.split_ascii_whitespace().for_each(|word| self.add_word(word)),
            false => text.split_whitespace().for_each(|word| self.add_word(word)),
        }
        self.ends.push(self.all.len());
    }

    fn add_word(&mut self, word: &'t str) {
        let place = *self.places.entry(word).or_insert_with(|| {
            self.counts.push((word, 0));
            u32::try_from(self.counts.len() - 1).unwrap_or(u32::MAX)
        });
        self.counts[place as usize].1 += 1;
        self.all.push(place);
    }

    /// Texts taken so far.
    pub(super) fn texts(&self) -> usize {
        self.ends.len()
    }

    /// Numbers the words, the most frequent first.
    pub(super) fn number(self) -> Numbered<'t> {
        let mut order: Vec<(usize, (&str, u32))> = self.counts.iter().copied().enumerate().collect();
        order.sort_unstable_by(|(_, one), (_, other)| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        let mut numbers = vec![0; order.len()];
        for (number, &(place, _)) in order.iter().enumerate() {
            numbers[place] = number;
        }
        let order = order.into_iter().map(|(_, (word, _))| word).collect();
        Numbered { words: self, numbers, order }
    }
}

impl Numbered<'_> {
    /// Some of the texts by the numbers of their words, joined by line breaks.
    pub(super) fn rows(&self, texts: Range<usize>) -> String {
        let mut rows = String::new();
        let mut from = texts.start.checked_sub(1).map_or(0, |before| self.words.ends[before]);
        for (index, &end) in self.words.ends[texts].iter().enumerate() {
            if index > 0 {
                rows.push('\n');
            }
            self.words.all[from..end].iter().for_each(|&place| push(&mut rows, self.numbers[place as usize]));
            from = end;
        }
        rows
    }

    /// All words in order of their numbers.
    pub(super) fn list(&self) -> String {
        self.order.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_have_small_numbers() {
        let mut words = Words::default();
        ["b a", "", "c a", " a  "].into_iter().for_each(|text| words.add(text));
        assert_eq!(words.texts(), 4);
        let words = words.number();
        assert_eq!(words.list(), "a b c");
        assert_eq!(words.rows(0..2), "^]\n");
        assert_eq!(words.rows(2..4), "_]\n]");
    }
}
