//! Runs of a template: a checklist that is copied for every release. The template is out of the sums, its runs are in;
//! what is added to the template later is missing in the runs that are still open.

use super::policy::key_span;
use super::{Document, DocumentId, Signature};
use crate::finding::{Code, Finding};
use crate::model::{Checklist, Item};
use crate::source::RelPath;
use std::collections::HashSet;

/// The most names that a finding lists.
const MOST_NAMES: usize = 5;

/// Fills [`Document::run_of`].
pub(super) fn link(documents: &mut [Document], findings: &mut Vec<Finding>) {
    for at in 0..documents.len() {
        let document = &documents[at];
        let Some(name) = &document.checklist.front.run_of else { continue };
        let template = find(documents, &document.source.path, name).filter(|id| id.0 as usize != at);
        if template.is_none() {
            let message = format!("is a run of `{name}`, and there is no such document");
            let span = document.checklist.front.span.map(|span| key_span(&document.source, span, "run_of"));
            findings.push(Finding::new(Code::DeadLink, document.source.path.clone(), span, message));
        }
        documents[at].run_of = template;
    }
}

/// The document of a path from the content's root or from the run's folder, with or without its ending.
fn find(documents: &[Document], from: &RelPath, name: &str) -> Option<DocumentId> {
    let at = |path: &str| documents.binary_search_by(|document| document.source.path.as_str().cmp(path)).ok();
    let paths = [RelPath::new(name), from.join(name)].into_iter().flatten();
    let found = paths.into_iter().find_map(|path| at(path.as_str()).or_else(|| at(&format!("{path}.md"))));
    found.and_then(|at| u32::try_from(at).ok()).map(DocumentId)
}

/// Tells of open runs that lack items of their template.
pub(super) fn behind(documents: &[Document], findings: &mut Vec<Finding>) {
    for run in documents.iter().filter(|document| document.counted && is_open(document)) {
        let Some(template) = run.run_of.map(|id| &documents[id.0 as usize]) else { continue };
        let missing = missing(&template.checklist, &run.checklist);
        if missing.is_empty() {
            continue;
        }
        let names: Vec<String> = missing.iter().take(MOST_NAMES).map(|item| format!("`{}`", item.text)).collect();
        let more = missing.len() - names.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let count = missing.len();
        let things = if count == 1 { "item" } else { "items" };
        let message = format!("lacks {count} {things} of {}: {}{more}", template.source.path, names.join(", "));
        findings.push(
            Finding::new(Code::RunBehind, run.source.path.clone(), None, message)
                .help("copy them from the template, or finish the run"),
        );
    }
}

/// A run is closed when all its sign-offs are signed, or, where it has none, when nothing of it is left.
fn is_open(run: &Document) -> bool {
    if run.signatures.is_empty() {
        run.checklist.tally.left() > 0
    } else {
        run.signatures.iter().any(|signature| *signature != Signature::Signed)
    }
}

/// The leaves of a template that a run has neither by id, nor by place, nor by text.
fn missing<'t>(template: &'t Checklist, run: &Checklist) -> Vec<&'t Item> {
    let references: HashSet<&str> = run.items.iter().filter_map(|item| item.reference.as_deref()).collect();
    let anchors: HashSet<&str> = run.items.iter().map(|item| item.anchor.as_str()).collect();
    let texts: HashSet<&str> = run.items.iter().map(|item| item.text.trim()).collect();
    let has = |item: &&Item| {
        item.group
            || item.reference.as_deref().is_some_and(|id| references.contains(id))
            || anchors.contains(item.anchor.as_str())
            || texts.contains(item.text.trim())
    };
    template.items.iter().filter(|item| !has(item)).collect()
}
