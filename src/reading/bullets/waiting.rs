//! Lists that tell no state by themselves, read once it is known how the rest of the document tells states: led by
//! colours and signs, or plain below a heading that is nothing but the name of a state.

use super::bolded::{self, Fit};
use super::faceted::{self, Untold};
use super::{
    Entry, Style, about, add, bracketed, glyph_entry, has_no_items, hinted, is_radio, partly, prefix, suffixed,
    tell_glyphs,
};
use crate::finding::Code;
use crate::markdown::{Inline, NodeId};
use crate::model::{Level, State};
use crate::reading::outline::{Place, label};
use crate::reading::phrase::{clause_end, last_stop, next_stop, normalise};
use crate::reading::vocabulary::{Context, Contexts, Tag};
use crate::reading::{Reader, lines, priority, suffix, tasks};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

/// What is told of a list of which each entry begins with another status word, and how to mend it.
pub(super) const EXPLAINS: (&str, &str) = (
    "each status word stands once here, so that this list may explain them; its entries are not items",
    "use boxes ([ ] and [x]) to make them items",
);

/// What is told of plain entries below a heading that says that they wait.
const PLAIN: &str = "the heading or label says that this matters or waits to be done, but plain entries are not items";

/// What is told of plain entries below a heading or label that names a state which is left.
const UNDONE: &str = "the heading or label says that this is not done, but plain entries are not items";

/// Reads the lists that waited.
pub(in crate::reading) fn read(reader: &mut Reader<'_>) {
    let (sections, known, series) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
    // What is open elsewhere counts there; where it is done, the two disagree.
    let texts = |reader: &Reader<'_>| {
        let left = reader.drafts.iter().filter(|draft| draft.item.state.is_left());
        left.map(|draft| normalise(&draft.item.text)).collect()
    };
    for place in std::mem::take(&mut reader.waiting) {
        let items: Vec<NodeId> = reader.tree.children(place.node).collect();
        if let Some(entries) = signed_entries(reader, &items) {
            read_signed(reader, place, entries);
        } else if let Some(state) = state_above(reader, place) {
            let entries = plain_entries(reader, &items, state, known.get_or_init(|| texts(reader)));
            let sections = *sections.get_or_init(|| Sections::of(reader));
            read_plain(reader, place, entries, sections);
        } else if let Some((entries, without)) = partly::entries(reader.terms, reader.tree, &items) {
            read_partly(reader, place, entries, without);
        } else if let Some((entries, fit)) = bolded::entries(reader, &items) {
            read_bolded(reader, place, entries, fit);
        } else if let Some(untold) = faceted::untold(reader, &items, &series) {
            read_untold(reader, place, untold);
        } else if !(tell_odd_boxes(reader, place, &items)
            || tell_words(reader, place, &items)
            || tell_inner_words(reader, place, &items))
        {
            let told = reader.told();
            tell_glyphs(reader, place, &items);
            tell_urgent(reader, place, &items);
            if reader.told() == told {
                tell_hinted(reader, place, &items);
            }
        }
    }
}

/// Reads entries that end in bold words some of which are known, or tells of them.
fn read_bolded(reader: &mut Reader<'_>, place: Place, entries: Vec<Entry>, fit: Fit) {
    if is_other(about(reader, place)) || !is_checklist(reader) {
        return;
    }
    if fit == Fit::Ambiguous {
        let message = "most entries of this list end in a word that is no known state, so none of them is an item";
        let help = "use words for states, explain those that you use in a legend, or use boxes ([ ] and [x])";
        return reader.warn(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
    }
    for entry in entries.iter().filter(|entry| !bolded::is_known(reader.terms, entry)) {
        reader.unknown_state(&entry.word, entry.mark);
    }
    add(reader, place, entries, Style::Worded);
}

/// Reads entries with ids and facts and no status: they are open where others of their series are items.
fn read_untold(reader: &mut Reader<'_>, place: Place, untold: Untold) {
    if is_other(about(reader, place)) {
        return;
    }
    match untold {
        Untold::Items(entries) => add(reader, place, entries, Style::Worded),
        Untold::Ambiguous => {
            let message = "these entries have ids and say who or when, but no state, so they are no items";
            let help = "write below each how far it is: `Status: open`";
            reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
        }
    }
}

/// The entries of a list of which every one is led by a sign that means a state somewhere: a colour, 📋, 🔜. Signs of
/// levels are none of states.
fn signed_entries(reader: &Reader<'_>, items: &[NodeId]) -> Option<Vec<Entry>> {
    let (terms, tree) = (reader.terms, reader.tree);
    let first = items.first().and_then(|&item| lines::lead_node(tree, item))?;
    if tree.source(tree.node(first).span).starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let entries: Vec<Entry> =
        items.iter().map_while(|&item| glyph_entry(terms, tree, item)).map(|(entry, _)| entry).collect();
    let is_level = |entry: &Entry| {
        let head = entry.text.split([':', '—', '–', '(']).next().unwrap_or_default();
        let first = head.split(' ').next().unwrap_or_default();
        priority::named(terms.words, head).or_else(|| priority::named(terms.words, first)).is_some()
    };
    (entries.len() == items.len() && !entries.iter().any(is_level)).then_some(entries)
}

/// Reads a list led by such signs: as items where lists led by status glyphs are the style of the document, or where
/// colours tell done entries from others. A different sign for each entry may only adorn them.
fn read_signed(reader: &mut Reader<'_>, place: Place, entries: Vec<Entry>) {
    let signs = entries.iter().map(|entry| entry.word.as_str()).collect::<HashSet<_>>().len();
    let has_left = entries.iter().any(|entry| entry.state.is_left());
    let is_style = reader.glyph_style && has_left;
    let is_levels = is_of_levels(reader, place);
    let is_colour = |entry: &Entry| entry.word.chars().any(|glyph| reader.terms.led_glyph(glyph).is_some());
    let parts = entries.iter().all(is_colour) && has_left && entries.iter().any(|entry| entry.state == State::Done);
    if !is_levels && (is_style && signs == 1 || parts && signs < entries.len()) {
        return add(reader, place, entries, Style::Led);
    }
    let is_none = is_radio(reader, &entries, entries.len()) || has_no_items(about(reader, place));
    if is_none || !(is_style || entries.iter().any(is_colour)) {
        return;
    }
    let message = "these signs may be levels or ornament as well as states, so they are not items";
    let help = "begin each entry with a status glyph such as ✅ or ❌, or use boxes ([ ] and [x])";
    reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
}

/// Reads the entries of a list that have a status in brackets, and tells of those that have none.
fn read_partly(reader: &mut Reader<'_>, place: Place, entries: Vec<Entry>, without: Option<NodeId>) {
    let words: HashSet<String> = entries.iter().map(|entry| normalise(&entry.word)).collect();
    if words.len() == entries.len() && label(reader.tree, place).is_some() {
        if !has_no_items(about(reader, place)) {
            let (message, help) = EXPLAINS;
            reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
        }
        return;
    }
    let before = reader.drafts.len();
    add(reader, place, entries, Style::Worded);
    if let Some(without) = without.filter(|_| reader.drafts.len() > before) {
        let message = "the entries around this one have a status in brackets and it has none, so it is no item";
        let help = "write one before it, such as `[TODO]`, or use boxes ([ ] and [x])";
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(without).span, message, help);
    }
}

/// Whether the heading of a list speaks of risks or levels, which colours tell too.
fn is_of_levels(reader: &Reader<'_>, place: Place) -> bool {
    let section = reader.outline.section_at(reader.tree.node(place.node).span.start);
    let words = reader.terms.words;
    let names = |word: &str| words.tables.risks.contains(word) || words.tag(word) == Some(Tag::Priority);
    section.is_some_and(|index| reader.outline.section(index).phrase.split(' ').any(names))
}

/// Tells of a list of which at least half of the entries have boxes with a sign that nobody knows.
fn tell_odd_boxes(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) -> bool {
    let tree = reader.tree;
    let odd = items.iter().filter(|&&item| tasks::has_odd_box(reader.terms, tree, item)).count();
    let is_told = odd > 0 && odd * 2 >= items.len() && !has_no_items(about(reader, place));
    if is_told {
        let message = "nobody knows the sign in these boxes, so these entries are not items";
        let help = "use [ ] or [x], or say in a line what the sign means";
        reader.find(Code::LooseBox, tree.node(place.node).span, message, help);
    }
    is_told
}

/// Tells of a list of which each entry begins with another status word, or with round brackets in place of a box.
fn tell_words(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) -> bool {
    let tree = reader.tree;
    let is_answer = |&item: &NodeId| tasks::is_radio_word(reader.terms, &lines::lead(tree, item));
    let has_box = |&item: &NodeId| tasks::is_boxed_inside(reader.terms, tree, item);
    let is_bare = || items.len() > 1 && label(tree, place).is_none();
    let (message, help) = if items.iter().any(|&item| tasks::is_round(tree, item)) && !items.iter().all(is_answer) {
        ("round brackets are no boxes, so these entries are not items", "use [ ] and [x]")
    } else if items.iter().any(has_box) {
        ("a box that does not begin its entry is none, so these entries are not items", "begin each with `- [ ] `")
    } else if is_bare() && prefix::all(reader.terms, tree, items).is_some() {
        EXPLAINS
    } else if is_bare() && items.iter().all(|&item| bracketed::entry(reader.terms, tree, item).is_some()) {
        (
            "single words with a state in brackets may be a legend's names, so these entries are not items",
            "say in more words what has to be done, or use boxes ([ ] and [x])",
        )
    } else if items.iter().any(|&item| suffixed::goes_on_as_left(reader.terms, tree, item)) {
        (
            "the line below a status may go on with its sentence, so these entries are not items",
            "end each entry with its status, or use boxes ([ ] and [x])",
        )
    } else if partly::is_led(reader.terms, tree, items) {
        (
            "not every entry of this list begins with a status word, so none of them is an item",
            "begin each entry with one, or use boxes ([ ] and [x])",
        )
    } else {
        return false;
    };
    if !has_no_items(about(reader, place)) {
        reader.find(Code::AmbiguousGlyphs, tree.node(place.node).span, message, help);
    }
    true
}

/// Tells of a list in which a status word stands in the middle of most entries: `Backups: DONE — nightly`. What follows
/// it may be what counts.
fn tell_inner_words(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) -> bool {
    let (terms, tree) = (reader.terms, reader.tree);
    let has_word = |&&item: &&NodeId| {
        let text = lines::lead(tree, item);
        let Some((at, end)) = next_stop(&text, 0) else { return false };
        let word = clause_end(&text[end..]).map_or("", |stop| &text[end..end + stop]);
        let is_word = word.len() <= 24 && terms.words.opens(&normalise(word));
        is_word && terms.words.tag(&normalise(&text[..at])).is_none()
    };
    let told = items.iter().filter(has_word).count();
    let about = about(reader, place);
    if told < 2 || told * 2 < items.len() || has_no_items(about) || about.has(Context::StatusFacts) {
        return false;
    }
    let message = "a status word stands in the middle of these entries, so they are not items";
    let help = "end each entry with its status, or use boxes ([ ] and [x])";
    reader.find(Code::AmbiguousGlyphs, tree.node(place.node).span, message, help);
    true
}

/// Tells of a list whose entries hint at states, in a document with items or that calls itself a checklist.
fn tell_hinted(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) {
    if items.len() < 2 || !is_checklist(reader) || is_other(about(reader, place)) {
        return;
    }
    let (terms, tree) = (reader.terms, reader.tree);
    let is_answer = |&item: &NodeId| tasks::is_radio_word(terms, &lines::lead(tree, item));
    if items.iter().all(is_answer) || prefix::all(terms, tree, items).is_some() {
        return;
    }
    let labelled = || if is_labelled_checklist(reader, place) { Some(hinted::LABELLED) } else { None };
    if let Some((message, help)) = hinted::told(terms, tree, items).or_else(labelled) {
        reader.find(Code::AmbiguousGlyphs, reader.tree.node(place.node).span, message, help);
    }
}

/// Whether a numbered list of labels and sentences stands below a title or heading that calls itself a checklist, and
/// nothing else counts below that heading: elsewhere they are advice and steps.
fn is_labelled_checklist(reader: &Reader<'_>, place: Place) -> bool {
    let (outline, tables) = (reader.outline, &reader.terms.words.tables);
    if !hinted::is_labelled(reader.tree, place.node) {
        return false;
    }
    let section = outline.section_at(reader.tree.node(place.node).span.start);
    let Some(index) = section.filter(|&index| outline.section(index).heading > 0) else {
        return reader.calls_itself_checklist();
    };
    let is_named = |phrase: &str| tables.self_named.iter().any(|known| phrase.contains(known.as_str()));
    reader.section_items(index) == 0 && is_named(&outline.section(index).phrase)
}

/// Tells of plain entries below a heading that says that they are urgent or wait to be done, where the heading has no
/// items and the document others, or below a label that says that they wait: `P0 — Blocks the launch`, `Must-fix backlog`.
fn tell_urgent(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) {
    let (outline, words) = (reader.outline, reader.terms.words);
    let Some(index) = outline.section_at(reader.tree.node(place.node).span.start) else { return };
    let (title, phrase) = (outline.title(index), outline.section(index).phrase.as_str());
    let is_urgent = || {
        let level = priority::heading(reader.terms, title, &normalise(title));
        level.is_some_and(|level| level.level == Level(0))
            || words.waits_below(phrase)
            || is_first_of_left(reader, index)
    };
    let is_whole = outline.section(index).heading == 0;
    let is_told = match label(reader.tree, place) {
        Some(label) => words.waits_below(&normalise(&label)),
        None => reader.section_items(index) == 0 && !is_whole && is_urgent(),
    };
    if !is_told {
        return;
    }
    if !is_checklist(reader) {
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

/// Whether there are items so far, or the document asks for a decision or calls itself a checklist.
fn is_checklist(reader: &Reader<'_>) -> bool {
    !reader.drafts.is_empty() || reader.asks_decision || reader.calls_itself_checklist()
}

/// Whether a heading is the first below one that names what is left: one finding is enough for all of them.
fn is_first_of_left(reader: &Reader<'_>, index: u32) -> bool {
    let outline = reader.outline;
    let parent =
        outline.section(index).parent.filter(|&parent| parent + 1 == index && reader.section_items(parent) == 0);
    let state = |parent: u32| reader.terms.words.section_state(&outline.section(parent).phrase);
    parent.and_then(state).is_some_and(State::is_left)
}

/// Whether headings and labels say of a list that it tells something else than what there is to do.
pub(super) fn is_other(about: Contexts) -> bool {
    let other = [Context::StatusFacts, Context::Decision, Context::Inverted, Context::Criteria];
    has_no_items(about) || other.into_iter().any(|context| about.has(context))
}

/// The state that is left, and that the label or heading of a list names; levels may part what stands below a heading.
fn state_above(reader: &Reader<'_>, place: Place) -> Option<State> {
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
enum Sections {
    /// Their states: items were found below a heading that names one.
    ByState,
    /// Something else.
    Otherwise,
}

impl Sections {
    fn of(reader: &Reader<'_>) -> Self {
        let (outline, words) = (reader.outline, reader.terms.words);
        let mut sections = (0..).zip(&outline.sections);
        let by_state = sections
            .any(|(index, part)| reader.section_items(index) > 0 && words.section_state(&part.phrase).is_some());
        if by_state { Self::ByState } else { Self::Otherwise }
    }
}

/// The plain entries of a list below a heading that names a state, in that state or in one that they name themselves:
/// `Fax (done)`. What is struck through, says that there is nothing, tells of the list or is an open item elsewhere is none.
fn plain_entries(reader: &Reader<'_>, items: &[NodeId], state: State, known: &HashSet<String>) -> Vec<Entry> {
    let (terms, tree) = (reader.terms, reader.tree);
    let entry = |&item: &NodeId| {
        let text = lines::lead(tree, item).trim().to_owned();
        let phrase = normalise(&text);
        let names_none = terms.words.denies(&phrase) || terms.words.is_nobody(&phrase);
        let is_struck = lines::lead_node(tree, item).is_some_and(|lead| lines::is_struck(tree, lead));
        // `Owner: QA`, `Total: 3`; but `Paint it, due: Friday` is to be done.
        let is_pair = |(key, value): (&str, &str)| {
            value.trim().parse::<u32>().is_ok() || terms.words.tag(&normalise(key)).is_some()
        };
        let is_fact = text.split_once([':', '：']).is_some_and(is_pair);
        let inside = text.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')).map(|(_, inside)| inside);
        let behind = || last_stop(&text).map(|(_, end)| &text[end..]);
        let own = inside.or_else(behind).and_then(|word| suffix::known(terms, word));
        // `See the board`
        let is_prose = terms.words.people.is_prose(&phrase);
        let is_one = !(names_none || is_struck || is_fact || is_prose || known.contains(&phrase));
        is_one.then(|| Entry { item, state: own.unwrap_or(state), text, ..Entry::default() })
    };
    items.iter().filter_map(entry).collect()
}

/// Reads plain entries below a heading that names a state: as items in that state, where other items stand below such
/// headings too.
fn read_plain(reader: &mut Reader<'_>, place: Place, entries: Vec<Entry>, sections: Sections) {
    let tree = reader.tree;
    let about = about(reader, place);
    if is_other(about.without(Context::StatusFacts)) {
        return;
    }
    if !is_checklist(reader) {
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
