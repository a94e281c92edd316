//! Words that take back a "done" beside them, and such as do not.

use super::affixes::{Prefixes, Suffixes};
use super::{Vocabulary, first_word};
use crate::model::State;
use crate::reading::phrase::normalise;
use rustc_hash::FxHashSet as HashSet;
use serde::Deserialize;

/// The words, by where they stand and what they do there: `[reservations]` of `words.toml` tells of each list.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::reading) struct Reservations {
    first: Prefixes,
    last: Suffixes,
    meant: HashSet<String>,
    guarded: HashSet<String>,
    lists: HashSet<String>,
    undecided: Prefixes,
    narrow: Suffixes,
    denials: Prefixes,
    left_things: HashSet<String>,
    left_beside: HashSet<String>,
    none: HashSet<String>,
    failures: HashSet<String>,
    yet: Suffixes,
    neutral: HashSet<String>,
    joins: HashSet<String>,
    objects: HashSet<String>,
    gains: HashSet<String>,
    scored: HashSet<String>,
    negations: HashSet<String>,
    made: HashSet<String>,
    deeds: HashSet<String>,
    omissions: HashSet<String>,
    asides: HashSet<String>,
    doubts: HashSet<String>,
    refusals: HashSet<String>,
    names: Prefixes,
    activities: HashSet<String>,
    prefixes: HashSet<String>,
    expects: HashSet<String>,
    settings: HashSet<String>,
    of: Vec<String>,
    counting: Vec<String>,
    refused_as: Vec<String>,
}

impl Reservations {
    /// Whether a normalised clause begins with words of reservation, or ends with one and is short.
    pub(in crate::reading) fn reserve(&self, clause: &str) -> bool {
        let is_short = || clause.split(' ').count() <= 4 && !self.denies(clause);
        let is_denied = || self.denials.of(clause).any(|(words, _)| words.contains(' '));
        let uncounted = self.without_count(clause);
        let clause = uncounted.as_deref().unwrap_or(clause);
        let begins = self.first.of(clause).any(|(_, rest)| is_apart(rest)) && !is_denied();
        begins || is_short() && ends_with(clause, &self.last)
    }

    /// Whether a normalised clause of a few words ends with one of reservation, `EU pending`, and neither goes on with what
    /// stands before it, `or stay open`, `late or blocked`, nor says what is meant to be so, `port 22 blocked`.
    pub(in crate::reading) fn ends_reserved(&self, clause: &str) -> bool {
        let is_reserved = (2..=4).contains(&clause.split(' ').count()) && ends_with(clause, &self.last);
        is_reserved && {
            let (before, last) = clause.rsplit_once(' ').unwrap_or_default();
            let is_listed = before.rsplit(' ').next().is_some_and(|word| self.lists.contains(word));
            let is_meant = self.meant.contains(last) && self.is_guarded(before);
            !(is_listed || is_meant || self.asides.contains(first_word(clause)) || self.denies(clause))
        }
    }

    /// Whether a normalised name is that of something to be shut, with its number at most: `port 22`. More words, and a
    /// count before it, tell of some that should not be so: `2 ports`, `remaining ports`.
    fn is_guarded(&self, name: &str) -> bool {
        let (thing, number) = name.split_once(' ').unwrap_or((name, ""));
        self.guarded.contains(thing) && !number.contains(|c: char| c.is_alphabetic() || c == ' ')
    }

    /// A clause without the number of what it reserves: `with 2 known bugs`.
    fn without_count(&self, clause: &str) -> Option<String> {
        let counted = behind(&self.counting, clause)?;
        let (count, rest) = counted.split_once(' ')?;
        let word = &clause[..clause.len() - counted.len()];
        let is_count = count.bytes().all(|byte| byte.is_ascii_digit()) && count.bytes().any(|byte| byte != b'0');
        is_count.then(|| format!("{word}{rest}"))
    }

    /// What stands behind a word between a part and its whole, `of 5`, or behind a slash.
    pub(in crate::reading) fn behind_of<'t>(&self, rest: &'t str) -> Option<&'t str> {
        behind(&self.of, rest).or_else(|| rest.strip_prefix('/'))
    }

    /// Whether a normalised clause beside "done" says that it was decided not to do it: `won't fix`, `as not planned`.
    pub(in crate::reading) fn refuses(&self, clause: &str) -> bool {
        self.refusals.contains(behind(&self.refused_as, clause).unwrap_or(clause))
    }

    /// Whether a normalised phrase begins with a name that begins like a state: `open source`.
    pub(in crate::reading) fn names(&self, phrase: &str) -> bool {
        self.names.of(phrase).any(|(_, rest)| is_apart(rest))
    }

    /// Whether a normalised word with a hyphen behind it is part of another word: `non` of `non-profit`.
    pub(in crate::reading) fn is_prefix(&self, word: &str) -> bool {
        self.prefixes.contains(word)
    }

    /// What a normalised phrase says of an activity that is a state by itself: `review done`.
    pub(in crate::reading) fn behind_activity<'t>(&self, phrase: &'t str) -> Option<&'t str> {
        phrase.split_once(' ').filter(|(word, _)| self.activities.contains(*word)).map(|(_, rest)| rest)
    }

    /// Whether a normalised clause denies what it names: `no open points`, `0 failed`.
    pub(super) fn denies(&self, clause: &str) -> bool {
        self.denials.of(clause).any(|(_, rest)| is_apart(rest))
    }

    /// Whether a normalised clause denies something and names nothing but what may be left at all, and words of the heading
    /// above it: `no open points`, `none`, but not `no backups`.
    fn denies_all(&self, clause: &str, heading: &str, is_left: impl Fn(&str) -> bool) -> bool {
        let is_thing = |word: &str| self.left_things.contains(word) || is_left(word);
        let is_of_heading = |word: &str| heading.split(' ').any(|other| other == word);
        let is_known = |word: &str| is_thing(word) || self.left_beside.contains(word) || is_of_heading(word);
        // `Nothing to report` needs no thing.
        let is_whole = |(denial, rest): (&str, &str)| {
            let rest = rest.trim();
            let words = || rest.split(' ');
            let has_thing = words().any(is_thing) || !self.none.contains(denial);
            rest.is_empty() || words().all(is_known) && has_thing
        };
        self.denials.of(clause).filter(|(_, rest)| is_apart(rest)).any(is_whole)
    }

    /// What a normalised clause says that there is none of: `no sign off`, `none of the hosts`.
    pub(in crate::reading) fn behind_none<'t>(&self, clause: &'t str) -> Option<&'t str> {
        let (first, rest) = clause.split_once(' ')?;
        self.behind_of(rest).filter(|_| self.denies(first)).or_else(|| self.none.contains(first).then_some(rest))
    }

    /// Whether a normalised clause ends by saying that it will not stay so: `no sign off yet`.
    pub(in crate::reading) fn is_yet(&self, clause: &str) -> bool {
        ends_with(clause, &self.yet)
    }

    /// Whether a normalised clause is a number of what went wrong: `3 errors`.
    pub(in crate::reading) fn counts_failures(&self, clause: &str) -> bool {
        let counted = clause.split_once(' ').filter(|(_, word)| self.failures.contains(*word));
        counted.is_some_and(|(count, _)| count.parse::<u32>().is_ok_and(|count| count > 0))
    }

    /// Whether a normalised phrase ends with a word that narrows it: `in staging only`.
    pub(in crate::reading) fn narrow(&self, phrase: &str) -> bool {
        ends_with(phrase, &self.narrow)
    }

    /// Whether a normalised clause leaves it open whether something is needed: `until launch`.
    pub(in crate::reading) fn may_be_needed(&self, clause: &str) -> bool {
        self.undecided.of(clause).any(|(_, rest)| is_apart(rest))
    }

    /// What a normalised clause says not to be so: `not broken`.
    pub(in crate::reading) fn negated<'t>(&self, clause: &'t str) -> Option<&'t str> {
        clause.split_once(' ').filter(|(word, _)| self.negations.contains(*word)).map(|(_, rest)| rest)
    }

    /// Whether a normalised phrase ends with a word for what was won: `50% faster`.
    pub(in crate::reading) fn is_gain(&self, phrase: &str) -> bool {
        phrase.rsplit_once(' ').is_some_and(|(_, last)| self.gains.contains(last))
    }

    /// Whether a number of points may follow a normalised word for "done": `Passed (92/100)`.
    pub(in crate::reading) fn is_scored(&self, word: &str) -> bool {
        self.scored.contains(word)
    }

    /// Whether a normalised phrase names a state that says nothing against "done" beside it.
    pub(super) fn is_neutral(&self, phrase: &str) -> bool {
        self.neutral.contains(phrase)
    }

    /// Whether a normalised word that ends the text of an item mostly names what it is about: `Colour of the logo: red`.
    pub(in crate::reading) fn is_object(&self, word: &str) -> bool {
        self.objects.contains(word)
    }

    /// Whether a normalised word for "done" says with others behind it what something is: `built on two queues`.
    pub(in crate::reading) fn is_made(&self, word: &str) -> bool {
        self.made.contains(word)
    }

    /// Whether a normalised phrase goes on behind a word for "not needed" that behind a tick may tell what was done.
    pub(in crate::reading) fn begins_with_deed(&self, phrase: &str) -> bool {
        phrase.split_once(' ').is_some_and(|(first, _)| self.deeds.contains(first) || self.omissions.contains(first))
    }

    /// What a normalised phrase says was taken away, when it says that plainly: `removed flag`, not `removed from scope`.
    pub(in crate::reading) fn taken_away<'t>(&self, phrase: &'t str) -> Option<&'t str> {
        let (_, object) = phrase.split_once(' ').filter(|(first, _)| self.deeds.contains(*first))?;
        let is_object = !self.asides.contains(first_word(object)) && !object.split(' ').any(|word| self.doubt(word));
        is_object.then_some(object)
    }

    /// Whether a normalised word may take back the "done" that it stands somewhere behind: `and nobody was called`.
    pub(in crate::reading) fn doubt(&self, word: &str) -> bool {
        self.doubts.contains(word) || self.negations.contains(word)
    }

    /// Whether what follows a normalised word is what is to be seen there: `Verify: ✅`.
    pub(in crate::reading) fn expects(&self, word: &str) -> bool {
        self.expects.contains(word)
    }

    /// Whether a normalised word says that a state beside it is the value of a setting: `pending (default)`.
    pub(in crate::reading) fn sets(&self, word: &str) -> bool {
        self.settings.contains(word)
    }

    /// Whether a normalised word joins a name, day or place to the state before it: `Done by`, `erledigt am`.
    pub(in crate::reading) fn join(&self, word: &str) -> bool {
        self.joins.contains(word)
    }
}

impl Vocabulary {
    /// Whether a normalised phrase names a state or level and says nothing against "done" beside it: `(required)`, `(v2)`.
    pub(in crate::reading) fn is_neutral(&self, phrase: &str) -> bool {
        self.reservations.is_neutral(phrase) || self.level(phrase).is_some()
    }

    /// Whether a normalised phrase behind ✅ is a remark though it begins with the word of a state: `No missing alerts`.
    pub(in crate::reading) fn is_remark(&self, phrase: &str) -> bool {
        let begins_neutral = || self.reservations.denies(phrase) || self.is_neutral(first_word(phrase));
        self.is_neutral(phrase) || phrase.contains(' ') && begins_neutral()
    }

    /// Whether a normalised text says that there is none of what would be wrong: `no blockers`.
    pub(in crate::reading) fn denies(&self, phrase: &str) -> bool {
        self.reservations.denies(phrase)
    }

    /// Whether the text of an entry says that there is nothing left: `None`, `No open blockers (as of today)`. What stands
    /// behind the first clause may take that back: `No blockers, but no key`. `heading` is the one above it, normalised.
    pub(in crate::reading) fn names_nothing(&self, heading: &str, text: &str) -> bool {
        let is_end = |c: char| matches!(c, '(' | '（' | '—' | '–' | ':' | '：' | ';' | ',' | '，' | '.' | '。');
        let (clause, rest) = text.split_at(text.find(is_end).unwrap_or(text.len()));
        let (clause, rest) = (normalise(clause), normalise(rest));
        let is_left = |word: &str| self.state(word).is_some_and(State::is_left) || self.level(word).is_some();
        let is_nothing =
            || self.reservations.denies_all(&clause, heading, is_left) || self.tables.no_things.contains(&clause);
        let takes_back = |word: &str| self.reservations.doubt(word) || is_left(word);
        // `No. 4 buoy`, `No: the key is lost`
        let is_whole = rest.is_empty() || !self.reservations.none.contains(&clause);
        is_whole && is_nothing() && !rest.split(' ').any(takes_back)
    }
}

/// What stands behind the one of a few words that a phrase begins with.
fn behind<'t>(words: &[String], phrase: &'t str) -> Option<&'t str> {
    words.iter().find_map(|word| phrase.strip_prefix(word.as_str())?.strip_prefix(' '))
}

/// Whether what follows some words shows that they were whole; scripts without spaces go on behind them.
fn is_apart(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() && c < '\u{2e80}')
}

/// Whether a phrase ends with one of some words and has more before it.
fn ends_with(phrase: &str, words: &Suffixes) -> bool {
    words.before(phrase).any(|rest| rest.ends_with(|c: char| c == ' ' || c > '\u{2e80}'))
}
