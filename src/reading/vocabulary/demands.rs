//! Words of headings and labels over what is asked for: `[demands]` of `words.toml` tells of each list.

use super::PhraseList;
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// Words of headings and labels over what is asked for.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Demands {
    demanding: HashSet<String>,
    demanded: HashSet<String>,
    demanded_for: HashSet<String>,
    prescribed: PhraseList,
    prescribed_last: Vec<String>,
    prescribed_alone: HashSet<String>,
}

impl Demands {
    /// Whether a normalised heading or label says what somebody must have before something: `Before launch you must have`.
    pub(in crate::reading) fn demands(&self, phrase: &str) -> bool {
        self.is_for_aim(phrase, &self.demanding)
    }

    /// Whether it tells what is asked for before something: `Required before launch`.
    pub(in crate::reading) fn tells_demanded(&self, phrase: &str) -> bool {
        self.is_for_aim(phrase, &self.demanded)
    }

    /// Whether a normalised word stands before what something is asked for: `when`.
    pub(in crate::reading) fn is_before_aim(&self, word: &str) -> bool {
        self.demanded_for.contains(word)
    }

    /// Whether a heading or label states conditions, which hold or not whatever is done: `Go if`, `We go live when`,
    /// `In scope`.
    pub(in crate::reading) fn prescribes(&self, phrase: &str) -> bool {
        self.prescribed_alone.contains(bare(phrase))
            || self.ends_prescribed(phrase)
            || self.prescribed.stand_in(bare(phrase))
    }

    /// Whether it ends so: `Ready for release if`.
    pub(in crate::reading) fn ends_prescribed(&self, phrase: &str) -> bool {
        let is_last = |last: &String| {
            bare(phrase).strip_suffix(last.as_str()).is_some_and(|before| before.is_empty() || before.ends_with(' '))
        };
        self.prescribed_last.iter().any(is_last)
    }

    /// Whether it begins so, and the word for "done" that it begins with is part of that: `Pass criteria`, `Ready if`.
    pub(in crate::reading) fn begins_prescribed(&self, phrase: &str) -> bool {
        self.prescribed.any_in(phrase, |_, at| at.start == 0)
    }

    fn is_for_aim(&self, phrase: &str, demands: &HashSet<String>) -> bool {
        let has = |known: &HashSet<String>| words_of(phrase).any(|word| known.contains(word));
        has(demands) && has(&self.demanded_for)
    }
}

/// A heading or label without what it ends with.
fn bare(phrase: &str) -> &str {
    phrase.trim_end_matches([':', '：', '?', '.', ' '])
}

/// The words of a normalised phrase.
fn words_of(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
