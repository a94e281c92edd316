//! Sums: of sections and documents after their items have changed, and of the site by owner and level.

use super::{Document, DocumentId, Group, ItemId, Shared, Site};
use crate::model::{Checklist, Tally};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

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
pub(super) fn by_level(checklist: &Shared, steps: usize) -> Vec<Tally> {
    let digest = checklist.digest();
    let used = digest.levels.iter().copied();
    used.chain(std::iter::repeat(Tally::default())).take(steps).chain([digest.unranked]).collect()
}

/// Fills the sum of the site and its groups by owner and level. The owners are there already, named and in order; those
/// who own nothing that counts go.
pub(super) fn groups(site: &mut Site) {
    let by_name = site.owners.iter().zip(0..).map(|(owner, at)| (owner.name.as_str(), at)).collect();
    let empty = Groups::new(site.owners.len(), site.levels.len());
    // some documents at a time, each lot on its own, then one after the other
    let lots: Vec<Groups> = (site.documents.par_chunks(DOCUMENTS).enumerate())
        .map(|(lot, documents)| empty.clone().with(documents, lot * DOCUMENTS, &by_name))
        .collect();
    for lot in lots {
        site.tally += lot.tally;
        append(&mut site.unowned, lot.unowned);
        append(&mut site.unranked, lot.unranked);
        site.levels.iter_mut().zip(lot.levels).for_each(|(group, more)| append(group, more));
        site.owners.iter_mut().zip(lot.owners).for_each(|(owner, more)| append(&mut owner.group, more));
    }
    site.owners.retain(|owner| !owner.group.items.is_empty());
}

/// Documents that are summed up by one thread at a time.
const DOCUMENTS: usize = 512;

/// The groups of some documents.
#[derive(Clone)]
struct Groups {
    tally: Tally,
    owners: Vec<Group>,
    unowned: Group,
    levels: Vec<Group>,
    unranked: Group,
}

impl Groups {
    fn new(owners: usize, levels: usize) -> Self {
        let groups = |count| vec![Group::default(); count];
        let (unowned, unranked) = (Group::default(), Group::default());
        Self { tally: Tally::default(), owners: groups(owners), unowned, levels: groups(levels), unranked }
    }

    /// The same with the leaves of documents that count; `first` is the index of the first of them.
    fn with(mut self, documents: &[Document], first: usize, by_name: &FxHashMap<&str, usize>) -> Self {
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        for (id, document) in (first..).map(DocumentId).zip(documents).filter(|(_, document)| document.counted) {
            let digest = document.checklist.digest();
            let owners: Vec<Option<usize>> =
                digest.owners.iter().map(|(name, _)| by_name.get(&**name).copied()).collect();
            for leaf in &digest.leaves {
                let id = ItemId { document: id, index: leaf.index };
                let one = Tally::one(leaf.state);
                self.tally += one;
                let level = leaf.level.and_then(|level| self.levels.get_mut(usize::from(level.0)));
                add(level.unwrap_or(&mut self.unranked), id, one);
                let set = &digest.sets[leaf.set as usize].owners;
                set.iter().filter_map(|&name| owners[name as usize]).for_each(|at| add(&mut self.owners[at], id, one));
                if set.is_empty() {
                    add(&mut self.unowned, id, one);
                }
            }
        }
        self
    }
}

fn add(group: &mut Group, id: ItemId, one: Tally) {
    group.items.push(id);
    group.tally += one;
}

fn append(group: &mut Group, mut more: Group) {
    group.items.append(&mut more.items);
    group.tally += more.tally;
}
