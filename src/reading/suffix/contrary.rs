//! What the text of an item says against its state: a word, sign or remark that takes "done" back, or says it.

use super::ends_route;
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::{is_pictograph, last_parenthesis, last_stop, next_stop, normalise};
use crate::reading::reservation::takes_back;
use crate::reading::status;
use crate::reading::vocabulary::Tag;
use std::ops::RangeInclusive;

/// The letters behind a sign that may say that there is none of something.
const DENIAL: usize = 40;

/// How many words a remark has. One alone is a state, or what the item is about.
const REMARK: RangeInclusive<usize> = 2..=6;

/// The state at the end of a done item's text that says that it is not done, as a word or glyph: `— pending`, `(TODO)`,
/// `❌`. Small words that end a sentence about something else, `logo: red`, are none.
pub(in crate::reading) fn contrary<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(State, &'t str)> {
    let text = text.trim_end_matches(['.', ' ', '\u{fe0f}']);
    let (at, last) = text.char_indices().next_back()?;
    if let Some(state) = terms.listed_glyph(last).filter(|state| state.is_left()) {
        return Some((state, &text[at..]));
    }
    let bracketed = text.strip_suffix([')', ']']);
    let word = match bracketed {
        Some(inner) => &inner[inner.rfind(['(', '['])? + 1..],
        None => &text[last_stop(text).filter(|&(at, _)| !ends_route(terms, text, at))?.1..],
    };
    // `[status: open]`
    let word = bracketed.and_then(|_| status_value(terms, word)).unwrap_or(word);
    let phrase = normalise(word);
    let is_quiet =
        || bracketed.is_none() && word.chars().any(char::is_lowercase) && terms.words.reservations.is_object(&phrase);
    let state =
        terms.state(&phrase).filter(|state| state.is_left() && !is_quiet() && !terms.words.is_neutral(&phrase))?;
    Some((state, word))
}

/// The value of a pair whose key asks for a status.
fn status_value<'t>(terms: &Terms<'_>, pair: &'t str) -> Option<&'t str> {
    let (key, value) = pair.split_once([':', '：'])?;
    let value = value.trim_start_matches([':', ' ']);
    (terms.words.tag(&normalise(key)) == Some(Tag::Status)).then_some(value)
}

/// The state that a done item's text has before the remark in brackets at its end: `Names — partial (needs an audit)`.
pub(in crate::reading) fn contrary_before_remark<'t>(terms: &Terms<'_>, text: &'t str) -> Option<&'t str> {
    let (head, _) = text.strip_suffix(')')?.rsplit_once(" (")?;
    let (_, end) = last_stop(head)?;
    let word = head[end..].trim();
    let is_short = !word.is_empty() && word.split_whitespace().count() <= 3;
    // `Set status — pending (default)`
    let is_setting =
        || normalise(text).split(|c: char| !c.is_alphanumeric()).any(|word| terms.words.reservations.sets(word));
    contrary(terms, head).filter(|_| is_short && !is_setting()).map(|(_, word)| word)
}

/// The sign set apart in the text of a ticked item that says that it is not done, or of another that says that it is, with
/// what is remarked of it: `— 🟡 (needs an audit)`, `: 🟡 works in part`. At the start it needs a legend: there signs adorn.
pub(in crate::reading) fn opposite_sign<'t>(terms: &Terms<'_>, text: &'t str, state: State) -> Option<&'t str> {
    if text.is_ascii() {
        return None;
    }
    let is_done = state == State::Done;
    let is_opposite = |said: State| if is_done { said.is_left() } else { said == State::Done };
    // Rings of Japanese forms are letters by their kind.
    let may_be = |c: char| !c.is_ascii() && (!c.is_alphanumeric() || c == '〇');
    let is_red = |sign: &char| terms.words.listed_colours.contains(sign);
    let colour = |sign: char| terms.words.colour(sign).filter(|&said| is_done && said == State::Open && is_red(&sign));
    let ring = |sign: char| terms.words.rings.state(sign).filter(|_| is_done);
    let said = |sign: char| terms.listed_glyph(sign).or_else(|| colour(sign)).or_else(|| ring(sign));
    let opposite = |sign: char| if may_be(sign) { said(sign).filter(|&said| is_opposite(said)) } else { None };
    let opposes = |(at, sign): (usize, char)| {
        let said = opposite(sign)?;
        let before = text[..at].trim_end();
        let end = at + sign.len_utf8();
        let behind = text[end..].trim_start_matches(['\u{fe0f}', ' ']);
        let is_first = before.is_empty() && terms.explained_glyph(sign) == Some(said);
        let is_wanted = || if is_done { denies(terms, before, behind) } else { expects(terms, before) };
        // `Set the row → ✅` names what is wanted.
        let is_apart =
            before.ends_with([':', '—', '–', '：']) || before.ends_with(" -") || is_done && before.ends_with('→');
        let is_row = before.ends_with(is_pictograph);
        let is_noted = !is_row && behind.starts_with(['(', '（']) && behind.ends_with([')', '）']);
        // What stands behind the next such sign is said of that one; there may be many.
        let remark = || behind.find(|next| opposite(next).is_some()).map_or(behind, |end| &behind[..end]);
        let is_left =
            |remark: &str| status::words(terms, remark).is_some_and(State::is_left) || takes_back(terms, remark);
        let takes_back = || is_done && !behind.starts_with(['(', '（']) && is_left(remark());
        let ends = behind.is_empty() || is_noted;
        let is_ring = ends && terms.words.rings.state(sign).is_some();
        let is_set = is_first
            || is_apart && (is_done || ends)
            || !before.is_empty() && is_done && (is_ring || is_noted || takes_back());
        let is_sign = terms.listed_glyph(sign).is_some() || may_be_state(terms, sign, before, behind);
        (is_set && is_sign && !is_wanted()).then_some(&text[at..end])
    };
    text.char_indices().find_map(opposes)
}

/// Whether a sign that few use for states tells one where it stands: a colour, which may be that of a level, or a cross or
/// triangle behind a text of Chinese, Japanese or Korean, which elsewhere is a letter or a sum.
fn may_be_state(terms: &Terms<'_>, sign: char, before: &str, behind: &str) -> bool {
    if terms.words.rings.state(sign).is_some() {
        return before.ends_with(|c: char| c > '\u{2e80}') && (behind.is_empty() || behind.starts_with(['(', '（']));
    }
    let first = behind.split([' ', ':', ',', ')']).next().unwrap_or_default();
    terms.glyph_level(sign).is_none() && terms.words.level(&normalise(first)).is_none()
}

/// Whether what stands behind a sign begins by saying that there is none of what would be wrong: `❌ none found`, but not
/// `❌ no answer at all`. There may be many signs, and its first words tell.
fn denies(terms: &Terms<'_>, before: &str, behind: &str) -> bool {
    let end = behind.char_indices().nth(DENIAL).map_or(behind.len(), |(at, _)| at);
    let phrase = normalise(&behind[..end]);
    // `Rules: ❌ no tabs`
    let is_rule = || before.ends_with([':', '：']) && phrase.split(' ').nth(2).is_none();
    terms.words.denies(&phrase) && (!terms.lacks(&phrase) || is_rule())
}

/// Whether what stands before a sign asks for it: `Verify: ✅`.
fn expects(terms: &Terms<'_>, before: &str) -> bool {
    let before = before.trim_end_matches(['-', '—', '–', ':', '：', ' ']);
    terms.words.reservations.expects(&normalise(before.rsplit(' ').next().unwrap_or_default()))
}

/// The state that takes back a done item: in capitals before a colon or dash at its start, `FAILED: x`, or in the
/// parenthesis at its end, `(NOT DONE yet)`; in brackets at its start in any letters, `[in progress] x`.
pub(in crate::reading) fn loud<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(State, &'t str)> {
    let is_loud = |word: &str| {
        let letters = || word.chars().filter(|letter| letter.is_alphabetic());
        letters().count() > 1 && letters().all(char::is_uppercase)
    };
    // Nearly all texts begin with one capital.
    let may_begin = text.as_bytes().get(1).is_some_and(|byte| !byte.is_ascii_lowercase());
    let stop = if may_begin { next_stop(text, 0) } else { None };
    let stop = stop.map(|(at, _)| text[..at].trim()).filter(|head| is_loud(head));
    let inside = last_parenthesis(text).filter(|inside| inside.split(' ').next().is_some_and(is_loud));
    let left = |word: &'t str| Some((status::words(terms, word).filter(|state| state.is_left())?, word));
    stop.and_then(left).or_else(|| inside.and_then(left)).or_else(|| bracketed_first(terms, text))
}

/// The state in brackets at the start of a text.
fn bracketed_first<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(State, &'t str)> {
    let (word, _) = text.strip_prefix(['[', '('])?.split_once([']', ')'])?;
    let phrase = normalise(word);
    let state = terms.state(&phrase).filter(|state| state.is_left() && terms.words.opens(&phrase))?;
    Some((state, word))
}

/// The few words in brackets or behind a stop at the end of a done item's text that take it back: `— waiting for the vendor`,
/// `(pending review)`.
pub(in crate::reading) fn remark<'t>(terms: &Terms<'_>, text: &'t str) -> Option<&'t str> {
    let text = text.trim_end_matches(['.', ' ']);
    let behind_stop = || last_stop(text).map(|(_, end)| text[end..].trim());
    let words = last_parenthesis(text).or_else(behind_stop).filter(|words| REMARK.contains(&words.split(' ').count()));
    words.filter(|words| terms.reserves(&normalise(words))).or_else(|| behind_comma(terms, text))
}

/// The few words behind the one comma of a text that end by taking it back: `Backups run, EU pending`. Several commas list
/// things.
fn behind_comma<'t>(terms: &Terms<'_>, text: &'t str) -> Option<&'t str> {
    let (before, words) = text.split_once(", ").filter(|(_, words)| !words.contains([',', '"', '`']))?;
    let is_apart = !before.contains([':', '(']);
    (is_apart && terms.words.reservations.ends_reserved(&normalise(words))).then_some(words)
}

/// Whether a done entry's text ends by taking that back: in a parenthesis, or behind a "but".
pub(in crate::reading) fn reserves(terms: &Terms<'_>, text: &str) -> bool {
    let text = text.trim_end_matches(['.', ' ']);
    let says_left = |part: &str| status::words(terms, part).is_some_and(State::is_left);
    let behind = terms.words.phrases.behind_but(text);
    last_parenthesis(text).is_some_and(|part| takes_back(terms, part))
        || behind.is_some_and(|part| takes_back(terms, part) || says_left(part))
}
