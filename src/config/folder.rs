//! Defaults and grants for folders.

use super::Glob;
use crate::model::FrontMatter;
use crate::source::Span;
use serde::Deserialize;

/// One `[[folder]]`: defaults for the front matter of documents, and what that may do.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// The documents.
    pub path: Glob,
    /// What their front matter says where they say nothing. This is policy: nothing of it needs a grant.
    pub front: FrontMatter,
    /// What their own front matter may do.
    pub grants: Vec<Grant>,
    /// Where it stands in the configuration.
    pub span: Option<Span>,
}

/// Something that front matter may only do where the configuration grants it, since it could loosen the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Grant {
    /// Waive items, with reason, owner and expiry.
    Waivers,
    /// Be a draft, out of the sums.
    Draft,
    /// Be a template, out of the sums.
    Template,
    /// Be prose (`checklist = false`).
    Checklist,
    /// Set a priority.
    Priority,
    /// Say who may sign.
    Approvers,
}

impl Grant {
    /// The name in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waivers => "waivers",
            Self::Draft => "draft",
            Self::Template => "template",
            Self::Checklist => "checklist",
            Self::Priority => "priority",
            Self::Approvers => "approvers",
        }
    }
}

/// Fills what `front` does not say from `defaults`.
pub fn inherit(front: &mut FrontMatter, defaults: &FrontMatter) {
    fn fill<T: Clone>(own: &mut Option<T>, default: &Option<T>) {
        if own.is_none() {
            own.clone_from(default);
        }
    }
    fn fill_list<T: Clone>(own: &mut Vec<T>, default: &[T]) {
        if own.is_empty() {
            own.extend_from_slice(default);
        }
    }
    fill(&mut front.title, &defaults.title);
    fill(&mut front.id, &defaults.id);
    fill(&mut front.description, &defaults.description);
    fill_list(&mut front.owners, &defaults.owners);
    fill(&mut front.priority, &defaults.priority);
    fill(&mut front.status, &defaults.status);
    fill(&mut front.due, &defaults.due);
    fill(&mut front.reviewed, &defaults.reviewed);
    fill(&mut front.review_every, &defaults.review_every);
    fill_list(&mut front.tags, &defaults.tags);
    fill(&mut front.weight, &defaults.weight);
    front.draft |= defaults.draft;
    fill(&mut front.slug, &defaults.slug);
    fill_list(&mut front.aliases, &defaults.aliases);
    front.template |= defaults.template;
    fill(&mut front.run_of, &defaults.run_of);
    fill(&mut front.release, &defaults.release);
    fill_list(&mut front.approvers, &defaults.approvers);
    fill_list(&mut front.waivers, &defaults.waivers);
    fill(&mut front.checklist, &defaults.checklist);
    for (key, value) in &defaults.extra {
        front.extra.entry(key).or_insert_with(|| value.clone());
    }
}
