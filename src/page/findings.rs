//! What was found, by document.

use super::chrome::Head;
use super::claims::heading_href;
use super::edition::Desk;
use super::lists::part;
use super::pager::Pager;
use super::plan::Page;
use super::shape::SourceView;
use crate::finding::{Code, Finding, Severity};
use crate::markdown::{Html, Writer};
use crate::model::ItemKind;
use crate::site::{DocumentId, ItemId, Site};
use crate::source::Span;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many findings there are, and where they are listed.
#[derive(Serialize)]
pub(super) struct Counts {
    errors: usize,
    warnings: usize,
    infos: usize,
    href: String,
}

/// What the template of the findings sees.
#[derive(Serialize)]
pub(super) struct FindingsView<'a> {
    errors: usize,
    warnings: usize,
    infos: usize,
    codes: Vec<CodeView>,
    documents: Vec<DocumentFindings<'a>>,
    pager: Option<Pager>,
}

/// A kind of finding.
#[derive(Serialize)]
struct CodeView {
    code: &'static str,
    severity: &'static str,
    about: &'static str,
    count: usize,
}

/// What was found in a file.
#[derive(Serialize)]
struct DocumentFindings<'a> {
    title: &'a str,
    path: &'a str,
    href: Option<String>,
    findings: Vec<FindingView<'a>>,
}

/// A finding.
#[derive(Serialize)]
pub(super) struct FindingView<'a> {
    code: &'static str,
    severity: &'static str,
    message_html: Html,
    help_html: Option<Html>,
    line: Option<u32>,
    column: Option<u32>,
    /// The heading or item that it is about, on its page.
    href: Option<String>,
    /// The words of the item that it is about.
    item: Option<&'a str>,
    source: Option<SourceView<'a>>,
}

/// How many findings of each kind a site has: the same for every part of their list.
#[derive(Debug)]
pub(super) struct Kinds(BTreeMap<(Reverse<Severity>, Code), usize>);

impl Kinds {
    /// The kinds of a site's findings.
    pub(super) fn of(site: &Site) -> Self {
        let mut counts = BTreeMap::new();
        for finding in &site.findings {
            *counts.entry((Reverse(finding.severity), finding.code)).or_default() += 1;
        }
        Self(counts)
    }
}

/// The counts of the site.
pub(super) fn counts(desk: &Desk<'_>) -> Counts {
    let Kinds(kinds) = desk.plan.kinds(desk.site);
    let count = |severity| kinds.iter().filter(|((own, _), _)| own.0 == severity).map(|(_, count)| count).sum();
    Counts {
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        infos: count(Severity::Info),
        href: desk.href(&Page::Findings(1)),
    }
}

/// A part of the findings: what it says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>, at: u32) -> (Head, FindingsView<'a>) {
    let Counts { errors, warnings, infos, .. } = counts(desk);
    let found = &desk.site.findings;
    let view = FindingsView {
        errors,
        warnings,
        infos,
        codes: codes(desk),
        documents: part(found, at)
            .chunk_by(|one, other| one.path == other.path)
            .map(|own| of_file(desk, own))
            .collect(),
        pager: desk.pager(found.len(), at, Page::Findings),
    };
    let description = format!("{errors} errors, {warnings} warnings and {infos} notes about the documents themselves.");
    let head =
        Head { kind: "findings", title: "Findings".to_owned(), description: Some(description), ..Head::default() };
    (head, view)
}

fn codes(desk: &Desk<'_>) -> Vec<CodeView> {
    let Kinds(kinds) = desk.plan.kinds(desk.site);
    let view = |(&(severity, code), &count): (&(Reverse<Severity>, Code), &usize)| CodeView {
        code: code.name(),
        severity: name(severity.0),
        about: code.about(),
        count,
    };
    kinds.iter().map(view).collect()
}

fn of_file<'a>(desk: &Desk<'a>, found: &'a [Finding]) -> DocumentFindings<'a> {
    let path = &found[0].path;
    let id = desk.document_at(path);
    DocumentFindings {
        title: id.map_or(path.as_str(), |id| &desk.site.document(id).checklist.title),
        path: path.as_str(),
        href: id.map(|id| desk.document_href(id)),
        findings: found.iter().map(|found| finding(desk, id, found)).collect(),
    }
}

/// A finding about a document, or about another file.
pub(super) fn finding<'a>(desk: &Desk<'a>, id: Option<DocumentId>, found: &'a Finding) -> FindingView<'a> {
    let document = id.map(|id| desk.site.document(id));
    let place = document.zip(found.span).map(|(document, span)| document.source.place(span.start));
    let item = id.zip(found.span).and_then(|(id, span)| item_at(desk, id, span));
    FindingView {
        code: found.code.name(),
        severity: name(found.severity),
        message_html: with_code(&found.message),
        help_html: found.help.as_deref().map(with_code),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        href: match item {
            Some(item) => Some(desk.item_href(item)),
            None => id.zip(found.span).and_then(|(id, span)| heading_href(desk, id, span)),
        },
        item: item
            .map(|item| desk.site.item(item))
            .filter(|item| item.kind != ItemKind::Document)
            .map(|item| &*item.text),
        source: document.map(|document| desk.source(document, found.span.unwrap_or_default())),
    }
}

/// A sentence in which backticks stand around what was written: they become `<code>`. One without a partner stays.
fn with_code(text: &str) -> Html {
    let mut out = Writer::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, code, after)) =
        rest.split_once('`').and_then(|(before, rest)| rest.split_once('`').map(|(code, after)| (before, code, after)))
    {
        match code {
            "" => out.text(before).raw("``"),
            _ => out.text(before).raw("<code>").text(code).raw("</code>"),
        };
        rest = after;
    }
    out.text(rest);
    out.finish()
}

/// The item that a place stands in.
fn item_at(desk: &Desk<'_>, id: DocumentId, span: Span) -> Option<ItemId> {
    let items = &desk.site.document(id).checklist.items;
    let index = items.partition_point(|item| item.span.start <= span.start).checked_sub(1)?;
    let index = Some(index).filter(|&index| items[index].span.holds(span))?;
    Some(ItemId { document: id, index: u32::try_from(index).ok()? })
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_code_and_stays_text() {
        let shown = |text: &str| with_code(text).as_str().to_owned();
        assert_eq!(shown("the link `a.md` leads to no file"), "the link <code>a.md</code> leads to no file");
        assert_eq!(shown("`<b>` & one ` alone"), "<code>&lt;b&gt;</code> &amp; one ` alone");
        assert_eq!(shown("none and ``"), "none and ``");
    }
}
