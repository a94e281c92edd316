//! Entries that are none: keys of what is around a list, decisions on the whole, and words that a list defines.

use super::Entry;
use crate::reading::Reader;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::suffix::Suffix;
use crate::reading::tasks;
use crate::reading::vocabulary::Context;
use rustc_hash::FxHashSet as HashSet;

/// The most bytes of a key that names the status of the whole.
const KEY: usize = 60;

/// What is told of a list of which each entry begins with another status word, and how to mend it.
pub(super) const EXPLAINS: (&str, &str) = (
    "each status word stands once here, so that this list may explain them; its entries are not items",
    "use boxes ([ ] and [x]) to make them items",
);

/// Whether entries define status words, `Met: done`, `Open: not started`: their own names are such words, of several states,
/// and what stands behind says the same. `Tested: yes`, `Deployed: no` tell two things of something, and beside one name
/// that is no state, `Docs: open`, the others are things to be done too.
pub(super) fn define(terms: &Terms<'_>, entries: &[Entry]) -> bool {
    let mut names = HashSet::default();
    for entry in entries {
        let Some(state) = terms.state(&normalise(&entry.text)).filter(|&state| state == entry.state) else {
            return false;
        };
        names.insert(state);
    }
    names.len() > 1
}

/// Whether entries are nothing but the answers to a question.
pub(super) fn is_radio(reader: &Reader<'_>, entries: &[Entry], items: usize) -> bool {
    entries.len() == items && entries.iter().all(|entry| tasks::is_radio_word(reader.terms, &entry.text))
}

/// `Status: done` and the like say something of what is around them, not of an item.
pub(super) fn is_key(terms: &Terms<'_>, suffix: &Suffix) -> bool {
    let key = normalise(&suffix.text);
    let words = terms.words;
    words.tag(&key).is_some()
        || words.is(Context::Decision, &key)
        || names_status(terms, &key)
        || is_decision(terms, &key, &suffix.word)
        || words.level(&key).is_some()
        || words.is_radio(&key)
        || !suffix.text.chars().any(char::is_alphanumeric)
}

/// Whether a key names the status of the whole, `Overall project status`; `Review the project status` does something with it.
fn names_status(terms: &Terms<'_>, key: &str) -> bool {
    let words = terms.words;
    let mut rest = if key.len() > KEY { "" } else { key };
    while words.is(Context::StatusFacts, rest) {
        let Some((first, tail)) = rest.split_once(' ') else { return true };
        if !words.is(Context::StatusFacts, tail) {
            return true;
        }
        if !words.prose.claims.is_whole(first) {
            return false;
        }
        rest = tail;
    }
    false
}

/// Whether a key and its value decide of the whole: `Release 2 go/no-go: GO`, `Final call: NO-GO`. With a word that names
/// something else, `Legal final call: NO-GO`, they tell of a part.
pub(super) fn is_decision(terms: &Terms<'_>, key: &str, value: &str) -> bool {
    let (verdicts, claims) = (&terms.words.prose.verdicts, &terms.words.prose.claims);
    let phrase = normalise(value);
    let is_go = || {
        let mut words = phrase.split(' ');
        terms.words.is_radio(&phrase) && words.any(|word| word == "go" || word == "nogo")
    };
    let is_named =
        || key.split(' ').all(|word| claims.is_whole(word) || verdicts.decides.has_word(word) || is_id(word));
    key.len() <= KEY
        && phrase.contains("go")
        && is_go()
        && (verdicts.decides.stand_in(key) && is_named() || terms.words.prose.is_last_of_whole(key))
}

/// Whether a word numbers a release: `M0`, `RC1`, `v2.1`.
fn is_id(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_lowercase());
    let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && !number.contains(char::is_alphabetic);
    is_number && word.len() - number.len() <= 2
}
