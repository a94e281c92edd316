//! Owners with their sums; nobody among them.

use super::chrome::Head;
use super::documents::LeftAt;
use super::edition::Desk;
use super::lists::is_overdue;
use super::plan::Page;
use super::shape::{LevelView, OwnerView, TallyView};
use crate::config::OwnerKind;
use crate::model::Level;
use crate::site::ItemId;
use serde::Serialize;

/// What the template of the owners sees.
#[derive(Serialize)]
pub(super) struct OwnersView<'a> {
    owners: Vec<OwnerSums<'a>>,
    unowned: Option<UnownedSums<'a>>,
    ladder: Vec<LevelView<'a>>,
}

#[derive(Serialize)]
struct OwnerSums<'a> {
    owner: OwnerView<'a>,
    kind: Option<&'static str>,
    tally: TallyView,
    levels: Vec<LeftAt<'a>>,
    overdue: u32,
}

#[derive(Serialize)]
struct UnownedSums<'a> {
    href: String,
    tally: TallyView,
    levels: Vec<LeftAt<'a>>,
    overdue: u32,
}

/// An owner in a short list.
#[derive(Serialize)]
pub(super) struct OwnerRow<'a> {
    owner: OwnerView<'a>,
    tally: TallyView,
    /// Items left at the most urgent level.
    urgent: u32,
}

/// Nobody in a short list.
#[derive(Serialize)]
pub(super) struct UnownedRow {
    href: String,
    tally: TallyView,
    urgent: u32,
}

/// The owners: what the page says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>) -> (Head, OwnersView<'a>) {
    let view = OwnersView {
        owners: (0..).take(desk.site.owners.len()).filter_map(|index| sums(desk, index)).collect(),
        unowned: unowned(desk),
        ladder: desk.site.ladder.levels().map(|level| desk.level(level)).collect(),
    };
    let description = format!("{} owners and what is left to each.", desk.site.owners.len());
    let head = Head { kind: "owners", title: "Owners".to_owned(), description: Some(description), ..Head::default() };
    (head, view)
}

fn sums<'a>(desk: &Desk<'a>, index: u32) -> Option<OwnerSums<'a>> {
    let owner = &desk.site.owners[index as usize];
    let known = desk.edition.config.owners.iter().find(|known| known.name == owner.name);
    let kind = known.and_then(|known| known.kind).map(OwnerKind::name);
    let (levels, overdue) = left(desk, &owner.group.items);
    Some(OwnerSums { owner: desk.owner(&owner.name)?, kind, tally: owner.group.tally.into(), levels, overdue })
}

fn unowned<'a>(desk: &Desk<'a>) -> Option<UnownedSums<'a>> {
    let group = &desk.site.unowned;
    let (levels, overdue) = left(desk, &group.items);
    let href = desk.href(&Page::Unowned(1));
    (!group.items.is_empty()).then(|| UnownedSums { href, tally: group.tally.into(), levels, overdue })
}

/// What is left of some items at each level, and how many are overdue.
fn left<'a>(desk: &Desk<'a>, items: &[ItemId]) -> (Vec<LeftAt<'a>>, u32) {
    let mut levels = vec![0; desk.site.ladder.steps.len()];
    let mut overdue = 0;
    for item in items.iter().map(|&id| desk.site.item(id)).filter(|item| item.state.is_left()) {
        overdue += u32::from(is_overdue(item, desk.site.today));
        if let Some(count) = item.level.and_then(|level| levels.get_mut(usize::from(level.0))) {
            *count += 1;
        }
    }
    let levels = levels.into_iter().zip((0..).map(Level));
    (levels.map(|(left, level)| LeftAt { level: desk.level(level), left }).collect(), overdue)
}

/// An owner in a short list, by index into the owners of the site.
pub(super) fn short_row<'a>(desk: &Desk<'a>, index: u32) -> OwnerRow<'a> {
    let owner = &desk.site.owners[index as usize];
    let view = OwnerView {
        name: &owner.name,
        slug: &desk.plan.owners[index as usize],
        href: desk.href(&Page::Owner(index, 1)),
    };
    OwnerRow { owner: view, tally: owner.group.tally.into(), urgent: urgent(desk, &owner.group.items) }
}

/// Nobody in a short list; `None` when everything is owned.
pub(super) fn unowned_row(desk: &Desk<'_>) -> Option<UnownedRow> {
    let group = &desk.site.unowned;
    let href = desk.href(&Page::Unowned(1));
    (!group.items.is_empty()).then(|| UnownedRow {
        href,
        tally: group.tally.into(),
        urgent: urgent(desk, &group.items),
    })
}

/// How many of some items are left at the most urgent level in use.
fn urgent(desk: &Desk<'_>, items: &[ItemId]) -> u32 {
    let level = desk.site.ladder.levels().zip(&desk.site.levels).find(|(_, group)| !group.items.is_empty());
    let Some((level, _)) = level else { return 0 };
    let items = items.iter().map(|&id| desk.site.item(id));
    let left = items.filter(|item| item.level == Some(level) && item.state.is_left()).count();
    u32::try_from(left).unwrap_or(u32::MAX)
}
