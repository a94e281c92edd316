//! Words that phrases are made of, beside the names of states and levels: `words.toml` tells of each list.

use super::affixes::Prefixes;
use super::{PhraseList, first_word};
use crate::reading::phrase::{contains_phrase, split_word};
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// How a decision against going ahead is written, normalised.
const NO_GO: &str = "no go";

/// Words that phrases are made of.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Phrases {
    and: HashSet<String>,
    but: HashSet<String>,
    toward: HashSet<String>,
    aims: HashSet<String>,
    wholly: HashSet<String>,
    nearly: HashSet<String>,
    strongly: HashSet<String>,
    weighed: HashSet<String>,
    ratings: HashSet<String>,
    views: HashSet<String>,
    tails: HashSet<String>,
    pub goes_on: HashSet<String>,
    pub closings: HashSet<String>,
    pub alone: HashSet<String>,
    pub so_far: PhraseList,
    pub shows: HashSet<String>,
    pub parts_of_all: HashSet<String>,
    pub asked_for: HashSet<String>,
    both_ways: Vec<String>,
    conditions: PhraseList,
    pub success: PhraseList,
    pub failure: PhraseList,
    gates: Prefixes,
    kinds: HashSet<String>,
    version_parts: HashSet<String>,
    persons: HashSet<String>,
    deadlines: HashSet<String>,
    unfinished: HashSet<String>,
    asking: HashSet<String>,
    unshown: HashSet<String>,
    pub standing: HashSet<String>,
    explains: Prefixes,
    pub meanings: HashSet<String>,
    pub best_colours: Vec<String>,
    pub between_colours: Vec<String>,
    pub worst_colours: Vec<String>,
    flags: HashSet<String>,
    health: Vec<String>,
    verbs_behind: HashSet<String>,
    fails: HashSet<String>,
    chooses: Prefixes,
    each: HashSet<String>,
}

impl Phrases {
    /// Whether a normalised text goes on from a sign by saying what that means.
    pub(in crate::reading) fn explains(&self, text: &str) -> bool {
        self.explains.of(text).any(|(_, rest)| rest.starts_with(' '))
    }

    /// Whether a normalised text where evidence belongs says that there is none: `nothing yet`, beside the names of states.
    pub(in crate::reading) fn is_unshown(&self, phrase: &str) -> bool {
        self.unshown.contains(phrase)
    }

    /// Whether a word joins the last of several things to the others.
    pub(in crate::reading) fn is_and(&self, word: &str) -> bool {
        self.and.contains(word)
    }

    /// Whether a normalised phrase is a refusal to go ahead, and nothing else.
    pub(in crate::reading) fn is_no_go(&self, phrase: &str) -> bool {
        phrase == NO_GO || self.is_go_or_no_go(phrase)
    }

    /// Whether a normalised task is to choose one of several: `Decide the licence`.
    pub(in crate::reading) fn chooses(&self, task: &str) -> bool {
        self.chooses
            .of(task)
            .any(|(word, rest)| rest.starts_with(' ') || word.chars().any(|letter| letter > '\u{2e80}'))
    }

    /// Whether a normalised label announces signs of trouble in a document about health, in others perhaps switches: `Flags`.
    pub(in crate::reading) fn is_flags(&self, label: &str) -> bool {
        self.flags.contains(label)
    }

    /// Whether a normalised title is that of a document about the health of something.
    pub(in crate::reading) fn is_of_health(&self, title: &str) -> bool {
        self.health.iter().any(|word| title.contains(word.as_str()))
    }

    /// A normalised phrase without the verb that stands behind its state: `wenn einer nicht bereit ist`.
    pub(super) fn without_verb<'t>(&self, phrase: &'t str) -> &'t str {
        let last = phrase.rsplit_once(' ').filter(|(_, last)| self.verbs_behind.contains(*last));
        last.map_or(phrase, |(before, _)| before)
    }

    /// Whether a normalised phrase tells of any of several things that fails: they are to hold, then.
    pub(super) fn tells_of_any_failing(&self, phrase: &str) -> bool {
        let fails = phrase.rsplit_once(' ').filter(|(_, last)| self.fails.contains(*last));
        fails.is_some_and(|(before, _)| before.split(' ').any(|word| self.each.contains(word)))
    }

    /// Whether a normalised phrase is the question whether to go ahead, and nothing else.
    pub(in crate::reading) fn is_go_or_no_go(&self, phrase: &str) -> bool {
        self.both_ways.iter().any(|both| both == phrase)
    }

    /// Whether a normalised phrase begins with the question whether to go ahead.
    pub(in crate::reading) fn begins_both_ways(&self, phrase: &str) -> bool {
        self.both_ways.iter().any(|both| phrase.starts_with(both.as_str()))
    }

    /// Whether a normalised phrase has in it the question whether to go ahead.
    pub(in crate::reading) fn weighs_both_ways(&self, phrase: &str) -> bool {
        self.both_ways.iter().any(|both| phrase.contains(both.as_str()))
    }

    /// Whether a normalised heading lists what must not hold: it speaks of criteria or conditions and of "no go" alone.
    pub(in crate::reading) fn is_of_no_go(&self, heading: &str) -> bool {
        let is_alone = || !contains_phrase(&heading.replace(NO_GO, ""), "go");
        // A sentence says "no go" of what does not hold: `All criteria must be met, or it is a no-go`.
        let is_short = || heading.split(' ').count() <= 6;
        heading.contains(NO_GO) && self.conditions.stand_in(heading) && is_short() && is_alone()
    }

    /// Whether a normalised title begins like that of one of several things to be met: `Gate 2`, `Checks`.
    pub(in crate::reading) fn is_gate(&self, title: &str) -> bool {
        self.gates.of(title).next().is_some()
    }

    /// A normalised name without the kind of thing that it ends with: `security gate`.
    pub(in crate::reading) fn without_kind<'t>(&self, name: &'t str) -> &'t str {
        let mut rest = name;
        while let Some((before, _)) = rest.rsplit_once(' ').filter(|(_, last)| self.kinds.contains(*last)) {
            rest = before;
        }
        rest
    }

    /// Whether a normalised word is a part of a version number.
    pub(in crate::reading) fn is_version_part(&self, word: &str) -> bool {
        self.version_parts.contains(word)
    }

    /// The parts of a normalised phrase between words for "and".
    pub(in crate::reading) fn parts<'t>(&self, phrase: &'t str) -> impl Iterator<Item = &'t str> {
        let mut rest = Some(phrase);
        std::iter::from_fn(move || {
            let text = rest.take()?;
            let mut start = 0;
            for word in text.split(' ') {
                let end = start + word.len();
                if self.and.contains(word) {
                    rest = Some(text.get(end + 1..).unwrap_or_default());
                    return Some(text[..start].strip_suffix(' ').unwrap_or_default());
                }
                start = end + 1;
            }
            Some(text)
        })
    }

    /// The parts of a normalised phrase between words for "and", and from each word for "but" on.
    pub(in crate::reading) fn clauses(&self, phrase: &str) -> Vec<String> {
        let mut clauses: Vec<String> = Vec::new();
        for part in self.parts(phrase) {
            clauses.push(String::new());
            for word in part.split(' ') {
                match clauses.last_mut() {
                    Some(last) if !self.but.contains(word) => *last = format!("{last} {word}"),
                    _ => clauses.push(word.to_owned()),
                }
            }
        }
        clauses.into_iter().map(|clause| clause.trim().to_owned()).filter(|clause| !clause.is_empty()).collect()
    }

    /// What follows the last word for "but" in a text.
    pub(in crate::reading) fn behind_but<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut spaces = memchr::memrchr_iter(b' ', text.as_bytes());
        let mut end = spaces.next()?;
        spaces.find_map(|at| {
            let word = text[at + 1..end].trim_end_matches(',');
            let behind = &text[std::mem::replace(&mut end, at) + 1..];
            self.but.contains(word).then_some(behind)
        })
    }

    /// A normalised phrase without words that change nothing of what it says of the whole: `fully tested`,
    /// `ready for production`, `production ready`.
    pub(in crate::reading) fn bare<'t>(&self, phrase: &'t str) -> &'t str {
        let (first, rest) = phrase.split_once(' ').unwrap_or(("", phrase));
        let rest = if self.wholly.contains(first) || self.aims.contains(first) { rest } else { phrase };
        let is_toward = |end: &usize| {
            let behind = &rest[end + 1..];
            behind.split_once(' ').is_some_and(|(word, aim)| self.toward.contains(word) && self.aims.contains(aim))
        };
        let end = rest.match_indices(' ').map(|(at, _)| at).find(is_toward);
        end.map_or(rest, |end| &rest[..end])
    }

    /// Whether a normalised phrase says by its first word that what follows only nearly holds: `basically done`.
    pub(in crate::reading) fn is_nearly(&self, phrase: &str, holds: impl Fn(&str) -> bool) -> bool {
        phrase.split_once(' ').is_some_and(|(first, rest)| self.nearly.contains(first) && holds(rest))
    }

    /// A normalised phrase without a first word that makes it no other: `highly recommended`.
    pub(in crate::reading) fn unstressed<'t>(&self, phrase: &'t str) -> Option<&'t str> {
        split_word(phrase).filter(|(first, _)| self.strongly.contains(*first)).map(|(_, rest)| rest)
    }

    /// Whether levels of what a normalised word names tell how much an item matters: `risk`.
    pub(in crate::reading) fn is_weighed(&self, word: &str) -> bool {
        self.weighed.contains(word)
    }

    /// Whether a normalised word beside one for levels only says whose level is asked for: `overall`, `assessment`.
    pub(in crate::reading) fn rates(&self, word: &str) -> bool {
        self.ratings.contains(word)
    }

    /// Whether a normalised phrase only begins like the name of a level: `high level checks`.
    pub(in crate::reading) fn is_view(&self, phrase: &str) -> bool {
        let starts = phrase.match_indices(' ').map(|(at, _)| &phrase[..at]).take(2);
        starts.chain([phrase]).any(|start| self.views.contains(start))
    }

    /// Whether a normalised word and what follows it tell what a level is for: `before launch`, `by 2026-03-01`, never by
    /// whom it is asked for.
    pub(in crate::reading) fn joins_goal(&self, word: &str, goal: &str) -> bool {
        let is_aim = || self.aims.iter().any(|aim| contains_phrase(goal, aim));
        let is_time = || goal.contains(|c: char| c.is_ascii_digit()) || self.deadlines.contains(first_word(goal));
        self.tails.contains(word) && (!self.persons.contains(word) || is_time() || is_aim())
    }

    /// Whether a sentence goes on behind a normalised word: `set to`, `severity is`.
    pub(in crate::reading) fn continues(&self, word: &str) -> bool {
        self.tails.contains(word) || self.unfinished.contains(word)
    }

    /// Whether a word stands before what something is ready or wanted for.
    pub(in crate::reading) fn is_toward(&self, word: &str) -> bool {
        self.toward.contains(word)
    }

    /// Whether a normalised meaning tells of what is asked for rather than of a state: `applies here`.
    pub(in crate::reading) fn is_request(&self, meaning: &str) -> bool {
        meaning.split([' ', '/', ',', '(', ')']).any(|word| self.asking.contains(word))
    }
}
