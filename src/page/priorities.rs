//! Levels with their sums.

use super::chrome::Head;
use super::edition::Desk;
use super::lists::is_overdue;
use super::plan::Page;
use super::shape::{LevelView, TallyView};
use crate::site::Group;
use serde::Serialize;

/// What the template of the priorities sees.
#[derive(Serialize)]
pub(super) struct PrioritiesView<'a> {
    levels: Vec<LevelRow<'a>>,
    unranked: Option<UnrankedRow>,
}

#[derive(Serialize)]
struct LevelRow<'a> {
    level: LevelView<'a>,
    tally: TallyView,
    overdue: u32,
    unowned: u32,
}

#[derive(Serialize)]
struct UnrankedRow {
    href: String,
    tally: TallyView,
    overdue: u32,
    unowned: u32,
}

/// The priorities: what the page says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>) -> (Head, PrioritiesView<'a>) {
    let level = |(level, group): (crate::model::Level, &Group)| {
        let (overdue, unowned) = counts(desk, group);
        LevelRow { level: desk.level(level), tally: group.tally.into(), overdue, unowned }
    };
    let group = &desk.site.unranked;
    let (overdue, unowned) = counts(desk, group);
    let href = desk.href(&Page::Level(None, 1));
    let view = PrioritiesView {
        levels: desk.site.ladder.levels().zip(&desk.site.levels).map(level).collect(),
        unranked: (!group.items.is_empty()).then(|| UnrankedRow { href, tally: group.tally.into(), overdue, unowned }),
    };
    let description = Some("Priorities and what is left at each.".to_owned());
    (Head { kind: "priorities", title: "Priorities".to_owned(), description, ..Head::default() }, view)
}

/// How many items of a group are overdue, and how many are left to nobody.
fn counts(desk: &Desk<'_>, group: &Group) -> (u32, u32) {
    let left = group.items.iter().map(|&id| desk.site.item(id)).filter(|item| item.state.is_left());
    left.fold((0, 0), |(overdue, unowned), item| {
        (overdue + u32::from(is_overdue(item, desk.site.today)), unowned + u32::from(item.owners.is_empty()))
    })
}
