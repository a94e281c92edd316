//! What texts say of themselves, beside what was counted.

use super::edition::Desk;
use super::shape::{SourceView, told};
use super::url::{element_id, fragment};
use crate::model::{Claim, ClaimKind, Rollup, Tally};
use crate::site::{Document, DocumentId};
use crate::source::Span;
use serde::Serialize;
use std::collections::HashMap;

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
    of_rollups(desk, id, &desk.site.document(id).checklist.rollups.iter().collect::<Vec<_>>())
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
        let rollups: Vec<&Rollup> = checklist.rollups.iter().filter(|rollup| !rollup.agrees).collect();
        total += rollups.len();
        views.extend(of_rollups(desk, id, &rollups[..rollups.len().min(most - views.len())]));
    }
    (views, total)
}

fn of_claim<'a>(desk: &Desk<'a>, id: DocumentId, claim: &Claim) -> ClaimView<'a> {
    let tally = claim.counted;
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

fn of_rollups<'a>(desk: &Desk<'a>, id: DocumentId, rollups: &[&Rollup]) -> Vec<ClaimView<'a>> {
    // Most documents have none, and the sums are of all their sections.
    if rollups.is_empty() {
        return Vec::new();
    }
    let sums = Sums::of(desk.site.document(id));
    rollups.iter().map(|rollup| of_rollup(desk, id, rollup, &sums)).collect()
}

fn of_rollup<'a>(desk: &Desk<'a>, id: DocumentId, rollup: &Rollup, sums: &Sums) -> ClaimView<'a> {
    let tally = sums.claimed(&rollup.title);
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

/// The sums of a document that a row of it may claim.
struct Sums {
    whole: Tally,
    /// By title in lower case, of sections that share one the first.
    sections: HashMap<String, Tally>,
}

impl Sums {
    fn of(document: &Document) -> Self {
        let checklist = &document.checklist;
        let mut sections = HashMap::with_capacity(checklist.sections.len());
        for section in &checklist.sections {
            if let Some(heading) = checklist.headings.get(section.heading as usize) {
                sections.entry(heading.title.to_lowercase()).or_insert(section.tally);
            }
        }
        Self { whole: checklist.tally, sections }
    }

    /// The sum that a row claims: that of the section which has its title, else of the document.
    fn claimed(&self, title: &str) -> Tally {
        self.sections.get(&title.to_lowercase()).copied().unwrap_or(self.whole)
    }
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
