//! One item in two documents: a row of an overview and the document that it links to. It belongs to the document; the
//! row becomes a reference. Here is found which rows those are; `detach` takes them out of their checklists, `absorb`
//! keeps what they say.

use super::ids::{Ids, is_prefixed};
use super::{Document, DocumentId, ItemId, Target, absorb, detach};
use crate::finding::Finding;
use crate::model::{Item, ItemKind};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Makes references of the rows, bullets and tasks that stand for an item of another document, and roll-ups of those
/// that sum up a whole document. [`Document::targets`] must be there.
pub(super) fn merge(documents: &mut [Document], findings: &mut Vec<Finding>) {
    let plan = settle(find(documents));
    if plan.iter().any(|pairs| !pairs.is_empty()) {
        absorb::whole(documents, &plan);
        detach::detach(documents, &plan, findings);
        absorb::references(documents, findings);
    }
}

/// A row and what it stands for.
pub(super) type Pair = (u32, Subject);

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// One item.
    Item(ItemId),
    /// A document with items of its own: the row sums it up.
    Document(DocumentId),
}

/// The rows of each document that stand for an item of another.
fn find(documents: &[Document]) -> Vec<Vec<Pair>> {
    // what does not count must not take rows with it that do
    let page = |document: &Document| document.page_item().filter(|_| document.counted);
    let pages: Vec<Option<u32>> = documents.iter().map(page).collect();
    let is_page = |document: &Document, index| {
        document.counted && document.checklist.items[index as usize].kind == ItemKind::Document
    };
    let search = Search {
        documents,
        pages,
        ids: Ids::of(documents, |document, _| document.counted),
        page_ids: Ids::of(documents, is_page),
    };
    let ids = (0..u32::try_from(documents.len()).unwrap_or(u32::MAX)).into_par_iter().map(DocumentId);
    ids.map(|id| search.rows(id)).collect()
}

/// Drops a row that stands for one which itself stands for another: of rows that name each other none is the item, and
/// their common id is told as used twice.
fn settle(mut plan: Vec<Vec<Pair>>) -> Vec<Vec<Pair>> {
    let documents = (0..).map(DocumentId).zip(&plan);
    let rows = documents.flat_map(|(document, pairs)| pairs.iter().map(move |&(index, _)| ItemId { document, index }));
    let rows: HashSet<ItemId> = rows.collect();
    for pairs in &mut plan {
        pairs.retain(|(_, subject)| !matches!(subject, Subject::Item(item) if rows.contains(item)));
    }
    plan
}

struct Search<'a> {
    documents: &'a [Document],
    /// The item that each document is as a whole.
    pages: Vec<Option<u32>>,
    ids: Ids<&'a str>,
    page_ids: Ids<&'a str>,
}

impl Search<'_> {
    fn rows(&self, from: DocumentId) -> Vec<Pair> {
        let document = &self.documents[from.0 as usize];
        let items = &document.checklist.items;
        let mut found: BTreeMap<u32, Subject> = BTreeMap::new();
        let mut whole: Vec<(u32, DocumentId)> = Vec::new();
        for (at, link) in document.checklist.links.iter().enumerate() {
            let (Some(index), Target::Document(to, _)) = (link.item, &document.targets[at]) else { continue };
            if *to == from || found.contains_key(&index) || !is_row(&items[index as usize]) {
                continue;
            }
            if let Some(item) = self.linked(document, index, at, *to) {
                found.insert(index, Subject::Item(item));
            } else if whole.last().is_none_or(|&(last, _)| last != index) && self.is_whole(document, index, at, *to) {
                whole.push((index, *to));
            }
        }
        let named = document.checklist.digest().references.iter().map(|&index| (index, &items[index as usize]));
        for (index, item) in named.filter(|(_, item)| is_row(item)) {
            let Some(id) = item.reference.as_deref().filter(|_| !found.contains_key(&index)) else { continue };
            let item = self.page_ids.nearest(id, from, self.documents).filter(|item| item.document != from);
            found.extend(item.map(|item| (index, Subject::Item(item))));
        }
        for (index, to) in summaries(items, whole) {
            found.entry(index).or_insert(Subject::Document(to));
        }
        found.into_iter().collect()
    }

    /// Whether a link is the whole of a row's text, and leads to a document with items that is none itself. A row that
    /// is not done though nothing in the document is left says more than a sum, and stays.
    fn is_whole(&self, document: &Document, row: u32, link: usize, to: DocumentId) -> bool {
        let other = &self.documents[to.0 as usize];
        let item = &document.checklist.items[row as usize];
        let link = document.source.slice(document.checklist.links[link].span);
        let holds_items = other.is_checklist() && self.pages[to.0 as usize].is_none();
        let more = item.state.is_left() && other.checklist.tally.left() == 0;
        holds_items && !more && item.kind == ItemKind::Row && letters(label(link)).eq(letters(&item.text))
    }

    /// The item of the document `to` that the row means by a link: the one of the same id, or else the whole document
    /// when the link is the row's name rather than a remark.
    fn linked(&self, document: &Document, row: u32, link: usize, to: DocumentId) -> Option<ItemId> {
        let item = &document.checklist.items[row as usize];
        let id = item.reference.as_deref().filter(|id| is_prefixed(id));
        if let Some(same) = id.and_then(|id| self.ids.in_document(id, to)) {
            return Some(same);
        }
        let index = self.pages[to.0 as usize]?;
        let page = &self.documents[to.0 as usize].checklist.items[index as usize];
        let other = id.is_some() && page.reference.as_deref().is_some_and(is_prefixed);
        let link = document.source.slice(document.checklist.links[link].span);
        (!other && names(item, link)).then_some(ItemId { document: to, index })
    }
}

/// Those rows that sum up a whole document each, where at least half of the rows of their section do, and not just one:
/// a table of checklists.
fn summaries(items: &[Item], whole: Vec<(u32, DocumentId)>) -> Vec<(u32, DocumentId)> {
    let mut counts: HashMap<Option<u32>, (usize, usize)> = HashMap::new();
    for &(index, _) in &whole {
        counts.entry(items[index as usize].section).or_default().0 += 1;
    }
    if counts.is_empty() {
        return whole;
    }
    for item in items.iter().filter(|item| item.kind == ItemKind::Row) {
        counts.entry(item.section).or_default().1 += 1;
    }
    let is_summary = |section| counts.get(&section).is_some_and(|&(whole, rows)| whole > 1 && whole * 2 >= rows);
    whole.into_iter().filter(|&(index, _)| is_summary(items[index as usize].section)).collect()
}

/// Whether an item is of a shape that can stand for another.
fn is_row(item: &Item) -> bool {
    !item.group && matches!(item.kind, ItemKind::Row | ItemKind::Bullet | ItemKind::Task)
}

/// Whether a link (its source) is the name of an item: its id, the beginning of a row's or bullet's text, or the whole
/// text of a task, which is otherwise a thing to do *about* the document.
fn names(item: &Item, link: &str) -> bool {
    let (label, text) = (letters(label(link)).collect::<String>(), letters(&item.text).collect::<String>());
    let id = item.reference.as_deref().map(|id| letters(id).collect::<String>()).unwrap_or_default();
    let rest = label.strip_prefix(id.as_str()).unwrap_or(&label);
    match item.kind {
        _ if label.is_empty() => false,
        ItemKind::Task => rest == text || label == text,
        _ => rest.is_empty() || text.starts_with(rest) || text.starts_with(&label),
    }
}

/// What stands between the brackets of a link.
fn label(link: &str) -> &str {
    link.trim_start_matches('[').rsplit_once("](").map_or(link, |(label, _)| label)
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}
