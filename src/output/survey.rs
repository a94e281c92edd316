//! What is in a published folder, against what its mark lists: foreign files forbid a build, other differences ask
//! for one.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::path::Path;

use super::error::{Act, OutputError, Refusal, cannot, refused};
use super::mark::MARK;
use super::platform::{self, FOLDER_MODE};

/// Files that file managers leave in every folder that they show: nobody's work, so no reason to refuse.
const DROPPINGS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Whether the folders of a site are as a build makes them. Its files are compared one by one later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folders {
    /// All of them are there for a file, with the right mode.
    Sound,
    /// One is empty, or has another mode.
    Changed,
}

/// Looks through the site at `output`.
///
/// # Errors
/// [`Refusal::Foreign`] with the first path, by name, of those that are not in `files`.
pub(super) fn survey(output: &Path, files: &HashSet<String>) -> Result<Folders, OutputError> {
    let expected: HashSet<&str> = files.iter().flat_map(|file| folders_of(file)).collect();
    let mut folders = Folders::Sound;
    let mut foreign: Option<String> = None;
    let mut open = vec![String::new()];
    while let Some(folder) = open.pop() {
        let path = output.join(&folder);
        let failed = || cannot(Act::Read, &path);
        let metadata = fs::symlink_metadata(&path).map_err(failed())?;
        if !platform::has_mode(&metadata, FOLDER_MODE) || !expected.contains(folder.as_str()) {
            folders = Folders::Changed;
        }
        for entry in fs::read_dir(&path).map_err(failed())? {
            let entry = entry.map_err(failed())?;
            let name = below(&folder, &entry.file_name());
            if entry.file_type().map_err(failed())?.is_dir() {
                open.push(name);
            } else if !is_known(&entry, &name, files) && foreign.as_ref().is_none_or(|least| name < *least) {
                foreign = Some(name);
            }
        }
    }
    foreign.map_or(Ok(folders), |name| Err(refused(output, Refusal::Foreign(name.into()))))
}

/// The path of an entry as marks spell it. What is not UTF-8 is not ours; its name is only shown.
fn below(folder: &str, name: &OsStr) -> String {
    let name = name.to_string_lossy();
    if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") }
}

fn is_known(entry: &DirEntry, name: &str, files: &HashSet<String>) -> bool {
    let Ok(last) = entry.file_name().into_string() else { return false };
    name == MARK || files.contains(name) || DROPPINGS.contains(&last.as_str())
}

/// All folders above a file: `a/b/c` has ``, `a` and `a/b`.
fn folders_of(file: &str) -> impl Iterator<Item = &str> {
    let below = file.match_indices('/').map(|(at, _)| &file[..at]);
    std::iter::once("").chain(below)
}
