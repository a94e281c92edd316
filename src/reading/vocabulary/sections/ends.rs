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

    /// Whether a normalised heading says of what it names, behind a dash and in a few words, that it is left, `Minor —
    /// deliberately deferred`, or ends as one that is still to be told: `Remaining work/TBD`.
    pub(super) fn is_put_off(&self, heading: &str) -> bool {
        let is_undecided = |(head, tail): (&str, &str)| {
            self.is_undecided(tail.trim()) && self.section_state(head.trim_end()).is_some_and(State::is_left)
        };
        if heading.rsplit_once('/').is_some_and(is_undecided) {
            return true;
        }
        let parted = || heading.rsplit_once(" — ").or_else(|| heading.rsplit_once(" – "));
        let Some((_, tail)) = parted().filter(|_| !heading.is_ascii()) else { return false };
        let is_left = |word: &str| matches!(self.state(word), Some(State::Open | State::Deferred));
        let is_adverb = |how: &str| how.chars().all(char::is_alphanumeric) && self.state(how).is_none();
        self.state(tail).is_none() && tail.rsplit_once(' ').is_some_and(|(how, last)| is_adverb(how) && is_left(last))
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

    /// Whether a normalised heading says of faults that they are there still, `Open bugs`, `Known errors (not fixed)`, or
    /// of nothing but that it is not mended: `Noch nicht behoben`.
    pub(super) fn leaves_faults(&self, heading: &str) -> bool {
        let names_faults = words_of(heading).any(|word| self.tables.is_fault(word));
        let is_condition = || words_of(heading).next().is_some_and(|first| self.sections.conditions.contains(first));
        if !names_faults && !self.is_nothing_but_unmended(heading) || is_condition() {
            return false;
        }
        self.denies_mend(heading)
            || !words_of(heading).any(|word| self.tells_mend(word)) && self.tells_unmended(heading)
    }

    /// Whether a normalised heading says of what it names that it is not mended, `non corrigés`, or is to be.
    pub(in crate::reading) fn denies_mend(&self, heading: &str) -> bool {
        let sections = &self.sections;
        let mut is_denied = false;
        words_of(heading).any(|word| {
            let is_found = is_denied && self.tells_mend(word);
            is_denied = sections.denials.contains(word) || is_denied && sections.yet.contains(word);
            is_found
        })
    }

    fn tells_mend(&self, word: &str) -> bool {
        self.tables.mended.contains(word) || self.tables.repairs.contains(word) || self.sections.mending.contains(word)
    }

    /// Whether a heading has no other words than those that say that something is not mended.
    fn is_nothing_but_unmended(&self, heading: &str) -> bool {
        let sections = &self.sections;
        let is_one =
            |word: &str| sections.denials.contains(word) || sections.yet.contains(word) || self.tells_mend(word);
        words_of(heading).all(is_one)
    }

    /// Whether a word of a heading says that faults are there, and none before it takes that back or makes it a verb:
    /// `No open bugs`, `Open a bug`.
    fn tells_unmended(&self, heading: &str) -> bool {
        let sections = &self.sections;
        let is_denial = |word: Option<&str>| word.is_some_and(|word| sections.denials.contains(word));
        let mut words = words_of(heading).peekable();
        let first = words.peek().copied();
        // `Non-critical open bugs`
        if is_denial(first) && !first.is_some_and(|first| self.tables.negations_glued.contains(first)) {
            return false;
        }
        let mut before = None;
        while let Some(word) = words.next() {
            let is_verb = words.peek().is_some_and(|next| sections.articles.contains(*next));
            if sections.unmended.contains(word) && !is_verb && !is_denial(before) {
                return true;
            }
            before = Some(word);
        }
        false
    }
}

/// The words of a normalised heading, without what stands around them.
fn words_of(heading: &str) -> impl Iterator<Item = &str> {
    heading.split(|c: char| !(c.is_alphanumeric() || c == '\'')).filter(|word| !word.is_empty())
}
