//! Lists whose entries end in a status word set apart: `Backups — **PASS** (note)`, `Backups: done`.

use super::headed::{self, Headed};
use super::{Entry, glyph_entry, inner, is_decision, is_key};
use crate::markdown::{Inline, NodeId, Piece, Tree};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::suffix::{self, Suffix};
use crate::reading::vocabulary::Tag;
use crate::reading::{lines, metadata, status};

/// The most words behind "done" on the next line that only say by whom or when.
const GOES_ON: usize = 6;

/// Entries that end in a status: at least half of the list, and two where the status follows a colon without weight. More
/// words may follow one in capitals, and beside such entries whole sentences.
pub(super) fn entries(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (mut weak, mut led, mut sentences, mut wrapped) = (0, 0, Vec::new(), Vec::new());
    for &item in items {
        let Some(lead) = lines::lead_node(tree, item) else { continue };
        let source = tree.source(tree.node(lead).span);
        if !source.bytes().any(|byte| matches!(byte, b':' | b'-' | b'=' | 0xE2 | 0xEF)) {
            continue;
        }
        let all = tree.pieces(lead);
        let (pieces, has_facts) = first_line(terms, tree, all);
        let bold = suffix::bold(terms, tree, pieces);
        let is_bold = bold.is_some();
        let found = bold.or_else(|| suffix::before_tail(terms, tree, pieces)).filter(|suffix| !is_key(terms, suffix));
        if let Some(found) = found {
            weak += usize::from(!is_bold);
            let mut entry = Entry::of(item, found);
            if let Some(above) = suffix::above_status(terms, tree, pieces) {
                entry.text = tree.plain(above).trim().to_owned();
            }
            if has_facts {
                entry.facts.take_lines(terms, tree, lead);
            }
            entries.push(entry);
        } else if let Some(Headed { found, is_loud }) =
            headed::of(terms, tree, pieces).filter(|headed| !is_key(terms, &headed.found))
        {
            if is_loud {
                weak += 1;
                entries.push(Entry::of(item, found));
            } else {
                sentences.push(Entry::of(item, found));
            }
        } else if let Some(found) = before_line(terms, tree, all) {
            wrapped.push(Entry::of(item, found));
        } else {
            led += usize::from(led_entry(terms, tree, item).is_some());
        }
    }
    // Alone, they are sentences in which a state happens to stand.
    sentences.append(&mut wrapped);
    if !(entries.is_empty() || sentences.is_empty()) {
        weak += sentences.len();
        entries.append(&mut sentences);
        entries.sort_by_key(|entry| entry.item);
    }
    let told = entries.len();
    let enough = told > 0 && (told + led) * 2 >= items.len() && (weak == 0 || told > 1);
    if !enough {
        return Vec::new();
    }
    with_rest(terms, tree, items, entries)
}

/// The entries with the rest of their list, which are entries too, with words that nobody knows.
fn with_rest(terms: &Terms<'_>, tree: &Tree<'_>, items: &[NodeId], entries: Vec<Entry>) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut known = entries.into_iter().peekable();
    for &item in items {
        match known.next_if(|entry| entry.item == item) {
            Some(entry) => all.push(entry),
            None => {
                let led = || led_entry(terms, tree, item).or_else(|| inner::entry(terms, tree, item));
                all.extend(led().or_else(|| unknown(terms, tree, item)));
            }
        }
    }
    all
}

/// The first line of an entry, where the next begins with a label, and whether there is such a one: `Rules — FAIL` over
/// `Reason: …`. A status of its own there is told by itself.
fn first_line<'p>(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &'p [Piece]) -> (&'p [Piece], bool) {
    let Some(end) = pieces.iter().position(|piece| piece.inline == Inline::Break) else { return (pieces, false) };
    let next = tree.plain(&pieces[end + 1..]);
    let is_label = |label: &str| {
        label.starts_with(char::is_uppercase)
            && label.split(' ').count() <= 3
            && terms.words.tag(&normalise(label)) != Some(Tag::Status)
    };
    match next.trim_start().split_once([':', '：']) {
        Some((label, _)) if is_label(label) => (&pieces[..end], true),
        _ => (pieces, false),
    }
}

/// The status that the first line of an entry ends in where the next goes on in small letters: `Alarms — open` over
/// `nobody has wired them`. Such a line may as well take "done" back, unless it says who or when.
fn before_line(terms: &Terms<'_>, tree: &Tree<'_>, pieces: &[Piece]) -> Option<Suffix> {
    let end = pieces.iter().position(|piece| piece.inline == Inline::Break)?;
    let rest = tree.plain(&pieces[end + 1..]);
    let rest = rest.trim_start();
    let pieces = &pieces[..end];
    let found = suffix::bold(terms, tree, pieces).or_else(|| suffix::before_tail(terms, tree, pieces));
    let mut found = found.filter(|found| rest.starts_with(char::is_lowercase) && !is_key(terms, found))?;
    found.state = status::qualified(terms, found.state, rest);
    if found.state == State::Done && !goes_on_as_done(terms, &normalise(rest)) {
        found.state = State::Doing;
    }
    found.note = suffix::note(&format!("{} {rest}", found.note));
    Some(found)
}

/// Whether the first line of an entry ends in a status that is left, and the next goes on.
pub(super) fn goes_on_as_left(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> bool {
    let found = lines::lead_node(tree, item).and_then(|lead| before_line(terms, tree, tree.pieces(lead)));
    found.is_some_and(|found| found.state.is_left() && terms.state(&normalise(&found.word)) != Some(State::Done))
}

/// Whether what goes on behind "done" only says in a few words by whom, when or what else was done.
fn goes_on_as_done(terms: &Terms<'_>, rest: &str) -> bool {
    let reservations = &terms.words.reservations;
    let mut words = rest.split([' ', ',', '.', ';']).filter(|word| !word.is_empty());
    let joins = |word| reservations.join(word) || terms.words.phrases.is_and(word);
    let is_doubt = |word| reservations.doubt(word) || terms.state(word).is_some_and(State::is_left);
    let is_short = words.clone().nth(GOES_ON).is_none();
    is_short && words.clone().next().is_some_and(joins) && !words.any(is_doubt)
}

/// An entry that is led by a glyph of lists.
fn led_entry(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let (entry, _) = glyph_entry(terms, tree, item).filter(|&(_, glyph)| terms.listed_glyph(glyph).is_some())?;
    Some(entry)
}

/// An entry with words where the others have their status, whatever they say: it is open.
fn unknown(terms: &Terms<'_>, tree: &Tree<'_>, item: NodeId) -> Option<Entry> {
    let lead = lines::lead_node(tree, item)?;
    if let Some(found) = suffix::bold_word(terms, tree, tree.pieces(lead)) {
        return (!is_decision(terms, &normalise(&found.text), &found.word)).then(|| Entry::of(item, found));
    }
    let text = tree.plain(tree.pieces(lead));
    let (text, tail) = metadata::split_tail(terms, &text);
    let parted = text.rsplit_once(" — ").or_else(|| text.rsplit_once(" – ")).or_else(|| text.rsplit_once(": "));
    // `See the board` is none, but `See that it holds: nearly`.
    if parted.is_none() && terms.words.people.is_prose(&normalise(text)) {
        return None;
    }
    let (text, word) = parted.unwrap_or((text, ""));
    if is_decision(terms, &normalise(text), word) {
        return None;
    }
    // `Blocking count: 3 checks` tells of the others.
    let is_amount = |word: &str| terms.words.tables.amounts.contains(word) && !terms.words.opens(word);
    if word.starts_with(|c: char| c.is_ascii_digit())
        && text.rsplit(' ').next().map(normalise).is_some_and(|last| is_amount(&last))
    {
        return None;
    }
    let mark = tree.node(lead).span;
    let note = suffix::note(tail);
    Some(Entry { item, word: word.to_owned(), mark, text: text.to_owned(), note, ..Entry::default() })
}
