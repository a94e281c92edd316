//! What stands beside a "done" and takes it back: `(partially)`, `; EU open`, `in staging only`, `2 of 5`.

use super::legend::Terms;
use super::lines;
use super::phrase::normalise;
use super::vocabulary::Column;
use crate::model::State;

/// Whether a clause of a text beside "done" says that something is not.
pub(super) fn takes_back(terms: &Terms<'_>, text: &str) -> bool {
    clauses(text).any(|clause| {
        let phrase = normalise(clause);
        // `(?)` doubts it.
        let is_reserved = || terms.reserves(&phrase) || is_elsewhere(terms, &phrase) || fails(terms, &phrase);
        !phrase.is_empty() && (phrase == "?" || answer(terms, clause).unwrap_or_else(is_reserved))
    })
}

/// Whether a clause that asks for a state takes "done" back: what else was to be done and was not, `Verified: no`, does, and
/// what would be wrong and is not, `Blocked: no`, does not. Nothing where it asks for neither.
fn answer(terms: &Terms<'_>, clause: &str) -> Option<bool> {
    let (at, width) = lines::colons(clause).next()?;
    let value = normalise(&clause[at + width..]);
    let asked = terms.state(&normalise(&clause[..at]))?;
    match asked {
        State::Done => terms.state(&value).is_some_and(State::is_left).then_some(true),
        // `Blocked: no credentials` is none.
        _ => (asked.is_left() && !value.contains(' ') && terms.words.denies(&value)).then_some(false),
    }
}

/// Whether a phrase counts what went wrong, `3 errors`, or names what is missing so far: `no sign off yet`.
fn fails(terms: &Terms<'_>, phrase: &str) -> bool {
    let reservations = &terms.words.reservations;
    reservations.counts_failures(phrase) || reservations.is_yet(phrase) && terms.lacks(phrase)
}

/// Whether a clause of a text beside "not needed" says that it may be needed yet.
pub(super) fn may_be_needed(terms: &Terms<'_>, text: &str) -> bool {
    clauses(text).any(|clause| terms.words.reservations.may_be_needed(&normalise(clause)))
}

/// Whether a clause of a text beside "done" says that it was decided not to do it: `Closed (won't fix)`.
pub(super) fn is_refused(terms: &Terms<'_>, text: &str) -> bool {
    text.len() > 2 && clauses(text).any(|clause| terms.words.reservations.refuses(&normalise(clause)))
}

/// Whether a normalised phrase behind a tick says what was taken away, `removed flag`: not the item itself, `removed task`.
pub(super) fn is_deed(terms: &Terms<'_>, phrase: &str) -> bool {
    let words = terms.words;
    let last = words.reservations.taken_away(phrase).and_then(|object| object.rsplit(' ').next());
    last.is_some_and(|last| words.column(words.header(last)) != Some(Column::Item))
}

/// What follows a number of the same number in a phrase: `220 / 220 pass`, `12 of 12 pass`.
pub(super) fn is_all<'t>(terms: &Terms<'_>, phrase: &'t str) -> Option<&'t str> {
    let digits = phrase.bytes().take_while(u8::is_ascii_digit).count();
    let (part, rest) = phrase.split_at_checked(digits).filter(|(part, _)| part.bytes().any(|digit| digit != b'0'))?;
    let rest = rest.trim_start();
    let rest = terms.words.reservations.behind_of(rest)?.trim_start().strip_prefix(part)?;
    rest.strip_prefix(' ')
}

/// Whether a clause of a text counts others that are not done: `, 3 skipped`.
pub(super) fn counts_others(terms: &Terms<'_>, text: &str) -> bool {
    clauses(text).any(|clause| {
        let phrase = normalise(clause);
        let counted = phrase.split_once(' ').filter(|(count, _)| count.parse::<u32>().is_ok_and(|count| count > 0));
        counted.is_some_and(|(_, word)| terms.state(word).is_some_and(|state| state != State::Done))
    })
}

/// Whether a phrase says that something is so in one environment alone: `staging only`.
fn is_elsewhere(terms: &Terms<'_>, phrase: &str) -> bool {
    let words = terms.words;
    words.reservations.narrow(phrase) && phrase.split(' ').any(|word| words.tables.environments.contains(word))
}

/// Whether a clause of a text beside "done" says that only a part is.
pub(super) fn is_partial(terms: &Terms<'_>, text: &str) -> bool {
    clauses(text).any(|clause| {
        let phrase = normalise(clause);
        // `read-only` is a quality.
        is_part(terms, &phrase) && !terms.words.reservations.is_gain(&phrase)
            || !clause.contains("-only") && terms.words.reservations.narrow(&phrase)
    })
}

fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let ends = ['(', ')', '（', '）', ';', ',', '|', '→', '—', '–', '\n', '，', '、', '。', '；'];
    let parts = text.split(ends).flat_map(|part| part.split(" - "));
    parts.flat_map(|part| part.split(" / ")).flat_map(|part| part.split(". "))
}

/// Whether a phrase is a part of a whole, with a word behind it at most: `80%`, `2 of 5 regions`, `3/5`.
pub(super) fn is_part(terms: &Terms<'_>, phrase: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (part, rest) = phrase.split_at(digits(phrase));
    let rest = rest.trim_start();
    let (whole, rest) = match rest.strip_prefix('%') {
        Some(rest) => ("100", rest),
        None => match terms.words.reservations.behind_of(rest) {
            Some(rest) => rest.split_at(digits(rest)),
            None => return false,
        },
    };
    // `03/14` is a date, as three numbers are.
    let is_date = rest.starts_with('/') || part.starts_with('0') && part.len() > 1;
    let number = |text: &str| text.parse::<u64>().ok();
    let is_less = number(part).zip(number(whole)).is_some_and(|(part, whole)| part < whole);
    is_less && !is_date && rest.split_whitespace().count() <= 1
}

/// Whether a text behind a word for "passed" is a number of a hundred points: `(92/100)`.
pub(super) fn is_score(text: &str) -> bool {
    let phrase = normalise(text.trim().trim_matches(['(', ')', '[', ']', '-', '–', '—', ':', ' ']));
    phrase.strip_suffix("/100").is_some_and(|points| points.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// Whether a text behind a tick counts a part of a whole, `3/5`, `3 of 5 hosts`, `60%`, `4/5 passing`, and says no more. A
/// percentage or a fraction with other words behind it may as well be what was measured, and none of several may be faults.
pub(super) fn is_fraction(terms: &Terms<'_>, text: &str) -> bool {
    let phrase = normalise(text.trim().trim_matches(['(', ')']));
    let word = phrase.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '/' | '%' | '.' | ' '));
    let behind_of = |text: &str| terms.words.reservations.behind_of(text).is_some();
    let is_counted = word.is_empty() || behind_of(word) || terms.state(word) == Some(State::Done);
    let is_none = phrase.strip_prefix('0').is_some_and(|rest| behind_of(rest.trim_start()));
    !is_none && is_counted && is_part(terms, &phrase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::vocabulary::Vocabulary;

    #[test]
    fn parts_are_less_than_their_whole_and_no_dates() {
        let vocabulary = Vocabulary::default();
        let terms = Terms::plain(&vocabulary);
        for part in ["80%", "0 %", "2 of 5", "3/5", "2 of 5 regions", "50% complete"] {
            assert!(is_part(&terms, part), "{part}");
        }
        for other in
            ["100%", "5 of 5", "5/5", "03/14", "3/14/2026", "5% of the traffic", "1 of 3 replicas may fail", "5"]
        {
            assert!(!is_part(&terms, other), "{other}");
        }
    }
}
