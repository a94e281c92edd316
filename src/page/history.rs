//! The history: the burn-up, the same as a table, and what changed day by day.

use super::burnup::{Chart, Point, Size, Time, chart};
use super::changes::{Finder, GroupView, counted, counts, groups};
use super::chrome::Head;
use super::edition::Desk;
use super::host;
use super::lists;
use super::overview::word;
use super::pager::Pager;
use super::plan::Page;
use super::shape::{DateView, LevelView, in_words, told};
use crate::model::{Level, Tally};
use crate::site::{Absence, Change, Day, Past, Status};
use jiff::Span;
use serde::Serialize;

/// Days on a page, and changes of a day, at most.
const DAYS: usize = 30;
const CHANGES: usize = 200;
/// Rows of the table at most: the latest days.
const ROWS: usize = 1000;
/// Names of people at a day at most.
const PEOPLE: usize = 6;
/// The chart of all items, and those of the levels.
const LARGE: Size = Size::Labelled(220);
const SMALL: Size = Size::Bare(56);
/// The spans of days for which changes are summed up.
const SPANS: [i64; 2] = [7, 28];

/// What the template of the history sees.
#[derive(Serialize)]
pub(super) struct HistoryView<'a> {
    /// Why there is none.
    missing: Option<&'static str>,
    /// How many days are known.
    known: usize,
    course: Option<Course<'a>>,
    days: Vec<DayView<'a>>,
    /// Days before those shown that no page shows.
    earlier: usize,
    pager: Option<Pager>,
}

/// What only the first part has: how it went from the first day to the last.
#[derive(Serialize)]
struct Course<'a> {
    first: Standing,
    last: Standing,
    chart: Option<Chart>,
    levels: Vec<LevelCourse<'a>>,
    sums: Vec<Sum>,
    rows: Vec<Row>,
    /// Days that are too old for the table.
    rows_cut: usize,
}

/// A sum on a day.
#[derive(Serialize)]
struct Standing {
    date: DateView,
    done: u32,
    scope: u32,
    percent: Option<u32>,
}

/// The course of a level, or of the items without.
#[derive(Serialize)]
struct LevelCourse<'a> {
    level: Option<LevelView<'a>>,
    href: String,
    done: u32,
    scope: u32,
    gains: Vec<String>,
    chart: Option<Chart>,
}

/// What changed over some time, in words.
#[derive(Serialize)]
struct Sum {
    days: i64,
    since: DateView,
    changes: Vec<String>,
    gains: Vec<String>,
}

/// A day in the table.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    standing: Standing,
    /// Sums of the levels, as [`Course::levels`].
    levels: Vec<Cell>,
    status: &'static str,
    verdict: &'static str,
}

#[derive(Serialize)]
struct Cell {
    done: u32,
    scope: u32,
}

/// What changed on a day.
#[derive(Serialize)]
struct DayView<'a> {
    #[serde(flatten)]
    standing: Standing,
    gains: Vec<String>,
    verdict: Option<Turn>,
    commit: &'a str,
    commit_href: Option<String>,
    authors: Vec<&'a str>,
    authors_cut: usize,
    /// Whether it is the first that is known.
    begins: bool,
    documents: Vec<GroupView<'a>>,
    changes_cut: usize,
}

/// Another verdict than the day before.
#[derive(Serialize)]
struct Turn {
    before: &'static str,
    after: &'static str,
    status: &'static str,
}

/// How many parts so many days take.
pub(super) fn parts(days: usize) -> u32 {
    lists::parts(days, DAYS)
}

/// The part of the history that has a day, counted from 0 for the latest.
pub(super) fn part_of(age: usize) -> u32 {
    u32::try_from(age / DAYS + 1).unwrap_or(u32::MAX)
}

/// A part of the history: what it says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>, at: u32) -> (Head, HistoryView<'a>) {
    let (known, missing) = match &*desk.edition.setting.past {
        Past::Known(days) => (days.as_slice(), None),
        Past::Unknown(Absence::NoHistory) => (&[][..], Some("none")),
        Past::Unknown(Absence::Shallow) => (&[][..], Some("shallow")),
    };
    let newer = (at.saturating_sub(1) as usize).saturating_mul(DAYS);
    let shown = (0..known.len().saturating_sub(newer)).rev().take(DAYS);
    let mut finder = Finder::new(desk);
    let has_parts = desk.plan.history_parts > 1;
    let view = HistoryView {
        missing,
        known: known.len(),
        course: if at == 1 { course(desk, known) } else { None },
        earlier: if has_parts { 0 } else { known.len().saturating_sub(DAYS) },
        pager: if has_parts { desk.pager_by((known.len(), DAYS), at, Page::History) } else { None },
        days: shown.map(|index| day(&mut finder, known, index)).collect(),
    };
    let description = match known {
        [first, .., last] => format!("{}, since {}.", told(last.tally), in_words(first.date)),
        _ => format!("{}.", told(desk.site.tally)),
    };
    (Head { kind: "history", title: "History".to_owned(), description: Some(description), ..Head::default() }, view)
}

impl Standing {
    fn of(day: &Day) -> Self {
        let Day { tally, date, .. } = day;
        Self { date: DateView::of(*date), done: tally.done(), scope: tally.scope(), percent: tally.percent() }
    }
}

fn course<'a>(desk: &Desk<'a>, days: &[Day]) -> Option<Course<'a>> {
    let (first, last) = (days.first()?, days.last()?);
    let time = Time::between(first.date, last.date);
    let draw = |of: &dyn Fn(&Day) -> Tally, size| time.map(|time| burnup(time, days, of, size));
    let used = used(desk, days);
    let level = |&level: &Option<Level>| {
        let of = |day: &Day| of_level(day, level);
        LevelCourse {
            level: level.map(|level| desk.level(level)),
            href: desk.href(&Page::Level(level, 1)),
            done: of(last).done(),
            scope: of(last).scope(),
            gains: gains(of(first), of(last)),
            chart: draw(&of, SMALL),
        }
    };
    Some(Course {
        first: Standing::of(first),
        last: Standing::of(last),
        chart: draw(&|day| day.tally, LARGE),
        levels: used.iter().map(level).collect(),
        sums: SPANS.into_iter().filter_map(|span| sum(days, span)).collect(),
        rows: days.iter().rev().take(ROWS).map(|day| row(day, &used)).collect(),
        rows_cut: days.len().saturating_sub(ROWS),
    })
}

/// A burn-up of something that is summed up on every day.
pub(super) fn burnup(time: Time, days: &[Day], of: impl Fn(&Day) -> Tally, size: Size) -> Chart {
    let point = |day: &Day| Point { date: day.date, done: of(day).done(), scope: of(day).scope() };
    chart(time, &days.iter().map(point).collect::<Vec<_>>(), size)
}

/// The levels that had items on some day; those without priority last.
fn used(desk: &Desk<'_>, days: &[Day]) -> Vec<Option<Level>> {
    let levels = desk.site.ladder.levels().map(Some).chain([None]);
    let levels = levels.filter(|&level| days.iter().any(|day| of_level(day, level).items() > 0));
    let levels: Vec<Option<Level>> = levels.collect();
    // Where nothing has a priority, a chart of that would be the one above once more.
    if levels == [None] { Vec::new() } else { levels }
}

fn of_level(day: &Day, level: Option<Level>) -> Tally {
    match level {
        Some(level) => day.levels.get(usize::from(level.0)).copied().unwrap_or_default(),
        None => day.unranked,
    }
}

fn row(day: &Day, levels: &[Option<Level>]) -> Row {
    let cell = |&level: &Option<Level>| {
        let tally = of_level(day, level);
        Cell { done: tally.done(), scope: tally.scope() }
    };
    Row {
        standing: Standing::of(day),
        levels: levels.iter().map(cell).collect(),
        status: day.status.name(),
        verdict: word(day.status),
    }
}

/// What changed in so many days up to the last; `None` where that is all that is known, or nothing.
fn sum(days: &[Day], span: i64) -> Option<Sum> {
    let last = days.last()?;
    let since = last.date.checked_sub(Span::new().try_days(span - 1).ok()?).ok()?;
    let from = days.partition_point(|day| day.date < since);
    let before = days.get(from.checked_sub(1)?)?;
    let changes: Vec<&Change> = days[from..].iter().flat_map(|day| &day.changes).collect();
    let counts = counts(changes).into_iter().map(|(kind, count)| counted(kind, count));
    Some(Sum {
        days: span,
        since: DateView::of(since),
        changes: counts.collect(),
        gains: gains(before.tally, last.tally),
    })
}

/// How much more or less is done and in scope, in words; nothing where neither changed.
fn gains(before: Tally, after: Tally) -> Vec<String> {
    let gain = |before: u32, after: u32, what: &str| {
        let sign = if after < before { '\u{2212}' } else { '+' };
        (after != before).then(|| format!("{sign}{} {what}", after.abs_diff(before)))
    };
    [gain(before.done(), after.done(), "done"), gain(before.scope(), after.scope(), "in scope")]
        .into_iter()
        .flatten()
        .collect()
}

fn day<'a>(finder: &mut Finder<'_, 'a>, days: &'a [Day], index: usize) -> DayView<'a> {
    let day = &days[index];
    let before = index.checked_sub(1).and_then(|before| days.get(before));
    let authors = people(day);
    let mut room = CHANGES;
    let mut documents = Vec::new();
    for group in groups(finder.desk, day) {
        if room > 0 {
            documents.push(finder.group(&group, day, room));
            room = room.saturating_sub(group.changes.len());
        }
    }
    DayView {
        standing: Standing::of(day),
        gains: before.map(|before| gains(before.tally, day.tally)).unwrap_or_default(),
        verdict: before.and_then(|before| turn(before.status, day.status)),
        commit: &day.commit,
        commit_href: host::of(finder.desk.edition).map(|host| host.commit(&day.commit)),
        authors_cut: authors.len().saturating_sub(PEOPLE),
        authors: authors.into_iter().take(PEOPLE).collect(),
        begins: before.is_none(),
        documents,
        changes_cut: day.changes.len().saturating_sub(CHANGES),
    }
}

/// Who committed on a day, by name, each once.
pub(super) fn people(day: &Day) -> Vec<&str> {
    let mut people: Vec<&str> = day.authors.values().flatten().map(String::as_str).collect();
    people.sort_unstable();
    people.dedup();
    people
}

fn turn(before: Status, after: Status) -> Option<Turn> {
    (before != after).then(|| Turn { before: word(before), after: word(after), status: after.name() })
}
