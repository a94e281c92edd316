//! From checklists to a site, step by step. Each step needs what the ones before it made, which the order here tells.

use super::ids::Ids;
use super::{
    Document, DocumentId, Files, Group, Kept, Sheet, Site, Standing, Target, Verdict, anchors, claims, count, gate,
    ids, linked, links, merge, order, owners, review, runs, signoffs, waivers,
};
use crate::config::Config;
use crate::finding::{Checked, Code, Finding};
use crate::model::{Checklist, Tally};
use crate::source::{RelPath, Source};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What a site is put together with, beside its documents.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The files beside the documents.
    pub files: &'a Files,
    /// The day for which everything is judged, in UTC.
    pub today: Date,
    /// What happens to drafts.
    pub drafts: Drafts,
}

/// What happens to documents that are not to be published yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drafts {
    /// They are left out.
    #[default]
    Hidden,
    /// They are shown, and do not count.
    Shown,
}

/// Puts checklists together, in any order; the site is ordered by path. `findings` are those of earlier stages, such
/// as documents that could not be decoded.
#[must_use]
pub fn assemble(read: Vec<(Source, Checked<Checklist>)>, setting: &Setting<'_>, findings: Vec<Finding>) -> Site {
    let sheets: Vec<Sheet> = read.into_iter().map(|(source, checked)| Sheet::new(source, checked)).collect();
    assemble_again(sheets, setting, findings, &mut Kept::default(), |_| Vec::new())
}

/// Does the same with sheets, and takes over what the site before has kept for it. A checklist that the caller keeps too
/// is copied where the site changes it. `more` finds what is to be said of the whole before it is judged: its verdict is
/// not filled yet.
#[must_use]
pub fn assemble_again(
    sheets: Vec<Sheet>,
    setting: &Setting<'_>,
    findings: Vec<Finding>,
    kept: &mut Kept,
    more: impl FnOnce(&Site) -> Vec<Finding>,
) -> Site {
    let config = setting.config;
    let mut findings = findings;
    let mut documents = documents(sheets, &mut findings);
    let hidden = hide_drafts(&mut documents, setting.drafts, &mut findings);
    empty(&documents, &mut findings);
    let address = config.repository.url.as_deref();
    let ground = links::Ground { files: setting.files, repository_address: address, hidden: &hidden };
    kept.stand_on(&documents, &ground);
    links::resolve(&mut documents, &ground, &mut kept.links, &mut findings);
    merge::merge(&mut documents, kept, &mut findings);
    runs::link(&mut documents, &mut findings);
    let ids = Ids::of(&documents, |_, _| true);
    anchors::resolve(&mut documents, &ids, &mut findings);
    backlinks(&mut documents);
    digest(&documents);
    let names = owners::unify(&mut documents, config, &mut kept.spellings, &mut findings);
    let waivers = waivers::apply(&mut documents, &ids, config, setting.today, &mut findings);
    review::apply(&mut documents, setting.today, &mut findings);
    claims::apply(&mut documents, &mut findings);
    linked::tell(&documents, &mut findings);
    signoffs::apply(&mut documents, config, &mut findings);
    runs::behind(&documents, &mut findings);
    digest(&documents);
    ids::duplicates(&documents, &mut findings);
    order::orphans(&documents, &mut findings);
    let reading_order = order::reading_order(&mut documents, &config.ladder, &mut kept.order);
    let mut site = Site {
        title: config.title.clone().unwrap_or_else(|| "Readiness".to_owned()),
        ladder: config.ladder.clone(),
        documents,
        reading_order,
        tally: Tally::default(),
        owners: owners::groups(names),
        unowned: Group::default(),
        levels: config.ladder.levels().map(|_| Group::default()).collect(),
        unranked: Group::default(),
        verdict: Verdict::default(),
        waivers,
        findings: Vec::new(),
        today: setting.today,
        ids,
    };
    count::groups(&mut site, &mut kept.groups);
    findings.extend(more(&site));
    gate::apply(&mut site, config, &mut findings);
    site.findings = told(findings, config);
    site
}

/// The documents, by path.
fn documents(mut sheets: Vec<Sheet>, findings: &mut Vec<Finding>) -> Vec<Document> {
    sheets.sort_by(|one, other| one.source.path.cmp(&other.source.path));
    let document = |sheet: Sheet| {
        findings.extend(sheet.findings);
        Document::new(sheet.source, sheet.checklist)
    };
    sheets.into_iter().map(document).collect()
}

/// Sums up the checklists that are new or were changed, on all processors; whoever asks next finds the sums there.
fn digest(documents: &[Document]) {
    documents.par_iter().with_min_len(64).for_each(|document| {
        let _ = document.checklist.digest();
    });
}

/// Takes drafts out, unless they are shown, with what was found in them. Gives back their paths.
fn hide_drafts(documents: &mut Vec<Document>, drafts: Drafts, findings: &mut Vec<Finding>) -> BTreeSet<RelPath> {
    if drafts == Drafts::Shown {
        return BTreeSet::new();
    }
    let drafts = documents.iter().filter(|document| document.standing == Standing::Draft);
    let hidden: BTreeSet<RelPath> = drafts.map(|document| document.source.path.clone()).collect();
    if !hidden.is_empty() {
        documents.retain(|document| document.standing != Standing::Draft);
        findings.retain(|finding| !hidden.contains(&finding.path));
    }
    hidden
}

/// Tells of documents without any text: more likely lost than meant.
fn empty(documents: &[Document], findings: &mut Vec<Finding>) {
    let empty = documents.iter().filter(|document| document.counted).filter(|document| {
        let body = document.source.text().get(document.checklist.body as usize..).unwrap_or_default();
        document.checklist.items.is_empty() && body.trim().is_empty()
    });
    findings.extend(empty.map(|document| {
        Finding::new(Code::EmptyDocument, document.source.path.clone(), None, "has no text")
            .help("remove the file, or bring back what stood in it")
    }));
}

/// Fills [`Document::backlinks`]: documents that link to one, have a row for its item, or are a run of it.
fn backlinks(documents: &mut [Document]) {
    let mut pairs: Vec<(DocumentId, DocumentId)> = Vec::new();
    for (from, document) in (0..).map(DocumentId).zip(documents.iter()) {
        let to = document.targets.iter().filter_map(|target| match target {
            Target::Document(id, _) => Some(*id),
            Target::Item(item) => Some(item.document),
            _ => None,
        });
        let to = to.chain(document.references.iter().map(|reference| reference.item.document)).chain(document.run_of);
        pairs.extend(to.filter(|&to| to != from).map(|to| (to, from)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    for (to, from) in pairs {
        documents[to.0 as usize].backlinks.push(from);
    }
}

/// The findings as the configuration wants them told, by path and place.
fn told(mut findings: Vec<Finding>, config: &Config) -> Vec<Finding> {
    // whoever has made rules of their own needs no offer to make one
    let ruled = config.gate.require.is_some();
    let gates = &config.gate.documents;
    findings.retain(|finding| {
        finding.code != Code::GateInProse || !(ruled || gates.iter().any(|gate| gate.path.matches(&finding.path)))
    });
    if !config.severities.is_empty() {
        findings.retain_mut(|finding| match config.severities.get(&finding.code) {
            Some(Some(severity)) => {
                finding.severity = *severity;
                true
            }
            Some(None) => false,
            None => true,
        });
    }
    let place = |finding: &Finding| (finding.span.map_or(0, |span| span.start), finding.code);
    findings.sort_by(|one, other| one.path.cmp(&other.path).then_with(|| place(one).cmp(&place(other))));
    findings
}
