//! The ids of headings and items, as GitHub makes them.

use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::hash_map::Entry;
use std::hash::BuildHasher;

/// Ids that are unique within a document, numbered as GitHub numbers them.
pub(super) struct Anchors {
    /// The last number given to each id that is taken, by the id's hash: should two share one, the second is numbered
    /// without need.
    taken: FxHashMap<u64, u32>,
}

impl Anchors {
    /// No ids yet, and room for some.
    pub(super) fn with_capacity(ids: usize) -> Self {
        Self { taken: FxHashMap::with_capacity_and_hasher(ids, FxBuildHasher) }
    }

    /// Takes an id that is known to be free.
    pub(super) fn take(&mut self, id: &str) {
        self.taken.insert(FxBuildHasher.hash_one(id), 0);
    }

    /// The id, with a number behind it when it is taken.
    pub(super) fn unique(&mut self, base: String) -> String {
        let count = match self.taken.entry(FxBuildHasher.hash_one(&base)) {
            Entry::Vacant(free) => {
                free.insert(0);
                return base;
            }
            Entry::Occupied(taken) => *taken.get(),
        };
        let is_free = |anchor: &String| !self.taken.contains_key(&FxBuildHasher.hash_one(anchor));
        let mut numbered = (count + 1..).map(|number| (number, format!("{base}-{number}")));
        let (number, anchor) = numbered.find(|(_, anchor)| is_free(anchor)).unwrap_or_default();
        self.taken.insert(FxBuildHasher.hash_one(&base), number);
        self.take(&anchor);
        anchor
    }
}

/// The id that GitHub gives a heading of this text. The crate's regular expression is left for what is neither ASCII,
/// a letter, a dash nor a pictograph.
pub(super) fn slug(text: &str) -> String {
    if text.is_ascii() {
        let mut slug = Vec::with_capacity(text.len());
        for byte in text.bytes() {
            if let Some(byte) = slug_byte(byte) {
                slug.push(byte);
            }
        }
        return String::from_utf8(slug).unwrap_or_default();
    }
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '–' | '—' => {}
            _ if letter.is_ascii() => {
                if let Some(byte) = u8::try_from(letter).ok().and_then(slug_byte) {
                    slug.push(char::from(byte));
                }
            }
            'À'..='ɏ'
            | 'Ѐ'..='ӿ'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fff}'
            | '가'..='힣'
                if letter.is_alphabetic() =>
            {
                slug.extend(letter.to_lowercase())
            }
            '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}' if !letter.is_alphanumeric() => {}
            _ => return github_slugger::slug(text),
        }
    }
    slug
}

/// What a byte of ASCII is in such an id.
fn slug_byte(byte: u8) -> Option<u8> {
    match byte {
        b' ' | b'\t' => Some(b'-'),
        b'-' | b'_' => Some(byte),
        _ => byte.is_ascii_alphanumeric().then(|| byte.to_ascii_lowercase()),
    }
}
