//! Watching folders: the door to notify.
//!
//! What comes out are *paths that may have changed*, gathered until there is silence. Whether something has changed is
//! for the caller to find out, by content: a save without a change, a `git stash` and back, and a chatty editor then
//! cost a comparison and nothing else.
//!
//! What makes this more than a call of notify:
//!
//! - reading is not a change: access is never reported, or each build would set off the next;
//! - changed permissions and times are not reported either (a changed time of modification may be, when polling);
//! - a folder and files in it that are made together: the folder is reported when it is watched already, so whoever
//!   lists it then misses nothing;
//! - a folder that is moved is watched at its new place, and both places are reported;
//! - a watched root that is lost (moved away, removed) or not there yet is looked for until it comes (back);
//! - when the system has dropped events, [`Change::Rescan`] says so;
//! - when the system gives no more watches, the watching goes on by polling.
//!
//! Folders are watched, never single files: the usual atomic save puts another file in the place of the old one.

mod batch;
mod eyes;
mod gather;
mod scan;
mod scope;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{io, mem};

use thiserror::Error;

pub use self::scope::{Reach, Scope};

/// How often is looked when polling and nothing else is asked for.
pub const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These paths, at least one. Each is a file or a folder that has come, gone or changed; of a folder that is named
    /// here, everything in it may have changed. Paths begin with the root as it was given.
    Paths(BTreeSet<PathBuf>),
    /// Anything: the system has lost count.
    Rescan,
}

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The system tells. Not on network mounts and some shared folders.
    Events,
    /// Times and sizes are compared, this often.
    Poll(Duration),
}

/// Why nothing can be watched.
#[derive(Debug, Error)]
pub enum WatchError {
    /// The system gives no more watches.
    #[error("the system gives no more watches for `{0}`: raise its limit (fs.inotify.max_user_watches), or use --poll")]
    Limit(PathBuf),
    /// The system gives none at all, or not this one.
    #[error("cannot watch for changes: {0}; --poll needs no help from the system")]
    Refused(String),
    /// No thread.
    #[error("cannot start to watch: {0}")]
    Thread(#[from] io::Error),
}

/// A running watch. Dropping it ends it.
#[derive(Debug)]
pub struct Watcher {
    notes: Sender<Note>,
    thread: Option<JoinHandle<()>>,
}

/// What the watching thread is told.
#[derive(Debug, PartialEq, Eq)]
enum Note {
    /// Something is there that was not, or was another.
    Came(PathBuf),
    /// Something is not there any more.
    Gone(PathBuf),
    /// The content of a file is another.
    Changed(PathBuf),
    /// Events were dropped.
    Overflow,
    /// No more watches are to be had.
    Blind,
    /// The watch is over.
    Stop,
}

impl Watcher {
    /// Watches; what may have changed from now on arrives at the receiver.
    ///
    /// A caller that takes long over a change should take all that wait, with [`Change::with_waiting`].
    ///
    /// # Errors
    ///
    /// When the system has no watches to give. Roots that are not there are no error: they are looked for.
    pub fn new(scope: Scope, mode: Mode) -> Result<(Watcher, Receiver<Change>), WatchError> {
        Watcher::announcing(scope, mode, mpsc::channel().0)
    }

    /// Does the same, and announces most changes while it still waits for silence, so that what they need can be
    /// prepared. What is announced is told later, with all that has come since. Nothing is announced when polling.
    ///
    /// # Errors
    ///
    /// As [`Watcher::new`].
    pub fn announcing(
        scope: Scope,
        mode: Mode,
        early: Sender<Change>,
    ) -> Result<(Watcher, Receiver<Change>), WatchError> {
        let (notes, inbox) = mpsc::channel();
        let (changes, receiver) = mpsc::channel();
        let builder = thread::Builder::new().name("watch".to_owned());
        let thread = match mode {
            Mode::Events => {
                let eyes = eyes::Eyes::open(scope, notes.clone())?;
                builder.spawn(move || gather::run(eyes, &inbox, &changes, &early))?
            }
            Mode::Poll(interval) => {
                let before = scan::Snapshot::take(&scope);
                builder.spawn(move || scan::run(&scope, before, interval, &inbox, &changes))?
            }
        };
        Ok((Watcher { notes, thread: Some(thread) }, receiver))
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // Both fail only when the thread has ended already.
        let _ = self.notes.send(Note::Stop);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl Change {
    /// This change and the other as one.
    #[must_use]
    pub fn and(mut self, mut other: Change) -> Change {
        match (&mut self, &mut other) {
            (Change::Paths(ours), Change::Paths(theirs)) => ours.append(&mut mem::take(theirs)),
            _ => return Change::Rescan,
        }
        self
    }

    /// This change and all that wait at the receiver as one.
    #[must_use]
    pub fn with_waiting(self, receiver: &Receiver<Change>) -> Change {
        receiver.try_iter().fold(self, Change::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_that_wait_are_taken_as_one() {
        let (sender, receiver) = mpsc::channel();
        let paths = |names: &[&str]| Change::Paths(names.iter().map(PathBuf::from).collect());
        sender.send(paths(&["b"])).unwrap();
        sender.send(paths(&["a", "c"])).unwrap();
        assert_eq!(paths(&["a"]).with_waiting(&receiver), paths(&["a", "b", "c"]));
        sender.send(Change::Rescan).unwrap();
        sender.send(paths(&["a"])).unwrap();
        assert_eq!(paths(&["a"]).with_waiting(&receiver), Change::Rescan);
    }

    /// The next change to a watched folder after `act`.
    fn after(receiver: &Receiver<Change>, act: impl FnOnce()) -> Change {
        act();
        receiver.recv_timeout(Duration::from_secs(10)).unwrap()
    }

    #[test]
    fn lost_events_are_told_and_the_watch_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let scope = Scope::new().root(folder.path(), Reach::Tree).unwrap();
        let (watcher, receiver) = Watcher::new(scope, Mode::Events).unwrap();
        assert_eq!(after(&receiver, || watcher.notes.send(Note::Overflow).unwrap()), Change::Rescan);
        let file = folder.path().join("a.md");
        let seen = after(&receiver, || drop(std::fs::File::create_new(&file).unwrap()));
        assert_eq!(seen, Change::Paths([file].into()));
    }

    #[test]
    fn without_more_watches_it_goes_on_by_polling() {
        let folder = tempfile::tempdir().unwrap();
        let scope = Scope::new().root(folder.path(), Reach::Tree).unwrap();
        let (watcher, receiver) = Watcher::new(scope, Mode::Events).unwrap();
        assert_eq!(after(&receiver, || watcher.notes.send(Note::Blind).unwrap()), Change::Rescan);
        let file = folder.path().join("a.md");
        let seen = after(&receiver, || drop(std::fs::File::create_new(&file).unwrap()));
        assert_eq!(seen, Change::Paths([file].into()));
    }
}
