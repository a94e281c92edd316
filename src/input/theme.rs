//! The files of a project's own theme.

use super::error::{Act, InputError};
use super::look;
use super::project::rel_path;
use crate::source::RelPath;
use crate::theme::Theme;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Folder of a project that holds its themes.
const FOLDER: &str = "themes";

/// Name of the theme where the configuration names none.
const USUAL: &str = "default";

/// The theme of a project: the built-in one of that name, with the files of the project's own folder over it.
///
/// # Errors
/// When there is neither a built-in theme nor a folder of that name, or a file in it cannot be read.
pub fn theme(root: &Path, name: Option<&str>) -> Result<Theme, InputError> {
    let folder = theme_folder(root, name)?;
    let name = name.unwrap_or(USUAL);
    let mut theme = Theme::named(name);
    match folder.zip(RelPath::new(&format!("{FOLDER}/{name}"))) {
        Some((folder, path)) => theme.overlay(path, files(&folder)?),
        None if Theme::built_in_names().any(|own| own == name) => {}
        None => {
            let known = Theme::built_in_names().collect::<Vec<_>>().join(", ");
            let cause = format!("there is no such folder, and the built-in themes are {known}");
            return Err(InputError::new(Act::Find, &root.join(FOLDER).join(name), cause));
        }
    }
    Ok(theme)
}

/// The folder of a project's own theme, where it has one.
///
/// # Errors
/// When the system does not tell.
pub fn theme_folder(root: &Path, name: Option<&str>) -> Result<Option<PathBuf>, InputError> {
    let name = name.unwrap_or(USUAL);
    // One name, and not a way to somewhere else.
    let one = RelPath::new(name).is_some_and(|path| path.as_str() == name && path.folder().is_empty());
    let folder = root.join(FOLDER).join(name);
    Ok((one && look::is_folder(&folder)? && !folder.is_symlink()).then_some(folder))
}

/// The files of a theme by name; hidden ones and links are left out.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, InputError> {
    let is_hidden =
        |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| !is_hidden(entry)) {
        let entry = entry.map_err(|error| InputError::new(Act::List, folder, error))?;
        let name = entry.path().strip_prefix(folder).ok().and_then(rel_path);
        if let Some(name) = name.filter(|_| entry.file_type().is_file()) {
            let bytes = std::fs::read(entry.path()).map_err(|error| InputError::new(Act::Read, entry.path(), error))?;
            files.push((name.to_string(), bytes));
        }
    }
    Ok(files)
}
