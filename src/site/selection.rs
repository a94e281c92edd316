//! What a rule of the gate is about.

use super::{Document, DocumentId, ItemId, Leaf, Site};
use crate::config::{Among, Config};
use crate::model::{Item, Ladder, Level, State};
use rayon::prelude::*;

/// The documents that a rule is about, or only `one` of them: checklists that count.
pub(super) fn documents(site: &Site, among: &Among, one: Option<DocumentId>) -> Vec<DocumentId> {
    let fits = |document: &Document| {
        let path = &document.source.path;
        (among.documents.is_empty() || among.documents.iter().any(|glob| glob.matches(path)))
            && among.within.as_ref().is_none_or(|glob| glob.matches(path))
    };
    let counted = |id: &DocumentId| site.document(*id).counted && fits(site.document(*id));
    match one {
        Some(id) => Some(id).into_iter().filter(counted).collect(),
        None => site.document_ids().filter(counted).collect(),
    }
}

/// An item that a rule is about, with what nearly every rule asks of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen {
    /// The item.
    pub(super) id: ItemId,
    /// Its state.
    pub(super) state: State,
    /// Its priority.
    pub(super) level: Option<Level>,
}

/// Documents that are gone through by one thread at a time.
const DOCUMENTS: usize = 256;

/// The items that a rule is about.
#[derive(Default)]
pub(super) struct Items {
    /// The leaves, in document order.
    pub(super) all: Vec<Chosen>,
    /// Whether the rule speaks of anything. "Nobody" and "no priority" may well be empty: where a rule names only
    /// them, it is enough that there are items at all.
    pub(super) any: bool,
}

/// The items that a rule is about, or only those in one document.
pub(super) fn items(site: &Site, config: &Config, among: &Among, one: Option<DocumentId>) -> Items {
    let owners: Vec<Option<&str>> =
        among.owners.iter().map(|name| name.as_deref().map(|name| known(site, config, name))).collect();
    let only_nobody = among.owners.iter().all(Option::is_none);
    let only_unranked = among.levels.iter().all(Option::is_none);
    let level = |leaf: &Leaf| among.levels.is_empty() || among.levels.contains(&leaf.level);
    let owner = |item: &Item| {
        owners.iter().any(|owner| match owner {
            Some(name) => item.owners.iter().any(|own| own == name),
            None => item.owners.is_empty(),
        })
    };
    let choose = |mut found: Items, &document: &DocumentId| {
        let checklist = &site.document(document).checklist;
        let digest = checklist.digest();
        let sets = digest.sets.iter().map(|set| owners.is_empty() || owner(&checklist.items[set.item as usize]));
        let sets: Vec<bool> = sets.collect();
        for leaf in &digest.leaves {
            let (level, owner) = (level(leaf), sets[leaf.set as usize]);
            found.any |= (only_unranked || level) && (only_nobody || owner);
            if level && owner {
                let id = ItemId { document, index: leaf.index };
                found.all.push(Chosen { id, state: leaf.state, level: leaf.level });
            }
        }
        found
    };
    let lots = documents(site, among, one);
    let lots: Vec<Items> = lots.par_chunks(DOCUMENTS).map(|lot| lot.iter().fold(Items::default(), choose)).collect();
    let mut found = Items { any: lots.iter().any(|lot| lot.any), all: Vec::new() };
    found.all.reserve_exact(lots.iter().map(|lot| lot.all.len()).sum());
    lots.iter().for_each(|lot| found.all.extend_from_slice(&lot.all));
    found
}

/// The name under which the site has an owner, whatever a rule calls it.
fn known<'a>(site: &'a Site, config: &'a Config, name: &'a str) -> &'a str {
    let name = config.owner(name);
    let folded = name.to_lowercase();
    site.owners.iter().find(|owner| owner.name.to_lowercase() == folded).map_or(name, |owner| &owner.name)
}

/// The items of a rule in words: "P0 and P1 items of @kai in launch.md".
pub(super) fn describe(among: &Among, ladder: &Ladder) -> String {
    let levels: Vec<&str> = among.levels.iter().flatten().map(|&level| ladder.step(level).key.as_str()).collect();
    let unranked = among.levels.contains(&None);
    let mut text = match (levels.is_empty(), unranked) {
        (true, true) => "items without priority".to_owned(),
        (true, false) => "items".to_owned(),
        (false, false) => format!("{} items", levels.join(" and ")),
        (false, true) => format!("items at {} or without priority", levels.join(", ")),
    };
    let owners: Vec<&str> = among.owners.iter().map(|owner| owner.as_deref().unwrap_or("nobody")).collect();
    if !owners.is_empty() {
        text.push_str(&format!(" of {}", owners.join(" or ")));
    }
    let places: Vec<&str> = among.documents.iter().chain(&among.within).map(crate::config::Glob::as_str).collect();
    if !places.is_empty() {
        text.push_str(&format!(" in {}", places.join(" or ")));
    }
    text
}
