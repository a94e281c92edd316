//! The staging folder: a new site before anyone sees it.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use super::error::{Act, OutputError, Refusal, cannot, refused};
use super::file;
use super::hold::{Hold, Unmarked};
use super::mark::{self, MARK};
use super::target::Target;

/// A staging folder that this build made and holds.
#[derive(Debug)]
pub(super) struct Fresh {
    folder: PathBuf,
    hold: Hold,
    /// Folders that exist in the stage, so that each is made once.
    made: RwLock<HashSet<Box<str>>>,
}

impl Fresh {
    /// Makes the staging folder of a target, whose leftovers must have been removed. `None` when another build came
    /// in between: look again.
    pub(super) fn make(target: &Target) -> Result<Option<Self>, OutputError> {
        if !file::create_folder(&target.stage)? {
            return Ok(None);
        }
        let Some(hold) = Hold::take(&target.stage, Unmarked::Claim, &target.output)? else { return Ok(None) };
        file::settle_folder(&target.stage)?;
        Ok(Some(Self { folder: target.stage.clone(), hold, made: RwLock::default() }))
    }

    /// Writes a new file.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.make_folder_of(name)?;
        file::write(&self.folder.join(name), bytes)
    }

    /// Writes a new file from a stream.
    pub(super) fn fill(&self, name: &str, content: &mut impl Read) -> Result<(), OutputError> {
        self.make_folder_of(name)?;
        file::create(&self.folder.join(name), content)
    }

    /// Writes a new file by what writes it piece by piece.
    pub(super) fn stream(
        &self,
        name: &str,
        write: &dyn Fn(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), OutputError> {
        self.make_folder_of(name)?;
        file::stream(&self.folder.join(name), write)
    }

    /// Takes over a file from the old site in `from`.
    pub(super) fn keep(&self, name: &str, from: &Path) -> Result<(), OutputError> {
        self.make_folder_of(name)?;
        file::link(&from.join(name), &self.folder.join(name))
    }

    /// Writes the mark: the stage is complete.
    pub(super) fn seal<'a>(&self, files: impl Iterator<Item = &'a str>) -> Result<(), OutputError> {
        let path = self.folder.join(MARK);
        mark::write(self.hold.mark(), files).map_err(cannot(Act::Write, &path))?;
        file::settle(self.hold.mark(), &path)
    }

    /// Removes the staging folder, if it still is what stands under its name.
    pub(super) fn discard(&self) -> Result<(), OutputError> {
        self.hold.remove(&self.folder)
    }

    fn make_folder_of(&self, name: &str) -> Result<(), OutputError> {
        let Some((folder, _)) = name.rsplit_once('/') else { return Ok(()) };
        if self.made.read().unwrap_or_else(PoisonError::into_inner).contains(folder) {
            return Ok(());
        }
        self.make_folder_of(folder)?;
        // Held while the folder is made: others that need it wait until it is there.
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        if !made.contains(folder) {
            let path = self.folder.join(folder);
            if !file::create_folder(&path)? {
                return Err(OutputError::Taken { name: folder.to_owned() });
            }
            file::settle_folder(&path)?;
            made.insert(folder.into());
        }
        Ok(())
    }
}

/// Whether all that dead builds left is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Healed {
    /// It is.
    Yes,
    /// Another build came in between: look again.
    Perhaps,
}

/// Removes what dead builds left beside the output.
pub(super) fn heal(target: &Target) -> Result<Healed, OutputError> {
    for folder in [&target.stage, &target.aside] {
        if heal_one(folder, target)? == Healed::Perhaps {
            return Ok(Healed::Perhaps);
        }
    }
    Ok(Healed::Yes)
}

fn heal_one(folder: &Path, target: &Target) -> Result<Healed, OutputError> {
    match folder.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Healed::Yes),
        Err(error) => return Err(cannot(Act::Read, folder)(error)),
        Ok(_) => return Err(refused(&target.output, Refusal::InTheWay(folder.to_owned()))),
    }
    // A build that died between making the folder and its mark leaves an empty one; any other has its mark.
    if owner(folder)? == Owner::Stranger {
        return Err(refused(&target.output, Refusal::InTheWay(folder.to_owned())));
    }
    let Some(hold) = Hold::take(folder, Unmarked::Claim, &target.output)? else { return Ok(Healed::Perhaps) };
    match hold.remove(folder) {
        Ok(()) => Ok(Healed::Yes),
        // After the mark had gone, another build set its own there, or was quicker to remove the folder.
        Err(OutputError::Io { cause, .. })
            if matches!(cause.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::NotFound) =>
        {
            Ok(Healed::Perhaps)
        }
        Err(error) => Err(error),
    }
}

/// Whose a folder is, from a glance at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// It has our mark, finished or not.
    Us,
    /// It is empty, or has just been renamed or removed.
    Nobody,
    /// It holds files, and no mark.
    Stranger,
}

/// Looks whose a folder is. Other builds may be at work on it.
pub(super) fn owner(folder: &Path) -> Result<Owner, OutputError> {
    // One listing, and no separate question for the mark: between two looks a build could set or remove it.
    let mut owner = Owner::Nobody;
    match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(cannot(Act::Read, folder)(error)),
        Ok(entries) => {
            for entry in entries {
                if entry.map_err(cannot(Act::Read, folder))?.file_name() == MARK {
                    return Ok(Owner::Us);
                }
                owner = Owner::Stranger;
            }
        }
    }
    Ok(owner)
}
