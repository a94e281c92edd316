//! Builds killed at random moments.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::subject::{Bench, Site, Subject};

/// How often a build is killed; `KILLS` says otherwise.
const TIMES: u64 = 300;

/// The latest moment, after the start, for a program that publishes several times.
const LATEST: Duration = Duration::from_millis(20);

/// Work folders that are used at a time.
const BENCHES: u64 = 3;

/// Starts builds and kills them, and lets an undisturbed one heal after each.
pub(crate) fn at_random(subject: &Subject) {
    let times = std::env::var("KILLS").map_or(TIMES, |times| times.parse().expect("a number in KILLS"));
    let bench = Bench::new(subject);
    let seen: Vec<[u32; 3]> = (0..BENCHES)
        .into_par_iter()
        .map(|first| each(&bench.another(), (first..times).step_by(BENCHES as usize)))
        .collect();
    let sum = |at: usize| seen.iter().map(|seen| seen[at]).sum::<u32>();
    println!("  {times} kills: {} left the old site, {} the new one, {} none", sum(0), sum(1), sum(2));
}

/// Kills a build at each of these moments; counts what was left: the old site, the new one, none.
fn each(bench: &Bench<'_>, times: impl Iterator<Item = u64>) -> [u32; 3] {
    let subject = bench.subject();
    let mut seen = [0; 3];
    bench.heal(Site::A, "nothing");
    let mut site = Site::B;
    // Builds take longer on a busy machine, so the latest moment follows them.
    let mut latest = LATEST;
    for time in times {
        let mut build = (subject.killed)(bench.work(), site).stderr(Stdio::null()).spawn().expect("a build");
        // The only use of a wait here is to pick the moment; nothing depends on how long it really lasts.
        thread::sleep(latest.mul_f64((time * 7919 % 1000) as f64 / 1000.0));
        build.kill().expect("a kill");
        build.wait().expect("the end of the build");
        let found = bench.published("a kill");
        assert!(found.is_some() || subject.may_vanish, "a killed build left no folder");
        seen[found.map_or(2, |found| usize::from(found == site))] += 1;
        let start = Instant::now();
        bench.heal(site, "a kill");
        latest = LATEST.max(start.elapsed());
        site = site.other();
    }
    seen
}
