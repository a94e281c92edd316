//! What headings and labels say about the lists and tables below them.

use super::Vocabulary;
use crate::model::State;
use crate::reading::phrase::{cut_parenthesis, is_bounded};
use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;
use std::collections::BTreeMap;

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
        self.kinds(heading).fold(Contexts::default(), |all, found| all.and(Contexts::one(found)))
    }

    /// Whether a normalised heading or label is of a kind.
    pub(in crate::reading) fn is(&self, context: Context, heading: &str) -> bool {
        self.kinds(heading).any(|found| found == context)
    }

    fn kinds<'t>(&'t self, heading: &'t str) -> impl Iterator<Item = Context> + 't {
        // `No go if any of these is open` lists what has to be done, not what must not be true.
        let no_go = self.phrases.is_of_no_go(heading).then_some(Context::Inverted);
        let found = self.contexts.of_heading(heading).chain(no_go);
        found.filter(|&context| context != Context::Inverted || !self.is_upright(heading))
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

/// The phrases of all contexts in one automaton: every heading and label is asked for all of them.
#[derive(Debug, Clone)]
pub(super) struct Announcers {
    automaton: AhoCorasick,
    /// The context of each pattern, and whether it is a single word.
    patterns: Vec<(Context, bool)>,
    /// Words behind a single word that leave its meaning as it is.
    joins: HashSet<String>,
    /// Words that say what they say at the end of a heading of any length.
    closings: HashSet<String>,
    /// Phrases that say so only as the whole heading.
    alone: HashSet<String>,
}

impl Announcers {
    /// The phrases of each context, the words that a single one of them may go on with, those that end headings, and those
    /// that say nothing beside other words.
    pub(super) fn of(
        contexts: &BTreeMap<Context, Vec<String>>,
        [joins, closings, alone]: [HashSet<String>; 3],
    ) -> Self {
        let phrases = || contexts.iter().flat_map(|(context, list)| list.iter().map(|phrase| (*context, phrase)));
        let single = |phrase: &str| !phrase.contains(' ') && phrase.chars().all(|c| c <= '\u{2e80}');
        #[expect(clippy::expect_used, reason = "building fails only beyond 2^31 states")]
        let automaton = AhoCorasick::new(phrases().map(|(_, phrase)| phrase)).expect("a few hundred phrases fit");
        Self {
            automaton,
            patterns: phrases().map(|(context, phrase)| (context, single(phrase))).collect(),
            joins,
            closings,
            alone,
        }
    }

    /// The contexts of the phrases that stand in a heading as whole words. A single word counts when the heading is
    /// little else: three words at most that end with it, a parenthesis left out, or six that begin with it and go on
    /// with "of", "and" and the like; some say it at the end of any heading, `Launch gate readiness summary`. `Key deliverables` are no key, and a `Log review` is no log.
    pub(super) fn of_heading<'t>(&'t self, heading: &'t str) -> impl Iterator<Item = Context> + 't {
        let words = heading.split(' ').count();
        let bare = cut_parenthesis(heading).0;
        self.automaton.find_overlapping_iter(heading).filter_map(move |found| {
            let (context, single) = self.patterns[found.pattern().as_usize()];
            let first = found.start() == 0 && words <= 6 && self.goes_on(&heading[found.end()..]);
            let closes = || self.closings.contains(&heading[found.range()]);
            let last = found.end() == heading.len() && (words <= 3 || closes());
            let edge = first || last || (found.end() == bare.len() && bare.split(' ').count() <= 3);
            let whole = is_bounded(heading, found.start()..found.end());
            // `Checks by release type` chooses nothing, and `Things to do` are no advice; an `API key` is no legend.
            let is_part = || !(context == Context::Choice || self.alone.contains(&heading[found.range()]));
            let fits = found.range() == (0..bare.len()) || found.len() > "do".len() && is_part();
            (whole && fits && (!single || edge)).then_some(context)
        })
    }

    /// Whether what follows a word leaves its meaning as it is: punctuation, or a word that joins.
    fn goes_on(&self, rest: &str) -> bool {
        let rest = rest.trim_start();
        !rest.starts_with(char::is_alphanumeric) || self.joins.contains(rest.split(' ').next().unwrap_or_default())
    }
}
