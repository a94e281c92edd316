//! The preview on real folders, and the program that serves it: what is shown after a save is what a clean start shows,
//! and strangers get nothing out of it.
#![allow(clippy::disallowed_methods, reason = "tests write files, read clocks for deadlines and start processes")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "what is shared with the tests of the front is not all of use here")]

#[path = "../serve_front/client.rs"]
mod client;
mod desk;
mod past;
#[cfg(target_os = "linux")]
mod program;
mod refused;
mod saved;
#[path = "../serve_front/saves.rs"]
mod saves;
mod storm;
#[cfg(target_os = "linux")]
mod strangers;
