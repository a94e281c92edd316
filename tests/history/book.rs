//! A project with all that its pages are made from.

use jiff::civil::{Date, date};
use readybook::config::Config;
use readybook::input::{self, Project};
use readybook::page::{Content, Edition, Page, Plan, Press, Setting};
use readybook::pipeline;
use readybook::render::Renderer;
use readybook::site::{self, Change, Day, Drafts, Files, Glance, ItemId, Setting as SiteSetting, Site, Status};
use readybook::source::{RelPath, Source};
use readybook::theme::Theme;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The day of the browser tests.
const TODAY: Date = date(2026, 11, 21);
pub(crate) const BASE: &str = "https://example.org/team/readybook/";

pub(crate) struct Book {
    pub(crate) site: Site,
    pub(crate) config: Config,
    pub(crate) setting: Setting,
    renderer: Renderer,
    content: PathBuf,
}

impl Book {
    /// A project of this repository.
    pub(crate) fn open(project: &str) -> Self {
        let mut project = Project::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join(project)).unwrap();
        let input = input::read(&project);
        let config = std::mem::take(&mut project.config.value);
        Self::of(config, input.sources, &input.files, project.content)
    }

    /// Documents by path and text.
    pub(crate) fn written(documents: &[(&str, &str)]) -> Self {
        let source = |(path, text): &(&str, &str)| Source::from_text(RelPath::new(path).unwrap(), text);
        let config = Config { title: Some("Test <book>".to_owned()), ..Config::default() };
        Self::of(config, documents.iter().map(source).collect(), &Files::default(), PathBuf::new())
    }

    fn of(mut config: Config, sources: Vec<Source>, files: &Files, content: PathBuf) -> Self {
        config.base_url = Some(BASE.to_owned());
        let setting = SiteSetting { config: &config, files, today: TODAY, drafts: Drafts::Hidden };
        let site = pipeline::site(sources, &setting, Vec::new());
        let renderer = Renderer::new(Theme::default()).unwrap();
        Self { site, config, setting: Setting::default(), renderer, content }
    }

    /// The same in another built-in theme.
    pub(crate) fn in_theme(mut self, name: &str) -> Self {
        self.renderer = Renderer::new(Theme::named(name)).unwrap();
        self
    }

    pub(crate) fn plan(&self) -> Plan {
        let plan = Plan::of(&self.site, &self.config, self.renderer.theme());
        plan.telling(&self.setting.past, &self.config)
    }

    fn edition<'a>(&'a self, plan: &'a Plan) -> Edition<'a> {
        let (site, config, theme) = (&self.site, &self.config, self.renderer.theme());
        Edition { site, config, plan, theme, setting: &self.setting }
    }

    /// Writes the whole site to a folder.
    pub(crate) fn write(&self, folder: &Path) {
        let plan = self.plan();
        let put = |address: &readybook::page::url::Address, page: &Page, content: Content<'_>| {
            let path = folder.join(address.as_str());
            std::fs::create_dir_all(path.parent().unwrap())?;
            match page {
                Page::File(file) => std::fs::copy(self.content.join(file.as_str()), path).map(|_| ()),
                _ => std::fs::write(path, content.into_bytes()),
            }
        };
        pipeline::build_pages(&self.edition(&plan), &self.renderer, put).unwrap();
    }

    /// What is at an address.
    pub(crate) fn at(&self, address: &str) -> Option<String> {
        let plan = self.plan();
        let page = plan.find(address)?.clone();
        let edition = self.edition(&plan);
        let press = Press::new(&edition, &self.renderer);
        Some(String::from_utf8(press.make(&page).unwrap().into_bytes()).unwrap())
    }

    /// A day on which the site stood as it does, with changes.
    pub(crate) fn day(&self, date: Date, changes: Vec<Change>) -> Day {
        Day {
            date,
            commit: "0123456789abcdef0123456789abcdef01234567".to_owned(),
            tally: self.site.tally,
            levels: self.site.levels.iter().map(|level| level.tally).collect(),
            unranked: self.site.unranked.tally,
            status: Status::NotReady,
            changes,
            authors: BTreeMap::new(),
        }
    }

    /// An item of the site by its text, as it is.
    pub(crate) fn glance(&self, text: &str) -> Glance {
        let of = |document| {
            self.site.document(document).leaves().map(move |(index, item)| (ItemId { document, index }, item))
        };
        let (id, _) = self.site.document_ids().flat_map(of).find(|(_, item)| item.text == text).unwrap();
        site::glance(&self.site, id)
    }
}
