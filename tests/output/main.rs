//! Publishing a folder: what it refuses, what it leaves alone, what it heals. Builds that die are in `tests/faults`.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]
#![allow(clippy::unwrap_used, reason = "a failed step ends the test")]

mod healing;
mod rebuild;
mod refusals;
mod sharing;
mod work;
