//! Lists whose entries end in a status word in brackets: `Buy the domain (done)`, `Write the page [TODO]`.

use super::Entry;
use crate::markdown::{NodeId, Tree};
use crate::model::State;
use crate::reading::facts::Facts;
use crate::reading::legend::Terms;
use crate::reading::phrase::{last_brackets, normalise};
use crate::reading::vocabulary::Tag;
use crate::reading::{lines, priority, status};
use crate::source::Span;

/// The entries of a list of which every one ends in a status word in brackets, two of them at least.
pub(super) fn entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Option<Vec<Entry>> {
    let entries: Vec<Entry> = items.iter().map_while(|&item| entry(terms, tree, item)).collect();
    if entries.len() < items.len() || entries.len() < 2 {
        return None;
    }
    // Single words in front of states are the names that a legend gives them: `Green (passed)`.
    let is_square = |entry: &Entry| tree.source(tree.node(entry.item).span).trim_end().ends_with(']');
    let is_task = |entry: &Entry| entry.text.contains(' ') || entry.facts.priority.is_some();
    let names_tasks = entries.iter().any(is_task) || entries.iter().all(is_square) || !are_names(terms, &entries);
    names_tasks.then_some(entries)
}

/// Whether words in brackets may be those that a legend gives names to: it has each state once, and short words for them.
fn are_names(terms: &Terms<'_>, entries: &[Entry]) -> bool {
    let mut words: Vec<String> = entries.iter().map(|entry| normalise(&entry.word)).collect();
    words.sort_unstable();
    words.windows(2).all(|pair| pair[0] != pair[1]) && !words.iter().any(|word| terms.words.closes(word))
}

/// The entry that a list item is by such a word.
pub(super) fn entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let lead = lines::lead_node(tree, item)?;
    let span = tree.node(lead).span;
    let source = tree.source(span);
    if !source.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '.')).ends_with([')', ']'])
    {
        return None;
    }
    let text = tree.plain(tree.pieces(lead));
    let inner = text.trim_end_matches(['.', ' ']).strip_suffix([')', ']'])?;
    let (before, inside) = inner.rsplit_once(['(', '['])?;
    if inside.contains([':', '：'])
        && let Some(found) = keyed(terms, inside, span)
    {
        let before = before.trim();
        let text = if found.text.is_empty() { before.to_owned() } else { format!("{before} ({})", found.text) };
        return before.contains(char::is_alphanumeric).then_some(Entry { item, text, ..found });
    }
    let (word, note) = parted(terms, inside);
    let phrase = normalise(word);
    let state = if terms.words.opens(&phrase) { terms.state(&phrase)? } else { closing(terms, &phrase)? };
    let at = span.start + u32::try_from(source.rfind(word)?).ok()?;
    let mark = Span { start: at, end: at + u32::try_from(word.len()).ok()? };
    before.contains(char::is_alphanumeric).then(|| Entry {
        item,
        state: status::qualified(terms, state, note),
        word: word.to_owned(),
        mark,
        text: before.trim().to_owned(),
        note: note.to_owned(),
        facts: Facts { priority: priority::stated(terms, note), ..Facts::default() },
        ..Entry::default()
    })
}

/// The state that a phrase names which is known in brackets at the end only: in front, `Missing alerts`, it begins a sentence.
fn closing(terms: &Terms<'_>, phrase: &str) -> Option<State> {
    if terms.words.closes(phrase) { status::words(terms, phrase) } else { None }
}

/// The entry that a list item is by words in brackets at its end which say that something is left, whatever they are, as
/// beside others with a status there: `Mail (waiting for keys)`. A level, `(optional)`, is none.
pub(super) fn left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let lead = lines::lead_node(tree, item)?;
    let text = tree.plain(tree.pieces(lead));
    let (before, inside) = last_brackets(text.trim_end_matches(['.', ' ']))?;
    let is_said = || !terms.words.is_neutral(&normalise(inside)) && before.contains(char::is_alphanumeric);
    let state = status::words(terms, inside).filter(|state| state.is_left() && is_said())?;
    let (word, text) = (inside.to_owned(), before.trim().to_owned());
    Some(Entry { item, state, word, mark: tree.node(lead).span, text, ..Entry::default() })
}

/// What keys and values in brackets say, one of them the status: `(owner: QA, status: blocked)`. The others are its text.
fn keyed(terms: &Terms<'_>, inside: &str, mark: Span) -> Option<Entry> {
    let mut facts = Facts::default();
    facts.take(terms, inside, mark);
    let state = facts.said(terms).known()?;
    // What runs every night has a status too, and nobody's name.
    if !(facts.asks_owner || facts.asks_due || facts.due.is_some() || facts.priority.is_some()) {
        return None;
    }
    let key = |part: &str| part.split_once([':', '：']).and_then(|(key, _)| terms.words.tag(&normalise(key)));
    let others: Vec<&str> = inside.split([',', ';', '|']).filter(|part| key(part) != Some(Tag::Status)).collect();
    let (word, _) = facts.status?;
    Some(Entry { state, word, mark, text: others.join(",").trim().to_owned(), ..Entry::default() })
}

/// What stands in brackets as a status word and what follows it; a level may stand before the two: `(P1, done)`.
fn parted<'t>(terms: &Terms<'_>, inside: &'t str) -> (&'t str, &'t str) {
    let stops = [',', ';', ':', '–', '—', '|'];
    // `n/a` is one word.
    let end = inside.find(stops).or_else(|| inside.find(" - ")).or_else(|| inside.find(" / ")).unwrap_or(inside.len());
    let note = inside[end..].trim_start_matches(stops).trim_start_matches(['-', '/', ' ']);
    let word = inside[..end].trim();
    let is_level = !note.is_empty() && terms.words.level(&normalise(word)).is_some();
    if is_level && terms.state(&normalise(note)).is_some() { (note.trim(), word) } else { (word, note) }
}
