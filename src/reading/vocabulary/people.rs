//! What is no person though it looks like one: `words.toml` tells of each list.

use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Words beside those for owners.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct People {
    kinds: HashSet<String>,
    things: HashSet<String>,
    prose: HashSet<String>,
    handles: HashSet<String>,
    times: HashSet<String>,
    installs: HashSet<String>,
    objects: HashSet<String>,
    names: HashSet<String>,
    duties: HashSet<String>,
    blank_first: HashSet<String>,
    blank_last: HashSet<String>,
    blank: HashSet<String>,
    giving: HashSet<String>,
    trades: Vec<String>,
}

impl People {
    /// The words for owners that tell what kind of thing another word names.
    pub(super) fn kinds(&self) -> &HashSet<String> {
        &self.kinds
    }

    /// Whether the header that begins with a word for owners is about them: `Lead engineer`, never `Lead time`.
    pub(in crate::reading) fn is_header(&self, first: &str, last: &str) -> bool {
        !self.kinds.contains(first) && !self.things.contains(last)
    }

    /// Whether a header of names is one of people as often as of things: `Title`.
    pub(in crate::reading) fn is_name(&self, header: &str) -> bool {
        self.names.contains(header)
    }

    /// Whether a header is of what somebody does.
    pub(in crate::reading) fn is_duty(&self, header: &str) -> bool {
        self.duties.contains(header)
    }

    /// Whether a normalised text in brackets waits to be filled in: `your team`, `name`.
    pub(in crate::reading) fn is_blank(&self, phrase: &str) -> bool {
        let (first, last) = (phrase.split(' ').next(), phrase.rsplit(' ').next());
        self.blank.contains(phrase)
            || first.is_some_and(|word| self.blank_first.contains(word))
            || last.is_some_and(|word| self.blank_last.contains(word))
    }

    /// Whether a word gives something to the one whose name follows: `assigned to @x`.
    pub(in crate::reading) fn gives(&self, word: &str) -> bool {
        self.giving.contains(&*word.to_ascii_lowercase())
    }

    /// Whether two words with a slash between them are the name of one trade: `CI/CD`.
    pub(in crate::reading) fn is_trade(&self, first: &str, second: &str) -> bool {
        let is_name =
            |(one, other): (&str, &str)| first.eq_ignore_ascii_case(one) && second.eq_ignore_ascii_case(other);
        let length = first.len() + "/".len() + second.len();
        let alike = self.trades.iter().filter(|trade| trade.len() == length);
        alike.filter_map(|trade| trade.split_once('/')).any(is_name)
    }

    /// Whether a value begins as a sentence does: `see the table below`.
    pub(in crate::reading) fn is_prose(&self, value: &str) -> bool {
        value.split_once(' ').is_some_and(|(first, _)| self.prose.contains(first))
    }

    /// Whether a handle, without its `@`, is no person's: `@here`, `@latest`.
    pub(in crate::reading) fn is_nobodys(&self, handle: &str) -> bool {
        self.handles.contains(&*handle.to_ascii_lowercase())
    }

    /// Whether a normalised text is a time and no name: `2 days`, `week 2`, `q1 2026`, `t 2h`.
    pub(in crate::reading) fn is_time(&self, text: &str) -> bool {
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let is_of_year = |word: &str| matches!(word.as_bytes(), [b'q' | b'h', b'1'..=b'4']);
        let is_span = |word: &str| {
            let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
            unit.len() < word.len() && matches!(unit, "d" | "h" | "w" | "m" | "min")
        };
        // `wave1`
        let stem = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let is_counted = |word: &str| stem(word) > 1 && self.times.contains(&word[..stem(word)]);
        let is_unit = |word: &str| self.times.contains(word) || is_counted(word) || is_of_year(word) || is_span(word);
        text.bytes().any(|byte| byte.is_ascii_digit())
            && text.split(' ').all(|word| is_unit(word) || is_number(word))
            && text.split(' ').any(is_unit)
    }

    /// Whether what stands behind a word with a slash in its name is installed: `npm`.
    pub(in crate::reading) fn installs(&self, word: &str) -> bool {
        self.installs.contains(&*word.to_ascii_lowercase())
    }

    /// Whether what stands behind a word is its object: `upgrade to @x`.
    pub(in crate::reading) fn takes_object(&self, word: &str) -> bool {
        self.objects.contains(&*word.to_ascii_lowercase())
    }
}
