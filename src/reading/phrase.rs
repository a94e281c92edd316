//! Phrases in the form in which the vocabulary knows them.

use std::ops::Range;
use unicode_properties::{EmojiStatus, UnicodeEmoji};

/// Lower case, without markup and emoji, hyphens and line breaks as single spaces, without punctuation at the ends.
#[must_use]
pub(super) fn normalise(text: &str) -> String {
    let mut phrase = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '*' | '`' | '~' | '"' | '“' | '”' | '\u{fe0f}' | '\u{200d}' | '\u{feff}' | '\u{fffd}' | '\u{20e3}' => {}
            '’' | '‘' | 'ʼ' => phrase.push('\''),
            '-' | '‐' | '‑' | '_' => space(&mut phrase),
            _ if letter.is_whitespace() => space(&mut phrase),
            _ if letter.is_ascii() => phrase.push(letter.to_ascii_lowercase()),
            _ if is_pictograph(letter) => space(&mut phrase),
            _ => phrase.extend(letter.to_lowercase()),
        }
    }
    let trimmed = phrase.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ':' | ';' | '!' | ',' | '：' | '。' | '|' | '–' | '—' | '•' | '·' | '>')
    });
    if trimmed.len() == phrase.len() { phrase } else { trimmed.to_owned() }
}

fn space(phrase: &mut String) {
    if !phrase.is_empty() && !phrase.ends_with(' ') {
        phrase.push(' ');
    }
}

/// Whether a character is a picture rather than a letter, digit or punctuation.
#[must_use]
pub(super) fn is_pictograph(letter: char) -> bool {
    if letter.is_ascii() || letter.is_alphanumeric() {
        return false;
    }
    let status = letter.emoji_status();
    !matches!(status, EmojiStatus::NonEmoji)
        || matches!(letter, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// The text without a number or letter that orders it: `3. Licence`, `3.1) Licence`, `A. Licence`, `§4 Licence`.
#[must_use]
pub(super) fn without_number(text: &str) -> &str {
    let text = text.trim_start();
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '§' | '&' | ' ' | '#'))).unwrap_or(text.len());
    let number = &text[..end];
    if number.bytes().any(|byte| byte.is_ascii_digit()) {
        let rest = text[end..].trim_start_matches([')', ':', '-', '–', '—', ' ']);
        let apart = number.ends_with([' ', '.']) || text[end..].starts_with([')', ':', '-', '–', '—']);
        return if apart && !rest.is_empty() { rest } else { text };
    }
    let mut letters = text.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(first), Some('.' | ')'), Some(' ')) if first.is_ascii_uppercase() => letters.as_str().trim_start(),
        _ => text,
    }
}

/// What stands before a parenthesis, and what stands in it.
#[must_use]
pub(super) fn cut_parenthesis(text: &str) -> (&str, Option<&str>) {
    let Some(open) = text.find(['(', '（']) else { return (text.trim(), None) };
    let inner = text[open..].trim_start_matches(['(', '（']);
    let inner = inner.find([')', '）']).map_or(inner, |close| &inner[..close]);
    (text[..open].trim(), Some(inner.trim()))
}

/// Whether `phrase` stands in `text` with word boundaries around it; letters of scripts without spaces need none.
#[must_use]
pub(super) fn contains_phrase(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, found)| is_bounded(text, at..at + found.len()))
}

/// Whether a range of a text has word boundaries around it.
#[must_use]
pub(super) fn is_bounded(text: &str, range: Range<usize>) -> bool {
    let bound = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic() || c > '\u{2e80}');
    bound(text[..range.start].chars().next_back()) && bound(text[range.end..].chars().next())
}
