//! Words of headings that tell states: `[sections]` of `words.toml` tells of each list.

mod ends;

use super::phrase_list::PhraseList;
use super::{Contexts, Vocabulary};
use crate::model::State;
use crate::reading::phrase::{cut_parenthesis, normalise};
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// The most words of a heading that begins as one of what waits, or speaks of what is in the way.
const WAITING_WORDS: usize = 10;

/// The most words of what things have to be done before: `before the first paid public launch`.
const AIM_WORDS: usize = 5;

/// Words of headings that tell states.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Sections {
    left: HashSet<String>,
    left_first: Vec<String>,
    asked: Vec<String>,
    waiting: HashSet<String>,
    waiting_first: Vec<String>,
    waiting_last: Vec<String>,
    left_last: Vec<String>,
    todo_first: Vec<String>,
    unmended: HashSet<String>,
    mending: HashSet<String>,
    denials: HashSet<String>,
    articles: HashSet<String>,
    conditions: HashSet<String>,
    yet: HashSet<String>,
    blockers: HashSet<String>,
    blocking: HashSet<String>,
    unblocked_first: HashSet<String>,
    unblocked_before: HashSet<String>,
    unblocked: HashSet<String>,
    other_blockers: Vec<String>,
    wanted_first: HashSet<String>,
    wanted_last: HashSet<String>,
    still_last: Vec<String>,
    before: HashSet<String>,
    ahead: HashSet<String>,
    duties_alone: HashSet<String>,
    aims: HashSet<String>,
    next: Vec<String>,
    undecided: HashSet<String>,
    door_keys: HashSet<String>,
    outcome_keys: HashSet<String>,
    told: HashSet<String>,
    sizes: HashSet<String>,
    values: HashSet<String>,
    marks: HashSet<String>,
    samples: HashSet<String>,
    templates: HashSet<String>,
    ratings: HashSet<String>,
    logs: HashSet<String>,
    prose: HashSet<String>,
    contacts: HashSet<String>,
    events: HashSet<String>,
    past: HashSet<String>,
    facts: HashSet<String>,
    options: HashSet<String>,
    duties: PhraseList,
    warnings: PhraseList,
    steps: HashSet<String>,
    stages: HashSet<String>,
}

impl Vocabulary {
    /// The state that a normalised heading names for what stands below it, one that is left or "done": `Remaining tasks`.
    pub(in crate::reading) fn section_state(&self, heading: &str) -> Option<State> {
        let heading = cut_parenthesis(heading).0;
        let asked = self.asked_for(heading);
        let heading = asked.unwrap_or(heading);
        let is_noun = |last: &str| self.is_noun(last);
        let bare = heading.rsplit_once(' ').filter(|(_, last)| is_noun(last)).map_or(heading, |(bare, _)| bare);
        let state = self.state(bare);
        let lefts = &self.sections.left;
        let is_unready = || asked.is_some() && state.is_some_and(State::is_left);
        let is_left = lefts.contains(heading) || lefts.contains(bare) || is_unready();
        if is_left || self.opens_as_left(heading) {
            Some(state.filter(|state| state.is_left()).unwrap_or(State::Open))
        } else {
            state.filter(|&state| state == State::Done)
        }
    }

    /// What a heading says that something is not: `What's not ready yet`.
    fn asked_for<'t>(&self, heading: &'t str) -> Option<&'t str> {
        let rest = self.sections.asked.iter().find_map(|asked| heading.strip_prefix(asked.as_str()))?;
        let rest = rest.strip_prefix(' ').filter(|rest| rest.starts_with("not "))?;
        Some(rest.strip_suffix(" yet").unwrap_or(rest))
    }

    /// Whether a heading names what is left before a dash and what tells no state: `Not done — read this first`. A hyphen
    /// is no longer seen in it, `Still required - by hand`, but few words say so alone.
    fn opens_as_left(&self, heading: &str) -> bool {
        let is_value = |tail: &str| self.state(tail).is_some() || self.sections.values.contains(tail);
        let parted = || heading.split_once(" — ").or_else(|| heading.split_once(" – "));
        let is_left = |(head, tail): (&str, &str)| self.sections.left.contains(head) && !is_value(tail);
        let is_parted = !heading.is_ascii() && parted().is_some_and(is_left);
        let rest = || self.sections.left_first.iter().find_map(|first| heading.strip_prefix(first.as_str()));
        is_parted || rest().is_some_and(|rest| rest.starts_with(' ') && rest.split(' ').count() <= 5)
    }

    /// Whether what stands below a normalised heading waits to be done or has to be: `Backlog`.
    pub(in crate::reading) fn waits_below(&self, heading: &str) -> bool {
        let sections = &self.sections;
        if has_few_words(heading) && self.leaves_faults(heading) {
            return true;
        }
        let heading = cut_parenthesis(heading).0;
        // There are many, and the first byte tells most of them.
        let may_be = |first: &&String| first.as_bytes().first() == heading.as_bytes().first();
        let is_first = |first: &String| {
            let rest = heading.strip_prefix(first.as_str());
            rest.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with(' ') || !first.contains(' ') && !first.is_ascii()
            })
        };
        let is_few = has_few_words(heading);
        sections.waiting.contains(heading)
            || is_few && sections.waiting_first.iter().filter(may_be).any(is_first)
            || !heading.is_ascii() && sections.waiting_last.iter().any(|last| heading.ends_with(last.as_str()))
            || is_few && (self.waits_for_aim(heading) || self.waits_ahead_of_aim(heading))
            || is_few && self.is_wanted(heading)
            || is_few && self.is_put_off(heading)
            || self.ends_as_left(heading)
    }

    /// Whether a normalised heading speaks of what is in the way, and does not take it back: `Current blockers`. Below
    /// such a title stands more than that.
    pub(in crate::reading) fn is_in_the_way(&self, heading: &str) -> bool {
        let sections = &self.sections;
        let heading = cut_parenthesis(heading).0;
        let is_aimed = |rest: std::str::Split<'_, char>| rest.take(2).any(|word| sections.aims.contains(word));
        let mut words = heading.split(' ');
        if words.clone().next().is_some_and(|first| sections.unblocked_first.contains(first)) {
            return false;
        }
        let (mut is_in_the_way, mut is_denied) = (false, false);
        while let Some(word) = words.next() {
            let denies = sections.unblocked_before.contains(word);
            if denies && !is_in_the_way || !is_denied && sections.unblocked.contains(word) {
                return false;
            }
            is_denied |= denies;
            is_in_the_way |= sections.blockers.contains(word) && !self.names_other(before(heading, word));
            is_in_the_way |= sections.blocking.contains(word) && is_aimed(words.clone());
        }
        is_in_the_way && has_few_words(heading)
    }

    /// Whether what a heading has before a word for what is in the way makes it a name of something else: `Ad blockers`.
    fn names_other(&self, before: &str) -> bool {
        let ends = |other: &String| before.strip_suffix(other.as_str());
        let mut heads = self.sections.other_blockers.iter().filter_map(ends);
        heads.any(|head| head.is_empty() || head.ends_with(' '))
    }

    /// Whether the ends of a normalised heading make what it names something that is wanted: `Required owner inputs`.
    fn is_wanted(&self, heading: &str) -> bool {
        let sections = &self.sections;
        let ends = || Some((heading.split_once(' ')?.0, heading.rsplit_once(' ')?.1));
        let is_framed =
            |(first, last): (&str, &str)| sections.wanted_first.contains(first) && sections.wanted_last.contains(last);
        ends().is_some_and(is_framed) || sections.still_last.iter().any(|last| heading.ends_with(last.as_str()))
    }

    /// Whether a normalised heading is nothing but what has to be done ahead of something: `Pre-launch tasks`.
    fn waits_ahead_of_aim(&self, heading: &str) -> bool {
        let Some((first, rest)) = heading.split_once(' ') else { return false };
        let Some((aim, duty)) = rest.split_once(' ').filter(|_| self.sections.ahead.contains(first)) else {
            return false;
        };
        self.sections.aims.contains(aim) && self.sections.duties.iter().any(|known| known == duty)
    }

    /// Whether a normalised heading ends with what its things have to be done before: `Inputs needed before the launch`.
    fn waits_for_aim(&self, heading: &str) -> bool {
        let sections = &self.sections;
        let mut words = heading.split(' ');
        let Some(until) = words.find(|word| sections.before.contains(*word)) else { return false };
        let is_short = (1..=AIM_WORDS).contains(&words.clone().count());
        // `Timeline before launch`, `Costs before launch`
        let is_duty = |head: &str| {
            let is_due = head.is_empty()
                || sections.duties_alone.contains(head)
                || sections.duties.stand_in(head) && self.contexts(head) == Contexts::default();
            is_due || self.is_next(heading)
        };
        is_short && words.any(|word| sections.aims.contains(word)) && is_duty(before(heading, until))
    }

    /// Whether a normalised heading names next steps that have to be done before something: `Next steps before launch`.
    pub(in crate::reading) fn is_next_before(&self, heading: &str) -> bool {
        self.is_next(heading) && self.waits_for_aim(heading)
    }

    /// Whether a normalised word for "done" may also name a stage of the work: `live`.
    pub(in crate::reading) fn is_stage(&self, word: &str) -> bool {
        self.sections.stages.contains(word)
    }

    /// Whether normalised words warn of something or forbid it: `do not skip`.
    pub(in crate::reading) fn warns(&self, phrase: &str) -> bool {
        self.sections.warnings.stand_in(phrase)
    }

    /// Whether the first word of a normalised heading makes it a step of what is done again and again: `Step 2`.
    pub(in crate::reading) fn is_step(&self, word: &str) -> bool {
        self.sections.steps.contains(word)
    }

    fn is_next(&self, heading: &str) -> bool {
        let is_first = |next: &String| heading.strip_prefix(next.as_str()).is_some_and(|rest| rest.starts_with(' '));
        self.sections.next.iter().any(is_first)
    }

    /// Whether a normalised last word names what is told of a thing, by itself or as a header: `Launch date`, `Owner`.
    pub(in crate::reading) fn names_fact(&self, word: &str) -> bool {
        self.tag(word).is_some() || self.sections.told.contains(self.header(word))
    }

    /// Whether a normalised text behind a state tells how large something is, and nothing else: `small`, `two days`, `3d`.
    pub(in crate::reading) fn is_size(&self, text: &str) -> bool {
        let is_amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '–' | '~');
        let is_one = |word: &str| {
            let unit = word.trim_start_matches(is_amount);
            unit.is_empty() || self.sections.sizes.contains(unit)
        };
        text.split(' ').all(is_one) && text.contains(char::is_alphabetic)
    }

    /// Whether what a normalised heading ends with leaves it open: `TBD`.
    pub(in crate::reading) fn is_undecided(&self, word: &str) -> bool {
        self.sections.undecided.contains(word)
    }

    /// Whether a normalised heading that has a number names a key rather than a legend.
    pub(in crate::reading) fn is_numbered_key(&self, heading: &str) -> bool {
        self.sections.door_keys.contains(heading)
    }

    /// Whether a status of what the heading above names stands behind a normalised key: `Verdict`.
    pub(in crate::reading) fn is_outcome_key(&self, key: &str) -> bool {
        self.sections.outcome_keys.contains(key)
    }

    /// Whether what a heading ends with, normalised, tells when, how many or of what kind rather than a state.
    pub(in crate::reading) fn is_section_value(&self, phrase: &str) -> bool {
        self.sections.values.contains(cut_parenthesis(phrase).0)
    }

    /// Whether a normalised heading names people or what has happened, and nothing else but its level: `High priority
    /// contacts`, `P1 incidents since May`, never `P1 contacts to confirm` or `P1 incidents since May still open`.
    pub(in crate::reading) fn is_record(&self, heading: &str) -> bool {
        let Sections { contacts, events, past, .. } = &self.sections;
        let is_known = |word: &str| contacts.contains(word) || events.contains(word);
        if !heading.split(|c: char| !c.is_alphanumeric()).any(is_known) {
            return false;
        }
        let is_rank = |word: &str| self.level(word).is_some() || self.tag(word) == Some(super::Tag::Priority);
        let words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !is_rank(word));
        let words: Vec<_> = words.collect();
        match words[..] {
            [word] => contacts.contains(word),
            [one, two] => events.contains(one) && past.contains(two) || past.contains(one) && events.contains(two),
            [one, two, when] => events.contains(one) && past.contains(two) && self.state(when).is_none(),
            _ => false,
        }
    }

    /// Whether a normalised title heads prose rather than something to be done: `Background`.
    pub(in crate::reading) fn is_prose_title(&self, title: &str) -> bool {
        self.sections.prose.contains(title)
    }

    /// Whether a title, also given normalised, names one of several ways to go on, by a letter or number with nothing or a
    /// stop behind it: `Option B: wait`, never `Approach 3 pilot customers`.
    pub(in crate::reading) fn is_option(&self, phrase: &str, title: &str) -> bool {
        let Some((first, rest)) = phrase.split_once(' ') else { return false };
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let is_short = || end == 1 || end == 2 && rest[..end].bytes().all(|byte| byte.is_ascii_digit());
        // A hyphen is no longer seen in a phrase.
        let is_hyphened = || {
            let name = &phrase[..first.len() + 1 + end];
            title.split_once(" - ").is_some_and(|(head, _)| normalise(head) == name)
        };
        let is_apart = || {
            let behind = rest[end..].trim_start();
            behind.is_empty() || behind.starts_with([':', '：', '-', '–', '—', '.', ')', '(', '（']) || is_hyphened()
        };
        is_short() && self.sections.options.contains(first) && is_apart()
    }

    /// Whether a normalised title only names what is told of the document: `Status`, `Document control`.
    pub(in crate::reading) fn is_facts_title(&self, title: &str) -> bool {
        self.sections.facts.contains(title) || self.tag(title) == Some(super::Tag::Status)
    }

    /// Whether a normalised word in brackets or bold beside a heading tells its state: `[FIXED]`.
    pub(in crate::reading) fn section_mark(&self, word: &str) -> bool {
        self.sections.marks.contains(word) || self.opens(word)
    }

    /// The state that a normalised word in small letters beside a heading tells of it: `(not started)`.
    pub(in crate::reading) fn section_note(&self, word: &str) -> Option<State> {
        let is_told = || {
            self.section_mark(word)
                || self.sections.left.contains(word)
                || word.contains(' ') && !self.is_section_value(word)
        };
        self.state(word).filter(|_| is_told())
    }

    /// Whether a normalised word that a title begins or ends with says how good what is shown below it is: `Good`.
    pub(in crate::reading) fn is_rating(&self, word: &str) -> bool {
        self.sections.ratings.contains(word)
    }

    /// Whether a normalised title or file name is that of a log of what was done: `Changelog`.
    pub(in crate::reading) fn is_log(&self, title: &str) -> bool {
        self.sections.logs.contains(title)
    }

    /// Whether a normalised heading says that what stands below it is filled in elsewhere or shows how that is done:
    /// `Example`, `Week of [date] - template`.
    pub(in crate::reading) fn is_sample(&self, heading: &str) -> bool {
        let ends_as_template = || heading.rsplit(' ').next().is_some_and(|last| self.sections.templates.contains(last));
        self.sections.samples.contains(heading) || heading.contains(['[', '{', '<']) && ends_as_template()
    }
}

/// What stands before a word of a heading.
fn before<'h>(heading: &'h str, word: &'h str) -> &'h str {
    heading[..word.as_ptr() as usize - heading.as_ptr() as usize].trim_end()
}

/// Whether a normalised heading has no more words than one of what waits or is in the way.
fn has_few_words(heading: &str) -> bool {
    heading.bytes().filter(|&byte| byte == b' ').count() < WAITING_WORDS
}
