//! Headings that mark their state in brackets, in bold or by a glyph, and the numbered ones beside them that do not.

use super::gates::{Kind, has_code, kind};
use super::{Status, is_about_all};
use crate::finding::Code;
use crate::markdown::{Inline, NodeId};
use crate::model::State;
use crate::reading::phrase::{is_pictograph, normalise, without_number};
use crate::reading::vocabulary::{Context, Contexts};
use crate::reading::{Reader, reference, reservation, suffix};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// A state in brackets, at either end of a title, or in capitals and bold at its end: `[TODO] Login`, `Login (DONE)`.
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
        is_loud.then_some((word, text))
    };
    let bold = || {
        let pieces = reader.tree.pieces(node);
        let start = pieces.iter().rposition(|piece| piece.inline == Inline::Strong)?;
        let is_last = pieces.last().is_some_and(|piece| piece.inline == Inline::StrongEnd);
        let word = reader.tree.plain(&pieces[start..]);
        let text = bare.strip_suffix(word.trim()).filter(|_| is_last && is_capital(&word))?;
        Some((&bare[text.len()..], text))
    };
    let found = [led(), bracketed(), bold()].into_iter().flatten();
    let mut found = found.filter_map(|(word, text)| {
        let state =
            reader.terms.words.section_mark(&normalise(word)).then(|| reader.terms.state(&normalise(word)))??;
        let text = text.trim();
        let state = beside(reader, state, text);
        let text = text.to_owned();
        text.contains(char::is_alphanumeric).then(|| Status { text, word: word.trim().to_owned(), state })
    });
    found.next()
}

/// A state with the rest of its title: "done" is only being done where that takes it back, or asks. A sign before it
/// that says no other state is an ornament.
fn beside(reader: &Reader<'_>, state: State, text: &str) -> State {
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

/// Whether headings say that what stands below them is no work: risks, evidence, steps.
pub(super) fn bears_other(reader: &Reader<'_>, index: u32) -> bool {
    let contexts = reader.outline.section(index).contexts;
    let others = [Context::Risk, Context::Evidence, Context::NotIncluded, Context::Steps, Context::Criteria];
    others.into_iter().any(|other| contexts.has(other))
}

fn is_capital(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

/// Status glyphs at the ends of headings: states where headings side by side end so, and one of them is left.
#[derive(Default)]
pub(super) struct Glyphs {
    /// How many headings of each kind end in a glyph, and whether one of these is left.
    ends: OnceCell<HashMap<Kind, (usize, bool)>>,
}

impl Glyphs {
    /// The state of the glyph that a heading ends with.
    pub(super) fn status(&self, reader: &Reader<'_>, headings: &[(NodeId, u32)], index: u32) -> Option<Status> {
        let (text, glyph, state) = glyph_at_end(reader, index).filter(|_| !bears_other(reader, index))?;
        let build = || {
            let mut ends: HashMap<Kind, (usize, bool)> = HashMap::default();
            for &(_, other) in headings {
                if let Some((_, _, state)) = glyph_at_end(reader, other) {
                    let (count, is_left) = ends.entry(kind(reader, other)).or_default();
                    (*count, *is_left) = (*count + 1, *is_left || state.is_left());
                }
            }
            ends
        };
        let &(count, is_left) = self.ends.get_or_init(build).get(&kind(reader, index))?;
        // Two without a number may be a pair of examples, `Good ✅` and `Bad ❌`.
        let is_pair = count == 2 && number(reader.outline.title(index)).is_none();
        let state = beside(reader, state, text);
        (count > 1 && !is_pair && is_left).then(|| Status { text: text.to_owned(), word: glyph.to_string(), state })
    }
}

pub(super) fn glyph_at_end<'r>(reader: &'r Reader<'_>, index: u32) -> Option<(&'r str, char, State)> {
    let title = reader.outline.title(index).trim_end_matches([' ', '\u{fe0f}']);
    let glyph = title.chars().next_back().filter(|glyph| !glyph.is_ascii())?;
    let text = title[..title.len() - glyph.len_utf8()].trim_end();
    let state = reader.terms.listed_glyph(glyph)?;
    // `Done ✅`, `Known issues ⚠️` head lists.
    let (words, phrase) = (reader.terms.words, normalise(without_number(text)));
    let last = phrase.rsplit(' ').next().unwrap_or_default();
    let is_label = reader.terms.state(&phrase).is_some()
        || words.section_state(&phrase).is_some()
        || words.is_noun(last)
        || words.tables.is_period(&phrase)
        || words.is_prose_title(&phrase);
    let part = reader.outline.section(index);
    // Right below the title of the document parts of it end so as often as things to be done.
    let is_thing = reader.outline.headings[part.heading as usize].level > 2
        || number(title).is_some()
        || words.phrases.is_gate(&phrase)
        || reference::at_start(words, title).is_some();
    let is_label = is_label || !is_thing || has_left_below(reader, index);
    (text.contains(char::is_alphanumeric) && !is_label).then_some((text, glyph, state))
}

/// Whether a heading right below one says that something is left: `What is missing`.
fn has_left_below(reader: &Reader<'_>, index: u32) -> bool {
    let outline = reader.outline;
    let below =
        (index + 1..).zip(&outline.sections[index as usize + 1..]).take_while(|(_, part)| part.parent >= Some(index));
    let mut names = below.filter(|(_, part)| part.parent == Some(index));
    names.any(|(_, part)| reader.terms.words.section_state(&part.phrase).is_some_and(State::is_left))
}

/// Reads the numbered headings beside those that are marked as done, and those that go on with their numbers in other
/// sections: they are open, or, right below the title of the document, told of.
pub(super) fn read_unmarked(reader: &mut Reader<'_>, headings: &[(NodeId, u32)], told: &[(u32, State)]) {
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
        tell_unmarked(reader, level, &series);
    }
}

fn is_unmarked(reader: &Reader<'_>, index: u32) -> bool {
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
fn series_number<'r>(reader: &'r Reader<'_>, index: u32) -> Option<&'r str> {
    let title = reader.outline.title(index);
    let id = || reference::at_start(reader.terms.words, title).filter(|_| has_code(reader, index));
    number(title).or_else(|| id()?.0.rsplit('-').next())
}

/// The number that orders a title.
fn number(title: &str) -> Option<&str> {
    let rest = without_number(title);
    let number = title[..title.len() - rest.len()].trim_matches(|c: char| !c.is_ascii_digit());
    (!number.is_empty() && title.starts_with(|c: char| c.is_ascii_digit())).then_some(number)
}
