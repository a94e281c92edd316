//! Headings that mark their state in brackets, in bold or before their first stop, and the numbered ones beside them that do not.

use super::gates::{self, Kind, has_code, kind};
use super::{Status, is_about_all};
use crate::finding::Code;
use crate::markdown::{Inline, NodeId};
use crate::model::State;
use crate::reading::phrase::{is_pictograph, next_stop, normalise, without_number};
use crate::reading::vocabulary::{Context, Contexts};
use crate::reading::{Reader, priority, reservation, suffix};
use rustc_hash::FxHashSet as HashSet;
use std::collections::BTreeSet;

/// The most bytes of a state before the first stop of a title.
const WORD: usize = 24;

/// A state in brackets, at either end of a title, or in capitals and bold at its end or before its first stop:
/// `[TODO] Login`, `Login (DONE)`, `TODO: Login`. In small letters it is one that is left: `Login (not done)`.
pub(super) fn apart(reader: &Reader<'_>, (node, index): (NodeId, u32), title: &str) -> Option<Status> {
    if bears_other(reader, index) {
        return None;
    }
    let bare = without_number(title).trim();
    let led = || bare.strip_prefix('[')?.split_once(']');
    let bracketed = || {
        let (text, word) = bare.strip_suffix([']', ')'])?.rsplit_once(['[', '('])?;
        // What stands in parentheses is quiet unless it is in capitals.
        let is_loud = bare.ends_with(']') || is_capital(word);
        is_loud.then_some((behind_level(reader, word), text))
    };
    let bold = || {
        let pieces = reader.tree.pieces(node);
        let start = pieces.iter().rposition(|piece| piece.inline == Inline::Strong)?;
        let is_last = pieces.last().is_some_and(|piece| piece.inline == Inline::StrongEnd);
        let word = reader.tree.plain(&pieces[start..]);
        let text = bare.strip_suffix(word.trim()).filter(|_| is_last && is_capital(&word))?;
        Some((&bare[text.len()..], text))
    };
    let headed = || before_stop(reader, bare).filter(|(word, _)| is_capital(word));
    let found = [led(), bracketed(), bold(), headed()].into_iter().flatten();
    let mut found = found.filter_map(|(word, text)| {
        let state =
            reader.terms.words.section_mark(&normalise(word)).then(|| reader.terms.state(&normalise(word)))??;
        told(reader, state, word, text)
    });
    let found = found.next().or_else(|| quiet(reader, index, bare, State::is_left))?;
    Some(found).filter(|found| !is_news(reader, found.state))
}

/// What a bracket says beside a level: `HIGH - PENDING`.
fn behind_level<'t>(reader: &Reader<'_>, word: &'t str) -> &'t str {
    let parts = next_stop(word, 0).map(|(at, end)| (&word[..at], &word[end..]));
    let Some((first, last)) = parts.or_else(|| word.split_once([',', '/', '|', ';'])) else { return word };
    let is_level = |part: &str| priority::whole(reader.terms, part).is_some();
    match (is_level(first), is_level(last)) {
        (true, false) => last,
        (false, true) => first,
        _ => word,
    }
}

/// The word before the first stop of a title, a sign before it left out, and what is behind: `TODO: Login`.
fn before_stop<'t>(reader: &Reader<'_>, title: &'t str) -> Option<(&'t str, &'t str)> {
    let title = reader.terms.glyph_at(title).map_or(title, |(_, rest)| rest.trim_start());
    let (at, end) = next_stop(title, 0).filter(|&(at, _)| at <= WORD)?;
    let text = title[end..].trim();
    let last = text.rsplit(' ').next().unwrap_or_default();
    (!reader.terms.words.is_noun(&normalise(last))).then_some((&title[..at], text))
}

/// A state in small letters, before the first stop of a title or in a parenthesis at its end, of those that are wanted:
/// `To do: Login`, `Login (not done)`. Phases and lists of things have none.
pub(super) fn quiet(reader: &Reader<'_>, index: u32, title: &str, is_wanted: impl Fn(State) -> bool) -> Option<Status> {
    let words = reader.terms.words;
    let known = |(word, text)| {
        let note = normalise(word);
        let state = words.section_note(&note).filter(|&state| is_wanted(state) && !words.phrases.is_no_go(&note))?;
        let phrase = normalise(text);
        let is_list = phrase.rsplit(' ').next().is_some_and(|last| words.is_noun(last));
        let is_other = is_list
            || words.tables.is_period(&phrase)
            || words.is_prose_title(&phrase)
            || words.section_state(&phrase).is_some();
        if is_other || bears_other(reader, index) { None } else { told(reader, state, word, text) }
    };
    let noted = || title.strip_suffix([')', '）'])?.rsplit_once(['(', '（']).map(|(text, word)| (word, text.trim()));
    before_stop(reader, title).and_then(known).or_else(|| noted().and_then(known))
}

/// A word beside a text that is more than signs, with its state. `Not done — none` tells of nothing.
fn told(reader: &Reader<'_>, state: State, word: &str, text: &str) -> Option<Status> {
    let text = text.trim();
    let state = beside(reader, state, text);
    let is_thing =
        text.contains(char::is_alphanumeric) && !reader.terms.words.tables.no_things.contains(&normalise(text));
    is_thing.then(|| Status { text: text.to_owned(), word: word.trim().to_owned(), state })
}

/// A state with the rest of its title: "done" is only being done where that takes it back, or asks. A sign before it
/// that says no other state is an ornament.
pub(super) fn beside(reader: &Reader<'_>, state: State, text: &str) -> State {
    let terms = reader.terms;
    let is_taken_back =
        || suffix::contrary(terms, text).is_some() || suffix::reserves(terms, text) || text.ends_with('?');
    // `Pay, not tested`, `Web — TODO: tests`
    let behind = text.split_once([',', ';', '—', '–']).map(|(_, behind)| behind);
    let says_left = || behind.is_some_and(|behind| reservation::takes_back(terms, behind));
    let is_left = |glyph: char| terms.led_glyph(glyph).is_some_and(State::is_left);
    let unticked = terms.glyph_at(text).filter(|&(glyph, _)| !is_left(glyph)).map_or(text, |(_, rest)| rest);
    match state {
        State::Done if is_taken_back() || says_left() || unticked.contains(is_pictograph) => State::Doing,
        state => state,
    }
}

/// Whether what a title says is done is told by a log of what was: `Mail late [FIXED]` of a changelog.
pub(super) fn is_news(reader: &Reader<'_>, state: State) -> bool {
    state == State::Done && reader.calls_itself(|name| reader.terms.words.is_log(name))
}

/// Whether headings say that what stands below them is no work: risks, evidence, steps.
pub(super) fn bears_other(reader: &Reader<'_>, index: u32) -> bool {
    let contexts = reader.outline.section(index).contexts;
    let others = [Context::Risk, Context::Evidence, Context::NotIncluded, Context::Steps, Context::Criteria];
    others.into_iter().any(|other| contexts.has(other))
}

pub(super) fn is_capital(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// Reads the numbered headings beside those that are marked as done, and those that go on with their numbers in other
/// sections: they are open, or, right below the title of the document, told of. Gives the kinds that it told of.
pub(super) fn read_unmarked(
    reader: &mut Reader<'_>,
    headings: &[(NodeId, u32)],
    told: &[(u32, State)],
) -> HashSet<Kind> {
    let mut kinds = HashSet::default();
    let done = told.iter().filter(|(_, state)| *state == State::Done).map(|(index, _)| index);
    let is_numbered = |index: &&u32| series_number(reader, **index).is_some();
    let indexes: HashSet<u32> = told.iter().map(|&(index, _)| index).collect();
    let marked: HashSet<Kind> = done.filter(is_numbered).map(|&index| kind(reader, index)).collect();
    let levels: BTreeSet<u8> = marked.iter().map(|&(_, level)| level).collect();
    for level in levels {
        // Numbers that go on in other sections, 1 to 3 and then 4 to 9, count one series; those of chapters, 2.1, do not.
        let mut last = 0;
        let mut goes_on = true;
        let mut series = Vec::new();
        for &(node, index) in headings.iter().filter(|&&(_, index)| kind(reader, index).1 == level) {
            let Some(number) = series_number(reader, index) else { continue };
            let next = number.parse().unwrap_or_default();
            goes_on &= next == last + 1;
            last = next;
            series.push((node, index));
        }
        series.retain(|&(_, index)| {
            !indexes.contains(&index)
                && (goes_on || marked.contains(&kind(reader, index)))
                && is_unmarked(reader, index)
        });
        kinds.extend(series.iter().filter(|_| level <= 2).map(|&(_, index)| kind(reader, index)));
        tell_unmarked(reader, level, &series);
    }
    kinds
}

pub(super) fn is_unmarked(reader: &Reader<'_>, index: u32) -> bool {
    let part = reader.outline.section(index);
    let is_other = reader.terms.words.tables.is_period(&part.phrase) || is_about_all(reader, index);
    let words = reader.terms.words;
    let is_prose = words.is_prose_title(&normalise(without_number(reader.outline.title(index))));
    // What is rated, `✅ GOOD`, has its say, though nobody knows the word.
    let is_rated = reader.outline.title(index).chars().any(|c| !c.is_ascii() && reader.terms.listed_glyph(c).is_some());
    reader.section_items(index) == 0 && !(is_other || is_prose || is_rated) && part.contexts == Contexts::default()
}

fn tell_unmarked(reader: &mut Reader<'_>, level: u8, series: &[(NodeId, u32)]) {
    if level > 2 {
        for &(node, index) in series {
            let draft = reader.heading(node, reader.outline.title(index).to_owned());
            reader.push(draft);
        }
    } else if let Some(&(node, _)) = series.first() {
        let message = "a heading beside this one is marked as done and this one is not, so it is no item";
        let help = "end it with its state too: `: open`";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
    }
}

/// Tells of the first numbered heading beside those of each kind that have a number and a status below them, and that
/// has none itself.
pub(super) fn tell_without_status(reader: &mut Reader<'_>, headings: &[(NodeId, u32)], told: &[(u32, State)]) {
    let is_numbered = |index: u32| number(reader.outline.title(index)).is_some();
    let mut kinds: HashSet<Kind> =
        told.iter().filter(|&&(index, _)| is_numbered(index)).map(|&(index, _)| kind(reader, index)).collect();
    for &(node, index) in headings {
        let own = kind(reader, index);
        if kinds.contains(&own) && number(reader.outline.title(index)).is_some() && is_unmarked(reader, index) {
            kinds.remove(&own);
            let message = "a heading beside this one has a status below it and this one has none, so it is no item";
            let help = "write below it how far it is: `Status: open`";
            reader.find(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
        }
    }
}

/// The number that orders a title, or ends the id that it begins with: `REQ-2: Buoys`.
pub(super) fn series_number<'r>(reader: &'r Reader<'_>, index: u32) -> Option<&'r str> {
    let title = reader.outline.title(index);
    let id = || gates::id(reader, index).filter(|_| has_code(reader, index));
    number(title).or_else(|| id()?.0.rsplit('-').next()).or_else(|| coded_number(title))
}

/// The number in the short code that a title begins with, set apart from the rest: `A1 — Keys`, `P0-2: Domain`.
fn coded_number(title: &str) -> Option<&str> {
    let (code, _) = title.split_at(next_stop(title, 0)?.0);
    let letters = code.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, numbers) = code.split_at(letters);
    let last = numbers.rsplit('-').next()?;
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    ((1..=3).contains(&letters.len()) && numbers.split('-').take(3).all(is_number)).then_some(last)
}

/// The number that orders a title.
pub(super) fn number(title: &str) -> Option<&str> {
    let rest = without_number(title);
    let number = title[..title.len() - rest.len()].trim_matches(|c: char| !c.is_ascii_digit());
    (!number.is_empty() && title.starts_with(|c: char| c.is_ascii_digit())).then_some(number)
}
