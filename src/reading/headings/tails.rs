//! Headings that end in a status set apart, and those beside them whose ends say it in other words.

use super::gates::{Kind, kind};
use super::glyphs::{Ending, Glyphs};
use super::{Status, facets, loud, marked, names_all, phrased};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::phrase::{is_pictograph, last_stop, normalise, stops, without_number};
use crate::reading::reservation::is_part;
use crate::reading::restate::Rows;
use crate::reading::status::{Said, leading, qualified, said};
use crate::reading::suffix::{self, known};
use crate::reading::vocabulary::{Context, Tag, Vocabulary};
use crate::reading::{Reader, date, priority, reference};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::cell::OnceCell;

/// The most words of a status at the end of a heading, a note in a parenthesis left out.
pub(super) const WORDS: usize = 4;

/// The most bytes of a yes or no behind the last stop of a heading.
const ANSWER: usize = 16;

/// The fewest letters of a word in capitals that may be a state which nobody knows: shorter ones are abbreviations.
const LETTERS: usize = 5;

/// The status that a title ends with, behind a stop or glyph: `1. Licence: done`, `Gate 3 — PASS (owner: @yard)`.
pub(super) fn status(reader: &Reader<'_>, title: &str) -> Option<Status> {
    let behind_stop = last_stop(without_note(title)).and_then(|stop| status_behind(reader, title, stop));
    // `Stage 1: Pack ✅ COMPLETE` has a stop before the glyph.
    let status = behind_stop.or_else(|| status_behind(reader, title, glyph_before_word(title)?));
    status.or_else(|| facets::before(reader, title))
}

/// The bold status that a title ends with.
pub(super) fn bold(reader: &Reader<'_>, node: NodeId) -> Option<Status> {
    let suffix = suffix::bold(reader.terms, reader.tree, reader.tree.pieces(node))?;
    Some(Status { text: suffix.text, word: suffix.word, state: suffix.state })
}

/// A title, and the parenthesis or brackets at its end.
fn split_note(title: &str) -> (&str, &str) {
    let end = title.trim_end();
    let at = match end.chars().next_back() {
        Some(')') => end.rfind(" ("),
        Some(']') => end.rfind(" ["),
        Some('）') => end.rfind('（'),
        _ => None,
    };
    title.split_at(at.unwrap_or(title.len()))
}

fn without_note(title: &str) -> &str {
    split_note(title).0
}

pub(super) fn status_behind(reader: &Reader<'_>, title: &str, (at, end): (usize, usize)) -> Option<Status> {
    let terms = reader.terms;
    let (text, word) = (text_before(title, at), title[end..].trim());
    let short = words(word) <= WORDS && word.chars().any(char::is_alphabetic);
    let (head, note) = split_note(word);
    let state = known(terms, head).or_else(|| known(terms, before_day(head)?));
    let state = state.filter(|_| short && !text.is_empty())?;
    let state = qualified(terms, state, note.trim_matches(['[', ']', ' ']));
    let bare = normalise(without_number(text));
    let is_value = terms.words.is_section_value(&normalise(word));
    if is_value && !terms.words.phrases.is_gate(&bare) && reference::at_start(terms.words, title).is_none() {
        return None;
    }
    // `P1 — Done` heads a group.
    let is_group = || state == State::Done && priority::whole(terms, text).is_some();
    let is_other = is_level(reader, word, state) || is_of_all(terms.words, &bare) || is_group();
    (!is_other).then(|| Status { text: text.to_owned(), word: word.to_owned(), state })
}

/// A status without the day behind it: `RESOLVED 2026-06-09`.
pub(super) fn before_day(word: &str) -> Option<&str> {
    let (before, last) = word.trim_end().rsplit_once(' ')?;
    (last.starts_with(|c: char| c.is_ascii_digit()) && date::is_date(last)).then_some(before)
}

fn text_before(title: &str, at: usize) -> &str {
    title[..at].trim().trim_end_matches(|c: char| is_pictograph(c) || c.is_whitespace() || c == '\u{fe0f}')
}

pub(super) fn words(word: &str) -> usize {
    without_note(word).split_whitespace().count()
}

/// `Crash on start — BLOCKER` names the level of a fault.
fn is_level(reader: &Reader<'_>, word: &str, state: State) -> bool {
    state == State::Blocked && reader.terms.words.level(&normalise(word)).is_some()
}

/// Whether a title tells the status of everything rather than of one thing: `Status`, `Overall verdict`, `Go/No-Go`.
fn is_of_all(words: &Vocabulary, phrase: &str) -> bool {
    matches!(words.tag(phrase), Some(Tag::Status))
        || words.tables.is_sum(phrase)
        || words.tables.whole_of.contains(phrase)
        || words.tables.is_aim(phrase)
        || words.is(Context::Decision, phrase)
        || words.phrases.is_go_or_no_go(phrase)
}

/// Whether a text that is done tells how far everything is, also in bold or in brackets, `Status: **GO FOR LAUNCH**`, or by
/// the name of what is released: `Deployment status`. One that is left may as well be a part that waits, and counts.
pub(super) fn claims_all(reader: &Reader<'_>, status: &Status) -> bool {
    if status.state != State::Done {
        return false;
    }
    let tables = &reader.terms.words.tables;
    let is_whole = |(whole, last): (&str, &str)| {
        tables.whole_of.contains(last) && whole.split(' ').all(|word| tables.released.contains(word))
    };
    let phrase = normalise(without_number(&status.text));
    is_of_all(reader.terms.words, &phrase) || phrase.rsplit_once(' ').is_some_and(is_whole)
}

/// `Backups ✅ SHIPPED`: a glyph with a status word behind it, at the end.
pub(super) fn glyph_before_word(title: &str) -> Option<(usize, usize)> {
    let (at, glyph) = title.char_indices().rev().find(|&(_, c)| is_pictograph(c))?;
    let sign = title[..at].char_indices().next_back().filter(|&(_, c)| glyph == '\u{fe0f}' && is_pictograph(c));
    let at = sign.map_or(at, |(at, _)| at);
    (at > 0 && title[at..].chars().any(char::is_alphabetic)).then_some((at, at))
}

/// Whether headings of the same kind are items by their ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    /// Right beside them a word in small letters and one that nobody knows are enough.
    Told,
    /// They are of other kinds.
    Other,
}

/// Reads the headings of a level on which others end in a status, and that end in something else: what a cell would
/// say a state with is one, and a word in capitals that nobody knows is open.
pub(super) fn read_others<'v>(
    reader: &mut Reader<'v>,
    (headings, glyphs): (&[(NodeId, u32)], &Glyphs<'_, 'v>),
    rows: &OnceCell<Rows<'v>>,
    told: &mut Vec<(u32, State)>,
) {
    if told.is_empty() {
        return;
    }
    let indexes: HashSet<u32> = told.iter().map(|&(index, _)| index).collect();
    let kinds: HashSet<Kind> = told.iter().map(|&(index, _)| kind(reader, index)).collect();
    let levels: HashSet<u8> = kinds.iter().map(|&(_, level)| level).collect();
    let answered: HashSet<u8> = told
        .iter()
        .filter(|&&(index, _)| answer(reader, index) == Some(true))
        .map(|&(index, _)| kind(reader, index).1)
        .collect();
    for &(node, index) in headings.iter().rev() {
        let own = kind(reader, index);
        let is_read = indexes.contains(&index) || reader.section_items(index) > 0;
        if own.1 < 2 || !levels.contains(&own.1) || is_read {
            continue;
        }
        let denied = || answered.contains(&own.1).then(|| denied(reader, index)).flatten();
        let company = if kinds.contains(&own) { Company::Told } else { Company::Other };
        let found =
            other(reader, glyphs, index, company).or_else(denied).map(|(status, said)| (status, said, String::new()));
        let phrased = || if company == Company::Told { phrased::status(reader, (node, index)) } else { None };
        let Some((status, said, note)) = found.or_else(phrased) else { continue };
        if marked::is_news(reader, status.state) || claims_all(reader, &status) {
            continue;
        }
        let mut draft = reader.marked(node, index, status);
        draft.item.note = note;
        told.push((index, draft.item.state));
        if !reader.compare_restated(rows.get_or_init(|| reader.rows()), &draft.item) {
            let shown = format!("{} {}", draft.item.state_text, draft.item.note);
            reader.tell(said, shown.trim_end(), draft.item.span);
            reader.push(draft);
        }
    }
}

/// What the end of a heading says beside others that end in a status.
fn other<'r>(reader: &Reader<'r>, glyphs: &Glyphs<'_, 'r>, index: u32, company: Company) -> Option<(Status, Said)> {
    let is_beside = company == Company::Told;
    let title = reader.outline.title(index);
    let (head, note) = split_note(title);
    let mut stops: Vec<(usize, usize)> = stops(head).collect();
    stops
        .extend(glyph_before_word(head).filter(|&(at, _)| is_beside && leading(reader.terms, &head[at..]).0.is_some()));
    let mut found = None;
    for (at, end) in stops {
        let (text, word) = (text_before(title, at), title[end..].trim());
        let is_value = || reader.terms.words.is_undecided(&normalise(word)) && names_fact(reader, text);
        let told = told_by(reader, word, company).filter(|_| !(is_no_thing(reader, index, text) || is_value()));
        // `Cradle ✅ GOOD` is rated.
        let is_rated = |told: &Said| at == end && told.state() == State::Done;
        let is_warning =
            |told: &Said| at == end && *told != Said::State(State::Done) && loud::is_warning(reader, text, word);
        let is_one =
            |told: &Said| !is_rated(told) && !is_warning(told) && !facets::is_doubted(reader, word, told.state());
        let Some(told) = told.filter(is_one) else { continue };
        let is_known = told != Said::Unknown;
        found = Some((text, word.to_owned(), told));
        if is_known {
            break;
        }
    }
    let found = found.filter(|(_, word, told)| !is_level(reader, word, told.state()));
    let beside = || {
        noted(reader, head, note).or_else(|| glyphs.thing(reader, index).map(signed)).or_else(|| quiet(reader, index))
    };
    let beside = || if is_beside { beside() } else { None };
    let (text, word, told) = found.or_else(|| beside().filter(|(text, ..)| !is_no_thing(reader, index, text)))?;
    Some((Status { text: text.to_owned(), word, state: told.state() }, told))
}

/// Whether a text ends with a word for what is told of a thing: `Launch date`, `Owner`.
fn names_fact(reader: &Reader<'_>, text: &str) -> bool {
    let phrase = normalise(text);
    reader.terms.words.names_fact(phrase.rsplit(' ').next().unwrap_or_default())
}

/// The yes or no that a heading ends with.
fn answer(reader: &Reader<'_>, index: u32) -> Option<bool> {
    let title = without_note(reader.outline.title(index));
    let (_, end) = last_stop(title).filter(|&(_, end)| title.len() - end <= ANSWER)?;
    reader.terms.words.tables.answer(&normalise(&title[end..]))
}

/// The yes or no that a heading seems to end with: `Alerts (no)`, `Alerts? No, not yet`.
fn loose_answer(reader: &Reader<'_>, index: u32) -> Option<bool> {
    let title = reader.outline.title(index);
    let (head, note) = split_note(title);
    let asked = || memchr::memchr(b'?', head.as_bytes()).and_then(|_| head.rfind("? "));
    let behind = || asked().map(|at| at + 2).or_else(|| last_stop(head).map(|(_, end)| end));
    let tail = if note.is_empty() { &title[behind()?..] } else { note.trim_start_matches([' ', '(', '[', '（']) };
    let word = tail.split([' ', ',', ';', ')', ']', '）']).find(|word| !word.is_empty())?;
    let is_yes = reader.terms.words.tables.answer(&normalise(Some(word).filter(|word| word.len() <= ANSWER)?))?;
    let text = title[..title.len() - tail.len()].trim_end_matches(|c: char| !c.is_alphanumeric());
    (!is_no_thing(reader, index, text)).then_some(is_yes)
}

/// Tells once of headings of each kind that end with a no beside other answers, and that were not read: they may be as
/// they should.
pub(super) fn tell_denied(reader: &mut Reader<'_>, headings: &[(NodeId, u32)]) {
    if !reader.has_items_or_name() {
        return;
    }
    let mut kinds: HashMap<Kind, (usize, Option<NodeId>)> = HashMap::default();
    for &(node, index) in headings {
        let Some(is_yes) = loose_answer(reader, index) else { continue };
        let (count, first) = kinds.entry(kind(reader, index)).or_default();
        *count += 1;
        *first = first.or(Some(node).filter(|_| !is_yes && reader.section_items(index) == 0));
    }
    let mut nodes: Vec<NodeId> =
        kinds.into_values().filter(|&(count, _)| count > 1).filter_map(|(_, first)| first).collect();
    nodes.sort_unstable();
    for node in nodes {
        let message =
            "this heading and those beside it end with a yes or no, which may be as it should, so it is no item";
        let help = "end it with its state: `: open`";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
    }
}

/// The no that a heading ends with, beside others that end with a yes: `Alerts: no`.
fn denied(reader: &Reader<'_>, index: u32) -> Option<(Status, Said)> {
    let title = reader.outline.title(index);
    let (at, end) = last_stop(without_note(title)).filter(|_| answer(reader, index) == Some(false))?;
    let text = text_before(title, at);
    let said = Said::State(State::Open);
    let status = Status { text: text.to_owned(), word: title[end..].trim().to_owned(), state: State::Open };
    (!is_no_thing(reader, index, text)).then_some((status, said))
}

/// A state in capitals that the parenthesis at the end of a heading begins with: `Pay (DONE, except Safari)`.
fn noted<'t>(reader: &Reader<'_>, head: &'t str, note: &str) -> Option<(&'t str, String, Said)> {
    let word = note.trim().strip_prefix(['(', '['])?.strip_suffix([')', ']'])?;
    let first = word.split([' ', ',', ';']).next().unwrap_or_default();
    let is_loud = first.chars().any(char::is_alphabetic) && !first.chars().any(char::is_lowercase);
    let told = said(reader.terms, word);
    let is_state = is_loud && told.known().is_some();
    let text = head.trim();
    is_state.then(|| (text, word.to_owned(), told))
}

/// The state in small letters that a heading begins or ends with: `Done: Login`, `Login (done)`.
fn quiet<'r>(reader: &'r Reader<'_>, index: u32) -> Option<(&'r str, String, Said)> {
    let title = without_number(reader.outline.title(index)).trim();
    let Status { text, word, state } = marked::quiet(reader, index, title, |_| true)?;
    let at = title.find(&text)?;
    Some((&title[at..at + text.len()], word, Said::State(state)))
}

/// The state of the glyph that a heading ends with.
fn signed(ending: Ending<'_>) -> (&str, String, Said) {
    (ending.text, ending.written.to_owned(), Said::State(ending.state))
}

/// What a word behind a stop says of a state. In capitals or as a glyph it says so by its first words; in small letters
/// all of it, its last word or its first clause has to be a state.
fn told_by(reader: &Reader<'_>, word: &str, company: Company) -> Option<Said> {
    let terms = reader.terms;
    let is_beside = company == Company::Told;
    let head = without_note(word).trim();
    let phrase = normalise(head);
    let said = if is_part(terms, &phrase) { Said::State(State::Doing) } else { said(terms, word) };
    let is_value = terms.words.is_section_value(&phrase) && said != Said::State(State::Na);
    // `Vote - TBD` is open beside `Charter - Done`.
    let is_value = is_value && !(is_beside && terms.words.is_undecided(&phrase));
    if is_value || said == Said::Nothing {
        return None;
    }
    if !head.chars().any(char::is_lowercase) {
        let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
        let is_word = || is_beside && head.split(' ').any(|word| letters(word) >= LETTERS);
        let is_known = said != Said::Unknown;
        return (is_known || is_word() && terms.words.level(&phrase).is_none()).then_some(said);
    }
    // What is known may be longer: `Nearly ready`, `Partially ready for us`, `Implemented, needs a test`.
    let most = if said == Said::Unknown { 2 } else { WORDS };
    let ends_so =
        || words(head) <= most && head.rsplit(' ').next().is_some_and(|last| terms.state(&normalise(last)).is_some());
    let clause = head.split([',', ';']).next().unwrap_or(head);
    // The first clause is enough: `done, pending an audit`.
    let begins_so = || clause.len() < head.len() && terms.state(&normalise(clause)).is_some();
    // So is the last of one that nobody knows, where that is left: `SUBMITTED, in review`.
    let last = || head.rsplit_once([',', ';']).and_then(|(_, last)| terms.state(&normalise(last)));
    if is_beside
        && said == Said::Unknown
        && head.starts_with(char::is_uppercase)
        && let Some(state) = last().filter(|state| state.is_left())
    {
        return Some(Said::State(state));
    }
    let is_state =
        || begins_so() || head.starts_with(char::is_uppercase) && (ends_so() || terms.state(&phrase).is_some());
    (is_beside && is_state()).then_some(said)
}

/// Whether a text before a status names nothing that has one: everything, a list of things, or what is no work.
pub(super) fn is_no_thing(reader: &Reader<'_>, index: u32, text: &str) -> bool {
    let words = reader.terms.words;
    let phrase = normalise(without_number(text));
    let is_list = phrase.rsplit(' ').next().is_some_and(|last| words.is_noun(last));
    !text.contains(char::is_alphanumeric)
        || is_list
        || words.level(&phrase).is_some()
        || words.is_option(&phrase, text)
        || is_of_all(words, &phrase)
        || words.tables.no_things.contains(&phrase)
        || words.is_prose_title(&phrase)
        || names_all(reader, index, text)
        || marked::bears_other(reader, index)
        || words.is(Context::Risk, &phrase)
}
