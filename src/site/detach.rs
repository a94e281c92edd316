//! Takes rows that stand for items of other documents out of their checklists, and keeps every index right.

use super::count::recount;
use super::merge::Pair;
use super::{Document, ItemId, Reference};
use crate::model::{Checklist, Tally};
use std::sync::Arc;

/// Moves the rows of `plan` (one list for each document) to [`Document::references`]. Their sums are taken again.
pub(super) fn detach(documents: &mut [Document], plan: &[Vec<Pair>]) {
    let moved: Vec<Vec<Option<u32>>> =
        documents.iter().zip(plan).map(|(document, pairs)| numbers(document.checklist.items.len(), pairs)).collect();
    let place = |item: ItemId| {
        let index = moved[item.document.0 as usize].get(item.index as usize).copied().flatten();
        ItemId { index: index.unwrap_or(item.index), ..item }
    };
    for ((document, pairs), moved) in
        documents.iter_mut().zip(plan).zip(&moved).filter(|((_, pairs), _)| !pairs.is_empty())
    {
        take(document, pairs, moved, place);
        recount(Arc::make_mut(&mut document.checklist));
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
    let checklist = Arc::make_mut(&mut document.checklist);
    let renumber = |index: &mut Option<u32>| *index = index.and_then(|index| moved[index as usize]);
    let mut pairs = pairs.iter().peekable();
    let mut kept = Vec::with_capacity(checklist.items.len());
    for (index, mut item) in (0..).zip(std::mem::take(&mut checklist.items)) {
        renumber(&mut item.parent);
        match pairs.next_if(|(taken, _)| *taken == index) {
            Some(&(_, target)) => document.references.push(Reference { row: item, item: place(target) }),
            None => kept.push(item),
        }
    }
    checklist.items = kept;
    checklist.links.iter_mut().for_each(|link| renumber(&mut link.item));
}

/// The sum of the leaves below an item of a checklist; nothing for a leaf.
pub(super) fn below(checklist: &Checklist, top: u32) -> Tally {
    if !checklist.items[top as usize].group {
        return Tally::default();
    }
    let leaves = checklist.items.iter().zip(inside(checklist, top)).filter(|(item, inside)| *inside && !item.group);
    leaves.map(|(item, _)| item.state).collect()
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
