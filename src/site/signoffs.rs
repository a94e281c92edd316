//! Sign-offs: who may sign, and whether what was signed is still what stands there.
//!
//! A sign-off records what was signed by the line's own text: `sha256:` and at least twelve digits of the document's
//! fingerprint, in the sign-off's line or in a comment behind it:
//!
//! ```text
//! Approved by: @release-lead, 2026-11-02 <!-- sha256:3f9a1c2b7d4e -->
//! ```

use super::{Document, Signature};
use crate::config::Config;
use crate::finding::{Code, Finding};
use crate::model::{Checklist, SignOff};
use crate::source::{Source, Span};
use sha2::{Digest, Sha256};
use std::cell::LazyCell;
use std::fmt::Write;

/// The fewest digits of a fingerprint that are a record.
const FEWEST_DIGITS: usize = 12;

/// Fills [`Document::signatures`] and tells of strangers' signatures and of those that an edit has made void.
pub(super) fn apply(documents: &mut [Document], config: &Config, findings: &mut Vec<Finding>) {
    for document in documents.iter_mut().filter(|document| !document.checklist.signoffs.is_empty()) {
        let print = LazyCell::new(|| fingerprint(&document.source, &document.checklist));
        let judge = |signoff| judge(document, signoff, config, &print);
        let (signatures, found): (Vec<_>, Vec<_>) = document.checklist.signoffs.iter().map(judge).unzip();
        document.signatures = signatures;
        findings.extend(found.into_iter().flatten());
    }
}

fn judge(
    document: &Document,
    signoff: &SignOff,
    config: &Config,
    print: &LazyCell<String, impl FnOnce() -> String>,
) -> (Signature, Option<Finding>) {
    let Some(name) = &signoff.name else { return (Signature::Blank, None) };
    let finding = |code, message, help: String| {
        Some(Finding::new(code, document.source.path.clone(), Some(signoff.span), message).help(help))
    };
    let approvers = &document.checklist.front.approvers;
    let person = |name: &str| config.owner(name.trim()).to_lowercase();
    if !approvers.is_empty() && !approvers.iter().any(|approver| person(approver) == person(name)) {
        let message = format!("signed by `{name}`, who may not sign it");
        let help = format!("those who may: {}", approvers.join(", "));
        return (Signature::Stranger, finding(Code::SignoffStranger, message, help));
    }
    let record = record(document.source.slice(lines(&document.source, signoff.span)));
    if record.is_some_and(|record| !print.starts_with(record)) {
        let message = format!("signed by `{name}`, and the document was edited afterwards");
        let help = format!("have it signed again, with `sha256:{}`", &print[..FEWEST_DIGITS]);
        return (Signature::Void, finding(Code::SignoffVoid, message, help));
    }
    if record.is_none() && !approvers.is_empty() {
        let message = format!("signed by `{name}` without a record of what was signed");
        let help = format!("add `sha256:{}` to the line; an edit is noticed then", &print[..FEWEST_DIGITS]);
        return (Signature::Signed, finding(Code::SignoffUnrecorded, message, help));
    }
    (Signature::Signed, None)
}

/// The fingerprint that a text holds: its digits behind `sha256:`.
fn record(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("sha256:")?;
    let end = rest.find(|c: char| !matches!(c, '0'..='9' | 'a'..='f')).unwrap_or(rest.len());
    Some(&rest[..end]).filter(|digits| digits.len() >= FEWEST_DIGITS)
}

/// The whole lines that a span touches.
fn lines(source: &Source, span: Span) -> Span {
    let last = source.line(span.end.saturating_sub(1).max(span.start));
    Span { start: source.line_span(source.line(span.start)).start, end: source.line_span(last).end }
}

/// What is signed: SHA-256 of the document without the lines of its sign-offs, as 64 digits. Line ends, blanks at the
/// end of lines and blank lines make no difference.
#[must_use]
pub fn fingerprint(source: &Source, checklist: &Checklist) -> String {
    let left_out: Vec<Span> = checklist.signoffs.iter().map(|signoff| lines(source, signoff.span)).collect();
    let mut left_out = left_out.into_iter().peekable();
    let mut hash = Sha256::new();
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        while left_out.next_if(|span| span.end < start).is_some() {}
        let signed = left_out.peek().is_none_or(|span| start < span.start);
        if signed && !line.trim().is_empty() {
            hash.update(line.trim_end());
            hash.update("\n");
        }
        start += u32::try_from(line.len()).unwrap_or_default();
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
