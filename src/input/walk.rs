//! One walk through the content: which files are documents, and which lie beside them.

use super::error::{Act, InputError};
use super::ignored::{Ignored, Kind};
use super::look;
use super::project::{Project, Reach, rel_path};
use crate::config::Glob;
use crate::source::RelPath;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Entries that are looked at below the folder of a single file: it may be somebody's home.
const NEIGHBOURS: usize = 20_000;

/// What lies in the content.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Documents, by path.
    pub(super) documents: BTreeSet<RelPath>,
    /// Other files.
    pub(super) files: BTreeSet<RelPath>,
    /// Symbolic links to what would be documents; they are not followed.
    pub(super) links: BTreeSet<RelPath>,
    /// What could not be listed.
    pub(super) errors: Vec<InputError>,
}

/// Walks through the content of a project.
#[must_use]
pub(super) fn walk(project: &Project) -> Walk {
    let mut walk = Walk::default();
    let top = project.repository.as_deref().unwrap_or(&project.root);
    let mut ignored = Ignored::above(top, &project.content);
    let mut entries = WalkDir::new(&project.content).follow_links(false).into_iter();
    let limit = match &project.reach {
        Reach::Below(_) if !project.is_configured() => NEIGHBOURS,
        _ => usize::MAX,
    };
    let skipped = match Skipped::new(project) {
        Ok(skipped) => skipped,
        Err(error) => return Walk { errors: vec![error], ..walk },
    };
    let mut seen = 0;
    while let Some(entry) = entries.next().filter(|_| seen < limit) {
        seen += 1;
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) if entry.file_type().is_dir() => {
                let skip = ignored.holds(entry.path(), Kind::Folder)
                    || skipped.folder(&entry).unwrap_or_else(|error| {
                        walk.errors.push(error);
                        true
                    });
                if skip {
                    entries.skip_current_dir();
                } else {
                    ignored.enter(entry.path(), entry.depth());
                }
            }
            Ok(entry) => walk.file(&entry, &ignored, &skipped),
            Err(error) => {
                let path = error.path().unwrap_or(&project.content);
                walk.errors.push(InputError::new(Act::List, path, cause(&error)));
            }
        }
    }
    walk.errors.append(&mut ignored.errors);
    walk.only(project);
    walk
}

impl Walk {
    fn file(&mut self, entry: &DirEntry, ignored: &Ignored, skipped: &Skipped<'_>) {
        let Some(path) = entry.path().strip_prefix(skipped.content).ok().and_then(rel_path) else {
            self.errors.push(InputError::new(Act::Read, entry.path(), "its name is not UTF-8, or holds a backslash"));
            return;
        };
        if skipped.exclude.iter().any(|glob| glob.matches(&path)) || ignored.holds(entry.path(), Kind::File) {
            return;
        }
        let document = is_document(&path);
        match entry.file_type() {
            kind if kind.is_symlink() && document => self.links.insert(path),
            kind if kind.is_file() && document => self.documents.insert(path),
            kind if kind.is_file() => self.files.insert(path),
            _ => false,
        };
    }

    /// Keeps the documents that are meant. The others are files like any other, so that links to them are not dead.
    fn only(&mut self, project: &Project) {
        let Reach::Below(below) = &project.reach else { return };
        let named = Glob::new(below.as_str());
        let is_meant = |path: &RelPath| path == below || named.matches(path);
        self.links.retain(is_meant);
        let (meant, others) = std::mem::take(&mut self.documents).into_iter().partition(is_meant);
        self.documents = meant;
        self.files.extend::<BTreeSet<_>>(others);
        if project.content.join(below.as_str()).is_file() {
            // A file that is named is read, whatever it is called and however many neighbours it has.
            self.files.remove(below);
            self.documents.insert(below.clone());
        }
    }
}

/// What is never looked at.
struct Skipped<'a> {
    content: &'a Path,
    exclude: &'a [Glob],
    folders: Vec<PathBuf>,
}

impl<'a> Skipped<'a> {
    fn new(project: &'a Project) -> Result<Self, InputError> {
        let config = &project.config.value;
        let mut folders = vec![project.root.join(&config.output)];
        let theme = super::theme::theme_folder(&project.root, config.theme.as_deref())?;
        folders.extend(theme.and_then(|theme| theme.parent().map(Path::to_owned)));
        Ok(Self { content: &project.content, exclude: &config.exclude, folders })
    }

    fn folder(&self, entry: &DirEntry) -> Result<bool, InputError> {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy();
        Ok(name.starts_with('.')
            || name == "node_modules"
            || self.folders.iter().any(|folder| folder == path)
            // A cache says so itself (https://bford.info/cachedir/): cargo's `target` does. So does our own output.
            || look::is_file(&path.join("CACHEDIR.TAG"))?
            || look::is_file(&path.join(".readybook"))?)
    }
}

/// Whether a file is a document by its name.
fn is_document(path: &RelPath) -> bool {
    let ending = path.name().rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, ending)| ending);
    let hidden = path.name().starts_with('.');
    !hidden && (ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown"))
}

fn cause(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}
