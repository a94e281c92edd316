//! Claims that one document alone cannot settle: in an overview whose rows stand for other documents, in the page of a
//! folder, which speaks of what lies in it, and summary rows that name whole documents.

use super::{Document, DocumentId, ItemId, Target, detach, order};
use crate::finding::{Code, Finding};
use crate::model::{Checklist, Claim, Rollup, State, Tally};
use crate::reading::{disagreement, rollup_disagreement};
use crate::source::{RelPath, Span};
use std::collections::HashSet;
use std::sync::Arc;

/// Compares claims anew where more than their document is needed, and drops those that there is nothing to compare with.
pub(super) fn apply(documents: &mut [Document], findings: &mut Vec<Finding>) {
    let mut settled: HashSet<(RelPath, Span)> = HashSet::new();
    let mut told = Vec::new();
    for at in 0..documents.len() {
        let document = &documents[at];
        let own = document.checklist.tally.scope() > 0 && document.references.is_empty();
        let (claims, rollups) = (&document.checklist.claims, &document.checklist.rollups);
        if claims.is_empty() && rollups.is_empty() || own && rollups.is_empty() && !order::is_folder_page(document) {
            continue;
        }
        let around = around(documents, at);
        let mut claims = claims.clone();
        claims.retain_mut(|claim| {
            let sums: Vec<Tally> = sums(documents, document, claim).into_iter().chain(around).collect();
            claim.agrees = sums.iter().any(|&sum| claim.holds_for(sum));
            settled.insert((document.source.path.clone(), claim.span));
            let first = sums.into_iter().find(|sum| sum.scope() > 0);
            told.extend(first.filter(|_| !claim.agrees).map(|sum| disagreement(&document.source.path, claim, sum)));
            first.is_some()
        });
        let mut rollups = rollups.clone();
        for rollup in rollups.iter_mut() {
            let Some(sum) = summed(documents, document, rollup.span) else { continue };
            rollup.agrees = rollup.holds_for(sum);
            settled.insert((document.source.path.clone(), rollup.span));
            told.extend((!rollup.agrees).then(|| rollup_disagreement(&document.source.path, rollup, sum)));
        }
        let checklist = &mut documents[at].checklist;
        if checklist.claims != claims || checklist.rollups != rollups {
            let checklist = Arc::make_mut(checklist);
            checklist.claims = claims;
            checklist.rollups = rollups;
        }
    }
    if !settled.is_empty() {
        let compared = |code| matches!(code, Code::ClaimDisagrees | Code::RollupDisagrees | Code::RollupUnmatched);
        findings.retain(|finding| {
            let span = finding.span.filter(|_| compared(finding.code));
            span.is_none_or(|span| !settled.contains(&(finding.path.clone(), span)))
        });
        findings.extend(told);
    }
}

/// The sums that a claim may speak of, as its document knows them: all of it and the section that it stands in, or in a
/// heading that section alone; rows that stand for other documents once as they are, and once with all their items.
fn sums(documents: &[Document], document: &Document, claim: &Claim) -> Vec<Tally> {
    let checklist = &document.checklist;
    let section = section_at(checklist, claim.span.start);
    let heading = |section: u32| checklist.headings[checklist.sections[section as usize].heading as usize].span;
    let in_heading = section.is_some_and(|section| heading(section).holds(claim.span));
    let places = [(!in_heading).then_some(None), section.map(Some)];
    let mut sums = Vec::new();
    for place in places.into_iter().flatten() {
        let own = place.map_or(checklist.tally, |section| checklist.sections[section as usize].tally);
        let below = |row: Option<u32>| place.is_none_or(|section| is_below(checklist, row, section));
        let references = || document.references.iter().filter(|reference| below(reference.row.section));
        let rows: Tally = references().map(|reference| Tally::one(state(documents, reference.item))).sum();
        let leaves: Tally = references().map(|reference| items_of(documents, reference.item)).sum();
        sums.extend([own + rows, own + leaves]);
    }
    sums
}

/// The sum of the documents in the folder that a document is the page of.
fn around(documents: &[Document], at: usize) -> Option<Tally> {
    let document = &documents[at];
    let folder = document.source.path.folder();
    let inside = |other: &&Document| {
        let path = other.source.path.as_str();
        folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let first = documents.partition_point(|other| other.source.path.as_str() < folder);
    let counted = documents[first..].iter().filter(inside).filter(|other| other.counted);
    order::is_folder_page(document).then(|| counted.map(|other| other.checklist.tally).sum())
}

/// The sum of the document that a summary row links to.
fn summed(documents: &[Document], document: &Document, row: Span) -> Option<Tally> {
    let links = &document.checklist.links;
    let first = links.partition_point(|link| link.span.start < row.start);
    let links = links[first..].iter().zip(&document.targets[first..]).take_while(|(link, _)| row.holds(link.span));
    let sums = links.filter_map(|(_, target)| match target {
        Target::Document(id, fragment) if fragment.is_empty() => Some(&documents[id.0 as usize]),
        _ => None,
    });
    let other = |other: &&Document| other.source.path != document.source.path;
    sums.filter(other).map(|document| document.checklist.tally).find(|tally| tally.scope() > 0)
}

/// The state of an item as a whole: of a group, that of what is below it.
fn state(documents: &[Document], id: ItemId) -> State {
    let item = &documents[id.document.0 as usize].checklist.items[id.index as usize];
    let sum = if item.group { items_of(documents, id) } else { Tally::one(item.state) };
    match item.state {
        state if sum.left() > 0 => if state.is_left() { state } else { State::Open },
        _ if sum.scope() > 0 => State::Done,
        state => state,
    }
}

/// The sum of an item: of a group, of what is below it.
fn items_of(documents: &[Document], id: ItemId) -> Tally {
    let checklist = &documents[id.document.0 as usize].checklist;
    let item = &checklist.items[id.index as usize];
    if item.group { detach::below(checklist, id.index) } else { Tally::one(item.state) }
}

/// The section that an offset lies in.
fn section_at(checklist: &Checklist, offset: u32) -> Option<u32> {
    let start = |section: &crate::model::Section| checklist.headings[section.heading as usize].span.start;
    let after = checklist.sections.partition_point(|section| start(section) <= offset);
    after.checked_sub(1).and_then(|index| u32::try_from(index).ok())
}

/// Whether a section is `outer` or lies in it.
fn is_below(checklist: &Checklist, mut section: Option<u32>, outer: u32) -> bool {
    while let Some(inner) = section {
        if inner == outer {
            return true;
        }
        section = checklist.sections[inner as usize].parent;
    }
    false
}
