//! Builds that die or fail at the worst moment: killed at random and at every file-system call, out of space, and with
//! a disk that gives errors. Whatever happens, the output folder is the old site or the new one, and the next build
//! heals.
//!
//! This is a test program without the standard harness, because it is also the program that is tested: run as
//! `faults publish …` it publishes a small site and has no other threads or output. `cargo test --test faults NAME`
//! runs the trials whose names contain NAME. The trials by call need strace (a Debian package of that name).
//!
//! `readybook build` itself is killed at each of its calls when it replaces a site, and given errors at each call that
//! changes something; `FAULTS=all` gives errors at all of them, also for a first site and an unchanged one. `KILLS=3000`
//! kills more often.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test program reports on its own")]
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]
#![allow(clippy::expect_used, reason = "a failed trial ends the program")]

mod calls;
mod kill;
mod pair;
mod project;
mod publisher;
mod subject;
mod tree;

use std::process::ExitCode;
use std::time::Instant;

use subject::Subject;

/// A test of one subject, which panics when it fails.
type Trial = fn(&Subject);

const TRIALS: [(&str, Trial); 4] = [
    ("pair", pair::at_once),
    ("kill", kill::at_random),
    ("refusal", calls::without_exchange),
    ("calls", calls::each_in_turn),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some((verb, rest)) = arguments.split_first()
        && verb == "publish"
    {
        return publisher::run(rest);
    }
    let mut tried = 0;
    let filter = arguments.iter().find(|argument| !argument.starts_with('-'));
    for subject in [Subject::exchanging(), Subject::renaming(), Subject::building()] {
        for (name, trial) in TRIALS {
            let name = format!("{name}_{}", subject.name);
            if filter.is_none_or(|filter| name.contains(filter.as_str())) {
                let start = Instant::now();
                trial(&subject);
                tried += 1;
                println!("{name}: ok, {:.1} s", start.elapsed().as_secs_f64());
            }
        }
    }
    println!("{tried} trials passed");
    ExitCode::SUCCESS
}
