//! The thread that gathers what is noticed and tells it when there is silence.

#![allow(clippy::disallowed_methods, reason = "silence is measured with a clock")]

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::batch::Batch;
use super::eyes::Eyes;
use super::scan::{self, Snapshot};
use super::{Change, Note, POLL_INTERVAL, WatchError};

/// How often roots that are not there are looked for.
const SEARCH: Duration = Duration::from_millis(250);

/// With nothing to wait for.
const LONG: Duration = Duration::from_secs(3600);

/// Gathers until it is told to stop or nobody listens; goes on by polling when the system gives no more watches.
pub(super) fn run(mut eyes: Eyes, notes: &Receiver<Note>, changes: &Sender<Change>, early: &Sender<Change>) {
    let ended = gather(&mut eyes, notes, changes, early);
    if ended == Ended::Blind {
        let scope = eyes.into_scope();
        let before = Snapshot::take(&scope);
        if changes.send(Change::Rescan).is_ok() {
            scan::run(&scope, before, POLL_INTERVAL, notes, changes);
        }
    }
}

/// Why the gathering ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Stopped,
    Blind,
}

fn gather(eyes: &mut Eyes, notes: &Receiver<Note>, changes: &Sender<Change>, early: &Sender<Change>) -> Ended {
    let mut batch = Batch::default();
    loop {
        let taken = match notes.recv_timeout(patience(&batch, eyes)) {
            Ok(Note::Stop) | Err(RecvTimeoutError::Disconnected) => return Ended::Stopped,
            Ok(note) => take(note, eyes, &mut batch),
            Err(RecvTimeoutError::Timeout) => Ok(()),
        };
        if taken.and_then(|()| search(eyes, &mut batch)).is_err() {
            return Ended::Blind;
        }
        let now = Instant::now();
        if batch.early().is_some_and(|early| early <= now) {
            // Without a listener nobody prepares.
            let _ = early.send(batch.announce());
        }
        if batch.due().is_some_and(|due| due <= now) && changes.send(batch.take(now)).is_err() {
            return Ended::Stopped;
        }
    }
}

fn patience(batch: &Batch, eyes: &Eyes) -> Duration {
    let searching = if eyes.is_missing_some() { SEARCH } else { LONG };
    let next = batch.early().into_iter().chain(batch.due()).min();
    next.map_or(searching, |due| due.saturating_duration_since(Instant::now()).min(searching))
}

fn take(note: Note, eyes: &mut Eyes, batch: &mut Batch) -> Result<(), WatchError> {
    match note {
        Note::Came(path) => {
            let path = eyes.as_given(path);
            eyes.follow(&path)?;
            add(path, eyes, batch);
        }
        Note::Gone(path) => {
            let path = eyes.as_given(path);
            if eyes.scope().is_root(&path) {
                eyes.reopen()?;
            }
            add(path, eyes, batch);
        }
        Note::Changed(path) => add(eyes.as_given(path), eyes, batch),
        Note::Overflow => {
            eyes.reopen()?;
            batch.add_all(Instant::now());
        }
        Note::Blind | Note::Stop => return Err(WatchError::Refused("no more watches".to_owned())),
    }
    Ok(())
}

fn search(eyes: &mut Eyes, batch: &mut Batch) -> Result<(), WatchError> {
    if eyes.is_missing_some() {
        eyes.look_for_missing()?.into_iter().for_each(|root| batch.add(root, Instant::now()));
    }
    Ok(())
}

fn add(path: PathBuf, eyes: &Eyes, batch: &mut Batch) {
    if eyes.scope().covers(&path) {
        batch.add(path, Instant::now());
    }
}
