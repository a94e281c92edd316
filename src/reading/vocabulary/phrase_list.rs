//! A list of phrases of which texts are asked whether one stands in them. There are many such lists and most texts are
//! short: an automaton for each (`aho-corasick`, as `Hints` has one for the whole of a document) would cost 22 million
//! instructions at each start of the program, which is more than it takes to ask them all of hundreds of documents.

use crate::reading::phrase::is_bounded;
use serde::Deserialize;
use std::ops::Range;
use std::slice::Iter;

/// The number of groups of phrases: as many as a byte has values.
const GROUPS: usize = 256;

/// The phrases, in groups by their first two bytes: few places of a text begin as one of them does. All have two bytes or
/// more, or there is no such list.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(in crate::reading) struct PhraseList {
    phrases: Vec<String>,
    /// The phrases group by group.
    grouped: Vec<Start>,
    /// Where each group ends in `grouped`.
    ends: Box<[u16; GROUPS]>,
}

/// How a phrase begins: most of a group are told apart from a text by it.
#[derive(Debug, Clone, Copy)]
struct Start {
    /// Its first four bytes.
    head: u32,
    /// The bits of these that it has.
    mask: u32,
    /// Its place in the list.
    place: u16,
}

impl Start {
    fn of(place: u16, phrase: &str) -> Self {
        let missing = 4 - phrase.len().min(4);
        Self { head: head(phrase.as_bytes()), mask: u32::MAX >> (8 * missing), place }
    }
}

/// The first four bytes of a text; what it does not have is 0.
fn head(text: &[u8]) -> u32 {
    let head = text.first_chunk().copied();
    head.map_or_else(|| text.iter().rev().fold(0, |head, &byte| head << 8 | u32::from(byte)), u32::from_le_bytes)
}

/// The group of what begins with such bytes.
fn group(head: u32) -> usize {
    let [first, second, ..] = head.to_le_bytes();
    usize::from(first.wrapping_mul(27).wrapping_add(second))
}

impl TryFrom<Vec<String>> for PhraseList {
    type Error = String;

    fn try_from(phrases: Vec<String>) -> Result<Self, String> {
        if let Some(short) = phrases.iter().find(|phrase| phrase.len() < 2) {
            return Err(format!("`{short}` is too short for a list of phrases"));
        }
        let mut grouped: Vec<Start> = (0..).zip(&phrases).map(|(place, phrase)| Start::of(place, phrase)).collect();
        grouped.sort_by_key(|start| group(start.head));
        let mut ends = Box::new([0; GROUPS]);
        for start in &grouped {
            ends[group(start.head)] += 1;
        }
        let mut end = 0;
        for count in ends.iter_mut() {
            end += *count;
            *count = end;
        }
        Ok(Self { phrases, grouped, ends })
    }
}

impl PhraseList {
    /// The phrases one by one.
    pub(in crate::reading) fn iter(&self) -> Iter<'_, String> {
        self.phrases.iter()
    }

    /// Whether a normalised word is a word of one of them.
    pub(in crate::reading) fn has_word(&self, word: &str) -> bool {
        self.phrases.iter().any(|phrase| phrase.split(' ').any(|known| known == word))
    }

    /// Whether one of them stands in a normalised text, with word boundaries around it.
    pub(in crate::reading) fn stand_in(&self, text: &str) -> bool {
        self.any_in(text, |_, _| true)
    }

    /// Whether one that is wanted stands in a normalised text with word boundaries around it, by its place in the list and
    /// where it stands.
    pub(super) fn any_in(&self, text: &str, mut is_wanted: impl FnMut(usize, Range<usize>) -> bool) -> bool {
        let bytes = text.as_bytes();
        let mut was_letter = false;
        for at in 0..bytes.len() {
            let is_letter = bytes[at].is_ascii_alphabetic();
            if std::mem::replace(&mut was_letter, is_letter) && is_letter {
                continue;
            }
            let here = head(&bytes[at..]);
            for start in self.group(group(here)) {
                if (here ^ start.head) & start.mask != 0 {
                    continue;
                }
                let place = usize::from(start.place);
                let end = at + self.phrases[place].len();
                let stands = bytes[at..].starts_with(self.phrases[place].as_bytes()) && is_bounded(text, at..end);
                if stands && is_wanted(place, at..end) {
                    return true;
                }
            }
        }
        false
    }

    /// The phrases of a group.
    fn group(&self, number: usize) -> &[Start] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.grouped[usize::from(start)..usize::from(self.ends[number])]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(phrases: &[&str]) -> Result<PhraseList, String> {
        phrases.iter().map(|&phrase| phrase.to_owned()).collect::<Vec<_>>().try_into()
    }

    #[test]
    fn no_phrase_is_too_short_to_be_found() {
        assert_eq!(list(&["go", "x"]).unwrap_err(), "`x` is too short for a list of phrases");
        assert!(list(&["go", ""]).is_err());
    }

    #[test]
    fn phrases_stand_as_whole_words() {
        let list = list(&["go", "go live", "-x", "完成", "été"]).unwrap();
        let found = |text: &str| {
            let mut found = Vec::new();
            list.any_in(text, |place, range| {
                found.push((place, range.start));
                false
            });
            found
        };
        assert_eq!(found("we go live"), [(0, 3), (1, 3)]);
        assert_eq!(found("ergo going"), []);
        assert_eq!(found("a-x 未完成, l'été"), [(2, 1), (3, 7), (4, 17)]);
        assert_eq!(found("égo goé"), []);
    }
}
