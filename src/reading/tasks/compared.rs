//! Boxes beside other boxes, and beside what the text of their item says.

use crate::finding::Code;
use crate::model::State;
use crate::reading::{Reader, status, suffix};
use crate::source::Span;

impl Reader<'_> {
    /// The state and text of an item behind its box, another box left out: the one that says less counts.
    pub(in crate::reading) fn boxed_once<'t>(&mut self, first: State, text: &'t str, mark: Span) -> (State, &'t str) {
        let Some((second, rest)) = status::box_at(self.terms, text) else { return (first, text) };
        if first != second {
            let message = "this item has two boxes that disagree; the one that says less counts";
            self.find(Code::BoxAgainstWord, mark, message, "leave only one box");
        }
        let says_less = first == State::Done || !first.is_left() && second.is_left();
        (if says_less { second } else { first }, rest)
    }

    /// Tells of a done item whose text ends by saying that it is not.
    pub(in crate::reading) fn compare_end(&mut self, text: &str, mark: Span) {
        if let Some((_, word)) = suffix::contrary(self.terms, text).or_else(|| suffix::loud(self.terms, text)) {
            let message = format!("the box says done, the text says {word}; the box counts");
            self.find(Code::BoxAgainstWord, mark, &message, "make the box and the word agree");
        } else if let Some(word) =
            suffix::contrary_before_remark(self.terms, text).or_else(|| suffix::remark(self.terms, text))
        {
            self.oppose(State::Done, word, mark);
        } else if let Some(word) = suffix::not_needed(self.terms, text) {
            self.oppose(State::Done, word, mark);
        } else {
            self.compare_sign(State::Done, text, mark);
        }
    }

    /// Tells of a sign in the text of an item that says something else than its box.
    pub(super) fn compare_sign(&mut self, state: State, text: &str, mark: Span) {
        if let Some(sign) = suffix::opposite_sign(self.terms, text, state) {
            self.oppose(state, sign, mark);
        }
    }

    /// Tells of a word that opposes the box of an item.
    pub(super) fn oppose(&mut self, state: State, word: &str, mark: Span) {
        let message = format!("the box says {}, the text says {word}; the box counts", state.label());
        self.find(Code::BoxAgainstWord, mark, &message, "make the box and the word agree");
    }
}
