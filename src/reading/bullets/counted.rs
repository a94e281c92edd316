//! Lists that count items by their states: `❌ 12 pending`, `✅ 2 complete`.

use super::Entry;
use crate::reading::Reader;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;

/// Whether all entries of a list are a number and a word or two, half of which or more name states: `12 pending`, and of
/// whatever is counted the same, `40 tests passed`.
pub(super) fn is_one(reader: &Reader<'_>, entries: &[Entry]) -> bool {
    let (mut known, mut counted) = (0, None);
    for entry in entries {
        let Some(count) = Count::of(reader, &entry.text) else { return false };
        known += usize::from(count.is_state);
        if let Some(things) = count.things
            && *counted.get_or_insert_with(|| things.clone()) != things
        {
            return false;
        }
    }
    known * 2 >= entries.len() && entries.len() > 1
}

/// What an entry counts.
struct Count {
    /// Whether a word behind the number names a state.
    is_state: bool,
    /// What is counted, where that is no word for items.
    things: Option<String>,
}

impl Count {
    fn of(reader: &Reader<'_>, text: &str) -> Option<Self> {
        let (number, rest) = text.trim().split_once(' ')?;
        if !number.bytes().all(|byte| byte.is_ascii_digit()) || rest.split(' ').nth(2).is_some() {
            return None;
        }
        let (phrase, terms) = (normalise(rest), reader.terms);
        let is_noun = |word: &str| terms.words.is_noun(word);
        let of_items = |word: &str| Some(Self { is_state: names_state(terms, word), things: None });
        match phrase.split_once(' ') {
            _ if terms.state(&phrase).is_some() => of_items(&phrase),
            None => of_items(&phrase),
            Some((noun, word)) | Some((word, noun)) if is_noun(noun) => of_items(word),
            Some((things, word)) if names_state(terms, word) => {
                Some(Self { is_state: true, things: Some(things.to_owned()) })
            }
            Some(_) => None,
        }
    }
}

/// Whether a word names a state in the singular or plural.
fn names_state(terms: &Terms<'_>, word: &str) -> bool {
    terms.state(word).is_some() || word.strip_suffix('s').is_some_and(|one| terms.state(one).is_some())
}
