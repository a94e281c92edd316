//! Status glyphs at the ends of headings: states where headings side by side end so, and one of them is left.

use super::Status;
use super::gates::{Kind, kind};
use super::marked::{bears_other, beside, number};
use crate::finding::Code;
use crate::markdown::{Block, NodeId};
use crate::model::State;
use crate::reading::draft::Draft;
use crate::reading::phrase::{normalise, without_number};
use crate::reading::{Reader, priority, reference};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cell::OnceCell;

/// The most words in bold behind a glyph at the end of a heading.
const BOLD_WORDS: usize = 3;

/// The glyphs at the ends of all headings.
pub(super) struct Glyphs<'h, 'r> {
    /// The headings.
    headings: &'h [(NodeId, u32)],
    /// The ending of each heading, once one was asked for.
    endings: OnceCell<Vec<Option<Ending<'r>>>>,
    /// What they say of each kind, those of parts of the document apart.
    ends: OnceCell<HashMap<(Kind, Named), Ends>>,
}

/// What a heading with a glyph names.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Named {
    /// A thing to be done.
    Thing,
    /// Right below the title of the document, a part of that as often.
    Part,
    /// Anything: the glyph stands before the title, as ornament does.
    Led,
}

/// What headings of one kind end with.
#[derive(Default)]
struct Ends {
    /// How many end in a glyph.
    count: usize,
    /// How many of these are left.
    left: usize,
    /// How many of these are done.
    done: usize,
    /// How many have a number.
    numbered: usize,
    /// How many show how something is done: they are named so, or code stands right below them.
    shown: usize,
}

impl Ends {
    /// Whether the glyphs are states. Two may be a pair of examples, `Good ✅` and `Bad ❌`, and two crosses a warning.
    fn tell(&self) -> bool {
        let is_pair = self.count == 2 && self.numbered == 0;
        let is_told = !is_pair || self.shown == 0 && self.done > 0;
        self.count > 1 && self.left > 0 && is_told
    }
}

impl<'h, 'r> Glyphs<'h, 'r> {
    /// Those of some headings, none of which was looked at.
    pub(super) fn of(headings: &'h [(NodeId, u32)]) -> Self {
        Self { headings, endings: OnceCell::new(), ends: OnceCell::new() }
    }

    /// The state of the glyph that a heading ends with.
    pub(super) fn status(&self, reader: &Reader<'r>, index: u32) -> Option<Status> {
        let ending = self.thing(reader, index).filter(|_| !bears_other(reader, index))?;
        let ends = self.ends(reader).get(&(kind(reader, index), Named::Thing))?;
        let state = beside(reader, ending.state, ending.text);
        ends.tell().then(|| Status { text: ending.text.to_owned(), word: ending.written.to_owned(), state })
    }

    /// The ending of the heading of a thing to be done. `Cradle ✅ **GOOD**` is rated, and so not done.
    pub(super) fn thing(&self, reader: &Reader<'r>, index: u32) -> Option<Ending<'r>> {
        self.ending(reader, index).filter(Ending::is_of_thing)
    }

    /// Whether a heading ends with a glyph for what is left.
    pub(super) fn is_left(&self, reader: &Reader<'r>, index: u32) -> bool {
        let is_one = |ending: &Ending<'_>| ending.named != Named::Led && ending.state.is_left();
        self.ending(reader, index).is_some_and(|ending| is_one(&ending) && !bears_other(reader, index))
    }

    /// How a heading ends: it is asked several times.
    fn ending(&self, reader: &Reader<'r>, index: u32) -> Option<Ending<'r>> {
        let all = || self.headings.iter().map(|&(_, index)| ending(reader, index)).collect();
        self.endings.get_or_init(all)[index as usize]
    }

    fn ends(&self, reader: &Reader<'r>) -> &HashMap<(Kind, Named), Ends> {
        let build = || {
            let mut ends: HashMap<(Kind, Named), Ends> = HashMap::default();
            for &(node, index) in self.headings {
                let Some(Ending { text, state, named, .. }) = self.ending(reader, index) else { continue };
                let own = ends.entry((kind(reader, index), named)).or_default();
                own.count += 1;
                own.left += usize::from(state.is_left());
                own.done += usize::from(state == State::Done);
                own.numbered += usize::from(number(reader.outline.title(index)).is_some());
                own.shown += usize::from(is_shown(reader, node, text));
            }
            ends
        };
        self.ends.get_or_init(build)
    }

    /// Tells once of headings of each kind whose glyphs may be states as well as ornament, and that were not read.
    pub(super) fn tell(&self, reader: &mut Reader<'r>) {
        let ends = self.ends(reader);
        // Where nothing else counts, ticks and a cross behind headings are all that the text tells of how far it is.
        let are_mixed = |(key, ends): (&(Kind, Named), &Ends)| key.1 != Named::Led && ends.tell() && ends.shown == 0;
        let is_checklist = || reader.has_items_or_name();
        let is_checklist = is_checklist();
        if ends.is_empty() || !(is_checklist || ends.iter().any(are_mixed)) {
            return;
        }
        let mut told = HashSet::default();
        for &(node, index) in self.headings {
            let Some(Ending { state, named, .. }) = self.ending(reader, index) else { continue };
            let own = (kind(reader, index), named);
            // A cross behind what nothing is listed below adorns nothing.
            let is_cross = state == State::Open;
            let are_open = |ends: &Ends| ends.count > 1 && (ends.done > 0 || named == Named::Thing);
            let is_open = |ends: &Ends| ends.shown == 0 && (is_cross || are_open(ends));
            // An item counts below its own heading too.
            let is_left = state.is_left() && reader.section_items(index) == 0 && !bears_other(reader, index);
            // These are told of already.
            let (phrase, title) = (&reader.outline.section(index).phrase, reader.outline.title(index));
            let is_left = is_left && !reader.terms.words.is_option(phrase, title);
            if is_left && ends.get(&own).is_some_and(is_open) && told.insert(own) {
                let span = reader.tree.node(node).span;
                let help = "end it with its state: `: open`";
                if ends.get(&own).is_some_and(are_open) {
                    let message =
                        "this heading and one beside it have status glyphs, which may be ornament, so it is no item";
                    match is_cross && named != Named::Led && is_checklist {
                        true => reader.warn(Code::AmbiguousGlyphs, span, message, help),
                        false => reader.find(Code::AmbiguousGlyphs, span, message, help),
                    }
                } else {
                    let message = "the glyph of this heading may be its state or ornament, so it is no item";
                    match named {
                        Named::Led => reader.find(Code::AmbiguousGlyphs, span, message, help),
                        _ => reader.warn(Code::AmbiguousGlyphs, span, message, help),
                    }
                }
            }
        }
    }
}

/// Takes the level from the bold words behind the glyph at the end of a heading: `❌ **Urgent**`.
pub(super) fn take_level(reader: &Reader<'_>, draft: &mut Draft) {
    let written = &draft.item.state_text;
    let Some(glyph) = written.chars().next().filter(|&glyph| is_listed(reader, glyph)) else { return };
    let bold = written[glyph.len_utf8()..].trim_start_matches(['\u{fe0f}', ' ']);
    if draft.item.level.is_none() && bold.starts_with(char::is_alphanumeric) {
        draft.set_level(priority::whole(reader.terms, bold));
    }
}

/// Whether a heading shows how something is done: `Good`, or code right below it.
pub(super) fn is_shown(reader: &Reader<'_>, node: NodeId, text: &str) -> bool {
    let below = reader.tree.node(node).next as usize;
    let is_code = below < reader.tree.len() && reader.tree.node(below).block == Block::Code;
    let phrase = normalise(text);
    is_code
        || [phrase.split(' ').next(), phrase.rsplit(' ').next()]
            .into_iter()
            .flatten()
            .any(|word| reader.terms.words.is_rating(word))
}

/// A heading that ends or begins with a glyph.
#[derive(Clone, Copy)]
pub(super) struct Ending<'r> {
    /// The text beside the glyph.
    pub text: &'r str,
    /// The glyph, and what stands behind it in bold.
    pub written: &'r str,
    /// What the glyph says.
    pub state: State,
    named: Named,
}

impl Ending<'_> {
    fn is_of_thing(&self) -> bool {
        let is_rated = self.state == State::Done && self.written.contains(char::is_alphanumeric);
        self.named == Named::Thing && !is_rated
    }
}

/// How a heading ends or begins, where that is with a glyph.
fn ending<'r>(reader: &Reader<'r>, index: u32) -> Option<Ending<'r>> {
    // No glyph is ASCII.
    if reader.outline.title(index).is_ascii() {
        return None;
    }
    let title = reader.outline.title(index).trim_end_matches([' ', '\u{fe0f}']);
    let last = title.char_indices().next_back().filter(|&(_, glyph)| is_listed(reader, glyph));
    let at_end = last.map(|(at, _)| at).or_else(|| before_bold(reader, index, title));
    let (text, written) = match at_end {
        Some(at) => (&title[..at], title[at..].trim_end_matches('\u{fe0f}')),
        None => led(reader, title)?,
    };
    let (text, state) = (text.trim(), reader.terms.listed_glyph(written.chars().next()?)?);
    if !text.contains(char::is_alphanumeric) || is_label(reader, index, text) {
        return None;
    }
    let named = match at_end {
        Some(_) if is_thing(reader, index, text) => Named::Thing,
        Some(_) => Named::Part,
        None => Named::Led,
    };
    Some(Ending { text, written, state, named })
}

/// The text behind the glyph that a title begins with, and the glyph; a number or a label may stand before it: `1. ✅ Mail`,
/// `Gate 2: ❌ Mail`.
fn led<'t>(reader: &Reader<'_>, title: &'t str) -> Option<(&'t str, &'t str)> {
    let starts = [Some(title), Some(without_number(title)), title.split_once(": ").map(|(_, behind)| behind)];
    starts.into_iter().flatten().find_map(|title| {
        let glyph = title.chars().next().filter(|&glyph| is_listed(reader, glyph))?;
        let (glyph, text) = title.split_at(glyph.len_utf8());
        Some((text.trim_start_matches('\u{fe0f}'), glyph))
    })
}

/// Where the glyph stands before the few bold words that end a heading, whatever they say: `Release ❌ **Urgent**`. It has to
/// be the only one, and how something is done, `❌ **Bad**`, is no state.
fn before_bold(reader: &Reader<'_>, index: u32, title: &str) -> Option<usize> {
    let heading = &reader.outline.headings[reader.outline.section(index).heading as usize];
    // A heading may be closed as it is opened: `### Release ###`.
    let source = reader.tree.source(heading.span).trim_end().trim_end_matches('#').trim_end();
    source.strip_suffix("**").or_else(|| source.strip_suffix("__"))?;
    let mut glyphs = title.char_indices().skip(1).filter(|&(_, glyph)| is_listed(reader, glyph));
    let (at, glyph) = glyphs.next().filter(|_| glyphs.next().is_none())?;
    let tail = title[at + glyph.len_utf8()..].trim_start_matches(['\u{fe0f}', '\u{a0}', ' ']);
    let is_bold = source[..source.len() - 2].strip_suffix(tail).is_some_and(|before| before.ends_with(['*', '_']));
    let is_short = !tail.is_empty() && tail.split(' ').count() <= BOLD_WORDS;
    let is_shown = || normalise(tail).split(' ').any(|word| reader.terms.words.is_rating(word));
    (is_bold && is_short && !is_shown()).then_some(at)
}

fn is_listed(reader: &Reader<'_>, glyph: char) -> bool {
    !glyph.is_ascii() && reader.terms.listed_glyph(glyph).is_some()
}

/// Whether a heading heads a list: `Done ✅`, `Known issues ⚠️`.
fn is_label(reader: &Reader<'_>, index: u32, text: &str) -> bool {
    let (words, phrase) = (reader.terms.words, normalise(without_number(text)));
    let last = phrase.rsplit(' ').next().unwrap_or_default();
    reader.terms.state(&phrase).is_some()
        || words.section_state(&phrase).is_some()
        || words.is_noun(last)
        || words.tables.is_period(&phrase)
        || words.is_prose_title(&phrase)
        || has_left_below(reader, index)
}

/// Whether a heading names a thing: right below the title of the document parts of it end in glyphs so as often.
pub(super) fn is_thing(reader: &Reader<'_>, index: u32, text: &str) -> bool {
    let (words, part) = (reader.terms.words, reader.outline.section(index));
    reader.outline.headings[part.heading as usize].level > 2
        || number(text).is_some()
        || words.phrases.is_gate(&normalise(without_number(text)))
        || reference::at_start(words, text).is_some()
}

/// Whether a heading right below one says that something is left: `What is missing`.
fn has_left_below(reader: &Reader<'_>, index: u32) -> bool {
    let outline = reader.outline;
    let below =
        (index + 1..).zip(&outline.sections[index as usize + 1..]).take_while(|(_, part)| part.parent >= Some(index));
    let mut names = below.filter(|(_, part)| part.parent == Some(index));
    names.any(|(_, part)| reader.terms.words.section_state(&part.phrase).is_some_and(State::is_left))
}
