//! Plain entries below a heading or label that names a state which is left, or says that this matters or waits to be done.

use super::{Entry, Style, about, add, is_other};
use crate::markdown::{Inline, NodeId};
use crate::model::{Level, State};
use crate::reading::outline::{Place, label};
use crate::reading::phrase::{last_parenthesis, last_stop, normalise};
use crate::reading::vocabulary::{Context, Tag, Vocabulary};
use crate::reading::{Reader, lines, priority, suffix};
use rustc_hash::FxHashSet as HashSet;

/// What is told of plain entries below a heading that says that they wait.
const PLAIN: &str = "the heading or label says that this matters or waits to be done, but plain entries are not items";

/// What is told of plain entries below a heading or label that names a state which is left.
const UNDONE: &str = "the heading or label says that this is not done, but plain entries are not items";

/// The state that is left, and that the label or heading of a list names; levels may part what stands below a heading.
pub(super) fn state_above(reader: &Reader<'_>, place: Place) -> Option<State> {
    let (outline, words) = (reader.outline, reader.terms.words);
    let label = label(reader.tree, place).and_then(|label| words.section_state(&normalise(&label)));
    let state = label.or_else(|| {
        let index = outline.section_at(reader.tree.node(place.node).span.start)?;
        let own = words.section_state(&outline.section(index).phrase);
        let title = outline.title(index);
        let is_level = || priority::heading(reader.terms, title, &normalise(title)).is_some();
        own.or_else(|| {
            words.section_state(&outline.section(outline.section(index).parent.filter(|_| is_level())?).phrase)
        })
    });
    state.filter(|state| state.is_left())
}

/// What the sections of a document part its items by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sections {
    /// Their states: items were found below a heading that names one.
    ByState,
    /// Something else.
    Otherwise,
}

impl Sections {
    /// What they are, by the items that were found so far.
    pub(super) fn of(reader: &Reader<'_>) -> Self {
        let (outline, words) = (reader.outline, reader.terms.words);
        let mut sections = (0..).zip(&outline.sections);
        let by_state = sections
            .any(|(index, part)| reader.section_items(index) > 0 && words.section_state(&part.phrase).is_some());
        if by_state { Self::ByState } else { Self::Otherwise }
    }
}

/// The plain entries of a list below a heading that names a state, in that state or in one that they name themselves:
/// `Fax (done)`. What is struck through, says that there is nothing, tells of the list or is an open item elsewhere is none.
pub(super) fn plain_entries(
    reader: &Reader<'_>,
    items: &[NodeId],
    state: State,
    known: &HashSet<String>,
) -> Vec<Entry> {
    let (terms, tree, outline) = (reader.terms, reader.tree, reader.outline);
    let section = items.first().and_then(|&first| outline.section_at(tree.node(first).span.start));
    let heading = section.map_or("", |index| outline.section(index).phrase.as_str());
    let entry = |&item: &NodeId| {
        let text = lines::lead(tree, item).trim().to_owned();
        let phrase = normalise(&text);
        let names_none = terms.words.is_nobody(&phrase) || terms.words.names_nothing(heading, &text);
        let is_struck = lines::lead_node(tree, item).is_some_and(|lead| lines::is_struck(tree, lead));
        // `Owner: QA`, `Total: 3`; but `Paint it, due: Friday` is to be done.
        let is_pair = |(key, value): (&str, &str)| {
            value.trim().parse::<u32>().is_ok() || terms.words.tag(&normalise(key)).is_some()
        };
        let is_fact = text.split_once([':', '：']).is_some_and(is_pair);
        let behind = || last_stop(&text).map(|(_, end)| &text[end..]);
        let own = last_parenthesis(&text).or_else(behind).and_then(|word| suffix::known(terms, word));
        // `See the board`
        let is_prose = terms.words.people.is_prose(&phrase);
        let is_one = !(names_none || is_struck || is_fact || is_prose || known.contains(&phrase));
        is_one.then(|| Entry { item, state: own.unwrap_or(state), text, ..Entry::default() })
    };
    items.iter().filter_map(entry).collect()
}

/// Reads plain entries below a heading that names a state: as items in that state, where other items stand below such
/// headings too.
pub(super) fn read_plain(reader: &mut Reader<'_>, place: Place, entries: Vec<Entry>, sections: Sections) {
    let tree = reader.tree;
    let about = about(reader, place);
    if is_other(about.without(Context::StatusFacts)) {
        return;
    }
    if !reader.is_checklist() {
        return reader.waiting.push(place);
    }
    // Below `Current status` they tell of the whole, and count nowhere.
    let is_fact = about.has(Context::StatusFacts);
    // A bold label parts the entries by something else, unless it names a state or a level itself.
    let is_bold = |&before: &NodeId| tree.pieces(before).first().is_some_and(|piece| piece.inline == Inline::Strong);
    let ends = |&before: &NodeId| tree.source(tree.node(before).span).trim_end().ends_with([':', '：']);
    let bold = place.before.filter(|before| is_bold(before) || ends(before)).and_then(|_| label(tree, place));
    let is_other = bold.is_some_and(|label| {
        let level = place.before.and_then(|before| priority::label(reader.terms, tree, before));
        level.is_none() && reader.terms.words.section_state(&normalise(&label)).is_none()
    });
    if (sections == Sections::Otherwise || is_other || is_fact) && !entries.is_empty() {
        let help = "use boxes ([ ] and [x]) to make them items";
        return reader.hold(place.node, UNDONE, help);
    }
    add(reader, place, entries, Style::Worded);
}

/// Tells of plain entries below a heading that says that they are urgent or wait to be done, where the heading has no
/// items and the document others, or below a label that says that they wait: `P0 — Blocks the launch`, `Must-fix backlog`.
pub(super) fn tell_urgent(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) {
    let (outline, words) = (reader.outline, reader.terms.words);
    let Some(index) = outline.section_at(reader.tree.node(place.node).span.start) else { return };
    let (title, phrase) = (outline.title(index), outline.section(index).phrase.as_str());
    let is_urgent = || {
        let level = priority::heading(reader.terms, title, &normalise(title));
        level.is_some_and(|level| {
            let Level(rank) = level.level;
            rank == 0 || rank == 1 && is_priority(words, title, phrase) && !tells_state(reader, title)
        }) || outline.waits(words, index)
            || is_first_of_left(reader, index)
    };
    let is_whole = outline.section(index).heading == 0;
    let is_told = match label(reader.tree, place) {
        Some(label) => words.waits_below(&normalise(&label)),
        None => reader.section_items(index) == 0 && !is_whole && !words.is_record(phrase) && is_urgent(),
    };
    if !is_told {
        return;
    }
    if !reader.is_checklist() {
        return reader.waiting.push(place);
    }
    let entries = plain_entries(reader, items, State::Open, &HashSet::default());
    let about = about(reader, place);
    // `Next steps before launch` has to be done first.
    let above = outline.section(index).parent.map(|above| outline.section(above).contexts).unwrap_or_default();
    let is_first = words.is_next_before(phrase) && !above.has(Context::Steps);
    let about = if is_first { about.without(Context::Steps) } else { about };
    if !entries.is_empty() && !is_other(about) {
        let help = "use boxes ([ ] and [x]) to make them items";
        reader.hold(place.node, PLAIN, help);
    }
}

/// Whether a heading with a level names it by its code or as a priority, so that it ranks what is below: `P1`, `High priority`,
/// never `Important`.
fn is_priority(words: &Vocabulary, title: &str, phrase: &str) -> bool {
    priority::has_code(title) || phrase.split(' ').any(|word| words.tag(word) == Some(Tag::Priority))
}

/// Whether a heading ends in a state, which is that of all below it, or has "done" among its words: `P1 — Open`, `P1 completed`.
fn tells_state(reader: &Reader<'_>, title: &str) -> bool {
    let is_done = |word: &str| reader.terms.state(&normalise(word)) == Some(State::Done);
    last_stop(title).is_some_and(|(_, end)| suffix::known(reader.terms, &title[end..]).is_some())
        || title.split(' ').any(is_done)
}

/// Whether a heading is the first below one that names what is left: one finding is enough for all of them.
fn is_first_of_left(reader: &Reader<'_>, index: u32) -> bool {
    let outline = reader.outline;
    let parent =
        outline.section(index).parent.filter(|&parent| parent + 1 == index && reader.section_items(parent) == 0);
    let state = |parent: u32| reader.terms.words.section_state(&outline.section(parent).phrase);
    parent.and_then(state).is_some_and(State::is_left)
}
