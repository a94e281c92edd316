//! From checklists to a site.

use super::{Document, DocumentId, Group, ItemId, OwnerGroup, Site, Target, Verdict};
use crate::config::Config;
use crate::finding::{Checked, Finding};
use crate::model::{Checklist, Tally};
use crate::source::Source;
use std::collections::BTreeMap;

/// Puts checklists together, in any order; the site is ordered by path.
#[must_use]
pub fn assemble(mut read: Vec<(Source, Checked<Checklist>)>, config: &Config, mut findings: Vec<Finding>) -> Site {
    read.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    let mut documents = Vec::with_capacity(read.len());
    for (source, checked) in read {
        findings.extend(checked.findings);
        let targets = vec![Target::Foreign; checked.value.links.len()];
        let steps = config.ladder.steps.len();
        let mut by_level = vec![Tally::default(); steps + 1];
        for item in checked.value.items.iter().filter(|item| !item.group) {
            by_level[item.level.map_or(steps, |level| usize::from(level.0))] += Tally::one(item.state);
        }
        documents.push(Document {
            source,
            checklist: checked.value,
            by_level,
            targets,
            references: Vec::new(),
            backlinks: Vec::new(),
            counted: true,
        });
    }
    let mut site = Site {
        title: config.title.clone().unwrap_or_else(|| "Readiness".to_owned()),
        ladder: config.ladder.clone(),
        reading_order: (0..).map(DocumentId).take(documents.len()).collect(),
        levels: config.ladder.levels().map(|_| Group::default()).collect(),
        documents,
        tally: Tally::default(),
        owners: Vec::new(),
        unowned: Group::default(),
        unranked: Group::default(),
        verdict: Verdict::default(),
        findings,
    };
    group(&mut site);
    site
}

/// Fills the groups of the site by owner and level.
fn group(site: &mut Site) {
    let mut owners: BTreeMap<&str, Group> = BTreeMap::new();
    for (id, document) in (0..).map(DocumentId).zip(&site.documents).filter(|(_, document)| document.counted) {
        for (index, item) in document.leaves() {
            let id = ItemId { document: id, index };
            let add = |group: &mut Group| {
                group.items.push(id);
                group.tally += Tally::one(item.state);
            };
            site.tally += Tally::one(item.state);
            match item.level {
                Some(level) => add(&mut site.levels[usize::from(level.0)]),
                None => add(&mut site.unranked),
            }
            for owner in &item.owners {
                add(owners.entry(owner).or_default());
            }
            if item.owners.is_empty() {
                add(&mut site.unowned);
            }
        }
    }
    site.owners = owners
        .into_iter()
        .map(|(name, group)| OwnerGroup { slug: github_slugger::slug(name), name: name.to_owned(), group })
        .collect();
}
