//! The start of a build: what stands at the output, whose it is, and what dead builds left.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::{Act, OutputError, Refusal, cannot, refused};
use super::file;
use super::fresh::{Fresh, Healed, Owner, heal, owner};
use super::hold::{Hold, Unmarked};
use super::mark;
use super::stage::{Old, Stage};
use super::survey::survey;
use super::target::Target;

/// How often a build looks again when another one changes things under its eyes, before it gives way.
const TRIES: usize = 16;

/// Locks the output folder, heals what dead builds left beside it, and makes ready to receive a site.
///
/// # Errors
/// [`OutputError::Busy`] at once when another build holds the folder; [`OutputError::Refused`] when it, or a file in
/// it, is not ours; [`OutputError::Io`] when the system refuses something. Nothing of the old site was touched.
pub fn begin(target: Target) -> Result<Stage, OutputError> {
    for _ in 0..TRIES {
        let found = match look(&target.output)? {
            Found::Site => old_site(&target)?.map(|old| (Some(old), None)),
            Found::Nothing if put_back(&target)? == Healed::Perhaps => None,
            Found::Nothing => first_stage(&target)?.map(|fresh| (None, Some(fresh))),
        };
        if let Some((old, fresh)) = found {
            return Ok(Stage::new(target, old, fresh));
        }
    }
    Err(OutputError::Busy { path: target.output })
}

/// What stands at the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// No folder, or an empty one.
    Nothing,
    /// A folder with our mark.
    Site,
}

fn look(output: &Path) -> Result<Found, OutputError> {
    match output.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(cannot(Act::Read, output)(error)),
        Ok(metadata) if !metadata.is_dir() => Err(refused(output, Refusal::NotAFolder)),
        Ok(_) => match owner(output)? {
            Owner::Us => Ok(Found::Site),
            Owner::Nobody => Ok(Found::Nothing),
            Owner::Stranger => Err(refused(output, Refusal::Unmarked)),
        },
    }
}

/// Takes hold of the site that is to be replaced. `None`: look again.
fn old_site(target: &Target) -> Result<Option<Old>, OutputError> {
    let Some(hold) = Hold::take(&target.output, Unmarked::Leave, &target.output)? else { return Ok(None) };
    let files = mark::read(hold.mark()).map_err(cannot(Act::Read, &target.output))?;
    let files = files.ok_or_else(|| refused(&target.output, Refusal::Unmarked))?;
    let folders = survey(&target.output, &files)?;
    Ok((heal(target)? == Healed::Yes).then_some(Old { hold, files, folders }))
}

/// Makes the stage of a first site: with no old site to lock, it is the lock. `None`: look again.
fn first_stage(target: &Target) -> Result<Option<Fresh>, OutputError> {
    if let Some(parent) = target.output.parent() {
        fs::create_dir_all(parent).map_err(cannot(Act::Create, parent))?;
    }
    if heal(target)? == Healed::Perhaps {
        return Ok(None);
    }
    let Some(fresh) = Fresh::make(target)? else { return Ok(None) };
    // Another first build may have published meanwhile.
    let found = look(&target.output);
    if !matches!(found, Ok(Found::Nothing)) {
        // Should it fail, the next healing tells.
        let _ = fresh.discard();
    }
    found.map(|found| (found == Found::Nothing).then_some(fresh))
}

/// Puts back the old site of a build that died between its two renames. A site that was being removed has no finished
/// mark any more.
fn put_back(target: &Target) -> Result<Healed, OutputError> {
    if !file::is_folder(&target.aside)? || owner(&target.aside)? != Owner::Us {
        return Ok(Healed::Yes);
    }
    let Some(hold) = Hold::take(&target.aside, Unmarked::Leave, &target.output)? else { return Ok(Healed::Perhaps) };
    if mark::read(hold.mark()).map_err(cannot(Act::Read, &target.aside))?.is_none() {
        return Ok(Healed::Yes);
    }
    fs::rename(&target.aside, &target.output).map_err(cannot(Act::Replace, &target.output))?;
    Ok(Healed::Perhaps)
}
