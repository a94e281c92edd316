//! Pairs of leaves of two sites, found by what they have in common.

use crate::model::Item;
use crate::site::ids::is_prefixed;
use crate::site::{Document, ItemId};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::hash::Hash;
use std::ops::Range;

/// A leaf.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaf<'a> {
    /// Which item it is.
    pub(super) id: ItemId,
    /// What it says.
    pub(super) text: &'a str,
    /// The item.
    pub(super) item: &'a Item,
}

/// The leaves of one site that may differ from those of the other.
#[derive(Debug, Default)]
pub(super) struct Side<'a> {
    /// The leaves, in order.
    pub(super) leaves: Vec<Leaf<'a>>,
    /// Their documents by path, each with its leaves.
    pub(super) documents: Vec<(&'a Document, Range<usize>)>,
}

/// The leaves of a document before and after.
pub(super) type Pair = (Range<usize>, Range<usize>);

/// Two sites, and which leaf of one is which of the other.
#[derive(Debug)]
pub(super) struct Matcher<'a> {
    /// As it was.
    pub(super) before: Side<'a>,
    /// As it is.
    pub(super) after: Side<'a>,
    /// For each leaf before the one after.
    pub(super) partners: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<'a> Matcher<'a> {
    /// Two sites of which nothing is matched yet.
    pub(super) fn new(before: Side<'a>, after: Side<'a>) -> Self {
        let (partners, taken) = (vec![None; before.leaves.len()], vec![false; after.leaves.len()]);
        Self { before, after, partners, taken }
    }

    /// Matches two leaves, unless one of them has its partner.
    pub(super) fn join(&mut self, old: usize, new: usize) {
        if self.partners[old].is_none() && !self.taken[new] {
            self.partners[old] = Some(new);
            self.taken[new] = true;
        }
    }

    /// The leaves of a range before that have no partner.
    pub(super) fn old(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        range.filter(|&at| self.partners[at].is_none())
    }

    /// The leaves of a range after that have no partner.
    pub(super) fn new_ones(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        range.filter(|&at| !self.taken[at])
    }

    /// The documents that both sites have.
    pub(super) fn same_documents(&self) -> Vec<Pair> {
        let partner = |document: &Document| {
            let path = &document.source.path;
            let at = self.after.documents.binary_search_by(|(other, _)| other.source.path.cmp(path)).ok()?;
            Some(self.after.documents[at].1.clone())
        };
        let pairs = self.before.documents.iter();
        pairs.filter_map(|(document, range)| Some((range.clone(), partner(document)?))).collect()
    }

    /// Matches leaves of a document: those that are the same in all that names them, then by id, by text and by anchor.
    pub(super) fn in_documents(&mut self, pair: &Pair) {
        self.by(pair, |leaf| Some((leaf.item.anchor.as_str(), leaf.text)));
        self.by(pair, |leaf| leaf.item.reference.as_deref().filter(|id| is_prefixed(id)));
        self.by(pair, |leaf| Some(leaf.text));
        self.by(pair, |leaf| Some(leaf.item.anchor.as_str()).filter(|anchor| !anchor.is_empty()));
    }

    /// Matches leaves of any documents by text.
    pub(super) fn anywhere(&mut self) {
        let all = (0..self.partners.len(), 0..self.taken.len());
        self.by(&all, |leaf| Some(leaf.text).filter(|text| !text.is_empty()));
    }

    /// Matches leaves that have the same key, of several the first with the first.
    fn by<K: Hash + Eq>(&mut self, (old, new): &Pair, key: impl Fn(&Leaf<'a>) -> Option<K>) {
        let mut free: FxHashMap<K, VecDeque<usize>> = FxHashMap::default();
        for at in self.new_ones(new.clone()) {
            if let Some(key) = key(&self.after.leaves[at]) {
                free.entry(key).or_default().push_back(at);
            }
        }
        if free.is_empty() {
            return;
        }
        for at in old.clone() {
            if self.partners[at].is_none()
                && let Some(partner) = key(&self.before.leaves[at]).and_then(|key| free.get_mut(&key)?.pop_front())
            {
                self.join(at, partner);
            }
        }
    }
}
