//! What a status cell, tail or value says.

mod boxes;

pub(super) use boxes::{TYPED, box_at, boxed, boxes, bracketed, drawn_state, leading, only_ticked};

use super::Reader;
use super::legend::Terms;
use super::phrase::{clause_end, cut_parenthesis, is_pictograph, normalise};
use super::reservation::{
    counts_others, is_all, is_deed, is_fraction, is_part, is_partial, is_refused, is_score, may_be_needed, takes_back,
};
use super::tables::is_tag_cell;
use crate::finding::Code;
use crate::model::State;
use crate::source::Span;
use boxes::trailing;

/// Words of the longest state that is looked for at the start of a phrase; the built-in ones have three at most.
const LONGEST_STATE: usize = 8;

/// What ends the words for a state, as do the ends of clauses.
const STOPS: [char; 9] = [';', ',', '|', '→', '\n', '，', '、', '。', '；'];

/// What a text says about a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing is written.
    Nothing,
    /// A state, by a word or glyph that is known.
    State(State),
    /// A box or glyph and words that say different things: what counts of it.
    Opposed(State),
    /// A choice is offered and none is made.
    Undecided,
    /// Something that the vocabulary does not know.
    Unknown,
}

impl Said {
    /// The state that counts: silence and what is not understood are open.
    pub(super) fn state(self) -> State {
        match self {
            Self::State(state) | Self::Opposed(state) => state,
            Self::Nothing | Self::Undecided | Self::Unknown => State::Open,
        }
    }

    /// The state that was understood, if any.
    pub(super) fn known(self) -> Option<State> {
        match self {
            Self::State(state) | Self::Opposed(state) => Some(state),
            Self::Nothing | Self::Undecided | Self::Unknown => None,
        }
    }
}

/// Reads a status: choices first, then the glyph or box before it, then words. Of the two counts what says less.
pub(super) fn said(terms: &Terms<'_>, text: &str) -> Said {
    terms.said.of(text, || read(terms, text))
}

/// The same, read anew.
fn read(terms: &Terms<'_>, text: &str) -> Said {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '*' | '`' | '\u{fe0f}' | '\u{a0}'));
    let text = text.strip_prefix("- ").filter(|rest| rest.starts_with('[')).unwrap_or(text);
    if text.is_empty() || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '…' | '_')) {
        return Said::Nothing;
    }
    if text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
        && let Some(state) = terms.state(&normalise(text))
    {
        return Said::State(state);
    }
    let offers = text.bytes().any(|byte| matches!(byte, b'/' | b'|' | b'[' | 0xE2 | 0xF0));
    let boxes = if offers { boxes(terms, text) } else { Vec::new() };
    if offers
        && text.len() < 200
        && let Some(choice) = choice(terms, text, &boxes)
    {
        return choice;
    }
    let (mark, rest) = leading(terms, text);
    let denies = || terms.words.denies(&normalise(rest));
    let is_colour = terms.is_colour_at(text);
    let said = match is_colour.then(|| words(terms, rest)).flatten().filter(|_| !denies()) {
        // `🟢 On track`: a colour is nobody's tick, and what is written beside it counts.
        Some(state) if state.is_left() => Said::State(state),
        None if is_colour && cut_parenthesis(rest).0.contains(char::is_alphabetic) => match marked(terms, mark, rest) {
            Said::State(State::Done) if !denies() => Said::Unknown,
            said => said,
        },
        _ => marked(terms, mark, rest),
    };
    match (boxes.as_slice(), said) {
        _ if rest.trim().is_empty() => said,
        (&[(_, State::Done)], Said::State(state)) if state.is_left() => Said::Opposed(state),
        (&[(_, state)], Said::State(State::Done) | Said::Opposed(State::Done)) if state != State::Done => {
            Said::Opposed(state)
        }
        _ => said,
    }
}

/// What words say behind a mark, or the mark where they say nothing. A word beats a mark, but never says "done" over one
/// that does not.
fn marked(terms: &Terms<'_>, mark: Option<State>, rest: &str) -> Said {
    let is_done = mark == Some(State::Done);
    let opposed = is_done && glyphs(terms, rest).any(State::is_left);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':'));
    let said = words(terms, rest).filter(|&state| {
        !is_done
            || state == State::Na && is_whole(terms, rest)
            || state == State::Open && begins_with(terms, rest, |first| first == State::Na)
            || !(terms.words.is_remark(&normalise(rest))
                || is_compound(terms, rest)
                || state == State::Na && is_deed(terms, &normalise(head(rest))))
    });
    // `Done ❌`: what leads entries of lists is a state behind a word too; boxes are compared elsewhere.
    let signs = || cut_parenthesis(rest).0.chars().filter(|&sign| !terms.words.boxes.is_one(sign));
    let is_crossed = || signs().filter_map(|sign| terms.listed_glyph(sign)).any(State::is_left);
    match (said, mark) {
        (Some(State::Done), None) if is_crossed() => return Said::Opposed(State::Doing),
        (Some(State::Done), _) if opposed => return Said::Opposed(State::Doing),
        (Some(State::Done), Some(mark)) if mark.is_left() => return Said::Opposed(mark),
        // `✅ Waiting room live`: a state, or the name of something.
        (Some(state), _)
            if is_done && state.is_left() && !is_whole(terms, rest) && begins_with(terms, rest, State::is_left) =>
        {
            return Said::Opposed(state);
        }
        // `✅ Skipped drill`: left out, or done by leaving something out.
        (Some(State::Na), _) if is_done && !is_whole(terms, rest) && omits(terms, rest) => {
            return Said::Opposed(State::Na);
        }
        (Some(state), _) => return Said::State(state),
        (None, _) if opposed || is_done && rest.contains('?') && !rest.contains(char::is_alphanumeric) => {
            return Said::Undecided;
        }
        // `✅ Required`: a level, whatever is said of it.
        (None, _) if is_done && terms.words.level(&normalise(rest)).is_some() => return Said::Unknown,
        (None, _) if is_done && (takes_back(terms, rest) || is_fraction(terms, rest)) => {
            return Said::Opposed(State::Doing);
        }
        (None, _) => {}
    }
    match (mark, trailing(terms, rest)) {
        (None, (Some(State::Done), before)) if takes_back(terms, before) => Said::Unknown,
        (None, (Some(state), _)) => Said::State(state),
        (None, _) => Said::Unknown,
        (Some(state), _) => Said::State(state),
    }
}

/// Whether a text begins with a word for leaving something out and goes on.
fn omits(terms: &Terms<'_>, text: &str) -> bool {
    terms.words.reservations.begins_with_deed(&normalise(head(text)))
}

/// Whether a text names a state by itself, a note behind it left out.
fn is_whole(terms: &Terms<'_>, text: &str) -> bool {
    terms.state(&normalise(text)).is_some() || terms.state(&normalise(head(text))).is_some()
}

/// Whether the first words of a text name a state of some kind.
fn begins_with(terms: &Terms<'_>, text: &str, is_kind: impl Fn(State) -> bool) -> bool {
    first_state(terms, &normalise(head(text))).is_some_and(|(_, state)| is_kind(state))
}

/// Whether a text behind a tick only begins like a state: `Non-profit`, `Open source`, `Review done`.
fn is_compound(terms: &Terms<'_>, text: &str) -> bool {
    let head = head(text);
    let first = head.split_whitespace().next().unwrap_or_default();
    let reservations = &terms.words.reservations;
    // `Pending-approval` waits all the same.
    let is_glued = first.split_once('-').is_some_and(|(part, _)| reservations.is_prefix(&normalise(part)));
    let is_glued = is_glued && terms.state(&normalise(first)).is_none();
    let phrase = normalise(head);
    let is_done = |rest: &str| !rest.is_empty() && says_done(terms, rest);
    is_glued || reservations.names(&phrase) || reservations.behind_activity(&phrase).is_some_and(is_done)
}

/// The states of the glyphs in a text; what stands in parentheses, `(was ❌)`, is a remark.
fn glyphs(terms: &Terms<'_>, text: &str) -> impl Iterator<Item = State> {
    cut_parenthesis(text).0.chars().filter(|&c| is_pictograph(c)).filter_map(|glyph| terms.status_glyph(glyph))
}

/// Several boxes, or alternatives between slashes: decided only when one box is ticked.
fn choice(terms: &Terms<'_>, text: &str, boxes: &[(usize, State)]) -> Option<Said> {
    if boxes.len() > 1 {
        let Some(ticked) = only_ticked(text, boxes) else { return Some(Said::Undecided) };
        let label = ticked
            .trim_start_matches(|c: char| !c.is_alphabetic() || matches!(c, 'x' | 'X') && ticked.starts_with('['));
        let label = label.trim_end_matches(|c: char| !c.is_alphanumeric());
        return Some(words(terms, label).map_or(Said::Unknown, Said::State));
    }
    memchr::memchr2(b'/', b'|', text.as_bytes())?;
    // `✅ / to be confirmed`
    if let (Some(State::Done), rest) = leading(terms, text)
        && let Some(other) = rest.trim_start_matches(['\u{fe0f}', ' ', '\u{a0}']).strip_prefix("/ ")
    {
        // A day or a handle tells when or who.
        let is_told = is_tag_cell(other) || other.starts_with('@');
        let is_done = is_told || matches!(read(terms, other), Said::State(State::Done) | Said::Nothing);
        return Some(if is_done { Said::State(State::Done) } else { Said::Undecided });
    }
    let bare = normalise(text);
    if terms.state(&bare).is_some() || !bare.contains(['/', '|']) {
        return None;
    }
    let (head, _) = cut_parenthesis(&bare);
    if head.split_whitespace().count() > 8 {
        return None;
    }
    let options: Vec<&str> = head.split(['/', '|']).map(str::trim).collect();
    let known = options.iter().all(|option| terms.is_answer(option) || option.is_empty());
    (options.len() > 1 && known && options.iter().any(|option| !option.is_empty())).then_some(Said::Undecided)
}

/// The state that words name: the whole phrase, what stands before a parenthesis, dash or stop, or the first words of
/// it. "Done" with something behind it that takes it back is only being done.
pub(super) fn words(terms: &Terms<'_>, text: &str) -> Option<State> {
    let whole = normalise(text);
    if let Some(state) = terms.state(&whole) {
        return Some(state);
    }
    let head = head(text);
    let phrase = if head.len() == text.len() { whole } else { normalise(head) };
    let is_done = |rest: &str| terms.state(rest) == Some(State::Done);
    let all =
        || is_all(terms, &phrase).filter(|rest| is_done(rest) && !counts_others(terms, text)).map(|_| State::Done);
    let together = || says_done(terms, &phrase).then_some(State::Done);
    let nearly = || terms.words.phrases.is_nearly(&phrase, |rest| terms.state(rest) == Some(State::Done));
    let nearly = || nearly().then_some(State::Doing);
    let state =
        terms.state(&phrase).or_else(|| first_words(terms, &phrase)).or_else(together).or_else(nearly).or_else(all)?;
    let behind = &text[text.find(head)? + head.len()..];
    if terms.words.reservations.is_scored(&phrase) && is_score(behind) {
        return Some(state);
    }
    Some(qualified(terms, state, behind))
}

/// A text up to the first parenthesis, dash or stop.
fn head(text: &str) -> &str {
    let (head, _) = cut_parenthesis(text);
    let cut = match head.is_ascii() {
        true => head.bytes().position(|byte| STOPS.contains(&char::from(byte))),
        false => head.find(STOPS),
    };
    let cut = cut.unwrap_or(head.len());
    let cut = clause_end(head).map_or(cut, |end| end.min(cut));
    &head[..cut]
}

/// Whether every part of a phrase says "done": `tested and approved`, `fully tested`, `ready for production`.
fn says_done(terms: &Terms<'_>, phrase: &str) -> bool {
    let phrases = &terms.words.phrases;
    // Most long ones have no such word at all.
    let mut words = phrase.split(' ');
    if words.clone().nth(5).is_some() && !words.any(|word| terms.state(word) == Some(State::Done)) {
        return false;
    }
    let is_done = |part: &str| {
        let bare = phrases.bare(part);
        terms.state(bare).or_else(|| first_words(terms, bare)) == Some(State::Done)
    };
    phrases.parts(phrase).all(is_done)
}

/// A state with what stands beside it: "done" is only being done where that takes it back, and what is not needed
/// yet is open.
pub(super) fn qualified(terms: &Terms<'_>, state: State, beside: &str) -> State {
    match state {
        State::Done if is_refused(terms, beside) => State::Na,
        State::Done if takes_back(terms, beside) || is_partial(terms, beside) => State::Doing,
        State::Na if may_be_needed(terms, beside) => State::Open,
        _ => state,
    }
}

/// The longest name of a state that a phrase begins with before more words: where it ends, and the state.
fn first_state(terms: &Terms<'_>, phrase: &str) -> Option<(usize, State)> {
    let last = memchr::memchr_iter(b' ', phrase.as_bytes()).take(LONGEST_STATE).last()?;
    let mut ends = memchr::memrchr_iter(b' ', &phrase.as_bytes()[..=last]);
    ends.find_map(|end| Some((end, terms.state(&phrase[..end])?)))
}

/// The state that the first words of a phrase name. They say "done" only when a date, a name, "by" or "on" follows.
fn first_words(terms: &Terms<'_>, phrase: &str) -> Option<State> {
    let (end, state) = first_state(terms, phrase)?;
    let rest = &phrase[end + 1..];
    let (next, behind) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_until = next == "by" && behind.split(' ').next().is_some_and(is_year);
    let is_safe =
        next.starts_with(|c: char| c.is_ascii_digit() || c == '@' || c == '✓') || terms.words.reservations.join(next);
    match state {
        State::Done if terms.words.reservations.refuses(rest) => Some(State::Na),
        State::Done if is_until || is_part(terms, rest) || is_part(terms, behind) => Some(State::Doing),
        State::Done if terms.reserves(rest) || terms.words.reservations.narrow(rest) => Some(State::Doing),
        State::Done => (is_safe && !terms.words.reservations.is_made(&phrase[..end])).then_some(state),
        State::Na if may_be_needed(terms, rest) => Some(State::Open),
        _ => Some(state),
    }
}

impl Reader<'_> {
    /// Tells of a status that decides nothing, disagrees with itself or is not known.
    pub(super) fn tell(&mut self, said: Said, text: &str, place: Span) {
        let shown = text.trim();
        match said {
            Said::Undecided => {
                let message = format!("`{shown}` says more than one thing and decides nothing; the item is open");
                self.find(Code::Undecided, place, &message, "leave only the answer that holds");
            }
            Said::Opposed(state) => {
                let message = format!("the mark and the words of `{shown}` disagree; the item is {}", state.label());
                self.find(Code::BoxAgainstWord, place, &message, "make the mark and the words agree");
            }
            Said::Unknown => self.unknown_state(text, place),
            Said::Nothing | Said::State(_) => {}
        }
    }
}
