//! The site: what comes of checklists when they are put together.

#[path = "site/book.rs"]
mod book;
#[path = "site/laws.rs"]
mod laws;
