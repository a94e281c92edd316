//! Words in the place of a state that the vocabulary does not know, and what was probably meant.

use super::{Reader, phrase};
use crate::finding::Code;
use crate::source::Span;
use rustc_hash::FxHashMap;

/// Unknown words of one document for which the nearest known one is looked for. With more of them the column is none of
/// states, and no suggestion helps; and every search costs a look at the whole vocabulary.
const MOST: usize = 50;

/// The known word that is nearest to each unknown one, as far as it was looked for.
#[derive(Default)]
pub(super) struct Nearest<'a>(FxHashMap<String, Option<&'a str>>);

impl<'a> Reader<'a> {
    /// Tells of a status that the vocabulary does not know.
    pub(super) fn unknown_state(&mut self, text: &str, span: Span) {
        let word = phrase::normalise(text);
        let help = if self.terms.words.is_waiver(&word) {
            "only `[[waiver]]` in readybook.toml waives an item: with a reason, an owner and a last day".to_owned()
        } else {
            match self.nearest_state(word) {
                Some(known) => format!("did you mean `{known}`?"),
                None => "add the word to `[states]` in readybook.toml, or to a legend in the document".to_owned(),
            }
        };
        let shown: String = text.trim().chars().take(60).collect();
        self.find(Code::UnknownState, span, &format!("`{shown}` is no known state; the item is open"), &help);
    }

    fn nearest_state(&mut self, word: String) -> Option<&'a str> {
        let Nearest(known) = &mut self.nearest;
        if let Some(&nearest) = known.get(&word) {
            return nearest;
        }
        if !(4..=24).contains(&word.len()) || known.len() == MOST {
            return None;
        }
        let is_alike = |state: &&str| state.len() > 2 && state.len().abs_diff(word.len()) <= 2;
        let states = self.terms.words.state_words().filter(is_alike);
        let nearest = states.map(|state| (strsim::damerau_levenshtein(state, &word), state)).min();
        let nearest = nearest.filter(|&(distance, _)| distance <= 2).map(|(_, state)| state);
        known.insert(word, nearest);
        nearest
    }
}
