//! A site on its way: compared file by file with the published one, staged from the first difference on.

use std::collections::{BTreeMap, HashSet};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::error::{Act, OutputError, cannot};
use super::file;
use super::fresh::Fresh;
use super::hold::Hold;
use super::mark::MARK;
use super::survey::{Folders, survey};
use super::swap;
use super::target::Target;
use crate::source::RelPath;

/// The published site, which this build holds.
#[derive(Debug)]
pub(super) struct Old {
    /// The lock on it.
    pub(super) hold: Hold,
    /// Its files, by its mark.
    pub(super) files: HashSet<String>,
    /// Whether its folders are as they should be.
    pub(super) folders: Folders,
}

/// Receives the files of a site, from any number of threads; all of them, also those that have not changed.
///
/// Dropped without [`Stage::publish`], or after an error, it leaves the old site as it is and removes its own traces.
/// After an error of `write` or `copy` the site is not complete and must not be published.
#[derive(Debug)]
pub struct Stage {
    target: Target,
    old: Option<Old>,
    fresh: OnceLock<Fresh>,
    making: Mutex<()>,
    files: Mutex<BTreeMap<RelPath, Kind>>,
}

/// Where the bytes of a file are until the site is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// In the old site, unchanged.
    Kept,
    /// In the stage.
    New,
}

/// What publishing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Files of the site.
    pub files: usize,
    /// Those of them that are new or have other bytes than before.
    pub written: usize,
    /// Files of the old site that the new one does not have.
    pub removed: usize,
    /// Whether the folder was replaced. Otherwise it was as it should be, and nothing on the disk was written.
    pub replaced: bool,
    /// The old site, or a part of it, where it could not be removed. The next build tries again.
    pub leftover: Option<PathBuf>,
}

impl Stage {
    pub(super) fn new(target: Target, old: Option<Old>, fresh: Option<Fresh>) -> Self {
        let fresh = fresh.map_or_else(OnceLock::new, OnceLock::from);
        Self { target, old, fresh, making: Mutex::default(), files: Mutex::default() }
    }

    /// Adds a file with these bytes.
    ///
    /// # Errors
    /// [`OutputError::Taken`] for a name given twice; [`OutputError::Io`] when the system refuses something.
    pub fn write(&self, path: &RelPath, bytes: &[u8]) -> Result<(), OutputError> {
        let kept = self.is_kept(path, bytes.len() as u64, &mut &*bytes).map_err(cannot(Act::Read, self.folder()))?;
        if self.note(path, kept)? == Kind::New {
            self.fresh()?.write(path.as_str(), bytes)?;
        }
        Ok(())
    }

    /// Adds a file that `write` writes piece by piece, the same each time it is called: it is, once to compare and once to
    /// write, so that the whole is never in memory.
    ///
    /// # Errors
    /// As [`Stage::write`].
    pub fn stream(
        &self,
        path: &RelPath,
        write: &dyn Fn(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), OutputError> {
        let is_known = self.old.as_ref().is_some_and(|old| old.files.contains(path.as_str()));
        let is_same = is_known && file::is_written(&self.folder().join(path.as_str()), write);
        if self.note(path, if is_same { Kind::Kept } else { Kind::New })? == Kind::New {
            self.fresh()?.stream(path.as_str(), write)?;
        }
        Ok(())
    }

    /// Adds a file with the bytes of the ordinary file `from`, which is not followed if it is a link.
    ///
    /// # Errors
    /// As [`Stage::write`], and when `from` cannot be read.
    pub fn copy(&self, path: &RelPath, from: &Path) -> Result<(), OutputError> {
        let mut content = file::open(from)?;
        let length = content.metadata().map_err(cannot(Act::Read, from))?.len();
        let kept = self.is_kept(path, length, &mut content).map_err(cannot(Act::Read, from))?;
        if self.note(path, kept)? == Kind::New {
            content.rewind().map_err(cannot(Act::Read, from))?;
            self.fresh()?.fill(path.as_str(), &mut content)?;
        }
        Ok(())
    }

    /// Puts the site in the place of the old one, or does nothing if they are the same.
    ///
    /// # Errors
    /// When the system refuses something, or something else came to stand in the place: the old site is as it was.
    pub fn publish(mut self) -> Result<Published, OutputError> {
        let files = std::mem::take(&mut *lock(&self.files));
        let mut published = self.account(&files);
        if !published.replaced {
            return Ok(published);
        }
        for (path, _) in files.iter().filter(|(_, kind)| **kind == Kind::Kept) {
            self.fresh()?.keep(path.as_str(), self.folder())?;
        }
        self.fresh()?.seal(files.keys().map(RelPath::as_str))?;
        match &self.old {
            None => swap::place(&self.target)?,
            Some(old) => {
                // Again, since building takes time: whatever was put there meanwhile would be removed with the old site.
                survey(&self.target.output, &old.files)?;
                let left = swap::replace(&self.target, &old.hold)?;
                published.leftover = old.hold.remove(&left).is_err().then_some(left);
            }
        }
        // What was the stage is the site now. Its lock is let go last, after the old one is gone.
        drop(self.fresh.take());
        Ok(published)
    }

    fn account(&self, files: &BTreeMap<RelPath, Kind>) -> Published {
        let written = files.values().filter(|kind| **kind == Kind::New).count();
        let kept = files.len() - written;
        let removed = self
            .old
            .as_ref()
            .map_or(0, |old| old.files.len() - files.keys().filter(|path| old.files.contains(path.as_str())).count());
        let sound = self.old.as_ref().is_some_and(|old| old.folders == Folders::Sound && old.files.len() == kept);
        Published { files: files.len(), written, removed, replaced: written > 0 || !sound, leftover: None }
    }

    fn folder(&self) -> &Path {
        self.target.folder()
    }

    fn is_kept(&self, path: &RelPath, length: u64, content: &mut impl Read) -> std::io::Result<Kind> {
        let is_known = self.old.as_ref().is_some_and(|old| old.files.contains(path.as_str()));
        let is_same = is_known && file::is_same(&self.folder().join(path.as_str()), length, content)?;
        Ok(if is_same { Kind::Kept } else { Kind::New })
    }

    fn note(&self, path: &RelPath, kind: Kind) -> Result<Kind, OutputError> {
        let is_twice = lock(&self.files).insert(path.clone(), kind).is_some();
        if is_twice || path.as_str() == MARK {
            return Err(OutputError::Taken { name: path.to_string() });
        }
        Ok(kind)
    }

    /// The staging folder, made when first needed.
    fn fresh(&self) -> Result<&Fresh, OutputError> {
        if let Some(fresh) = self.fresh.get() {
            return Ok(fresh);
        }
        let _making = lock(&self.making);
        if let Some(fresh) = self.fresh.get() {
            return Ok(fresh);
        }
        // Somebody made a folder of that name since this build removed what was there.
        let fresh = Fresh::make(&self.target)?;
        let fresh = fresh.ok_or_else(|| OutputError::Busy { path: self.folder().to_owned() })?;
        Ok(self.fresh.get_or_init(|| fresh))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(fresh) = self.fresh.take() {
            // Nobody is left to tell; the next build tries again.
            let _ = fresh.discard();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
