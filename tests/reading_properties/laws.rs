//! The laws that every reading keeps.

use readybook::finding::{Checked, Code, Finding};
use readybook::model::{Checklist, Item, ItemKind, State, Tally};
use readybook::source::{Source, Span};
use std::collections::HashSet;
use std::fmt::Write as _;

/// Whether a reading keeps the laws; else which one it breaks, and how.
pub(crate) fn hold(source: &Source, read: &Checked<Checklist>) -> Result<(), String> {
    let panicked = |finding: &&Finding| finding.code == Code::UnreadablePart && !finding.message.contains("nests");
    if let Some(finding) = read.findings.iter().find(panicked) {
        return Err(format!("the reading panicked: {}", finding.message));
    }
    sums_add_up(&read.value)?;
    nothing_counts_twice(&read.value)?;
    groups_are_groups(&read.value)?;
    spans_lie_in_the_text(source, read)?;
    marks_lie_in_their_items(&read.value)?;
    anchors_are_unique(&read.value)?;
    all_is_in_order(&read.value)
}

fn ensure(holds: bool, broken: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(broken()) }
}

/// Law 5 of the house: what stands above the first heading and the sections at top level sum to the checklist.
fn sums_add_up(list: &Checklist) -> Result<(), String> {
    let leaves = || list.items.iter().filter(|item| !item.group);
    let sum: Tally = leaves().map(|item| item.state).collect();
    ensure(sum == list.tally, || format!("leaves sum to {sum:?}, the checklist to {:?}", list.tally))?;
    let above: Tally = leaves().filter(|item| item.section.is_none()).map(|item| item.state).collect();
    let sections: Tally = list.sections.iter().filter(|one| one.parent.is_none()).map(|one| one.tally).sum();
    ensure(above + sections == list.tally, || format!("sections sum to {sections:?}, not {:?}", list.tally))?;
    for (index, section) in list.sections.iter().enumerate() {
        let at = u32::try_from(index).unwrap();
        let own: Tally = leaves().filter(|item| item.section == Some(at)).map(|item| item.state).collect();
        let inner: Tally = list.sections.iter().filter(|one| one.parent == Some(at)).map(|one| one.tally).sum();
        ensure(own + inner == section.tally, || format!("section {index} sums to {:?}", section.tally))?;
        ensure(section.parent.is_none_or(|parent| parent < at), || {
            format!("section {index} stands before its parent")
        })?;
    }
    let percent = list.tally.percent();
    ensure((percent == Some(100)) == (list.tally.scope() > 0 && list.tally.left() == 0), || {
        "100 % and not all".into()
    })?;
    ensure(list.tally.count(State::Waived) == 0, || "a reading waives nothing".into())
}

/// What two dialects take for an item, each its own, would add up as well.
fn nothing_counts_twice(list: &Checklist) -> Result<(), String> {
    let mut starts = HashSet::new();
    let twice = list.items.iter().find(|item| !starts.insert(item.span.start));
    ensure(twice.is_none(), || format!("another item begins where {:?} does", twice.map(|item| (item.kind, item.span))))
}

/// Parents stand before their children, and are groups; nothing else is.
fn groups_are_groups(list: &Checklist) -> Result<(), String> {
    let parents: HashSet<u32> = list.items.iter().filter_map(|item| item.parent).collect();
    for (index, item) in list.items.iter().enumerate() {
        let at = u32::try_from(index).unwrap();
        ensure(item.group == parents.contains(&at), || format!("item {index} is a group without items, or none with"))?;
        let Some(parent) = item.parent else { continue };
        ensure(parent < at, || format!("item {index} stands before its group"))?;
        let group = &list.items[parent as usize];
        let inside = group.kind == ItemKind::Document || group.span.holds(item.span);
        ensure(inside, || format!("item {index} lies outside its group"))?;
    }
    Ok(())
}

/// Every span of a reading, with what it is of.
fn spans(read: &Checked<Checklist>) -> Vec<(&'static str, Span)> {
    let list = &read.value;
    let mut spans = Vec::new();
    let mut all = |name, of: &mut dyn Iterator<Item = Span>| spans.extend(of.map(|span| (name, span)));
    all("item", &mut list.items.iter().map(|item| item.span));
    all("mark", &mut list.items.iter().filter_map(|item| item.mark));
    all("heading", &mut list.headings.iter().map(|heading| heading.span));
    all("link", &mut list.links.iter().map(|link| link.span));
    all("claim", &mut list.claims.iter().map(|claim| claim.span));
    all("statement", &mut list.statements.iter().map(|statement| statement.span));
    all("criterion", &mut list.criteria.iter().map(|criterion| criterion.span));
    all("sign-off", &mut list.signoffs.iter().map(|signoff| signoff.span));
    all("summary", &mut list.rollups.iter().map(|rollup| rollup.span));
    all("gate", &mut list.gates.iter().map(|gate| gate.span));
    all("date", &mut list.last_updated.iter().map(|updated| updated.span));
    all("finding", &mut read.findings.iter().filter_map(|finding| finding.span));
    spans
}

fn spans_lie_in_the_text(source: &Source, read: &Checked<Checklist>) -> Result<(), String> {
    for (name, span) in spans(read) {
        let sound = span.start <= span.end && source.text().get(span.range()).is_some();
        ensure(sound, || format!("the span {span:?} of a {name} does not lie in the text"))?;
    }
    Ok(())
}

/// A mark is what is rewritten when an item is ticked, so it must be the item's own, and no more than it.
fn marks_lie_in_their_items(list: &Checklist) -> Result<(), String> {
    for item in &list.items {
        let own = matches!(item.kind, ItemKind::Task | ItemKind::Row | ItemKind::Bullet);
        let Some(mark) = item.mark.filter(|_| own) else { continue };
        ensure(item.span.holds(mark), || format!("the mark {mark:?} lies outside its item {:?}", item.span))?;
    }
    Ok(())
}

fn anchors_are_unique(list: &Checklist) -> Result<(), String> {
    let mut taken: HashSet<&str> = list.headings.iter().map(|heading| heading.anchor.as_str()).collect();
    ensure(taken.len() == list.headings.len(), || "two headings have the same anchor".into())?;
    let mut headings: HashSet<&str> = HashSet::new();
    for item in &list.items {
        let free = match item.kind {
            ItemKind::Heading => headings.insert(&item.anchor),
            _ => taken.insert(&item.anchor),
        };
        ensure(free, || format!("the anchor `{}` is taken", item.anchor))?;
    }
    Ok(())
}

fn all_is_in_order(list: &Checklist) -> Result<(), String> {
    let sorted = |spans: &mut dyn Iterator<Item = Span>| spans.map(|span| span.start).is_sorted();
    let ordered = sorted(&mut list.items.iter().map(|item| item.span))
        && sorted(&mut list.headings.iter().map(|heading| heading.span))
        && sorted(&mut list.links.iter().map(|link| link.span))
        && sorted(&mut list.signoffs.iter().map(|signoff| signoff.span))
        && sorted(&mut list.claims.iter().map(|claim| claim.span))
        && sorted(&mut list.rollups.iter().map(|rollup| rollup.span));
    ensure(ordered, || "not everything is in document order".into())
}

/// What a reading tells, in terms that do not depend on how lines end.
pub(crate) fn told(source: &Source, read: &Checked<Checklist>) -> String {
    let mut told = String::new();
    let line = |span: Span| source.line(span.start);
    for item in &read.value.items {
        let Item { kind, text, state, level, owners, reference, anchor, due, evidence, parent, .. } = item;
        let text = text.replace("\r\n", "\n");
        let known = (kind, text, state, level, owners, reference, anchor, due, evidence, parent);
        writeln!(told, "{} {known:?}", line(item.span)).unwrap();
    }
    for section in &read.value.sections {
        let heading = &read.value.headings[section.heading as usize];
        writeln!(told, "{} {} {} {:?}", line(heading.span), heading.title, heading.anchor, section.tally).unwrap();
    }
    for finding in &read.findings {
        writeln!(told, "{:?} {:?}", finding.span.map(line), finding.code).unwrap();
    }
    told
}
