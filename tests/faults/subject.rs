//! What is put to the test: a program that publishes, and what it publishes when left alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use tempfile::TempDir;

use crate::project;
use crate::tree::Tree;

/// One of two sites that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    A,
    B,
}

impl Site {
    pub(crate) fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// A program under test.
pub(crate) struct Subject {
    /// For the report.
    pub(crate) name: &'static str,
    /// Puts what the program needs into an empty work folder.
    pub(crate) prepare: fn(&Path),
    /// Publishes a site to `public` in the work folder, on one thread: calls are counted for each thread.
    pub(crate) once: fn(&Path, Site) -> Command,
    /// What is killed at random: publishes this site first, on any number of threads, and may go on publishing both.
    pub(crate) killed: fn(&Path, Site) -> Command,
    /// How it ends when it tells of an error.
    pub(crate) failure: i32,
    /// Whether a killed build may leave no folder at all until the next one.
    pub(crate) may_vanish: bool,
}

impl Subject {
    /// The output room, where folders are exchanged in one step.
    pub(crate) fn exchanging() -> Self {
        Self {
            name: "exchange",
            prepare: prepare_content,
            once: |work, site| own(work, what(site), "exchange"),
            killed: |work, _| own(work, "for-ever", "exchange"),
            failure: 1,
            may_vanish: false,
        }
    }

    /// The output room, where folders are renamed twice.
    pub(crate) fn renaming() -> Self {
        Self {
            name: "rename",
            once: |work, site| own(work, what(site), "rename"),
            killed: |work, _| own(work, "for-ever", "rename"),
            may_vanish: true,
            ..Self::exchanging()
        }
    }

    /// `readybook build`, whole.
    pub(crate) fn building() -> Self {
        Self {
            name: "build",
            prepare: project::prepare,
            once: |work, site| project::build(work, site, &["-j", "1"]),
            killed: |work, site| project::build(work, site, &[]),
            failure: 2,
            may_vanish: false,
        }
    }
}

fn prepare_content(work: &Path) {
    fs::create_dir(work.join("content")).expect("a work folder");
    fs::write(work.join("content/plan.txt"), "The plan. ".repeat(5000)).expect("an asset");
    fs::write(work.join("content/extra.txt"), "More. ".repeat(5000)).expect("an asset");
}

fn what(site: Site) -> &'static str {
    match site {
        Site::A => "once-a",
        Site::B => "once-b",
    }
}

fn own(work: &Path, what: &str, way: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.arg("publish").arg(work).arg(what).arg(way);
    command
}

/// A work folder, and the two sites as the subject publishes them undisturbed.
pub(crate) struct Bench<'a> {
    subject: &'a Subject,
    work: TempDir,
    sites: Arc<[Tree; 2]>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(subject: &'a Subject) -> Self {
        let site = |site| {
            let work = work_folder(subject);
            publish(&mut (subject.once)(work.path(), site));
            Tree::read(&work.path().join("public")).expect("a published site")
        };
        let sites = [site(Site::A), site(Site::B)];
        assert_ne!(sites[0], sites[1], "the two sites differ");
        Self { subject, work: work_folder(subject), sites: Arc::new(sites) }
    }

    /// Another work folder for the same two sites, so that several can be disturbed at a time.
    pub(crate) fn another(&self) -> Self {
        Self { subject: self.subject, work: work_folder(self.subject), sites: Arc::clone(&self.sites) }
    }

    pub(crate) fn subject(&self) -> &Subject {
        self.subject
    }

    pub(crate) fn work(&self) -> &Path {
        self.work.path()
    }

    /// Which site is published; `None` when there is no folder.
    ///
    /// # Panics
    /// When the folder is neither of the two sites.
    pub(crate) fn published(&self, after: &str) -> Option<Site> {
        let found = Tree::read(&self.work().join("public"))?;
        if found == self.sites[0] {
            return Some(Site::A);
        }
        assert!(found == self.sites[1], "after {after} the folder is neither site: {found:?}");
        Some(Site::B)
    }

    /// Publishes a site undisturbed, and makes sure that it is there, and nothing else beside it.
    pub(crate) fn heal(&self, site: Site, after: &str) {
        publish(&mut (self.subject.once)(self.work(), site));
        assert_eq!(self.published(after), Some(site), "the build after {after}");
        self.assert_tidy(after);
    }

    /// Makes sure that no build left anything beside the output folder.
    pub(crate) fn assert_tidy(&self, after: &str) {
        let left = self.leftovers();
        assert!(left.is_empty(), "{after} left {left:?}");
    }

    /// What builds left beside the output folder.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let entries = fs::read_dir(self.work()).expect("the work folder").map(|entry| entry.expect("an entry"));
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with('.')).collect()
    }

    /// Makes sure that a build which failed says what it tried, and on what.
    pub(crate) fn assert_told(&self, output: &Output, what: &str) {
        let text = String::from_utf8_lossy(&output.stderr);
        let is_error = |line: &str| line.contains("cannot ") && line.contains('`') && line.contains("(os error ");
        assert!(text.lines().any(is_error), "{what}: no act and path in {text:?}");
        assert!(!text.contains("panicked"), "{what}: {text}");
    }
}

/// A work folder, in memory where the system offers that: the disk's own pace is of no interest here.
fn work_folder(subject: &Subject) -> TempDir {
    let work = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder");
    (subject.prepare)(work.path());
    work
}

fn publish(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().expect("the program under test");
    assert!(output.status.success(), "undisturbed: {}", String::from_utf8_lossy(&output.stderr));
}
