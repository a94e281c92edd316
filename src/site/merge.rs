//! One item in two documents: a row of an overview and the document that it links to. It belongs to the document; the
//! row becomes a reference. Here is found which rows those are; `detach` takes them out of their checklists, `absorb`
//! keeps what they say.

use super::group::Group;
use super::ids::{self, Ids, is_prefixed};
use super::{Document, DocumentId, ItemId, Kept, Shared, Standing, Target, absorb, detach, policy};
use crate::finding::Finding;
use crate::model::{Checklist, Item, ItemKind};
use crate::source::{RelPath, Span};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Makes references of the rows, bullets and tasks that stand for an item of another document, and roll-ups of those
/// that sum up a whole document. [`Document::targets`] must be there. Merging reaches no further than rows do: documents
/// that rows connect and that are as they were in the last site are taken over from it together.
pub(super) fn merge(documents: &mut [Document], kept: &mut Kept, findings: &mut Vec<Finding>) {
    let mut plan = settle(find(documents, &mut kept.rows));
    let kept = &mut kept.merged;
    let mut last = std::mem::take(kept);
    let groups = Group::all(documents, &plan).into_iter().map(|group| last.complete(group));
    let (known, new): (Vec<Group>, Vec<Group>) = groups.partition(Group::is_merged);
    known.iter().flat_map(Group::ids).for_each(|id| plan[id.0 as usize].clear());
    let mut found = Vec::new();
    if !new.is_empty() {
        absorb::whole(documents, &plan);
        detach::detach(documents, &plan, &mut found);
        absorb::references(documents, &mut found);
    }
    let mut by_path: FxHashMap<RelPath, Vec<Finding>> = FxHashMap::default();
    found.into_iter().for_each(|finding| by_path.entry(finding.path.clone()).or_default().push(finding));
    known.into_iter().chain(new).for_each(|group| kept.keep(group.settle(documents, &mut by_path)));
    findings.extend(kept.findings().cloned());
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

/// The rows of each document that stand for something elsewhere, and what they were looked for in.
#[derive(Debug)]
pub(super) struct Rows {
    /// The documents as they were read.
    read: Vec<Shared>,
    plan: Vec<Vec<Pair>>,
    /// The item that each document is as a whole.
    pages: Vec<Option<u32>>,
    ids: Ids<Box<str>>,
    page_ids: Ids<Box<str>>,
}

/// The rows of each document that stand for an item of another. Those of the last site hold for documents that it had
/// too, as long as every document shows the same face.
fn find(documents: &[Document], kept: &mut Option<Rows>) -> Vec<Vec<Pair>> {
    let last = kept.take().filter(|last| last.are_faced_with(documents));
    let mut rows = last.unwrap_or_else(|| Rows::of(documents));
    let search = Search { documents, rows: &rows };
    let ids = (0..u32::try_from(documents.len()).unwrap_or(u32::MAX)).into_par_iter().with_min_len(64);
    let found: Vec<Option<Vec<Pair>>> = ids.map(|id| search.new_rows(DocumentId(id))).collect();
    rows.read.extend(documents[rows.read.len()..].iter().map(|document| document.checklist.clone()));
    rows.plan.resize_with(documents.len(), Vec::new);
    for ((at, document), found) in documents.iter().enumerate().zip(found) {
        if let Some(found) = found {
            rows.read[at] = document.checklist.clone();
            rows.plan[at] = found;
        }
    }
    let plan = rows.plan.clone();
    *kept = Some(rows);
    plan
}

impl Rows {
    /// Nothing found yet.
    fn of(documents: &[Document]) -> Self {
        // what does not count must not take rows with it that do
        let page = |document: &Document| document.page_item().filter(|_| document.counted);
        let is_page = |document: &Document, index| {
            document.counted && document.checklist.items[index as usize].kind == ItemKind::Document
        };
        Self {
            read: Vec::new(),
            plan: Vec::new(),
            pages: documents.iter().map(page).collect(),
            ids: Ids::of(documents, |document, _| document.counted),
            page_ids: Ids::of(documents, is_page),
        }
    }

    fn are_faced_with(&self, documents: &[Document]) -> bool {
        let same = |(read, document): (&Shared, &Document)| {
            read.is_same(&document.checklist) || Face::of(read) == Face::of(&document.checklist)
        };
        self.read.len() == documents.len() && self.read.iter().zip(documents).all(same)
    }
}

/// What rows of other documents see of one.
#[derive(PartialEq)]
struct Face<'a> {
    counted: bool,
    page: Option<u32>,
    has_items: bool,
    has_left: bool,
    /// Items with an id, and whether each is the whole document.
    ids: Vec<(u32, &'a str, bool)>,
    /// The id of the page item, of whatever kind.
    page_id: Option<&'a str>,
}

impl<'a> Face<'a> {
    fn of(checklist: &'a Shared) -> Self {
        let page = checklist.digest().page;
        let item = |index: u32| &checklist.items[index as usize];
        let ids = ids::references(checklist).map(|(index, id)| (index, id, item(index).kind == ItemKind::Document));
        Self {
            counted: policy::standing(&checklist.front) == Standing::Counted,
            page,
            has_items: checklist.tally.items() > 0,
            has_left: checklist.tally.left() > 0,
            ids: ids.collect(),
            page_id: page.and_then(|index| item(index).reference.as_deref()),
        }
    }
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
    rows: &'a Rows,
}

impl Search<'_> {
    /// The rows of a document that is not as it was.
    fn new_rows(&self, from: DocumentId) -> Option<Vec<Pair>> {
        let known = self.rows.read.get(from.0 as usize);
        let same = known.is_some_and(|read| read.is_same(&self.documents[from.0 as usize].checklist));
        (!same).then(|| self.rows(from))
    }

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
            let item = self.rows.page_ids.nearest(id, from, self.documents).filter(|item| item.document != from);
            found.extend(item.map(|item| (index, Subject::Item(item))));
        }
        for (index, to) in summaries(&document.checklist, whole) {
            found.entry(index).or_insert(Subject::Document(to));
        }
        found.into_iter().collect()
    }

    /// Whether a link is the whole of a row's text, and leads to a document with items that is none itself. A row that
    /// is not done though nothing in the document is left says more than a sum, and stays.
    fn is_whole(&self, document: &Document, row: u32, link: usize, to: DocumentId) -> bool {
        let other = &self.documents[to.0 as usize];
        let item = &document.checklist.items[row as usize];
        let link = document.checklist.links[link].span;
        let holds_items = other.is_checklist() && self.rows.pages[to.0 as usize].is_none();
        let more = item.state.is_left() && other.checklist.tally.left() == 0;
        holds_items && !more && item.kind == ItemKind::Row && is_whole_text(document, item, link)
    }

    /// The item of the document `to` that the row means by a link: the one of the same id, or else the whole document
    /// when the link is the row's name rather than a remark.
    fn linked(&self, document: &Document, row: u32, link: usize, to: DocumentId) -> Option<ItemId> {
        let item = &document.checklist.items[row as usize];
        let id = item.reference.as_deref().filter(|id| is_prefixed(id));
        if let Some(same) = id.and_then(|id| self.rows.ids.in_document(id, to)) {
            return Some(same);
        }
        let index = self.rows.pages[to.0 as usize]?;
        let page = &self.documents[to.0 as usize].checklist.items[index as usize];
        let page_id = page.reference.as_deref().filter(|id| is_prefixed(id));
        // A column of names may hold ids too.
        let is_named = page_id.is_some_and(|id| letters(id).eq(letters(&item.text)));
        let other = id.is_some() && page_id.is_some();
        let link = document.source.slice(document.checklist.links[link].span);
        (is_named || !other && names(item, link)).then_some(ItemId { document: to, index })
    }
}

/// Those rows that sum up a whole document each, where at least half of the rows of their section do, and not just one:
/// a table of checklists. One among rows that sum up sections needs no others.
fn summaries(checklist: &Checklist, whole: Vec<(u32, DocumentId)>) -> Vec<(u32, DocumentId)> {
    let items = &checklist.items;
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
    let rollups: HashSet<Span> = checklist.rollups.iter().map(|rollup| rollup.span).collect();
    let is_rollup = |item: &Item| rollups.contains(&item.span);
    let is_sum = |item: &Item| is_summary(item.section) || is_rollup(item);
    whole.into_iter().filter(|&(index, _)| is_sum(&items[index as usize])).collect()
}

/// Whether an item is of a shape that can stand for another.
pub(super) fn is_row(item: &Item) -> bool {
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

/// Whether a link is the whole of an item's text.
pub(super) fn is_whole_text(document: &Document, item: &Item, link: Span) -> bool {
    letters(label(document.source.slice(link))).eq(letters(&item.text))
}

/// What stands between the brackets of a link.
fn label(link: &str) -> &str {
    link.trim_start_matches('[').rsplit_once("](").map_or(link, |(label, _)| label)
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}
