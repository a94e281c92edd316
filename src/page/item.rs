//! An item as a view, for the few places where a template prints it.

use super::edition::Desk;
use super::lists::is_overdue;
use super::row::{section_title, tag_slug, title};
use super::shape::{DateView, LevelView, LinkView, OwnerView, SourceView, StateView};
use super::url::{element_id, fragment};
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
    tags: Vec<String>,
    due: Option<Due>,
    document: DocumentLink<'a>,
    section: Option<LinkView>,
    note: &'a str,
    waiver: Option<WaiverView<'a>>,
    source: SourceView<'a>,
}

/// A due date.
#[derive(Serialize)]
pub(super) struct Due {
    #[serde(flatten)]
    pub(super) date: DateView,
    /// Whether something is left after it.
    pub(super) overdue: bool,
}

#[derive(Serialize)]
struct DocumentLink<'a> {
    title: &'a str,
    slug: &'a str,
    href: String,
}

#[derive(Serialize)]
struct WaiverView<'a> {
    reason: &'a str,
    owner: &'a str,
    expires: DateView,
}

/// An item as a view.
pub(super) fn view<'a>(desk: &Desk<'a>, id: ItemId) -> ItemView<'a> {
    let (document, item) = (desk.site.document(id.document), desk.site.item(id));
    let section = item.section.and_then(|index| document.checklist.sections.get(index as usize));
    let heading = section.and_then(|section| document.checklist.headings.get(section.heading as usize));
    let page = desk.document_href(id.document);
    let section = section.and_then(|section| section_title(document, section)).zip(heading).map(|(title, heading)| {
        LinkView { label: title.to_owned(), href: format!("{page}#{}", fragment(&element_id(&heading.anchor))) }
    });
    let waiver = desk.site.waivers.iter().find(|waiver| waiver.items.contains(&id));
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
        tags: document.checklist.front.tags.iter().map(|tag| tag_slug(tag)).collect(),
        due: item.due.map(|due| Due { date: DateView::of(due), overdue: is_overdue(item, desk.site.today) }),
        document: DocumentLink { title: &document.checklist.title, slug: document.stem(), href: page },
        section,
        note: &item.note,
        waiver: waiver.map(|waiver| WaiverView {
            reason: &waiver.reason,
            owner: &waiver.owner,
            expires: DateView::of(waiver.expires),
        }),
        source: desk.source(document, item.span),
    }
}
