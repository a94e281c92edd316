//! The laws that hold for every site, as a check that tests call on whatever they have made.
//!
//! Sums add up: sections to documents, documents to the site; every item has an owner or is unowned, a level or none.

use super::{Document, DocumentId, Group, ItemId, ReasonKind, Site, Status};
use crate::model::{Checklist, ItemKind, Tally};
use std::collections::BTreeSet;

/// What is broken, a sentence each; nothing for a sound site.
#[must_use]
pub fn broken(site: &Site) -> Vec<String> {
    let mut broken = Vec::new();
    for (id, document) in (0..).map(DocumentId).zip(&site.documents) {
        let mut tell = |law: &str| broken.push(format!("{}: {law}", document.source.path));
        sums(&document.checklist, &mut tell);
        shapes(document, &mut tell);
        let by_level: Tally = document.by_level(&site.ladder).into_iter().sum();
        if by_level != document.checklist.tally {
            tell("the sums by level do not cover the document");
        }
        if site.reading_order.get(document.rank as usize) != Some(&id) {
            tell("the reading order does not hold it at its rank");
        }
        if !document.counted && document.verdict.status == Status::Ready && document.checklist.tally.items() > 0 {
            tell("a document that does not count is ready");
        }
    }
    groups(site, &mut broken);
    verdict(site, &mut broken);
    broken
}

/// Top-level sections and the items above the first heading sum to the checklist.
fn sums(checklist: &Checklist, tell: &mut impl FnMut(&str)) {
    let leaves = || checklist.items.iter().filter(|item| !item.group);
    let all: Tally = leaves().map(|item| item.state).collect();
    let above: Tally = leaves().filter(|item| item.section.is_none()).map(|item| item.state).collect();
    let top: Tally = checklist.sections.iter().filter(|section| section.parent.is_none()).map(|top| top.tally).sum();
    if all != checklist.tally {
        tell("its items do not sum to the document");
    }
    if above + top != checklist.tally {
        tell("its sections do not sum to the document");
    }
    let mut own = vec![Tally::default(); checklist.sections.len()];
    for item in leaves() {
        match item.section {
            Some(section) if section as usize >= own.len() => return tell("an item is in no section that there is"),
            Some(section) => own[section as usize] += Tally::one(item.state),
            None => {}
        }
    }
    for (at, section) in checklist.sections.iter().enumerate() {
        match section.parent {
            Some(parent) if parent as usize >= at => return tell("a section stands before the one around it"),
            Some(parent) => own[parent as usize] += section.tally,
            None => {}
        }
    }
    if own.iter().zip(&checklist.sections).any(|(own, section)| *own != section.tally) {
        tell("a section is not the sum of its items and subsections");
    }
}

/// Indices lead to what there is, groups stand before what is below them, and nothing is below a leaf.
fn shapes(document: &Document, tell: &mut impl FnMut(&str)) {
    let checklist = &document.checklist;
    let mut anchors = BTreeSet::new();
    for (at, item) in checklist.items.iter().enumerate() {
        let above = |parent: u32| {
            let group = &checklist.items[parent as usize];
            group.group && ((parent as usize) < at || group.kind == ItemKind::Document && group.parent.is_none())
        };
        if !item.parent.is_none_or(above) {
            tell("an item is below one that is no group, or stands before it");
        }
        if !anchors.insert(&item.anchor) {
            tell("two items have the same anchor");
        }
    }
    if checklist.links.iter().any(|link| link.item.is_some_and(|item| item as usize >= checklist.items.len())) {
        tell("a link is in an item that there is not");
    }
    if document.targets.len() != checklist.links.len() || document.signatures.len() != checklist.signoffs.len() {
        tell("links or sign-offs were left unjudged");
    }
}

/// Owners and nobody cover the site, levels and none cover it exactly once, documents sum to it.
fn groups(site: &Site, broken: &mut Vec<String>) {
    let counted = site.documents.iter().filter(|document| document.counted);
    if counted.map(|document| document.checklist.tally).sum::<Tally>() != site.tally {
        broken.push("the documents do not sum to the site".to_owned());
    }
    let leaves = |document: &Document, id: DocumentId| -> Vec<ItemId> {
        document.leaves().map(|(index, _)| ItemId { document: id, index }).collect()
    };
    let counted = site.document_ids().filter(|&id| site.document(id).counted);
    let all: BTreeSet<ItemId> = counted.flat_map(|id| leaves(site.document(id), id)).collect();
    let owned: BTreeSet<ItemId> = site.owners.iter().flat_map(|owner| owner.group.items.iter().copied()).collect();
    let unowned: BTreeSet<ItemId> = site.unowned.items.iter().copied().collect();
    if owned.union(&unowned).copied().collect::<BTreeSet<_>>() != all || owned.intersection(&unowned).next().is_some() {
        broken.push("owners and nobody do not cover the site".to_owned());
    }
    let ranked = site.levels.iter().chain([&site.unranked]);
    let ranked: Vec<ItemId> = ranked.flat_map(|group| group.items.iter().copied()).collect();
    if ranked.len() != all.len() || ranked.into_iter().collect::<BTreeSet<_>>() != all {
        broken.push("levels and none do not cover the site once".to_owned());
    }
    let every = site.owners.iter().map(|owner| &owner.group).chain(&site.levels).chain([&site.unowned, &site.unranked]);
    if !every.into_iter().all(|group| is_summed(site, group)) {
        broken.push("a group is not the sum of its items".to_owned());
    }
    let slugs: BTreeSet<&str> = site.owners.iter().map(|owner| owner.slug.as_str()).collect();
    if slugs.len() != site.owners.len() {
        broken.push("two owners have the same address".to_owned());
    }
}

fn is_summed(site: &Site, group: &Group) -> bool {
    let ordered = group.items.windows(2).all(|pair| pair[0] < pair[1]);
    ordered && group.items.iter().map(|&id| site.item(id).state).collect::<Tally>() == group.tally
}

/// The answer follows from the reasons.
fn verdict(site: &Site, broken: &mut Vec<String>) {
    let unknown = site.verdict.reasons.iter().any(|reason| reason.kind == ReasonKind::CannotJudge);
    let sound = match site.verdict.status {
        Status::Ready => site.verdict.reasons.is_empty() && !site.verdict.met.is_empty() && site.tally.items() > 0,
        Status::NotReady => !unknown && !site.verdict.reasons.is_empty(),
        Status::NoGate => site.verdict.reasons.is_empty() && site.verdict.met.is_empty(),
        Status::Unknown => unknown,
    };
    if !sound {
        broken.push(format!("the verdict {} does not follow from its reasons", site.verdict.status.name()));
    }
}
