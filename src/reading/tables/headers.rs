//! What the headers of a table say that its columns hold.

use super::boxes;
use crate::model::{Level, State};
use crate::reading::legend::Terms;
use crate::reading::phrase::{cut_parenthesis, normalise};
use crate::reading::priority::{self, Priority};
use crate::reading::vocabulary::{Column, Tag, Vocabulary};
use crate::reading::{date, status};
use std::borrow::Cow;

/// The most bytes of words that end like participles and are none: `feed`, `speed`.
const PARTICIPLE: usize = 5;

/// A header without what stands in parentheses and a question mark.
pub(super) fn asked(header: &str) -> &str {
    cut_parenthesis(header).0.trim_end_matches(['?', '？', ' '])
}

/// Whether a header asks by its last word whether something is done: `Tested?`, `Crew done`.
pub(super) fn asks_whether_done(terms: &Terms<'_>, header: &str) -> bool {
    let asked = asked(header);
    terms.state(asked.rsplit(' ').next().unwrap_or(asked)) == Some(State::Done)
}

/// Whether a header asks of each row whether something was done to it or holds of it: `Migrated?`, `Patched`, `Match`. Some
/// participles tell what things are like: `Shared`.
pub(super) fn asks_of_deeds(terms: &Terms<'_>, header: &str) -> bool {
    let (tables, asked) = (&terms.words.tables, asked(header));
    let is_participle = || asked.ends_with("ed") && asked.len() > PARTICIPLE && !asked.contains(' ');
    tables.asks_of_deeds(asked) || is_participle() && !tables.natures.contains(asked)
}

/// What a header asks for that may ask for a level by yes or no: `Required?`.
#[derive(Clone, Copy)]
pub(super) struct Asked<'h> {
    asked: &'h str,
    level: Level,
}

impl<'h> Asked<'h> {
    pub(super) fn of(terms: &Terms<'_>, header: &'h str) -> Option<Self> {
        let asked = asked(header);
        Some(Self { asked, level: priority::asked(terms.words, asked)? })
    }
}

/// The level that a header asks for by yes or no, `Required?`, where most of the cells below it answer: each that says
/// yes is of that level. Letters that a legend explains are answers too.
pub(super) fn level_asked<'c>(
    terms: &Terms<'_>,
    Asked { asked, level }: Asked<'_>,
    cells: impl Iterator<Item = &'c str>,
) -> Option<Priority> {
    let (mut answers, mut others) = (0, 0);
    for cell in cells.map(str::trim).filter(|cell| cell.chars().any(|c| !matches!(c, '-' | '–' | '—' | ' '))) {
        let is_answer = answer(terms, cell).is_some() || terms.level(cell).is_some();
        *(if is_answer { &mut answers } else { &mut others }) += 1;
    }
    (answers > others).then(|| Priority { level, text: asked.into() })
}

/// Whether most cells of a column that say anything say a level.
pub(super) fn tells_levels<'c>(terms: &Terms<'_>, cells: impl Iterator<Item = &'c str>) -> bool {
    let filled = cells.filter(|cell| cell.chars().any(char::is_alphanumeric));
    let (levels, others): (Vec<_>, Vec<_>) = filled.partition(|cell| priority::stated(terms, cell).is_some());
    levels.len() > others.len()
}

/// Whether cells of a column are the first letters of high, medium and low, which no legend explains otherwise, among
/// nothing but levels; an M alone may be a "must".
pub(super) fn is_by_letter<'c>(terms: &Terms<'_>, cells: impl Iterator<Item = &'c str>) -> bool {
    let mut told = false;
    for cell in cells.map(str::trim).filter(|cell| cell.chars().any(char::is_alphanumeric)) {
        let letter = priority::letter(terms, cell).filter(|_| terms.level(cell).is_none());
        if letter.is_none() && priority::value(terms, cell).is_none() {
            return false;
        }
        told |= letter.is_some() && !cell.eq_ignore_ascii_case("m");
    }
    told
}

/// Whether a column tells levels though its header does not say so: all cells that say anything are `P0` to `P4`, and they
/// do not number phases; or the header asks what kind of thing each is, and all of them answer by levels.
pub(super) fn names_levels<'c, C: Iterator<Item = &'c str>>(
    terms: &Terms<'_>,
    header: &str,
    cells: impl Fn() -> C,
) -> bool {
    let tables = &terms.words.tables;
    let is_level =
        |cell: &str| matches!(cell.as_bytes(), [b'P' | b'p', b'0'..=b'4']) && priority::value(terms, cell).is_some();
    let mut filled = cells().map(str::trim).filter(|cell| cell.chars().any(char::is_alphanumeric)).peekable();
    filled.peek().is_some() && filled.all(is_level) && !tables.is_period(header)
        || tables.kinds.contains(header) && are_levels(terms, cells())
}

/// Whether all cells that say anything name levels in words, two at least and one of them urgent, other than the kinds of
/// releases: `Blocker` and `Medium`, not `Major` and `Minor`.
fn are_levels<'c>(terms: &Terms<'_>, cells: impl Iterator<Item = &'c str>) -> bool {
    let (mut first, mut differ, mut urgent, mut named) = (None, false, false, false);
    for cell in cells.filter(|cell| cell.chars().any(char::is_alphanumeric)) {
        let Some(found) = priority::stated(terms, cell) else { return false };
        differ |= *first.get_or_insert(found.level) != found.level;
        urgent |= found.level <= Level(1);
        named |= !terms.words.tables.releases.contains(&normalise(&found.text));
    }
    differ && urgent && named
}

/// Whether a cell says yes or no, by a word or a sign.
pub(super) fn answer(terms: &Terms<'_>, cell: &str) -> Option<bool> {
    let tables = &terms.words.tables;
    let phrase = normalise(cut_parenthesis(cell).0);
    if phrase == "x" {
        return Some(true);
    }
    if let Some(answer) = tables.answer(&phrase) {
        return Some(answer);
    }
    let state = boxes::is_bare(terms, cell).then(|| status::said(terms, cell).state())?;
    matches!(state, State::Done | State::Open).then_some(state == State::Done)
}

/// Whether a cell answers a question, by yes or no or by what is known of a state, or has no answer yet.
pub(super) fn may_answer(terms: &Terms<'_>, cell: &str) -> bool {
    answer(terms, cell).is_some() || status::said(terms, cell) != status::Said::Unknown
}

/// Whether a header tells of what is wanted or was so, rather than of what is, whole or by its first word: `Exit
/// criterion`, `Expected`, `Old status`.
pub(super) fn is_elsewhen(terms: &Terms<'_>, header: &str) -> bool {
    let tables = &terms.words.tables;
    is_goal(terms, header)
        || header.split(' ').next().is_some_and(|word| tables.wanted.contains(word) || tables.past.contains(word))
}

/// Whether a header is of what has to come of each row: `Exit criterion`, `Acceptance`.
pub(super) fn is_goal(terms: &Terms<'_>, header: &str) -> bool {
    terms.words.tables.goals.contains(cut_parenthesis(header).0)
}

/// Whether a header tells which state is wanted rather than which there is: `Target status`, `Status needed at the start`,
/// `Status (target)`, `Zielstatus`. `Status (required)` may ask for an entry.
pub(super) fn is_target_status(terms: &Terms<'_>, header: &str) -> bool {
    let tables = &terms.words.tables;
    let is_status = |text: &str| terms.words.column(text) == Some(Column::Status);
    let is_wanted = |word: &str| tables.wanted.contains(word);
    let (head, inside) = cut_parenthesis(header);
    if inside.is_some_and(|inside| tables.aims_at(inside) && is_status(head)) {
        return true;
    }
    let Some((first, rest)) = head.split_once(' ') else {
        let mut words = tables.wanted.iter().filter_map(|word| head.strip_prefix(word.as_str()));
        return words.any(is_status);
    };
    let next = rest.split(' ').next().unwrap_or(rest);
    let ends = || head.rsplit_once(' ').is_some_and(|(rest, last)| is_wanted(last) && is_status(rest));
    is_wanted(first) && (is_status(rest) || is_status(next)) || is_status(first) && is_wanted(next) || ends()
}

/// A header, normalised; one that is a sign and nothing else, `✅`, is that sign.
pub(super) fn heading(header: &str) -> String {
    let phrase = normalise(header);
    match header.trim().chars().next() {
        Some(sign) if phrase.is_empty() => sign.to_string(),
        _ => phrase,
    }
}

/// What a header says: whole, before a slash or parenthesis, or by its last or first word. `phrase` is the header,
/// normalised.
pub(super) fn role(terms: &Terms<'_>, header: &str, phrase: &str) -> Option<Column> {
    let words = terms.words;
    let head = match cut_parenthesis(header) {
        (_, None) => Cow::Borrowed(phrase),
        (head, Some(_)) => Cow::Owned(normalise(head)),
    };
    if words.tables.is_answer(&head) || boxes::heads_ticks(terms, phrase) {
        return Some(Column::Status);
    }
    if let Some(column) = words.column(phrase).or_else(|| words.column(&head)) {
        return Some(column);
    }
    // `Verified by`, `Completed on` tell of a person or a day, not of a state.
    if words.tables.tells_by_whom(&head) {
        return None;
    }
    if let Some(column) = head.split(['/', '&']).next().and_then(|first| words.column(first.trim())) {
        return Some(column);
    }
    if is_target_status(terms, &head) {
        return Some(Column::Status);
    }
    let (first, last) = (head.split(' ').next()?, head.rsplit_once(' ')?.1);
    // `Owner name` and `Team responsible name` are of people, `Team name` is of teams.
    if let Some(head) = head.strip_suffix(" name").filter(|head| is_of_owners(terms, head)) {
        return words.column(head.rsplit(' ').next().unwrap_or(head));
    }
    let behind = words.column(last).filter(|column| !matches!(column, Column::Category));
    let before = || {
        words.column(first).filter(|column| match column {
            Column::Owner => words.people.is_header(first, last),
            Column::Item | Column::Priority | Column::Due | Column::Status => true,
            _ => false,
        })
    };
    behind.or_else(before).filter(|column| *column != Column::Priority || is_weighed(terms, &head))
}

/// Whether the last word of a header is one for owners, and not alone one for a group of them.
fn is_of_owners(terms: &Terms<'_>, head: &str) -> bool {
    let last = head.rsplit(' ').next().unwrap_or(head);
    let is_owner = terms.words.column(last) == Some(Column::Owner);
    is_owner && (last.len() < head.len() || terms.words.tag(last) == Some(Tag::Owner))
}

/// Whether the levels in a column of several words tell how much an item matters: those of effort or access do not.
/// `Level 1` is a column of a matrix.
fn is_weighed(terms: &Terms<'_>, head: &str) -> bool {
    let words = terms.words;
    let is_level = |word: &str| words.is_grade(word) && words.column(word) == Some(Column::Priority);
    let weighs = |word: &str| {
        let known = words.column(word) == Some(Column::Priority) && !is_level(word);
        known || words.phrases.is_weighed(words.header(word))
    };
    let is_number = |word: &str| word.chars().nth(1).is_none() || word.bytes().all(|byte| byte.is_ascii_digit());
    let mut others = head.split(' ').filter(|word| !is_level(word)).peekable();
    !head.split(' ').any(is_level) || words.is_grade(head) || head.split(' ').any(weighs) || others.all(is_number)
}

/// Leaves a column of duties, `Responsibility`, out of the owners where another column names them, or the role that has
/// them.
pub(super) fn leave_out_duties(words: &Vocabulary, headers: &[String], roles: &mut [Option<Column>]) {
    let is_duty = |header: &str| words.people.is_duty(header);
    let is_owner = |role: &Option<Column>| *role == Some(Column::Owner);
    let others = headers.iter().zip(roles.iter()).filter(|(header, role)| is_owner(role) && !is_duty(header)).count();
    let role = headers.iter().position(|header| header == "role").filter(|_| others == 0);
    let has_duty = || headers.iter().zip(roles.iter()).any(|(header, role)| is_owner(role) && is_duty(header));
    let role = role.filter(|_| has_duty());
    if others > 0 || role.is_some() {
        let duties = headers.iter().zip(roles.iter_mut()).filter(|(header, role)| is_owner(role) && is_duty(header));
        duties.for_each(|(_, role)| *role = None);
    }
    if let Some(role) = role {
        roles[role] = Some(Column::Owner);
    }
}

/// Whether a column tells when each row is due though its header need not say so: all cells that say anything are dates, or
/// leave them open.
pub(super) fn tells_dates<'c, C: Iterator<Item = &'c str>>(
    terms: &Terms<'_>,
    header: &str,
    cells: impl Fn() -> C,
) -> bool {
    let is_open = |cell: &str| terms.words.is_nobody(&normalise(cell));
    terms.words.tables.due_by_cells.contains(header)
        && cells().any(date::is_date)
        && cells()
            .all(|cell| cell.trim().is_empty() || date::is_date(cell) || date::find(cell).is_some() || is_open(cell))
}
