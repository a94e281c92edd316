//! What headings are about by their last words: `Other TODOs`, `Further open items`.

use super::super::Vocabulary;
use crate::model::State;

/// The most words before those.
const WORDS: usize = 4;

impl Vocabulary {
    /// Whether a normalised word before a level, or before what is left, says that it is over, not so or the name of something
    /// else: `Resolved`.
    pub(in crate::reading) fn is_taken_back(&self, word: &str) -> bool {
        let sections = &self.sections;
        [&sections.unblocked_first, &sections.unblocked_before, &sections.unblocked]
            .into_iter()
            .any(|words| words.contains(word))
            || self.names_other(word)
    }

    /// Whether a normalised heading ends with a name for what is left, `Other TODOs`, and nothing before that takes it back
    /// or makes it one of several things: `Resolved gaps`, `Strengths and gaps`.
    pub(super) fn ends_as_left(&self, heading: &str) -> bool {
        let sections = &self.sections;
        let ending = |last: &String| heading.strip_suffix(last.as_str());
        let mut heads = sections.left_last.iter().filter_map(ending);
        if heads.any(|head| head.is_empty() || head.ends_with(' ') && self.leaves(head.trim_end())) {
            return true;
        }
        let beginning = |first: &String| heading.strip_prefix(first.as_str());
        let mut tails = sections.todo_first.iter().filter_map(beginning);
        tails.any(|tail| tail.starts_with(' ') && tail.split(' ').count() <= WORDS + 1)
    }

    /// Whether words before a name for what is left leave it so.
    fn leaves(&self, before: &str) -> bool {
        let is_over = |word: &str| matches!(self.state(word), Some(State::Done | State::Na));
        let joins = |word: &str| {
            self.phrases.is_and(word) || self.level_words.speaks(word) || word == "/" || word.ends_with(',')
        };
        let mut words = before.split(' ');
        before.split(' ').count() <= WORDS
            && !is_over(before)
            && !words.any(|word| is_over(word) || joins(word) || self.is_taken_back(word))
    }
}
