//! Documents that were renamed or moved: what is gone in one place and says the same in another.

use super::matcher::{Matcher, Pair, Side};
use crate::site::Document;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Documents that may say the same thing before it tells nothing of them any more.
const COMMON: usize = 16;

/// The documents that are gone, each with the new one that says most of what it said: half of it at least.
pub(super) fn moved(matcher: &Matcher<'_>) -> Vec<Pair> {
    let gone = only_in(&matcher.before, &matcher.after);
    let new = only_in(&matcher.after, &matcher.before);
    if gone.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let mut holders: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, (_, range)) in new.iter().enumerate() {
        for text in matcher.new_ones(range.clone()).map(|leaf| matcher.after.leaves[leaf].text) {
            let holders = holders.entry(text).or_default();
            if holders.last() != Some(&at) && holders.len() <= COMMON {
                holders.push(at);
            }
        }
    }
    let mut taken = vec![false; new.len()];
    let mut pairs = Vec::new();
    for (_, range) in gone {
        let mut votes = Vec::new();
        let leaves: Vec<usize> = matcher.old(range.clone()).collect();
        for &leaf in &leaves {
            let holders = holders.get(matcher.before.leaves[leaf].text).filter(|holders| holders.len() <= COMMON);
            votes.extend(holders.into_iter().flatten().copied().filter(|&at| !taken[at]));
        }
        if let Some((at, count)) = most(votes)
            && count * 2 >= leaves.len()
        {
            taken[at] = true;
            pairs.push((range, new[at].1.clone()));
        }
    }
    pairs
}

/// The documents of one side that the other does not have.
fn only_in<'a>(side: &Side<'a>, other: &Side<'_>) -> Vec<(&'a Document, Range<usize>)> {
    let is_there = |document: &Document| {
        let path = &document.source.path;
        other.documents.binary_search_by(|(of, _)| of.source.path.cmp(path)).is_ok()
    };
    side.documents.iter().filter(|(document, _)| !is_there(document)).cloned().collect()
}

/// The most frequent vote, of several the smallest, and how many it has.
fn most(mut votes: Vec<usize>) -> Option<(usize, usize)> {
    votes.sort_unstable();
    let counted = votes.chunk_by(|one, other| one == other).map(|run| (run[0], run.len()));
    counted.max_by_key(|&(at, count)| (count, std::cmp::Reverse(at)))
}
