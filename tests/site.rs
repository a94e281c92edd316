//! The site: what comes of checklists when they are put together.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "site/book.rs"]
mod book;
#[path = "site/demonstration.rs"]
mod demonstration;
#[path = "site/laws.rs"]
mod laws;
