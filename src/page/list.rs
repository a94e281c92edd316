//! Lists of items: all of them, an owner's, nobody's, those of a level, those in a state.

use super::chrome::Head;
use super::documents::LeftAt;
use super::edition::Desk;
use super::lists::part;
use super::pager::Pager;
use super::plan::Page;
use super::shape::{LevelView, OwnerView, StateView, TallyView, told};
use crate::config::OwnerKind;
use crate::markdown::Html;
use crate::model::{Level, State, Tally};
use crate::site::ItemId;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the templates of lists see.
#[derive(Serialize)]
pub(super) struct ListView<'a> {
    heading: String,
    tally: TallyView,
    rows_html: Html,
    /// Rows on this page.
    count: usize,
    pager: Option<Pager>,
    /// Where the rest is, when the list shows only the most urgent.
    all: Option<String>,
    order: &'static str,
    owner: Option<OwnerPage<'a>>,
    level: Option<LevelView<'a>>,
    state: Option<StateView>,
    levels: Vec<LeftAt<'a>>,
    owners: Vec<LeftTo<'a>>,
    /// Where all items are as CSV.
    csv: Option<String>,
    /// What this page holds, as a query of the filters.
    base: String,
}

/// The owner that a page is about.
#[derive(Serialize)]
struct OwnerPage<'a> {
    owner: OwnerView<'a>,
    kind: Option<&'static str>,
    link: Option<&'a str>,
    aliases: &'a [String],
}

/// How many items are left to an owner.
#[derive(Serialize)]
struct LeftTo<'a> {
    owner: OwnerView<'a>,
    left: u32,
}

/// A list page: what it says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>) -> (Head, ListView<'a>) {
    let items = desk.plan.list(desk.site, desk.page);
    let (tally, at) = sum_and_part(desk, items.len());
    let shown = part(items, at);
    let is_cut = matches!(desk.page, Page::State(_)) && items.len() > shown.len();
    let mut view = ListView {
        heading: heading(desk),
        tally: TallyView::whole(tally, |_| None),
        rows_html: desk.rows(shown),
        count: shown.len(),
        pager: if is_cut { None } else { desk.pager(items.len(), at, |at| other_part(desk.page, at)) },
        all: is_cut.then(|| desk.href(&Page::Items(1))),
        order: "most urgent first",
        owner: None,
        level: None,
        state: None,
        levels: Vec::new(),
        owners: Vec::new(),
        csv: None,
        base: base(desk),
    };
    fill(desk, &mut view);
    if at == 1 {
        // Sums over the whole list: each part would go through all of it again.
        split(desk, items, &mut view);
    }
    let description = format!("{}: {}.", view.heading, told(tally));
    let (kind, crumbs) = match desk.page {
        Page::Owner(..) | Page::Unowned(_) => ("owner", vec![desk.crumb(&Page::Owners)]),
        Page::Level(..) => ("level", vec![desk.crumb(&Page::Priorities)]),
        Page::State(_) => ("state", vec![desk.crumb(&Page::Items(1))]),
        _ => ("items", Vec::new()),
    };
    (Head { kind, title: view.heading.clone(), description: Some(description), crumbs }, view)
}

/// What only some of the lists show.
fn fill<'a>(desk: &'a Desk<'a>, view: &mut ListView<'a>) {
    match *desk.page {
        Page::Owner(index, _) => {
            let name = &desk.site.owners[index as usize].name;
            view.owner = owner_page(desk, name);
        }
        Page::Unowned(_) => {}
        Page::Level(level, _) => view.level = level.map(|level| desk.level(level)),
        Page::State(state) => view.state = Some(state.into()),
        _ => view.csv = Some(desk.href(&Page::ItemsCsv)),
    }
}

/// How a list splits: an owner's by level, a level's by owner.
fn split<'a>(desk: &'a Desk<'a>, items: &[ItemId], view: &mut ListView<'a>) {
    match desk.page {
        Page::Owner(..) | Page::Unowned(_) => view.levels = by_level(desk, items),
        Page::Level(..) => view.owners = by_owner(desk, items),
        _ => {}
    }
}

/// The sum of a whole list of so many items, and which part of it the page is.
fn sum_and_part(desk: &Desk<'_>, items: usize) -> (Tally, u32) {
    let site = desk.site;
    match *desk.page {
        Page::Owner(index, at) => (site.owners[index as usize].group.tally, at),
        Page::Unowned(at) => (site.unowned.tally, at),
        Page::Level(level, at) => (site.level(level).tally, at),
        Page::State(state) => (std::iter::repeat_n(state, items).collect(), 1),
        Page::Items(at) => (site.tally, at),
        _ => (Tally::default(), 1),
    }
}

fn heading(desk: &Desk<'_>) -> String {
    match *desk.page {
        Page::Owner(index, _) => desk.site.owners[index as usize].name.clone(),
        Page::Unowned(_) => "Unowned".to_owned(),
        Page::Level(Some(level), _) => {
            let step = desk.site.ladder.step(level);
            format!("{} {}", step.key, step.label)
        }
        Page::Level(None, _) => "No priority".to_owned(),
        Page::State(state) => capitalised(state.label()),
        _ => "Items".to_owned(),
    }
}

/// A text with a capital at its start.
pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn base(desk: &Desk<'_>) -> String {
    match *desk.page {
        Page::Owner(index, _) => format!("owner={}", desk.plan.owners[index as usize]),
        Page::Unowned(_) => "owner=nobody".to_owned(),
        Page::Level(level, _) => format!("priority={}", desk.plan.level_slug(level)),
        Page::State(state) => format!("state={}", state.name()),
        _ => String::new(),
    }
}

fn other_part(page: &Page, at: u32) -> Page {
    match *page {
        Page::Owner(index, _) => Page::Owner(index, at),
        Page::Unowned(_) => Page::Unowned(at),
        Page::Level(level, _) => Page::Level(level, at),
        _ => Page::Items(at),
    }
}

fn owner_page<'a>(desk: &Desk<'a>, name: &str) -> Option<OwnerPage<'a>> {
    let known = desk.edition.config.owners.iter().find(|owner| owner.name == name);
    Some(OwnerPage {
        owner: desk.owner(name)?,
        kind: known.and_then(|owner| owner.kind).map(OwnerKind::name),
        link: known.and_then(|owner| owner.link.as_deref()).filter(|link| super::url::foreign(link).is_some()),
        aliases: known.map_or(&[], |owner| &owner.aliases),
    })
}

/// What is left of some items at each level that one of them has.
fn by_level<'a>(desk: &Desk<'a>, items: &[ItemId]) -> Vec<LeftAt<'a>> {
    let mut sums: BTreeMap<Level, u32> = BTreeMap::new();
    for item in items.iter().map(|&id| desk.site.item(id)) {
        if let Some(level) = item.level {
            *sums.entry(level).or_default() += u32::from(item.state.is_left());
        }
    }
    sums.into_iter().map(|(level, left)| LeftAt { level: desk.level(level), left }).collect()
}

/// Owners on a level page at most; the owners page has all.
const OWNERS: usize = 100;

/// What is left of some items to each owner: those who have the most left first.
fn by_owner<'a>(desk: &Desk<'a>, items: &[ItemId]) -> Vec<LeftTo<'a>> {
    let mut sums: BTreeMap<&str, u32> = BTreeMap::new();
    for item in items.iter().map(|&id| desk.site.item(id)) {
        for owner in &item.owners {
            *sums.entry(owner).or_default() += u32::from(item.state.is_left());
        }
    }
    let mut sums: Vec<(&str, u32)> = sums.into_iter().collect();
    sums.sort_by_key(|&(_, left)| std::cmp::Reverse(left));
    let view = |(name, left): (&str, u32)| Some(LeftTo { owner: desk.owner(name)?, left });
    sums.into_iter().take(OWNERS).filter_map(view).collect()
}

/// The list of the items in a state.
pub(super) fn state_href(desk: &Desk<'_>, state: State) -> String {
    desk.href(&Page::State(state))
}
