//! Phrases that texts may begin or end with, found by their first or last character: the lists are long, and nearly all
//! texts begin with none of them.

use rustc_hash::FxHashMap as HashMap;
use serde::Deserialize;

/// Phrases by their first character.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Prefixes(HashMap<char, Vec<String>>);

/// Phrases by their last character.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Suffixes(HashMap<char, Vec<String>>);

impl From<Vec<String>> for Prefixes {
    fn from(phrases: Vec<String>) -> Self {
        Self(by(phrases, |phrase| phrase.chars().next()))
    }
}

impl From<Vec<String>> for Suffixes {
    fn from(phrases: Vec<String>) -> Self {
        Self(by(phrases, |phrase| phrase.chars().next_back()))
    }
}

fn by(phrases: Vec<String>, edge: impl Fn(&str) -> Option<char>) -> HashMap<char, Vec<String>> {
    let mut lists: HashMap<char, Vec<String>> = HashMap::default();
    for phrase in phrases {
        if let Some(edge) = edge(&phrase) {
            lists.entry(edge).or_default().push(phrase);
        }
    }
    lists
}

impl Prefixes {
    /// Those that a text begins with, each with what follows it.
    pub(super) fn of<'t>(&self, text: &'t str) -> impl Iterator<Item = (&str, &'t str)> {
        let list = text.chars().next().and_then(|first| self.0.get(&first));
        list.into_iter().flatten().filter_map(|phrase| Some((phrase.as_str(), text.strip_prefix(phrase.as_str())?)))
    }
}

impl Suffixes {
    /// What stands before each of those that a text ends with.
    pub(super) fn before<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let list = text.chars().next_back().and_then(|last| self.0.get(&last));
        list.into_iter().flatten().filter_map(|phrase| text.strip_suffix(phrase.as_str()))
    }
}
