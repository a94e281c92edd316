//! Items that are nothing but a link to a checklist, or rows with a cell that is: done, though something is left there.

use super::merge::{is_row, is_whole_text};
use super::{Document, Target};
use crate::finding::{Code, Finding, Severity};
use crate::model::{Item, ItemKind, Link, State};

/// Tells of items that are done and called by a link to a whole document in which something is left, or that name such a
/// document in a cell of its own: `| Payments | [Checklist](payments.md) | Done |`. A task may as well be one about that
/// document.
pub(super) fn tell(documents: &[Document], findings: &mut Vec<Finding>) {
    for document in documents.iter().filter(|document| document.counted) {
        let links = document.checklist.links.iter().zip(document.targets.iter());
        for (link, target) in links {
            let (Some(index), Target::Document(to, fragment)) = (link.item, target) else { continue };
            let item = &document.checklist.items[index as usize];
            let other = &documents[to.0 as usize];
            let is_left = item.state == State::Done && other.counted && other.checklist.tally.left() > 0;
            let is_other = fragment.is_empty() && other.source.path != document.source.path;
            if !is_left || !is_other {
                continue;
            }
            if is_row(item) && is_whole_text(document, item, link.span) {
                findings.push(finding(document, item, other));
            } else if is_page_of(document, item, link) {
                // It may be a template, or what the row needs.
                findings.push(Finding { severity: Severity::Info, ..finding(document, item, other) });
            }
        }
    }
}

/// Whether a link is the whole of a cell of a row, and no evidence.
fn is_page_of(document: &Document, item: &Item, link: &Link) -> bool {
    let (text, at) = (document.source.text(), link.span.range());
    let before = text[..at.start].trim_end_matches(' ');
    let behind = text[at.end..].trim_start_matches(' ');
    let is_cell =
        before.ends_with('|') && behind.starts_with('|') || before.ends_with('\n') || behind.starts_with('\n');
    item.kind == ItemKind::Row && is_cell && !item.evidence.iter().any(|evidence| **evidence == *link.target)
}

fn finding(document: &Document, item: &Item, other: &Document) -> Finding {
    let tally = other.checklist.tally;
    let message = format!(
        "this says that \"{}\" is done; the page that it links to has {} of {} items done",
        item.text,
        tally.done(),
        tally.scope()
    );
    let place = item.mark.unwrap_or(item.span);
    let finding = Finding::new(Code::RollupDisagrees, document.source.path.clone(), Some(place), message)
        .help("make the two agree, or say in more words than the link what is done");
    let severity = if item.kind == ItemKind::Task { Severity::Info } else { finding.severity };
    Finding { severity, ..finding }
}
