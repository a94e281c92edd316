//! How long each step took.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// A clock with laps.
pub(super) struct Timings {
    begun: Instant,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Timings {
    /// Begins now.
    pub(super) fn start() -> Self {
        let now = Instant::now();
        Self { begun: now, last: now, laps: Vec::new() }
    }

    /// Ends a step.
    pub(super) fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }

    /// The time since the start, for people.
    pub(super) fn total(&self) -> String {
        people(self.begun.elapsed())
    }

    /// A line a step.
    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        for (name, time) in &self.laps {
            let _ = writeln!(text, "  {name:<8} {:>9}", people(*time));
        }
        text
    }
}

fn people(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.2} s", time.as_secs_f64())
    }
}
