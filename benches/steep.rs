//! How long the documents take that somebody would write to keep the program busy, and how their time grows with their
//! size: read, and made into all pages of a site.
//!
//! ```text
//! cargo bench --bench steep                    all of them, the slowest ones shown
//! cargo bench --bench steep -- WORD [KB]       those whose name contains the word, at that size and half of it
//! ```
//!
//! Nothing may take more than a second at 128 kB; where the size doubles, the time should about double too.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark reads the clock, and prints")]

#[path = "steep/cases.rs"]
mod cases;

use readybook::config::Config;
use readybook::page::{Edition, Plan, Setting as PageSetting};
use readybook::pipeline;
use readybook::render::Renderer;
use readybook::site::{Drafts, Files, Setting, Site};
use readybook::source::{RelPath, Source};
use readybook::theme::Theme;
use std::convert::Infallible;
use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Bytes of a document where nothing else is said.
const SIZE: usize = 128_000;

/// How many of the slowest are shown.
const SHOWN: usize = 30;

/// What a document took.
struct Took {
    read: Duration,
    pages: Duration,
    /// Bytes of all pages.
    bytes: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let word = arguments.next().unwrap_or_default();
    let size = arguments.next().map_or(Ok(SIZE), |size| size.parse().map(|size: usize| size * 1000))?;
    let renderer = Renderer::new(Theme::default()).map_err(|_| "the built-in theme is faulty")?;
    let mut rows = Vec::new();
    for (name, text) in cases::all().into_iter().filter(|(name, _)| name.contains(&word)) {
        let (half, whole) = (take(&text(size / 2), &renderer)?, take(&text(size), &renderer)?);
        rows.push((name, half, whole));
    }
    rows.sort_by_key(|(_, _, whole)| std::cmp::Reverse(whole.read + whole.pages));
    println!("{:<44} {:>10} {:>7} {:>10} {:>7} {:>9} {:>7}", "ms", "read", "growth", "pages", "growth", "kB", "growth");
    for (name, half, whole) in rows.iter().take(SHOWN) {
        let growth = |of: fn(&Took) -> f64| of(whole) / of(half);
        println!(
            "{name:<44} {:>10.1} {:>7.1} {:>10.1} {:>7.1} {:>9} {:>7.1}",
            whole.read.as_secs_f64() * 1e3,
            growth(|took| took.read.as_secs_f64()),
            whole.pages.as_secs_f64() * 1e3,
            growth(|took| took.pages.as_secs_f64()),
            whole.bytes / 1000,
            growth(|took| took.bytes as f64),
        );
    }
    Ok(())
}

fn take(text: &str, renderer: &Renderer) -> Result<Took, Box<dyn Error>> {
    let (config, files, theme) = (Config::default(), Files::default(), Theme::default());
    let today = "2026-01-01".parse()?;
    let setting = Setting { config: &config, files: &files, today, drafts: Drafts::Hidden };
    let source = Source::from_text(RelPath::new("odd.md").ok_or("no path")?, text);
    let begun = Instant::now();
    let site: Site = pipeline::site(vec![source], &setting, Vec::new());
    let read = begun.elapsed();
    let begun = Instant::now();
    let plan = Plan::of(&site, &config, &theme);
    let setting = PageSetting::default();
    let edition = Edition { site: &site, config: &config, plan: &plan, theme: &theme, setting: &setting };
    let bytes = AtomicUsize::new(0);
    pipeline::build_pages(&edition, renderer, |_, _, page| {
        bytes.fetch_add(page.into_bytes().len(), Ordering::Relaxed);
        Ok::<(), Infallible>(())
    })
    .map_err(|_| "a page could not be made")?;
    Ok(Took { read, pages: begun.elapsed(), bytes: bytes.into_inner() })
}
