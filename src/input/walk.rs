//! One walk through the content: which files are documents, and which lie beside them.

use super::error::{Act, InputError};
use super::ignored::{Ignored, Kind};
use super::project::{Project, Reach, rel_path};
use super::rule::Rule;
use crate::source::RelPath;
use std::collections::BTreeSet;
use std::path::Path;
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
    /// Symbolic links to folders and to what would be documents; they are not followed.
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
    let rule = match Rule::of(project) {
        Ok(rule) => rule,
        Err(error) => return Walk { errors: vec![error], ..walk },
    };
    let mut seen = 0;
    while let Some(entry) = entries.next().filter(|_| seen < limit) {
        seen += 1;
        match entry {
            Ok(entry) if entry.depth() == 0 => {}
            Ok(entry) if entry.file_type().is_dir() => {
                let skip = ignored.holds(entry.path(), Kind::Folder)
                    || rule.skips(entry.path()).unwrap_or_else(|error| {
                        walk.errors.push(error);
                        true
                    });
                if skip {
                    entries.skip_current_dir();
                } else {
                    ignored.enter(entry.path(), entry.depth());
                }
            }
            Ok(entry) => walk.file(&entry, (&project.content, &rule), &ignored),
            Err(error) => {
                let path = error.path().unwrap_or(&project.content);
                walk.errors.push(InputError::new(Act::List, path, cause(&error)));
            }
        }
    }
    walk.errors.append(&mut ignored.errors);
    walk.only(project, &rule);
    walk
}

impl Walk {
    fn file(&mut self, entry: &DirEntry, (content, rule): (&Path, &Rule<'_>), ignored: &Ignored) {
        let Some(path) = entry.path().strip_prefix(content).ok().and_then(rel_path) else {
            self.errors.push(InputError::new(Act::Read, entry.path(), "its name is not UTF-8, or holds a backslash"));
            return;
        };
        if rule.excludes(&path) || ignored.holds(entry.path(), Kind::File) {
            return;
        }
        let document = Rule::is_document(&path);
        // A link to what is skipped as a folder, such as `node_modules`, is nothing to tell of.
        let is_folder = || entry.path().is_dir() && matches!(rule.skips(entry.path()), Ok(false));
        match entry.file_type() {
            kind if kind.is_symlink() && (document || is_folder()) => self.links.insert(path),
            kind if kind.is_file() && document => self.documents.insert(path),
            kind if kind.is_file() => self.files.insert(path),
            _ => false,
        };
    }

    /// Keeps the documents that are meant. The others are files like any other, so that links to them are not dead.
    fn only(&mut self, project: &Project, rule: &Rule<'_>) {
        let Reach::Below(below) = &project.reach else { return };
        self.links.retain(|path| rule.is_meant(path));
        let (meant, others) = std::mem::take(&mut self.documents).into_iter().partition(|path| rule.is_meant(path));
        self.documents = meant;
        self.files.extend::<BTreeSet<_>>(others);
        if project.content.join(below.as_str()).is_file() {
            // A file that is named is read, whatever it is called and however many neighbours it has.
            self.files.remove(below);
            self.documents.insert(below.clone());
        }
    }
}

fn cause(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}
