//! An item as a view, for the few places where a template prints it.

use super::edition::Desk;
use super::lists::is_overdue;
use super::row::title;
use super::shape::{DateView, LevelView, OwnerView, StateView};
use crate::site::ItemId;
use serde::Serialize;

/// An item.
#[derive(Serialize)]
pub(super) struct ItemView<'a> {
    /// Its name on the site.
    id: String,
    href: String,
    text: &'a str,
    reference: Option<&'a str>,
    state: StateView,
    /// Whether it still has to be done.
    left: bool,
    group: bool,
    level: Option<LevelView<'a>>,
    owners: Vec<OwnerView<'a>>,
    due: Option<Due>,
}

/// A due date.
#[derive(Serialize)]
pub(super) struct Due {
    #[serde(flatten)]
    pub(super) date: DateView,
    /// Whether something is left after it.
    pub(super) overdue: bool,
}

/// An item as a view.
pub(super) fn view<'a>(desk: &Desk<'a>, id: ItemId) -> ItemView<'a> {
    let item = desk.site.item(id);
    ItemView {
        id: desk.site.item_name(id),
        href: desk.item_href(id),
        text: title(item),
        reference: item.reference.as_deref(),
        state: item.state.into(),
        left: item.state.is_left(),
        group: item.group,
        level: item.level.map(|level| desk.level(level)),
        owners: item.owners.iter().filter_map(|owner| desk.owner(owner)).collect(),
        due: item.due.map(|due| Due { date: DateView::of(due), overdue: is_overdue(item, desk.site.today) }),
    }
}
