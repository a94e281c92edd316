//! What headings and labels say about the lists and tables below them.

use super::{PhraseList, Vocabulary};
use crate::model::State;
use crate::reading::phrase::cut_parenthesis;
use crate::reading::priority::is_step;
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a heading or label says about the list or table below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::reading) enum Context {
    StatusFacts,
    Criteria,
    Evidence,
    Legend,
    Decision,
    Inverted,
    Approval,
    NotIncluded,
    Steps,
    Risk,
    /// What there is to praise, unless something of it is left to do.
    Praise,
    /// Documents that are handed in or told of, where the entries are links.
    Attached,
    /// Boxes of which one or more are picked: what kind of change this is.
    Choice,
    /// Rules of conduct: what to do and what not.
    Advice,
    /// What single words mean.
    Reference,
}

/// Some of the kinds that headings and labels are of: one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::reading) struct Contexts(u16);

impl Contexts {
    /// One of them.
    pub(super) fn one(context: Context) -> Self {
        Self(1 << context as u16)
    }

    /// These and others.
    pub(in crate::reading) fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without one of them.
    pub(in crate::reading) fn without(self, context: Context) -> Self {
        Self(self.0 & !Self::one(context).0)
    }

    /// Whether one is among them.
    pub(in crate::reading) fn has(self, context: Context) -> bool {
        self.0 & Self::one(context).0 != 0
    }
}

impl Vocabulary {
    /// Every kind that a normalised heading or label is of.
    pub(in crate::reading) fn contexts(&self, heading: &str) -> Contexts {
        let mut found = self.contexts.of_heading(heading);
        // `No go if any of these is open` lists what has to be done, not what must not be true.
        if self.phrases.is_of_no_go(heading) {
            found = found.and(Contexts::one(Context::Inverted));
        }
        // Criteria tell when all is done; what is of a level counts with that.
        if found.has(Context::Criteria) && self.begins_with_level(heading) {
            found = found.without(Context::Criteria);
        }
        // What is not planned yet has to be done all the same.
        if found.has(Context::NotIncluded) && self.phrases.so_far.stand_in(heading) {
            found = found.without(Context::NotIncluded);
        }
        let is_upright = found.has(Context::Inverted) && self.is_upright(heading);
        if is_upright { found.without(Context::Inverted) } else { found }
    }

    /// Whether a normalised heading begins with the code of a level, `P0 — must have for launch`, or is a level and an
    /// explanation of it or its code: `Critical (must have for launch)`, `Must have for launch (P0)`.
    pub(in crate::reading) fn begins_with_level(&self, heading: &str) -> bool {
        let heading =
            heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '(' | '[' | ' '));
        let first = heading.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if is_step(first) {
            return true;
        }
        let (head, inside) = cut_parenthesis(heading);
        let head = head.split([':', '—', '–']).next().unwrap_or(head).trim();
        self.level(head).is_some() && !self.contexts.of_heading(head).has(Context::Criteria)
            || inside.is_some_and(is_step) && self.mentions_level(head)
    }

    /// Whether a normalised heading or label is of a kind.
    pub(in crate::reading) fn is(&self, context: Context, heading: &str) -> bool {
        self.contexts(heading).has(context)
    }

    /// Whether a sentence about not going ahead lists what has to be done: it ends with a state that is not done, or
    /// weighs both ways (`Go/No-go criteria`).
    pub(in crate::reading) fn is_upright(&self, phrase: &str) -> bool {
        let phrase = self.phrases.without_verb(phrase);
        let starts = phrase.rmatch_indices(' ').map(|(at, _)| at + 1).take(3);
        // `Criterios de no go` names what must not be true as `No go criteria` does.
        let ends = starts.map(|at| &phrase[at..]).filter(|end| !end.ends_with("no go"));
        let ends_undone = || ends.filter_map(|end| self.state(end)).any(State::is_left);
        self.phrases.weighs_both_ways(phrase) || ends_undone() || self.phrases.tells_of_any_failing(phrase)
    }
}

/// The phrases of all contexts in one list: every heading and label is asked for all of them.
#[derive(Debug, Clone)]
pub(super) struct Announcers {
    phrases: PhraseList,
    /// The context of each phrase, and whether it is a single word.
    kinds: Vec<(Context, bool)>,
    /// Words behind a single word that leave its meaning as it is.
    joins: HashSet<String>,
    /// Words that say what they say at the end of a heading of any length.
    closings: HashSet<String>,
    /// Phrases that say so only as the whole heading.
    alone: HashSet<String>,
}

impl Announcers {
    /// The phrases of each context, the words that a single one of them may go on with, those that end headings, and those
    /// that say nothing beside other words. The error names a phrase that cannot be looked for.
    pub(super) fn of(
        contexts: BTreeMap<Context, Vec<String>>,
        [joins, closings, alone]: [HashSet<String>; 3],
    ) -> Result<Self, String> {
        let single = |phrase: &str| !phrase.contains(' ') && phrase.chars().all(|c| c <= '\u{2e80}');
        let pairs = contexts.iter().flat_map(|(context, list)| list.iter().map(|phrase| (*context, single(phrase))));
        let kinds = pairs.collect();
        let phrases: Vec<String> = contexts.into_values().flatten().collect();
        Ok(Self { phrases: phrases.try_into()?, kinds, joins, closings, alone })
    }

    /// The contexts of the phrases that stand in a heading as whole words. A single word counts when the heading is
    /// little else: three words at most that end with it, a parenthesis left out, or six that begin with it and go on
    /// with "of", "and" and the like; some say it at the end of any heading, `Launch gate readiness summary`. `Key deliverables` are no key, and a `Log review` is no log.
    pub(super) fn of_heading(&self, heading: &str) -> Contexts {
        let mut found = Contexts::default();
        self.phrases.any_in(heading, |phrase, at| {
            let kind @ (context, _) = self.kinds[phrase];
            if !found.has(context) && self.announces(kind, heading, at) {
                found = found.and(Contexts::one(context));
            }
            false
        });
        found
    }

    /// Whether a phrase of a context, which may be a single word, says so where it stands in a heading.
    fn announces(&self, (context, single): (Context, bool), heading: &str, at: Range<usize>) -> bool {
        let words = || heading.split(' ').count();
        let bare = cut_parenthesis(heading).0;
        let first = || at.start == 0 && words() <= 6 && self.goes_on(&heading[at.end..]);
        let closes = || self.closings.contains(&heading[at.clone()]);
        let last = || at.end == heading.len() && (words() <= 3 || closes());
        let edge = || first() || last() || (at.end == bare.len() && bare.split(' ').count() <= 3);
        // `Checks by release type` chooses nothing, and `Things to do` are no advice; an `API key` is no legend.
        let is_part = || !(context == Context::Choice || self.alone.contains(&heading[at.clone()]));
        let fits = at == (0..bare.len()) || at.len() > "do".len() && is_part();
        fits && (!single || edge())
    }

    /// Whether what follows a word leaves its meaning as it is: punctuation, or a word that joins.
    fn goes_on(&self, rest: &str) -> bool {
        let rest = rest.trim_start();
        !rest.starts_with(char::is_alphanumeric) || self.joins.contains(rest.split(' ').next().unwrap_or_default())
    }
}
