//! A small repository with fixed dates, whatever the settings of whoever runs the tests.

use readybook::input::{self, Project};
use readybook::pipeline;
use readybook::site::{Day, Drafts, Past, Setting, Site};
use std::path::Path;
use std::process::Command;

/// A repository in a folder of its own.
pub(crate) struct Repo {
    folder: tempfile::TempDir,
}

/// A git that reads no settings but those of its repository.
pub(crate) fn git(folder: &Path, arguments: &[&str], author: &str, date: &str) {
    let mut git = Command::new("git");
    git.args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]).args(arguments);
    git.current_dir(folder).env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    git.envs([("HOME", "/nowhere"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")]);
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), author).env(format!("GIT_{who}_EMAIL"), "team@example.org");
        git.env(format!("GIT_{who}_DATE"), format!("{date}T12:00:00Z"));
    }
    let output = git.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Repo {
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// A repository of a certain kind.
    pub(crate) fn with(options: &[&str]) -> Self {
        let repo = Self { folder: tempfile::tempdir().unwrap() };
        repo.git(&[&["init", "-q"], options].concat());
        repo
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        git(self.path(), arguments, "release team", "2026-06-30");
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, text: &str) -> &Self {
        let file = self.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
        self
    }

    /// Commits everything as it is.
    pub(crate) fn commit(&self, date: &str, author: &str) {
        git(self.path(), &["add", "-A"], author, date);
        git(self.path(), &["commit", "-q", "--allow-empty", "-m", "a change"], author, date);
    }

    /// The days of the folder `content`.
    pub(crate) fn days(&self) -> Vec<Day> {
        match past(&self.path().join("content")).0 {
            Past::Known(days) => days,
            Past::Unknown(absence) => panic!("{absence:?}"),
        }
    }
}

/// The past of a folder and its site, on 2026-06-30.
pub(crate) fn past(folder: &Path) -> (Past, Site) {
    let project = Project::open(folder).unwrap();
    let input = input::read(&project);
    let today = jiff::civil::date(2026, 6, 30);
    let setting = Setting { config: &project.config.value, files: &input.files, today, drafts: Drafts::Hidden };
    let findings = project.config.findings.iter().cloned().chain(input.findings).collect();
    let site = pipeline::site(input.sources, &setting, findings);
    (input::past(&project, &setting, site.documents.len()).unwrap_or_default(), site)
}
