//! Ids of items: `PR-001`, `SEC-1`, `1.2.3`, `{#id}`.

use super::phrase::normalise;
use super::vocabulary::Vocabulary;

/// The id that begins a text, and what follows: `PR-001: …`, `[PR-001] …`, `30.1.2. …`.
pub(super) fn at_start<'t>(words: &Vocabulary, text: &'t str) -> Option<(&'t str, &'t str)> {
    let open = text.starts_with(['[', '(']);
    let inner = if open { &text[1..] } else { text };
    let length = match inner.as_bytes().first()? {
        b'A'..=b'Z' => lettered(inner),
        b'0'..=b'9' => dotted(inner),
        _ => None,
    }?;
    let (id, rest) = inner.split_at(length);
    if !open && (is_standard(words, id) || is_quantity(id, rest) || goes_on(words, id, rest)) || is_level(words, id) {
        return None;
    }
    let rest = if open { rest.strip_prefix([']', ')'])? } else { rest };
    let apart = rest.is_empty()
        || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | ')' | '—' | '–' | ']' | '：'));
    let rest =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | ')' | '-' | '—' | '–' | '：'));
    (apart && !rest.is_empty()).then_some((id, rest))
}

/// Whether a lettered id is the name of a standard, as in `UTF-8 everywhere`.
fn is_standard(words: &Vocabulary, id: &str) -> bool {
    id.split_once('-').is_some_and(|(prefix, _)| words.is_standard(prefix))
}

/// Whether a lettered id is the name of a level: `SEV-0: the site is down`.
fn is_level(words: &Vocabulary, id: &str) -> bool {
    let is_short = matches!(id.as_bytes(), [.., letter, b'-', b'0'..=b'9'] if letter.is_ascii_uppercase());
    is_short && words.level(&normalise(id)).is_some()
}

/// Whether a text goes on from a lettered id to another one of its kind, and so is about both: `SEC-00 through SEC-03 pass`.
fn goes_on(words: &Vocabulary, id: &str, rest: &str) -> bool {
    let Some((prefix, _)) = id.rsplit_once('-') else { return false };
    let Some(rest) = rest.strip_prefix(' ') else { return false };
    let is_alike = |text: &str| text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('-'));
    let Some((word, next)) = rest.split_once(' ') else { return false };
    is_alike(next) && words.joins_ids(word)
}

/// Whether a number of two parts is a quantity, as in `99.9 percent of calls`: a sentence goes on behind it.
fn is_quantity(id: &str, rest: &str) -> bool {
    let two = id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && id.matches('.').count() == 1;
    let next = rest.trim_start();
    two && rest.starts_with(char::is_whitespace) && next.starts_with(|c: char| c.is_lowercase() || c == '%')
}

/// Whether the whole text is an id with a letter prefix.
#[must_use]
pub(super) fn is_lettered(text: &str) -> bool {
    lettered(text) == Some(text.len())
}

/// Whether the whole text is an id of a row: lettered, dotted, or a plain number.
pub(super) fn is_row_id(text: &str) -> bool {
    is_lettered(text)
        || dotted(text) == Some(text.len())
        || (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Length of an id such as `PR-001` or `REL-PRE-001` at the start: 1 to 6 capitals, parts, and a number last.
fn lettered(text: &str) -> Option<usize> {
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=6).contains(&capitals) {
        return None;
    }
    let mut end = None;
    let mut at = capitals;
    while text[at..].starts_with('-') {
        let part = text[at + 1..].bytes().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()).count();
        if part == 0 {
            break;
        }
        let digits = text[at + 1..at + 1 + part].bytes().all(|byte| byte.is_ascii_digit());
        at += 1 + part;
        if digits {
            end = Some(at);
        }
    }
    // `BR-02.01` is a part of what `BR-02` asks for.
    let is_part = |rest: &str| rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    while end == Some(at) && is_part(&text[at..]) {
        at += 1 + text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        end = Some(at);
    }
    end.filter(|&end| end == at && !text[at..].starts_with(|c: char| c.is_alphanumeric()))
}

/// Length of a number with at least two parts at the start: `1.2`, `30.1.2`.
fn dotted(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    let number = text[..length].trim_end_matches('.');
    let sound = number.contains('.') && number.split('.').all(|part| (1..=3).contains(&part.len()));
    (sound && text.as_bytes().get(length).is_none_or(|byte| !byte.is_ascii_alphanumeric())).then_some(number.len())
}
