//! notify, and which folders it looks at.
//!
//! On Linux each folder is watched by itself rather than letting notify recurse: folders that are skipped cost nothing,
//! and a new folder is reported only when its watch is in place. Elsewhere the system watches whole trees.

#![allow(clippy::disallowed_methods, reason = "the watcher has to list the folders that it watches")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{EventKind, ModifyKind, RenameMode};
use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Note, Reach, Scope, WatchError};

/// Whether the system watches a tree as a whole.
const WATCHES_TREES: bool = !cfg!(any(target_os = "linux", target_os = "android"));

/// A watch of the system's.
#[derive(Debug)]
pub(super) struct Eyes {
    scope: Scope,
    notes: Sender<Note>,
    watcher: RecommendedWatcher,
    /// Roots that go by another name than the given one: real path, given path.
    aliases: Vec<(PathBuf, PathBuf)>,
    /// Roots that are not there.
    missing: Vec<(PathBuf, Reach)>,
}

impl Eyes {
    /// Watches the scope; what is noticed goes to `notes`.
    pub(super) fn open(scope: Scope, notes: Sender<Note>) -> Result<Eyes, WatchError> {
        let watcher = watcher(&notes)?;
        let missing = scope.roots().to_vec();
        let mut eyes = Eyes { scope, notes, watcher, aliases: Vec::new(), missing };
        eyes.look_for_missing()?;
        Ok(eyes)
    }

    /// Begins anew: after events were lost, or a root.
    pub(super) fn reopen(&mut self) -> Result<(), WatchError> {
        self.watcher = watcher(&self.notes)?;
        self.aliases = Vec::new();
        self.missing = self.scope.roots().to_vec();
        self.look_for_missing().map(|_| ())
    }

    pub(super) fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Gives up watching; the scope is watched in another way.
    pub(super) fn into_scope(self) -> Scope {
        self.scope
    }

    pub(super) fn is_missing_some(&self) -> bool {
        !self.missing.is_empty()
    }

    /// Watches those missing roots that are there now, and tells which.
    pub(super) fn look_for_missing(&mut self) -> Result<Vec<PathBuf>, WatchError> {
        let (found, missing) = std::mem::take(&mut self.missing).into_iter().partition(|(root, _)| root.is_dir());
        self.missing = missing;
        let found: Vec<(PathBuf, Reach)> = found;
        for (root, reach) in &found {
            match fs::canonicalize(root) {
                Ok(real) if real != *root => self.aliases.push((real, root.clone())),
                _ => {}
            }
            match reach {
                Reach::Folder => self.watch(root, RecursiveMode::NonRecursive)?,
                Reach::Tree if WATCHES_TREES => self.watch(root, RecursiveMode::Recursive)?,
                Reach::Tree => self.watch_tree(root)?,
            }
        }
        Ok(found.into_iter().map(|(root, _)| root).collect())
    }

    /// A path has come: if it is a folder to be watched, it is, with what is in it.
    pub(super) fn follow(&mut self, path: &Path) -> Result<(), WatchError> {
        let is_folder = || fs::symlink_metadata(path).is_ok_and(|entry| entry.is_dir());
        if WATCHES_TREES || !self.scope.covers_inside(path) || !is_folder() {
            return Ok(());
        }
        self.watch_tree(path)
    }

    /// The path as its root was given.
    pub(super) fn as_given(&self, path: PathBuf) -> PathBuf {
        let alias = self.aliases.iter().find_map(|(real, given)| Some(given.join(path.strip_prefix(real).ok()?)));
        alias.unwrap_or(path)
    }

    /// A folder is watched before it is listed: what comes in between is then either seen or told.
    fn watch_tree(&mut self, folder: &Path) -> Result<(), WatchError> {
        let mut folders = vec![folder.to_path_buf()];
        while let Some(folder) = folders.pop() {
            self.watch(&folder, RecursiveMode::NonRecursive)?;
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            let inside = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
            folders.extend(inside.map(|entry| entry.path()).filter(|path| self.scope.covers_inside(path)));
        }
        Ok(())
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), WatchError> {
        match self.watcher.watch(folder, mode) {
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                Err(WatchError::Limit(folder.to_path_buf()))
            }
            // Gone again, or not to be read: then there is nothing in it for us either.
            _ => Ok(()),
        }
    }
}

fn watcher(notes: &Sender<Note>) -> Result<RecommendedWatcher, WatchError> {
    let notes = notes.clone();
    // A send fails only when the watch is over.
    let handler = move |event| translate(event).into_iter().for_each(|note| drop(notes.send(note)));
    let refused = |error: notify::Error| WatchError::Refused(error.to_string());
    RecommendedWatcher::new(handler, notify::Config::default().with_follow_symlinks(false)).map_err(refused)
}

/// What an event of notify means to us: of access, permissions and times nothing.
fn translate(event: notify::Result<notify::Event>) -> Vec<Note> {
    let event = match event {
        Ok(event) if event.need_rescan() => return vec![Note::Overflow],
        Ok(event) => event,
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return vec![Note::Blind],
        Err(_) => return vec![Note::Overflow],
    };
    let note = match event.kind {
        EventKind::Access(_) | EventKind::Other | EventKind::Modify(ModifyKind::Metadata(_)) => return Vec::new(),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => Note::Gone,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => Note::Came,
        EventKind::Any | EventKind::Modify(_) => Note::Changed,
    };
    event.paths.into_iter().map(note).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::Event;
    use notify::event::{AccessKind, AccessMode, CreateKind, DataChange, Flag, MetadataKind};

    fn notes(kind: EventKind) -> Vec<Note> {
        translate(Ok(Event::new(kind).add_path("a".into())))
    }

    #[test]
    fn reading_and_permissions_are_no_change() {
        assert_eq!(notes(EventKind::Access(AccessKind::Open(AccessMode::Any))), []);
        assert_eq!(notes(EventKind::Access(AccessKind::Close(AccessMode::Write))), []);
        assert_eq!(notes(EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any))), []);
        assert_eq!(notes(EventKind::Create(CreateKind::File)), [Note::Came("a".into())]);
        assert_eq!(notes(EventKind::Modify(ModifyKind::Data(DataChange::Any))), [Note::Changed("a".into())]);
        assert_eq!(notes(EventKind::Modify(ModifyKind::Name(RenameMode::From))), [Note::Gone("a".into())]);
    }

    #[test]
    fn lost_events_and_errors_ask_for_a_new_look() {
        assert_eq!(translate(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))), [Note::Overflow]);
        assert_eq!(translate(Err(notify::Error::generic("odd"))), [Note::Overflow]);
        assert_eq!(translate(Err(notify::Error::new(ErrorKind::MaxFilesWatch))), [Note::Blind]);
    }
}
