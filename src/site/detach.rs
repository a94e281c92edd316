//! Takes rows that stand for items of other documents out of their checklists, and keeps every index right.

use super::count::recount;
use super::merge::{Pair, Subject};
use super::{Document, ItemId, Reference};
use crate::finding::{Code, Finding};
use crate::model::{Checklist, Item, Rollup};
use crate::source::Span;
use std::collections::HashSet;
use std::sync::Arc;

/// Moves the rows of `plan` (one list for each document) to [`Document::references`], or to the document's roll-ups
/// where they sum up a whole document, which is told. Sums are taken again.
pub(super) fn detach(documents: &mut [Document], plan: &[Vec<Pair>], findings: &mut Vec<Finding>) {
    let moved: Vec<Vec<Option<u32>>> =
        documents.iter().zip(plan).map(|(document, pairs)| numbers(document.checklist.items.len(), pairs)).collect();
    let place = |item: ItemId| {
        let index = moved[item.document.0 as usize].get(item.index as usize).copied().flatten();
        ItemId { index: index.unwrap_or(item.index), ..item }
    };
    for ((document, pairs), moved) in
        documents.iter_mut().zip(plan).zip(&moved).filter(|((_, pairs), _)| !pairs.is_empty())
    {
        let before = document.checklist.rollups.len();
        take(document, pairs, moved, place);
        if let Some(first) = document.checklist.rollups.get(before) {
            findings.push(summary(document, first.span));
        }
        let checklist = document.checklist.edit();
        checklist.rollups.sort_by_key(|rollup| rollup.span);
        recount(checklist);
    }
}

/// The new index of each item; empty where nothing is taken out.
fn numbers(items: usize, pairs: &[Pair]) -> Vec<Option<u32>> {
    if pairs.is_empty() {
        return Vec::new();
    }
    let mut taken = pairs.iter().map(|&(index, _)| index).peekable();
    let mut next = 0;
    let number = |index: u32| {
        if taken.next_if_eq(&index).is_some() {
            return None;
        }
        next += 1;
        Some(next - 1)
    };
    (0..u32::try_from(items).unwrap_or(u32::MAX)).map(number).collect()
}

fn take(document: &mut Document, pairs: &[Pair], moved: &[Option<u32>], place: impl Fn(ItemId) -> ItemId) {
    let checklist = document.checklist.edit();
    let references = Arc::make_mut(&mut document.references);
    let renumber = |index: &mut Option<u32>| *index = index.and_then(|index| moved[index as usize]);
    let mut pairs = pairs.iter().peekable();
    let mut kept = Vec::with_capacity(checklist.items.len());
    let known: HashSet<Span> = checklist.rollups.iter().map(|rollup| rollup.span).collect();
    for (index, mut item) in (0..).zip(std::mem::take(&mut checklist.items)) {
        renumber(&mut item.parent);
        match pairs.next_if(|(taken, _)| *taken == index) {
            Some(&(_, Subject::Item(target))) => {
                references.push(Reference { row: item, item: place(target) });
            }
            // A row of a summary of sections is one already.
            Some((_, Subject::Document(_))) if known.contains(&item.span) => {}
            Some((_, Subject::Document(_))) => checklist.rollups.push(rollup(item)),
            None => kept.push(item),
        }
    }
    checklist.items = kept;
    checklist.links.iter_mut().for_each(|link| renumber(&mut link.item));
}

/// A row that sums up a whole document, as what it says of that.
fn rollup(row: Item) -> Rollup {
    let said = Some(row.state).filter(|_| !row.state_text.trim().is_empty());
    Rollup { title: row.text, items: None, done: None, percent: None, said, due: None, agrees: true, span: row.span }
}

fn summary(document: &Document, row: Span) -> Finding {
    let message = "the rows of this table sum up documents with items of their own, and are not counted again";
    Finding::new(Code::AmbiguousTable, document.source.path.clone(), Some(row), message)
        .help("give a row more words than the link where it is an item of its own")
}

/// For each item of a checklist, whether it is `top` or below it.
pub(super) fn inside(checklist: &Checklist, top: u32) -> Vec<bool> {
    let mut inside = vec![false; checklist.items.len()];
    inside[top as usize] = true;
    // a group stands before what is below it, save that a document may have items above its title
    for (index, item) in checklist.items.iter().enumerate() {
        inside[index] |= item.parent.is_some_and(|parent| inside[parent as usize]);
    }
    inside
}
