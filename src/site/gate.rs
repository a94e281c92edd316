//! The gate: rules against the site. It fails closed: what cannot be judged is not a pass.

use super::review::is_to_come;
use super::selection::{self, Chosen, describe};
use super::{Document, DocumentId, ItemId, Reason, ReasonKind, Signature, Site, Verdict};
use crate::config::{Config, Demand, Rule};
use crate::finding::{Code, Finding};
use crate::model::{State, Tally};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Fills the verdicts of the site and its documents, and tells of items at the gate that lack what is asked for.
/// `findings` are all that were made, whatever the configuration hides.
pub(super) fn apply(site: &mut Site, config: &Config, findings: &mut Vec<Finding>) {
    let rules = rules(site, config);
    site.verdict = judge(site, config, &rules, findings);
    if !config.gate.documents.is_empty() {
        let verdicts: Vec<_> = site.document_ids().map(|id| judge_document(site, config, id)).collect();
        for (document, verdict) in site.documents.iter_mut().zip(verdicts) {
            document.verdict = verdict;
        }
    }
    asked_for(site, config, &rules, findings);
}

/// Tells of items at the gate without owner or evidence, where a rule or a severity in the configuration asks for them.
fn asked_for(site: &Site, config: &Config, rules: &[Rule], findings: &mut Vec<Finding>) {
    let kinds = [
        (Code::GateWithoutOwner, Demand::Owned, "is at the gate and has no owner"),
        (Code::GateWithoutEvidence, Demand::Evidence, "is at the gate and done without evidence"),
    ];
    for (code, demand, says) in kinds {
        let asked = config.severities.contains_key(&code);
        let at_gate =
            |rule: &&Rule| rule.demand == demand || (asked && matches!(rule.demand, Demand::Done | Demand::Percent(_)));
        let items = rules.iter().filter(at_gate).flat_map(|rule| selection::items(site, config, &rule.among, None).all);
        let wanting: BTreeSet<ItemId> =
            items.filter(|item| is_wanting(site, item, demand)).map(|item| item.id).collect();
        findings.extend(wanting.into_iter().map(|id| {
            let path = site.document(id.document).source.path.clone();
            Finding::new(code, path, Some(site.item(id).span), says)
        }));
    }
}

/// The rules that hold: those of the configuration, or the usual one when its level is in use.
fn rules(site: &Site, config: &Config) -> Vec<Rule> {
    let usual = || {
        let rule = Rule::usual(&config.ladder)?;
        let used = rule.among.levels.iter().any(|&level| !site.level(level).items.is_empty());
        used.then_some(rule)
    };
    let require = config.gate.require.clone().unwrap_or_else(|| usual().into_iter().collect());
    let of_documents = config.gate.documents.iter().flat_map(|gate| gate.rules.iter().cloned());
    require.into_iter().chain(of_documents).collect()
}

/// The verdict of the site. `findings` are all that were made, whatever the configuration hides.
fn judge(site: &Site, config: &Config, rules: &[Rule], findings: &[Finding]) -> Verdict {
    let mut reasons = faults(site, findings);
    let mut met = Vec::new();
    for rule in rules {
        match evaluate(site, config, rule, None) {
            Some(reason) => reasons.push(reason),
            None => met.push(rule.text.clone()),
        }
    }
    Verdict::of(reasons, met)
}

/// The verdict of one document by the rules of the configuration that are confined to it. A rule for a folder that
/// speaks of nothing in this document is neither met nor a reason here; the site's verdict tells of rules that match
/// nothing at all.
fn judge_document(site: &Site, config: &Config, id: DocumentId) -> Verdict {
    let document = site.document(id);
    let path = &document.source.path;
    let gates = config.gate.documents.iter().filter(|gate| document.counted && gate.path.matches(path));
    let (mut reasons, mut met) = (Vec::new(), Vec::new());
    for rule in gates.flat_map(|gate| &gate.rules) {
        match evaluate(site, config, rule, Some(id)) {
            Some(reason) if reason.kind == ReasonKind::NotMet => reasons.push(reason),
            Some(_) => {}
            None => met.push(rule.text.clone()),
        }
    }
    Verdict::of(reasons, met)
}

/// What keeps the site from being judged at all.
fn faults(site: &Site, findings: &[Finding]) -> Vec<Reason> {
    let kinds = [
        (Code::Undecodable, "could not be decoded"),
        (Code::FrontMatter, "has front matter that does not parse"),
        (Code::UnreadablePart, "could not be read"),
        (Code::EmptyDocument, "is empty"),
        (Code::DuplicateId, "uses an id that is taken"),
        (Code::AddressTaken, "has the address of another document"),
        (Code::Config, "says something that cannot be"),
    ];
    let fault = |(code, says): (Code, &str)| {
        // a finding that is no error of its own is about a part that was left out, which loosens nothing
        let mut found = findings.iter().filter(|finding| finding.code == code && finding.severity == code.severity());
        let first = found.next()?;
        let more = match found.count() {
            0 => String::new(),
            1 => ", and there is one more such place".to_owned(),
            more => format!(", and there are {more} more such places"),
        };
        Some(Reason::unknown(code.name(), format!("{} {says}{more}", first.path)))
    };
    let empty = (site.tally.items() == 0).then(|| Reason::unknown("empty", "there is no item to judge".to_owned()));
    kinds.into_iter().filter_map(fault).chain(empty).collect()
}

impl Reason {
    fn unknown(rule: &str, text: String) -> Self {
        Self { rule: rule.to_owned(), kind: ReasonKind::CannotJudge, text, items: Vec::new() }
    }

    fn unmet(rule: &str, text: String, items: Vec<ItemId>) -> Self {
        Self { rule: rule.to_owned(), kind: ReasonKind::NotMet, text, items }
    }
}

/// Why a rule is not met, in the site or in one document; `None` when it is met.
fn evaluate(site: &Site, config: &Config, rule: &Rule, one: Option<DocumentId>) -> Option<Reason> {
    match rule.demand {
        Demand::Signed => signed(site, rule, &selection::documents(site, &rule.among, one)),
        Demand::Fresh => fresh(site, rule, &selection::documents(site, &rule.among, one)),
        _ => {
            let items = selection::items(site, config, &rule.among, one);
            let what = describe(&rule.among, &site.ladder);
            if !items.any {
                return Some(Reason::unknown(&rule.text, format!("there are no {what}")));
            }
            let (text, wanting) = wanting(site, rule.demand, &items.all, &what)?;
            (!wanting.is_empty()).then(|| Reason::unmet(&rule.text, text, most_urgent_first(wanting)))
        }
    }
}

/// The items that do not meet a demand, and that in words. `None` when a percentage is reached.
fn wanting(site: &Site, demand: Demand, items: &[Chosen], what: &str) -> Option<(String, Vec<Chosen>)> {
    let sum: Tally = items.iter().map(|item| item.state).collect();
    let found: Vec<Chosen> = items.iter().copied().filter(|item| is_wanting(site, item, demand)).collect();
    let are = if found.len() == 1 { "is" } else { "are" };
    let have = if found.len() == 1 { "has" } else { "have" };
    let text = match demand {
        Demand::Percent(wanted) => {
            let percent = sum.percent().filter(|&percent| percent < wanted)?;
            format!("{percent} % of {} {what} are done, {wanted} % are wanted", sum.scope())
        }
        Demand::Without(state) => format!("{} of {} {what} {are} {}", found.len(), sum.items(), state.label()),
        Demand::Evidence => format!("{} of {} {what} that are done {have} no evidence", found.len(), sum.done()),
        Demand::Owned => format!("{} of {} {what} {have} no owner", found.len(), sum.scope()),
        Demand::Done | Demand::Signed | Demand::Fresh => {
            format!("{} of {} {what} {are} left", found.len(), sum.scope())
        }
    };
    Some((text, found))
}

/// Whether an item does not meet a demand.
fn is_wanting(site: &Site, item: &Chosen, demand: Demand) -> bool {
    match demand {
        Demand::Without(state) => item.state == state,
        Demand::Evidence => item.state == State::Done && site.item(item.id).evidence.is_empty(),
        Demand::Owned => !matches!(item.state, State::Na | State::Waived) && site.item(item.id).owners.is_empty(),
        Demand::Done | Demand::Percent(_) | Demand::Signed | Demand::Fresh => item.state.is_left(),
    }
}

fn most_urgent_first(mut items: Vec<Chosen>) -> Vec<ItemId> {
    items.sort_by_key(|item| (item.level.map_or(u8::MAX, |level| level.0), item.id));
    items.into_iter().map(|item| item.id).collect()
}

/// Whether every sign-off is signed and each document has one. A rule that names no document is about those that have
/// sign-offs.
fn signed(site: &Site, rule: &Rule, documents: &[DocumentId]) -> Option<Reason> {
    let named = !rule.among.documents.is_empty() || rule.among.within.is_some();
    let documents = documents.iter().map(|&id| site.document(id));
    let documents: Vec<_> = documents.filter(|document| named || !document.signatures.is_empty()).collect();
    if documents.is_empty() {
        return Some(Reason::unknown(&rule.text, "there is nothing to sign".to_owned()));
    }
    let faults: Vec<String> = documents.into_iter().filter_map(unsigned).collect();
    (!faults.is_empty()).then(|| Reason::unmet(&rule.text, listed(&faults), Vec::new()))
}

/// Why a document does not count as signed.
fn unsigned(document: &Document) -> Option<String> {
    let path = &document.source.path;
    if document.signatures.is_empty() {
        return Some(format!("{path} has no place to sign"));
    }
    let signoffs = document.signatures.iter().zip(&document.checklist.signoffs);
    let (signature, signoff) = signoffs.into_iter().find(|(signature, _)| **signature != Signature::Signed)?;
    Some(match signature {
        Signature::Blank => format!("{path} is not signed ({})", signoff.role),
        Signature::Void => format!("{path} was edited after it was signed ({})", signoff.role),
        Signature::Stranger | Signature::Signed => {
            format!("{path} is signed by somebody who may not ({})", signoff.role)
        }
    })
}

/// Whether no document is past its review. Where none of them says when it is due, there is nothing to judge by.
fn fresh(site: &Site, rule: &Rule, documents: &[DocumentId]) -> Option<Reason> {
    let reviewed = documents.iter().map(|&id| site.document(id));
    let reviewed: Vec<_> = reviewed.filter_map(|document| Some((document, document.review?))).collect();
    if reviewed.is_empty() {
        return Some(Reason::unknown(&rule.text, "no document says how often it is reviewed".to_owned()));
    }
    let stale = reviewed.into_iter().filter(|(_, review)| review.stale);
    let says = |last: Option<Date>| match last {
        Some(last) if is_to_come(last, site.today) => "says that it was reviewed on a day that is still to come",
        _ => "is past its review",
    };
    let faults: Vec<String> =
        stale.map(|(document, review)| format!("{} {}", document.source.path, says(review.last))).collect();
    (!faults.is_empty()).then(|| Reason::unmet(&rule.text, listed(&faults), Vec::new()))
}

/// A few of many faults as one sentence.
fn listed(faults: &[String]) -> String {
    const MOST: usize = 3;
    let more = faults.len().saturating_sub(MOST);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    format!("{}{more}", faults[..faults.len().min(MOST)].join("; "))
}
