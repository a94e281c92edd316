//! Decoding of files and repair of damaged text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod damage;
mod damaged;
mod decoding;
mod mixed;
mod places;
mod sound;
mod texts;
