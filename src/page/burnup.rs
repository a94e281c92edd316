//! The burn-up as geometry: what was done and what was in scope, day by day, true to scale in time. Whole numbers that a
//! template puts into an SVG; nothing here knows how it looks.

use super::axis::{Tick, counts, dates};
use super::shape::Hundredths;
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write as _;

/// Units across the plot.
pub(super) const ACROSS: i64 = 10_000;
/// Units of height in a pixel.
const FINE: u32 = 10;
/// Two steps that are nearer than this cannot be told apart on any screen: the later stands for both.
const NEAR: i64 = 8;
/// Pixels between the baselines of two labels, so that neither covers the other.
const LABEL: u32 = 15;
/// Pixels above the highest line, for its stroke.
const ROOM: u32 = 6;

/// How things stood from a day on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) date: Date,
    pub(super) done: u32,
    pub(super) scope: u32,
}

/// How large a chart is, and whether its axes have labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// With labels: up to a round number.
    Labelled(Pixels),
    /// Without: as large as what it shows.
    Bare(Pixels),
}

/// Height of a plot.
type Pixels = u32;

/// The days that a chart shows: from the first to the end of the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time {
    first: Date,
    last: Date,
}

/// A burn-up. Paths are in units of their own: `width` across and `height` down.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    width: i64,
    height: u32,
    /// Height of the plot in pixels.
    pixels: u32,
    scope: String,
    done: String,
    /// The area below what is done.
    area: String,
    days: Vec<Tick<Hundredths>>,
    counts: Vec<Tick<u32>>,
    scope_end: End,
    done_end: End,
}

/// The label at the end of a line.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct End {
    count: u32,
    /// Its middle, in pixels from above.
    y: u32,
}

impl Time {
    /// From one day to the end of another; `None` for a single day, which has no course.
    pub(super) fn between(first: Date, last: Date) -> Option<Self> {
        (first < last).then_some(Self { first, last })
    }

    pub(super) fn first(self) -> Date {
        self.first
    }

    pub(super) fn last(self) -> Date {
        self.last
    }

    /// How many days it has.
    pub(super) fn days(self) -> i64 {
        days_between(self.first, self.last) + 1
    }

    /// Where a day begins, in units of [`ACROSS`].
    pub(super) fn at(self, date: Date) -> i64 {
        days_between(self.first, date) * ACROSS / self.days()
    }
}

fn days_between(first: Date, last: Date) -> i64 {
    first.duration_until(last).as_hours() / 24
}

/// Draws points, the oldest first.
pub(super) fn chart(time: Time, points: &[Point], size: Size) -> Chart {
    let most = points.iter().map(|point| point.scope.max(point.done)).max().unwrap_or_default();
    let (pixels, counts, days) = match size {
        Size::Labelled(pixels) => (pixels, counts(most), dates(time)),
        Size::Bare(pixels) => (pixels, Vec::new(), Vec::new()),
    };
    let top = counts.last().copied().unwrap_or_default().max(most).max(1);
    let down = |count: u32| {
        let (room, rest) = (u64::from(ROOM * FINE), u64::from((pixels - ROOM) * FINE));
        u32::try_from(room + u64::from(top - count) * rest / u64::from(top)).unwrap_or_default()
    };
    let points = thinned(time, points);
    let line = |of: &dyn Fn(&Point) -> u32| steps(points.iter().map(|(x, point)| (*x, down(of(point)))));
    let (scope, done) = (line(&|point| point.scope), line(&|point| point.done));
    let last = points.last().map_or((0, 0), |(_, point)| (point.scope, point.done));
    let (upper, lower) = apart(down(last.0) / FINE, down(last.1) / FINE, pixels);
    Chart {
        width: ACROSS,
        height: pixels * FINE,
        pixels,
        area: format!("{done}V{}H0Z", pixels * FINE),
        scope,
        done,
        days,
        counts: counts.into_iter().map(|count| Tick::new(down(count) / FINE, count.to_string())).collect(),
        scope_end: End { count: last.0, y: upper },
        done_end: End { count: last.1, y: lower },
    }
}

/// Points with their places, without those that another covers.
fn thinned(time: Time, points: &[Point]) -> Vec<(i64, Point)> {
    let mut kept: Vec<(i64, Point)> = Vec::with_capacity(points.len().min(1 << 11));
    for point in points {
        let x = time.at(point.date);
        match kept.last_mut() {
            // what the first point says holds from the left edge on
            Some(last) if last.0 / NEAR == x / NEAR && last.0 > 0 => *last = (x, *point),
            _ => kept.push((x, *point)),
        }
    }
    kept
}

/// A line that holds each height until the next begins, to the right edge.
fn steps(places: impl Iterator<Item = (i64, u32)>) -> String {
    let mut path = String::new();
    let mut height = None;
    for (x, y) in places {
        match height {
            None => drop(write!(path, "M0 {y}")),
            Some(before) if before == y => {}
            Some(_) => drop(write!(path, "H{x}V{y}")),
        }
        height = Some(y);
    }
    let _ = write!(path, "H{ACROSS}");
    path
}

/// The places of two labels at the heights of their lines, moved apart where one would cover the other.
fn apart(upper: u32, lower: u32, pixels: u32) -> (u32, u32) {
    if upper + LABEL <= lower {
        return (upper, lower);
    }
    let half = LABEL / 2;
    let middle = ((upper + lower) / 2).clamp(half, pixels.saturating_sub(half).max(half));
    (middle - half, middle - half + LABEL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn point(day: i8, done: u32, scope: u32) -> Point {
        Point { date: date(2026, 11, day), done, scope }
    }

    #[test]
    fn days_stand_where_they_are_in_time() {
        let time = Time::between(date(2026, 11, 1), date(2026, 11, 10)).unwrap();
        assert_eq!((time.days(), time.at(date(2026, 11, 1)), time.at(date(2026, 11, 6))), (10, 0, 5_000));
        assert!(Time::between(date(2026, 11, 1), date(2026, 11, 1)).is_none());
    }

    #[test]
    fn lines_hold_until_the_next_step_and_reach_the_edge() {
        let time = Time::between(date(2026, 11, 1), date(2026, 11, 10)).unwrap();
        let chart = chart(time, &[point(1, 0, 10), point(6, 5, 10), point(10, 5, 20)], Size::Labelled(106));
        assert_eq!(chart.done, "M0 1060H5000V810H10000");
        assert_eq!(chart.scope, "M0 560H9000V60H10000");
        assert_eq!(chart.area, "M0 1060H5000V810H10000V1060H0Z");
        assert_eq!((chart.scope_end, chart.done_end), (End { count: 20, y: 6 }, End { count: 5, y: 81 }));
    }

    #[test]
    fn labels_do_not_cover_each_other() {
        assert_eq!(apart(10, 80, 100), (10, 80));
        for (upper, lower) in [(6, 6), (50, 52), (100, 100)] {
            let (one, other) = apart(upper, lower, 100);
            assert!(other - one == LABEL && other <= 108, "{one} {other}");
        }
    }

    #[test]
    fn many_days_take_no_more_than_the_eye_can_tell_apart() {
        let first = date(1990, 1, 1);
        let day = |day: i32| Point {
            date: first.checked_add(jiff::Span::new().days(day)).unwrap(),
            done: day.unsigned_abs() % 97,
            scope: 100,
        };
        let points: Vec<Point> = (0..12_000).map(day).collect();
        let time = Time::between(first, points[11_999].date).unwrap();
        let chart = chart(time, &points, Size::Bare(200));
        assert!(chart.done.len() < 20_000, "{}", chart.done.len());
        assert_eq!(chart.done_end.count, 11_999 % 97);
    }
}
