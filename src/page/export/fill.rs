//! From the site to the form of the export.

use super::form::{
    Claim, Criterion, Document, Export, Finding, GateSentence, Item, LastUpdated, Ordered, Owner, Priority, Reason,
    Repaired, Rollup, Section, SignOff, Statement, Status, Summary, Verdict,
};
use crate::finding;
use crate::model::{self, Checklist, Tally};
use crate::page::address::Addresses;
use crate::page::url::Address;
use crate::site::{self, DocumentId, ItemId, Site};
use crate::source::Source;

/// The export of a site.
pub(super) fn fill(site: &Site) -> Export {
    let addresses = Addresses::of(site);
    let mut findings: Vec<&finding::Finding> = site.findings.iter().chain(&addresses.findings).collect();
    findings.sort_by(|one, other| one.path.cmp(&other.path));
    Export {
        schema_version: super::SCHEMA_VERSION,
        title: site.title.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        summary: site.tally.into(),
        verdict: verdict(site),
        documents: (site.documents.iter().zip(&addresses.documents))
            .map(|(of, address)| document(of, address, site))
            .collect(),
        items: site.document_ids().flat_map(|id| items(id, site)).collect(),
        owners: site.owners.iter().map(owner).collect(),
        unowned: site.unowned.tally.into(),
        priorities: priorities(site),
        unranked: site.unranked.tally.into(),
        findings: findings.into_iter().map(|of| finding(of, site)).collect(),
    }
}

fn verdict(site: &Site) -> Verdict {
    let status = match site.verdict.status {
        site::Status::Ready => Status::Ready,
        site::Status::NotReady => Status::NotReady,
        site::Status::NoGate => Status::NoGate,
        site::Status::Unknown => Status::Unknown,
    };
    let reasons = site.verdict.reasons.iter().map(|reason| Reason {
        rule: reason.rule.clone(),
        text: reason.text.clone(),
        open: reason.items.len(),
        items: reason.items.iter().map(|&id| site.item_name(id)).collect(),
    });
    Verdict { status, reasons: reasons.collect() }
}

fn owner(owner: &site::OwnerGroup) -> Owner {
    Owner { name: owner.name.clone(), slug: owner.slug.clone(), summary: owner.group.tally.into() }
}

fn priorities(site: &Site) -> Vec<Priority> {
    let steps = site.ladder.steps.iter().zip(&site.levels);
    let priority = |(step, group): (&model::Step, &site::Group)| Priority {
        level: step.key.clone(),
        label: step.label.clone(),
        summary: group.tally.into(),
    };
    steps.map(priority).collect()
}

fn document(document: &site::Document, address: &Address, site: &Site) -> Document {
    let (source, checklist) = (&document.source, &document.checklist);
    let line = |span: crate::source::Span| source.line(span.start);
    let keys = site.ladder.steps.iter().map(|step| step.key.clone()).chain(["none".to_owned()]);
    Document {
        path: source.path.to_string(),
        title: checklist.title.clone(),
        url: address.canonical().into_owned(),
        counted: document.counted,
        summary: checklist.tally.into(),
        by_priority: Ordered(keys.zip(document.by_level.iter().map(|&tally| tally.into())).collect()),
        claims: checklist.claims.iter().map(|of| claim(of, line(of.span))).collect(),
        last_updated: checklist.last_updated.map(|at| LastUpdated { date: at.date.to_string(), line: line(at.span) }),
        repaired: repaired(source),
        sections: sections(checklist, source),
        signoffs: checklist.signoffs.iter().map(|of| signoff(of, line(of.span))).collect(),
        statements: (checklist.statements.iter())
            .map(|of| Statement { text: of.text.clone(), state: of.state, line: line(of.span) })
            .collect(),
        rollups: checklist.rollups.iter().map(|of| rollup(of, line(of.span))).collect(),
        gate_in_prose: (checklist.gates.iter())
            .map(|of| GateSentence { text: of.text.clone(), line: line(of.span) })
            .collect(),
        state_tracked: checklist.state_tracked,
        criteria: (checklist.criteria.iter())
            .map(|of| Criterion { text: of.text.clone(), state: of.state, line: line(of.span) })
            .collect(),
    }
}

fn claim(claim: &model::Claim, line: u32) -> Claim {
    Claim {
        line,
        text: claim.text.clone(),
        percent: claim.percent,
        kind: claim.kind.name().to_owned(),
        agrees: claim.agrees,
    }
}

fn repaired(source: &Source) -> Repaired {
    let repair = &source.decoded().repair;
    Repaired {
        codec: repair.codec.map(|codec| codec.name().to_owned()),
        runs: repair.runs,
        unknown: repair.unknown.len(),
    }
}

fn sections(checklist: &Checklist, source: &Source) -> Vec<Section> {
    let sections = checklist.sections.iter().map(|section| {
        let heading = &checklist.headings[section.heading as usize];
        Section {
            title: heading.title.clone(),
            anchor: heading.anchor.clone(),
            level: heading.level,
            line: source.line(heading.span.start),
            summary: section.tally.into(),
        }
    });
    sections.collect()
}

fn signoff(signoff: &model::SignOff, line: u32) -> SignOff {
    let date = signoff.date.map(|date| date.to_string());
    SignOff { role: signoff.role.clone(), name: signoff.name.clone(), date, line }
}

fn rollup(rollup: &model::Rollup, line: u32) -> Rollup {
    Rollup {
        title: rollup.title.clone(),
        items: rollup.items,
        done: rollup.done,
        percent: rollup.percent,
        line,
        agrees: rollup.agrees,
    }
}

/// The items of a document.
fn items(id: DocumentId, site: &Site) -> Vec<Item> {
    let document = site.document(id);
    let checklist = &document.checklist;
    let groups = group_sums(&checklist.items);
    let name = |index| site.item_name(ItemId { document: id, index });
    let all = (0..).zip(&checklist.items).zip(groups);
    let item = |((index, item), sum): ((u32, &model::Item), Tally)| {
        let place = document.source.place(item.span.start);
        Item {
            id: name(index),
            summary: item.group.then(|| Summary::from(sum)),
            anchor: item.anchor.clone(),
            document: document.source.path.to_string(),
            line: place.line,
            column: place.column,
            text: item.text.clone(),
            group: item.group,
            parent: item.parent.map(name),
            section: section_titles(item.section, checklist),
            kind: item.kind.name().to_owned(),
            state: item.state,
            state_text: item.state_text.clone(),
            priority: item.level.map(|level| site.ladder.step(level).key.clone()),
            priority_text: item.level_text.clone(),
            owners: item.owners.clone(),
            reference: item.reference.clone(),
            due: item.due.map(|due| due.to_string()),
            links: item.links.clone(),
            evidence: item.evidence.clone(),
            note: item.note.clone(),
        }
    };
    all.map(item).collect()
}

/// For each item the sum of the leaves below it.
fn group_sums(items: &[model::Item]) -> Vec<Tally> {
    let mut sums = vec![Tally::default(); items.len()];
    for item in items.iter().filter(|item| !item.group) {
        let mut above = item.parent;
        while let Some(group) = above {
            sums[group as usize] += Tally::one(item.state);
            above = items[group as usize].parent;
        }
    }
    sums
}

/// The titles of a section and those around it, outermost first.
fn section_titles(section: Option<u32>, checklist: &Checklist) -> Vec<String> {
    let mut titles = Vec::new();
    let mut at = section;
    while let Some(section) = at.map(|index| &checklist.sections[index as usize]) {
        titles.push(checklist.headings[section.heading as usize].title.clone());
        at = section.parent;
    }
    titles.reverse();
    titles
}

fn finding(finding: &finding::Finding, site: &Site) -> Finding {
    let document = site.documents.binary_search_by(|document| document.source.path.cmp(&finding.path)).ok();
    let source = document.map(|index| &site.documents[index].source);
    let place = source.zip(finding.span).map(|(source, span)| source.place(span.start));
    Finding {
        code: finding.code.name().to_owned(),
        severity: finding.severity,
        path: finding.path.to_string(),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        message: finding.message.clone(),
        help: finding.help.clone(),
    }
}
