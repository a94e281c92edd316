//! Changes on their way to silence.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Change;

/// So long nothing must happen before a change is told.
const SILENCE: Duration = Duration::from_millis(50);

/// So long a change waits for silence.
const PATIENCE: Duration = Duration::from_millis(400);

/// From so many paths on it is a storm (a branch switch, an unpacked archive), which is worth waiting out.
const STORM: usize = 256;

/// So long nothing must happen before a storm is over: whoever writes so much has pauses.
const STORM_SILENCE: Duration = Duration::from_millis(200);

/// So long a storm waits for silence.
const STORM_PATIENCE: Duration = Duration::from_secs(2);

/// What has been noticed and not been told.
#[derive(Debug, Default)]
pub(super) struct Batch {
    paths: BTreeSet<PathBuf>,
    is_all: bool,
    /// When the first and the last thing was noticed.
    times: Option<(Instant, Instant)>,
}

impl Batch {
    /// Notices a path.
    pub(super) fn add(&mut self, path: PathBuf, now: Instant) {
        self.paths.insert(path);
        self.notice(now);
    }

    /// Notices that anything may have changed.
    pub(super) fn add_all(&mut self, now: Instant) {
        self.is_all = true;
        self.notice(now);
    }

    fn notice(&mut self, now: Instant) {
        let first = self.times.map_or(now, |(first, _)| first);
        self.times = Some((first, now));
    }

    /// When it is time to tell, if there is anything to tell.
    pub(super) fn due(&self) -> Option<Instant> {
        let is_storm = self.is_all || self.paths.len() >= STORM;
        let (silence, patience) = if is_storm { (STORM_SILENCE, STORM_PATIENCE) } else { (SILENCE, PATIENCE) };
        self.times.map(|(first, last)| (last + silence).min(first + patience))
    }

    /// Takes what is to be told, and begins anew.
    pub(super) fn take(&mut self) -> Change {
        let batch = std::mem::take(self);
        if batch.is_all { Change::Rescan } else { Change::Paths(batch.paths) }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "an instant can only be had from the clock; none is compared with it")]
mod tests {
    use super::*;

    #[test]
    fn silence_is_waited_for_but_not_for_ever() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut batch = Batch::default();
        assert_eq!(batch.due(), None);
        batch.add("a".into(), at(0));
        assert_eq!(batch.due(), Some(at(50)));
        batch.add("a".into(), at(40));
        assert_eq!(batch.due(), Some(at(90)));
        batch.add("b".into(), at(390));
        assert_eq!(batch.due(), Some(at(400)));
        assert_eq!(batch.take(), Change::Paths(["a".into(), "b".into()].into()));
        assert_eq!(batch.due(), None);
    }

    #[test]
    fn a_storm_is_waited_out() {
        let start = Instant::now();
        let mut batch = Batch::default();
        for index in 0..STORM {
            batch.add(format!("{index}").into(), start);
        }
        assert_eq!(batch.due(), Some(start + STORM_SILENCE));
        batch.add("x".into(), start + Duration::from_millis(1990));
        assert_eq!(batch.due(), Some(start + STORM_PATIENCE));
        batch.add_all(start);
        assert_eq!(batch.take(), Change::Rescan);
    }
}
