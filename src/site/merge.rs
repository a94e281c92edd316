//! One item in two documents: a row of an overview and the document that it links to. It belongs to the document; the
//! row becomes a reference. Here is found which rows those are, and where the two disagree; `detach` takes the rows
//! out of their checklists.

use super::count::recount;
use super::ids::{Ids, is_prefixed};
use super::{Document, DocumentId, ItemId, Reference, Target, detach};
use crate::finding::{Code, Finding};
use crate::model::{Item, ItemKind, State, Tally};
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Makes references of the rows, bullets and tasks that stand for an item of another document: the documents'
/// [`Document::targets`] must be there.
pub(super) fn merge(documents: &mut [Document], findings: &mut Vec<Finding>) {
    let plan = settle(find(documents));
    if plan.iter().all(Vec::is_empty) {
        return;
    }
    detach::detach(documents, &plan);
    let mut sums: HashMap<ItemId, Tally> = HashMap::new();
    for from in 0..documents.len() {
        for at in 0..documents[from].references.len() {
            let reference = documents[from].references[at].clone();
            let page = &documents[reference.item.document.0 as usize];
            let sum =
                *sums.entry(reference.item).or_insert_with(|| detach::below(&page.checklist, reference.item.index));
            findings.extend(compare(&documents[from], &reference, page, sum));
            complete(&mut documents[reference.item.document.0 as usize], &reference);
        }
    }
}

/// A row and the item that it stands for.
pub(super) type Pair = (u32, ItemId);

/// The rows of each document that stand for an item of another.
fn find(documents: &[Document]) -> Vec<Vec<Pair>> {
    let page = |document: &Document| document.checklist.items.iter().position(|item| item.kind == ItemKind::Document);
    let pages: Vec<Option<u32>> =
        documents.iter().map(|document| page(document).and_then(|at| u32::try_from(at).ok())).collect();
    let is_page = |document: &Document, index| document.checklist.items[index as usize].kind == ItemKind::Document;
    let search =
        Search { documents, pages, ids: Ids::of(documents, |_, _| true), page_ids: Ids::of(documents, is_page) };
    let ids = (0..u32::try_from(documents.len()).unwrap_or(u32::MAX)).into_par_iter().map(DocumentId);
    ids.map(|id| search.rows(id)).collect()
}

/// Drops a pair whose item is itself a row that stands for another, so that of two rows that name each other only the
/// first is taken out.
fn settle(mut plan: Vec<Vec<Pair>>) -> Vec<Vec<Pair>> {
    let mut taken = HashSet::new();
    let mut kept = HashSet::new();
    for (document, pairs) in (0..).map(DocumentId).zip(&mut plan) {
        pairs.retain(|&(index, item)| {
            let row = ItemId { document, index };
            let sound = !taken.contains(&item) && !kept.contains(&row);
            if sound {
                taken.insert(row);
                kept.insert(item);
            }
            sound
        });
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
        let mut found: Vec<Pair> = Vec::new();
        for (at, link) in document.checklist.links.iter().enumerate() {
            let (Some(index), Target::Document(to, _)) = (link.item, &document.targets[at]) else { continue };
            let known = found.last().is_some_and(|&(last, _)| last == index);
            if *to != from && !known && is_row(&document.checklist.items[index as usize]) {
                found.extend(self.linked(document, index, at, *to).map(|item| (index, item)));
            }
        }
        let linked: HashSet<u32> = found.iter().map(|&(index, _)| index).collect();
        for (index, item) in document.leaves().filter(|(index, item)| is_row(item) && !linked.contains(index)) {
            let item = item.reference.as_deref().and_then(|id| self.page_ids.nearest(id, from, self.documents));
            found.extend(item.filter(|item| item.document != from).map(|item| (index, item)));
        }
        found.sort_unstable();
        found.dedup_by_key(|&mut (index, _)| index);
        found
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

/// Whether an item is of a shape that can stand for another.
fn is_row(item: &Item) -> bool {
    !item.group && matches!(item.kind, ItemKind::Row | ItemKind::Bullet | ItemKind::Task)
}

/// Whether a link (its source) is the name of an item: its id, the beginning of a row's or bullet's text, or the whole
/// text of a task, which is otherwise a thing to do *about* the document.
fn names(item: &Item, link: &str) -> bool {
    let label = link.trim_start_matches('[').rsplit_once("](").map_or(link, |(label, _)| label);
    let (label, text) = (letters(label), letters(&item.text));
    let id = item.reference.as_deref().map(letters).unwrap_or_default();
    let rest = label.strip_prefix(id.as_str()).unwrap_or(&label);
    match item.kind {
        _ if label.is_empty() => false,
        ItemKind::Task => rest == text || label == text,
        _ => rest.is_empty() || text.starts_with(rest) || text.starts_with(&label),
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
    let states = if !has_state(row) {
        None
    } else if row.state == State::Done && sum.left() > 0 {
        let (left, scope) = (sum.left(), sum.scope());
        Some(format!("the row says {said}, but {left} of {scope} items of {path} are left; the page counts"))
    } else if row.state.is_left() && sum.scope() > 0 && sum.left() == 0 {
        Some(format!("the row says {said}, but all {} items of {path} are done; the page counts", sum.scope()))
    } else {
        let differ = row.state != item.state && has_state(item);
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
    let due = row.due.filter(|_| item.due.is_none());
    let level = row.level.filter(|_| item.level.is_none());
    let owners = if item.owners.is_empty() { row.owners.as_slice() } else { &[] };
    let stateless = !item.group && !has_state(item) && has_state(row);
    if !stateless && due.is_none() && level.is_none() && owners.is_empty() {
        return;
    }
    let page = Arc::make_mut(&mut page.checklist);
    let item = &mut page.items[reference.item.index as usize];
    item.due = item.due.or(due);
    if stateless {
        item.state = row.state;
        item.state_text.clone_from(&row.state_text);
        recount(page);
    }
    if level.is_none() && owners.is_empty() {
        return;
    }
    let inside = detach::inside(page, reference.item.index);
    for (item, _) in page.items.iter_mut().zip(inside).filter(|&(_, inside)| inside) {
        if item.level.is_none() && level.is_some() {
            item.level = level;
            item.level_text.clone_from(&row.level_text);
        }
        if item.owners.is_empty() {
            item.owners.extend_from_slice(owners);
        }
    }
}
