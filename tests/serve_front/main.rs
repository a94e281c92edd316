//! The front of the preview, that is all of `serve` that does not know how a site is made: real sockets, real files, and
//! a site of a few fixed pages in place of the real one.
#![allow(clippy::disallowed_methods, reason = "tests write files, read clocks for deadlines and start processes")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]
#![allow(clippy::print_stderr, reason = "the server process tells its address to the one that started it")]

mod child;
mod client;
mod guard;
#[cfg(target_os = "linux")]
mod pressure;
mod saves;
mod streams;
mod stub;
mod watching;
