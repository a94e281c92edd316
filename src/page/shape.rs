//! Shapes that several pages show: sums, states, levels, dates, links.

use crate::markdown::{Html, Writer};
use crate::model::{State, Tally};
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// A date: for machines and for people.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DateView {
    iso: String,
    text: String,
}

impl DateView {
    pub(super) fn of(date: Date) -> Self {
        Self { iso: date.to_string(), text: in_words(date) }
    }
}

/// A date for people: `25 Nov 2026`.
pub(super) fn in_words(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// The month of a date, in short.
pub(super) fn month(date: Date) -> &'static str {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = usize::from(date.month().unsigned_abs()) - 1;
    MONTHS.get(month).copied().unwrap_or_default()
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView {
    pub(super) label: String,
    pub(super) href: String,
}

/// A state.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct StateView {
    name: &'static str,
    label: &'static str,
}

impl From<State> for StateView {
    fn from(state: State) -> Self {
        Self { name: state.name(), label: state.label() }
    }
}

/// A level of the ladder.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LevelView<'a> {
    pub(super) key: &'a str,
    pub(super) slug: &'a str,
    pub(super) label: &'a str,
    pub(super) step: u8,
    pub(super) href: String,
}

/// An owner.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OwnerView<'a> {
    pub(super) name: &'a str,
    pub(super) slug: &'a str,
    pub(super) href: String,
}

/// A place in the author's file.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SourceView<'a> {
    pub(super) path: &'a str,
    pub(super) line: u32,
    /// Where the host of the repository shows it.
    pub(super) href: Option<String>,
    /// Where the host of the repository lets one edit it.
    pub(super) edit: Option<String>,
}

/// A sum with all that is shown of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TallyView {
    items: u32,
    done: u32,
    left: u32,
    scope: u32,
    /// Items that are out of the denominator.
    out: u32,
    percent: Option<u32>,
    /// The states with their counts, an element for each; empty where the sum is not that of a whole page.
    legend_html: Html,
    /// The parts of the bar, an element for each.
    bar_html: Html,
}

/// A part of a bar, in percent of its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    pub(super) state: &'static str,
    pub(super) x: Hundredths,
    pub(super) w: Hundredths,
}

/// Hundredths of a percent; a template sees percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hundredths(pub(super) u32);

impl Serialize for Hundredths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl From<Tally> for TallyView {
    fn from(tally: Tally) -> Self {
        Self {
            items: tally.items(),
            done: tally.done(),
            left: tally.left(),
            scope: tally.scope(),
            out: tally.items() - tally.scope(),
            percent: tally.percent(),
            legend_html: Html::default(),
            bar_html: bar(tally),
        }
    }
}

impl TallyView {
    /// The sum of a whole page, with its states and the list of each, where there is one.
    pub(super) fn whole(tally: Tally, href: impl Fn(State) -> Option<String>) -> Self {
        Self { legend_html: legend(tally, href), ..tally.into() }
    }
}

/// The states of a sum. As its bar no template's: every page has one, and a value for each state took longer to make.
fn legend(tally: Tally, href: impl Fn(State) -> Option<String>) -> Html {
    let mut out = Writer::with_capacity(512);
    for state in State::ALL.into_iter().filter(|&state| tally.count(state) > 0) {
        let href = href(state);
        out.raw("<li>");
        if let Some(href) = &href {
            out.raw("<a").attribute("href", href).raw(">");
        }
        out.raw("<span class=\"mark s-").raw(state.name()).raw("\" aria-hidden=\"true\"></span><b>");
        out.number(tally.count(state)).raw("</b> ").raw(state.label());
        out.raw(if href.is_some() { "</a></li>" } else { "</li>" });
    }
    out.finish()
}

/// The parts of a bar. No template's: a row of every table has one, and a document one for each of its headings.
fn bar(tally: Tally) -> Html {
    let mut out = Writer::with_capacity(512);
    write_shares(tally, &mut out);
    out.finish()
}

/// Writes the bar of a sum, as it stands within a line.
pub(super) fn write_bar(tally: Tally, out: &mut Writer) {
    out.raw("<svg class=\"bar\" width=\"100%\" height=\"8\" aria-hidden=\"true\">");
    write_shares(tally, out);
    out.raw("</svg>");
}

fn write_shares(tally: Tally, out: &mut Writer) {
    for share in shares(tally) {
        out.raw("<rect class=\"b-").raw(share.state).raw("\" x=\"");
        write_percent(share.x, out);
        out.raw("%\" width=\"");
        write_percent(share.w, out);
        out.raw("%\" height=\"100%\"");
        match share.state {
            "doing" => out.raw(" fill=\"url(#rb-hatch)\"/>"),
            "deferred" => out.raw(" fill=\"url(#rb-dots)\"/>"),
            _ => out.raw("/>"),
        };
    }
}

/// Writes a percentage with at most two decimals.
fn write_percent(percent: Hundredths, out: &mut Writer) {
    out.number(percent.0 / 100);
    if !percent.0.is_multiple_of(100) {
        out.raw(if percent.0 % 100 < 10 { ".0" } else { "." }).number(percent.0 % 100);
    }
}

/// The parts of a bar: states in scope, in percent with two decimals, none below 1 so that it is seen. What that adds
/// is taken from the largest.
pub(super) fn shares(tally: Tally) -> impl Iterator<Item = Share> {
    const SHOWN: [State; 5] = [State::Done, State::Doing, State::Blocked, State::Open, State::Deferred];
    let scope = u64::from(tally.scope());
    let hundredths = |state: State| {
        let count = u64::from(tally.count(state));
        let width = u32::try_from(count * 10_000 / scope.max(1)).unwrap_or_default();
        if count == 0 { 0 } else { width.max(100) }
    };
    let mut widths = SHOWN.map(hundredths);
    let sum: u32 = widths.iter().sum();
    if let Some(largest) = widths.iter_mut().max_by_key(|width| **width) {
        *largest = (*largest + 10_000).saturating_sub(sum);
    }
    let mut x = 0;
    SHOWN.into_iter().zip(widths).filter(move |&(state, _)| tally.count(state) > 0).map(move |(state, width)| {
        let share = Share { state: state.name(), x: Hundredths(x), w: Hundredths(width) };
        x += width;
        share
    })
}

/// The sum in words: `34 of 120 done, 28 %`.
pub(super) fn told(tally: Tally) -> String {
    match tally.percent() {
        Some(percent) => format!("{} of {} done, {percent} %", tally.done(), tally.scope()),
        None if tally.items() > 0 => "nothing in scope".to_owned(),
        None => "no items".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(counts: &[(State, u32)]) -> Tally {
        counts.iter().flat_map(|&(state, count)| (0..count).map(move |_| state)).collect()
    }

    #[test]
    fn shares_fill_the_bar_and_small_ones_are_seen() {
        let all: Vec<Share> = shares(tally(&[(State::Done, 1), (State::Blocked, 1), (State::Open, 998)])).collect();
        let expected = [
            Share { state: "done", x: Hundredths(0), w: Hundredths(100) },
            Share { state: "blocked", x: Hundredths(100), w: Hundredths(100) },
            Share { state: "open", x: Hundredths(200), w: Hundredths(9800) },
        ];
        assert_eq!(all, expected);
        let sum = |counts| shares(tally(counts)).map(|share| share.w.0).sum::<u32>();
        assert_eq!(sum(&[(State::Done, 1), (State::Doing, 1), (State::Open, 1)]), 10_000);
        assert_eq!(shares(tally(&[(State::Na, 3)])).count(), 0);
    }

    #[test]
    fn percentages_have_no_more_decimals_than_they_need() {
        let written = |percent| {
            let mut out = Writer::default();
            write_percent(Hundredths(percent), &mut out);
            out.finish().as_str().to_owned()
        };
        assert_eq!([0, 5, 3333, 10_000].map(written), ["0", "0.05", "33.33", "100"]);
    }

    #[test]
    fn sums_are_told_with_their_denominator() {
        assert_eq!(told(tally(&[(State::Done, 1), (State::Open, 2), (State::Na, 1)])), "1 of 3 done, 33 %");
        assert_eq!(told(tally(&[(State::Waived, 1)])), "nothing in scope");
        assert_eq!(told(Tally::default()), "no items");
    }

    #[test]
    fn dates_are_absolute() {
        let date = DateView::of(jiff::civil::date(2026, 3, 7));
        assert_eq!((date.iso.as_str(), date.text.as_str()), ("2026-03-07", "7 Mar 2026"));
    }
}
