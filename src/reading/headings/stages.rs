//! Words at the ends of headings that name a stage of the work rather than tell that it is done: `Phase 3: Live`.

use super::Status;
use super::gates::{Kind, kind};
use crate::markdown::NodeId;
use crate::reading::Reader;
use crate::reading::phrase::{last_stop, normalise, without_number};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

/// The kinds of headings whose phases are named, once that was asked for.
#[derive(Default)]
pub(super) struct Stages {
    named: OnceCell<HashSet<Kind>>,
}

impl Stages {
    /// Whether the word that a heading ends with is the name of a phase beside others with names, `Phase 4: Closed` beside
    /// `Phase 1: Prepare`, or of what runs where it names: `Production — live`. In capitals it is a state.
    pub(super) fn is_name(
        &self,
        reader: &Reader<'_>,
        headings: &[(NodeId, u32)],
        (index, status): (u32, &Status),
    ) -> bool {
        let words = reader.terms.words;
        let is_quiet = status.word.contains(char::is_lowercase);
        if !is_quiet || !words.is_stage(&normalise(&status.word)) {
            return false;
        }
        let place = normalise(without_number(&status.text));
        let named = || self.named.get_or_init(|| named(reader, headings));
        words.tables.environments.contains(&place)
            || words.tables.is_period(&place) && named().contains(&kind(reader, index))
    }
}

/// The kinds of headings of which one begins with the name of a phase and ends with something else than a state.
fn named(reader: &Reader<'_>, headings: &[(NodeId, u32)]) -> HashSet<Kind> {
    let words = reader.terms.words;
    let is_named = |title: &str| {
        let stop = last_stop(title).filter(|&(at, _)| words.tables.is_period(&normalise(without_number(&title[..at]))));
        stop.is_some_and(|(_, end)| words.state(&normalise(&title[end..])).is_none())
    };
    let named = headings.iter().filter(|&&(_, index)| is_named(reader.outline.title(index)));
    named.map(|&(_, index)| kind(reader, index)).collect()
}
