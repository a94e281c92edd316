//! What was found, by document.

use super::chrome::Head;
use super::claims::heading_href;
use super::edition::Desk;
use super::lists::part;
use super::pager::Pager;
use super::plan::Page;
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
    /// The severity as people read it.
    word: &'static str,
    about: &'static str,
    count: usize,
}

/// What was found in a file.
#[derive(Serialize)]
struct DocumentFindings<'a> {
    title: &'a str,
    path: &'a str,
    href: Option<String>,
    /// What was found in it, an element for each.
    findings_html: Html,
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
        severity: severity.0.name(),
        word: severity.0.word(),
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
        findings_html: list(desk, id, found),
    }
}

/// What was found in a document, or in another file, as the elements of a list. As the contents of a document, they are
/// no template's: there are as many as there are faults.
pub(super) fn list(desk: &Desk<'_>, id: Option<DocumentId>, found: &[Finding]) -> Html {
    let mut out = Writer::with_capacity(found.len() * 512);
    found.iter().for_each(|found| write(desk, id, found, &mut out));
    out.finish()
}

fn write(desk: &Desk<'_>, id: Option<DocumentId>, found: &Finding, out: &mut Writer) {
    out.raw("\n<li class=\"f-").raw(found.severity.name()).raw("\"><span class=\"severity\">");
    out.raw(found.severity.word()).raw("</span> <div><p>");
    write_words(&found.message, out);
    out.raw("</p>");
    let item = id.zip(found.span).and_then(|(id, span)| item_at(desk, id, span));
    let words = item.map(|item| desk.site.item(item)).filter(|item| item.kind != ItemKind::Document);
    if let Some(item) = words.filter(|item| !item.text.is_empty()) {
        out.raw("<p class=\"finding-item\">").text(&item.text).raw("</p>");
    }
    if let Some(help) = found.help.as_deref() {
        out.raw("<p class=\"help\">");
        write_words(help, out);
        out.raw("</p>");
    }
    out.raw("<p class=\"finding-place\"><code>").text(found.code.name()).raw("</code>");
    if let Some(id) = id {
        write_place(desk, id, found.span, item, out);
    }
    out.raw("</p></div></li>");
}

/// Writes where in a document something was found, and in which item.
fn write_place(desk: &Desk<'_>, id: DocumentId, span: Option<Span>, item: Option<ItemId>, out: &mut Writer) {
    let document = desk.site.document(id);
    if let Some(span) = span {
        let href = item.map_or_else(|| heading_href(desk, id, span), |item| Some(desk.item_href(item)));
        match &href {
            Some(href) => out.raw(" <a").attribute("href", href).raw(">"),
            None => out.raw(" "),
        };
        let place = document.source.place(span.start);
        out.raw("line ").number(place.line).raw(", column ").number(place.column);
        out.raw(if href.is_some() { "</a>" } else { "" });
    }
    if let Some(href) = desk.source(document, span.unwrap_or_default()).href {
        out.raw(" <a").attribute("href", &href).raw(">source</a>");
    }
}

/// Writes a sentence in which backticks stand around what was written: they become `<code>`. One without a partner
/// stays.
fn write_words(text: &str, out: &mut Writer) {
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
}

/// The item that a place stands in.
fn item_at(desk: &Desk<'_>, id: DocumentId, span: Span) -> Option<ItemId> {
    let items = &desk.site.document(id).checklist.items;
    let index = items.partition_point(|item| item.span.start <= span.start).checked_sub(1)?;
    let index = Some(index).filter(|&index| items[index].span.holds(span))?;
    Some(ItemId { document: id, index: u32::try_from(index).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_code_and_stays_text() {
        let shown = |text: &str| {
            let mut out = Writer::default();
            write_words(text, &mut out);
            out.finish().as_str().to_owned()
        };
        assert_eq!(shown("the link `a.md` leads to no file"), "the link <code>a.md</code> leads to no file");
        assert_eq!(shown("`<b>` & one ` alone"), "<code>&lt;b&gt;</code> &amp; one ` alone");
        assert_eq!(shown("none and ``"), "none and ``");
    }
}
