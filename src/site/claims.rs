//! Claims that one document alone cannot settle: in an overview whose rows stand for other documents, in the page of a
//! folder, which speaks of what lies in it, and summary rows that name whole documents.

use super::shared::Revision;
use super::{Document, Reference, Target, count, ids, order};
use crate::finding::{Code, Finding};
use crate::model::{Checklist, Claim, State, Tally};
use crate::reading::{disagreement, rollup_disagreement};
use crate::source::{RelPath, Span};
use std::collections::HashSet;

/// Compares claims anew where more than their document is needed, and drops those that there is nothing to compare with.
pub(super) fn apply(documents: &mut [Document], findings: &mut Vec<Finding>) {
    let mut settled: HashSet<(RelPath, Span)> = HashSet::new();
    let mut told = Vec::new();
    for at in 0..documents.len() {
        let document = &documents[at];
        let own = document.checklist.tally.scope() > 0 && document.references.is_empty();
        let (claims, rollups) = (&document.checklist.claims, &document.checklist.rollups);
        let is_settled = own && !order::is_folder_page(document);
        if claims.is_empty() && rollups.is_empty() || is_settled && rollups.is_empty() {
            continue;
        }
        let around = around(documents, at);
        let rows = rows(documents, document);
        let mut claims = claims.clone();
        claims.retain_mut(|claim| {
            if is_settled {
                return true;
            }
            let sums: Vec<Tally> = around.into_iter().chain(sums(&document.checklist, &rows, claim)).collect();
            claim.agrees = sums.iter().any(|&sum| claim.holds_for(sum));
            settled.insert((document.source.path.clone(), claim.span));
            let first = sums.into_iter().find(|sum| sum.scope() > 0);
            claim.counted = first.unwrap_or_default();
            told.extend(first.filter(|_| !claim.agrees).map(|sum| disagreement(&document.source.path, claim, sum)));
            first.is_some()
        });
        let mut rollups = rollups.clone();
        for rollup in rollups.iter_mut() {
            let Some(id) = summed(documents, document, rollup.span) else { continue };
            let sum = documents[id].checklist.tally;
            rollup.agrees =
                rollup.holds_for(sum) || self::around(documents, id).is_some_and(|sum| rollup.holds_for(sum));
            settled.insert((document.source.path.clone(), rollup.span));
            told.extend((!rollup.agrees).then(|| rollup_disagreement(&document.source.path, rollup, sum)));
        }
        let checklist = &mut documents[at].checklist;
        if checklist.claims != claims || checklist.rollups != rollups {
            let said = Revision::Said(claims.clone(), rollups.clone());
            *checklist = checklist.revised(said, |checklist| (checklist.claims, checklist.rollups) = (claims, rollups));
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
/// heading that section alone, unless it says which; rows that stand for other documents once as they are, and once with
/// all their items.
fn sums(checklist: &Checklist, rows: &[Row], claim: &Claim) -> Vec<Tally> {
    let section = section_at(checklist, claim.span.start);
    let heading = |section: u32| checklist.headings[checklist.sections[section as usize].heading as usize].span;
    let in_heading = section.is_some_and(|section| heading(section).holds(claim.span));
    let places = [(claim.whole || !in_heading).then_some(None), section.filter(|_| !claim.whole).map(Some)];
    let mut sums = Vec::new();
    for place in places.into_iter().flatten() {
        let own = place.map_or(checklist.tally, |section| checklist.sections[section as usize].tally);
        let below = |row: Option<u32>| place.is_none_or(|section| is_below(checklist, row, section));
        let rows = || rows.iter().filter(|row| below(row.section));
        let (whole, leaves): (Tally, Tally) =
            (rows().map(|row| Tally::one(row.state)).sum(), rows().map(|row| row.leaves).sum());
        sums.extend([own + whole, own + leaves]);
    }
    sums
}

/// The sum of the documents in the folder that a document is the page of.
fn around(documents: &[Document], at: usize) -> Option<Tally> {
    let document = &documents[at];
    if !order::is_folder_page(document) {
        return None;
    }
    let inside = ids::below(document.source.path.folder(), documents);
    let inside = &documents[inside.start as usize..documents.len().min(inside.end as usize)];
    Some(inside.iter().filter(|other| other.counted).map(|other| other.checklist.tally).sum())
}

/// The document with items that a summary row links to, by index.
fn summed(documents: &[Document], document: &Document, row: Span) -> Option<usize> {
    let links = &document.checklist.links;
    let first = links.partition_point(|link| link.span.start < row.start);
    let links = links[first..].iter().zip(&document.targets[first..]).take_while(|(link, _)| row.holds(link.span));
    let whole = links.filter_map(|(_, target)| match target {
        Target::Document(id, fragment) if fragment.is_empty() => Some(id.0 as usize),
        _ => None,
    });
    let holds_items = |&id: &usize| documents[id].checklist.tally.scope() > 0;
    whole.filter(|&id| documents[id].source.path != document.source.path).find(holds_items)
}

/// A row that stands for an item of another document.
struct Row {
    section: Option<u32>,
    /// The state of that item; of a group, what its leaves come to.
    state: State,
    /// The sum of that item: of a group, of its leaves.
    leaves: Tally,
}

/// The rows of a document that stand for items of others.
fn rows(documents: &[Document], document: &Document) -> Vec<Row> {
    let wanted = document.references.iter().map(|reference| reference.item);
    let sums = count::sums_among(wanted, |id| &documents[id.0 as usize].checklist.items);
    document.references.iter().zip(sums).map(|(reference, leaves)| Row::of(documents, reference, leaves)).collect()
}

impl Row {
    fn of(documents: &[Document], reference: &Reference, leaves: Tally) -> Self {
        let checklist = &documents[reference.item.document.0 as usize].checklist;
        let item = &checklist.items[reference.item.index as usize];
        let state = match item.state {
            state if !item.group => state,
            state if leaves.left() > 0 => Some(state).filter(|state| state.is_left()).unwrap_or_default(),
            _ if leaves.scope() > 0 => State::Done,
            state => state,
        };
        Self { section: reference.row.section, state, leaves }
    }
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
