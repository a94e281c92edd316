//! What the overview tells of the past: the burn-up in small, and the last few changes.

use super::burnup::{Chart, Size, Time};
use super::changes::{ChangeView, Finder, groups};
use super::edition::Desk;
use super::history::burnup;
use super::plan::Page;
use super::shape::{DateView, LinkView};
use crate::site::{Day, Past};
use serde::Serialize;

/// Changes at most; the history has all.
const CHANGES: usize = 5;
const SIZE: Size = Size::Labelled(176);

/// What the template of the overview sees of the past.
#[derive(Serialize)]
pub(super) struct LatelyView<'a> {
    href: String,
    first: DateView,
    last: DateView,
    chart: Option<Chart>,
    changes: Vec<Recent<'a>>,
}

/// A change with its day and document.
#[derive(Serialize)]
struct Recent<'a> {
    #[serde(flatten)]
    change: ChangeView<'a>,
    date: DateView,
    document: LinkOrTitle<'a>,
}

/// A document, with its page where it still has one.
#[derive(Serialize)]
#[serde(untagged)]
enum LinkOrTitle<'a> {
    Link(LinkView),
    Title { label: &'a str },
}

/// What happened lately; `None` where the past is not known, or nothing has changed in it.
pub(super) fn view<'a>(desk: &Desk<'a>) -> Option<LatelyView<'a>> {
    let Past::Known(days) = &*desk.edition.setting.past else { return None };
    let (first, last) = (days.first()?, days.last()?);
    let mut finder = Finder::new(desk);
    let mut changes = Vec::new();
    for day in days.iter().rev().filter(|day| !day.changes.is_empty()) {
        let room = CHANGES - changes.len();
        if room == 0 {
            break;
        }
        changes.extend(of_day(&mut finder, day, room));
    }
    let chart = Time::between(first.date, last.date).map(|time| burnup(time, days, |day| day.tally, SIZE));
    let is_still = chart.is_none() && changes.is_empty();
    (!is_still).then(|| LatelyView {
        href: desk.href(&Page::History(1)),
        first: DateView::of(first.date),
        last: DateView::of(last.date),
        chart,
        changes,
    })
}

fn of_day<'a>(finder: &mut Finder<'_, 'a>, day: &'a Day, most: usize) -> Vec<Recent<'a>> {
    let groups = groups(finder.desk, day);
    let changes = groups.iter().flat_map(|group| group.changes.iter().map(move |change| (group, *change)));
    let recent = changes.take(most).map(|(group, change)| Recent {
        change: finder.change(group.document, change),
        date: DateView::of(day.date),
        document: match group.document {
            Some(id) => LinkOrTitle::Link(finder.desk.document_link(id)),
            None => LinkOrTitle::Title { label: group.title },
        },
    });
    recent.collect()
}
