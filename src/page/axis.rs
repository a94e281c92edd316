//! Where the axes of a chart have labels: few, at round counts and at the dates that people count by.

use super::burnup::{ACROSS, Time};
use super::shape::{Hundredths, month};
use jiff::Span;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

/// Labels below a chart at most, and at its side above zero.
const MOST_DATES: i64 = 6;
const MOST_COUNTS: u32 = 3;

/// A labelled place on an axis.
#[derive(Debug, Serialize)]
pub(super) struct Tick<T> {
    at: T,
    label: String,
}

impl<T> Tick<T> {
    pub(super) fn new(at: T, label: String) -> Self {
        Self { at, label }
    }
}

/// What people count time by.
#[derive(Debug, Clone, Copy)]
enum Step {
    Days(i32),
    Weeks(i32),
    Months(i32),
    Years(i32),
}

/// The finest that has few labels is taken.
const STEPS: [Step; 14] = [
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(50),
    Step::Years(500),
];

impl Step {
    /// About how many days it takes, rather fewer.
    fn days(self) -> i64 {
        let (number, days) = match self {
            Self::Days(number) => (number, 1),
            Self::Weeks(number) => (number, 7),
            Self::Months(number) => (number, 30),
            Self::Years(number) => (number, 365),
        };
        i64::from(number) * days
    }

    /// The first date that it falls on, not before `first`.
    fn begin(self, first: Date) -> Option<Date> {
        let aligned = match self {
            Self::Days(_) => first,
            Self::Weeks(_) => {
                let past_monday = i32::from(first.weekday().since(Weekday::Monday));
                first.checked_sub(Span::new().days(past_monday)).ok()?
            }
            Self::Months(number) => {
                let month = (i32::from(first.month()) - 1) / number * number + 1;
                Date::new(first.year(), i8::try_from(month).ok()?, 1).ok()?
            }
            Self::Years(number) => {
                let year = i32::from(first.year()).div_euclid(number) * number;
                Date::new(i16::try_from(year).ok()?, 1, 1).ok()?
            }
        };
        if aligned < first { self.after(aligned) } else { Some(aligned) }
    }

    fn after(self, date: Date) -> Option<Date> {
        let span = match self {
            Self::Days(number) => Span::new().try_days(number),
            Self::Weeks(number) => Span::new().try_weeks(number),
            Self::Months(number) => Span::new().try_months(number),
            Self::Years(number) => Span::new().try_years(number),
        };
        date.checked_add(span.ok()?).ok()
    }

    /// The date as this step counts: the year is told where it begins, and by what spans the chart in words.
    fn label(self, date: Date) -> String {
        match self {
            Self::Days(_) | Self::Weeks(_) => format!("{} {}", date.day(), month(date)),
            Self::Months(_) if date.month() == 1 => format!("{} {}", month(date), date.year()),
            Self::Months(_) => month(date).to_owned(),
            Self::Years(_) => date.year().to_string(),
        }
    }
}

/// Dates below a chart.
pub(super) fn dates(time: Time) -> Vec<Tick<Hundredths>> {
    let few = STEPS.into_iter().filter(|step| time.days() <= (MOST_DATES + 1) * step.days());
    let mut sets = few.map(|step| (step, falls(step, time)));
    let Some((step, dates)) = sets.find(|(_, dates)| i64::try_from(dates.len()).is_ok_and(|few| few <= MOST_DATES))
    else {
        return Vec::new();
    };
    let place = |date: Date| Hundredths(u32::try_from(time.at(date) * 10_000 / ACROSS).unwrap_or_default());
    dates.into_iter().map(|date| Tick::new(place(date), step.label(date))).collect()
}

/// The dates of a chart that a step falls on.
fn falls(step: Step, time: Time) -> Vec<Date> {
    let dates = std::iter::successors(step.begin(time.first()), |&date| step.after(date));
    dates.take_while(|&date| date <= time.last()).collect()
}

/// Counts at the side of a chart that goes up to `most`: nothing, and round numbers up to one that is not below `most`.
pub(super) fn counts(most: u32) -> Vec<u32> {
    let powers = std::iter::successors(Some(1_u32), |power| power.checked_mul(10));
    let mut steps = powers.flat_map(|power| [1, 2, 5].map(|times| power.saturating_mul(times)));
    let step = steps.find(|step| most.div_ceil(*step) <= MOST_COUNTS).unwrap_or(u32::MAX);
    (0..=most.div_ceil(step)).map(|times| times.saturating_mul(step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn labels(first: Date, last: Date) -> String {
        let ticks = dates(Time::between(first, last).unwrap());
        ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn dates_are_few_and_those_that_people_count_by() {
        assert_eq!(labels(date(2026, 11, 1), date(2026, 11, 2)), "1 Nov, 2 Nov");
        assert_eq!(labels(date(2026, 11, 1), date(2026, 11, 20)), "2 Nov, 9 Nov, 16 Nov");
        assert_eq!(labels(date(2026, 9, 3), date(2026, 12, 10)), "Oct, Nov, Dec");
        assert_eq!(labels(date(2026, 9, 1), date(2027, 2, 10)), "Sep, Oct, Nov, Dec, Jan 2027, Feb");
        assert_eq!(labels(date(2023, 5, 5), date(2026, 11, 21)), "2024, 2025, 2026");
        assert_eq!(labels(date(2000, 5, 5), date(2026, 11, 21)), "2005, 2010, 2015, 2020, 2025");
        let all_time = Time::between(date(-9999, 1, 1), date(9999, 12, 31)).unwrap();
        assert!(dates(all_time).is_empty());
    }

    #[test]
    fn counts_are_round_and_reach_the_most() {
        assert_eq!(counts(0), [0]);
        assert_eq!(counts(3), [0, 1, 2, 3]);
        assert_eq!(counts(120), [0, 50, 100, 150]);
        assert_eq!(counts(184), [0, 100, 200]);
        assert_eq!(counts(u32::MAX).len(), 4);
    }
}
