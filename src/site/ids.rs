//! Ids of items (`PR-001`): which item is meant where one is mentioned, and ids that are used twice.

use super::{Document, DocumentId, ItemId, Shared};
use crate::finding::{Code, Finding};
use crate::model::ItemKind;
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::ops::Range;

/// Which items have which id. Numbers such as `1.2.3` are of one document only and are not known here.
#[derive(Debug, Default)]
pub(super) struct Ids<K>(FxHashMap<K, Holders>);

/// The items that have one id, in order.
#[derive(Debug)]
enum Holders {
    One(ItemId),
    Several(Vec<ItemId>),
}

impl<'a, K: Hash + Eq + From<&'a str>> Ids<K> {
    /// The ids of all items for which `wanted` holds.
    pub(super) fn of(documents: &'a [Document], wanted: impl Fn(&Document, u32) -> bool) -> Self {
        let mut ids = FxHashMap::default();
        for (id, document) in (0..).map(DocumentId).zip(documents) {
            for (index, reference) in references(&document.checklist).filter(|&(index, _)| wanted(document, index)) {
                let item = ItemId { document: id, index };
                ids.entry(K::from(reference))
                    .and_modify(|holders: &mut Holders| holders.push(item))
                    .or_insert(Holders::One(item));
            }
        }
        Self(ids)
    }
}

impl<K: Hash + Eq + std::borrow::Borrow<str>> Ids<K> {
    /// The item that is meant where a document mentions an id: the one in the same document, else in the same folder
    /// or below it, else in the next folder around it, and so on. `None` where there are several as near.
    pub(super) fn nearest(&self, id: &str, from: DocumentId, documents: &[Document]) -> Option<ItemId> {
        let items = match self.0.get(id)? {
            Holders::One(item) => return Some(*item),
            Holders::Several(items) => items,
        };
        if let Some(item) = within(items, from.0..from.0 + 1).first() {
            return Some(*item);
        }
        let mut folder = documents.get(from.0 as usize)?.source.path.folder();
        loop {
            match within(items, below(folder, documents)) {
                [] => {}
                [item] => return Some(*item),
                _ => return None,
            }
            folder = folder.rsplit_once('/').map_or("", |(around, _)| around);
        }
    }

    /// The item of a document that has an id.
    pub(super) fn in_document(&self, id: &str, document: DocumentId) -> Option<ItemId> {
        let items = match self.0.get(id)? {
            Holders::One(item) => std::slice::from_ref(item),
            Holders::Several(items) => items,
        };
        within(items, document.0..document.0 + 1).first().copied()
    }

    /// Every item that has an id, in order.
    pub(super) fn all(&self, id: &str) -> &[ItemId] {
        match self.0.get(id) {
            None => &[],
            Some(Holders::One(item)) => std::slice::from_ref(item),
            Some(Holders::Several(items)) => items,
        }
    }
}

impl Holders {
    fn push(&mut self, item: ItemId) {
        match self {
            Self::One(first) => *self = Self::Several(vec![*first, item]),
            Self::Several(items) => items.push(item),
        }
    }
}

/// Those of some items, in order, that are in a range of documents.
fn within(items: &[ItemId], documents: Range<u32>) -> &[ItemId] {
    let start = items.partition_point(|item| item.document.0 < documents.start);
    let end = items.partition_point(|item| item.document.0 < documents.end);
    &items[start..end]
}

/// The documents in a folder and below it; they stand together, since documents are ordered by path.
pub(super) fn below(folder: &str, documents: &[Document]) -> Range<u32> {
    let at = |bound: &str| {
        let at = documents.partition_point(|document| document.source.path.as_str() < bound);
        u32::try_from(at).unwrap_or(u32::MAX)
    };
    // '0' is the character behind '/'
    if folder.is_empty() { 0..u32::MAX } else { at(&format!("{folder}/"))..at(&format!("{folder}0")) }
}

/// The items of a document with an id of their own in the site, by index: one with a letter prefix, or the id that a
/// whole document gives itself.
pub(super) fn references(checklist: &Shared) -> impl Iterator<Item = (u32, &str)> {
    checklist.digest().references.iter().filter_map(|&index| {
        let item = &checklist.items[index as usize];
        let own = |id: &&str| is_prefixed(id) || item.kind == ItemKind::Document;
        Some((index, item.reference.as_deref().filter(own)?))
    })
}

/// Whether a text is an id with a letter prefix: up to six capitals, more parts of capitals and digits, and a number
/// at the end, joined by hyphens.
pub(super) fn is_prefixed(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().is_some_and(|part| (1..=6).contains(&part.len()) && all(part, u8::is_ascii_uppercase));
    let last = parts.next_back().is_some_and(|part| all(part, u8::is_ascii_digit));
    first && last && parts.all(|part| all(part, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()))
}

fn all(part: &str, holds: impl Fn(&u8) -> bool) -> bool {
    !part.is_empty() && part.as_bytes().iter().all(holds)
}

/// Tells of ids that are used twice. The runs of a template share its ids, so each run is alone with its own; a
/// template is no part of the sums and is left out.
pub(super) fn duplicates(documents: &[Document], findings: &mut Vec<Finding>) {
    let mut first: FxHashMap<(Option<DocumentId>, &str), ItemId> = FxHashMap::default();
    for (id, document) in (0..).map(DocumentId).zip(documents).filter(|(_, document)| document.counted) {
        let scope = document.run_of.is_some().then_some(id);
        for (index, reference) in references(&document.checklist) {
            let known = *first.entry((scope, reference)).or_insert(ItemId { document: id, index });
            if known == (ItemId { document: id, index }) {
                continue;
            }
            let other = &documents[known.document.0 as usize];
            let line = other.source.line(other.checklist.items[known.index as usize].span.start);
            let message = format!("`{reference}` is already the id of an item in {}:{line}", other.source.path);
            let span = document.checklist.items[index as usize].span;
            findings.push(
                Finding::new(Code::DuplicateId, document.source.path.clone(), Some(span), message)
                    .help("give one of them another id, or link the row to the document that it stands for"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_a_letter_prefix_and_a_number() {
        for id in ["PR-1", "SEC-001", "A-B2-3", "ABCDEF-9"] {
            assert!(is_prefixed(id), "{id}");
        }
        for text in ["PR", "PR-", "1.2.3", "pr-1", "ABCDEFG-1", "PR-1a", "P0", "-1", "PR--1", ""] {
            assert!(!is_prefixed(text), "{text}");
        }
    }
}
