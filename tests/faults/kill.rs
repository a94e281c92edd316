//! Builds killed at random moments.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::subject::{Bench, Site, Subject};

/// How often a build is killed.
const TIMES: u64 = 300;

/// The latest moment, in microseconds after the start: time for several builds.
const LATEST: u64 = 20_000;

/// Starts builds and kills them, and lets an undisturbed one heal after each.
pub(crate) fn at_random(subject: &Subject) {
    let bench = Bench::new(subject);
    let mut site = Site::A;
    let mut seen = [0; 3];
    bench.heal(site, "the first build");
    for time in 0..TIMES {
        let mut build = (subject.for_ever)(bench.work()).stderr(Stdio::null()).spawn().expect("a build");
        // The only use of a wait here is to pick the moment; nothing depends on how long it really lasts.
        thread::sleep(Duration::from_micros(time * 7919 % LATEST));
        build.kill().expect("a kill");
        build.wait().expect("the end of the build");
        let found = bench.published("a kill");
        assert!(found.is_some() || subject.may_vanish, "a killed build left no folder");
        seen[found.map_or(2, |site| site as usize)] += 1;
        site = site.other();
        bench.heal(site, "a kill");
    }
    println!("  {TIMES} kills: {} left the one site, {} the other, {} none", seen[0], seen[1], seen[2]);
}
