//! The one step that changes what visitors see.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Act, OutputError, Refusal, cannot, refused};
use super::hold::Hold;
use super::target::{Target, Way};

/// Puts the stage where no site was. The system itself refuses when the place is no longer free.
pub(super) fn place(target: &Target) -> Result<(), OutputError> {
    // An empty folder is replaced in one step on Unix; elsewhere it has to go first.
    if !cfg!(unix) {
        let _ = fs::remove_dir(&target.output);
    }
    fs::rename(&target.stage, &target.output).map_err(|error| failed(target, error))
}

/// Puts the stage in the place of the old site, which this build holds, and says where the old site is now.
/// On failure the old site is in its place.
pub(super) fn replace(target: &Target, old: &Hold) -> Result<PathBuf, OutputError> {
    if target.way == Way::Exchange {
        match exchange(&target.stage, &target.output) {
            Ok(()) => return confirm(target, old).map(|()| target.stage.clone()),
            Err(error) if is_refusal(&error) => {}
            Err(error) => return Err(failed(target, error)),
        }
    }
    by_two_renames(target, old).map(|()| target.aside.clone())
}

/// Makes sure that what was exchanged away is the site that this build holds, and no newcomer; undoes it otherwise.
fn confirm(target: &Target, old: &Hold) -> Result<(), OutputError> {
    let is_old = old.is_at(&target.stage);
    if matches!(is_old, Ok(true)) {
        return Ok(());
    }
    exchange(&target.stage, &target.output).map_err(cannot(Act::Replace, &target.output))?;
    is_old.and_then(|_| Err(refused(&target.output, Refusal::Replaced)))
}

fn by_two_renames(target: &Target, old: &Hold) -> Result<(), OutputError> {
    let failed = |error| failed(target, error);
    fs::rename(&target.output, &target.aside).map_err(failed)?;
    let outcome = old.is_at(&target.aside).and_then(|is_old| match is_old {
        true => fs::rename(&target.stage, &target.output).map_err(failed),
        false => Err(refused(&target.output, Refusal::Replaced)),
    });
    if outcome.is_err() {
        fs::rename(&target.aside, &target.output).map_err(failed)?;
    }
    outcome
}

/// Why a folder could not be put in the place of another.
fn failed(target: &Target, error: io::Error) -> OutputError {
    match error.kind() {
        // A mount of the same file system shows only now.
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => refused(&target.output, Refusal::MountPoint),
        _ => cannot(Act::Replace, &target.output)(error),
    }
}

/// Whether the system cannot exchange folders here at all. Some sandboxes forbid the call instead.
fn is_refusal(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput | io::ErrorKind::PermissionDenied)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
