//! The list of documents, in reading order.

use super::chrome::Head;
use super::edition::Desk;
use super::lists::part;
use super::pager::Pager;
use super::plan::Page;
use super::shape::{DateView, LevelView, OwnerView, TallyView, told};
use crate::model::Level;
use crate::site::{Document, DocumentId, Standing};
use serde::Serialize;

/// A document in a list.
#[derive(Serialize)]
pub(super) struct DocView<'a> {
    title: &'a str,
    href: String,
    path: &'a str,
    /// Its path without ending: the value of filters.
    slug: &'a str,
    tally: TallyView,
    /// What is left at the most urgent level.
    level: Option<LeftAt<'a>>,
    left_by_level: Vec<LeftAt<'a>>,
    /// The owners that its front matter names.
    owners: Vec<OwnerView<'a>>,
    updated: Option<DateView>,
    reviewed: Option<DateView>,
    stale: bool,
    /// Why it does not count, or what it is a run of.
    note: Option<String>,
    counted: bool,
    findings: usize,
}

/// How many items are left at a level.
#[derive(Serialize)]
pub(super) struct LeftAt<'a> {
    pub(super) level: LevelView<'a>,
    pub(super) left: u32,
}

/// What the template of the list sees.
#[derive(Serialize)]
pub(super) struct DocumentsView<'a> {
    tally: TallyView,
    documents: Vec<DocView<'a>>,
    uncounted: Vec<DocView<'a>>,
    pager: Option<Pager>,
}

/// A part of the list: what it says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>, at: u32) -> (Head, DocumentsView<'a>) {
    let site = desk.site;
    let shown = part(&site.reading_order, at);
    let (counted, uncounted): (Vec<DocumentId>, _) = shown.iter().partition(|id| site.document(**id).is_checklist());
    let view = DocumentsView {
        tally: TallyView::whole(site.tally, |_| None),
        documents: counted.into_iter().map(|id| doc(desk, id)).collect(),
        uncounted: uncounted.into_iter().map(|id| doc(desk, id)).collect(),
        pager: desk.pager(site.documents.len(), at, Page::Documents),
    };
    let description = format!("{} documents: {}.", site.documents.len(), told(site.tally));
    let head =
        Head { kind: "documents", title: "Documents".to_owned(), description: Some(description), ..Head::default() };
    (head, view)
}

/// A document in a list.
pub(super) fn doc<'a>(desk: &Desk<'a>, id: DocumentId) -> DocView<'a> {
    let document = desk.site.document(id);
    let left_by_level = left_by_level(desk, document).collect();
    DocView { left_by_level, ..alone(desk, id, document.checklist.tally.into()) }
}

/// A document on its own page, which tells the most urgent level alone.
pub(super) fn alone<'a>(desk: &Desk<'a>, id: DocumentId, tally: TallyView) -> DocView<'a> {
    let document = desk.site.document(id);
    let checklist = &document.checklist;
    DocView {
        title: &checklist.title,
        href: desk.document_href(id),
        path: document.source.path.as_str(),
        slug: document.stem(),
        tally,
        level: left_by_level(desk, document).next(),
        left_by_level: Vec::new(),
        owners: checklist.front.owners.iter().filter_map(|owner| desk.owner(owner)).collect(),
        updated: checklist.last_updated.map(|updated| DateView::of(updated.date)),
        reviewed: document.review.and_then(|review| review.last).map(DateView::of),
        stale: document.review.is_some_and(|review| review.stale),
        note: note(desk, document),
        counted: document.counted,
        findings: findings_of(desk, document).len(),
    }
}

fn left_by_level<'a>(desk: &Desk<'a>, document: &Document) -> impl Iterator<Item = LeftAt<'a>> {
    let left = (0..).map(Level).zip(document.by_level(&desk.site.ladder)).take(desk.site.ladder.steps.len());
    let left = left.filter(|(_, tally)| tally.left() > 0);
    left.map(|(level, tally)| LeftAt { level: desk.level(level), left: tally.left() })
}

fn note(desk: &Desk<'_>, document: &Document) -> Option<String> {
    match document.standing {
        Standing::Template => Some("template".to_owned()),
        Standing::Draft => Some("draft".to_owned()),
        Standing::Prose => Some("prose".to_owned()),
        Standing::Counted => {
            let of = &desk.site.document(document.run_of?).checklist.title;
            Some(match &document.checklist.front.release {
                Some(release) => format!("run of {of} for {release}"),
                None => format!("run of {of}"),
            })
        }
    }
}

/// What was found in a document. Findings of a site are in order of their paths.
pub(super) fn findings_of<'a>(desk: &Desk<'a>, document: &Document) -> &'a [crate::finding::Finding] {
    let (all, path) = (&desk.site.findings, &document.source.path);
    let start = all.partition_point(|finding| finding.path < *path);
    let length = all[start..].partition_point(|finding| finding.path == *path);
    &all[start..start + length]
}
