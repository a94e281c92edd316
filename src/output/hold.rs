//! The lock of a build on a folder of ours, and the only place that removes folders: those it holds.

use std::fs::{self, DirEntry, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::error::{Act, OutputError, Refusal, cannot, refused};
use super::mark::MARK;
use super::platform::{self, Identity};

/// The advisory lock on the mark of a folder. It goes with the folder when that is renamed, and ends with its process.
#[derive(Debug)]
pub(super) struct Hold {
    mark: File,
    identity: Identity,
}

/// What to do about a folder that has no mark yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unmarked {
    /// It is nobody's: make the mark.
    Claim,
    /// It is not ours, or no longer there.
    Leave,
}

impl Hold {
    /// Locks the mark in `folder`. `None` when there is none, or when the folder was renamed or removed meanwhile:
    /// look again. `output` is named when another build holds the lock.
    pub(super) fn take(folder: &Path, unmarked: Unmarked, output: &Path) -> Result<Option<Self>, OutputError> {
        let path = folder.join(MARK);
        let mut options = OpenOptions::new();
        // For writing, though an unchanged build writes nothing: network file systems lock no file opened for reading.
        options.read(true).write(true).create(unmarked == Unmarked::Claim).truncate(false);
        let mark = match platform::plainly(&mut options).open(&path) {
            Ok(mark) => mark,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(cannot(Act::Lock, &path)(error)),
        };
        match mark.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OutputError::Busy { path: output.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(cannot(Act::Lock, &path)(error)),
        }
        let identity = platform::identity(&mark.metadata().map_err(cannot(Act::Lock, &path))?);
        let hold = Self { mark, identity };
        Ok(hold.is_at(folder)?.then_some(hold))
    }

    /// Whether the mark that is locked is the one in this folder.
    pub(super) fn is_at(&self, folder: &Path) -> Result<bool, OutputError> {
        let mark = folder.join(MARK);
        match mark.symlink_metadata() {
            Ok(metadata) => Ok(platform::identity(&metadata) == self.identity),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(cannot(Act::Read, &mark)(error)),
        }
    }

    /// The mark, opened for reading and writing.
    pub(super) fn mark(&self) -> &File {
        &self.mark
    }

    /// Removes `folder`, which this build holds. The mark is emptied first and goes last: what a killed removal leaves
    /// is still known as ours, and not as a site.
    pub(super) fn remove(&self, folder: &Path) -> Result<(), OutputError> {
        if !self.is_at(folder)? {
            return Err(refused(folder, Refusal::Replaced));
        }
        let mark = folder.join(MARK);
        self.mark.set_len(0).map_err(cannot(Act::Remove, &mark))?;
        for entry in fs::read_dir(folder).map_err(cannot(Act::Remove, folder))? {
            let entry = entry.map_err(cannot(Act::Remove, folder))?;
            if entry.file_name() != MARK {
                remove_entry(&entry).map_err(cannot(Act::Remove, &entry.path()))?;
            }
        }
        fs::remove_file(&mark).map_err(cannot(Act::Remove, &mark))?;
        fs::remove_dir(folder).map_err(cannot(Act::Remove, folder))
    }
}

/// Removes a file, a link, or a folder with all that is in it. No link is followed.
fn remove_entry(entry: &DirEntry) -> io::Result<()> {
    if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }
}
