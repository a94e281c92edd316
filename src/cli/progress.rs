//! A line that moves while something takes longer than half a second, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::Duration;

/// Time before anything is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the line moves.
const BEAT: Duration = Duration::from_millis(100);

/// The line. It goes away when it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Something of unknown length.
    pub(super) fn of(what: &'static str) -> Self {
        Self::start(ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(what))
    }

    /// Something of so many steps.
    pub(super) fn counted(what: &'static str, count: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}");
        Self::start(bar.with_message(what).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    fn start(bar: ProgressBar) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self { bar };
        }
        let later = bar.clone();
        // Whoever is done sooner never sees it; the thread then ends by itself.
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            if !later.is_finished() {
                later.set_draw_target(ProgressDrawTarget::stderr());
                later.enable_steady_tick(BEAT);
            }
        });
        Self { bar }
    }

    /// Counts a step.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
