//! What every page shows around its own: title, navigation, the way to the assets.

use super::edition::Desk;
use super::host;
use super::plan::{Page, Plan};
use super::shape::{DateView, LinkView};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What the templates of all pages see that are as far from the root.
#[derive(Serialize)]
pub(super) struct Shared<'a> {
    site: SiteView<'a>,
    nav: Vec<NavView>,
    /// Addresses of the theme's assets by name, from the root.
    assets: BTreeMap<&'a str, Cow<'a, str>>,
    /// What only the preview has.
    preview: Option<PreviewView<'a>>,
}

/// What the template of one page sees beside that.
#[derive(Serialize)]
pub(super) struct Own<'a, V> {
    page: PageView<'a>,
    view: V,
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    language: &'a str,
    generator: &'static str,
    as_of: DateView,
    home: String,
    commit: Option<CommitView<'a>>,
    repository: Option<RepositoryView<'a>>,
    documents: usize,
    items: u32,
    /// Hosts whose images may be shown.
    image_sources: [&'a str; 0],
    extra: &'a serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct CommitView<'a> {
    id: &'a str,
    href: Option<String>,
    date: Option<DateView>,
}

#[derive(Serialize)]
struct RepositoryView<'a> {
    href: &'a str,
}

#[derive(Serialize)]
struct PageView<'a> {
    kind: &'static str,
    title: &'a str,
    description: Option<&'a str>,
    canonical: Option<String>,
    root: &'a str,
    address: &'a str,
    /// The label of the page in the navigation that it belongs to.
    section: Option<&'static str>,
    crumbs: Vec<LinkView>,
    feed: Option<String>,
    /// Address of the search index, from the root.
    search: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct NavView {
    label: &'static str,
    href: String,
}

#[derive(Serialize)]
struct PreviewView<'a> {
    script: &'a str,
    token: &'a str,
}

/// What a page says of itself.
#[derive(Default)]
pub(super) struct Head {
    /// The name of its template, without ending.
    pub(super) kind: &'static str,
    pub(super) title: String,
    /// One sentence for search engines and previews of links.
    pub(super) description: Option<String>,
    /// The pages above it.
    pub(super) crumbs: Vec<LinkView>,
}

/// The pages of the navigation, of a site that has all of them.
static NAV: [(&str, Page); 9] = [
    ("Overview", Page::Overview),
    ("Documents", Page::Documents(1)),
    ("Items", Page::Items(1)),
    ("Owners", Page::Owners),
    ("Priorities", Page::Priorities),
    ("History", Page::History(1)),
    ("Findings", Page::Findings(1)),
    ("Report", Page::Report),
    ("Portfolio", Page::Portfolio),
];

/// The pages of the navigation that a site has, with their labels.
pub(super) fn nav(plan: &Plan) -> impl Iterator<Item = &'static (&'static str, Page)> {
    NAV.iter().filter(|(_, page)| plan.has(page))
}

impl<'a> Desk<'a> {
    /// What the page shares with others.
    pub(super) fn shared(&'a self) -> Shared<'a> {
        let assets = self.plan.assets.iter().map(|(name, address)| (name.as_str(), address.href()));
        let preview = self.edition.setting.preview.as_ref();
        Shared {
            site: self.site_view(),
            nav: nav(self.plan).map(|(label, page)| NavView { label, href: self.href(page) }).collect(),
            assets: assets.collect(),
            preview: preview.map(|preview| PreviewView { script: &preview.script, token: &preview.token }),
        }
    }

    /// A view with what the page says of itself.
    pub(super) fn own<V: Serialize>(&'a self, head: &'a Head, view: V) -> Own<'a, V> {
        Own { page: self.page_view(head), view }
    }

    fn site_view(&'a self) -> SiteView<'a> {
        let config = self.edition.config;
        let commit = self.edition.setting.commit.as_ref();
        SiteView {
            title: &self.site.title,
            language: &config.language,
            generator: concat!("Readybook ", env!("CARGO_PKG_VERSION")),
            as_of: DateView::of(self.site.today),
            home: self.href(&Page::Overview),
            commit: commit.map(|commit| CommitView {
                id: &commit.id,
                href: host::of(self.edition).map(|host| host.commit(&commit.id)),
                date: commit.date.map(DateView::of),
            }),
            repository: config.repository.url.as_deref().map(|href| RepositoryView { href }),
            documents: self.site.documents.iter().filter(|document| document.is_checklist()).count(),
            items: self.site.tally.items(),
            image_sources: [],
            extra: &config.extra,
        }
    }

    fn page_view(&'a self, head: &'a Head) -> PageView<'a> {
        let base = self.edition.config.base_url.as_deref().filter(|_| *self.page != Page::NotFound);
        PageView {
            kind: head.kind,
            title: &head.title,
            description: head.description.as_deref(),
            canonical: base.map(|base| format!("{base}{}", self.address.canonical())),
            root: &self.root,
            address: self.address.as_str(),
            section: section(self.page),
            crumbs: head.crumbs.clone(),
            feed: self.plan.has_feed.then(|| self.href(&Page::Feed)),
            search: self.plan.search.as_ref().map(super::url::Address::href),
        }
    }

    /// A link to a page of the navigation, as the crumb above another.
    pub(super) fn crumb(&self, page: &Page) -> LinkView {
        let label = NAV.iter().find(|(_, own)| own == page).map_or("", |(label, _)| *label);
        LinkView { label: label.to_owned(), href: self.href(page) }
    }
}

/// The label of the page in the navigation that a page belongs to.
fn section(page: &Page) -> Option<&'static str> {
    let section = match page {
        Page::Document(_) | Page::Documents(_) => Page::Documents(1),
        Page::Owner(..) | Page::Unowned(_) => Page::Owners,
        Page::Level(..) => Page::Priorities,
        Page::Items(_) | Page::State(_) => Page::Items(1),
        Page::Findings(_) => Page::Findings(1),
        Page::History(_) => Page::History(1),
        other => other.clone(),
    };
    NAV.iter().find(|(_, page)| *page == section).map(|(label, _)| *label)
}
