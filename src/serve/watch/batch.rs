//! Changes on their way to silence.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Change;

/// So long nothing must happen before a change is announced, to whoever prepares for it in the meantime.
const EARLY: Duration = Duration::from_millis(10);

/// So long nothing must happen before a change is told.
const SILENCE: Duration = Duration::from_millis(50);

/// So long a change waits for silence.
const PATIENCE: Duration = Duration::from_millis(400);

/// From so many paths on it is a storm (a branch switch, an unpacked archive), which is worth waiting out.
const STORM: usize = 256;

/// So long nothing must happen before a storm is over: whoever writes so much has pauses.
const STORM_SILENCE: Duration = Duration::from_millis(200);

/// So long a storm waits for silence, and each time that it is told of in its midst this many times longer: a storm on
/// a slow disk is not to be made slower by reading along.
const STORM_PATIENCE: Duration = Duration::from_secs(2);
const MORE_PATIENCE: u32 = 4;

/// So far the patience grows.
const MOST_PATIENCE: u32 = 4;

/// What has been noticed and not been told.
#[derive(Debug, Default)]
pub(super) struct Batch {
    paths: BTreeSet<PathBuf>,
    is_all: bool,
    /// When the first and the last thing was noticed.
    times: Option<(Instant, Instant)>,
    /// Whether all that was noticed has been announced.
    announced: bool,
    /// How far the patience has grown with a storm that is not over yet; 0 where there is none.
    told: u32,
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
        self.announced = false;
    }

    /// When it is time to announce what is going to be told; never in a storm.
    pub(super) fn early(&self) -> Option<Instant> {
        let (_, last) = self.times.filter(|_| !self.announced && !self.is_storm())?;
        Some(last + EARLY)
    }

    /// What is going to be told.
    pub(super) fn announce(&mut self) -> Change {
        self.announced = true;
        Change::Paths(self.paths.clone())
    }

    /// When it is time to tell, if there is anything to tell.
    pub(super) fn due(&self) -> Option<Instant> {
        let more = MORE_PATIENCE.pow(self.told.saturating_sub(1));
        let patience = if self.is_storm() { STORM_PATIENCE * more } else { PATIENCE };
        self.times.map(|(first, last)| (last + self.silence()).min(first + patience))
    }

    fn is_storm(&self) -> bool {
        self.is_all || self.paths.len() >= STORM || self.told > 0
    }

    fn silence(&self) -> Duration {
        if self.is_storm() { STORM_SILENCE } else { SILENCE }
    }

    /// Takes what is to be told, and begins anew.
    pub(super) fn take(&mut self, now: Instant) -> Change {
        let is_silent = self.times.is_none_or(|(_, last)| last + self.silence() <= now);
        let told = match (is_silent, self.is_storm()) {
            (true, _) => 0,
            // whoever goes on for so long is a storm, however slow
            (false, false) => 1,
            (false, true) => MOST_PATIENCE.min(self.told.max(1) + 1),
        };
        let batch = std::mem::replace(self, Self { told, ..Self::default() });
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
        assert_eq!(batch.take(at(400)), Change::Paths(["a".into(), "b".into()].into()));
        assert_eq!(batch.due(), None);
        batch.add("c".into(), at(410));
        assert_eq!(batch.due(), Some(at(410) + STORM_SILENCE), "what goes on and on is a storm");
    }

    #[test]
    fn a_change_is_announced_once_before_it_is_told() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut batch = Batch::default();
        batch.add("a".into(), at(0));
        assert_eq!(batch.early(), Some(at(10)));
        assert_eq!(batch.announce(), Change::Paths(["a".into()].into()));
        assert_eq!((batch.early(), batch.due()), (None, Some(at(50))));
        batch.add("b".into(), at(20));
        assert_eq!(batch.early(), Some(at(30)), "what has come since is announced too");
        batch.add_all(at(30));
        assert_eq!(batch.early(), None, "nobody prepares for a storm");
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
        assert_eq!(batch.take(start + STORM_PATIENCE), Change::Rescan);
    }

    #[test]
    fn a_storm_is_told_less_and_less_often_until_it_is_over() {
        let start = Instant::now();
        let mut batch = Batch::default();
        let mut now = start;
        for patience in [2, 8, 32, 128, 128] {
            let due = now + Duration::from_secs(patience);
            for index in 0..STORM {
                batch.add(format!("{index}").into(), now);
            }
            batch.add("x".into(), due);
            assert_eq!(batch.due(), Some(due));
            batch.take(due);
            now = due;
        }
        batch.add("y".into(), now);
        assert_eq!(batch.due(), Some(now + STORM_SILENCE), "a few files more are still of the storm");
        batch.take(now + STORM_SILENCE);
        batch.add("z".into(), now);
        assert_eq!(batch.due(), Some(now + SILENCE));
    }
}
