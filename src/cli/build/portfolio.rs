//! The other sites of a portfolio, as they are named.

use crate::cli::exit::Failure;
use crate::input;
use crate::page::Member;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Bytes of an export that are read at most: an item takes about 800, and this is room for 300,000 of them.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// Most items of all sites together: a sum of more would come near the end of its numbers.
const MOST_ITEMS: u64 = 1_000_000_000;

/// Reads the export of each.
pub(super) fn members(paths: &[PathBuf]) -> Result<Vec<Member>, Failure> {
    let (mut members, mut known, mut items) = (Vec::new(), HashMap::new(), 0);
    let mut names: HashMap<Option<&OsStr>, usize> = HashMap::new();
    paths.iter().for_each(|path| *names.entry(path.file_name()).or_default() += 1);
    for path in paths {
        let json = bytes(path)?;
        // The same bytes are the same site, under whatever path they lie.
        if let Some(other) = known.insert(Sha256::digest(&json), path) {
            return Err(twice(other, path));
        }
        let name = if names[&path.file_name()] > 1 { within_folder(path) } else { PathBuf::from(own_name(path)) };
        let member = member(path, &name.display().to_string(), &json)?;
        items += u64::from(member.items());
        if items > MOST_ITEMS {
            let message = format!("with `{}`, the portfolio has more than {MOST_ITEMS} items", path.display());
            return Err(Failure::asked(message));
        }
        members.push(member);
    }
    Ok(members)
}

fn twice(one: &Path, other: &Path) -> Failure {
    let message = format!("`{}` and `{}` are the same export, which would count twice", one.display(), other.display());
    Failure::asked_help(message, "name each site once")
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    if path.is_dir() {
        let help = "name the folder of checklists before `--portfolio`";
        return Err(Failure::asked_help(
            format!("`{}` is a folder, and a portfolio is made of files", path.display()),
            help,
        ));
    }
    Ok(input::file(path, MOST_BYTES)?)
}

/// The file name of a path.
fn own_name(path: &Path) -> &OsStr {
    path.file_name().unwrap_or(path.as_os_str())
}

/// The file name of a path that others have too, `readiness.json` say, with its folder.
fn within_folder(path: &Path) -> PathBuf {
    let folder = path.parent().and_then(Path::file_name);
    folder.map_or_else(PathBuf::new, PathBuf::from).join(own_name(path))
}

fn member(path: &Path, name: &str, json: &[u8]) -> Result<Member, Failure> {
    let help = "give the `readiness.json` of a published site, or what `readybook export` writes";
    Member::parse(json, name)
        .map_err(|cause| Failure::asked_help(format!("`{}` is no export of a site: {cause}", path.display()), help))
}
