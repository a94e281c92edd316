//! How long reading takes, beside the Markdown parser alone, on the same texts and threads:
//!
//! ```text
//! cargo bench --bench reading                 the documents of content/, many times over
//! cargo bench --bench reading -- FOLDER       the documents of a folder, as often as it takes
//! ```
//!
//! Runs are interleaved and the ratio is taken round by round, so that a busy machine slows both. Only ratios are worth
//! comparing between machines.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark reads disk and clock, and prints")]

use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;
use readybook::config::Config;
use readybook::input::{self, Project};
use readybook::pipeline;
use readybook::site::{Drafts, Files, Setting, Site};
use readybook::source::{RelPath, Source};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Documents of the main comparison.
const DOCUMENTS: usize = 10_000;

/// Rounds of each comparison; the median counts.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let folder = arguments.first().map_or("content", String::as_str);
    let pool = documents(Path::new(folder))?;
    if let Some(count) = arguments.get(1) {
        return memory_of(pool, count.parse()?);
    }
    compare(&pool);
    growth(&pool);
    memory(folder, &pool)?;
    Ok(())
}

fn documents(folder: &Path) -> Result<Vec<Source>, Box<dyn Error>> {
    let sources = input::read(&Project::open(folder)?).sources;
    if sources.is_empty() { Err(format!("no documents in {}", folder.display()).into()) } else { Ok(sources) }
}

/// As many documents as asked for: those that there are, again and again below other folders.
fn book(pool: &[Source], count: usize) -> Vec<Source> {
    let copy = |index: usize| {
        let source = &pool[index % pool.len()];
        let path = RelPath::new(&format!("copy-{}/{}", index / pool.len(), source.path.as_str()));
        Source::from_text(path.unwrap_or_else(|| source.path.clone()), source.text())
    };
    (0..count).into_par_iter().map(copy).collect()
}

fn bytes(book: &[Source]) -> usize {
    book.iter().map(|source| source.text().len()).sum()
}

/// The Markdown parser alone, with the options that reading gives it.
fn parse(book: &[Source]) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    book.par_iter().for_each(|source| {
        for event in Parser::new_ext(source.text(), options).into_offset_iter() {
            black_box(event);
        }
    });
}

fn read(book: Vec<Source>) -> Site {
    let (config, files) = (Config::default(), Files::default());
    let today = "2026-01-01".parse().unwrap_or_default();
    let setting = Setting { config: &config, files: &files, today, drafts: Drafts::Hidden };
    pipeline::site(book, &setting, Vec::new())
}

fn timed<T>(act: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = act();
    (start.elapsed(), value)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn compare(pool: &[Source]) {
    let book = book(pool, DOCUMENTS);
    let mut rounds: Vec<(f64, f64)> = Vec::new();
    for _ in 0..ROUNDS {
        let (parsing, ()) = timed(|| parse(&book));
        let copy = book.clone();
        let (reading, site) = timed(|| read(copy));
        rounds.push((parsing.as_secs_f64(), reading.as_secs_f64()));
        drop(site);
    }
    let size = bytes(&book) as f64 / 1e6;
    println!("{DOCUMENTS} documents, {size:.1} MB, {} threads, median of {ROUNDS}", rayon::current_num_threads());
    println!("  parser alone   {:8.3} s", median(rounds.iter().map(|round| round.0).collect()));
    println!("  into a site    {:8.3} s", median(rounds.iter().map(|round| round.1).collect()));
    println!("  ratio          {:8.2}", median(rounds.iter().map(|round| round.1 / round.0).collect()));
}

fn growth(pool: &[Source]) {
    println!("time for each document");
    for count in [1_000, 10_000, 100_000] {
        let book = book(pool, count);
        let (time, site) = timed(|| read(book));
        println!("  {count:7}        {:8.1} µs", time.as_secs_f64() * 1e6 / count as f64);
        drop(site);
    }
}

/// Peak memory of a process of its own, which this one starts: whatever ran before would count too.
fn memory(folder: &str, pool: &[Source]) -> Result<(), Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?).args([folder, &DOCUMENTS.to_string()]).output()?;
    let text = String::from_utf8(output.stdout)?;
    let [before, peak] = text.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<f64>>()[..] else {
        println!("peak memory: not known on this system");
        return Ok(());
    };
    let size = bytes(&book(pool, DOCUMENTS)) as f64 / 1024.0;
    println!("peak memory, {DOCUMENTS} documents");
    println!("  at most        {:8.0} MiB", peak / 1024.0);
    println!(
        "  / text         {:8.2}   (the text itself included, {:.0} MiB before reading)",
        peak / size,
        before / 1024.0
    );
    Ok(())
}

fn memory_of(pool: Vec<Source>, count: usize) -> Result<(), Box<dyn Error>> {
    let book = if pool.len() == count { pool } else { book(&pool, count) };
    let high = || -> Result<String, Box<dyn Error>> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        Ok(line.unwrap_or_default().trim().trim_end_matches(" kB").to_owned())
    };
    let before = high()?;
    let site = read(book);
    println!("{before} {}", high()?);
    drop(site);
    Ok(())
}
