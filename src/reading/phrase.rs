//! Phrases in the form in which the vocabulary knows them.

use std::ops::Range;
use unicode_properties::{EmojiStatus, UnicodeEmoji};

/// What a byte of ASCII is in a phrase: itself in lower case, a space, or nothing (0).
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b' ' | b'-' | b'_' | b'\t' | b'\n' | b'\x0c' | b'\r' => b' ',
            b'*' | b'`' | b'~' | b'"' => 0,
            _ => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    table
};

// What bytes are: bits of [`KINDS`].
const SPACE: u8 = 1;
const REWRITTEN: u8 = 4;
const BEYOND_ASCII: u8 = 8;

/// What each byte is: a space, something that [`ASCII`] changes beyond its case, or no ASCII.
const KINDS: [u8; 256] = {
    let mut kinds = [BEYOND_ASCII; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match ASCII[byte] {
            b' ' if byte == b' ' as usize => SPACE,
            b' ' | 0 => REWRITTEN,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// Lower case, without markup and emoji, hyphens and line breaks as single spaces, without punctuation at the ends.
#[must_use]
pub(super) fn normalise(text: &str) -> String {
    // This is asked of all phrases, of some several times, and nearly all are words with single spaces.
    let kinds = text.bytes().fold(0, |kinds, byte| kinds | KINDS[usize::from(byte)]);
    let has_two = || kinds == SPACE && text.as_bytes().windows(2).any(|pair| pair == b"  ");
    match kinds {
        0 | SPACE if !has_two() => {
            let bytes = text.as_bytes();
            let start = bytes.iter().position(|&byte| !is_edge(byte)).unwrap_or(bytes.len());
            let end = bytes.iter().rposition(|&byte| !is_edge(byte)).map_or(start, |last| last + 1);
            text[start..end].to_ascii_lowercase()
        }
        _ if kinds & BEYOND_ASCII == 0 => normalise_ascii(text),
        _ => normalise_any(text),
    }
}

/// Whether a byte is left out at the ends of a phrase.
fn is_edge(byte: u8) -> bool {
    matches!(byte, b' ' | b'\x0b' | b'.' | b':' | b';' | b'!' | b',' | b'|' | b'>')
}

/// The first two bytes of the normalised text, 0 for each that it does not have; nothing where bytes alone do not tell.
pub(super) fn normalised_start(text: &str) -> Option<[u8; 2]> {
    if !text.is_ascii() {
        return None;
    }
    let mut kept = text.bytes().map(|byte| ASCII[usize::from(byte & 127)]).filter(|&byte| byte != 0);
    let first = kept.find(|&byte| !is_edge(byte));
    // What may be left out at the end is not, if something else follows.
    let second = kept.next().filter(|&byte| !is_edge(byte) || kept.any(|byte| !is_edge(byte)));
    Some([first, second].map(Option::unwrap_or_default))
}

fn normalise_ascii(text: &str) -> String {
    let mut phrase = Vec::with_capacity(text.len());
    for byte in text.bytes().map(|byte| ASCII[usize::from(byte & 127)]) {
        // Whatever is trimmed at the start is not written at all.
        let skipped = byte == 0 || byte == b' ' && phrase.last() == Some(&b' ') || phrase.is_empty() && is_edge(byte);
        if !skipped {
            phrase.push(byte);
        }
    }
    let end = phrase.iter().rposition(|&byte| !is_edge(byte)).map_or(0, |last| last + 1);
    phrase.truncate(end);
    String::from_utf8(phrase).unwrap_or_default()
}

fn normalise_any(text: &str) -> String {
    let mut phrase = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            _ if letter.is_ascii() => match ASCII[letter as usize] {
                0 => {}
                b' ' => space(&mut phrase),
                byte => phrase.push(char::from(byte)),
            },
            '“' | '”' | '\u{fe0f}' | '\u{200d}' | '\u{feff}' | '\u{fffd}' | '\u{20e3}' => {}
            '’' | '‘' | 'ʼ' => phrase.push('\''),
            '‐' | '‑' => space(&mut phrase),
            // Turkish: lower case is an `i`, of which Unicode says that it keeps a dot of its own.
            'İ' => phrase.push('i'),
            '\u{307}' if phrase.ends_with('i') => {}
            _ if letter.is_whitespace() || is_pictograph(letter) => space(&mut phrase),
            _ => phrase.extend(letter.to_lowercase()),
        }
    }
    let edge = |c: char| {
        c.is_whitespace() || matches!(c, '.' | ':' | ';' | '!' | ',' | '：' | '。' | '|' | '–' | '—' | '•' | '·' | '>')
    };
    phrase.truncate(phrase.trim_end_matches(edge).len());
    let start = phrase.len() - phrase.trim_start_matches(edge).len();
    if start > 0 {
        phrase.drain(..start);
    }
    phrase
}

/// The first place from `from` on where words are set apart by a colon, an arrow or a dash between spaces: its start
/// and end.
pub(super) fn next_stop(text: &str, from: usize) -> Option<(usize, usize)> {
    first_stop(text, from..text.len())
}

/// The first of some places in a text where a stop begins. This is asked of every item: nearly all bytes are ruled out by
/// themselves, and spaces by the byte behind, before [`stop_at`] is asked.
fn first_stop(text: &str, places: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let may_be = |at: usize| match bytes[at] {
        b':' | 0xEF => true,
        b' ' => matches!(bytes.get(at + 1), Some(b'-' | b'=' | 0xE2)),
        _ => false,
    };
    places.filter(|&at| may_be(at)).find_map(|at| Some((at, at + stop_at(bytes, at)?)))
}

/// All places that [`next_stop`] finds, one behind the other.
pub(super) fn stops(text: &str) -> impl Iterator<Item = (usize, usize)> {
    std::iter::successors(next_stop(text, 0), |stop| next_stop(text, stop.1))
}

/// The first place where words are set apart by a colon, a stop or a dash before a space.
pub(super) fn clause_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find(|&at| {
        matches!(
            bytes[at..],
            [b':' | b'.', b' ', ..]
                | [b' ', b'-', b' ', ..]
                | [b' ', 0xE2, 0x80, 0x93 | 0x94, b' ', ..]
                | [0xE2, 0x80, 0x93 | 0x94, b' ', ..]
        )
    })
}

/// The last place where [`next_stop`] would find one.
pub(super) fn last_stop(text: &str) -> Option<(usize, usize)> {
    first_stop(text, (0..text.len()).rev())
}

/// Length of the stop that begins at a byte: `: `, ` - `, ` -- `, ` – `, ` — `, ` → `, ` -> `, ` => `, `：`.
pub(super) fn stop_at(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes[at..] {
        [b':', b' ', ..] => Some(2),
        [b' ', b'-', b' ', ..] => Some(3),
        [b' ', b'-', b'-' | b'>', b' ', ..] | [b' ', b'=', b'>', b' ', ..] => Some(4),
        [b' ', 0xE2, 0x80, 0x93 | 0x94, b' ', ..] | [b' ', 0xE2, 0x86, 0x92, b' ', ..] => Some(5),
        [0xEF, 0xBC, 0x9A, ..] => Some(3),
        _ => None,
    }
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
    // `3. 6 styles`: what is counted is no number of the heading.
    let end = text[..end].find(". ").map_or(end, |stop| stop + 2);
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

/// A text with a capital at its start, as names have.
#[must_use]
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first word of a text, and what is behind the space that ends it. Words are short: the search of the standard
/// library takes longer to begin than they are.
pub(super) fn split_word(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == b' ')?;
    Some((&text[..at], &text[at + 1..]))
}

/// Where the last sign of a kind begins in a text, and how many bytes it takes. Letters and digits of ASCII and spaces, which
/// most of a text is, are no signs.
pub(super) fn rfind_sign(text: &str, is_one: impl Fn(char) -> bool) -> Option<(usize, usize)> {
    let may_be = |byte: u8| !matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b' ' | 0x80..=0xBF);
    let mut signs = (0..text.len()).rev().filter(|&at| may_be(text.as_bytes()[at]));
    signs.find_map(|at| {
        let sign = text[at..].chars().next()?;
        is_one(sign).then(|| (at, sign.len_utf8()))
    })
}

/// What stands before the last space of a text, and the word behind it.
pub(super) fn rsplit_word(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == b' ')?;
    Some((&text[..at], &text[at + 1..]))
}

/// What stands before a parenthesis, and what stands in it.
#[must_use]
pub(super) fn cut_parenthesis(text: &str) -> (&str, Option<&str>) {
    let bytes = text.as_bytes();
    let is_wide = |at: usize| bytes[at] == 0xEF && bytes[at..].starts_with("（".as_bytes());
    let Some(open) = (0..bytes.len()).find(|&at| bytes[at] == b'(' || is_wide(at)) else { return (text.trim(), None) };
    let inner = text[open..].trim_start_matches(['(', '（']);
    let inner = inner.find([')', '）']).map_or(inner, |close| &inner[..close]);
    (text[..open].trim(), Some(inner.trim()))
}

/// What stands before the last brackets of a text that ends with them, and what stands in them.
pub(super) fn last_brackets(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix([')', ']', '）'])?;
    let (at, width) = rfind_sign(inner, |c| matches!(c, '(' | '[' | '（'))?;
    Some((&inner[..at], &inner[at + width..]))
}

/// What stands in the parenthesis that ends a text.
#[must_use]
pub(super) fn last_parenthesis(text: &str) -> Option<&str> {
    let inner = text.strip_suffix(')')?;
    memchr::memrchr(b'(', inner.as_bytes()).map(|open| &inner[open + 1..])
}

/// Whether `phrase` stands in `text` with word boundaries around it; letters of scripts without spaces need none.
#[must_use]
pub(super) fn contains_phrase(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, found)| is_bounded(text, at..at + found.len()))
}

/// Whether a range of a text has word boundaries around it: `Slack投稿記録` has one between its scripts.
#[must_use]
pub(super) fn is_bounded(text: &str, range: Range<usize>) -> bool {
    let bound = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic() || c > '\u{2e80}');
    let (before, found, behind) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let starts = bound(before.chars().next_back()) || bound(found.chars().next());
    starts && (bound(behind.chars().next()) || bound(found.chars().next_back()))
}

#[cfg(test)]
mod tests;
