//! One build of the site, from which pages are made when somebody asks for them. It never changes: the next build is
//! another state.

#![allow(clippy::disallowed_methods, reason = "files beside the documents are read when they are asked for")]

use super::fault::Fault;
use super::{media, workshop};
use crate::config::Config;
use crate::input;
use crate::page::{Edition, Page, Plan, Press, Setting};
use crate::render::Renderer;
use crate::serve::http::Answer;
use crate::site::Site;
use crate::source::RelPath;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of pages that a build keeps for those who ask again.
const KEPT: usize = 64 * 1024 * 1024;

/// One build.
pub(super) struct State {
    /// Its number.
    pub(super) build: u64,
    /// The checklists.
    pub(super) site: Arc<Site>,
    pub(super) config: Arc<Config>,
    pub(super) plan: Plan,
    pub(super) renderer: Arc<Renderer>,
    pub(super) setting: Setting,
    /// The content folder.
    pub(super) content: PathBuf,
    /// What is wrong with the project as it is on disk now.
    pub(super) faults: Vec<Fault>,
    /// Pages that were made.
    pub(super) made: Mutex<Made>,
    /// What earlier builds showed.
    pub(super) good: Arc<Good>,
}

/// Pages of one build.
#[derive(Default)]
pub(super) struct Made {
    pages: HashMap<String, Answer>,
    bytes: usize,
    /// Templates that could not be filled, by the address of the page.
    faults: BTreeMap<String, Fault>,
}

/// The last sound page of each address that was looked at, and every file of a theme that such a page names.
#[derive(Default)]
pub(super) struct Good(Mutex<HashMap<String, Answer>>);

/// Pages that are remembered for the time when a template is broken.
const REMEMBERED: usize = 512;

impl State {
    /// The answer for an address, if anything is there.
    pub(super) fn answer(&self, address: &str) -> Option<Answer> {
        if let Some(answer) = self.made().pages.get(address) {
            return Some(answer.clone());
        }
        let path = address.strip_prefix('/').unwrap_or(address);
        let index = format!("{path}index.html");
        let file = if path.is_empty() || path.ends_with('/') { index.as_str() } else { path };
        match self.plan.find(file) {
            Some(Page::File(path)) => self.file(path),
            Some(page) => Some(self.page(address, page)),
            None if self.plan.find(&format!("{path}/index.html")).is_some() => {
                Some(Answer::moved(&format!("{address}/")))
            }
            // a page that is still open may ask for the files of the theme that it was made with
            None if address.starts_with("/assets/") => self.good.get(address),
            None => None,
        }
    }

    /// The page for addresses that are not there.
    pub(super) fn not_found(&self) -> Answer {
        self.page("404", &Page::NotFound).with_status(404)
    }

    /// What is wrong: with the project, or with the page of an address.
    pub(super) fn faults(&self, address: &str) -> Vec<Fault> {
        let made = self.made();
        let of_page = made.faults.get(address).or_else(|| made.faults.get("404"));
        self.faults.iter().chain(of_page).cloned().collect()
    }

    fn page(&self, address: &str, page: &Page) -> Answer {
        let edition = Edition {
            site: &self.site,
            config: &self.config,
            plan: &self.plan,
            theme: self.renderer.theme(),
            setting: &self.setting,
        };
        match Press::new(&edition, &*self.renderer).make(page) {
            Ok(content) => {
                let name = self.plan.address(page);
                let answer = Answer::ok(media::of(name.as_str()), content.into_bytes());
                self.keep(address, &answer);
                answer
            }
            Err(finding) => {
                let text = workshop::text_of(self.renderer.theme(), &finding.path);
                let fault = Fault::of(&finding, text.as_ref(), finding.path.as_str());
                let instead = self.good.get(address).unwrap_or_else(|| self.placeholder());
                self.made().faults.insert(address.to_owned(), fault);
                instead
            }
        }
    }

    fn keep(&self, address: &str, answer: &Answer) {
        let mut made = self.made();
        if made.bytes + answer.body.len() > KEPT {
            made.pages.clear();
            made.bytes = 0;
        }
        made.bytes += answer.body.len();
        made.pages.insert(address.to_owned(), answer.clone());
        drop(made);
        if answer.body.len() < KEPT / 64 {
            self.good.remember(address, answer);
        }
    }

    /// A page that only waits, for one that cannot be made and never was.
    fn placeholder(&self) -> Answer {
        let script = self.setting.preview.as_ref().map(|preview| preview.script.as_str()).unwrap_or_default();
        media::waiting_page("This page cannot be made", script)
    }

    /// A file beside the documents. Its name is the plan's, not the asker's.
    fn file(&self, path: &RelPath) -> Option<Answer> {
        let file = self.content.join(path.as_str());
        let inside = file.canonicalize().is_ok_and(|real| real.starts_with(&self.content));
        let read = || if input::is_svg(path.name()) { input::picture(&file) } else { std::fs::read(&file) };
        let bytes = (inside && is_file(&file)).then(read)?.ok()?;
        Some(Answer::ok(media::of(path.as_str()), bytes))
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.is_file())
}

impl Good {
    fn get(&self, address: &str) -> Option<Answer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(address).cloned()
    }

    fn remember(&self, address: &str, answer: &Answer) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= REMEMBERED {
            pages.clear();
        }
        pages.insert(address.to_owned(), answer.clone());
    }
}
