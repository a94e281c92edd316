//! What texts about an item say of it: pairs of keys and values, lists of names, levels and days.

use super::due::due;
use crate::model::Item;
use crate::reading::legend::Terms;
use crate::reading::phrase::normalise;
use crate::reading::signs::Signed;
use crate::reading::vocabulary::Tag;
use crate::reading::{date, lines, owner, priority};
use jiff::civil::Date;

/// One thing that is said of an item.
pub(in crate::reading) enum Fact {
    Level(priority::Priority),
    Owners(Vec<String>),
    Due(Option<Date>),
    Evidence(String),
}

/// Gives an item what is said of it, where it has nothing of the kind yet.
pub(in crate::reading) fn give(item: &mut Item, fact: Fact) {
    match fact {
        Fact::Owners(owners) if item.owners.is_empty() => item.owners = owners,
        Fact::Due(date) => item.due = item.due.or(date),
        Fact::Level(found) if item.level.is_none() => {
            (item.level, item.level_text) = (Some(found.level), Some(found.text));
        }
        Fact::Evidence(text) => item.evidence.push(text),
        Fact::Owners(_) | Fact::Level(_) => {}
    }
}

/// What pairs of keys and values say, at least two and nothing else: a value may have commas of its own.
pub(super) fn keyed(terms: &Terms<'_>, inside: &str) -> Option<Vec<Fact>> {
    memchr::memchr2(b':', 0xEF, inside.as_bytes())?;
    let pairs = lines::pairs(terms, inside);
    let first = inside.split([':', '：']).next().is_some_and(|key| terms.words.tag(&normalise(key)).is_some());
    let facts: Vec<Fact> = pairs.iter().filter_map(|&(tag, value)| pair(terms, tag, value)).collect();
    (pairs.len() > 1 && first && facts.len() == pairs.len()).then_some(facts)
}

/// What the parts of a list say, every one of them: `P1, @oncall, due 2026-03-01`. Names may follow the first behind
/// `Owner:`.
pub(super) fn listed(terms: &Terms<'_>, inside: &str) -> Option<Vec<Fact>> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut parts = 0;
    let mut named = false;
    for part in inside.split(lines::PARTS).map(str::trim).filter(|part| !part.is_empty()) {
        // Another name, not a remark: `(Owner: QA, see the runbook)`.
        let is_name = named && part.split(' ').count() <= 3 && !part.starts_with(char::is_lowercase);
        let names = || if owner::is_remark(terms, part) { Vec::new() } else { owner::value(terms, part) };
        let fact = fact(terms, part).or_else(|| is_name.then(|| Fact::Owners(names())))?;
        named = matches!(fact, Fact::Owners(_)) && (named || part.contains([':', '：']));
        parts += 1;
        match (facts.last_mut(), fact) {
            (Some(Fact::Owners(all)), Fact::Owners(more)) => all.extend(more),
            (_, fact) => facts.push(fact),
        }
    }
    (parts > 1).then_some(facts)
}

/// What a pair, handles, a level or a day say.
pub(super) fn fact(terms: &Terms<'_>, part: &str) -> Option<Fact> {
    if let Some((key, value)) = part.split_once([':', '：'])
        && let Some(tag) = terms.words.tag(&normalise(key))
    {
        return pair(terms, tag, value.trim());
    }
    if part.starts_with('@') {
        return owner::handles_only(terms, part).then(|| Fact::Owners(owner::handled(terms, part)));
    }
    level_or_day(terms, part)
}

/// What a value says below its key. A priority that nobody knows is left as it is, as one that is missing.
pub(in crate::reading) fn pair(terms: &Terms<'_>, tag: Tag, value: &str) -> Option<Fact> {
    match tag {
        Tag::Owner => Some(Fact::Owners(owner::value(terms, value))),
        Tag::Due => Some(Fact::Due(date::find_near(value, terms.day))),
        Tag::Priority => priority::value(terms, value).map(Fact::Level),
        Tag::Evidence => Some(Fact::Evidence(value.to_owned())),
        _ => None,
    }
}

/// The priority or date that a text is, and nothing else.
pub(super) fn level_or_day(terms: &Terms<'_>, text: &str) -> Option<Fact> {
    let day = || due(terms, Signed::of(text)).filter(|(_, before)| before.is_empty());
    priority::whole(terms, text).map(Fact::Level).or_else(|| day().map(|(date, _)| Fact::Due(Some(date))))
}

/// What a text says of an item, where it says nothing else: pairs, the parts of a list, or one thing.
pub(in crate::reading) fn facts(terms: &Terms<'_>, text: &str) -> Option<Vec<Fact>> {
    keyed(terms, text).or_else(|| listed(terms, text)).or_else(|| Some(vec![fact(terms, text)?]))
}

/// What a note behind a status says of who, when and how urgent: `owner: @crew, due 2026-03-01`, `@crew`, `x — Owner: QA`.
pub(in crate::reading) fn noted(terms: &Terms<'_>, note: &str) -> Vec<Fact> {
    // Most entries have no note.
    if note.is_empty() {
        return Vec::new();
    }
    let last = || lines::last_pair(terms, note).and_then(|(tag, value, _)| Some(vec![pair(terms, tag, value)?]));
    let mut facts = facts(terms, note).or_else(last).unwrap_or_default();
    facts.retain(|fact| !matches!(fact, Fact::Evidence(_)));
    // A word alone, `(recommended)`, tells of something else as often.
    let is_word = |fact: &Fact| matches!(fact, Fact::Level(level) if !priority::is_step(&level.text));
    if facts.iter().all(is_word) { Vec::new() } else { facts }
}
