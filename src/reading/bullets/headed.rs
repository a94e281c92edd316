//! A status that more words follow: `Mail: NOT VERIFIED by live test.`, `Licence — complete. The contract stands.`

use crate::markdown::{Inline, Piece, Tree};
use crate::model::State;
use crate::reading::evidence::is_file;
use crate::reading::legend::Terms;
use crate::reading::phrase::{next_stop, normalise};
use crate::reading::status;
use crate::reading::suffix::{self, Suffix};
use crate::source::Span;

/// How many stops of an entry are looked behind.
const STOPS: usize = 4;

/// Most words of a status in capitals.
const LOUD_WORDS: usize = 4;

/// A status that more words follow, and whether it stands out from them.
pub(super) struct Headed {
    /// The status.
    pub found: Suffix,
    /// In capitals; in small letters it is a whole sentence.
    pub is_loud: bool,
}

/// The status behind a colon or dash that more words follow; of several, one that is left.
pub(super) fn of(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<Headed> {
    let text = tree.plain(pieces);
    // `src/lamp.rs - TODO: see the log` quotes a file.
    let is_quoted = pieces.first().is_some_and(|piece| piece.inline == Inline::Code && is_file(tree.text(piece)));
    let is_remark = |word: &str, start: usize| is_quoted && text[start + word.len()..].starts_with(':');
    let mut first: Option<Headed> = None;
    let mut from = 0;
    for _ in 0..STOPS {
        let Some((at, end)) = next_stop(&text, from) else { break };
        if let Some((word, state, is_loud)) = at_start(terms, &text[end..]).filter(|found| !is_remark(found.0, end)) {
            let span = Span { start: pieces.first()?.span.start, end: pieces.last()?.span.end };
            let note = suffix::note(&text[end + word.len()..]);
            let found = Suffix { state, word: word.to_owned(), span, text: text[..at].trim().to_owned(), note };
            if state.is_left() {
                return Some(Headed { found, is_loud });
            }
            first = first.or(Some(Headed { found, is_loud }));
        }
        from = end;
    }
    first
}

/// The status that a text begins with, where more follows it.
fn at_start<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(&'t str, State, bool)> {
    let (word, is_loud) = match text.as_bytes() {
        [b'A'..=b'Z', b'A'..=b'Z', ..] => (loud(terms, text)?, true),
        _ => (sentence(terms, text)?, false),
    };
    let said = status::words(terms, text).unwrap_or(State::Open);
    // Whatever else is told may take it back.
    let is_doubted = || {
        let rest = normalise(&text[word.len()..]);
        rest.split([' ', '.', ',', ';', ':']).any(|word| terms.state(word).is_some_and(State::is_left) || word == "not")
    };
    let state = if said == State::Done && is_doubted() { State::Doing } else { said };
    Some((word, state, is_loud))
}

/// The known status in capitals at the start of a text. Words for what is asked or happens, `REQUIRED for login`, are
/// none before more words of the same sentence.
fn loud<'t>(terms: &Terms<'_>, text: &'t str) -> Option<&'t str> {
    let is_loud = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    let mut end = 0;
    for word in text.split(' ').take(LOUD_WORDS) {
        let bare = word.trim_end_matches(['.', ',', ';', ':']);
        if !is_loud(bare) {
            break;
        }
        end += usize::from(end > 0) + bare.len();
        if bare.len() < word.len() {
            break;
        }
    }
    let phrase = normalise(&text[..end]);
    let goes_on = text[end..].trim_start().starts_with(char::is_alphanumeric);
    let words = terms.words;
    let is_asked = || goes_on && (words.is_neutral(&phrase) || words.reservations.is_object(&phrase));
    let is_known = || terms.state(&phrase).or_else(|| status::words(terms, &phrase)).is_some();
    (!phrase.is_empty() && !is_asked() && is_known()).then_some(&text[..end])
}

/// The known status that is the whole first sentence of a text with more than one.
fn sentence<'t>(terms: &Terms<'_>, text: &'t str) -> Option<&'t str> {
    let end = memchr::memchr(b'.', text.as_bytes()).filter(|&end| text[end + 1..].starts_with(' '))?;
    let is_short = text[..end].split(' ').count() <= 3;
    suffix::known(terms, &text[..end]).filter(|_| is_short).map(|_| &text[..end])
}
