//! The words of all texts, numbered by how often they occur.

use super::code::push;
use std::collections::HashMap;

/// Words with their counts, and then their numbers.
#[derive(Default)]
pub(super) struct Words<'t> {
    numbers: HashMap<&'t str, usize>,
    order: Vec<&'t str>,
}

impl<'t> Words<'t> {
    /// Counts the words of a text.
    pub(super) fn count(&mut self, text: &'t str) {
        for word in text.split_whitespace() {
            *self.numbers.entry(word).or_default() += 1;
        }
    }

    /// Numbers all words that were counted, the most frequent first.
    pub(super) fn number(&mut self) {
        let mut order: Vec<(&str, usize)> = std::mem::take(&mut self.numbers).into_iter().collect();
        order.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        self.order = order.into_iter().map(|(word, _)| word).collect();
        self.numbers = self.order.iter().copied().zip(0..).collect();
    }

    /// Texts by the numbers of their words, joined by line breaks.
    pub(super) fn rows<'r>(&self, texts: impl Iterator<Item = &'r str>) -> String {
        let mut rows = String::new();
        for (index, text) in texts.enumerate() {
            if index > 0 {
                rows.push('\n');
            }
            text.split_whitespace()
                .filter_map(|word| self.numbers.get(word))
                .for_each(|&number| push(&mut rows, number));
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
        ["b a", "a c", " a  "].into_iter().for_each(|text| words.count(text));
        words.number();
        assert_eq!(words.list(), "a b c");
        assert_eq!(words.rows(["c a", "", "b"].into_iter()), "_]\n\n^");
    }
}
