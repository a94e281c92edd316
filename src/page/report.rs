//! The whole status on paper.

use super::chrome::Head;
use super::document::{SignOffView, signoffs};
use super::edition::Desk;
use super::overview::{self, OverviewView};
use super::shape::{LevelView, LinkView};
use crate::markdown::Html;
use crate::model::Level;
use crate::site::{DocumentId, ItemId};
use serde::Serialize;

/// Items and sign-offs on paper at most; the pages of the site have all.
const ITEMS: usize = 1000;
const SIGNOFFS: usize = 200;

/// What the template of the report sees.
#[derive(Serialize)]
pub(super) struct ReportView<'a> {
    #[serde(flatten)]
    overview: OverviewView<'a>,
    groups: Vec<LeftGroup<'a>>,
    /// Items that are left out here.
    groups_cut: usize,
    signoffs: Vec<DocumentSignOff<'a>>,
}

/// What is left at a level.
#[derive(Serialize)]
struct LeftGroup<'a> {
    level: Option<LevelView<'a>>,
    left: u32,
    scope: u32,
    rows_html: Html,
    count: usize,
}

#[derive(Serialize)]
struct DocumentSignOff<'a> {
    document: LinkView,
    #[serde(flatten)]
    signoff: SignOffView<'a>,
}

/// The report: what it says of itself, and its view.
pub(super) fn view<'a>(desk: &'a Desk<'a>) -> (Head, ReportView<'a>) {
    let (head, overview) = overview::view(desk);
    let mut room = ITEMS;
    let levels = desk.site.ladder.levels().map(Some).chain([None]);
    let groups = levels.filter_map(|level| group(desk, level, &mut room)).collect();
    let left = desk.site.tally.left() as usize;
    let view = ReportView { overview, groups, groups_cut: left.saturating_sub(ITEMS), signoffs: all_signoffs(desk) };
    (Head { kind: "report", title: "Report".to_owned(), ..head }, view)
}

/// What is left at a level, as far as there is room for it.
fn group<'a>(desk: &Desk<'a>, level: Option<Level>, room: &mut usize) -> Option<LeftGroup<'a>> {
    let items = desk.plan.list(desk.site, &super::plan::Page::Level(level, 1));
    // What is left comes first in every list.
    let left = items.iter().copied().take_while(|&id| desk.site.item(id).state.is_left());
    let left: Vec<ItemId> = left.take(*room).collect();
    *room -= left.len();
    let tally = desk.site.level(level).tally;
    (!left.is_empty()).then(|| LeftGroup {
        level: level.map(|level| desk.level(level)),
        left: tally.left(),
        scope: tally.scope(),
        rows_html: desk.rows(&left),
        count: left.len(),
    })
}

fn all_signoffs<'a>(desk: &Desk<'a>) -> Vec<DocumentSignOff<'a>> {
    let of = |id: &DocumentId| {
        let document = desk.document_link(*id);
        let signoffs = signoffs(desk, desk.site.document(*id)).into_iter();
        signoffs.map(move |signoff| DocumentSignOff { document: document.clone(), signoff })
    };
    desk.site.reading_order.iter().filter(|id| desk.site.document(**id).counted).flat_map(of).take(SIGNOFFS).collect()
}
