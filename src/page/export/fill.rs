//! From the site to the form of the export.

use super::form::{
    Claim, Criterion, Document, Export, Finding, GateSentence, Item, LastUpdated, Owner, Priority, Reason, Repaired,
    Rollup, Section, SignOff, Statement, Summary, Verdict,
};
use super::values::{Each, Name, Ordered, Text};
use crate::finding;
use crate::model::{self, Checklist, Tally};
use crate::page::url::Address;
use crate::site::{self, DocumentId, ItemId, Site};
use crate::source::Source;

/// The export of a site that is published at `url` and whose documents have these addresses. Documents, items and
/// findings are made only when they are written.
pub(super) fn fill<'a>(site: &'a Site, addresses: &'a [Address], url: Option<&'a str>) -> Export<'a> {
    let documents = move || site.documents.iter().zip(addresses).map(move |(of, at)| document(of, at, site));
    let items = move || site.document_ids().flat_map(move |id| items(id, site));
    let findings = move || site.findings.iter().map(move |of| finding(of, site));
    Export {
        schema_version: super::SCHEMA_VERSION,
        title: &site.title,
        url,
        version: env!("CARGO_PKG_VERSION"),
        summary: site.tally.into(),
        verdict: verdict(site),
        documents: Each(Box::new(move || Box::new(documents()))),
        items: Each(Box::new(move || Box::new(items()))),
        owners: site.owners.iter().map(owner).collect(),
        unowned: site.unowned.tally.into(),
        priorities: priorities(site),
        unranked: site.unranked.tally.into(),
        findings: Each(Box::new(move || Box::new(findings()))),
    }
}

fn name(id: ItemId, site: &Site) -> Text<Name<'_>> {
    Text(Name { stem: site.document(id.document).stem(), anchor: &site.item(id).anchor })
}

fn verdict(site: &Site) -> Verdict<'_> {
    let reasons = site.verdict.reasons.iter().map(|reason| Reason {
        rule: &reason.rule,
        text: &reason.text,
        open: reason.items.len(),
        items: reason.items.iter().map(|&id| name(id, site)).collect(),
    });
    Verdict { status: site.verdict.status, reasons: reasons.collect() }
}

fn owner(owner: &site::OwnerGroup) -> Owner<'_> {
    Owner { name: &owner.name, slug: &owner.slug, summary: owner.group.tally.into() }
}

fn priorities(site: &Site) -> Vec<Priority<'_>> {
    let mut priorities = Vec::new();
    for (step, group) in site.ladder.steps.iter().zip(&site.levels) {
        priorities.push(Priority { level: &step.key, label: &step.label, summary: group.tally.into() });
    }
    priorities
}

fn document<'a>(document: &'a site::Document, address: &'a Address, site: &'a Site) -> Document<'a> {
    let (source, checklist) = (&document.source, &document.checklist);
    let line = |span: crate::source::Span| source.line(span.start);
    let keys = site.ladder.steps.iter().map(|step| step.key.as_str()).chain(["none"]);
    Document {
        path: source.path.as_str(),
        title: &checklist.title,
        url: address.canonical(),
        counted: document.counted,
        summary: checklist.tally.into(),
        by_priority: Ordered(keys.zip(document.by_level(&site.ladder).into_iter().map(Into::into)).collect()),
        claims: checklist.claims.iter().map(|of| claim(of, line(of.span))).collect(),
        last_updated: checklist.last_updated.map(|at| LastUpdated { date: Text(at.date), line: line(at.span) }),
        repaired: repaired(source),
        sections: sections(checklist, source),
        signoffs: checklist.signoffs.iter().map(|of| signoff(of, line(of.span))).collect(),
        statements: (checklist.statements.iter())
            .map(|of| Statement { text: &of.text, state: of.state, line: line(of.span) })
            .collect(),
        rollups: checklist.rollups.iter().map(|of| rollup(of, line(of.span))).collect(),
        gate_in_prose: (checklist.gates.iter())
            .map(|of| GateSentence { text: &of.text, line: line(of.span) })
            .collect(),
        state_tracked: checklist.state_tracked,
        criteria: (checklist.criteria.iter())
            .map(|of| Criterion { text: &of.text, state: of.state, line: line(of.span) })
            .collect(),
    }
}

fn claim(claim: &model::Claim, line: u32) -> Claim<'_> {
    Claim { line, text: &claim.text, percent: claim.percent, kind: claim.kind.name(), agrees: claim.agrees }
}

fn repaired(source: &Source) -> Repaired<'_> {
    let repair = &source.decoded().repair;
    Repaired { codec: repair.codec.map(|codec| codec.name()), runs: repair.runs, unknown: repair.unknown.len() }
}

fn sections<'a>(checklist: &'a Checklist, source: &Source) -> Vec<Section<'a>> {
    let sections = checklist.sections.iter().map(|section| {
        let heading = &checklist.headings[section.heading as usize];
        Section {
            title: &heading.title,
            anchor: &heading.anchor,
            level: heading.level,
            line: source.line(heading.span.start),
            summary: section.tally.into(),
        }
    });
    sections.collect()
}

fn signoff(signoff: &model::SignOff, line: u32) -> SignOff<'_> {
    let date = signoff.date.map(Text);
    SignOff { role: &signoff.role, name: signoff.name.as_deref(), date, line }
}

fn rollup(rollup: &model::Rollup, line: u32) -> Rollup<'_> {
    Rollup {
        title: &rollup.title,
        items: rollup.items,
        done: rollup.done,
        percent: rollup.percent,
        line,
        agrees: rollup.agrees,
    }
}

/// The items of a document.
fn items(id: DocumentId, site: &Site) -> impl Iterator<Item = Item<'_>> {
    let items = &site.document(id).checklist.items;
    let sums = crate::site::sums(items);
    (0..).zip(sums).take(items.len()).map(move |(index, sum)| item(ItemId { document: id, index }, sum, site))
}

/// An item, with the sum of what is below it.
fn item(id: ItemId, sum: Tally, site: &Site) -> Item<'_> {
    let (document, item) = (site.document(id.document), site.item(id));
    let place = document.source.place(item.span.start);
    Item {
        id: name(id, site),
        summary: item.group.then(|| Summary::from(sum)),
        anchor: &item.anchor,
        document: document.source.path.as_str(),
        line: place.line,
        column: place.column,
        text: &item.text,
        group: item.group,
        parent: item.parent.map(|index| name(ItemId { index, ..id }, site)),
        section: section_titles(item.section, &document.checklist),
        kind: item.kind.name(),
        state: item.state,
        state_text: &item.state_text,
        priority: item.level.map(|level| site.ladder.step(level).key.as_str()),
        priority_text: item.level_text.as_deref(),
        owners: &item.owners,
        reference: item.reference.as_deref(),
        due: item.due.map(Text),
        links: &item.links,
        evidence: &item.evidence,
        note: &item.note,
    }
}

/// The titles of a section and those around it, outermost first.
fn section_titles(section: Option<u32>, checklist: &Checklist) -> Vec<&str> {
    let mut titles = Vec::new();
    let mut at = section;
    while let Some(section) = at.map(|index| &checklist.sections[index as usize]) {
        titles.push(checklist.headings[section.heading as usize].title.as_str());
        at = section.parent;
    }
    titles.reverse();
    titles
}

fn finding<'a>(finding: &'a finding::Finding, site: &Site) -> Finding<'a> {
    let document = site.documents.binary_search_by(|document| document.source.path.cmp(&finding.path)).ok();
    let source = document.map(|index| &site.documents[index].source);
    let place = source.zip(finding.span).map(|(source, span)| source.place(span.start));
    Finding {
        code: finding.code.name(),
        severity: finding.severity,
        path: finding.path.as_str(),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        message: &finding.message,
        help: finding.help.as_deref(),
    }
}
