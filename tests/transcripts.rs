//! The command line as its users see it. Each folder of `tests/transcripts` is a case: `transcript.txt` has commands
//! with their output, the other files are copied to a fresh folder in which the commands run, one after the other.
//!
//! ```text
//! $ readybook check            a command, run by `sh`
//! text                         what it prints to standard output
//! ! text                       what it prints to standard error, told after it
//! ; text                       a remark, which stays
//! [1]                          how it ends; nothing is written for 0
//! ```
//!
//! `UPDATE=1 cargo test --test transcripts` writes what is printed now, for review in the diff.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its files and fails by panicking")]

use rayon::prelude::*;
use readybook::finding::Code;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The day on which every transcript is made, 2026-06-30, as SOURCE_DATE_EPOCH.
const DAY: &str = "1782777600";

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

#[test]
fn every_command_prints_what_its_transcript_says() {
    let update = std::env::var_os("UPDATE").is_some();
    let wrong: Vec<String> = cases().par_iter().filter_map(|case| run_case(case, update)).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE=1 writes what is printed now", wrong.join("\n"));
}

#[test]
fn every_code_is_shown_by_a_transcript() {
    let shown: String =
        cases().iter().map(|case| std::fs::read_to_string(case.join("transcript.txt")).unwrap_or_default()).collect();
    let is_shown = |name: &&str| shown.contains(&format!("[{name}]: "));
    let missing: Vec<&str> = Code::ALL.iter().map(|code| code.name()).filter(|name| !is_shown(name)).collect();
    assert!(missing.is_empty(), "codes that no transcript shows: {missing:?}");
}

/// Runs a case; gives what is wrong with it.
fn run_case(case: &Path, update: bool) -> Option<String> {
    let file = case.join("transcript.txt");
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    let folder = tempfile::tempdir().unwrap();
    copy(case, folder.path());
    let mut actual = String::new();
    for line in expected.lines().filter(|line| line.starts_with("$ ") || line.starts_with("; ")) {
        writeln!(actual, "{line}").unwrap();
        if let Some(command) = line.strip_prefix("$ ") {
            actual.push_str(&run(command, folder.path()));
        }
    }
    if update && actual != expected {
        std::fs::write(&file, &actual).unwrap();
    }
    let name = case.file_name().unwrap().to_string_lossy();
    (!update && actual != expected).then(|| format!("--- {name}: expected\n{expected}\n--- {name}: printed\n{actual}"))
}

/// Copies the files of a case, without its transcript.
fn copy(from: &Path, to: &Path) {
    // A repository of its own: nothing above it is taken for its project.
    std::fs::create_dir_all(to.join(".git")).unwrap();
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else if entry.file_name() != "transcript.txt" {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a command prints, and how it ends.
fn run(command: &str, folder: &Path) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_readybook")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env_clear()
        .envs([("PATH", path.as_str()), ("SOURCE_DATE_EPOCH", DAY), ("LC_ALL", "C"), ("HOME", "/nowhere")])
        .output()
        .unwrap();
    let whole = folder.canonicalize().unwrap();
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(whole.to_str().unwrap(), "DIR");
    let mut told = read(&output.stdout);
    if !told.is_empty() && !told.ends_with('\n') {
        told.push_str("(no line break)\n");
    }
    for line in read(&output.stderr).lines() {
        writeln!(told, "! {line}").unwrap();
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => writeln!(told, "[{code}]").unwrap(),
        None => writeln!(told, "[killed]").unwrap(),
    }
    told
}
