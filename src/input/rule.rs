//! Which files are documents, by where they lie and what they are called: the same for what lies on disk and for what
//! was committed.

use super::error::InputError;
use super::look;
use super::project::{Project, Reach};
use crate::config::Glob;
use crate::source::RelPath;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Whether a file is Markdown by the ending of its name.
#[must_use]
pub fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown"))
}

/// The rule of a project.
pub(super) struct Rule<'a> {
    project: &'a Project,
    folders: Vec<PathBuf>,
    named: Option<(&'a RelPath, Glob)>,
    /// Folders that were judged, by path below the content.
    judged: RefCell<BTreeMap<String, bool>>,
}

impl<'a> Rule<'a> {
    /// The rule of a project.
    ///
    /// # Errors
    /// When it cannot be found out whether there is a theme.
    pub(super) fn of(project: &'a Project) -> Result<Self, InputError> {
        let config = &project.config.value;
        let mut folders = vec![project.root.join(&config.output)];
        let theme = super::theme::theme_folder(&project.root, config.theme.as_deref())?;
        folders.extend(theme.and_then(|theme| theme.parent().map(Path::to_owned)));
        let named = match &project.reach {
            Reach::All => None,
            Reach::Below(below) => Some((below, Glob::new(below.as_str()))),
        };
        Ok(Self { project, folders, named, judged: RefCell::default() })
    }

    /// Whether nothing in a folder is ever looked at.
    ///
    /// # Errors
    /// When it cannot be found out what is in it.
    pub(super) fn skips(&self, folder: &Path) -> Result<bool, InputError> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        Ok(name.starts_with('.')
            || name == "node_modules"
            || self.folders.iter().any(|skipped| skipped == folder)
            // A cache says so itself (https://bford.info/cachedir/): cargo's `target` does. So does our own output.
            || look::is_file(&folder.join("CACHEDIR.TAG"))?
            || look::is_file(&folder.join(".readybook"))?)
    }

    /// Whether a file is left out because the configuration says so.
    pub(super) fn excludes(&self, path: &RelPath) -> bool {
        self.project.config.value.exclude.iter().any(|glob| glob.matches(path))
    }

    /// Whether a file is a document by its name.
    pub(super) fn is_document(path: &RelPath) -> bool {
        !path.name().starts_with('.') && is_markdown(Path::new(path.name()))
    }

    /// Whether a document is among those that were named.
    pub(super) fn is_meant(&self, path: &RelPath) -> bool {
        self.named.as_ref().is_none_or(|(below, glob)| *below == path || glob.matches(path))
    }

    /// Whether a file that was committed is a document. What `.gitignore` says does not count: it was committed
    /// nevertheless.
    pub(super) fn holds(&self, path: &RelPath) -> bool {
        if self.named.as_ref().is_some_and(|(below, _)| *below == path) {
            return true;
        }
        Self::is_document(path) && self.is_meant(path) && !self.excludes(path) && !self.is_skipped(path.folder())
    }

    /// Whether a folder below the content, or one around it, is skipped; one that cannot be judged is.
    fn is_skipped(&self, folder: &str) -> bool {
        if folder.is_empty() {
            return false;
        }
        if let Some(judged) = self.judged.borrow().get(folder) {
            return *judged;
        }
        let around = folder.rsplit_once('/').map_or("", |(around, _)| around);
        let skipped = self.is_skipped(around) || self.skips(&self.project.content.join(folder)).unwrap_or(true);
        self.judged.borrow_mut().insert(folder.to_owned(), skipped);
        skipped
    }
}
