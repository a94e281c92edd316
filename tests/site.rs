//! The site: what comes of checklists when they are put together.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panicking")]

#[path = "site/book.rs"]
mod book;
#[path = "site/demonstration.rs"]
mod demonstration;
#[path = "site/fixtures.rs"]
mod fixtures;
#[path = "site/laws.rs"]
mod laws;
#[path = "site/summary.rs"]
mod summary;
