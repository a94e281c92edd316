//! Lists that tell no state by themselves, read once it is known how the rest of the document tells states: led by
//! colours and signs, or plain below a heading that is nothing but the name of a state.

use super::bolded::{self, Fit};
use super::faceted::{self, Untold};
use super::keys::{EXPLAINS, is_radio};
use super::plain::{Sections, plain_entries, read_plain, state_above, tell_urgent};
use super::prefix::{WORD, Weight};
use super::{
    Entry, Style, about, add, bracketed, fielded, glyph_entry, has_no_items, has_no_tasks, hinted, is_other, partly,
    prefix, suffixed, tell_glyphs,
};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::outline::{Place, label};
use crate::reading::phrase::{clause_end, next_stop, normalise};
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines, priority, tasks};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

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
            || tell_fielded(reader, place, &items)
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
    if is_other(about(reader, place)) || !reader.is_checklist() {
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

/// Tells of an entry that says in one line of what it names that it is not done, and who does it or when: alone, or among
/// others that are no items.
fn tell_fielded(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) -> bool {
    let left = items.iter().find(|&&item| fielded::is_left(reader.terms, reader.tree, item));
    let Some(&item) = left.filter(|_| !has_no_tasks(about(reader, place))) else { return false };
    let message = "this entry tells in its line that what it names is not done, and it is no item";
    let help = "begin it with a box ([ ] or [x])";
    reader.warn(Code::AmbiguousGlyphs, reader.tree.node(item).span, message, help);
    true
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
    } else if is_bare() && prefix::weight(reader.terms, tree, items) == Some(Weight::Loud) {
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
        let is_word = word.len() <= WORD && terms.words.opens(&normalise(word));
        is_word && terms.words.tag(&normalise(&text[..at])).is_none()
    };
    let told = items.iter().filter(has_word).count();
    if told < 2 || told * 2 < items.len() || has_no_tasks(about(reader, place)) {
        return false;
    }
    let message = "a status word stands in the middle of these entries, so they are not items";
    let help = "end each entry with its status, or use boxes ([ ] and [x])";
    reader.find(Code::AmbiguousGlyphs, tree.node(place.node).span, message, help);
    true
}

/// Tells of a list whose entries hint at states, in a document with items or that calls itself a checklist.
fn tell_hinted(reader: &mut Reader<'_>, place: Place, items: &[NodeId]) {
    if items.len() < 2 || !reader.is_checklist() || is_other(about(reader, place)) {
        return;
    }
    let (terms, tree) = (reader.terms, reader.tree);
    let is_answer = |&item: &NodeId| tasks::is_radio_word(terms, &lines::lead(tree, item));
    if items.iter().all(is_answer) {
        return;
    }
    match prefix::weight(terms, tree, items) {
        Some(Weight::Loud) => return,
        Some(Weight::Quiet) => {
            let message =
                "status words in small letters may only begin the sentences of these entries, so they are not items";
            let help = "use boxes ([ ] and [x]) to make them items";
            return reader.find(Code::AmbiguousGlyphs, tree.node(place.node).span, message, help);
        }
        None => {}
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
