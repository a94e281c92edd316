//! From what has changed on disk to the next build. What is faulty is told, and the last sound state of it is used on.

use super::fault::Fault;
use super::library::{self, Library};
use super::recall::Question;
use super::sort::{Sorted, sort};
use super::state::{Good, Made, State};
use crate::finding::Finding;
use crate::input::{self, InputError, Project};
use crate::page::{self, Highlighting};
use crate::pipeline::{self, Kept};
use crate::render::Renderer;
use crate::serve::watch::Change;
use crate::site::{Drafts, Past, Setting, Site};
use crate::source::{RelPath, Source};
use crate::theme::{Layer, Theme};
use jiff::civil::Date;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What a preview is of.
pub struct Subject {
    /// The project, folder or file.
    pub path: PathBuf,
    /// Which day it is, in UTC. Asked at each build.
    pub today: Box<dyn Fn() -> Date + Send>,
    /// The address of the server, with `/` at its end.
    pub url: String,
}

/// The project as it was last read, and what is made from it.
pub(super) struct Workshop {
    subject: Subject,
    project: Arc<Project>,
    library: Library,
    renderer: Arc<Renderer>,
    /// The theme that was looked at last, faulty or not.
    theme: Theme,
    site: Arc<Site>,
    /// What that site keeps for the next.
    kept: Kept,
    today: Date,
    past: Arc<Past>,
    /// What was checked out when the past was asked for; `None` when it has to be asked for again.
    checkout: Option<String>,
    project_faults: Vec<Fault>,
    theme_faults: Vec<Fault>,
    good: Arc<Good>,
}

impl Workshop {
    /// Reads a project and puts its site together.
    pub(super) fn open(subject: Subject, project: Project) -> Self {
        let (theme, refused) = theme(&project);
        let made = Renderer::new(theme.clone());
        let (renderer, faults) = match made {
            Ok(renderer) => (renderer, Vec::new()),
            Err(findings) => (plain_renderer(), findings),
        };
        let library = Library::open(&project);
        let today = (subject.today)();
        let mut kept = Kept::default();
        Self {
            project_faults: faults_of_config(&project, &library::config_faults(&project)),
            theme_faults: theme_faults(&theme, &faults, refused),
            renderer: Arc::new(renderer),
            site: Arc::new(assemble(&project, &library, today, &mut kept)),
            kept,
            good: Arc::default(),
            subject,
            project: Arc::new(project),
            library,
            theme,
            today,
            past: Arc::default(),
            checkout: None,
        }
    }

    /// What to look up of the past, where another commit is checked out than when that was asked last.
    pub(super) fn question(&mut self) -> Option<Question> {
        let checkout = Some(input::checkout(&self.project));
        if checkout == self.checkout {
            return None;
        }
        self.checkout = checkout;
        Some(Question {
            project: Arc::clone(&self.project),
            survey: self.library.survey(),
            documents: self.library.len(),
            today: self.today,
        })
    }

    /// Takes up what was looked up. True when the past is another.
    pub(super) fn remember(&mut self, past: Past) -> bool {
        let changed = past != *self.past;
        self.past = Arc::new(past);
        changed
    }

    /// The project as it is used.
    pub(super) fn project(&self) -> &Project {
        &self.project
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> usize {
        self.library.len()
    }

    /// Whether another day has begun since the last build.
    pub(super) fn is_another_day(&self) -> bool {
        (self.subject.today)() != self.today
    }

    /// Takes up what may have changed. True when the next build is another than the last.
    pub(super) fn apply(&mut self, change: &Change) -> bool {
        let sorted = match change {
            Change::Rescan => Sorted::everything(),
            Change::Paths(paths) => sort(paths, &self.project, &self.library),
        };
        let faults = self.faults();
        let configured = sorted.config && self.reopen();
        let dressed = (sorted.theme || configured) && self.dress();
        let read = configured || self.read(&sorted);
        if read || self.is_another_day() {
            self.today = (self.subject.today)();
            self.site = Arc::new(assemble(&self.project, &self.library, self.today, &mut self.kept));
            return true;
        }
        dressed || faults != self.faults()
    }

    fn read(&mut self, sorted: &Sorted) -> bool {
        if sorted.listing {
            let touched = |path: &RelPath| sorted.touches(path);
            self.library.look_again(&self.project, touched)
        } else {
            self.library.read(&self.project, &sorted.documents)
        }
    }

    /// Reads the configuration again. True when there is another, sound one.
    fn reopen(&mut self) -> bool {
        let project = match open(&self.subject.path) {
            Ok(project) => project,
            Err(error) => {
                self.project_faults = vec![Fault::refused(&error)];
                return false;
            }
        };
        let faults = library::config_faults(&project);
        self.project_faults = faults_of_config(&project, &faults);
        let changed = faults.is_empty() && !library::is_same(&project, &self.project);
        if changed {
            self.project = Arc::new(project);
            self.checkout = None;
            self.library.configure(&self.project);
        }
        changed
    }

    /// Reads the theme again. True when there is another, sound one.
    fn dress(&mut self) -> bool {
        let (theme, refused) = theme(&self.project);
        if is_same(&theme, &self.theme) && refused.is_none() {
            return false;
        }
        let made = if refused.is_some() { Err(Vec::new()) } else { Renderer::new(theme.clone()) };
        let faults = made.as_ref().err().cloned().unwrap_or_default();
        self.theme_faults = theme_faults(&theme, &faults, refused);
        self.theme = theme;
        made.map(|renderer| self.renderer = Arc::new(renderer)).is_ok()
    }

    /// What is wrong with the files as they are.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let broken = self.library.broken().flat_map(|broken| {
            broken.findings.iter().map(|finding| {
                let shown = self.shown(&finding.path);
                Fault::of(finding, broken.source.as_ref(), &shown)
            })
        });
        let unlisted = self.library.errors().map(|error| Fault::refused(&error));
        self.project_faults.iter().chain(&self.theme_faults).cloned().chain(broken).chain(unlisted).collect()
    }

    fn shown(&self, path: &RelPath) -> String {
        format!("{}{path}", prefix(&self.project))
    }

    /// The build of that number. `preview` is what pages need to talk to the server.
    pub(super) fn state(&self, build: u64, preview: page::Preview) -> State {
        let config = library::local(&self.project.config.value, &self.subject.url);
        let highlight = if config.highlight.enable { Highlighting::On } else { Highlighting::Off };
        let setting = page::Setting {
            repository_folder: input::repository_folder(&self.project),
            preview: Some(preview),
            highlight,
            past: Arc::clone(&self.past),
            ..page::Setting::default()
        };
        State {
            build,
            plan: self.kept.plan(&self.site, &config, self.renderer.theme()).telling(&setting.past, &config),
            site: Arc::clone(&self.site),
            config: Arc::new(config),
            renderer: Arc::clone(&self.renderer),
            setting,
            content: self.project.content.clone(),
            faults: self.faults(),
            made: Mutex::new(Made::default()),
            good: Arc::clone(&self.good),
        }
    }
}

/// The built-in theme, for a project whose own is faulty from the start.
#[expect(clippy::expect_used, reason = "the built-in templates parse: a test holds it")]
fn plain_renderer() -> Renderer {
    Renderer::new(Theme::default()).expect("sound templates")
}

/// Opens a project, with what its repository says about where it is hosted.
///
/// # Errors
/// When there is none, or its configuration or content cannot be read.
pub(super) fn open(path: &Path) -> Result<Project, InputError> {
    let mut project = Project::open(path)?;
    let guess = input::guess_repository(&project);
    let repository = &mut project.config.value.repository;
    repository.url = repository.url.take().or(guess.url);
    repository.branch = repository.branch.take().or(guess.branch);
    Ok(project)
}

fn assemble(project: &Project, library: &Library, today: Date, kept: &mut Kept) -> Site {
    let config = &project.config;
    let findings: Vec<Finding> = config.findings.iter().cloned().chain(library.findings()).collect();
    pipeline::put_together(library.sheets().cloned().collect(), &setting(project, library, today), findings, kept)
}

fn setting<'a>(project: &'a Project, library: &'a Library, today: Date) -> Setting<'a> {
    Setting { config: &project.config.value, files: library.files(), today, drafts: Drafts::Shown }
}

/// Where the content lies in the project: empty, or with `/` at its end.
fn prefix(project: &Project) -> String {
    let inside = project.content.strip_prefix(&project.root).ok();
    let segments = inside.into_iter().flat_map(Path::iter);
    segments.map(|segment| format!("{}/", segment.to_string_lossy())).collect()
}

fn theme(project: &Project) -> (Theme, Option<InputError>) {
    match input::theme(&project.root, project.config.value.theme.as_deref()) {
        Ok(theme) => (theme, None),
        Err(error) => (Theme::default(), Some(error)),
    }
}

fn theme_faults(theme: &Theme, findings: &[Finding], refused: Option<InputError>) -> Vec<Fault> {
    let told = findings
        .iter()
        .map(|finding| Fault::of(finding, text_of(theme, &finding.path).as_ref(), finding.path.as_str()));
    told.chain(refused.iter().map(Fault::refused)).collect()
}

fn faults_of_config(project: &Project, findings: &[Finding]) -> Vec<Fault> {
    findings.iter().map(|finding| Fault::of(finding, project.source.as_ref(), finding.path.as_str())).collect()
}

/// The text of a template at the path of a finding.
pub(super) fn text_of(theme: &Theme, path: &RelPath) -> Option<Source> {
    let at = |layer: &Layer| {
        let (_, bytes) = layer.files().find(|(name, _)| layer.path(name).as_ref() == Some(path))?;
        Some(Source::from_text(path.clone(), std::str::from_utf8(bytes).ok()?))
    };
    theme.layers().iter().rev().find_map(at)
}

fn is_same(one: &Theme, other: &Theme) -> bool {
    let same = |(one, other): (&Layer, &Layer)| one.name == other.name && one.files().eq(other.files());
    one.layers().len() == other.layers().len() && one.layers().iter().zip(other.layers()).all(same)
}
