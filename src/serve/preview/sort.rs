//! What a changed path is about: the configuration, the theme, a document, or the list of files.

#![allow(clippy::disallowed_methods, reason = "the preview looks at the files that were reported to have changed")]

use super::library::Library;
use crate::config;
use crate::input::{self, Project};
use crate::source::RelPath;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What has to be looked at again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sorted {
    /// The configuration.
    pub(super) config: bool,
    /// The theme.
    pub(super) theme: bool,
    /// Which files there are.
    pub(super) listing: bool,
    /// Documents.
    pub(super) documents: BTreeSet<RelPath>,
    /// Folders with all that is in them; `None` among them is the content itself.
    folders: BTreeSet<Option<RelPath>>,
}

impl Sorted {
    /// All of it.
    pub(super) fn everything() -> Self {
        Self { config: true, theme: true, listing: true, folders: [None].into(), ..Self::default() }
    }

    /// Whether a document may have changed.
    pub(super) fn touches(&self, path: &RelPath) -> bool {
        let below =
            |folder: &RelPath| path.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.documents.contains(path) || self.folders.iter().any(|folder| folder.as_ref().is_none_or(below))
    }

    fn add(&mut self, path: RelPath, file: &Path, library: &Library) {
        let data = file.symlink_metadata().ok();
        let is_file = data.as_ref().is_some_and(std::fs::Metadata::is_file);
        if library.holds(&path) && is_file {
            self.documents.insert(path);
        } else if data.is_none() {
            // What came and went between two looks, as editors' own files do, is nobody's concern.
            self.listing |= library.knows(&path);
        } else if library.is_beside(&path) && is_file {
            // Whether it is published depends on what is in it.
            self.listing |= input::is_svg(path.name());
        } else {
            self.listing = true;
            self.folders.insert(Some(path));
        }
    }
}

/// Sorts paths that may have changed.
pub(super) fn sort(paths: &BTreeSet<PathBuf>, project: &Project, library: &Library) -> Sorted {
    let mut sorted = Sorted::default();
    let config = project.root.join(config::FILE);
    let themes = project.root.join("themes");
    for path in paths {
        sorted.config |= *path == config || *path == project.root;
        sorted.theme |= path.starts_with(&themes) || themes.starts_with(path);
        match path.strip_prefix(&project.content).map(rel_path) {
            Ok(Some(inside)) => sorted.add(inside, path, library),
            Ok(None) => {
                sorted.listing = true;
                sorted.folders.insert(None);
            }
            // A folder around the content, which may be another one now.
            Err(_) if project.content.starts_with(path) => return Sorted::everything(),
            Err(_) => {}
        }
    }
    sorted
}

fn rel_path(path: &Path) -> Option<RelPath> {
    let segments: Option<Vec<&str>> = path.iter().map(|segment| segment.to_str()).collect();
    RelPath::new(&segments?.join("/"))
}
