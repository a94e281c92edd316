//! Dates as people write them.

use jiff::civil::Date;

/// Months in English, which are cut as often as written out.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Months in German, Spanish, French, Portuguese, Dutch and Italian, which are written out more often than cut.
const FOREIGN_MONTHS: [&str; 6] = [
    "januar februar märz april mai juni juli august september oktober november dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
];

/// The bytes that the name of a month begins with: most words begin with none of them.
const BEGINNINGS: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < MONTHS.len() {
        table = with_beginnings(table, MONTHS[at]);
        at += 1;
    }
    let mut at = 0;
    while at < FOREIGN_MONTHS.len() {
        table = with_beginnings(table, FOREIGN_MONTHS[at]);
        at += 1;
    }
    table
};

/// A table with the bytes that words begin with: the first, and each behind a space.
const fn with_beginnings(mut table: [bool; 256], words: &str) -> [bool; 256] {
    let bytes = words.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] |= at == 0 || bytes[at - 1] == b' ';
        at += 1;
    }
    table
}

/// The first date in a text: `2026-03-01`, `2026/03/01`, `2026年3月1日`, `March 1, 2026`, `1 March 2026`, `1. März 2026`, `31.12.2026`,
/// `12/31/2026`. With slashes day and month are left where nobody can tell 03/04 from 04/03.
pub(super) fn find(text: &str) -> Option<Date> {
    place(text).map(|(_, date)| date)
}

/// The first date in a text, and the offset at which it begins.
pub(super) fn place(text: &str) -> Option<(usize, Date)> {
    if !has_year(text.as_bytes()) {
        return None;
    }
    let words = words(text);
    let in_numbers = |word: &str| if has_digit(word) { iso(word).or_else(|| year_last(word)) } else { None };
    let date = |at: usize| in_numbers(words[at]).or_else(|| spelled(&words[at..]));
    let (at, date) = (0..words.len()).find_map(|at| date(at).map(|date| (at, date)))?;
    Some((offset(text, words[at]), date))
}

/// The words of a text that may be parts of a date.
fn words(text: &str) -> Vec<&str> {
    let parts = |c: char| match c {
        ' ' | '\t'..='\r' | ',' | '(' | ')' | '*' | '`' | '_' | '|' | ';' => true,
        '（' | '）' | '，' | '、' => true,
        _ => !c.is_ascii() && c.is_whitespace(),
    };
    let words = text
        .split(parts)
        // `31 de diciembre de 2026`
        .filter(|word| !matches!(*word, "" | "de" | "of"));
    let mut list = Vec::with_capacity(text.len() / 4);
    list.extend(words);
    list
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// What looks like a date in a text without one, and the offset at which it begins: `03/04/2026`, of which nobody can tell
/// the month, `2026-02-31`, which is none, `Aug 15`, which has no year.
pub(super) fn unknown(text: &str) -> Option<(usize, &str)> {
    let is_day = |word: &str| number(word).is_some_and(|day| (1..=31).contains(&day));
    // Few texts have a number that may be a day; few words are one, and those are known before a month is.
    if !begins_number(text.as_bytes()) {
        return None;
    }
    let words = words(text);
    let numbers = words.iter().find(|word| is_in_numbers(word)).map(|word| (offset(text, word), *word));
    let found = numbers.or_else(|| {
        let near =
            |pair: &&[&str]| is_day(pair[1]) && month(pair[0]).is_some() || is_day(pair[0]) && month(pair[1]).is_some();
        let pair = words.windows(2).find(near)?;
        let (start, end) = (offset(text, pair[0]), offset(text, pair[1]) + pair[1].len());
        Some((start, &text[start..end]))
    });
    found.filter(|_| find(text).is_none())
}

/// Whether a digit in a text begins a word or a part of one.
fn begins_number(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(at) = rest.iter().position(u8::is_ascii_digit) {
        if at == 0 && rest.len() == text.len() || at > 0 && !rest[at - 1].is_ascii_alphanumeric() {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Whether a word has the numbers of a date: a day and a month, and the year before or behind them.
fn is_in_numbers(word: &str) -> bool {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut parts = word.trim_end_matches(['.', ':']).split(['/', '-', '.']);
    let (Some(first), Some(second), Some(third), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let is_short = |part: &str| (1..=2).contains(&part.len());
    let is_year = |part: &str| part.len() == 4 && part.starts_with("20");
    [first, second, third].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        && is_short(second)
        && (is_year(first) && is_short(third) || is_short(first) && is_year(third))
}

/// The date in a text, with the year of another one where it has none: `Aug 15`. Half a year or more before that one it
/// may as well be of the next.
pub(super) fn find_near(text: &str, other: Option<Date>) -> Option<Date> {
    find(text).or_else(|| {
        let other = other?;
        let (first, second) = text.trim().split_once(' ').filter(|_| text.len() < 24)?;
        let (month, day) = match (month(first), month(second)) {
            (Some(month), None) => (month, number(second)?),
            (None, Some(month)) => (month, number(first)?),
            _ => return None,
        };
        Date::new(other.year(), month, day).ok().filter(|date| other.month() - date.month() < 6)
    })
}

/// Whether four digits follow each other, as they do in every date: one of them then stands at every fourth byte.
fn has_year(text: &[u8]) -> bool {
    let is_digit = |byte: &&u8| byte.is_ascii_digit();
    let digits = |at: usize| {
        let before = text[..at].iter().rev().take_while(is_digit).count();
        before + text[at..].iter().take_while(is_digit).count()
    };
    text.chunks_exact(4).enumerate().any(|(at, four)| four[3].is_ascii_digit() && digits(at * 4 + 3) > 3)
}

/// Whether a cell holds a date and nothing else.
pub(super) fn is_date(text: &str) -> bool {
    // `Done 2026-03-01` is a state.
    let is_first = |at: usize| !text[..at].contains(char::is_alphanumeric);
    place(text).is_some_and(|(at, _)| is_first(at)) && text.split_whitespace().count() <= 4
}

fn iso(word: &str) -> Option<Date> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let word = word.split('T').next().unwrap_or(word);
    let mut parts = word.split(['-', '/', '.', '年', '月', '년', '월']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() > 2 || day.len() > 2 || parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `31.12.2026`, day first; `31/12/2026` and `12/31/2026`, where one of the two can only be the day.
fn year_last(word: &str) -> Option<Date> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let mut parts = word.split(['.', '/']);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() || first.len() > 2 || second.len() > 2 {
        return None;
    }
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let (day, month) = match word.contains('/') {
        false => (first, second),
        true if first > 12 || first == second => (first, second),
        true if second > 12 => (second, first),
        true => return None,
    };
    Date::new(year.parse().ok()?, month, day).ok()
}

fn spelled(words: &[&str]) -> Option<Date> {
    let [first, second, third, ..] = words else { return dashed(words.first()?) };
    // `2026년 3월 1일`
    if first.ends_with(['年', '년']) && second.ends_with(['月', '월']) {
        return iso(&[*first, *second, *third].concat());
    }
    has_digit(third).then_some(())?;
    let year: i16 =
        third.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok().filter(|year| (1000..=9999).contains(year))?;
    let (month, day) = match (month(first), month(second)) {
        (Some(month), _) => (month, number(second)?),
        (None, Some(month)) => (month, number(first)?),
        _ => return dashed(first),
    };
    Date::new(year, month, day).ok()
}

/// `01-Mar-2026`.
fn dashed(word: &str) -> Option<Date> {
    // Most words begin with a letter.
    word.as_bytes().first().filter(|byte| !byte.is_ascii_alphabetic())?;
    let mut parts = word.split('-');
    let (day, name, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok().filter(|year| *year > 999)?, month(name)?, number(day)?).ok()
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    // Their names have three letters or more.
    let begins = |first: &u8| BEGINNINGS[usize::from(first.to_ascii_lowercase())];
    word.as_bytes().first().filter(|first| begins(first) && word.len() > 2)?;
    let lower = word.to_lowercase();
    let position = |names: &str| names.as_bytes().split(|&byte| byte == b' ').position(|name| name == lower.as_bytes());
    let foreign = FOREIGN_MONTHS.iter().find_map(|names| position(names));
    if let Some(at) = foreign {
        return i8::try_from(at + 1).ok();
    }
    let at = MONTHS.iter().position(|name| lower.len() >= 3 && name.starts_with(&lower))?;
    i8::try_from(at + 1).ok()
}

fn number(word: &str) -> Option<i8> {
    word.as_bytes().first().filter(|first| !first.is_ascii_alphabetic())?;
    word.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{FOREIGN_MONTHS, MONTHS, month};

    #[test]
    fn every_month_of_every_land_is_known() {
        let foreign = FOREIGN_MONTHS.iter().flat_map(|names| (1..).zip(names.split(' ')));
        let unknown = |&(number, name): &(i8, &str)| {
            let upper = name[..1].to_uppercase() + &name[1..];
            month(name) != Some(number) || month(&upper) != Some(number)
        };
        assert_eq!((1..).zip(MONTHS).chain(foreign).find(unknown), None);
    }
}
