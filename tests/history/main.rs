//! The pages and the feed of a site with a past.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its files and fails by panicking")]

mod book;
mod feed;
mod pages;
mod past;
#[path = "../random/mod.rs"]
mod random;

use book::Book;
use readybook::site::Past;
use std::path::Path;

/// The sites that the browser tests look at.
#[test]
fn sites_with_a_past_are_written_for_the_browser() {
    const DEMO: &str = "tests/browser/fixtures/demo";
    let sites = [("demo", DEMO, "default", 44), ("ledger", DEMO, "ledger", 44), ("content", ".", "default", 70)];
    for (name, project, theme, days) in sites {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("past").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        let mut book = Book::open(project).in_theme(theme);
        book.setting.past = Past::Known(past::past(&book.site, days)).into();
        book.write(&folder);
        let days = std::fs::read_to_string(folder.join("history/page-2/index.html")).unwrap();
        assert!(days.contains("<h3"), "{name}");
    }
}
