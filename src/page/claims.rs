//! What texts say of themselves, beside what was counted.

use super::edition::Desk;
use super::shape::{SourceView, told};
use super::url::{element_id, fragment};
use crate::model::{Claim, ClaimKind, Rollup, Tally};
use crate::site::{Document, DocumentId};
use crate::source::Span;
use serde::Serialize;

/// A claim, or a row that sums up.
#[derive(Serialize)]
pub(super) struct ClaimView<'a> {
    document: ClaimDocument<'a>,
    text: String,
    counted: String,
    agrees: bool,
    kind: &'static str,
    /// The heading that it stands below, on the page.
    href: Option<String>,
    source: SourceView<'a>,
}

#[derive(Serialize)]
struct ClaimDocument<'a> {
    title: &'a str,
    href: String,
}

/// The claims of a document.
pub(super) fn claims<'a>(desk: &Desk<'a>, id: DocumentId) -> Vec<ClaimView<'a>> {
    let document = desk.site.document(id);
    document.checklist.claims.iter().map(|claim| of_claim(desk, id, claim)).collect()
}

/// The rows of a document that sum up.
pub(super) fn rollups<'a>(desk: &Desk<'a>, id: DocumentId) -> Vec<ClaimView<'a>> {
    let document = desk.site.document(id);
    document.checklist.rollups.iter().map(|rollup| of_rollup(desk, id, rollup)).collect()
}

/// The first claims of the site that do not agree with the count, and how many there are.
pub(super) fn disagreeing<'a>(desk: &Desk<'a>, most: usize) -> (Vec<ClaimView<'a>>, usize) {
    let mut views = Vec::new();
    let mut total = 0;
    for &id in desk.site.reading_order.iter().filter(|id| desk.site.document(**id).counted) {
        let checklist = &desk.site.document(id).checklist;
        for claim in checklist.claims.iter().filter(|claim| !claim.agrees) {
            total += 1;
            if views.len() < most {
                views.push(of_claim(desk, id, claim));
            }
        }
        for rollup in checklist.rollups.iter().filter(|rollup| !rollup.agrees) {
            total += 1;
            if views.len() < most {
                views.push(of_rollup(desk, id, rollup));
            }
        }
    }
    (views, total)
}

fn of_claim<'a>(desk: &Desk<'a>, id: DocumentId, claim: &Claim) -> ClaimView<'a> {
    let tally = desk.site.document(id).checklist.tally;
    let counted = match claim.kind {
        ClaimKind::Percent | ClaimKind::Count => told(tally),
        ClaimKind::Verdict if tally.left() > 0 => format!("{}, {} left", told(tally), tally.left()),
        ClaimKind::Verdict => told(tally),
    };
    view(
        desk,
        id,
        claim.span,
        Told { text: claim.text.clone(), counted, agrees: claim.agrees, kind: claim.kind.name() },
    )
}

fn of_rollup<'a>(desk: &Desk<'a>, id: DocumentId, rollup: &Rollup) -> ClaimView<'a> {
    let tally = summed_up(desk.site.document(id), &rollup.title);
    let mut text = rollup.title.clone();
    match (rollup.done, rollup.items) {
        (Some(done), Some(items)) => text.push_str(&format!(": {done} of {items}")),
        (None, Some(items)) => text.push_str(&format!(": {items} items")),
        (Some(done), None) => text.push_str(&format!(": {done} done")),
        (None, None) => {}
    }
    if let Some(percent) = rollup.percent {
        text.push_str(&format!(", {percent} %"));
    }
    view(desk, id, rollup.span, Told { text, counted: told(tally), agrees: rollup.agrees, kind: "rollup" })
}

/// The sum that a row claims: that of the section which has its title, else of the document.
fn summed_up(document: &Document, title: &str) -> Tally {
    let checklist = &document.checklist;
    let section = checklist.sections.iter().find(|section| {
        let heading = checklist.headings.get(section.heading as usize);
        heading.is_some_and(|heading| heading.title.to_lowercase() == title.to_lowercase())
    });
    section.map_or(checklist.tally, |section| section.tally)
}

/// What a claim says.
struct Told {
    text: String,
    counted: String,
    agrees: bool,
    kind: &'static str,
}

fn view<'a>(desk: &Desk<'a>, id: DocumentId, span: Span, told: Told) -> ClaimView<'a> {
    let document = desk.site.document(id);
    let Told { text, counted, agrees, kind } = told;
    ClaimView {
        document: ClaimDocument { title: &document.checklist.title, href: desk.document_href(id) },
        text,
        counted,
        agrees,
        kind,
        href: heading_href(desk, id, span),
        source: desk.source(document, span),
    }
}

/// A link to the heading that a place stands below.
pub(super) fn heading_href(desk: &Desk<'_>, id: DocumentId, span: Span) -> Option<String> {
    let headings = &desk.site.document(id).checklist.headings;
    let index = headings.partition_point(|heading| heading.span.start <= span.start).checked_sub(1)?;
    Some(format!("{}#{}", desk.document_href(id), fragment(&element_id(&headings[index].anchor))))
}
