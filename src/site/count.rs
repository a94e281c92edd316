//! Sums: of sections and documents after their items have changed, and of the site by owner and level.

use super::lots::Lots;
use super::{Document, DocumentId, Group, ItemId, Site};
use crate::model::{Checklist, Item, Tally};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::Arc;

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

/// The sum of each item of a checklist: of a leaf itself, of a group the leaves below it.
#[must_use]
pub fn sums(items: &[Item]) -> Vec<Tally> {
    let one = |item: &Item| if item.group { Tally::default() } else { Tally::one(item.state) };
    let mut sums: Vec<Tally> = items.iter().map(one).collect();
    // a group stands before what is below it, save that a document, which is below nothing, may have items above its title
    for (index, item) in items.iter().enumerate().rev() {
        if let Some(parent) = item.parent {
            let sum = sums[index];
            sums[parent as usize] += sum;
        }
    }
    sums
}

/// The sums of items of any documents, in the order of these. What a document holds is asked for once and walked once:
/// a table may have a row for each item of another document.
pub(super) fn sums_among<'a>(
    wanted: impl Iterator<Item = ItemId>,
    mut items: impl FnMut(DocumentId) -> &'a [Item],
) -> Vec<Tally> {
    let mut known: FxHashMap<DocumentId, Vec<Tally>> = FxHashMap::default();
    let mut sum = |id: ItemId| {
        let sums = known.entry(id.document).or_insert_with(|| sums(items(id.document)));
        sums[id.index as usize]
    };
    wanted.map(&mut sum).collect()
}

/// The groups of the lots of a site, with whose they are.
#[derive(Debug, Default)]
pub(super) struct Tables {
    owners: Vec<String>,
    levels: usize,
    lots: Lots<Groups>,
}

/// Fills the sum of the site and its groups by owner and level. The owners are there already, named and in order; those
/// who own nothing that counts go.
pub(super) fn groups(site: &mut Site, kept: &mut Tables) {
    let names = || site.owners.iter().map(|owner| &owner.name);
    if kept.levels != site.levels.len() || !kept.owners.iter().eq(names()) {
        *kept = Tables { owners: names().cloned().collect(), levels: site.levels.len(), lots: Lots::default() };
    }
    let by_name = site.owners.iter().zip(0..).map(|(owner, at)| (owner.name.as_str(), at)).collect();
    let empty = Groups::new(site.owners.len(), site.levels.len());
    let ask = |first, documents: &[Document]| empty.clone().with(documents, first, &by_name);
    let lots = kept.lots.answers(&site.documents, ask);
    let lots: Vec<Arc<Groups>> = lots.into_iter().map(|(_, groups)| groups).collect();
    site.tally = lots.iter().map(|lot| lot.tally).sum();
    site.unowned = all(&lots, |lot| &lot.unowned);
    site.unranked = all(&lots, |lot| &lot.unranked);
    let levels = site.levels.par_iter_mut().enumerate();
    levels.for_each(|(level, group)| *group = all(&lots, |lot| &lot.levels[level]));
    let owners = site.owners.par_iter_mut().enumerate();
    owners.for_each(|(at, owner)| owner.group = all(&lots, |lot| &lot.owners[at]));
    site.owners.retain(|owner| !owner.group.items.is_empty());
}

/// The groups of some documents.
#[derive(Debug, Clone)]
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
    fn with(mut self, documents: &[Document], first: u32, by_name: &FxHashMap<&str, usize>) -> Self {
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

/// One group of all lots.
fn all(lots: &[Arc<Groups>], of: impl Fn(&Groups) -> &Group) -> Group {
    let mut whole = Group::default();
    whole.items.reserve_exact(lots.iter().map(|lot| of(lot).items.len()).sum());
    for group in lots.iter().map(|lot| of(lot)) {
        whole.items.extend_from_slice(&group.items);
        whole.tally += group.tally;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{self, Vocabulary};
    use crate::source::{RelPath, Source, decode};

    fn read(text: &str) -> Vec<Item> {
        let source = Source::new(RelPath::new("a.md").unwrap(), decode::decode(text.as_bytes()).unwrap());
        reading::read(&source, crate::markdown::front_matter(&source), &Vocabulary::default()).value.items
    }

    #[test]
    fn groups_are_the_sums_of_their_leaves_and_each_document_is_asked_for_once() {
        let mut first = read("- [ ] group\n  - [x] part\n- [ ] title\n  - [ ] part\n");
        // as of a document with items above its title
        first[0].parent = Some(2);
        let second = read("- [ ] one\n- [ ] group\n  - [x] part\n");
        let counts = |sum: Tally| (sum.done(), sum.items());
        assert_eq!(sums(&first).into_iter().map(counts).collect::<Vec<_>>(), [(1, 1), (1, 1), (1, 2), (0, 1)]);
        let mut asked = Vec::new();
        let wanted = [(1, 1), (0, 2), (1, 1), (0, 0), (1, 0)];
        let wanted = wanted.map(|(document, index)| ItemId { document: DocumentId(document), index });
        let found = sums_among(wanted.into_iter(), |id| {
            asked.push(id.0);
            if id.0 == 0 { &first[..] } else { &second[..] }
        });
        assert_eq!(found.into_iter().map(counts).collect::<Vec<_>>(), [(1, 1), (1, 2), (1, 1), (1, 1), (0, 1)]);
        assert_eq!(asked, [1, 0]);
    }
}
