//! What is asked of documents in lots, on all processors: the answer about a lot is kept while it is of the same
//! checklists.

use super::{Document, Shared};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// Documents in a lot. A save costs one lot, an answer once for each lot.
const DOCUMENTS: usize = 256;

/// The answers about the lots of a site.
#[derive(Debug)]
pub(super) struct Lots<T>(Vec<Lot<T>>);

#[derive(Debug)]
struct Lot<T> {
    checklists: Vec<Shared>,
    answer: Arc<T>,
}

impl<T> Default for Lots<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Send + Sync> Lots<T> {
    /// The answers about all lots, in order, each with the indices of its documents; `ask` gets these with the index of the first.
    /// It must look at nothing but their checklists and that index, and at what is the same for as long as the answers
    /// are kept.
    pub(super) fn answers(
        &mut self,
        documents: &[Document],
        ask: impl Fn(u32, &[Document]) -> T + Sync,
    ) -> Vec<(Range<usize>, Arc<T>)> {
        let lots = documents.len().div_ceil(DOCUMENTS);
        let new: Vec<Option<Lot<T>>> = (documents.par_chunks(DOCUMENTS).enumerate())
            .map(|(lot, documents)| match self.0.get(lot) {
                Some(known) if known.is_of(documents) => None,
                _ => {
                    let first = u32::try_from(lot * DOCUMENTS).unwrap_or(u32::MAX);
                    let checklists = documents.iter().map(|document| document.checklist.clone()).collect();
                    Some(Lot { checklists, answer: Arc::new(ask(first, documents)) })
                }
            })
            .collect();
        self.0.truncate(lots);
        for (at, lot) in new.into_iter().enumerate() {
            match (lot, self.0.get_mut(at)) {
                (Some(lot), Some(old)) => *old = lot,
                (Some(lot), None) => self.0.push(lot),
                (None, _) => {}
            }
        }
        let ranges = (0..documents.len()).step_by(DOCUMENTS);
        let ranges = ranges.map(|start| start..documents.len().min(start + DOCUMENTS));
        ranges.zip(self.0.iter().map(|lot| Arc::clone(&lot.answer))).collect()
    }
}

impl<T> Lot<T> {
    fn is_of(&self, documents: &[Document]) -> bool {
        let same = |(known, document): (&Shared, &Document)| known.is_same(&document.checklist);
        self.checklists.len() == documents.len() && self.checklists.iter().zip(documents).all(same)
    }
}
