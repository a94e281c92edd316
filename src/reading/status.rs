//! What a status cell, tail or value says.

use super::legend::Terms;
use super::phrase::{clause_end, cut_parenthesis, is_pictograph, normalise};
use crate::model::State;

/// What a text says about a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing is written.
    Nothing,
    /// A state, by a word or glyph that is known.
    State(State),
    /// A choice is offered and none is made.
    Undecided,
    /// Something that the vocabulary does not know.
    Unknown,
}

impl Said {
    /// The state that counts: silence and what is not understood are open.
    pub(super) fn state(self) -> State {
        match self {
            Self::State(state) => state,
            Self::Nothing | Self::Undecided | Self::Unknown => State::Open,
        }
    }
}

/// Reads a status, as rule 3 of recognition orders it: choices, glyph, box, words; a word beats a glyph.
pub(super) fn said(terms: &Terms<'_>, text: &str) -> Said {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '_' | '*' | '`' | '\u{fe0f}' | '\u{a0}'));
    if text.is_empty() || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '…' | '_')) {
        return Said::Nothing;
    }
    if text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
        && let Some(state) = terms.state(&normalise(text))
    {
        return Said::State(state);
    }
    let offers = text.len() < 200 && text.bytes().any(|byte| matches!(byte, b'/' | b'|' | b'[' | 0xE2 | 0xF0));
    if offers && let Some(choice) = choice(terms, text) {
        return choice;
    }
    let (mark, rest) = leading(terms, text);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':'));
    if !rest.is_empty() {
        if let Some(state) = words(terms, rest) {
            return Said::State(state);
        }
        if let (None, (Some(state), _)) = (mark, trailing(terms, rest)) {
            return Said::State(state);
        }
    }
    match mark {
        Some(state) => Said::State(state),
        None if normalise(text).is_empty() && !text.contains('\u{fffd}') => Said::Unknown,
        None => Said::Unknown,
    }
}

/// The glyph or box that begins a text, as a state, and what follows.
pub(super) fn leading<'t>(terms: &Terms<'_>, text: &'t str) -> (Option<State>, &'t str) {
    let text = text.trim_start();
    if let Some((mark, rest)) = boxed(text) {
        return (terms.mark(mark), rest);
    }
    if let Some((glyph, rest)) = terms.glyph_at(text) {
        return (terms.status_glyph(glyph), rest);
    }
    (None, text)
}

fn trailing<'t>(terms: &Terms<'_>, text: &'t str) -> (Option<State>, &'t str) {
    let text = text.trim_end_matches(['\u{fe0f}', ' ']);
    match text.chars().next_back().filter(|&c| is_pictograph(c)) {
        Some(glyph) => (terms.status_glyph(glyph), &text[..text.len() - glyph.len_utf8()]),
        None => (None, text),
    }
}

/// A box `[x]` at the start of a text: its mark and what follows. `[]` is an empty box too.
pub(super) fn boxed(text: &str) -> Option<(char, &str)> {
    let inner = text.strip_prefix('[')?;
    if let Some(rest) = inner.strip_prefix(']') {
        return (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((' ', rest));
    }
    let mark = inner.chars().next()?;
    let rest = inner[mark.len_utf8()..].trim_start_matches('\u{fe0f}').strip_prefix(']')?;
    let mark = if mark.is_whitespace() { ' ' } else { mark };
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((mark, rest))
}

/// Several boxes, or alternatives between slashes: decided only when one box is ticked.
fn choice(terms: &Terms<'_>, text: &str) -> Option<Said> {
    let boxes: Vec<(usize, State)> = boxes(terms, text);
    if boxes.len() > 1 {
        let ticked: Vec<_> = boxes.iter().enumerate().filter(|(_, (_, state))| *state == State::Done).collect();
        let &[(index, &(at, _))] = ticked.as_slice() else { return Some(Said::Undecided) };
        let end = boxes.get(index + 1).map_or(text.len(), |&(next, _)| next);
        let label = text[at..end]
            .trim_start_matches(|c: char| !c.is_alphabetic() || matches!(c, 'x' | 'X') && text[at..].starts_with('['));
        let label = label.trim_end_matches(|c: char| !c.is_alphanumeric());
        return Some(words(terms, label).map_or(Said::Unknown, Said::State));
    }
    memchr::memchr2(b'/', b'|', text.as_bytes())?;
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

fn boxes(terms: &Terms<'_>, text: &str) -> Vec<(usize, State)> {
    let mut boxes = Vec::new();
    for (at, letter) in text.char_indices() {
        let state = match letter {
            '☐' | '⬜' | '□' | '🔲' => Some(State::Open),
            '☑' | '☒' => Some(State::Done),
            '[' => boxed(&text[at..]).and_then(|(mark, _)| terms.mark(mark)),
            _ => None,
        };
        boxes.extend(state.map(|state| (at, state)));
    }
    boxes
}

/// The state that words name: the whole phrase, what stands before a parenthesis, dash or stop, or the first words of
/// it. First words say "done" only when nothing follows that could take it back: a date, a name, "by", "on".
pub(super) fn words(terms: &Terms<'_>, text: &str) -> Option<State> {
    let whole = normalise(text);
    if let Some(state) = terms.state(&whole) {
        return Some(state);
    }
    let (head, inside) = cut_parenthesis(text);
    let cut = head.find([';', ',', '|', '→', '\n']).unwrap_or(head.len());
    let cut = clause_end(head).map_or(cut, |end| end.min(cut));
    let tail = &head[cut..];
    let head = normalise(&head[..cut]);
    if let Some(state) = terms.state(&head) {
        return Some(if state == State::Done && takes_back(terms, inside, tail) { State::Doing } else { state });
    }
    first_words(terms, &head)
}

/// Whether what follows "done" says that it is not: `(partially)`, `— except the backups`.
fn takes_back(terms: &Terms<'_>, inside: Option<&str>, tail: &str) -> bool {
    let inside = inside.map(normalise).unwrap_or_default();
    let not_done = terms.state(&inside).is_some_and(|state| state != State::Done && state != State::Na);
    let tail = normalise(tail);
    not_done
        || ["except", "but not", "partially", "with conditions"]
            .iter()
            .any(|word| tail.starts_with(word) || inside.starts_with(word))
}

fn first_words(terms: &Terms<'_>, phrase: &str) -> Option<State> {
    for (end, _) in phrase.rmatch_indices(' ') {
        let state = terms.state(&phrase[..end]);
        let Some(state) = state else { continue };
        let next = phrase[end + 1..].split(' ').next().unwrap_or_default();
        let safe = next.starts_with(|c: char| c.is_ascii_digit() || c == '@' || c == '✓')
            || matches!(next, "by" | "on" | "in" | "since" | "at" | "via" | "per");
        return (state != State::Done || safe).then_some(state);
    }
    None
}
