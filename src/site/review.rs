//! Dates that have passed: items past their due date, documents past their review.

use super::{Document, Review};
use crate::finding::{Code, Finding};
use crate::model::{Item, ItemKind, Rollup};
use crate::source::Span;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Fills [`Document::review`] and tells what is overdue and stale on the day `today`.
pub(super) fn apply(documents: &mut [Document], today: Date, findings: &mut Vec<Finding>) {
    let judge = |document: &mut Document| {
        document.review = review(document, today);
        let stale = document.review.filter(|review| review.stale).map(|review| stale(document, review, today));
        let stale = stale.or_else(|| to_come(document, today));
        let overdue = if document.counted { overdue(document, today) } else { Vec::new() };
        let sums = if document.counted { overdue_sums(document, today) } else { Vec::new() };
        stale.into_iter().chain(overdue).chain(sums).collect()
    };
    let found: Vec<Vec<Finding>> = documents.par_iter_mut().map(judge).collect();
    findings.extend(found.into_iter().flatten());
}

/// What is known of the document's review; `None` when nobody says how often it is due.
fn review(document: &Document, today: Date) -> Option<Review> {
    let every = document.checklist.front.review_every?;
    let written = document.checklist.last_updated.map(|updated| updated.date);
    let last = document.checklist.front.reviewed.or(written);
    let due = last.and_then(|last| last.checked_add(jiff::Span::new().days(i64::from(every.days))).ok());
    // Nobody has reviewed anything on a day that is still to come.
    let stale = last.is_none_or(|last| is_to_come(last, today)) || due.is_some_and(|due| due < today);
    Some(Review { last, due, stale })
}

fn stale(document: &Document, review: Review, today: Date) -> Finding {
    let span = document.checklist.last_updated.filter(|updated| Some(updated.date) == review.last);
    let span = span.map(|updated| updated.span).or(document.checklist.front.span);
    let message = match (review.last, review.due) {
        (Some(last), _) if is_to_come(last, today) => says_to_come(last),
        (Some(last), Some(due)) => format!("last reviewed on {last}; the next review was due on {due}"),
        _ => "has to be reviewed and says nowhere when it was".to_owned(),
    };
    Finding::new(Code::Stale, document.source.path.clone(), span, message)
        .help("review it and set `reviewed` in its front matter")
}

/// Tells of a review on a day that is still to come, in a document of which nobody says how often it is due.
fn to_come(document: &Document, today: Date) -> Option<Finding> {
    let front = &document.checklist.front;
    let last = front.reviewed.filter(|&last| is_to_come(last, today) && document.review.is_none())?;
    let finding = Finding::new(Code::Stale, document.source.path.clone(), front.span, says_to_come(last));
    Some(finding.help("set `reviewed` in its front matter to the day of the last review"))
}

/// Whether a day is still to come wherever on earth it was written: days are judged in UTC, and east of it the next one
/// begins hours earlier.
pub(super) fn is_to_come(day: Date, today: Date) -> bool {
    today.tomorrow().is_ok_and(|tomorrow| day > tomorrow)
}

fn says_to_come(last: Date) -> String {
    format!("says that it was reviewed on {last}, a day that is still to come")
}

/// Tells of items that are not done after their due date. A group is told once, not again for what has its date from it,
/// and so is a page whose front matter has the date.
fn overdue(document: &Document, today: Date) -> Vec<Finding> {
    let checklist = &document.checklist;
    if checklist.digest().due.is_none_or(|due| due >= today) {
        return Vec::new();
    }
    let is_late = |item: &&Item| !item.group && item.state.is_left() && item.due.is_some_and(|due| due < today);
    let given = |item: &&Item| {
        let above = item.parent.map(|parent| &checklist.items[parent as usize]);
        above.filter(|above| above.due == item.due)
    };
    let sources = checklist.items.iter().filter(is_late).map(|item| {
        let first = std::iter::successors(Some(item), given).last().unwrap_or(item);
        let is_of_page = first.kind != ItemKind::Document && first.due == checklist.front.due;
        (if is_of_page { checklist.front.span } else { Some(first.span) }, first.due)
    });
    let sources: BTreeSet<(Option<Span>, Option<Date>)> = sources.collect();
    sources.into_iter().map(|(span, due)| late(document, span, due.unwrap_or(today))).collect()
}

/// Tells of summary rows that are due on a day that has passed, while something is left of what they sum up.
fn overdue_sums(document: &Document, today: Date) -> Vec<Finding> {
    let due = |rollup: &Rollup| Some((Some(rollup.span), rollup.due.filter(|&due| due < today)?));
    document.checklist.rollups.iter().filter_map(due).map(|(span, due)| late(document, span, due)).collect()
}

fn late(document: &Document, span: Option<Span>, due: Date) -> Finding {
    let message = format!("was due on {due} and is not done");
    Finding::new(Code::Overdue, document.source.path.clone(), span, message)
}
