//! A site as plain text, for comparison.

use readybook::finding::Finding;
use readybook::model::{State, Tally};
use readybook::site::{Document, DocumentId, ItemId, ReasonKind, Site, Target, Verdict};
use std::fmt::Write as _;

pub(crate) fn summary(site: &Site) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "site: {}", tally(site.tally));
    verdict(&mut text, "verdict", &site.verdict, site);
    for owner in &site.owners {
        let _ = writeln!(text, "owner {} ({}): {}", owner.name, owner.slug, tally(owner.group.tally));
    }
    let _ = writeln!(text, "unowned: {}", tally(site.unowned.tally));
    for (step, group) in site.ladder.steps.iter().zip(&site.levels).filter(|(_, group)| !group.items.is_empty()) {
        let _ = writeln!(text, "{}: {}", step.key, tally(group.tally));
    }
    let _ = writeln!(text, "no priority: {}", tally(site.unranked.tally));
    let order: Vec<&str> = site.reading_order.iter().map(|&id| site.document(id).source.path.as_str()).collect();
    let _ = writeln!(text, "reading order: {}", order.join(", "));
    for waiver in &site.waivers {
        let items: Vec<String> = waiver.items.iter().map(|&id| site.item_name(id)).collect();
        let _ = writeln!(
            text,
            "waived {} until {} by {}: {}",
            items.join(", "),
            waiver.expires,
            waiver.owner,
            waiver.reason
        );
    }
    for id in site.document_ids() {
        document(&mut text, site, id);
    }
    text.push('\n');
    for finding in &site.findings {
        let _ = writeln!(text, "{}", told(site, finding));
    }
    text
}

fn document(text: &mut String, site: &Site, id: DocumentId) {
    let document = site.document(id);
    let standing = format!("{:?}", document.standing).to_lowercase();
    let _ = writeln!(text, "\n{} ({standing}): {}", document.source.path, tally(document.checklist.tally));
    if !document.verdict.reasons.is_empty() || !document.verdict.met.is_empty() {
        verdict(text, "  verdict", &document.verdict, site);
    }
    let backlinks: Vec<&str> = document.backlinks.iter().map(|&id| site.document(id).source.path.as_str()).collect();
    if !backlinks.is_empty() {
        let _ = writeln!(text, "  linked from {}", backlinks.join(", "));
    }
    if let Some(run) = document.run_of {
        let _ = writeln!(text, "  run of {}", site.document(run).source.path);
    }
    if let Some(review) = document.review {
        let _ = writeln!(text, "  review: last {:?}, due {:?}, stale {}", review.last, review.due, review.stale);
    }
    for item in &document.checklist.items {
        let level = item.level.map_or("-", |level| site.ladder.step(level).key.as_str());
        let owners = if item.owners.is_empty() { "-".to_owned() } else { item.owners.join(", ") };
        let group = if item.group { " group" } else { "" };
        let line = document.source.line(item.span.start);
        let state = item.state.name();
        let _ = writeln!(text, "  {line}{group} {state} {level} {owners} #{}: {}", item.anchor, item.text);
    }
    for reference in document.references.iter() {
        let line = document.source.line(reference.row.span.start);
        let _ = writeln!(text, "  {line} stands for {}", site.item_name(reference.item));
    }
    for claim in &document.checklist.claims {
        let _ = writeln!(text, "  claim {:?}: {}", claim.text, if claim.agrees { "agrees" } else { "disagrees" });
    }
    for rollup in &document.checklist.rollups {
        let _ = writeln!(text, "  roll-up {:?}: {}", rollup.title, if rollup.agrees { "agrees" } else { "disagrees" });
    }
    for (signoff, signature) in document.checklist.signoffs.iter().zip(&document.signatures) {
        let _ = writeln!(text, "  sign-off {}: {signature:?}", signoff.role);
    }
    for (link, target) in document.checklist.links.iter().zip(document.targets.iter()) {
        let line = document.source.line(link.span.start);
        let _ = writeln!(text, "  {line} [{}] -> {}", link.target, led(site, document, target));
    }
}

fn led(site: &Site, document: &Document, target: &Target) -> String {
    match target {
        Target::Foreign => "foreign".to_owned(),
        Target::Document(id, fragment) => {
            let path = &site.document(*id).source.path;
            let path = if *path == document.source.path { "itself" } else { path.as_str() };
            if fragment.is_empty() { path.to_owned() } else { format!("{path}, {fragment}") }
        }
        Target::Item(id) => format!("item {}", site.item_name(*id)),
        Target::Asset(path) => format!("asset {path}"),
        Target::Repository(path) => format!("repository {path}"),
        Target::Dead => "dead".to_owned(),
    }
}

fn verdict(text: &mut String, label: &str, verdict: &Verdict, site: &Site) {
    let _ = writeln!(text, "{label}: {}", verdict.status.name());
    for rule in &verdict.met {
        let _ = writeln!(text, "{label} met: {rule}");
    }
    for reason in &verdict.reasons {
        let kind = if reason.kind == ReasonKind::NotMet { "not met" } else { "unknown" };
        let items: Vec<String> = reason.items.iter().map(|&id: &ItemId| site.item_name(id)).collect();
        let items = if items.is_empty() { String::new() } else { format!(" [{}]", items.join(", ")) };
        let _ = writeln!(text, "{label} {kind}: {}: {}{items}", reason.rule, reason.text);
    }
}

fn tally(tally: Tally) -> String {
    let states = State::ALL.iter().filter(|&&state| tally.count(state) > 0);
    let states: Vec<String> = states.map(|&state| format!("{} {}", tally.count(state), state.name())).collect();
    let states = if states.is_empty() { String::new() } else { format!(" ({})", states.join(", ")) };
    format!("{} items{states}", tally.items())
}

fn told(site: &Site, finding: &Finding) -> String {
    let document = site.documents.iter().find(|document| document.source.path == finding.path);
    let place = document.zip(finding.span).map(|(document, span)| {
        let place = document.source.place(span.start);
        format!(":{}:{}", place.line, place.column)
    });
    let severity = format!("{:?}", finding.severity).to_lowercase();
    let help = finding.help.as_ref().map(|help| format!("\n  help: {help}")).unwrap_or_default();
    let place = place.unwrap_or_default();
    format!("{severity}[{}] {}{place}: {}{help}", finding.code.name(), finding.path, finding.message)
}
