//! A project that has been read and put together: what most verbs begin with.

use super::exit::{Exit, Failure};
use super::progress::Progress;
use crate::config::Config;
use crate::finding::{Code, Finding, Severity};
use crate::git::GitError;
use crate::input::{self, InputError, Project};
use crate::pipeline;
use crate::site::{Drafts, Files, Past, Setting, Site};
use crate::source::{Place, RelPath, Source};
use jiff::civil::Date;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

/// A site with what is needed to tell people about it.
pub(super) struct Loaded {
    /// The project.
    pub(super) project: Project,
    /// The site. It is not taken apart in the end: the program is over then, and millions of small strings take their time.
    pub(super) site: ManuallyDrop<Site>,
    /// What the system refused.
    pub(super) errors: Vec<InputError>,
    /// The files beside the documents.
    files: Files,
    drafts: Drafts,
    /// Texts beside the documents that findings may be about, by their paths from the project's folder.
    pub(super) beside: Vec<Source>,
    /// The folder in which we are.
    here: Option<PathBuf>,
    /// The project's folder below its repository's root, which is how services call it.
    from_repository: PathBuf,
}

impl Loaded {
    /// Reads the project of a path and puts its site together.
    ///
    /// # Errors
    /// When there is no such path. What cannot be read in it is told in the value.
    pub(super) fn open(path: &Path, today: Date) -> Result<Self, Failure> {
        Ok(Self::of(Project::open(path)?, today))
    }

    /// Reads an opened project and puts its site together.
    pub(super) fn of(project: Project, today: Date) -> Self {
        Self::with_drafts(project, today, Drafts::Hidden)
    }

    /// The same, with what happens to drafts.
    pub(super) fn with_drafts(mut project: Project, today: Date, drafts: Drafts) -> Self {
        let _progress = Progress::of("reading");
        // Files are looked for while the words that they will be read by are.
        let (input, ()) = rayon::join(|| input::read(&project), pipeline::warm_up);
        let guess = input::guess_repository(&project);
        let repository = &mut project.config.value.repository;
        repository.url = repository.url.take().or(guess.url);
        repository.branch = repository.branch.take().or(guess.branch);
        let mut findings = project.config.findings.clone();
        findings.extend(input.findings);
        let setting = Setting { config: &project.config.value, files: &input.files, today, drafts };
        let site = pipeline::site(input.sources, &setting, findings);
        Self {
            beside: project.source.clone().into_iter().collect(),
            here: std::env::current_dir().and_then(|here| here.canonicalize()).ok(),
            from_repository: from_repository(&project),
            project,
            site: ManuallyDrop::new(site),
            errors: input.errors,
            files: input.files,
            drafts,
        }
    }

    /// What a site of the same project is put together with.
    pub(super) fn setting(&self) -> Setting<'_> {
        Setting { config: self.config(), files: &self.files, today: self.site.today, drafts: self.drafts }
    }

    /// What became of the items over time.
    ///
    /// # Errors
    /// When git does not answer.
    pub(super) fn past(&self) -> Result<Past, GitError> {
        let _progress = Progress::of("history");
        input::past(&self.project, &self.setting(), self.site.documents.len())
    }

    /// The configuration.
    pub(super) fn config(&self) -> &Config {
        &self.project.config.value
    }

    /// A path of a finding as people call it from here.
    pub(super) fn shown(&self, path: &RelPath) -> String {
        text(&self.as_called(self.project.root.join(self.in_project(path))))
    }

    /// A path as it is called from here: below this folder, or up to two folders above and down again.
    fn as_called(&self, path: PathBuf) -> PathBuf {
        let Some(here) = &self.here else { return path };
        let common = here.ancestors().find(|common| path.starts_with(common)).unwrap_or(Path::new("/"));
        let up = here.strip_prefix(common).map_or(0, |rest| rest.iter().count());
        // From far away the whole path says more than a row of dots.
        if up > 2 || common.parent().is_none() {
            return path;
        }
        let down = path.strip_prefix(common).unwrap_or(&path);
        std::iter::repeat_n(Path::new(".."), up).collect::<PathBuf>().join(down)
    }

    /// A path as people call it from here; `.` for this folder.
    pub(super) fn called(&self, path: &Path) -> String {
        let called = self.as_called(path.to_owned());
        if called.as_os_str().is_empty() { ".".to_owned() } else { text(&called) }
    }

    /// A path of a finding from the repository's root.
    pub(super) fn in_repository(&self, path: &RelPath) -> String {
        text(&self.from_repository.join(self.in_project(path)))
    }

    /// A path of a finding as reports call it, wherever they are made: from the repository's root, and only without one
    /// from here.
    pub(super) fn file(&self, path: &RelPath) -> String {
        if self.project.repository.is_some() { self.in_repository(path) } else { self.shown(path) }
    }

    /// A path of a finding from the project's folder: documents lie in the content, everything else beside it.
    fn in_project(&self, path: &RelPath) -> PathBuf {
        let content = self.project.content.strip_prefix(&self.project.root).unwrap_or(Path::new(""));
        let beside = self.beside.iter().any(|source| source.path == *path);
        if beside { PathBuf::from(path.as_str()) } else { content.join(path.as_str()) }
    }

    /// The text that a finding is about.
    pub(super) fn source(&self, path: &RelPath) -> Option<&Source> {
        let documents = &self.site.documents;
        let document = documents.binary_search_by(|document| document.source.path.cmp(path)).ok();
        let beside = || self.beside.iter().find(|source| source.path == *path);
        document.map(|index| &documents[index].source).or_else(beside)
    }

    /// The place of a finding on disk.
    pub(super) fn place(&self, finding: &Finding) -> Option<Place> {
        Some(self.source(&finding.path)?.place(finding.span?.start))
    }

    /// How a verb ends that tells of the site, whatever the site says: trouble where something could not be read, the
    /// configuration is wrong, or there is nothing to tell of.
    pub(super) fn exit(&self) -> Exit {
        let wrong = |finding: &Finding| finding.code == Code::Config && finding.severity == Severity::Error;
        let trouble =
            !self.errors.is_empty() || self.site.documents.is_empty() || self.project.config.findings.iter().any(wrong);
        if trouble { Exit::Trouble } else { Exit::Fine }
    }

    /// What to say where there is no document at all.
    pub(super) fn nothing(&self) -> Option<Failure> {
        let none = self.site.documents.is_empty() && self.site.findings.is_empty() && self.errors.is_empty();
        let message = format!("no checklist in `{}`", self.called(&self.project.content));
        let help = "a checklist is a Markdown file (.md, .markdown) that is not hidden, ignored or excluded";
        none.then(|| Failure::asked_help(message, help))
    }
}

/// The folder of a project below the root of its repository; empty without one.
fn from_repository(project: &Project) -> PathBuf {
    let rest = project.repository.as_ref().and_then(|root| project.root.strip_prefix(root).ok());
    rest.unwrap_or(Path::new("")).to_owned()
}

/// A path with `/` between its segments.
fn text(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}
