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
    objects: HashSet<String>,
    names: HashSet<String>,
    duties: HashSet<String>,
    blank_first: HashSet<String>,
    blank_last: HashSet<String>,
    blank: HashSet<String>,
    giving: HashSet<String>,
}

impl People {
    /// The words for owners that tell what kind of thing another word names.
    pub(super) fn kinds(&self) -> &HashSet<String> {
        &self.kinds
    }

    /// Whether the header that begins with a word for owners is about them: `Owner name`, never `Lead time`.
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

    /// Whether a value begins as a sentence does: `see the table below`.
    pub(in crate::reading) fn is_prose(&self, value: &str) -> bool {
        value.split_once(' ').is_some_and(|(first, _)| self.prose.contains(first))
    }

    /// Whether a handle, without its `@`, is no person's: `@here`, `@latest`.
    pub(in crate::reading) fn is_nobodys(&self, handle: &str) -> bool {
        self.handles.contains(&*handle.to_ascii_lowercase())
    }

    /// Whether what stands behind a word is its object: `upgrade to @x`.
    pub(in crate::reading) fn takes_object(&self, word: &str) -> bool {
        self.objects.contains(&*word.to_ascii_lowercase())
    }
}
