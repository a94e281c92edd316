//! The plan: every address of the site, once, with what is there.

use super::address::{self, Addresses};
use super::alias::Alias;
use super::findings::Kinds;
use super::history;
use super::lists::{Lists, PART, parts};
use super::markup::Markup;
use super::portfolio::Member;
use super::search;
use super::url::{Address, safe_segment};
use crate::config::Config;
use crate::model::{Level, State};
use crate::site::{DocumentId, ItemId, Past, Site};
use crate::source::RelPath;
use crate::theme::{ASSETS, Theme};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

/// What is at an address. Lists that are longer than a page have parts, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// The verdict, and what is in the way.
    Overview,
    /// A part of the list of documents.
    Documents(u32),
    /// A document.
    Document(DocumentId),
    /// A former address of a document, by number.
    Alias(u32),
    /// Owners with their sums.
    Owners,
    /// A part of the items of an owner, by index into [`Site::owners`].
    Owner(u32, u32),
    /// A part of the items of nobody.
    Unowned(u32),
    /// Levels with their sums.
    Priorities,
    /// A part of the items of a level, or of those without.
    Level(Option<Level>, u32),
    /// The most urgent items in a state: there may be nearly as many as there are items.
    State(State),
    /// A part of all items.
    Items(u32),
    /// A part of what was found.
    Findings(u32),
    /// A part of what changed day by day, the newest first; the first part has the burn-up.
    History(u32),
    /// The whole status, for paper.
    Report,
    /// This site beside others; only where others are named.
    Portfolio,
    /// What a server shows for addresses that are not there.
    NotFound,
    /// The export.
    Readiness,
    /// All items as CSV.
    ItemsCsv,
    /// A badge as a picture.
    Badge(Badge),
    /// A badge as the JSON that shields.io reads.
    BadgeEndpoint(Badge),
    /// All pages, for search engines.
    Sitemap,
    /// What changed, for feed readers.
    Feed,
    /// What robots may read.
    Robots,
    /// Tells GitHub Pages to publish the files as they are.
    NoJekyll,
    /// The search index.
    Search,
    /// A file of the theme, by name.
    Asset(String),
    /// A file beside the documents, by path: whoever looks at the disk copies it.
    File(RelPath),
}

/// What a badge is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Badge {
    /// The verdict of the site.
    Site,
    /// A document.
    Document(DocumentId),
    /// A level.
    Level(Level),
}

/// Every address of a site.
#[derive(Debug)]
pub struct Plan {
    /// Those of documents and files, with what is at them.
    addresses: Arc<Addresses>,
    /// What else there is.
    entries: BTreeMap<Address, Page>,
    pub(super) owners: Vec<String>,
    /// By name: index into [`Site::owners`].
    owner_index: FxHashMap<Box<str>, u32>,
    pub(super) levels: Vec<String>,
    pub(super) assets: BTreeMap<String, Address>,
    pub(super) search: Option<Address>,
    /// How many parts the history has.
    pub(super) history_parts: u32,
    /// Whether there is a feed.
    pub(super) has_feed: bool,
    lists: OnceLock<Lists>,
    kinds: OnceLock<Kinds>,
    pub(super) markup: Markup,
}

impl Plan {
    /// Gives everything its address.
    #[must_use]
    pub fn of(site: &Site, config: &Config, theme: &Theme) -> Self {
        Self::with(Arc::new(Addresses::of(site)), site, config, theme)
    }

    /// Does the same with the addresses that documents and files have already.
    #[must_use]
    pub fn with(addresses: Arc<Addresses>, site: &Site, config: &Config, theme: &Theme) -> Self {
        let mut plan = Self {
            addresses,
            entries: BTreeMap::new(),
            owners: slugs(site.owners.iter().map(|owner| owner.slug.clone()), "unowned"),
            owner_index: site.owners.iter().map(|owner| owner.name.as_str().into()).zip(0..).collect(),
            levels: slugs(site.ladder.steps.iter().map(|step| step.key.to_lowercase()), "none"),
            assets: assets(theme),
            search: None,
            history_parts: 1,
            has_feed: false,
            lists: OnceLock::new(),
            kinds: OnceLock::new(),
            markup: Markup::default(),
        };
        plan.markup = Markup::of(site, &plan);
        plan.enter_all(site);
        if config.search.enable {
            plan.enter_search(site);
        }
        plan
    }

    /// The same with what only a site with a past has: all parts of the history, and the feed, which needs `base_url`.
    #[must_use]
    pub fn telling(mut self, past: &Past, config: &Config) -> Self {
        let Past::Known(days) = past else { return self };
        self.history_parts = history::parts(days.len());
        self.has_feed = config.feed.enable && config.base_url.is_some();
        let parts = (2..=self.history_parts).map(Page::History);
        let pages: Vec<Page> = parts.chain(self.has_feed.then_some(Page::Feed)).collect();
        let entries: Vec<_> = pages.into_iter().map(|page| (self.address(&page), page)).collect();
        self.entries.extend(entries);
        self
    }

    /// The same with the page that tells of other sites, where there are any.
    #[must_use]
    pub fn beside(mut self, portfolio: &[Member], site: &Site) -> Self {
        if !portfolio.is_empty() {
            self.entries.insert(self.address(&Page::Portfolio), Page::Portfolio);
            if self.search.is_some() {
                self.enter_search(site);
            }
        }
        self
    }

    /// Every address with what is there, by address.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (&Address, &Page)> {
        let all: BTreeMap<&Address, &Page> = self.addresses.entries().iter().chain(&self.entries).collect();
        all.into_iter()
    }

    /// Whether the site has a page: one that is no document's, nor a file's.
    pub(super) fn has(&self, page: &Page) -> bool {
        self.entries.contains_key(&self.address(page))
    }

    /// What is at an address, given as the path of a file below the site's root.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<&Page> {
        let address = Address::new(path);
        self.entries.get(&address).or_else(|| self.addresses.entries().get(&address))
    }

    /// The address of each document.
    pub(super) fn documents(&self) -> &[Address] {
        &self.addresses.documents
    }

    /// The address of each file beside the documents that is linked to.
    pub(super) fn files(&self) -> &BTreeMap<RelPath, Address> {
        &self.addresses.files
    }

    /// Former addresses.
    pub(super) fn aliases(&self) -> &[Alias] {
        &self.addresses.aliases
    }

    /// The address of a page.
    #[must_use]
    pub fn address(&self, page: &Page) -> Address {
        match page {
            Page::Documents(part) => listed("documents", *part),
            Page::Document(id) => self.documents()[id.0 as usize].clone(),
            Page::Alias(alias) => self.aliases()[*alias as usize].address.clone(),
            Page::Owner(owner, part) => listed(&format!("owners/{}", self.owners[*owner as usize]), *part),
            Page::Unowned(part) => listed("owners/unowned", *part),
            Page::Level(level, part) => listed(&format!("priorities/{}", self.level_slug(*level)), *part),
            Page::State(state) => Address::page(&format!("states/{}", state.name())),
            Page::Items(part) => listed("items", *part),
            Page::Findings(part) => listed("findings", *part),
            Page::History(part) => listed("history", *part),
            Page::Badge(badge) => self.badge(*badge, "svg"),
            Page::BadgeEndpoint(badge) => self.badge(*badge, "json"),
            Page::Search => self.search.clone().unwrap_or_else(|| Address::new("assets/search.js")),
            Page::Asset(name) => self.assets.get(name).cloned().unwrap_or_else(|| Address::new(name)),
            Page::File(path) => self.files().get(path).cloned().unwrap_or_else(|| Address::new(path.as_str())),
            fixed => Address::new(fixed_address(fixed).unwrap_or_default()),
        }
    }

    /// The address of a page as a link from the root of the site.
    pub(super) fn href(&self, page: &Page) -> Cow<'_, str> {
        match page {
            Page::Document(id) => self.documents()[id.0 as usize].href(),
            Page::Owner(owner, 1) => Cow::Borrowed(self.markup.owners[*owner as usize].as_str()),
            Page::Level(Some(level), 1) => Cow::Borrowed(self.markup.levels[usize::from(level.0)].href.as_str()),
            page => match fixed_address(page) {
                Some(address) => Cow::Borrowed(address),
                None => Cow::Owned(self.address(page).href().into_owned()),
            },
        }
    }

    /// The name of a level in addresses and filters; `none` for items without.
    pub(super) fn level_slug(&self, level: Option<Level>) -> &str {
        level.and_then(|level| self.levels.get(usize::from(level.0))).map_or("none", String::as_str)
    }

    /// The owner of that name, by index into [`Site::owners`], with the name in addresses and filters.
    pub(super) fn owner(&self, name: &str) -> Option<(u32, &str)> {
        let index = *self.owner_index.get(name)?;
        Some((index, self.owners.get(index as usize)?))
    }

    /// The order of items in lists. `site` is the one that the plan is of. Made when the first page asks for it: a
    /// preview that shows a document does without.
    pub(super) fn lists(&self, site: &Site) -> &Lists {
        self.lists.get_or_init(|| Lists::of(site))
    }

    /// The kinds of what was found in `site`, which is the one that the plan is of.
    pub(super) fn kinds(&self, site: &Site) -> &Kinds {
        self.kinds.get_or_init(|| Kinds::of(site))
    }

    /// The items that a list page lists, all parts together.
    pub(super) fn list(&self, site: &Site, page: &Page) -> &[ItemId] {
        let lists = self.lists(site);
        match page {
            Page::Owner(owner, _) => &lists.owners[*owner as usize],
            Page::Unowned(_) => &lists.unowned,
            Page::Level(Some(level), _) => &lists.levels[usize::from(level.0)],
            Page::Level(None, _) => &lists.unranked,
            Page::State(state) => &lists.states[*state as usize],
            Page::Items(_) => &lists.all,
            _ => &[],
        }
    }

    fn badge(&self, badge: Badge, ending: &str) -> Address {
        match badge {
            Badge::Site => Address::new(&format!("badge/readiness.{ending}")),
            Badge::Level(level) => Address::new(&format!("badge/priorities/{}.{ending}", self.level_slug(Some(level)))),
            Badge::Document(id) => address::of_badge(&self.documents()[id.0 as usize], ending),
        }
    }

    /// Enters everything but documents and files. Gathered first and entered at once: most of it comes in order, which a
    /// map makes use of.
    fn enter_all(&mut self, site: &Site) {
        use Page::{Asset, NoJekyll, NotFound, Overview, Owners, Priorities, Readiness, Report, Robots, Sitemap};
        let mut pages = vec![Overview, Owners, Priorities, Report, NotFound, Readiness, Sitemap, Robots, NoJekyll];
        pages.extend([Page::ItemsCsv, Page::History(1)]);
        pages.extend(all_parts(site.documents.len(), Page::Documents));
        pages.extend(all_parts(site.findings.len(), Page::Findings));
        pages.extend(all_parts(site.tally.items() as usize, Page::Items));
        pages.extend(all_parts(site.unowned.items.len(), Page::Unowned));
        for (owner, index) in site.owners.iter().zip(0..) {
            pages.extend(all_parts(owner.group.items.len(), move |part| Page::Owner(index, part)));
        }
        for level in site.ladder.levels().map(Some).chain([None]) {
            pages.extend(all_parts(site.level(level).items.len(), move |part| Page::Level(level, part)));
        }
        pages.extend(State::ALL.map(Page::State));
        let badges = || site.ladder.levels().map(Badge::Level).chain([Badge::Site]);
        pages.extend(badges().map(Page::Badge));
        pages.extend(badges().map(Page::BadgeEndpoint));
        pages.extend(self.assets.keys().cloned().map(Asset));
        self.entries = pages.into_iter().map(|page| (self.address(&page), page)).collect();
    }

    /// Enters the search index, whose address tells what it is made of: all other pages are entered before.
    fn enter_search(&mut self, site: &Site) {
        if let Some(former) = self.search.take() {
            self.entries.remove(&former);
        }
        let address = Address::new(&format!("{ASSETS}search.{}.js", search::fingerprint(site, self)));
        self.entries.insert(address.clone(), Page::Search);
        self.search = Some(address);
    }
}

/// Every part of a list.
fn all_parts(entries: usize, page: impl Fn(u32) -> Page) -> impl Iterator<Item = Page> {
    (1..=parts(entries, PART)).map(page)
}

/// The address of a page that every site has once.
fn fixed_address(page: &Page) -> Option<&'static str> {
    Some(match page {
        Page::Overview => "index.html",
        Page::Documents(1) => "documents/index.html",
        Page::Owners => "owners/index.html",
        Page::Unowned(1) => "owners/unowned/index.html",
        Page::Priorities => "priorities/index.html",
        Page::Level(None, 1) => "priorities/none/index.html",
        Page::Items(1) => "items/index.html",
        Page::Findings(1) => "findings/index.html",
        Page::History(1) => "history/index.html",
        Page::Report => "report/index.html",
        // Below another page: a folder of documents may well be called `portfolio`.
        Page::Portfolio => "report/portfolio/index.html",
        Page::NotFound => "404.html",
        Page::Readiness => "readiness.json",
        Page::ItemsCsv => "items.csv",
        Page::Sitemap => "sitemap.xml",
        Page::Feed => "feed.xml",
        Page::Robots => "robots.txt",
        Page::NoJekyll => ".nojekyll",
        _ => return None,
    })
}

/// The address of a part of a list: `items/`, `items/page-2/`.
fn listed(folder: &str, part: u32) -> Address {
    if part == 1 { Address::page(folder) } else { Address::page(&format!("{folder}/page-{part}")) }
}

/// Names as segments, none of them twice, none that the site uses itself.
fn slugs(names: impl Iterator<Item = String>, own: &str) -> Vec<String> {
    let mut taken: HashSet<String> = [own, "none", "nobody"].map(str::to_owned).into();
    names
        .map(|name| {
            let base = safe_segment(&name);
            let next = (2..).map(|number| format!("{base}-{number}"));
            let slug = std::iter::once(base.clone()).chain(next).find(|slug| !taken.contains(slug)).unwrap_or(base);
            taken.insert(slug.clone());
            slug
        })
        .collect()
}

/// Where the files of a theme go: each name carries a hash of the bytes, so that it can be kept for ever.
fn assets(theme: &Theme) -> BTreeMap<String, Address> {
    let files =
        theme.list().into_iter().filter_map(|(file, layer)| Some((file.strip_prefix(ASSETS)?, layer.get(file)?)));
    let address = |(name, bytes): (&str, &[u8])| {
        let mut hash = String::new();
        for byte in &Sha256::digest(bytes)[..4] {
            let _ = write!(hash, "{byte:02x}");
        }
        let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, "bin"));
        let folder: String =
            folder.split('/').filter(|part| !part.is_empty()).map(|part| safe_segment(part) + "/").collect();
        let address = format!("{ASSETS}{folder}{}.{hash}.{}", safe_segment(stem), safe_segment(ending));
        (name.to_owned(), Address::new(&address))
    };
    files.map(address).collect()
}
