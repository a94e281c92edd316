//! What became of the items from one site to another. Items are matched by what they are called: by id, then in their
//! document by anchor and text, then by text anywhere, and last by likeness in their document. An item that only stands
//! elsewhere has not changed.

mod documents;
mod likeness;
mod matcher;

pub use likeness::Effort;

use super::{Change, Document, DocumentId, Glance, ItemId, Site, ids};
use crate::model::Item;
use matcher::{Leaf, Matcher, Side};
use rustc_hash::FxHashMap;

/// An item before and after; one of both at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Where it was; `None` for a new one.
    pub before: Option<ItemId>,
    /// Where it is; `None` for one that is gone.
    pub after: Option<ItemId>,
}

/// What became of the items from one site to another, in document order: of leaves that count, and only of those whose
/// state, text or priority is another. Where `effort` is used up, items that were reworded are gone and new.
#[must_use]
pub fn changes(before: &Site, after: &Site, effort: &mut Effort) -> Vec<Change> {
    let change = |step: Step| match (step.before, step.after) {
        (Some(old), Some(new)) => Some(Change::Changed { before: glance(before, old), after: glance(after, new) }),
        (Some(old), None) => Some(Change::Removed(glance(before, old))),
        (None, new) => Some(Change::Added(glance(after, new?))),
    };
    steps_within(before, after, effort).into_iter().filter_map(change).collect()
}

/// The same by the items themselves.
#[must_use]
pub fn steps(before: &Site, after: &Site) -> Vec<Step> {
    steps_within(before, after, &mut Effort::default())
}

fn steps_within(before: &Site, after: &Site, effort: &mut Effort) -> Vec<Step> {
    let sides = [sides(before, after), sides(after, before)];
    if sides.iter().all(|side| side.leaves.is_empty()) {
        return Vec::new();
    }
    let [old, new] = sides;
    let mut matcher = Matcher::new(old, new);
    by_reference(&mut matcher, before, after);
    let pairs = matcher.same_documents();
    pairs.iter().for_each(|pair| matcher.in_documents(pair));
    let moved = documents::moved(&matcher);
    moved.iter().for_each(|pair| matcher.in_documents(pair));
    matcher.anywhere();
    let pairs: Vec<_> = pairs.into_iter().chain(moved).collect();
    likeness::join(&mut matcher, &pairs, effort);
    ordered(&matcher, before, after)
}

/// What is told of an item.
#[must_use]
pub fn glance(site: &Site, id: ItemId) -> Glance {
    let (document, item) = (site.document(id.document), site.item(id));
    Glance {
        document: document.source.path.clone(),
        title: document.checklist.title.clone(),
        anchor: item.anchor.clone(),
        text: words(item).to_owned(),
        state: item.state,
        level: item.level,
    }
}

/// The text of an item; its id where it has no other.
fn words(item: &Item) -> &str {
    if item.text.is_empty() { item.reference.as_deref().unwrap_or_default() } else { &item.text }
}

/// The leaves of the documents that count, without those that are shared with the other site and so cannot differ.
fn sides<'a>(site: &'a Site, other: &Site) -> Side<'a> {
    let mut side = Side::default();
    for (id, document) in site.document_ids().zip(&site.documents) {
        if !document.counted || is_shared(document, other) {
            continue;
        }
        let first = side.leaves.len();
        side.leaves.extend(document.leaves().map(|(index, item)| Leaf {
            id: ItemId { document: id, index },
            text: words(item),
            item,
        }));
        side.documents.push((document, first..side.leaves.len()));
    }
    side
}

/// Whether another site has the same reading of a document.
fn is_shared(document: &Document, other: &Site) -> bool {
    let at = other.documents.binary_search_by(|of| of.source.path.cmp(&document.source.path));
    at.is_ok_and(|at| other.documents[at].counted && other.documents[at].checklist.is_same(&document.checklist))
}

/// Matches items by an id that is unique in both sites.
fn by_reference(matcher: &mut Matcher<'_>, before: &Site, after: &Site) {
    let (old, new) = (references(before), references(after));
    let at = |side: &Side<'_>, id: ItemId| side.leaves.binary_search_by_key(&id, |leaf| leaf.id).ok();
    let pairs: Vec<(usize, usize)> = (0..)
        .zip(&matcher.before.leaves)
        .filter_map(|(index, leaf)| {
            let reference = leaf.item.reference.as_deref()?;
            let unique = old.get(reference).copied().flatten() == Some(leaf.id);
            let partner = new.get(reference).copied().flatten().filter(|_| unique)?;
            Some((index, at(&matcher.after, partner)?))
        })
        .collect();
    pairs.into_iter().for_each(|(old, new)| matcher.join(old, new));
}

/// The leaves that count by their ids; `None` for an id that several have.
fn references(site: &Site) -> FxHashMap<&str, Option<ItemId>> {
    let mut references = FxHashMap::default();
    for (id, document) in (0..).map(DocumentId).zip(&site.documents).filter(|(_, document)| document.counted) {
        for (index, reference) in ids::references(&document.checklist) {
            if !document.checklist.items[index as usize].group {
                let item = ItemId { document: id, index };
                references.entry(reference).and_modify(|holder| *holder = None).or_insert(Some(item));
            }
        }
    }
    references
}

/// What is left to tell, by document and place; what is gone stands where it was.
fn ordered(matcher: &Matcher<'_>, before: &Site, after: &Site) -> Vec<Step> {
    let gone = matcher.before.leaves.iter().zip(&matcher.partners).filter(|(_, partner)| partner.is_none());
    let gone = gone.map(|(leaf, _)| Step { before: Some(leaf.id), after: None });
    let mut origins = vec![None; matcher.after.leaves.len()];
    for (leaf, partner) in matcher.before.leaves.iter().zip(&matcher.partners) {
        if let Some(partner) = partner {
            origins[*partner] = Some(leaf);
        }
    }
    let differs = |old: &Leaf<'_>, new: &Leaf<'_>| {
        old.item.state != new.item.state || old.text != new.text || old.item.level != new.item.level
    };
    let there = matcher.after.leaves.iter().zip(origins);
    let there = there.filter(|(leaf, origin)| origin.is_none_or(|origin| differs(origin, leaf)));
    let there = there.map(|(leaf, origin)| Step { before: origin.map(|origin| origin.id), after: Some(leaf.id) });
    let mut steps: Vec<Step> = gone.chain(there).collect();
    let path = |site: &Site, id: ItemId| site.document(id.document).source.path.clone();
    steps.sort_by_cached_key(|step| match (step.before, step.after) {
        (_, Some(id)) => (Some(path(after, id)), id.index, 1),
        (Some(id), None) => (Some(path(before, id)), id.index, 0),
        (None, None) => (None, 0, 0),
    });
    steps
}
