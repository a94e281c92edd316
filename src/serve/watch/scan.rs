//! Watching without the system's help: the tree is listed again and again.

#![allow(clippy::disallowed_methods, reason = "looking at files and at the clock is what this is for")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use super::{Change, Note, Reach, Scope};

/// At most one part in so many of the time is spent looking.
const SHARE: u32 = 10;

/// What lay in a scope at a time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    stamps: BTreeMap<PathBuf, Stamp>,
}

/// By what a changed file is told from the same one.
#[derive(Debug, PartialEq, Eq)]
enum Stamp {
    Folder,
    File { modified: Option<SystemTime>, size: u64, number: u64 },
}

/// Looks every `interval` until it is told to stop or nobody listens.
pub(super) fn run(
    scope: &Scope,
    mut before: Snapshot,
    interval: Duration,
    notes: &Receiver<Note>,
    changes: &Sender<Change>,
) {
    let mut pause = interval;
    loop {
        match notes.recv_timeout(pause) {
            Ok(Note::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            // Left over from the system's watch, when polling has taken its place.
            Ok(_) => continue,
            Err(RecvTimeoutError::Timeout) => {}
        }
        let start = Instant::now();
        let after = Snapshot::take(scope);
        let paths = before.difference(&after);
        if !paths.is_empty() && changes.send(Change::Paths(paths)).is_err() {
            return;
        }
        before = after;
        pause = interval.max(start.elapsed() * SHARE);
    }
}

impl Snapshot {
    /// Looks now.
    pub(super) fn take(scope: &Scope) -> Snapshot {
        let mut stamps = BTreeMap::new();
        for (root, reach) in scope.roots() {
            let mut folders = if root.is_dir() { vec![root.clone()] } else { Vec::new() };
            stamps.extend(folders.iter().map(|root| (root.clone(), Stamp::Folder)));
            while let Some(folder) = folders.pop() {
                let found = list(&folder, scope);
                if *reach == Reach::Tree {
                    folders.extend(found.iter().filter(|(_, stamp)| *stamp == Stamp::Folder).map(|(p, _)| p.clone()));
                }
                stamps.extend(found);
            }
        }
        Snapshot { stamps }
    }

    /// The paths that are in one of the two only, or not the same in both.
    fn difference(&self, after: &Snapshot) -> BTreeSet<PathBuf> {
        let not_in = |other: &Snapshot, path: &PathBuf, stamp: &Stamp| other.stamps.get(path) != Some(stamp);
        let gone = self.stamps.iter().filter(|(path, stamp)| not_in(after, path, stamp));
        let come = after.stamps.iter().filter(|(path, stamp)| not_in(self, path, stamp));
        gone.chain(come).map(|(path, _)| path.clone()).collect()
    }
}

fn list(folder: &Path, scope: &Scope) -> Vec<(PathBuf, Stamp)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let covered = entries.filter(|entry| scope.covers(&entry.path()));
    // The entry's own metadata: a link is not followed.
    covered.filter_map(|entry| Some((entry.path(), Stamp::of(&entry.metadata().ok()?)))).collect()
}

impl Stamp {
    fn of(entry: &Metadata) -> Stamp {
        if entry.is_dir() {
            return Stamp::Folder;
        }
        Stamp::File { modified: entry.modified().ok(), size: entry.len(), number: number(entry) }
    }
}

/// What tells a file from another that was put in its place with the same time and size.
#[cfg(unix)]
fn number(entry: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(entry)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}
