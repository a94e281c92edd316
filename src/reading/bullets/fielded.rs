//! Lists whose entries name something and tell of it in the same line, the status among other things: `Mail | Owner: QA |
//! Status: open | Priority: P0`, `**Mail** — Owner: QA — Status: open — Priority: P0`.

use super::{Entry, faceted};
use crate::markdown::{NodeId, Tree};
use crate::model::State;
use crate::reading::facts::Facts;
use crate::reading::legend::Terms;
use crate::reading::phrase::{normalise, rfind_sign};
use crate::reading::status;
use crate::reading::suffix::Suffix;
use crate::reading::vocabulary::Tag;
use crate::reading::{Reader, lines, priority};
use crate::source::Span;

/// The most bytes of a key, and of a line that tells facts: what is longer is prose.
const KEY: usize = 40;
const LINE: usize = 400;

/// The entries of a list, when two of them and at least half name something and tell its status among other facts. Those
/// without a status are open; what tells facts and names nothing is none.
pub(super) fn entries(reader: &mut Reader<'_>, items: &[NodeId]) -> Vec<Entry> {
    let (terms, tree) = (reader.terms, reader.tree);
    // Most lists have no colons at all, and few have two in a line.
    if items.iter().filter(|&&item| has_pairs(tree, item)).nth(1).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for &item in items {
        match entry(terms, tree, item) {
            Some(entry) => found.push(entry),
            // What names nothing and has a status may tell of the heading, and the others with it.
            None if tells_around(terms, tree, item) => return Vec::new(),
            None => {}
        }
    }
    let told = found.iter().filter(|entry| entry.facts.status.is_some()).count();
    let is_told = told > 1 && told * 2 >= items.len();
    if !(is_told && faceted::are_known(reader, &found) && faceted::has_work(reader, &found)) {
        return Vec::new();
    }
    faceted::tell_states(reader, &found);
    found
}

/// Whether the line of an entry has a status that may be that of what is around it.
fn tells_around(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> bool {
    lines::pairs_around(terms, &lines::lead(tree, item)).iter().any(|(tag, _)| *tag == Tag::Status)
}

/// An entry that says in one line that something has a known status that is left, and who does it, when or how urgent it is.
fn left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let found = if has_pairs(tree, item) { entry(terms, tree, item)? } else { return None };
    let is_left = found.facts.said(terms).known().is_some_and(State::is_left) && found.facts.is_of_somebody();
    is_left.then_some(found)
}

/// Whether an entry says so and tells of nothing else: behind bars, `Mail | Owner: QA | Status: open`, it may tell of the
/// heading.
pub(super) fn is_left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> bool {
    left(terms, tree, item).is_some() && !tells_around(terms, tree, item)
}

/// What an entry among boxes tells in one line of something that is left, with the status taken out of its text: what else
/// is told there is read as at the end of a task.
pub(super) fn among_boxes(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Suffix> {
    let found = left(terms, tree, item)?;
    let text = lines::lead(tree, item);
    let keys = keys(terms, &text);
    let index = keys.iter().position(|key| key.tag == Tag::Status)?;
    let rest = keys.get(index + 1).map_or("", |next| text[next.start..].trim_start());
    let text = format!("{}{rest}", &text[..keys[index].start]);
    let text = text.trim_end_matches(is_apart).to_owned();
    Some(Suffix { state: found.state, word: found.word, span: found.mark, text, note: String::new() })
}

/// Whether the first paragraph of an entry has two colons, the first of them in its first line.
fn has_pairs(tree: &Tree<'_>, item: NodeId) -> bool {
    let source = lines::lead_node(tree, item).map_or("", |lead| tree.source(tree.node(lead).span));
    let mut colons = lines::colons(source);
    let first = colons.next().filter(|_| source.len() <= LINE && colons.next().is_some());
    first.is_some_and(|(at, _)| memchr::memchr(b'\n', &source.as_bytes()[..at]).is_none())
}

/// What an entry names and what it tells of that. An entry without any fact is one with a name alone.
fn entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let lead = lines::lead_node(tree, item)?;
    let span = tree.node(lead).span;
    let text = tree.plain(tree.pieces(lead));
    let keys = keys(terms, &text);
    let (mut facts, mut rest) = (Facts::default(), Vec::new());
    let mut name =
        text[..keys.first().map_or(text.len(), |key| key.start)].trim_matches(is_apart).trim_end_matches([':', '：']);
    for (index, key) in keys.iter().enumerate() {
        let end = keys.get(index + 1).map_or(text.len(), |next| next.start);
        let value = text[key.value..end].trim_matches(is_apart);
        let (value, more) = parted(value);
        facts.take_pair(terms, key.tag, value, place(tree, span, value));
        rest.extend(more.split(is_bar).map(str::trim).filter(|part| !part.is_empty()));
    }
    if facts.priority.is_none() {
        facts.priority = rest.iter().find_map(|part| priority::whole(terms, part));
    }
    rest.retain(|part| priority::whole(terms, part).is_none());
    if name.is_empty() && !rest.is_empty() {
        name = rest.remove(0);
    }
    // What begins in brackets, `Mail (Owner: QA, Status: open)`, is read as such.
    let is_opened = name.rfind(['(', '[']).is_some_and(|open| !name[open..].contains([')', ']']));
    if is_opened || !name.contains(char::is_alphanumeric) {
        return None;
    }
    let said = facts.said(terms);
    let (word, mark) = facts.status.clone().unwrap_or_default();
    let note = rest.join(" — ");
    let state = status::qualified(terms, said.state(), &note);
    Some(Entry { item, state, word, mark, text: name.to_owned(), note, facts, ..Entry::default() })
}

/// Whether a sign parts the facts of a line and stands in few values.
fn is_bar(letter: char) -> bool {
    lines::BARS.contains(&letter) || matches!(letter, '—' | '–')
}

/// What stands around a name or a value and belongs to neither.
fn is_apart(letter: char) -> bool {
    letter.is_whitespace() || lines::PARTS.contains(&letter) || is_bar(letter) || letter == '-'
}

/// A known key: where it begins, what it is, and where its value begins.
struct Key {
    start: usize,
    tag: Tag,
    value: usize,
}

/// The known keys of a line, each behind what parts it from the value before: the first may stand behind the colon of a
/// name, `**Mail:** Owner: QA`.
fn keys(terms: &Terms<'_>, text: &str) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    let mut behind = 0;
    for (colon, width) in lines::colons(text) {
        let start = stop_before(&text[behind..colon]).map(|stop| behind + stop);
        // A colon in the value of a pair is no second key.
        let start = start.or_else(|| keys.is_empty().then_some(behind));
        let key = start.map(|start| (start, text[start..colon].trim())).filter(|(_, key)| key.len() <= KEY);
        if let Some((start, tag)) = key.and_then(|(start, key)| Some((start, terms.words.tag(&normalise(key))?))) {
            keys.push(Key { start, tag, value: colon + width });
        }
        behind = colon + width;
    }
    keys
}

/// Where the last stop of a text ends.
fn stop_before(text: &str) -> Option<usize> {
    let sign = rfind_sign(text, |c| lines::PARTS.contains(&c) || is_bar(c)).map(|(at, width)| at + width);
    sign.into_iter().chain(text.rfind(" - ").map(|at| at + 3)).max()
}

/// A value without what more is told behind a bar or dash, and that.
fn parted(value: &str) -> (&str, &str) {
    let bar = value.find(is_bar).into_iter().chain(value.find(" - ").map(|at| at + 1)).min();
    let (value, more) = value.split_at(bar.unwrap_or(value.len()));
    (value.trim(), more.trim_matches(is_apart))
}

/// Where a value stands in a line that may have markup.
fn place(tree: &Tree<'_>, line: Span, value: &str) -> Span {
    let found = tree.source(line).rfind(value).filter(|_| !value.is_empty()).map(|at| line.range().start + at);
    found.map_or(line, |at| Span::new(at..at + value.len()))
}
