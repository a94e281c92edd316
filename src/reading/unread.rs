//! What items seem to say of themselves and nobody can know: levels in the midst of a text, days without a year.

use super::draft::Draft;
use super::{Reader, date, metadata, priority};
use crate::finding::{Code, Finding, Severity};
use crate::source::Span;

impl Reader<'_> {
    /// Tells of due dates in the texts of items that have none of their own, and so cannot be late.
    pub(super) fn tell_unread_dates(&mut self, drafts: &[Draft]) {
        let left = |draft: &&Draft| draft.item.due.is_none() && draft.item.state.is_left();
        for draft in drafts.iter().filter(left) {
            if let Some(words) = metadata::unread_due(self.terms, &draft.item.text) {
                self.tell_unread_date(draft.item.span, words);
            }
        }
    }

    /// Tells of a value that says when something is due, where it looks like a date and is none.
    pub(super) fn tell_unread_value(&mut self, span: Span, value: &str) {
        if let Some((_, words)) = date::unknown(value) {
            self.tell_unread_date(span, words);
        }
    }

    fn tell_unread_date(&mut self, span: Span, words: &str) {
        let message = format!("`{words}` is no day that can be known; the item has no due date");
        self.find(Code::UnknownDate, span, &message, "write it as `2026-12-31`, with the year first");
    }

    /// Tells of levels in the texts of items that have none from anywhere: the gate does not see them. One in brackets is
    /// meant; one that opens or ends a sentence may be part of it.
    pub(super) fn tell_unread_levels(&mut self, drafts: &[Draft]) {
        for draft in drafts.iter().filter(|draft| draft.item.level.is_none() && draft.item.state.is_left()) {
            let Some((code, is_bracketed)) = priority::unread(self.terms, &draft.item.text) else { continue };
            let message = format!("`{code}` is not read as the priority of this item, which has none");
            let help = format!("write `[{code}]` at the start of its text, where it is meant");
            let path = self.source.path.clone();
            let finding = Finding::new(Code::UnknownPriority, path, Some(draft.item.span), message).help(help);
            let severity = if is_bracketed { Severity::Warning } else { Severity::Info };
            self.findings.push(Finding { severity, ..finding });
        }
    }
}
