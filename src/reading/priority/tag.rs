//! Priorities as tags of items: at the start of their text, `[P1] Ropes`, and at its end, `Ropes (P1)`.

use super::among::{among, has_code, one_of};
use super::{Priority, direct, is_priority, stated, step};
use crate::markdown::{Inline, Piece, Tree};
use crate::model::{Level, State};
use crate::reading::legend::Terms;
use crate::reading::lines;
use crate::reading::phrase::{is_pictograph, next_stop, normalise, stop_at};
use crate::reading::signs::{Signed, Signs};
use crate::reading::vocabulary::{Tag, Vocabulary};

/// The bytes at the start of a text in which the stop behind a tag stands.
const NEAR: usize = 28;

/// The most bytes of a tag before a stop, or of a key.
const WORD: usize = 24;

/// Whether a tag is a key without its value: `(Blocker: ...)`.
fn is_blank(word: &str) -> bool {
    word.split_once([':', '：']).is_some_and(|(_, value)| !value.contains(char::is_alphanumeric))
}

/// The priority at the end of an item's text, and the text before it: `(P1)`, `[High, for the launch]`,
/// `— Priority: High`, `— P1`.
pub(in crate::reading) fn at_end<'t>(terms: &Terms<'_>, text: Signed<'t>) -> Option<(Priority, &'t str)> {
    let (level, word, before) = bracketed_end(terms.words, text.text)
        .or_else(|| keyed_end(terms, text))
        .or_else(|| dashed_end(terms.words, text.text))
        .filter(|(_, word, _)| !terms.is_version_part(word) && !is_blank(word))?;
    let before = before
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',' | ';' | '|' | '·' | '•'));
    Some((Priority { level, text: word.trim().into() }, before))
}

/// The priority in brackets near the end of an item's text, behind which only a link, a number or other brackets stand:
/// `(P0) #123`, `(P0) (2 h)`. `tail` is the length of the link that ends the text.
pub(in crate::reading) fn near_end(terms: &Terms<'_>, text: &str, tail: usize) -> Option<Priority> {
    // Nearly all items are ruled out by their bytes: no bracket (the wide one ends in 88) before a P.
    let bytes = text.as_bytes();
    let opens_code = |at: usize| matches!(bytes.get(at + 1), Some(b'P' | b'p'));
    memchr::memchr3_iter(b'(', b'[', 0x88, bytes).any(opens_code).then_some(())?;
    let text = text.get(..text.len().checked_sub(tail)?)?.trim_end();
    let starts = text.rmatch_indices(['(', '[', '（']).take(3);
    for (at, open) in starts {
        let (inside, rest) = text[at + open.len()..].split_once([')', ']', '）'])?;
        if let Some(level) = direct(terms.words, &normalise(inside)).filter(|_| is_step(inside)) {
            let words = rest.split(['(', '[', '（']).next().unwrap_or_default();
            let is_number = |word: &str| word.trim_matches(['#', ',']).bytes().all(|byte| byte.is_ascii_digit());
            let plain = words.split_whitespace().all(|word| is_number(word) || !word.contains(char::is_alphanumeric));
            return plain.then(|| Priority { level, text: inside.into() });
        }
    }
    None
}

/// The priority that ends an item's text in bold or code, and the text before it: `Ropes **P0**`, `` Ropes `P0` ``. A word
/// that goes on with the sentence, `set to **High**`, is none.
pub(in crate::reading) fn marked_end<'t>(
    terms: &Terms<'_>,
    tree: &Tree<'_>,
    pieces: &[Piece],
    text: &'t str,
) -> Option<(Priority, &'t str)> {
    let last = pieces.last()?;
    let start = match last.inline {
        Inline::Code => pieces.len() - 1,
        Inline::StrongEnd => pieces.iter().rposition(|piece| piece.inline == Inline::Strong)?,
        _ => return None,
    };
    let marked = tree.plain(&pieces[start..]);
    let word = marked.trim().trim_matches(['[', ']', '(', ')']);
    // `Contrast **High**` may be what the item is about.
    let is_set_apart =
        || text.strip_suffix(marked.trim()).is_some_and(|before| before.trim_end().ends_with(['—', '–', '|']));
    let is_tag = is_step(word) || word.len() < marked.trim().len() || is_set_apart();
    let phrase = if is_tag { normalise(word) } else { return None };
    // `**Blocking**` is the state of an item.
    let is_state = || terms.state(&phrase) == Some(State::Blocked);
    let level = direct(terms.words, &phrase).filter(|_| !is_state())?;
    let before = text.strip_suffix(marked.trim())?.trim_end_matches([' ', ':', '-', '–', '—']);
    let last_word = before.rsplit(' ').next().unwrap_or_default();
    let is_apart = !before.is_empty() && !terms.words.phrases.continues(&normalise(last_word));
    (is_apart && !terms.is_version_part(word)).then(|| (Priority { level, text: word.into() }, before))
}

/// The priority that dashes or brackets set apart in the midst of a text or at its end, and the words behind a dot beside
/// it: `— P1 · Crew — twice`, `(P2)`. Only codes of levels are never part of the sentence there.
pub(in crate::reading) fn set_apart<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Priority, &'t str)> {
    let bytes = text.as_bytes();
    let is_key = |&at: &usize| {
        at > 2 && matches!(bytes[at - 1], b' ' | b'(' | b'[') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    memchr::memchr_iter(b'P', bytes).filter(is_key).take(4).find_map(|at| {
        let (before, word, behind) = (text[..at].trim_end(), &text[at..at + 2], &text[at + 2..]);
        let close = match before.chars().next_back()? {
            '(' => Some(')'),
            '[' => Some(']'),
            '—' | '–' | '-' | '|' if bytes[at - 1] == b' ' => None,
            _ => return None,
        };
        let (inside, rest) = match close {
            Some(close) => behind.split_once(close)?,
            None => (behind.split(['—', '–']).next()?.split(" - ").next()?, "—"),
        };
        // `— P1, Crew, 2 days`: what commas part may be anything.
        let is_listed = close.is_none() && inside.starts_with(',');
        let words = inside.trim_start().trim_start_matches(['·', '•', '|']);
        let words = if is_listed { &words[1..] } else { words };
        // `All (P0) faults` goes on with the sentence.
        let is_alone =
            || inside.trim().is_empty() || close.is_some() && among(terms, &text[at..at + 2 + inside.len()]).is_some();
        let is_before_stop = || rest.trim_start().starts_with(['—', '–', '-', ':']) && is_alone();
        let is_parted = words.len() < inside.trim_start().len() || is_before_stop();
        // `P0 — P1`, `P1 · P2`
        let last = before.trim_end_matches(['—', '–', '-', '|', ' ']).rsplit(' ').next().unwrap_or_default();
        let is_range = is_step(last) || words.split([' ', ',']).any(is_step);
        let level = terms.words.level(&normalise(word)).filter(|_| is_parted && !is_range)?;
        Some((Priority { level, text: word.into() }, if is_listed { "" } else { words.trim() }))
    })
}

/// The priority that one of the hashtags at the end of a text is: `#P0`.
pub(in crate::reading) fn hashtag(terms: &Terms<'_>, hashtags: &str) -> Option<Priority> {
    let mut words = hashtags.split(' ').filter_map(|word| word.strip_prefix('#'));
    words.find_map(|word| Some(Priority { level: step(terms.words, word)?, text: word.into() }))
}

/// The priority that a hashtag before the handles at the end of an item's text is: `#P0 @crew`.
pub(in crate::reading) fn hashtag_before_handles(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    let at = memchr::memmem::find(text.as_bytes(), b" #P")?;
    let is_tag = |word: &str| word.starts_with(['@', '#']);
    let is_last = text[at..].split_whitespace().all(is_tag);
    if is_last { hashtag(terms, &text[at..]) } else { None }
}

/// The priority in the second of the brackets that a text begins with: `[Ropes][P0] Splice them`.
pub(in crate::reading) fn behind_bracket(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    let (_, rest) = text.strip_prefix('[')?.split_once(']')?;
    let (level, word, _) = bracketed(terms.words, rest.trim_start()).filter(|(_, word, _)| is_step(word))?;
    Some(Priority { level, text: word.into() })
}

/// The priority tag at the start of an item's text, and the text without it. `marked` is the text of the bold
/// or code span that begins the item, where one does.
pub(in crate::reading) fn tag<'t>(
    terms: &Terms<'_>,
    signed: Signed<'t>,
    marked: Option<&str>,
) -> (Option<Priority>, &'t str) {
    let signed = signed.part(signed.text.trim());
    let text = signed.text;
    if let Some((level, word, rest)) = bracketed(terms.words, text)
        .filter(|(_, word, _)| !terms.is_told(word))
        .or_else(|| marked.and_then(|span| spanned(terms.words, text, span)))
        .or_else(|| stopped(terms.words, signed))
        .or_else(|| hashed(terms.words, text))
        .filter(|(_, word, _)| !terms.is_version_part(word))
    {
        return (
            Some(Priority { level, text: word.trim().into() }),
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—')),
        );
    }
    if let Some((level, word)) = first_of_several(terms.words, signed)
        .or_else(|| code_before_stop(terms.words, signed))
        .or_else(|| marked.and_then(|span| first_in_bold(terms.words, text, span)))
    {
        return (Some(Priority { level, text: word.trim().into() }), text);
    }
    if let Some(found) = among_others(terms, text) {
        return (Some(found), text);
    }
    if let Some((glyph, rest)) = terms.glyph_at(text)
        && let Some(level) = terms.glyph_level(glyph)
    {
        return (Some(Priority { level, text: glyph.to_string().into() }), rest.trim_start());
    }
    (None, text)
}

/// A level, the words that name it, and the rest of the text.
type Found<'t> = Option<(Level, &'t str, &'t str)>;

/// The level in brackets at the start of a text: `[P1] Ropes`.
pub(super) fn bracketed<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    let open = text.chars().next().filter(|c| matches!(c, '[' | '(' | '【'))?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        _ => '】',
    };
    let (inside, rest) = text[open.len_utf8()..].split_once(close)?;
    direct(words, &normalise(inside)).map(|level| (level, inside, rest))
}

/// The first level of several, or of a level and more, at the start of a text: `[P0, launch] Ropes`, `(P0; due Friday)`,
/// `P0/P1: Ropes`. Only codes of levels are never part of a sentence there, and the text keeps what else is said.
fn first_of_several<'t>(words: &Vocabulary, Signed { text, signs }: Signed<'t>) -> Option<(Level, &'t str)> {
    if !signs.have_code() {
        return None;
    }
    let bare = text.trim_start_matches(['[', '(']);
    let (code, rest) = bare.split_at_checked(2).filter(|(code, _)| is_step(code))?;
    let is_apart = match text.len() - bare.len() {
        0 => rest.trim_start().strip_prefix('/').is_some_and(|next| {
            let other = next.trim_start().split_at_checked(2);
            other.is_some_and(|(other, rest)| is_step(other) && next_stop(rest, 0).is_some_and(|(at, _)| at == 0))
        }),
        1 => rest.trim_start().starts_with([',', ';', '/', '|']) && rest.contains([']', ')']),
        _ => false,
    };
    words.level(&normalise(code)).filter(|_| is_apart).map(|level| (level, code))
}

/// The code before a stop behind a number or before brackets, at the start of a text: `#12 P0: Ropes`, `P0 (Crew): Ropes`. The
/// text keeps what else is said.
fn code_before_stop<'t>(words: &Vocabulary, Signed { text, signs }: Signed<'t>) -> Option<(Level, &'t str)> {
    if !signs.have_code() {
        return None;
    }
    let number = text.strip_prefix('#').and_then(|rest| rest.split_once(' '));
    let numbered = number.filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit())).map(|(_, rest)| rest);
    let (code, rest) = numbered.unwrap_or(text).split_at_checked(2).filter(|(code, _)| is_step(code))?;
    let in_brackets = rest.strip_prefix(" (").and_then(|inside| inside.split_once(')'));
    let is_stopped = match in_brackets {
        Some((inside, behind)) => behind.starts_with(": ") && !has_code(inside),
        None if numbered.is_some() => next_stop(rest, 0).is_some_and(|(at, _)| at == 0),
        // `P0 | Ropes`, never `P0 | P1`
        None => rest.starts_with(" | ") && !has_code(rest),
    };
    words.level(&normalise(code)).filter(|_| is_stopped).map(|level| (level, code))
}

/// The code that the bold words at the start of a text begin with, set apart from others: `**P0 (Crew)** Ropes`.
fn first_in_bold<'t>(words: &Vocabulary, text: &'t str, span: &str) -> Option<(Level, &'t str)> {
    let (code, rest) = text.strip_prefix(span).and_then(|_| text[..span.len()].split_at_checked(2))?;
    let rest = Some(rest.trim_start()).filter(|rest| rest.starts_with(['(', '/', '|', '·', ',']))?;
    step(words, code).filter(|_| !has_code(rest)).map(|level| (level, code))
}

/// The level among other things in the square brackets that a text begins with: `[Ops / P0] Ropes`. The text keeps what else
/// is said.
fn among_others(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    let (inside, rest) = text.strip_prefix('[')?.split_once(']')?;
    if rest.starts_with(' ') { one_of(terms, inside) } else { None }
}

/// `#P1 Ropes`
fn hashed<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    let (word, rest) = text.strip_prefix('#')?.split_once(' ')?;
    step(words, word).map(|level| (level, word, rest))
}

fn spanned<'t>(words: &Vocabulary, text: &'t str, span: &str) -> Found<'t> {
    let rest = text.strip_prefix(span)?;
    let bare = span.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')', ':']);
    let word = text.get(..span.len())?.trim_start_matches(|c: char| is_pictograph(c) || matches!(c, ' ' | '\u{fe0f}'));
    direct(words, &normalise(bare)).map(|level| (level, word.trim().trim_end_matches(':'), rest))
}

/// Whether the bold words that a text begins with begin the name of something, as nothing sets them apart: `**Critical** path
/// review`, `**Medium** (the magazine)`. Codes and capitals begin none.
pub(in crate::reading) fn begins_name(text: &str, bold: &str) -> bool {
    let Some(rest) = text.strip_prefix(bold).map(str::trim_start) else { return false };
    let goes_on = rest.starts_with(char::is_lowercase);
    let is_explained = || rest.strip_prefix('(').is_some_and(|inside| inside.find(')') == inside.len().checked_sub(1));
    let word = bold.trim();
    let is_word = || word.starts_with(char::is_alphabetic) && word.ends_with(char::is_alphabetic);
    (goes_on || is_explained()) && is_word() && word.contains(char::is_lowercase)
}

/// The level before a stop near the start of a text, alone or behind a key. A tag is short, and so is a key: only the
/// first bytes are looked at.
fn stopped<'t>(words: &Vocabulary, Signed { text, signs }: Signed<'t>) -> Found<'t> {
    if !signs.have(Signs::COLON | Signs::DASH | Signs::WIDE) {
        return None;
    }
    let near = &text[..text.floor_char_boundary(NEAR)];
    bare(words, text, near).or_else(|| keyed(words, text, near))
}

/// `Priority: High — …`: a key, a level and a dash.
fn keyed<'t>(words: &Vocabulary, text: &'t str, near: &str) -> Found<'t> {
    let (colon, _) = lines::colons(near).next().filter(|&(colon, _)| colon <= WORD)?;
    if words.tag(&normalise(&text[..colon])) != Some(Tag::Priority) {
        return None;
    }
    let rest = text[colon..].trim_start_matches([':', '：']).trim_start();
    let end = [" - ", " – ", " — ", "; ", ", ", " | "].iter().filter_map(|dash| rest.find(dash)).min()?;
    let level = direct(words, &normalise(&rest[..end]))?;
    Some((level, &rest[..end], rest[end..].trim_start_matches([';', ',', '|', ' '])))
}

/// `P1: Ropes`, `P1 => Ropes`: a level and any stop, or a colon or dash without spaces.
fn bare<'t>(words: &Vocabulary, text: &'t str, near: &str) -> Found<'t> {
    let bytes = near.as_bytes();
    let stop = |at: usize| match bytes[at] {
        b':' => Some(1),
        0xE2 => bytes[at..].starts_with("—".as_bytes()).then_some("—".len()),
        b' ' | 0xEF => stop_at(bytes, at),
        _ => None,
    };
    let (end, behind) = (0..bytes.len()).find_map(|at| Some((at, at + stop(at)?)))?;
    let word = Some(&text[..end]).filter(|word| (1..=WORD).contains(&word.len()))?;
    direct(words, &normalise(word)).map(|level| (level, word, &text[behind..]))
}

/// The level in brackets at the end of a text: `Ropes (P1)`.
pub(super) fn bracketed_end<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    let text = text.trim_end_matches(['.', ' ']);
    let open = match text.as_bytes().last()? {
        b']' => b'[',
        b')' => b'(',
        _ => return None,
    };
    let at = memchr::memrchr(open, text.as_bytes())?;
    let inside = &text[at + 1..text.len() - 1];
    let first = inside.split([',', ';']).next().unwrap_or(inside);
    direct(words, &normalise(first)).map(|level| (level, first, &text[..at]))
}

/// A key, and a level that is all that follows: `— Priority: High`, `Ropes priority: high`.
fn keyed_end<'t>(terms: &Terms<'_>, Signed { text, signs }: Signed<'t>) -> Found<'t> {
    if !signs.have_colon() {
        return None;
    }
    let paired = || {
        let (tag, value, before) = lines::last_pair(terms, text.trim_end_matches(['.', ' ']))?;
        let level = stated(terms, value).filter(|_| tag == Tag::Priority)?.level;
        Some((level, value, before))
    };
    paired().or_else(|| spelled_end(terms.words, text))
}

/// `Ropes priority: high`, where the key names nothing but a priority.
fn spelled_end<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    let colon = memchr::memrchr(b':', text.as_bytes())?;
    let (before, value) = (&text[..colon], text[colon + 1..].trim_end_matches(['.', ' ']));
    let (before, key) = before.rsplit_once(' ')?;
    // `Set process priority: high`
    let is_key = key.starts_with('P') && is_priority(&key.to_ascii_lowercase());
    let is_apart = || !words.phrases.continues(&normalise(before.rsplit(' ').next().unwrap_or_default()));
    let level = if is_key { direct(words, &normalise(value)) } else { None }.filter(|_| is_apart())?;
    Some((level, value, before))
}

/// `— P1`, `@crew P1`: of all words for levels only these are never part of the sentence, but in a range: `P0 - P1`.
fn dashed_end<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    let text = text.trim_end_matches(['.', ' ']);
    text.as_bytes().last().filter(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())?;
    let (before, word) = text.rsplit_once(' ').filter(|(_, word)| is_step(word) || is_loud(word))?;
    let is_behind_handle = before.rsplit(' ').next().is_some_and(|last| last.starts_with('@'));
    let before = match is_step(word) {
        true if is_behind_handle || before.trim_end_matches('\u{fe0f}').ends_with(is_pictograph) => before,
        true => before.strip_suffix([',', ';', '—', '–', '-', '|', '·', '•'])?,
        false => before.strip_suffix(['—', '–', '|'])?,
    };
    let is_range = before.trim_end().rsplit([' ', '(']).next().is_some_and(is_step);
    words.level(&normalise(word)).filter(|_| !is_range).map(|level| (level, word, before))
}

/// Whether a word is all capitals, as levels are that are set apart: `— CRITICAL`.
fn is_loud(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether a word is a letter and a number that are never part of a sentence: `P1`.
pub(in crate::reading) fn is_step(word: &str) -> bool {
    matches!(word.as_bytes(), [b'P' | b'p', b'0'..=b'9'])
}
