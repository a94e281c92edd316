//! The same as `inside.rs`, but as users have it: real processes and published files, over some hundred books.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its files and fails by panicking")]

mod book;
mod told;

use book::Book;
use rayon::prelude::*;
use std::path::Path;
use std::process::{Command, Output};
use told::Told;

/// Books; `BOOKS` says otherwise.
const BOOKS: u64 = 200;

#[test]
fn every_process_tells_the_same() {
    let books = std::env::var("BOOKS").map_or(BOOKS, |books| books.parse().unwrap());
    // Other books than those that are looked at from inside.
    let wrong: Vec<String> =
        (1_000_000..1_000_000 + books).into_par_iter().filter_map(|seed| look(seed).err()).collect();
    assert!(wrong.is_empty(), "{} of {books} books, the first: {}", wrong.len(), wrong[0]);
}

fn look(seed: u64) -> Result<(), String> {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    Book::new(seed).write(folder.path());
    let gate = readybook(folder.path(), &["check", "--gate", "--format", "json"]);
    let told = Told::exit(gate.status.code().unwrap().try_into().unwrap());
    let mut places = Vec::new();
    for (name, format) in [("status", "table"), ("status as JSON", "json")] {
        let output = readybook(folder.path(), &["status", "--format", format]);
        let text = String::from_utf8(output.stdout).unwrap();
        if text.is_empty() {
            // No document at all: nothing is told, and nothing is a pass.
            let is_refused = output.status.code() == Some(2) && told == Told::exit(2);
            return if is_refused { Ok(()) } else { Err(format!("seed {seed}: {name} tells nothing")) };
        }
        let place = if format == "json" { Told::json(&text) } else { Told::terminal(&text) };
        let may_be_read = output.status.success();
        places.push((name, Told { exit: None, ..place }));
        let verdict = places[0].1.verdict.as_deref().unwrap();
        if may_be_read && told.exit != Some(Told::exit_of(verdict)) {
            return Err(format!("seed {seed}: {verdict}, but the gate ends with {:?}", told.exit));
        }
    }
    places.push(("check --gate", Told::terminal(&String::from_utf8(gate.stderr).unwrap())));
    let build = readybook(folder.path(), &["build", "-j", "1", "-o", "public"]);
    if build.status.success() {
        places.extend(published(&folder.path().join("public")));
    }
    for (name, place) in &places {
        for (other_name, other) in &places {
            if let Some(how) = place.disagreement(other) {
                return Err(format!("seed {seed}: {name} and {other_name} disagree: {how}"));
            }
        }
    }
    Ok(())
}

fn published(public: &Path) -> Vec<(&'static str, Told)> {
    let read = |name: &str| std::fs::read_to_string(public.join(name)).unwrap();
    let export = read("readiness.json");
    vec![
        ("the export", Told::json(&export)),
        ("its documents", Told::added_up(&export)),
        ("its items", Told::counted(&export)),
        ("the overview", Told::page(&read("index.html"))),
        ("the badge's endpoint", Told::badge(&told::message(&read("badge/readiness.json")))),
        ("the badge's picture", Told::badge(told::title(&read("badge/readiness.svg")))),
    ]
}

fn readybook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readybook"));
    command.args(arguments).args(["--now", "2026-06-30"]).current_dir(folder).env_remove("GITHUB_ACTIONS");
    command.output().unwrap()
}
