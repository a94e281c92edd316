//! What front matter may do. The gate belongs to the configuration: whatever would take items out of its reach counts
//! only where the configuration grants it; elsewhere it is told and has no effect.

use super::Standing;
use crate::config::{Config, Grant, inherit};
use crate::finding::{Checked, Code, Finding};
use crate::model::FrontMatter;
use crate::reading::Vocabulary;
use crate::source::{Source, Span};

/// The front matter that holds for a document: its own as far as it is granted, then the configuration's defaults for
/// its folder. It is settled before the document is read, so that items inherit what holds.
#[must_use]
pub fn settle(
    source: &Source,
    own: Checked<FrontMatter>,
    config: &Config,
    vocabulary: &Vocabulary,
) -> Checked<FrontMatter> {
    let defaults = config.defaults(&source.path);
    let Checked { value: mut front, mut findings } = own;
    if front.span.is_some() {
        let mut policy = Policy { source, config, front: &mut front, findings: &mut findings };
        policy.settle(defaults.as_ref().unwrap_or(&FrontMatter::default()), vocabulary);
    }
    if let Some(defaults) = defaults {
        inherit(&mut front, &defaults);
    }
    Checked { value: front, findings }
}

/// What a settled document is to the sums.
pub(super) fn standing(front: &FrontMatter) -> Standing {
    if front.checklist == Some(false) {
        Standing::Prose
    } else if front.template {
        Standing::Template
    } else if front.draft {
        Standing::Draft
    } else {
        Standing::Counted
    }
}

/// The policy of the configuration at work on one document.
struct Policy<'a> {
    source: &'a Source,
    config: &'a Config,
    front: &'a mut FrontMatter,
    findings: &'a mut Vec<Finding>,
}

impl Policy<'_> {
    fn settle(&mut self, defaults: &FrontMatter, vocabulary: &Vocabulary) {
        const OUT: &str = "takes the document out of the sums";
        if self.front.draft && !defaults.draft && self.refuses(Grant::Draft, "draft", OUT) {
            self.front.draft = false;
        }
        if self.front.template && !defaults.template && self.refuses(Grant::Template, "template", OUT) {
            self.front.template = false;
        }
        let prose = self.front.checklist == Some(false) && defaults.checklist != Some(false);
        if prose && self.refuses(Grant::Checklist, "checklist", "takes the items of the document away") {
            self.front.checklist = None;
        }
        if !self.front.waivers.is_empty() && self.refuses(Grant::Waivers, "waivers", "waives items") {
            self.front.waivers.clear();
        }
        let widened = !self.front.approvers.is_empty() && !defaults.approvers.is_empty();
        if widened && self.refuses(Grant::Approvers, "approvers", "says who may sign") {
            self.front.approvers.clear();
        }
        let level = |front: &FrontMatter| front.priority.as_deref().map(|word| vocabulary.level_named(word));
        // a word that is on no ladder is no level, and lower than any
        let lowers = match (level(self.front), level(defaults)) {
            (Some(own), Some(Some(default))) => own.is_none_or(|own| own > default),
            _ => false,
        };
        if lowers && self.refuses(Grant::Priority, "priority", "lowers the priority") {
            self.front.priority = None;
        }
        // a review that the configuration wants is not put off by front matter
        let days = |front: &FrontMatter| front.review_every.map(|every| every.days);
        if days(self.front).zip(days(defaults)).is_some_and(|(own, default)| own > default) {
            self.front.review_every = None;
        }
    }

    /// Whether the configuration does not grant it; then that is told.
    fn refuses(&mut self, grant: Grant, key: &str, effect: &str) -> bool {
        if self.config.grants(&self.source.path, grant) {
            return false;
        }
        let span = self.front.span.map(|span| key_span(self.source, span, key));
        let message = format!("`{key}` in front matter {effect}, which the configuration does not grant here");
        let name = grant.name();
        let help =
            format!("it has no effect; `grants = [\"{name}\"]` in a `[[folder]]` of {} allows it", self.config.path);
        let finding = Finding::new(Code::NotGranted, self.source.path.clone(), span, message).help(help);
        self.findings.push(finding);
        true
    }
}

/// The line of front matter that begins with a key, or all of it.
pub(super) fn key_span(source: &Source, front: Span, key: &str) -> Span {
    let mut start = front.start;
    for line in source.slice(front).split_inclusive('\n') {
        let end = start + u32::try_from(line.len()).unwrap_or_default();
        let found = line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '=']));
        if found {
            return Span { start, end: start + u32::try_from(line.trim_end().len()).unwrap_or_default() };
        }
        start = end;
    }
    front
}
