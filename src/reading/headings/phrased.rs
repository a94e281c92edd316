//! Headings with a sign set apart by a dash or colon and words behind it that are no state by themselves:
//! `Backups — 🚧 restore ran, gap found`. Beside a heading that is an item they are items too; elsewhere they are told.

use super::gates::{Kind, kind};
use super::glyphs::{Glyphs, is_shown};
use super::loud::{is_warning, tell_over, told_of};
use super::tails::{Company, is_no_thing};
use super::{Status, beside, is_about_all};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::phrase::{is_pictograph, last_stop, normalise, stops, without_number};
use crate::reading::reservation::takes_back;
use crate::reading::status::{self, Said, said};
use crate::reading::vocabulary::Contexts;
use crate::reading::{Reader, priority};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The most words behind a stop that may be a state which nobody knows.
const WORDS: usize = 6;

/// What may part a state from what is told of it.
const JOINTS: [char; 7] = [',', '/', '·', '|', ';', '–', '—'];

/// What a heading ends with.
struct Phrased<'r> {
    /// The text before the stop.
    text: &'r str,
    /// The sign.
    sign: &'r str,
    /// The words behind it.
    words: &'r str,
    /// What both say.
    said: Said,
    /// Whether the words may warn of something.
    warns: bool,
    /// Whether the sign is a colour.
    is_coloured: bool,
    /// Whether the words tell a state by themselves.
    is_known: bool,
}

/// The status of a heading that ends so beside one that is an item, and the words behind the sign.
pub(super) fn status(reader: &Reader<'_>, (node, index): (NodeId, u32)) -> Option<(Status, Said, String)> {
    let found = of(reader, (node, index)).filter(|found| !found.warns)?;
    let state = found.said.state();
    // Few words behind a tick are sure to leave it one, and colours tell how good, how much or how urgent something is.
    if found.is_coloured || state == State::Done && !found.is_known {
        return None;
    }
    // What is rated, `Cradle — ✅ good and firm`, is not done.
    let rates = |word: &str| reader.terms.words.is_rating(&normalise(word));
    if state == State::Done && found.words.split(' ').any(rates) {
        return None;
    }
    // Of `Gate 3: ❌ Lamp lit` the words are the name.
    let (text, note) = match is_label(found.text) {
        true => (format!("{}: {}", found.text, found.words), ""),
        false => (found.text.to_owned(), found.words),
    };
    Some((Status { text, word: found.sign.to_owned(), state }, found.said, note.to_owned()))
}

/// Tells once of headings of each kind that end in such a sign, in capitals or beside items in other words, that may say
/// that they are not done, and that are no items. Over items of which none is left, such an end says otherwise than they do.
pub(super) fn tell<'a>(
    reader: &mut Reader<'a>,
    (headings, glyphs): (&[(NodeId, u32)], &Glyphs<'_, 'a>),
    told: &[(u32, State)],
) {
    if !reader.has_items_or_name() {
        return;
    }
    let known: HashSet<u32> = told.iter().map(|&(index, _)| index).collect();
    let of_items: HashSet<Kind> = known.iter().map(|&index| kind(reader, index)).collect();
    let (left, before) = (OnceCell::new(), OnceCell::new());
    let mut found: BTreeMap<Kind, (NodeId, Ending, usize)> = BTreeMap::new();
    for &(node, index) in headings {
        let own = kind(reader, index);
        if own.1 < 2 || known.contains(&index) {
            continue;
        }
        let Some(ending) = ending(reader, glyphs, (node, index), &of_items) else { continue };
        let has_items = reader.section_items(index) > 0;
        let is_over = || left.get_or_init(|| reader.counts_left())[index as usize] > 0;
        let is_told = || before.get_or_init(|| told_of(reader)).contains(&index);
        if has_items && (ending == Ending::Words || is_over()) || is_told() {
            continue;
        }
        if has_items {
            tell_over(reader, node, Said::Unknown);
        } else {
            found.entry(own).or_insert((node, ending, 0)).2 += 1;
        }
    }
    for (node, ending, count) in found.into_values() {
        let what = "the end of this heading may say that it is not done, but it is no item";
        let message = format!("{what}{}", beside(count - 1));
        let (span, help) = (reader.tree.node(node).span, "end it with its state: `: open`");
        match ending {
            Ending::Left => reader.warn(Code::AmbiguousGlyphs, span, &message, help),
            Ending::Words => reader.find(Code::AmbiguousGlyphs, span, &message, help),
        }
    }
}

/// How a heading ends that is no item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// A sign or words in capitals for what is left.
    Left,
    /// A sign alone, or a few words, which beside items may be a state.
    Words,
}

/// How a heading ends, where that may be a state; beside items, of which these are the kinds, few words are enough.
fn ending<'a>(
    reader: &Reader<'a>,
    glyphs: &Glyphs<'_, 'a>,
    (node, index): (NodeId, u32),
    of_items: &HashSet<Kind>,
) -> Option<Ending> {
    let is_beside = of_items.contains(&kind(reader, index));
    if let Some(found) = of(reader, (node, index)) {
        // `Gate 3: ❌ Lamp lit` is told as a heading that begins with a sign.
        let is_one = is_beside || !(found.warns || is_label(found.text));
        let (is_left, is_sure) = (found.said.state().is_left(), !found.is_coloured);
        let is_unsure = is_beside && (is_left || !found.is_known);
        return if is_left && is_sure && is_one { Some(Ending::Left) } else { is_unsure.then_some(Ending::Words) };
    }
    if is_beside && glyphs.is_left(reader, index) {
        return Some(Ending::Words);
    }
    let company = if is_beside { Company::Told } else { Company::Other };
    behind_last_stop(reader, (node, index), company).or_else(|| with_more(reader, (node, index), company))
}

/// How a heading ends behind its last stop.
fn behind_last_stop(reader: &Reader<'_>, (node, index): (NodeId, u32), company: Company) -> Option<Ending> {
    let title = reader.outline.title(index);
    let (at, end) = last_stop(title)?;
    let (text, words) = (&title[..at], title[end..].trim());
    // `80% DONE` claims a part.
    let is_named = words.starts_with(char::is_alphabetic) && !words.contains(is_pictograph);
    let is_loud = is_named && words.contains(char::is_uppercase) && !words.contains(char::is_lowercase);
    let is_short = || is_named && words.split(' ').nth(WORDS).is_none();
    let sign = || reader.terms.glyph_at(words).and_then(|(glyph, _)| reader.terms.led_glyph(glyph));
    // `Site — 🚧`
    let is_sign = !words.contains(char::is_alphanumeric) && sign().is_some_and(State::is_left);
    let is_one = is_sign || (is_loud || company == Company::Told && is_short()) && says_left(reader, words);
    if !is_one || is_other(reader, index, text) || is_fact(reader, text, words) || is_shown(reader, node, text) {
        return None;
    }
    Some(if is_sign || is_loud { Ending::Left } else { Ending::Words })
}

/// How a heading ends that tells more behind what says that it is left: `Mail — blocked, two days`, `Mail ⛔ blocked by QA`.
/// Words that begin so may as well go on with a sentence: `Open the door`.
fn with_more(reader: &Reader<'_>, (node, index): (NodeId, u32), company: Company) -> Option<Ending> {
    let terms = reader.terms;
    let is_beside = company == Company::Told;
    let title = reader.outline.title(index);
    let is_left = |words: &str| {
        let end = words.find(JOINTS).or_else(|| words.find(" - ")).unwrap_or(words.len());
        let clause = words[..end].trim_end();
        let tells = |part: &str| terms.state(&normalise(part));
        // `Colours: red, green`
        let is_choice = || words[end..].split(JOINTS).any(|part| tells(part).is_some());
        let is_whole = || tells(clause).is_some_and(State::is_left) && !is_choice();
        status::words(terms, words) == Some(State::Blocked) || clause.len() < words.len() && is_whole()
    };
    let mut apart = stops(title).map(|(at, end)| (&title[..at], title[end..].trim()));
    let (text, words) = apart.find(|(_, words)| is_left(words)).or_else(|| {
        // Beside items any words behind such a sign may tell more of it: `Menu 🟡 waits for mail`.
        let (text, words) = behind_sign(reader, title)?;
        (is_beside || words.starts_with(JOINTS) || is_left(words)).then_some((text, words))
    })?;
    let is_short = words.split(' ').nth(WORDS).is_none();
    let is_none = !is_short
        || is_warning(reader, text, words)
        || is_other(reader, index, text)
        || is_fact(reader, text, words)
        || is_shown(reader, node, text);
    let state = status::words(terms, words);
    let is_sure = state == Some(State::Blocked) || is_beside && state != Some(State::Done);
    (!is_none).then_some(if is_sure { Ending::Left } else { Ending::Words })
}

/// The text before the last sign of a title, where that says that something is left, or is a colour, and what stands behind
/// it.
fn behind_sign<'t>(reader: &Reader<'_>, title: &'t str) -> Option<(&'t str, &'t str)> {
    if title.is_ascii() {
        return None;
    }
    let (at, sign) = title.char_indices().rev().find(|&(_, c)| is_pictograph(c) && c != '\u{fe0f}')?;
    let words = title[at + sign.len_utf8()..].trim_start_matches(['\u{fe0f}', ' ']);
    let state = reader.terms.led_glyph(sign)?;
    let is_one = state.is_left() || reader.terms.words.colour(sign).is_some();
    (is_one && at > 0 && words.contains(char::is_alphanumeric)).then_some((&title[..at], words))
}

/// Whether words say that something is left, or take back that it is done: `waiting on DNS`, `half done`.
fn says_left(reader: &Reader<'_>, words: &str) -> bool {
    let terms = reader.terms;
    let ends_so = || words.rsplit(' ').next().is_some_and(|last| terms.state(&normalise(last)).is_some());
    match status::words(terms, words) {
        Some(state) => state.is_left() && state != State::Deferred,
        None => takes_back(terms, words) || ends_so(),
    }
}

/// Whether words behind a stop tell a level or a value of what stands before it: `Crash — BLOCKER`, `Launch date — TBD`. What
/// is itself a state, `Not done — none`, heads others.
fn is_fact(reader: &Reader<'_>, text: &str, words: &str) -> bool {
    let (vocabulary, phrase, name) = (reader.terms.words, normalise(words), normalise(without_number(text)));
    vocabulary.is_section_value(&phrase)
        || vocabulary.tables.no_things.contains(&phrase)
        || priority::named(vocabulary, words).is_some()
        || reader.terms.state(&name).is_some()
        || vocabulary.section_state(&name).is_some()
        || vocabulary.names_fact(name.rsplit(' ').next().unwrap_or_default())
}

/// Whether a text is only a word with a number: `Gate 3`.
fn is_label(text: &str) -> bool {
    text.split(' ').nth(2).is_none() && text.ends_with(|c: char| c.is_ascii_digit())
}

/// What a heading ends with, where that is a sign set apart with words behind it.
fn of<'r>(reader: &'r Reader<'_>, (node, index): (NodeId, u32)) -> Option<Phrased<'r>> {
    let title = reader.outline.title(index);
    if title.is_ascii() {
        return None;
    }
    let (at, tail) = stops(title).find_map(|(at, end)| {
        let tail = title[end..].trim();
        let (glyph, _) = reader.terms.glyph_at(tail)?;
        reader.terms.led_glyph(glyph).map(|_| (at, tail))
    })?;
    let words = tail.find(char::is_alphanumeric).map(|start| &tail[start..])?;
    let sign = tail[..tail.len() - words.len()].trim_end_matches([' ', '(', '\u{a0}']);
    let text = title[..at].trim();
    // `Kiln — 🔴 Critical (fix first)` names a level.
    let clause = words.split([',', ';', '(', '—', '–']).next().unwrap_or(words);
    let is_level = || priority::whole(reader.terms, clause).is_some();
    if is_other(reader, index, text) || is_level() || is_shown(reader, node, text) {
        return None;
    }
    let warns = is_warning(reader, text, words);
    let is_coloured = sign.chars().any(|sign| reader.terms.words.colour(sign).is_some());
    let is_known = status::words(reader.terms, words).is_some();
    Some(Phrased { text, sign, words, said: said(reader.terms, tail), warns, is_coloured, is_known })
}

/// Whether a text before a stop names nothing that has a state.
fn is_other(reader: &Reader<'_>, index: u32, text: &str) -> bool {
    is_no_thing(reader, index, text)
        || is_about_all(reader, index)
        || reader.terms.words.contexts(&normalise(without_number(text))) != Contexts::default()
}
