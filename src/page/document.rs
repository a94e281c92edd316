//! A document: the author's text, with what is known of it around.

use super::body::Body;
use super::chrome::Head;
use super::claims::{ClaimView, claims, rollups};
use super::documents::{DocView, alone, findings_of};
use super::edition::Desk;
use super::item::{Due, ItemView};
use super::plan::Page;
use super::shape::{DateView, LinkView, SourceView, StateView, TallyView, told};
use crate::markdown::Html;
use crate::model::State;
use crate::site::{Document, DocumentId, ItemId, Signature};
use crate::source::Span;
use serde::Serialize;

/// What the template of a document sees.
#[derive(Serialize)]
pub(super) struct DocumentView<'a> {
    document: DocView<'a>,
    description: Option<&'a str>,
    /// When what its items have left is due, where front matter says that.
    due: Option<Due>,
    /// The title with the author's markup; empty where the text has no heading for it.
    title_html: Html,
    /// The id of the heading that is the title.
    title_id: Option<String>,
    body_html: Html,
    /// The contents, an element for each heading.
    toc_html: Html,
    signoffs: Vec<SignOffView<'a>>,
    criteria: Vec<StatedView<'a>>,
    statements: Vec<StatedView<'a>>,
    claims: Vec<ClaimView<'a>>,
    rollups: Vec<ClaimView<'a>>,
    gates: Vec<GateView<'a>>,
    backlinks: Vec<LinkView>,
    /// What was found in it, an element for each.
    findings_html: Html,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    source: SourceView<'a>,
    /// The item that the whole document is.
    item: Option<ItemView<'a>>,
    /// Rows and bullets that stand for items of other documents.
    references: usize,
    /// The sum of those items.
    referenced: TallyView,
    /// Whether there is something to filter.
    facets: bool,
    /// Whether anything in it has a place for a state.
    state_tracked: bool,
}

/// A sign-off.
#[derive(Serialize)]
pub(super) struct SignOffView<'a> {
    role: &'a str,
    name: Option<&'a str>,
    date: Option<DateView>,
    void: bool,
    stranger: bool,
    source: SourceView<'a>,
}

/// A criterion or statement.
#[derive(Serialize)]
struct StatedView<'a> {
    text: &'a str,
    state: Option<StateView>,
    source: SourceView<'a>,
}

/// A rule in prose.
#[derive(Serialize)]
struct GateView<'a> {
    text: &'a str,
    source: SourceView<'a>,
}

/// Findings shown on a document's own page at most; the findings page has all.
const FINDINGS: usize = 50;

/// A document: what it says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>, id: DocumentId) -> (Head, DocumentView<'a>) {
    let document = desk.site.document(id);
    let checklist = &document.checklist;
    let body = Body::new(desk, id);
    let printed = body.print();
    let (previous, next) = desk.site.neighbours(id);
    let found = findings_of(desk, document);
    let view = DocumentView {
        document: alone(desk, id, TallyView::whole(checklist.tally, |_| None)),
        description: checklist.front.description.as_deref(),
        due: checklist
            .front
            .due
            .map(|due| Due { date: DateView::of(due), overdue: document.is_overdue(desk.site.today) }),
        title_html: printed.title,
        title_id: body.outline().title().map(|entry| entry.id.clone().into_owned()),
        body_html: printed.body,
        toc_html: body.outline().print(),
        signoffs: signoffs(desk, document),
        criteria: criteria(desk, document),
        statements: statements(desk, document),
        claims: claims(desk, id),
        rollups: rollups(desk, id),
        gates: gates(desk, document),
        backlinks: document.backlinks.iter().map(|&id| desk.document_link(id)).collect(),
        findings_html: super::findings::list(desk, Some(id), &found[..found.len().min(FINDINGS)]),
        previous: previous.map(|id| desk.document_link(id)),
        next: next.map(|id| desk.document_link(id)),
        source: desk.source(document, Span::default()),
        item: document.page_item().map(|index| super::item::view(desk, ItemId { document: id, index })),
        references: document.references.len(),
        referenced: desk.site.referenced(id).into(),
        facets: checklist.tally.items() > 1,
        state_tracked: checklist.state_tracked,
    };
    let about = checklist.front.description.clone();
    let head = Head {
        kind: "document",
        title: checklist.title.clone(),
        description: Some(about.unwrap_or_else(|| format!("{}: {}.", checklist.title, told(checklist.tally)))),
        crumbs: vec![desk.crumb(&Page::Documents(1))],
    };
    (head, view)
}

/// The sign-offs of a document.
pub(super) fn signoffs<'a>(desk: &Desk<'a>, document: &'a Document) -> Vec<SignOffView<'a>> {
    let signatures = document.signatures.iter().copied().chain(std::iter::repeat(Signature::Blank));
    let signoffs = document.checklist.signoffs.iter().zip(signatures);
    signoffs
        .map(|(signoff, signature)| SignOffView {
            role: &signoff.role,
            name: signoff.name.as_deref(),
            date: signoff.date.map(DateView::of),
            void: signature == Signature::Void,
            stranger: signature == Signature::Stranger,
            source: desk.source(document, signoff.span),
        })
        .collect()
}

fn criteria<'a>(desk: &Desk<'a>, document: &'a Document) -> Vec<StatedView<'a>> {
    let criteria = document.checklist.criteria.iter();
    criteria.map(|own| stated(desk, document, &own.text, Some(own.state), own.span)).collect()
}

fn statements<'a>(desk: &Desk<'a>, document: &'a Document) -> Vec<StatedView<'a>> {
    let statements = document.checklist.statements.iter();
    statements.map(|own| stated(desk, document, &own.text, own.state, own.span)).collect()
}

fn stated<'a>(
    desk: &Desk<'a>,
    document: &'a Document,
    text: &'a str,
    state: Option<State>,
    span: Span,
) -> StatedView<'a> {
    StatedView { text, state: state.map(StateView::from), source: desk.source(document, span) }
}

fn gates<'a>(desk: &Desk<'a>, document: &'a Document) -> Vec<GateView<'a>> {
    let gates = document.checklist.gates.iter();
    gates.map(|gate| GateView { text: &gate.text, source: desk.source(document, gate.span) }).collect()
}
