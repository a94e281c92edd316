//! Dates that have passed: items past their due date, documents past their review.

use super::{Document, Review};
use crate::finding::{Code, Finding};
use crate::model::{Checklist, Tally};
use jiff::Span;
use jiff::civil::Date;

/// Fills [`Document::review`] and tells what is overdue and stale on the day `today`.
pub(super) fn apply(documents: &mut [Document], today: Date, findings: &mut Vec<Finding>) {
    for document in documents {
        document.review = review(document, today);
        if let Some(review) = document.review.filter(|review| review.stale) {
            findings.push(stale(document, review));
        }
        if document.counted {
            overdue(document, today, findings);
        }
    }
}

/// What is known of the document's review; `None` when nobody says how often it is due.
fn review(document: &Document, today: Date) -> Option<Review> {
    let every = document.checklist.front.review_every?;
    let written = document.checklist.last_updated.map(|updated| updated.date);
    let last = document.checklist.front.reviewed.or(written);
    let due = last.and_then(|last| last.checked_add(Span::new().days(i64::from(every.days))).ok());
    let stale = last.is_none() || due.is_some_and(|due| due < today);
    Some(Review { last, due, stale })
}

fn stale(document: &Document, review: Review) -> Finding {
    let span = document.checklist.last_updated.filter(|updated| Some(updated.date) == review.last);
    let span = span.map(|updated| updated.span).or(document.checklist.front.span);
    let message = match (review.last, review.due) {
        (Some(last), Some(due)) => format!("last reviewed on {last}; the next review was due on {due}"),
        _ => "has to be reviewed and says nowhere when it was".to_owned(),
    };
    Finding::new(Code::Stale, document.source.path.clone(), span, message)
        .help("review it and set `reviewed` in its front matter")
}

/// Tells of items that are not done after their due date. A group is told once, not again for what has its date from it.
fn overdue(document: &Document, today: Date, findings: &mut Vec<Finding>) {
    let checklist = &document.checklist;
    if checklist.items.iter().all(|item| item.due.is_none_or(|due| due >= today)) {
        return;
    }
    let left = left(checklist);
    let unfinished = checklist.items.iter().zip(left).filter(|(_, left)| *left > 0);
    for (item, _) in unfinished {
        let Some(due) = item.due.filter(|&due| due < today) else { continue };
        let told = item.parent.is_some_and(|parent| checklist.items[parent as usize].due == Some(due));
        if !told {
            let message = format!("was due on {due} and is not done");
            findings.push(Finding::new(Code::Overdue, document.source.path.clone(), Some(item.span), message));
        }
    }
}

/// For each item of a checklist how many leaves of it are left: itself, or those below it.
fn left(checklist: &Checklist) -> Vec<u32> {
    let one = |item: &crate::model::Item| if item.group { 0 } else { Tally::one(item.state).left() };
    let mut left: Vec<u32> = checklist.items.iter().map(one).collect();
    // a group stands before what is below it, save a whole document, which is below nothing
    for index in (0..left.len()).rev() {
        if let Some(parent) = checklist.items[index].parent {
            left[parent as usize] += left[index];
        }
    }
    left
}
