//! Words about whole tables: which are no checklists, which rows are no items. `words.toml` tells of each list what it is for.

use super::Vocabulary;
use crate::model::State;
use crate::reading::phrase::{contains_phrase, cut_parenthesis};
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words about whole tables.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Tables {
    pub never: HashSet<String>,
    pub never_untracked: HashSet<String>,
    pub never_of_signers: HashSet<String>,
    pub signed: HashSet<String>,
    pub wanted: HashSet<String>,
    pub past: HashSet<String>,
    pub triggers: HashSet<String>,
    pub mended: HashSet<String>,
    closed: Vec<String>,
    pub unmended: HashSet<String>,
    pub environments: HashSet<String>,
    rehearsals: HashSet<String>,
    real_runs: HashSet<String>,
    pub stages: HashSet<String>,
    matches: HashSet<String>,
    pub natures: HashSet<String>,
    pub goals: HashSet<String>,
    pub asked_of: HashSet<String>,
    pub never_stateless: HashSet<String>,
    pub reference: HashSet<String>,
    pub measures: HashSet<String>,
    pub measured: HashSet<String>,
    pub addresses: HashSet<String>,
    pub never_item: HashSet<String>,
    pub metrics: HashSet<String>,
    yes: HashSet<String>,
    no: HashSet<String>,
    answers_yes: HashSet<String>,
    answers_no: HashSet<String>,
    answers_na: HashSet<String>,
    answers_doing: HashSet<String>,
    booleans: Vec<String>,
    negations: HashSet<String>,
    negations_behind: HashSet<String>,
    pub negations_glued: HashSet<String>,
    pub answers_fully: HashSet<String>,
    pub answers_partly: HashSet<String>,
    opposite_yes: HashSet<String>,
    opposite_no: HashSet<String>,
    pub self_named: Vec<String>,
    faults: Vec<String>,
    pub sums: HashSet<String>,
    pub whole: HashSet<String>,
    pub whole_of: HashSet<String>,
    pub released: HashSet<String>,
    pub no_things: HashSet<String>,
    answer: HashSet<String>,
    pub verdicts: HashSet<String>,
    pub described: HashSet<String>,
    pub weights: HashSet<String>,
    pub follows: HashSet<String>,
    pub about: HashSet<String>,
    pub described_by: HashSet<String>,
    pub named_parts: HashSet<String>,
    pub due_by_cells: HashSet<String>,
    adding: HashSet<String>,
    added: HashSet<String>,
    pub several: HashSet<String>,
    digests: HashSet<String>,
    pub kinds: HashSet<String>,
    pub releases: HashSet<String>,
    pub explaining: HashSet<String>,
    aims: HashSet<String>,
    pub whole_sums: HashSet<String>,
    pub units: HashSet<String>,
    pub grades: HashSet<String>,
    pub defining: HashSet<String>,
    pub tasks: HashSet<String>,
    pub(super) task_states: HashSet<String>,
    pub plain_status: HashSet<String>,
    pub moments: HashSet<String>,
    pub periods: HashSet<String>,
    numbered: HashSet<String>,
    turns: HashSet<String>,
    workers: HashSet<String>,
    pub spans: HashSet<String>,
    pub runs: HashSet<String>,
    /// States of what runs rather than of work.
    pub operating: HashSet<String>,
    pub logs: HashSet<String>,
    pub decisions: Vec<String>,
    counts: HashSet<String>,
    pub totals: HashSet<String>,
    pub amounts: HashSet<String>,
    pub numbers: HashSet<String>,
    pub classes: HashSet<String>,
    ticked: HashSet<String>,
    pub pass_or_fail: HashSet<String>,
    results: HashSet<String>,
    gauges: HashSet<String>,
    proofs: HashSet<String>,
    by_whom: HashSet<String>,
    pub best_items: HashSet<String>,
    pub gates: HashSet<String>,
    /// Headers over letters or numbers that name headings.
    pub lettered: HashSet<String>,
    pub gate_checks: HashSet<String>,
    areas: HashSet<String>,
    weak_items: HashSet<String>,
    pub more: HashSet<String>,
    pub duties: HashSet<String>,
    pub deeds: HashSet<String>,
    pub shown_by: HashSet<String>,
    pub work: HashSet<String>,
    pub left_over: HashSet<String>,
    pub still_left: HashSet<String>,
    pub outcomes: HashSet<String>,
    pub second_verdicts: HashSet<String>,
    pub later: HashSet<String>,
    /// Headers of what is done with work that is done.
    pub handed_over: HashSet<String>,
    pub awaited: Vec<String>,
    /// Names that begin like the words of `awaited`.
    pub awaited_names: Vec<String>,
    /// Words before those of `awaited` that speak of other things.
    pub tells_of: Vec<String>,
    pub risks: HashSet<String>,
    faulty: HashSet<String>,
    confirming: HashSet<String>,
    verifying: HashSet<String>,
    pub mends: HashSet<String>,
    pub repairs: HashSet<String>,
}

impl Tables {
    /// Whether a normalised title names faults or tasks: `Known issues`, `Launch blockers`.
    pub(in crate::reading) fn names_faults(&self, title: &str) -> bool {
        let is_in = |name: &String| match name.is_ascii() {
            true => title.split(' ').any(|word| word.starts_with(name.as_str())),
            false => title.contains(name.as_str()),
        };
        self.faults.iter().any(is_in)
    }

    /// Whether a normalised title tells of what is aimed at: `Target`, `Expected result`.
    pub(in crate::reading) fn is_aim(&self, phrase: &str) -> bool {
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        self.wanted.contains(first) && (rest.is_empty() || self.whole_of.contains(rest))
    }

    /// Whether a normalised title begins with the name of a stretch of work or of who does it: `Phase 2`, `Week 1`.
    pub(in crate::reading) fn is_period(&self, phrase: &str) -> bool {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        [&self.periods, &self.numbered, &self.workers].into_iter().any(|words| words.contains(first))
    }

    /// Whether a header names what is done by turns, as stretches of work and parts of a whole are.
    pub(in crate::reading) fn names_turn(&self, header: &str) -> bool {
        [&self.periods, &self.numbered, &self.lettered, &self.turns].into_iter().any(|words| words.contains(header))
    }

    /// Whether a normalised title has a name in which a word for "mended" says nothing of that: `Closed beta blockers`.
    pub(in crate::reading) fn names_closed(&self, title: &str) -> bool {
        self.closed.iter().any(|name| contains_phrase(title, name))
    }

    /// Whether a header asks by a word for a deed whether that was done: `Migrated`, `Patched`.
    pub(in crate::reading) fn names_deed(&self, header: &str) -> bool {
        self.stages.contains(header) || self.repairs.contains(header)
    }

    /// The same, or whether what should be alike is.
    pub(in crate::reading) fn asks_of_deeds(&self, header: &str) -> bool {
        self.names_deed(header) || self.matches.contains(header)
    }

    /// Whether a header is of answers or verdicts, which may be anything.
    pub(in crate::reading) fn is_answer(&self, header: &str) -> bool {
        self.answer.contains(header) || self.verdicts.contains(header)
    }

    /// Whether one header is the negation of another: `Not in place`.
    pub(in crate::reading) fn negates(&self, header: &str, other: &str) -> bool {
        let is_before = |no: &str| match no.strip_suffix(' ') {
            Some(no) => self.negations.contains(no),
            None => self.negations_glued.contains(no),
        };
        let is_behind = |no: &str| no.strip_prefix(' ').is_some_and(|no| self.negations_behind.contains(no));
        !other.is_empty()
            && (header.strip_suffix(other).is_some_and(is_before) || header.strip_prefix(other).is_some_and(is_behind))
    }

    /// Whether the headers of two columns to mark are each the opposite of the other: `P`, `F`.
    pub(in crate::reading) fn are_opposites(&self, one: &str, other: &str) -> bool {
        self.negates(other, one) || self.opposite_yes.contains(one) && self.opposite_no.contains(other)
    }

    /// Whether a normalised text asks for more rows: `add your own`, not `add keys`.
    pub(in crate::reading) fn adds_rows(&self, phrase: &str) -> bool {
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        self.adding.contains(first) && (rest.is_empty() || rest.split(' ').any(|word| self.added.contains(word)))
    }

    /// Whether a header is of a rehearsal, with a number or without one: `Dry run`, `Rehearsal 2`, `Rehearsal status`.
    pub(in crate::reading) fn is_rehearsal(&self, header: &str) -> bool {
        let name = cut_parenthesis(header).0.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#'));
        self.rehearsals.contains(name) || self.stage_of(name).is_some_and(|stage| self.rehearsals.contains(stage))
    }

    /// Whether a header is of the real run: `Actual`, `Live result`.
    pub(in crate::reading) fn is_real_run(&self, header: &str) -> bool {
        let name = cut_parenthesis(header).0;
        self.real_runs.contains(name) || self.is_real_status(name)
    }

    /// Whether a header is of the real run and says that it tells how that went: `Live result`, `Status cutover`.
    pub(in crate::reading) fn is_real_status(&self, header: &str) -> bool {
        self.stage_of(cut_parenthesis(header).0).is_some_and(|stage| self.real_runs.contains(stage))
    }

    /// What a header names beside a word for states or results before or behind it.
    fn stage_of<'h>(&self, header: &'h str) -> Option<&'h str> {
        let is_status = |word: &str| self.is_task_state(word) || self.results.contains(word);
        let behind = header.rsplit_once(' ').filter(|(_, last)| is_status(last)).map(|(stage, _)| stage);
        behind.or_else(|| header.split_once(' ').filter(|(first, _)| is_status(first)).map(|(_, stage)| stage))
    }

    /// Whether a header of items is one of faults by its last word: `Known issue`.
    pub(in crate::reading) fn is_fault(&self, header: &str) -> bool {
        self.faulty.contains(header) || header.rsplit(' ').next().is_some_and(|last| self.faulty.contains(last))
    }

    /// Whether a header says by its first word that its column names some of several things: `Key checks`.
    pub(in crate::reading) fn is_digest(&self, header: &str) -> bool {
        header.split_once(' ').is_some_and(|(first, _)| self.digests.contains(first))
    }

    /// Whether a header without its question mark says of a fault that it is there.
    pub(in crate::reading) fn confirms(&self, phrase: &str) -> bool {
        self.confirming.contains(phrase) || self.verifying.contains(phrase)
    }

    /// Whether such a header says as well of a fix that it works.
    pub(in crate::reading) fn may_confirm_mends(&self, header: &str) -> bool {
        self.verifying.contains(header)
    }

    /// Whether a header tells by its first or last word of what is wanted or comes next, not of what is: `Target score`.
    pub(in crate::reading) fn is_aimed(&self, header: &str) -> bool {
        let mut words = header.split(' ');
        words.next().is_some_and(|word| self.aims.contains(word))
            || words.next_back().is_some_and(|word| self.aims.contains(word))
    }

    /// Whether a word alone says that something is aimed at.
    pub(in crate::reading) fn aims_at(&self, word: &str) -> bool {
        self.aims.contains(word)
    }

    /// Whether a normalised title begins with the name of who works on something: `Agent 1`.
    pub(in crate::reading) fn is_worker(&self, phrase: &str) -> bool {
        self.workers.contains(phrase.split(' ').next().unwrap_or(phrase))
    }

    /// Whether a header is one of states in a table of tasks.
    pub(in crate::reading) fn is_task_state(&self, header: &str) -> bool {
        self.plain_status.contains(header) || self.task_states.contains(header)
    }

    /// Whether a header is of numbers of items.
    pub(in crate::reading) fn is_count(&self, header: &str) -> bool {
        self.counts.contains(header) || self.totals.contains(header)
    }

    /// Whether a header without its question mark is of a column to tick.
    pub(in crate::reading) fn is_ticked(&self, header: &str) -> bool {
        self.ticked.contains(header)
    }

    /// Whether a percentage below a header may be of anything: a result, what is so now.
    pub(in crate::reading) fn is_gauge(&self, header: &str) -> bool {
        self.results.contains(header) || self.gauges.contains(header)
    }

    /// Whether a header is of what came of a trial.
    pub(in crate::reading) fn is_result(&self, header: &str) -> bool {
        self.results.contains(header) || self.proofs.contains(header)
    }

    /// Whether a header tells of a person or a day rather than of a state: `Verified by`.
    pub(in crate::reading) fn tells_by_whom(&self, header: &str) -> bool {
        header.rsplit_once(' ').is_some_and(|(_, last)| self.by_whom.contains(last))
    }

    /// Whether a header is that of parts of a whole rather than of things to be done.
    pub(in crate::reading) fn is_area(&self, header: &str) -> bool {
        self.areas.contains(header)
    }

    /// Whether a header of items gives way to others: it names parts of a whole, or numbers what another column names.
    pub(in crate::reading) fn is_weak_item(&self, header: &str) -> bool {
        self.is_area(header) || self.weak_items.contains(header)
    }

    /// Whether a normalised cell is a mark or word for "yes".
    pub(in crate::reading) fn is_yes(&self, cell: &str) -> bool {
        matches!(cell, "x" | "o") || self.yes.contains(cell)
    }

    /// Whether a normalised answer to a question is a yes or a no.
    pub(in crate::reading) fn answer(&self, phrase: &str) -> Option<bool> {
        let is_yes = self.yes.contains(phrase);
        (is_yes || self.no.contains(phrase)).then_some(is_yes)
    }

    /// Whether a cell is a word for what a program answers, in whatever case: `True`.
    pub(in crate::reading) fn is_boolean(&self, cell: &str) -> bool {
        self.booleans.iter().any(|word| cell.eq_ignore_ascii_case(word))
    }

    /// The state that a mark below a normalised header tells, where that is an answer: `Yes`, `Fail`, `N/A`.
    pub(in crate::reading) fn answered(&self, header: &str) -> Option<State> {
        let answers = [
            (&self.yes, State::Done),
            (&self.answers_yes, State::Done),
            (&self.no, State::Open),
            (&self.answers_no, State::Open),
            (&self.answers_na, State::Na),
            (&self.answers_doing, State::Doing),
        ];
        answers.into_iter().find(|(words, _)| words.contains(header)).map(|(_, state)| state)
    }

    /// Whether a normalised text says that a row sums up the others: `Total`, `Final consolidated status`.
    pub(in crate::reading) fn is_sum(&self, phrase: &str) -> bool {
        // Few phrases begin like one.
        let is_part = |word: &str| self.whole.contains(word) || self.whole_of.contains(word);
        self.sums.contains(phrase)
            || phrase.split(' ').all(is_part)
                && phrase.split(' ').any(|word| self.whole.contains(word))
                && phrase.split(' ').next_back().is_some_and(|word| self.whole_of.contains(word))
    }
}

impl Vocabulary {
    /// The name under which a normalised header is known: that of another language, or itself.
    pub(in crate::reading) fn header<'t>(&'t self, phrase: &'t str) -> &'t str {
        self.headers.get(phrase).map_or(phrase, String::as_str)
    }
}

/// Headers by each of the words that are read as them.
pub(super) fn by_synonym(headers: BTreeMap<String, Vec<String>>) -> HashMap<String, String> {
    let pairs = |(header, words): (String, Vec<String>)| words.into_iter().map(move |word| (word, header.clone()));
    headers.into_iter().flat_map(pairs).collect()
}
