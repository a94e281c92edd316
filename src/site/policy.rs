//! What front matter may do. The gate belongs to the configuration: whatever would take items out of its reach counts
//! only where the configuration grants it; elsewhere it is told and has no effect.

use super::order::level_of;
use super::{Document, Standing};
use crate::config::{Config, Grant};
use crate::finding::{Checked, Code, Finding};
use crate::model::{Checklist, FrontMatter, Item, Ladder, Tally};
use crate::source::{Source, Span};

/// Settles the front matter of every document, and with it whether its items count.
pub(super) fn apply(documents: &mut [Document], config: &Config, findings: &mut Vec<Finding>) {
    for document in documents {
        let own = &document.checklist.front;
        let defaults = config.defaults(&document.source.path).unwrap_or_default();
        let settled = settle(&document.source, own, &defaults, config);
        findings.extend(settled.findings);
        inherit(&mut document.checklist, &settled.value, &config.ladder);
        document.standing = standing(&settled.value);
        document.counted = document.standing == Standing::Counted;
        document.front = settled.value;
        if document.standing == Standing::Prose {
            read_as_prose(&mut document.checklist);
        }
    }
}

fn standing(front: &FrontMatter) -> Standing {
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

/// The front matter that holds for a document: its own as far as it is granted, then the configuration's defaults.
pub(super) fn settle(
    source: &Source,
    own: &FrontMatter,
    defaults: &FrontMatter,
    config: &Config,
) -> Checked<FrontMatter> {
    let mut front = own.clone();
    let mut findings = Vec::new();
    let mut refuse = |grant: Grant, key: &str, loosens: bool, effect: &str| {
        let refused = loosens && !config.grants(&source.path, grant);
        if refused {
            let message = format!("`{key}` in front matter {effect}, which the configuration does not grant here");
            let help = format!(
                "it has no effect; `grants = [\"{}\"]` of a `[[folder]]` in {} would allow it",
                grant.name(),
                config.path
            );
            let span = own.span.map(|span| key_span(source, span, key));
            findings.push(Finding::new(Code::NotGranted, source.path.clone(), span, message).help(help));
        }
        refused
    };
    if refuse(Grant::Draft, "draft", own.draft && !defaults.draft, "takes the document out of the sums") {
        front.draft = false;
    }
    if refuse(Grant::Template, "template", own.template && !defaults.template, "takes the document out of the sums") {
        front.template = false;
    }
    let prose = own.checklist == Some(false) && defaults.checklist != Some(false);
    if refuse(Grant::Checklist, "checklist", prose, "takes the items of the document away") {
        front.checklist = None;
    }
    if refuse(Grant::Waivers, "waivers", !own.waivers.is_empty(), "waives items") {
        front.waivers.clear();
    }
    let widened = !own.approvers.is_empty() && !defaults.approvers.is_empty();
    if refuse(Grant::Approvers, "approvers", widened, "says who may sign") {
        front.approvers.clear();
    }
    if refuse(Grant::Priority, "priority", lowers(own, defaults, &config.ladder), "lowers the priority") {
        front.priority = None;
    }
    // a review that the configuration wants is not put off by front matter
    let shorter = own.review_every.zip(defaults.review_every).filter(|(own, default)| own.days > default.days);
    if shorter.is_some() {
        front.review_every = None;
    }
    crate::config::inherit(&mut front, defaults);
    Checked { value: front, findings }
}

/// Whether front matter names a lower priority than the configuration; a word that is on neither ladder does.
fn lowers(own: &FrontMatter, defaults: &FrontMatter, ladder: &Ladder) -> bool {
    let level = |front: &FrontMatter| front.priority.as_deref().map(|word| level_of(word, ladder));
    match (level(own), level(defaults)) {
        (Some(own), Some(Some(default))) => own.is_none_or(|own| own > default),
        _ => false,
    }
}

/// The line of front matter that begins with a key, or all of it.
fn key_span(source: &Source, front: Span, key: &str) -> Span {
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

/// Gives items what the configuration says for them and the document does not.
fn inherit(checklist: &mut Checklist, front: &FrontMatter, ladder: &Ladder) {
    let word = front.priority.as_deref();
    let level = word.and_then(|word| level_of(word, ladder));
    let refused = checklist.front.priority.as_deref().filter(|own| word.is_some_and(|word| word != *own));
    // what stood in front matter and was refused has come down to items by that very word
    let from_front = |item: &Item| {
        refused.is_some_and(|own| item.level_text.as_deref().is_some_and(|text| text.eq_ignore_ascii_case(own)))
    };
    for item in &mut checklist.items {
        if level.is_some() && (item.level.is_none() || (from_front(item) && item.level > level)) {
            item.level = level;
            item.level_text = word.map(str::to_owned);
        }
        if item.owners.is_empty() {
            item.owners.extend_from_slice(&front.owners);
        }
    }
}

/// Takes out what makes a document a checklist; its headings and links stay.
fn read_as_prose(checklist: &mut Checklist) {
    let prose = std::mem::take(checklist);
    let mut links = prose.links;
    links.iter_mut().for_each(|link| link.item = None);
    let mut sections = prose.sections;
    sections.iter_mut().for_each(|section| section.tally = Tally::default());
    *checklist = Checklist {
        front: prose.front,
        title: prose.title,
        body: prose.body,
        headings: prose.headings,
        sections,
        links,
        last_updated: prose.last_updated,
        state_tracked: prose.state_tracked,
        ..Checklist::default()
    };
}

/// Whether a finding is about a document as a checklist, and so falls away when it is prose.
pub(super) fn is_about_checklists(code: Code) -> bool {
    use Code::{
        AmbiguousGlyphs, AmbiguousInverted, AmbiguousTable, BlankSignoff, BoxAgainstWord, ClaimDisagrees,
        CriterionDisagrees, GateInProse, GroupDisagrees, NoStateTracked, RestatementDisagrees, RollupDisagrees,
        RollupUnmatched, Undecided, UnknownPriority, UnknownState,
    };
    matches!(
        code,
        AmbiguousGlyphs
            | AmbiguousInverted
            | AmbiguousTable
            | BlankSignoff
            | BoxAgainstWord
            | ClaimDisagrees
            | CriterionDisagrees
            | GateInProse
            | GroupDisagrees
            | NoStateTracked
            | RestatementDisagrees
            | RollupDisagrees
            | RollupUnmatched
            | Undecided
            | UnknownPriority
            | UnknownState
    )
}
