//! What a row says of the item that it stands for: compared with what the item says itself, and taken where that says
//! nothing.

use super::count::recount;
use super::merge::{Pair, Subject};
use super::{Document, DocumentId, ItemId, Reference, count, detach};
use crate::finding::{Code, Finding};
use crate::model::{Item, ItemKind, Level, State, Tally};
use std::collections::HashMap;

/// Compares and takes over what references say.
pub(super) fn references(documents: &mut [Document], findings: &mut Vec<Finding>) {
    let mut sums: HashMap<DocumentId, Vec<Tally>> = HashMap::new();
    for from in 0..documents.len() {
        for at in 0..documents[from].references.len() {
            let reference = documents[from].references[at].clone();
            let ItemId { document: to, index } = reference.item;
            let page = &documents[to.0 as usize];
            let checklist = &page.checklist;
            let mut known = || sums.entry(to).or_insert_with(|| count::sums(&checklist.items))[index as usize];
            let sum = if checklist.items[index as usize].group { known() } else { Tally::default() };
            findings.extend(compare(&documents[from], &reference, page, sum));
            let before = checklist.tally;
            complete(&mut documents[to.0 as usize], &reference);
            if documents[to.0 as usize].checklist.tally != before {
                sums.remove(&to);
            }
        }
    }
}

/// Hands priority and owners of rows that sum up whole documents on to the items of those.
pub(super) fn whole(documents: &mut [Document], plan: &[Vec<Pair>]) {
    for (from, pairs) in plan.iter().enumerate() {
        for &(index, subject) in pairs {
            let Subject::Document(to) = subject else { continue };
            let row = documents[from].checklist.items[index as usize].clone();
            let items = &mut documents[to.0 as usize].checklist.edit().items;
            items.iter_mut().for_each(|item| hand_down(item, row.level, &row, &row.owners));
        }
    }
}

/// Tells where a row and the item that it stands for disagree. `sum` is that of the leaves below the item.
fn compare(document: &Document, reference: &Reference, page: &Document, sum: Tally) -> Vec<Finding> {
    let (row, item) = (&reference.row, &page.checklist.items[reference.item.index as usize]);
    let path = &page.source.path;
    let written = |item: &Item| item.level_text.clone().unwrap_or_default();
    let ranks =
        row.level.zip(item.level).filter(|(mine, theirs)| mine != theirs).map(|_| {
            format!("the row has priority `{}`, {path} has `{}`; the page counts", written(row), written(item))
        });
    let said = shown(row);
    // a bare box cannot say more than that something is left
    let boxed = row.kind == ItemKind::Task && row.state.is_left();
    let states = if !has_state(row) {
        None
    } else if row.state == State::Done && sum.left() > 0 {
        let (left, scope) = (sum.left(), sum.scope());
        Some(format!("the row says {said}, but {left} of {scope} items of {path} are left; the page counts"))
    } else if row.state.is_left() && sum.scope() > 0 && sum.left() == 0 {
        Some(format!("the row says {said}, but all {} items of {path} are done; the page counts", sum.scope()))
    } else {
        let borne_out = (row.state == State::Done && sum.scope() > 0) || (boxed && item.state.is_left());
        let differ = row.state != item.state && has_state(item) && !borne_out;
        differ.then(|| format!("the row says {said}, {path} says {}; the page counts", shown(item)))
    };
    let tell = |message| {
        let span = row.mark.unwrap_or(row.span);
        Finding::new(Code::RowAgainstPage, document.source.path.clone(), Some(span), message)
    };
    states.into_iter().chain(ranks).map(tell).collect()
}

/// Whether an item itself says anything about its state.
fn has_state(item: &Item) -> bool {
    !item.state_text.trim().is_empty()
}

/// The state of an item for people: as written, or its name.
fn shown(item: &Item) -> String {
    let written = item.state_text.trim();
    if written.is_empty() { item.state.label().to_owned() } else { format!("`{written}`") }
}

/// Takes from the row what the item does not say itself, and hands priority and owners on to what is below it.
fn complete(page: &mut Document, reference: &Reference) {
    let row = &reference.row;
    let item = &page.checklist.items[reference.item.index as usize];
    let says = item.due.is_none() && row.due.is_some()
        || !item.group && !has_state(item) && has_state(row)
        || item.level.is_none() && row.level.is_some()
        || item.owners.is_empty() && !row.owners.is_empty();
    if !says {
        return;
    }
    let page = page.checklist.edit();
    let item = &mut page.items[reference.item.index as usize];
    item.due = item.due.or(row.due);
    if !item.group && !has_state(item) && has_state(row) {
        item.state = row.state;
        item.state_text.clone_from(&row.state_text);
        recount(page);
    }
    let item = &page.items[reference.item.index as usize];
    let level = row.level.filter(|_| item.level.is_none());
    let owners = if item.owners.is_empty() { row.owners.as_slice() } else { &[] };
    if level.is_some() || !owners.is_empty() {
        let inside = detach::inside(page, reference.item.index);
        let items = page.items.iter_mut().zip(inside).filter(|&(_, inside)| inside);
        items.for_each(|(item, _)| hand_down(item, level, row, owners));
    }
}

/// Gives an item a priority and owners where it has none.
fn hand_down(item: &mut Item, level: Option<Level>, row: &Item, owners: &[String]) {
    if item.level.is_none() && level.is_some() {
        item.level = level;
        item.level_text.clone_from(&row.level_text);
    }
    if item.owners.is_empty() {
        item.owners.extend_from_slice(owners);
    }
}
