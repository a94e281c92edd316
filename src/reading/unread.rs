//! What items seem to say of themselves and nobody can know: levels in the midst of a text, days without a year.

use super::draft::Draft;
use super::{Reader, date, metadata, priority};
use crate::finding::{Code, Finding, Severity};
use crate::model::Level;

impl Reader<'_> {
    /// Tells of what looks like a due date and is none, in cells and texts of items that are left: they cannot be late.
    pub(super) fn tell_unread_dates(&mut self, drafts: &mut [Draft]) {
        for draft in drafts.iter_mut().filter(|draft| draft.item.due.is_none() && draft.item.state.is_left()) {
            let cell = draft.unread_due.map(|span| (span, self.tree.source(span)));
            let words = match cell {
                Some((span, text)) => date::unknown(text).map(|(_, words)| (span, words)),
                None => metadata::unread_due(self.terms, &draft.item.text).map(|words| (draft.item.span, words)),
            };
            if let Some((span, words)) = words {
                let message = format!("`{words}` is no day that can be known, so the item has no due date");
                self.find(Code::UnknownDate, span, &message, "write it as `2026-12-31`, with the year first");
                draft.unread_due = Some(span);
            }
        }
    }

    /// Tells of levels in the texts of items that have none from anywhere, or a less urgent one: the gate does not see them.
    /// One that is set apart is meant; one that opens or ends a sentence may be part of it, and is told once.
    pub(super) fn tell_unread_levels(&mut self, drafts: &[Draft]) {
        let mut is_told = false;
        for item in drafts.iter().map(|draft| &draft.item).filter(|item| item.state.is_left()) {
            let is_higher = |level: Level| item.level.is_none_or(|own| level < own);
            let unread = priority::unread(self.terms, &item.text).filter(|unread| is_higher(unread.level));
            let Some(priority::Unread { code, is_set_apart, .. }) = unread else { continue };
            if !is_set_apart && (is_told || item.level.is_some()) {
                continue;
            }
            is_told |= !is_set_apart;
            let message = match item.level {
                None => format!("`{code}` is not read as the priority of this item, which has none"),
                Some(_) => format!("`{code}` is not read as the priority of this item, which has a less urgent one"),
            };
            let help = format!("write `[{code}]` at the start of its text, where it is meant");
            let finding = Finding::new(Code::UnknownPriority, self.source.path.clone(), Some(item.span), message);
            let severity = if is_set_apart { Severity::Warning } else { Severity::Info };
            self.findings.push(Finding { severity, ..finding.help(help) });
        }
    }
}
