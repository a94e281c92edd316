//! The guard: the listener and every connection that is not an event stream, on one thread.
//!
//! It accepts, reads heads within their bounds, has answers made by the crew and sends them, and never waits for
//! anybody: all sockets are non-blocking. A failed `accept` is a pause, never the end.

#![allow(clippy::disallowed_methods, reason = "the server is where time passes")]

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::connection::{Connection, Rules, Turn};
use super::crew::{Crew, Job};
use super::refusal::Refusal;
use super::reload::Bell;
use super::wake::Wake;

/// How long nobody is let in after a failed `accept` (out of descriptors, most likely), or while there is no room.
const PAUSE: Duration = Duration::from_millis(50);

/// The most that is accepted before those who are in get their turn.
const ADMITTED_AT_ONCE: usize = 64;

/// Bytes that are read from a socket at once.
const SCRATCH: usize = 16 * 1024;

/// What the guard works with.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) listener: TcpListener,
    pub(super) rules: Rules,
    pub(super) crew: Crew,
    pub(super) bell: Bell,
    pub(super) wake: Arc<Wake>,
    pub(super) over: Arc<AtomicBool>,
}

impl Guard {
    /// Serves until `over` is set and `wake` rung.
    pub(super) fn run(self) {
        let over = Arc::clone(&self.over);
        let mut gate = Gate {
            guard: self,
            connections: BTreeMap::new(),
            next: 0,
            deaf_until: Instant::now(),
            scratch: vec![0; SCRATCH],
        };
        while !over.load(Ordering::Acquire) {
            gate.round();
        }
    }
}

/// The guard at work.
#[derive(Debug)]
struct Gate {
    guard: Guard,
    /// By number, so the first is the oldest.
    connections: BTreeMap<u64, Connection>,
    next: u64,
    deaf_until: Instant,
    scratch: Vec<u8>,
}

/// What `poll` found.
#[derive(Debug, Default)]
struct Ready {
    connections: Vec<u64>,
    knock: Option<Knock>,
}

/// Somebody wants to come in.
#[derive(Debug)]
struct Knock;

impl Gate {
    fn round(&mut self) {
        let ready = self.wait(Instant::now());
        self.guard.wake.clear();
        let now = Instant::now();
        while let Some((id, reply)) = self.guard.crew.finished() {
            if let Some(connection) = self.connections.get_mut(&id) {
                connection.answer(reply, &self.guard.rules, now);
                self.attend(id, now);
            }
        }
        for id in ready.connections {
            self.attend(id, now);
        }
        if ready.knock.is_some() {
            self.admit(now);
        }
        self.expire(now);
    }

    fn wait(&self, now: Instant) -> Ready {
        let mut ids = Vec::with_capacity(self.connections.len());
        let mut fds = Vec::with_capacity(self.connections.len() + 2);
        for (id, connection) in &self.connections {
            if let Some((socket, flags)) = connection.interest() {
                ids.push(*id);
                fds.push(PollFd::new(socket, flags));
            }
        }
        fds.push(PollFd::new(self.guard.wake.socket(), PollFlags::IN));
        let is_listening = now >= self.deaf_until && self.has_room(now);
        if is_listening {
            fds.push(PollFd::new(&self.guard.listener, PollFlags::IN));
        }
        let timeout = self.patience(now, if is_listening { Duration::from_secs(1) } else { PAUSE });
        if poll(&mut fds, Some(&timeout)).is_err() {
            return Ready::default();
        }
        let knock = fds.get(ids.len() + 1).filter(|fd| !fd.revents().is_empty()).map(|_| Knock);
        let ready = ids.iter().zip(&fds).filter(|(_, fd)| !fd.revents().is_empty());
        Ready { connections: ready.map(|(id, _)| *id).collect(), knock }
    }

    /// How long `poll` may wait: until the first deadline, and at most `most`.
    fn patience(&self, now: Instant, most: Duration) -> Timespec {
        let first = self.connections.values().filter_map(Connection::deadline).min();
        let patience = first.map_or(most, |deadline| deadline.saturating_duration_since(now).min(most));
        Timespec::try_from(patience).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 })
    }

    /// Gives a connection its turn and does what comes of it.
    fn attend(&mut self, id: u64, now: Instant) {
        let Some(connection) = self.connections.get_mut(&id) else { return };
        match connection.turn(&self.guard.rules, &mut self.scratch, now) {
            Turn::Wait => {}
            Turn::Over => drop(self.connections.remove(&id)),
            Turn::Ask(request, after) => self.guard.crew.ask(Job { connection: id, request, after }),
            Turn::Park(shown) if self.guard.bell.reserve() => {
                if let Some(connection) = self.connections.remove(&id) {
                    self.guard.bell.park(connection.into_socket(), shown);
                }
            }
            Turn::Park(_) => connection.refuse(Refusal::TOO_MANY, &self.guard.rules, now),
        }
    }

    fn has_room(&self, now: Instant) -> bool {
        self.connections.len() < self.guard.rules.limits.pages || self.least_worth(now).is_some()
    }

    /// The connection that is given up first, if any has done nothing for long enough.
    fn least_worth(&self, now: Instant) -> Option<u64> {
        let candidates = self.connections.iter().filter_map(|(id, connection)| Some((connection.worth()?, *id)));
        let grace = self.guard.rules.limits.grace;
        candidates.filter(|((_, since), _)| now.saturating_duration_since(*since) >= grace).min().map(|(_, id)| id)
    }

    fn evict(&mut self, now: Instant) -> bool {
        self.least_worth(now).is_some_and(|id| self.connections.remove(&id).is_some())
    }

    /// Lets in who knocks.
    fn admit(&mut self, now: Instant) {
        for admitted in 0..ADMITTED_AT_ONCE {
            let is_full = self.connections.len() >= self.guard.rules.limits.pages;
            // Only the first is known to be there; for the others nobody is turned out on suspicion.
            if is_full && (admitted > 0 || !self.evict(now)) {
                return;
            }
            match self.guard.listener.accept() {
                Ok((socket, _)) => self.take_in(socket, now),
                Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(_) => {
                    self.evict(now);
                    self.deaf_until = now + PAUSE;
                    return;
                }
            }
        }
    }

    fn take_in(&mut self, socket: TcpStream, now: Instant) {
        // A socket that cannot be set up is gone already.
        if let Ok(connection) = Connection::new(socket, &self.guard.rules, now) {
            self.connections.insert(self.next, connection);
            self.next += 1;
        }
    }

    fn expire(&mut self, now: Instant) {
        let is_due = |connection: &Connection| connection.deadline().is_some_and(|deadline| deadline <= now);
        let due: Vec<u64> =
            self.connections.iter().filter(|(_, connection)| is_due(connection)).map(|(id, _)| *id).collect();
        for id in due {
            let turn = self.connections.get_mut(&id).map(|connection| connection.expire(&self.guard.rules, now));
            if matches!(turn, Some(Turn::Over)) {
                self.connections.remove(&id);
            }
        }
    }
}
