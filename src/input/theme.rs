//! A project's own theme files.

use super::error::{Act, InputError};
use super::project::{Project, rel_path};
use crate::source::RelPath;
use crate::theme::Theme;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Bytes of a theme's file that are read at most.
const LIMIT: u64 = 16 * 1024 * 1024;

/// The folder of a project's own theme files; `None` where the configuration names no theme. It need not be there: a
/// built-in theme is used as it is.
#[must_use]
pub fn theme_folder(project: &Project) -> Option<PathBuf> {
    let name = project.config.value.theme.as_deref()?;
    let folder = RelPath::new(&format!("themes/{name}"))?;
    Some(project.root.join(folder.as_str()))
}

/// The theme that a project asks for, with the project's own files over it, and what of them cannot be read. Hidden
/// files and links are left out.
#[must_use]
pub fn theme(project: &Project) -> (Theme, Vec<InputError>) {
    let Some(name) = project.config.value.theme.as_deref() else { return (Theme::default(), Vec::new()) };
    let mut theme = Theme::named(name);
    let mut errors = Vec::new();
    let Some(folder) = theme_folder(project).filter(|folder| folder.is_dir()) else {
        if !Theme::built_in_names().any(|own| own == name) {
            let folder = project.root.join("themes").join(name);
            errors.push(InputError::new(Act::Find, &folder, "no theme of that name is built in, and there is no such folder"));
        }
        return (theme, errors);
    };
    let files = files(&folder, &mut errors);
    if let Some(path) = folder.strip_prefix(&project.root).ok().and_then(rel_path) {
        theme.overlay(path, files);
    }
    (theme, errors)
}

/// Every file of a folder with its path below it, by name.
fn files(folder: &Path, errors: &mut Vec<InputError>) -> Vec<(String, Vec<u8>)> {
    let shown = |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    let entries = WalkDir::new(folder).follow_links(false).sort_by_file_name().into_iter().filter_entry(shown);
    let mut files = Vec::new();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                errors.push(InputError::new(Act::List, error.path().unwrap_or(folder), &error));
                continue;
            }
        };
        let name = entry.path().strip_prefix(folder).ok().and_then(rel_path);
        let is_small = entry.metadata().is_ok_and(|data| data.len() <= LIMIT);
        let Some(name) = name.filter(|_| entry.file_type().is_file() && is_small) else { continue };
        match std::fs::read(entry.path()) {
            Ok(bytes) => files.push((name.as_str().to_owned(), bytes)),
            Err(error) => errors.push(InputError::new(Act::Read, entry.path(), error)),
        }
    }
    files
}
