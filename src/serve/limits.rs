//! How much the server gives to strangers: sizes, times and descriptors.

use std::thread;
use std::time::Duration;

/// Descriptors kept back for the rest of the program: sources being read, the watcher, `git`, the terminal.
const KEPT_BACK: usize = 64;

/// The most page connections at once: browsers open six a host, load generators some hundred.
const MOST_PAGES: usize = 256;

/// The most waiting tabs at once.
const MOST_STREAMS: usize = 1024;

/// The bounds of the server. The sizes and the ten seconds are those that common servers use (16 kB and 100 lines are
/// Apache's and nginx's orders of magnitude).
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a request's head, request line included.
    pub head_bytes: usize,
    /// Header lines of a head.
    pub head_lines: usize,
    /// Bytes of the one body that is accepted, the tick's.
    pub body_bytes: usize,
    /// From the first byte of a request (or the opening of the connection) to the last of its head and body.
    pub request_time: Duration,
    /// How long a connection may wait between two requests.
    pub idle_time: Duration,
    /// How long a reader may take no byte of its answer.
    pub stall_time: Duration,
    /// After a refusal: how long what still arrives is thrown away, so that the answer is not lost with a reset.
    pub linger_time: Duration,
    /// A connection that did nothing for this long may be closed in favour of a new one when all places are taken.
    pub grace: Duration,
    /// Pause between the comments that find out whether a waiting tab is still there.
    pub heartbeat: Duration,
    /// Connections at once that are not live-reload streams.
    pub pages: usize,
    /// Live-reload streams at once; one more gets 503.
    pub streams: usize,
    /// Threads that make answers.
    pub workers: usize,
}

impl Limits {
    /// The bounds that suit this process: counts from its limit of open files, workers from its processors.
    #[must_use]
    pub fn of_this_process() -> Limits {
        let workers = thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 4));
        Limits { workers, ..Limits::for_descriptors(open_files()) }
    }

    /// The bounds for a process that may have this many descriptors open.
    #[must_use]
    pub fn for_descriptors(descriptors: usize) -> Limits {
        let free = descriptors.saturating_sub(KEPT_BACK);
        let pages = (free / 2).clamp(8, MOST_PAGES);
        Limits {
            head_bytes: 16 * 1024,
            head_lines: 100,
            body_bytes: 4 * 1024,
            request_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(60),
            stall_time: Duration::from_secs(30),
            linger_time: Duration::from_secs(1),
            grace: Duration::from_millis(500),
            heartbeat: Duration::from_secs(25),
            pages,
            streams: free.saturating_sub(pages).clamp(4, MOST_STREAMS),
            workers: 2,
        }
    }
}

/// How many files this process may have open at once (1024 where that cannot be asked).
#[cfg(unix)]
fn open_files() -> usize {
    use rustix::process::{Resource, getrlimit};
    let limit = getrlimit(Resource::Nofile).current.unwrap_or(u64::from(u16::MAX));
    usize::try_from(limit).unwrap_or(usize::MAX)
}

#[cfg(not(unix))]
fn open_files() -> usize {
    1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_streams_leave_descriptors_for_the_rest() {
        for (descriptors, pages, streams) in [(256, 96, 96), (1024, 256, 704), (20_000, 256, 1024), (80, 8, 8)] {
            let limits = Limits::for_descriptors(descriptors);
            assert_eq!((limits.pages, limits.streams), (pages, streams), "{descriptors}");
            assert!(limits.pages + limits.streams + KEPT_BACK <= descriptors);
        }
    }
}
