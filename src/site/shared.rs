//! A checklist that sites share, with what is summed up of it once. A preview puts a site together at each save, and
//! most checklists are as they were: what is asked of every item of the site is asked of these sums instead.

use crate::model::{Checklist, ItemKind, Level, State, Tally};
use jiff::civil::Date;
use rustc_hash::FxHasher;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A checklist. Cloning it shares it; [`Shared::edit`] gives whoever changes it a copy of their own.
#[derive(Debug, Clone)]
pub struct Shared(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    checklist: Checklist,
    digest: OnceLock<Digest>,
}

/// What is summed up of a checklist.
#[derive(Debug, Default)]
pub struct Digest {
    /// The leaves, in order.
    pub leaves: Vec<Leaf>,
    /// The sums of the levels, up to the last that is in use.
    pub levels: Vec<Tally>,
    /// The sum of the leaves without level.
    pub unranked: Tally,
    /// The spellings of owners in order of appearance, each with the index of the first item that has it. They stand
    /// here once more because this is a fraction of the memory that the items are spread over.
    pub owners: Vec<(Box<str>, u32)>,
    /// The different sets of owners in order of appearance.
    pub sets: Vec<OwnerSet>,
    /// For each item its set, by index into `sets`.
    pub set_of: Vec<u32>,
    /// The first item that is the document as a whole.
    pub page: Option<u32>,
    /// The items that have an id.
    pub references: Vec<u32>,
    /// The first due date.
    pub due: Option<Date>,
    /// A hash of all that a search finds: title, tags, headings and leaves.
    pub hash: u64,
}

/// Owners that some items have together.
#[derive(Debug)]
pub struct OwnerSet {
    /// The first item that has them.
    pub item: u32,
    /// By index into [`Digest::owners`], as the items have them.
    pub owners: Box<[u32]>,
}

/// A leaf of a checklist: what it is counted by.
#[derive(Debug, Clone, Copy)]
pub struct Leaf {
    /// Index into [`Checklist::items`].
    pub index: u32,
    /// Its owners, by index into [`Digest::sets`].
    pub set: u32,
    /// Its state.
    pub state: State,
    /// Its priority.
    pub level: Option<Level>,
}

impl Shared {
    /// Shares a checklist.
    #[must_use]
    pub fn new(checklist: Checklist) -> Self {
        Self(Arc::new(Inner { checklist, digest: OnceLock::new() }))
    }

    /// What is summed up of it.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        self.0.digest.get_or_init(|| Digest::of(&self.0.checklist))
    }

    /// The checklist to change. Its sums are taken again when they are next asked for.
    pub(super) fn edit(&mut self) -> &mut Checklist {
        let inner = Arc::make_mut(&mut self.0);
        inner.digest = OnceLock::new();
        &mut inner.checklist
    }
}

// A copy is made to be changed: it begins without sums.
impl Clone for Inner {
    fn clone(&self) -> Self {
        Self { checklist: self.checklist.clone(), digest: OnceLock::new() }
    }
}

impl Deref for Shared {
    type Target = Checklist;

    fn deref(&self) -> &Checklist {
        &self.0.checklist
    }
}

impl Digest {
    fn of(checklist: &Checklist) -> Self {
        let mut digest = Self { hash: hash(checklist), ..Self::default() };
        let mut known = Known::default();
        for (index, item) in (0..).zip(&checklist.items) {
            let set = digest.set(&mut known, index, &item.owners);
            digest.set_of.push(set);
            if item.kind == ItemKind::Document && digest.page.is_none() {
                digest.page = Some(index);
            }
            digest.references.extend(item.reference.is_some().then_some(index));
            digest.due = digest.due.into_iter().chain(item.due).min();
            if !item.group {
                digest.leaves.push(Leaf { index, set, state: item.state, level: item.level });
                *digest.level(item.level) += Tally::one(item.state);
            }
        }
        digest
    }

    /// The set of the owners of an item.
    fn set<'a>(&mut self, known: &mut Known<'a>, item: u32, owners: &'a [String]) -> u32 {
        // items inherit: mostly it is the one that the item before has
        if let Some((before, set)) = known.last
            && before == owners
        {
            return set;
        }
        let set = known.sets.get(owners).copied().unwrap_or_else(|| {
            let owners = owners.iter().map(|name| *known.owners.entry(name).or_insert_with(|| self.owner(name, item)));
            let owners = owners.collect();
            self.sets.push(OwnerSet { item, owners });
            number(self.sets.len() - 1)
        });
        known.sets.insert(owners, set);
        known.last = Some((owners, set));
        set
    }

    /// Adds a spelling of an owner.
    fn owner(&mut self, name: &str, item: u32) -> u32 {
        self.owners.push((name.into(), item));
        number(self.owners.len() - 1)
    }

    fn level(&mut self, level: Option<Level>) -> &mut Tally {
        let Some(Level(step)) = level else { return &mut self.unranked };
        let step = usize::from(step);
        if self.levels.len() <= step {
            self.levels.resize(step + 1, Tally::default());
        }
        &mut self.levels[step]
    }
}

/// The owners and sets of owners met so far, by index.
#[derive(Default)]
struct Known<'a> {
    owners: HashMap<&'a str, u32>,
    sets: HashMap<&'a [String], u32>,
    last: Option<(&'a [String], u32)>,
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn hash(checklist: &Checklist) -> u64 {
    let mut hasher = FxHasher::default();
    (&checklist.title, &checklist.front.tags).hash(&mut hasher);
    checklist.headings.iter().for_each(|heading| (&heading.title, &heading.anchor).hash(&mut hasher));
    for item in checklist.items.iter().filter(|item| !item.group) {
        (&item.text, &item.anchor, item.state, item.level, item.section).hash(&mut hasher);
        (&item.owners, item.due, &item.reference).hash(&mut hasher);
    }
    hasher.finish()
}
