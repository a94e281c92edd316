//! The other sites of a portfolio, as they are named.

use crate::cli::exit::Failure;
use crate::input;
use crate::page::Member;
use std::path::{Path, PathBuf};

/// Reads the export of each.
pub(super) fn members(paths: &[PathBuf]) -> Result<Vec<Member>, Failure> {
    paths.iter().map(|path| member(path)).collect()
}

fn member(path: &Path) -> Result<Member, Failure> {
    if path.is_dir() {
        let help = "name the folder of checklists before `--portfolio`";
        return Err(Failure::asked_help(
            format!("`{}` is a folder, and a portfolio is made of files", path.display()),
            help,
        ));
    }
    let json = input::bytes(path)?;
    let help = "give the `readiness.json` of a published site, or what `readybook export` writes";
    Member::parse(&json)
        .map_err(|cause| Failure::asked_help(format!("`{}` is no export of a site: {cause}", path.display()), help))
}
