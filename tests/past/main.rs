//! The past of a site, from small repositories made for each test.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its files and fails by panicking")]

mod absence;
mod days;
mod diff;
mod hostile;
mod lines;
mod repo;
mod same;
mod tracked;
mod verb;
