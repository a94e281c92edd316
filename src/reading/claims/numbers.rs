//! Percentages and counts in normalised phrases.

use crate::model::State;
use crate::reading::vocabulary::Claims;
use crate::reading::{Reader, legend::Terms};
use std::ops::Range;

/// What a mark that somebody gives to the whole is out of.
const MARKS: [&str; 2] = ["10", "100"];

/// A number, and where it stands in its phrase.
pub(super) struct Found<T> {
    pub value: T,
    pub at: Range<usize>,
}

/// A whole number of percent at most 100; `< 5 %` and `95%+` are bounds, and `80% 100%` says where it will be.
pub(super) fn percent(phrase: &str) -> Option<Found<u32>> {
    let sign = phrase.find(['%', '％'])?;
    let width = phrase[sign..].chars().next().map_or(1, char::len_utf8);
    let before = phrase[..sign].trim_end();
    let start = before
        .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let glued = before[..start].trim_end().ends_with(['<', '>', '≥', '≤', '+']);
    let behind = &phrase[sign + width..];
    let second = behind.trim_start().split(' ').next().is_some_and(|word| word.ends_with(['%', '％']));
    let number: f64 = before[start..].parse().ok()?;
    let sound = number <= 100.0 && !glued && !second && !behind.starts_with('+');
    sound.then_some(Found { value: number as u32, at: start..sign + width })
}

/// A mark out of ten or a hundred, in percent: `8.5/10`.
pub(super) fn mark(phrase: &str) -> Option<Found<u32>> {
    let slash = phrase.find('/')?;
    let digits = |c: char| !(c.is_ascii_digit() || c == '.');
    let before = phrase[..slash].trim_end();
    let start = before.rfind(digits).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let behind = phrase[slash + 1..].trim_start();
    let whole = behind.split(digits).next().filter(|whole| MARKS.contains(whole))?;
    let (given, most): (f64, f64) = (before[start..].parse().ok()?, whole.parse().ok()?);
    let end = slash + 1 + (phrase.len() - slash - 1 - behind.len()) + whole.len();
    (given <= most).then(|| Found { value: (given * 100.0 / most) as u32, at: start..end })
}

/// Whether a phrase has a mark with a decimal in it: `7.5/10`.
pub(super) fn has_decimal(phrase: &str) -> bool {
    let is_decimal = |word: &str| word.split_once('.').is_some_and(|(whole, part)| is_digits(whole) && is_digits(part));
    phrase.match_indices('/').any(|(at, _)| {
        let before = phrase[..at].trim_end();
        let start = before.rfind(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(0, |at| at + 1);
        before.get(start..).is_some_and(is_decimal)
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A count, and what the words beside it say.
pub(super) struct Count {
    pub found: Found<(u32, u32)>,
    /// Whether it counts things that are done: `4/8 conditions met`.
    pub is_of_done: bool,
}

/// "19 of 60", "14/14"; "3 of 5 regions" is no count of items, nor is "step 2 of 3", and "2/68 started" is none of what
/// is done. `8/24` behind words such as "as of" is a day.
pub(super) fn count(reader: &Reader<'_>, phrase: &str) -> Option<Count> {
    // Two numbers tell of most that they are none.
    let is_end = |pair: &[u8]| pair[0].is_ascii_digit() && !pair[1].is_ascii_digit();
    let first = phrase.as_bytes().windows(2).position(is_end)?;
    if !phrase.as_bytes()[first + 1..].iter().any(u8::is_ascii_digit) {
        return None;
    }
    let words = phrase.split([' ', '(', ')', '[', ']', ',', ':', '（', '）', '：']).filter(|word| !word.is_empty());
    // `4 out of 4`
    let words: Vec<&str> = words.filter(|word| *word != "out").collect();
    let claims = &reader.terms.words.prose.claims;
    let number = |word: &str| word.parse::<u32>().ok();
    let start = |at: usize| words[at].as_ptr() as usize - phrase.as_ptr() as usize;
    let before = |at: usize| at.checked_sub(1).map_or("", |before| words[before]);
    let spelled = words.windows(3).enumerate().find_map(|(at, three)| {
        let of = reader.terms.words.prose.hints.is_of(three[1]) && !claims.is_numbered(before(at));
        let value = Some((number(three[0])?, number(three[2])?)).filter(|_| of)?;
        let found = Found { value, at: start(at)..start(at + 2) + three[2].len() };
        behind(reader, &words[at + 3..]).map(|is_of_done| Count { found, is_of_done })
    });
    let slashed = || {
        words.iter().enumerate().find_map(|(at, word)| {
            let (done, all) = word.split_once('/')?;
            let value = (number(done)?, number(all)?);
            let is_apart = |c: char| matches!(c, ':' | '：');
            let labelled = phrase[..start(at)].trim_end().ends_with(is_apart);
            let is_of_things = words.get(at + 1).is_some_and(|noun| is_item(reader.terms, noun));
            let alone = !labelled && !is_of_things && !phrase.contains('%');
            // `All done 4/4`, `Checks completed 5/6` beside `Phase 1 completed 5/6`.
            let is_done_on = || {
                let things = words[..at].iter().any(|noun| is_item(reader.terms, noun));
                reader.terms.state(before(at)) == Some(State::Done) && value.0 != value.1 && !things
            };
            let is_day = alone && is_day(value) && (claims.days.contains(before(at)) || is_done_on());
            let found = Found { value, at: start(at)..start(at) + word.len() };
            let counts = !is_day && !claims.is_numbered(before(at));
            behind(reader, &words[at + 1..]).filter(|_| counts).map(|is_of_done| Count { found, is_of_done })
        })
    };
    let sound = |&(done, all): &(u32, u32)| done <= all && all > 0;
    spelled.or_else(slashed).filter(|count| sound(&count.found.value))
}

fn is_day((first, second): (u32, u32)) -> bool {
    first.min(second) <= 12 && first.max(second) <= 31
}

/// Whether the words behind a count let it be one of items, and then whether they say that these are done. It is of
/// nothing done where they say open, started and the like.
fn behind(reader: &Reader<'_>, words: &[&str]) -> Option<bool> {
    let (terms, claims) = (reader.terms, &reader.terms.words.prose.claims);
    let is_word = |word: &&&str| word.starts_with(char::is_alphabetic);
    let near: Vec<&str> = words.iter().take_while(is_word).take(6).copied().collect();
    let Some(first) = near.first() else { return Some(false) };
    // Words that say what kind of items may stand before them: `19 of 60 release gates`.
    let noun = near.iter().take(3).position(|noun| is_item(terms, noun));
    let known = noun.is_some()
        || claims.joins.contains(*first)
        || claims.begins_ready(first)
        || state(terms, &near, 0).is_some();
    if !known {
        return None;
    }
    let from = noun.map_or(0, |noun| noun + 1);
    let said = (from..near.len().min(from + 3)).find_map(|at| state(terms, &near, at));
    let said = said.or_else(|| (0..from).find_map(|at| state(terms, &near, at)).filter(|said| said.is_left()));
    match said {
        Some(state) if state.is_left() => None,
        said => Some(said == Some(State::Done)),
    }
}

/// The state that one word or two name, a word for "done" also in the plural of some languages: `2/7 completos`.
fn state(terms: &Terms<'_>, words: &[&str], at: usize) -> Option<State> {
    let two = words.get(at..at + 2).and_then(|two| terms.state(&two.join(" ")));
    let many = || words[at].strip_suffix('s').and_then(|one| terms.state(one)).filter(|state| *state == State::Done);
    two.or_else(|| terms.state(words[at])).or_else(many)
}

fn is_item(terms: &Terms<'_>, noun: &str) -> bool {
    terms.words.is_noun(noun) || terms.words.prose.claims.things.contains(noun)
}

/// Whether the number that ends at an offset is of what is not done: `Open blockers (2/14)`. `In progress: 3% complete`
/// is of what is.
pub(super) fn is_undone(claims: &Claims, phrase: &str, at: &Range<usize>) -> bool {
    let behind = phrase[at.end..].trim_start_matches([' ', ')', ']', '）']);
    claims.undone.stand_in(&phrase[..at.start]) && !claims.begins_ready(behind)
}

/// Whether a sentence says of the number in it that it is wanted: before it, or in the same clause.
pub(super) fn is_wanted(claims: &Claims, phrase: &str, at: &Range<usize>) -> bool {
    let clause = phrase[at.end..].find([',', ';', '(', ')', '—', '–', '（', '）', '。']);
    let end = clause.map_or(phrase.len(), |length| at.end + length);
    says_wanted(claims, &phrase[..end])
}

/// Whether a normalised text says what is wanted, or what would be.
pub(super) fn says_wanted(claims: &Claims, phrase: &str) -> bool {
    claims.wanted.stand_in(phrase)
}
