//! Live reload: the event streams, all on one thread.
//!
//! A message is a build number and nothing else. Each page says which build it shows, so a change that falls between
//! two waits is told at once. A stream costs a socket and a few bytes, no thread.

#![allow(clippy::disallowed_methods, reason = "the server is where time passes")]

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::wake::Wake;

/// What opens a stream: its head, and how soon a browser should come back after a loss.
const OPENING: &[u8] = b"HTTP/1.1 200 OK\r\n\
Server: readybook\r\n\
Content-Type: text/event-stream\r\n\
Cache-Control: no-store\r\n\
X-Content-Type-Options: nosniff\r\n\
Cross-Origin-Resource-Policy: same-origin\r\n\
Connection: close\r\n\
\r\n\
retry: 500\n\n";

/// A comment, which a page does not see; it finds out whether the other end is still there.
const HEARTBEAT: &[u8] = b":\n\n";

/// Tells waiting pages that there is something new. Cheap to clone and to ring.
#[derive(Debug, Clone)]
pub struct Bell {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    build: AtomicU64,
    open: AtomicUsize,
    most: usize,
    over: AtomicBool,
    wake: Wake,
    arrivals: Mutex<Sender<Stream>>,
}

impl Bell {
    /// Tells every waiting page that this build is there; pages that show it already hear nothing.
    ///
    /// Numbers need not grow, but should not come back: begin with the time, so that pages which outlive the server
    /// notice that it is another one.
    pub fn ring(&self, build: u64) {
        self.shared.build.store(build, Ordering::Release);
        self.shared.wake.ring();
    }

    /// The build that was told last.
    #[must_use]
    pub fn build(&self) -> u64 {
        self.shared.build.load(Ordering::Acquire)
    }

    /// How many pages wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.open.load(Ordering::Acquire)
    }

    /// Takes a place for one more stream; false when all are taken.
    pub(super) fn reserve(&self) -> bool {
        let more = |open: usize| (open < self.shared.most).then_some(open + 1);
        self.shared.open.fetch_update(Ordering::AcqRel, Ordering::Acquire, more).is_ok()
    }

    /// Makes a stream of a connection, for which a place was reserved. `shown` is the build that its page shows.
    pub(super) fn park(&self, socket: TcpStream, shown: Option<u64>) {
        let arrivals = self.shared.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        if arrivals.send(Stream { socket, shown, opened: false }).is_ok() {
            self.shared.wake.ring();
        }
    }

    /// Ends all streams and their thread.
    pub(super) fn stop(&self) {
        self.shared.over.store(true, Ordering::Release);
        self.shared.wake.ring();
    }
}

/// One waiting page.
#[derive(Debug)]
struct Stream {
    socket: TcpStream,
    shown: Option<u64>,
    opened: bool,
}

/// All waiting pages.
#[derive(Debug)]
pub(super) struct Streams {
    bell: Bell,
    arrivals: Receiver<Stream>,
    streams: Vec<Stream>,
    heartbeat: Duration,
}

impl Streams {
    /// No page waits yet; at most `most` may. `build` is the number of the build that is there at the start.
    pub(super) fn new(most: usize, heartbeat: Duration, build: u64) -> io::Result<Streams> {
        let (sender, arrivals) = mpsc::channel();
        let shared = Shared {
            build: AtomicU64::new(build),
            open: AtomicUsize::new(0),
            most,
            over: AtomicBool::new(false),
            wake: Wake::new()?,
            arrivals: Mutex::new(sender),
        };
        Ok(Streams { bell: Bell { shared: Arc::new(shared) }, arrivals, streams: Vec::new(), heartbeat })
    }

    pub(super) fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Serves the streams until [`Bell::stop`].
    pub(super) fn run(mut self) {
        let mut beat = Instant::now() + self.heartbeat;
        while !self.bell.shared.over.load(Ordering::Acquire) {
            let ready = self.wait(beat.saturating_duration_since(Instant::now()));
            self.hang_up(&ready);
            self.bell.shared.wake.clear();
            self.streams.extend(self.arrivals.try_iter());
            let build = self.bell.build();
            self.keep(|stream| stream.tell(build));
            if Instant::now() >= beat {
                self.keep(|stream| stream.write(HEARTBEAT));
                beat = Instant::now() + self.heartbeat;
            }
        }
    }

    /// Waits for a ring or a sign from a client; the indexes of the streams that gave one.
    fn wait(&self, patience: Duration) -> Vec<usize> {
        let sockets = self.streams.iter().map(|stream| PollFd::new(&stream.socket, PollFlags::IN));
        let mut fds: Vec<_> = sockets.collect();
        fds.push(PollFd::new(self.bell.shared.wake.socket(), PollFlags::IN));
        let timeout = Timespec::try_from(patience).ok();
        if poll(&mut fds, timeout.as_ref()).is_err() {
            return Vec::new();
        }
        let ready = fds.iter().take(self.streams.len()).enumerate().filter(|(_, fd)| !fd.revents().is_empty());
        ready.map(|(index, _)| index).collect()
    }

    /// A client that gives a sign has gone, or says what a waiting page has no reason to say. From the last index on,
    /// so that those before it stay where they are.
    fn hang_up(&mut self, ready: &[usize]) {
        for index in ready.iter().rev() {
            if self.streams.get(*index).is_some_and(|stream| !stream.is_silent()) {
                self.streams.swap_remove(*index);
                self.bell.shared.open.fetch_sub(1, Ordering::AcqRel);
            }
        }
    }

    fn keep(&mut self, is_alive: impl FnMut(&mut Stream) -> bool) {
        let before = self.streams.len();
        self.streams.retain_mut(is_alive);
        self.bell.shared.open.fetch_sub(before - self.streams.len(), Ordering::AcqRel);
    }
}

impl Stream {
    /// Tells the build, if the page does not show it; false when the stream is lost.
    fn tell(&mut self, build: u64) -> bool {
        if !self.opened && !self.write(OPENING) {
            return false;
        }
        self.opened = true;
        if self.shown == Some(build) {
            return true;
        }
        self.shown = Some(build);
        self.write(format!("id: {build}\ndata: {build}\n\n").as_bytes())
    }

    /// False when the client does not take it all at once: it has stopped reading, and comes back with the number of
    /// its last build when it reads again.
    fn write(&mut self, bytes: &[u8]) -> bool {
        self.socket.write(bytes).is_ok_and(|count| count == bytes.len())
    }

    fn is_silent(&self) -> bool {
        let read = (&self.socket).read(&mut [0]);
        read.is_err_and(|error| matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted))
    }
}
