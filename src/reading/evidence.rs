//! Words where evidence belongs that show nothing: `missing`, `to follow`, `TBD (after the drill)`.

use super::legend::Terms;
use super::phrase::{clause_end, cut_parenthesis, normalise};
use crate::model::State;

/// What is longer tells something, whatever it begins with.
const LONGEST: usize = 60;

/// Leaves out of an item's evidence what only says that there is none.
pub(super) fn keep_what_shows(terms: &Terms<'_>, evidence: &mut Vec<String>) {
    if !evidence.is_empty() {
        evidence.retain(|text| shows(terms, text));
    }
}

/// Whether a text may show something: a link, a file, or words that do not say of it that it is missing.
fn shows(terms: &Terms<'_>, text: &str) -> bool {
    if text.len() > LONGEST || text.contains("://") {
        return true;
    }
    // `[report](#)` leads nowhere.
    if text.trim() == "#" {
        return false;
    }
    if text.split(' ').any(|word| is_file(word.trim_matches(['(', ')', ',', '`']))) {
        return true;
    }
    let head = cut_parenthesis(text).0;
    let end = clause_end(head).unwrap_or(head.len());
    let end = head.find([',', ';']).map_or(end, |at| at.min(end));
    let phrase = normalise(&head[..end]);
    !says_none(terms, if phrase.is_empty() { normalise(text) } else { phrase }.as_str())
}

fn says_none(terms: &Terms<'_>, phrase: &str) -> bool {
    let words = terms.words;
    let is_left = || terms.state(phrase).is_some_and(|state| state.is_left() || state == State::Na);
    let is_short = || phrase.split(' ').nth(4).is_none();
    words.is_nobody(phrase)
        || words.phrases.is_unshown(phrase)
        || is_left()
        || is_short() && words.reservations.reserve(phrase)
}

/// Whether a code span names a file: a path or a name with an extension of letters, without spaces.
pub(super) fn is_file(text: &str) -> bool {
    let name = text.rsplit('/').next().unwrap_or(text);
    let dotted = name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
    });
    let plain = !text.contains([' ', '(', '=', '<', '*', '$', '{']) && !text.starts_with(['-', '/', '@']);
    plain && (dotted || matches!(name, "Dockerfile" | "Makefile"))
}
