//! Sums: of sections and documents after their items have changed, and of the site by owner and level.

use super::{Document, DocumentId, Group, ItemId, Site};
use crate::model::{Checklist, Tally};
use std::collections::HashMap;

/// Sums up a checklist again from its items: sections with their subsections, and the whole.
pub(super) fn recount(checklist: &mut Checklist) {
    checklist.tally = Tally::default();
    for section in &mut checklist.sections {
        section.tally = Tally::default();
    }
    for item in checklist.items.iter().filter(|item| !item.group) {
        checklist.tally += Tally::one(item.state);
        if let Some(section) = item.section {
            checklist.sections[section as usize].tally += Tally::one(item.state);
        }
    }
    // a section stands behind the one around it
    for index in (0..checklist.sections.len()).rev() {
        if let Some(parent) = checklist.sections[index].parent {
            let tally = checklist.sections[index].tally;
            checklist.sections[parent as usize].tally += tally;
        }
    }
}

/// The sum by level of a checklist: one for each of `steps`, and last the items without priority.
pub(super) fn by_level(checklist: &Checklist, steps: usize) -> Vec<Tally> {
    let mut sums = vec![Tally::default(); steps + 1];
    for item in checklist.items.iter().filter(|item| !item.group) {
        sums[item.level.map_or(steps, |level| usize::from(level.0))] += Tally::one(item.state);
    }
    sums
}

/// Fills the sum of the site and its groups by owner and level. The owners are there already, named and in
/// order; those who own nothing that counts go.
pub(super) fn groups(site: &mut Site) {
    let Site { documents, owners, unowned, levels, unranked, tally, .. } = site;
    let names: Vec<String> = owners.iter().map(|owner| owner.name.clone()).collect();
    let by_name: HashMap<&str, usize> = names.iter().zip(0..).map(|(name, at)| (name.as_str(), at)).collect();
    for (document, index, item) in counted_leaves(documents) {
        let id = ItemId { document, index };
        let one = Tally::one(item.state);
        *tally += one;
        match item.level {
            Some(level) => add(&mut levels[usize::from(level.0)], id, one),
            None => add(unranked, id, one),
        }
        for owner in item.owners.iter().filter_map(|name| by_name.get(name.as_str())) {
            add(&mut owners[*owner].group, id, one);
        }
        if item.owners.is_empty() {
            add(unowned, id, one);
        }
    }
    owners.retain(|owner| !owner.group.items.is_empty());
}

/// Every leaf that takes part in the sums of the site, in document order.
fn counted_leaves(documents: &[Document]) -> impl Iterator<Item = (DocumentId, u32, &crate::model::Item)> {
    let counted = (0..).map(DocumentId).zip(documents).filter(|(_, document)| document.counted);
    counted.flat_map(|(id, document)| document.leaves().map(move |(index, item)| (id, index, item)))
}

fn add(group: &mut Group, id: ItemId, one: Tally) {
    group.items.push(id);
    group.tally += one;
}
