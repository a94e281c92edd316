//! A project in a temporary folder, and what is on its disk.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use readybook::output::{OutputError, Protected, Published, Stage, Target, begin};
use readybook::source::RelPath;
use tempfile::TempDir;

/// Files of a site: name and text.
pub(crate) type Site<'a> = &'a [(&'a str, &'a str)];

/// A site of three files.
pub(crate) const SITE: Site<'static> =
    &[("index.html", "12 of 40 done"), ("launch/index.html", "Launch"), ("launch/runs/first.html", "First run")];

/// A home that holds a project, with its content, its theme and whatever a test puts there.
pub(crate) struct Work {
    home: TempDir,
}

impl Work {
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        for folder in ["project/content/area", "project/themes/own"] {
            fs::create_dir_all(home.path().join(folder)).unwrap();
        }
        fs::write(home.path().join("project/content/launch.md"), "# Launch\n").unwrap();
        Self { home }
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// A path in the project.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home().join("project").join(name)
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn target(&self, output: &Path) -> Result<Target, OutputError> {
        let (content, theme, project) = (self.path("content"), self.path("themes/own"), self.path(""));
        let home = Some(self.home());
        let protected = Protected { content: &content, theme: Some(&theme), project: &project, home, current: None };
        Target::check(output, &protected)
    }

    /// The target `public` in the project.
    pub(crate) fn public(&self) -> Target {
        self.target(&self.path("public")).unwrap()
    }

    pub(crate) fn begin(&self) -> Result<Stage, OutputError> {
        begin(self.public())
    }

    pub(crate) fn publish(&self, site: Site<'_>) -> Result<Published, OutputError> {
        let stage = self.begin()?;
        fill(&stage, site)?;
        stage.publish()
    }

    /// The names in the project that a build left beside the output.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let names = fs::read_dir(self.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with('.')).collect()
    }

    /// What of a folder changes when anything in it is written: file, times and mode of everything.
    pub(crate) fn stamps(&self, folder: &str) -> BTreeMap<PathBuf, (u64, i128, i128, u32)> {
        let mut stamps = BTreeMap::new();
        let mut open = vec![self.path(folder)];
        while let Some(path) = open.pop() {
            let metadata = path.symlink_metadata().unwrap();
            if metadata.is_dir() {
                open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            }
            stamps.insert(path, stamp(&metadata));
        }
        stamps
    }
}

fn stamp(metadata: &Metadata) -> (u64, i128, i128, u32) {
    let time = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
    let modified = time(metadata.mtime(), metadata.mtime_nsec());
    (metadata.ino(), modified, time(metadata.ctime(), metadata.ctime_nsec()), metadata.mode())
}

pub(crate) fn rel(name: &str) -> RelPath {
    RelPath::new(name).unwrap()
}

pub(crate) fn fill(stage: &Stage, site: Site<'_>) -> Result<(), OutputError> {
    site.iter().try_for_each(|(name, text)| stage.write(&rel(name), text.as_bytes()))
}
