//! Priorities: tags of items and words in headings.

use super::legend::Terms;
use super::lines;
use super::phrase::{cut_parenthesis, is_pictograph, next_stop, normalise, stop_at, without_number};
use super::vocabulary::{Tag, Vocabulary};
use crate::markdown::{Block, NodeId, Tree};
use crate::model::Level;
use std::sync::Arc;

/// A priority as written, and its level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Priority {
    /// The level.
    pub level: Level,
    /// The word as written.
    pub text: Arc<str>,
}

/// The level that a phrase names, alone or as its first words: `P0 (Critical)`, `🔴 High`, `Must have`.
pub(super) fn named(words: &Vocabulary, text: &str) -> Option<Level> {
    let (head, inside) = cut_parenthesis(text);
    let phrase = normalise(head);
    direct(words, &phrase)
        .or_else(|| first_words(words, &phrase))
        .or_else(|| inside.and_then(|inside| direct(words, &normalise(inside))))
}

fn first_words(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let list: Vec<&str> = phrase.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    (1..list.len().min(4)).rev().find_map(|count| words.level(&list[..count].join(" ")))
}

/// The level of a normalised phrase that is nothing else: `high`, `p0`, `high priority`, `priority high`, `p0 critical`.
fn direct(words: &Vocabulary, phrase: &str) -> Option<Level> {
    if let Some(level) = words.level(phrase) {
        return Some(level);
    }
    if let Some(rest) = words.phrases.unstressed(phrase) {
        return direct(words, rest);
    }
    let is_key = |word: &str| words.tag(word) == Some(Tag::Priority);
    let (first, rest) =
        phrase.split_once([' ', ':']).map(|(first, rest)| (first, rest.trim_start_matches([':', ' '])))?;
    if is_key(first) {
        return words.level(rest).or_else(|| first_words(words, rest));
    }
    let (head, last) = phrase.rsplit_once(' ')?;
    is_key(last).then(|| words.level(head).or_else(|| words.level(head.split('/').next()?.trim()))).flatten()
}

/// The priority that a cell or value names.
pub(super) fn value(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    let text = text.trim();
    if lists_levels(terms.words, text) {
        return None;
    }
    let glyph = terms.glyph_at(text);
    let level = terms
        .level(text)
        .or_else(|| named(terms.words, text))
        .or_else(|| glyph.and_then(|(glyph, _)| terms.glyph_level(glyph)))?;
    let written = text.trim_start_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}');
    Some(Priority { level, text: if written.is_empty() { text } else { written }.into() })
}

/// Whether a text names three levels or more between bars, slashes or commas: which there are, and not which it is.
pub(super) fn lists_levels(words: &Vocabulary, text: &str) -> bool {
    let parts = || text.split(['|', '/', ',', '、', '，', '／']);
    if parts().nth(2).is_none() {
        return false;
    }
    let mut levels: Vec<Level> = parts().filter_map(|part| named(words, part)).collect();
    levels.sort_unstable();
    levels.dedup();
    levels.len() > 2
}

/// The priority that a cell names by the first letter of high, medium or low.
pub(super) fn letter(terms: &Terms<'_>, cell: &str) -> Option<Priority> {
    let letter = cell.trim();
    terms.words.level_by_letter(letter).map(|level| Priority { level, text: letter.into() })
}

/// The priority that a heading names for what stands below it. The first word that names a level wins over words in
/// its explanation; a colour alone says nothing without a legend. `phrase` is the title, normalised.
pub(super) fn heading(terms: &Terms<'_>, title: &str, phrase: &str) -> Option<Priority> {
    let words = terms.words;
    let glyph = terms.glyph_at(title.trim_start()).and_then(|(glyph, _)| terms.glyph_level(glyph));
    // `P0s` is no word of its own.
    let begins_with_key = || matches!(phrase.as_bytes(), [b'p', digit, ..] if digit.is_ascii_digit());
    let is_of_level = words.mentions_level(phrase) || words.singular(phrase).is_some() || begins_with_key();
    if glyph.is_none() && !is_of_level {
        return None;
    }
    let bare =
        without_number(title.trim_start_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}'));
    let (head, inside) = cut_parenthesis(bare);
    let found = |level: Level, text: &str| Some(Priority { level, text: text.trim().into() });
    let is_named =
        |phrase: &str| !weighs(words, phrase) && !terms.is_version_part(phrase) && !words.phrases.is_view(phrase);
    // `Minor issues (P2)`: nothing says it more plainly.
    if let Some(key) = inside.filter(|inside| is_step(inside)) {
        return found(words.level(&normalise(key))?, key);
    }
    for part in split_dashes(head) {
        let phrase = normalise(part);
        let level = direct(words, &phrase).or_else(|| with_noun(words, &phrase)).filter(|_| is_named(&phrase));
        if let Some(level) = level {
            return found(level, part);
        }
    }
    if let Some((level, key)) = key_at_start(words, head).or_else(|| in_brackets(words, bare)) {
        return found(level, key);
    }
    if let Some(inside) = inside {
        let first = normalise(split_dashes(inside).first().copied().unwrap_or(inside));
        if let Some(level) = direct(words, &first).filter(|_| is_named(&first)) {
            return found(level, inside);
        }
    }
    found(glyph?, title)
}

/// Whether a heading weighs both ways, and so says what is decided below it rather than how much it matters:
/// `Go/No-Go`, of which only a blocker names a level.
fn weighs(words: &Vocabulary, phrase: &str) -> bool {
    words.phrases.begins_both_ways(phrase) && !words.has_single(phrase)
}

/// The level in square brackets at the start or end of a heading, where one is chosen: `[HIGH] Ropes`.
fn in_brackets<'t>(words: &Vocabulary, title: &'t str) -> Option<(Level, &'t str)> {
    let title = title.trim();
    let first = || bracketed(words, title).filter(|_| title.starts_with('['));
    let last = || bracketed_end(words, title).filter(|_| title.ends_with(']'));
    let (level, inside, _) = first().or_else(last)?;
    (!inside.contains(['/', '|'])).then_some((level, inside))
}

/// The level that a header of a table asks for by yes or no: `Required?`, `Blocker`, `Mandatory for launch`.
pub(super) fn asked(words: &Vocabulary, header: &str) -> Option<Level> {
    let phrase = normalise(header.trim_end_matches(['?', '？', ' ']));
    // One letter, as of those who are responsible, is no question.
    let is_asked = phrase.chars().nth(1).is_some() && !weighs(words, &phrase);
    if is_asked { words.level(&phrase).or_else(|| behind_join(words, &phrase)) } else { None }
}

/// The priority that a label names for the list, table or bullets below it: a short line that is bold or ends in a colon.
pub(super) fn label(terms: &Terms<'_>, tree: &Tree<'_>, node: NodeId) -> Option<Priority> {
    if tree.node(node).block != Block::Paragraph || tree.node(node).span.len() > 200 {
        return None;
    }
    lines::of(tree, node).find_map(|line| {
        let text = line.text(tree);
        let is_label = line.is_bold() || text.trim_end().ends_with([':', '：']);
        let title = text.trim().trim_end_matches([':', '：']);
        if is_label && text.len() <= 80 { heading(terms, title, &normalise(title)) } else { None }
    })
}

/// The key of a level that a heading begins with, `P0 Security`, where it names no other: `P0 and P1 explained`.
fn key_at_start<'t>(words: &Vocabulary, head: &'t str) -> Option<(Level, &'t str)> {
    let is_key = |word: &str| {
        let digits = word.strip_prefix(['P', 'p']).unwrap_or_default().trim_end_matches('s');
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let word = |word: &'t str| word.trim_matches(|c: char| !c.is_alphanumeric());
    let mut keys = head.split([' ', '/', '–', '—']).map(word).filter(|word| is_key(word));
    let first = keys.next().filter(|key| head.starts_with(key) && keys.next().is_none())?;
    if first.ends_with('s') && head.trim() != first {
        return None;
    }
    Some((words.level(first.to_lowercase().trim_end_matches('s'))?, first))
}

fn split_dashes(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some((at, end)) = next_stop(text, from) {
        parts.push(&text[from..at]);
        from = end;
    }
    parts.push(&text[from..]);
    parts
        .into_iter()
        .flat_map(|part| part.split(" | "))
        .flat_map(|part| part.split(" · "))
        // `Charts 🔴 CRITICAL`: a sign sets its last words apart.
        .flat_map(|part| [Some(part), part.rsplit_once(is_pictograph).map(|(_, last)| last)].into_iter().flatten())
        .map(|part| part.trim().trim_end_matches(':'))
        .filter(|part| !part.is_empty())
        .collect()
}

/// A level with a noun of lists beside it (`Critical items`, `Tareas críticas`), or what it is for (`Required before
/// launch`).
fn with_noun(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let level = |phrase: &str| beside_noun(words, phrase).or_else(|| behind_join(words, phrase));
    // `Blockers`, `Launch blockers`
    let of_single = || words.singular(phrase).and_then(|phrase| direct(words, &phrase).or_else(|| level(&phrase)));
    level(phrase).or_else(|| before_priority(words, phrase)).or_else(of_single)
}

/// The level that a word for priorities follows, whatever has it: `High priority repairs`.
fn before_priority(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let (first, rest) = phrase.split_once(' ')?;
    let (second, _) = rest.split_once(' ')?;
    words.level(first).filter(|_| words.tag(second) == Some(Tag::Priority))
}

/// The level before what it is for: `Required before launch`, `Critical gaps until then`.
fn behind_join(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let joins = |rest: &str| rest.split_once(' ').is_some_and(|(word, _)| words.phrases.is_tail(word));
    let mut heads = phrase.match_indices(' ').filter(|&(at, _)| joins(&phrase[at + 1..])).map(|(at, _)| &phrase[..at]);
    heads.find_map(|head| direct(words, head).filter(|_| head != "p").or_else(|| beside_noun(words, head)))
}

/// A level with a noun of lists before or behind it.
fn beside_noun(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let behind = phrase.rsplit_once(' ').filter(|(_, noun)| words.is_noun(noun)).map(|(head, _)| head);
    let before = phrase.split_once(' ').filter(|(noun, _)| words.is_noun(noun)).map(|(_, tail)| tail);
    let level = |phrase: &str| direct(words, phrase);
    behind.and_then(level).or_else(|| before.and_then(level)).or_else(|| joined(words, phrase))
}

/// A level and a noun in a script that puts no space between words: `必須項目`, `高优先级`.
fn joined(words: &Vocabulary, phrase: &str) -> Option<Level> {
    let ends = phrase.char_indices().map(|(at, _)| at).skip(1).take(6);
    let mut parts = ends.filter(|_| !phrase.is_ascii()).map(|end| phrase.split_at(end));
    parts.find_map(|(head, tail)| {
        let known = words.is_noun(tail) || words.tag(tail) == Some(Tag::Priority);
        words.level(head).filter(|_| known)
    })
}

/// The priority that a text is, and nothing else.
pub(super) fn whole(terms: &Terms<'_>, text: &str) -> Option<Priority> {
    direct(terms.words, &normalise(text)).map(|level| Priority { level, text: text.trim().into() })
}

/// Whether a tag is a key without its value: `(Blocker: ...)`.
fn is_blank(word: &str) -> bool {
    word.split_once([':', '：']).is_some_and(|(_, value)| !value.contains(char::is_alphanumeric))
}

/// The priority at the end of an item's text, and the text before it: `(P1)`, `[High, for the launch]`,
/// `— Priority: High`, `— P1`.
pub(super) fn at_end<'t>(terms: &Terms<'_>, text: &'t str) -> Option<(Priority, &'t str)> {
    let (level, word, before) = bracketed_end(terms.words, text)
        .or_else(|| keyed_end(terms, text))
        .or_else(|| dashed_end(terms.words, text))
        .filter(|(_, word, _)| !terms.is_version_part(word) && !is_blank(word))?;
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',' | ';' | '|'));
    Some((Priority { level, text: word.trim().into() }, before))
}

/// The priority in brackets near the end of an item's text, behind which only a link, a number or other brackets stand:
/// `(P0) #123`, `(P0) (2 h)`. `tail` is the length of the link that ends the text.
pub(super) fn near_end(terms: &Terms<'_>, text: &str, tail: usize) -> Option<Priority> {
    // Nearly all items are ruled out by their bytes: no bracket (the wide one ends in 88) before a P.
    let is_opened = |pair: &[u8]| matches!(pair, [b'(' | b'[' | 0x88, b'P' | b'p']);
    text.as_bytes().windows(2).any(is_opened).then_some(())?;
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

/// The priority tag at the start of an item's text, and the text without it. `marked` is the text of the bold
/// or code span that begins the item, where one does.
pub(super) fn tag<'t>(terms: &Terms<'_>, text: &'t str, marked: Option<&str>) -> (Option<Priority>, &'t str) {
    let text = text.trim();
    if let Some((level, word, rest)) = bracketed(terms.words, text)
        .or_else(|| marked.and_then(|span| spanned(terms.words, text, span)))
        .or_else(|| bare(terms.words, text))
        .or_else(|| keyed(terms.words, text))
        .filter(|(_, word, _)| !terms.is_version_part(word))
    {
        return (
            Some(Priority { level, text: word.trim().into() }),
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—')),
        );
    }
    if let Some((glyph, rest)) = terms.glyph_at(text)
        && let Some(level) = terms.glyph_level(glyph)
    {
        return (Some(Priority { level, text: glyph.to_string().into() }), rest.trim_start());
    }
    (None, text)
}

type Found<'t> = Option<(Level, &'t str, &'t str)>;

fn bracketed<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    let open = text.chars().next().filter(|c| matches!(c, '[' | '(' | '【'))?;
    let close = match open {
        '[' => ']',
        '(' => ')',
        _ => '】',
    };
    let (inside, rest) = text[open.len_utf8()..].split_once(close)?;
    direct(words, &normalise(inside)).map(|level| (level, inside, rest))
}

fn spanned<'t>(words: &Vocabulary, text: &'t str, span: &str) -> Found<'t> {
    let rest = text.strip_prefix(span)?;
    let bare = span.trim().trim_start_matches(['[', '(']).trim_end_matches([']', ')', ':']);
    let word = text.get(..span.len())?.trim_start_matches(|c: char| is_pictograph(c) || matches!(c, ' ' | '\u{fe0f}'));
    direct(words, &normalise(bare)).map(|level| (level, word.trim().trim_end_matches(':'), rest))
}

/// `Priority: High — …`: a key, a level and a dash.
fn keyed<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    // The key is short: a colon farther on is not looked for.
    let near = &text[..text.floor_char_boundary(28)];
    memchr::memchr2(b':', 0xEF, near.as_bytes())?;
    let key = near.split_once([':', '：']).map(|(key, _)| key).filter(|key| key.len() <= 24)?;
    if words.tag(&normalise(key)) != Some(Tag::Priority) {
        return None;
    }
    let rest = text[key.len()..].trim_start_matches([':', '：']).trim_start();
    let end = [" - ", " – ", " — ", "; ", ", ", " | "].iter().filter_map(|dash| rest.find(dash)).min()?;
    let level = direct(words, &normalise(&rest[..end]))?;
    Some((level, &rest[..end], rest[end..].trim_start_matches([';', ',', '|', ' '])))
}

fn bare<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    // A tag is short: only the first bytes are looked at, and most items have no stop there.
    let near = &text[..text.floor_char_boundary(28)];
    if !near.bytes().any(|byte| matches!(byte, b':' | b'-' | 0xE2 | 0xEF)) {
        return None;
    }
    let bytes = near.as_bytes();
    let is_end = |at: usize| match bytes[at] {
        b':' => true,
        0xE2 => bytes[at..].starts_with("—".as_bytes()),
        b' ' | 0xEF => stop_at(bytes, at).is_some(),
        _ => false,
    };
    let end = (0..bytes.len()).find(|&at| is_end(at))?;
    let word = near.get(..end).filter(|word| (1..=24).contains(&word.len()))?;
    direct(words, &normalise(word)).map(|level| (level, word, &text[end..]))
}

fn bracketed_end<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    let text = text.trim_end_matches(['.', ' ']);
    let open = match text.chars().next_back()? {
        ']' => '[',
        ')' => '(',
        _ => return None,
    };
    let at = text.rfind(open)?;
    let inside = &text[at + 1..text.len() - 1];
    let first = inside.split([',', ';']).next().unwrap_or(inside);
    direct(words, &normalise(first)).map(|level| (level, first, &text[..at]))
}

/// `— Priority: High`: a key, and a level that is all that follows.
fn keyed_end<'t>(terms: &Terms<'_>, text: &'t str) -> Found<'t> {
    let (tag, value, before) = lines::last_pair(terms, text.trim_end_matches(['.', ' ']))?;
    let level = direct(terms.words, &normalise(value)).filter(|_| tag == Tag::Priority)?;
    Some((level, value, before))
}

/// `— P1`: of all words for levels only these are never part of the sentence, but in a range: `P0 - P1`.
fn dashed_end<'t>(words: &Vocabulary, text: &'t str) -> Found<'t> {
    let text = text.trim_end_matches(['.', ' ']);
    text.as_bytes().last().filter(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())?;
    let (before, word) = text.rsplit_once(' ').filter(|(_, word)| is_step(word) || is_loud(word))?;
    let before = match is_step(word) {
        true => before.strip_suffix([',', ';', '—', '–', '-', '|'])?,
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
fn is_step(word: &str) -> bool {
    matches!(word.as_bytes(), [b'P' | b'p', b'0'..=b'9'])
}
