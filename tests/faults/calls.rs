//! Builds that are killed, or given an error, at each of their file-system calls in turn, by strace.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::subject::{Bench, Site, Subject};

/// What can happen at a call, in strace's words.
const FAULTS: [&str; 3] = ["signal=KILL", "error=EIO", "error=ENOSPC"];

/// Calls by which a site is written, up to the moment when it is put in place. When one fails, all can be cleaned up.
const WRITING: [&str; 5] = ["write", "copy_file_range", "mkdir", "fsync", "ftruncate"];

/// The state before the build, and what the build publishes.
#[derive(Debug, Clone, Copy)]
enum Course {
    /// Nothing there yet.
    First,
    /// Another site.
    Replace,
    /// The same site.
    Unchanged,
}

/// Disturbs each call of each course of a build with each fault.
pub(crate) fn each_in_turn(subject: &Subject) {
    let bench = Bench::new(subject);
    // Only replacing differs between the ways to do it.
    let courses: &[_] =
        if subject.may_vanish { &[Course::Replace] } else { &[Course::First, Course::Replace, Course::Unchanged] };
    for &course in courses {
        let mut disturbed = 0;
        for call in calls_of(subject, course) {
            for fault in FAULTS {
                disturbed += disturb_each(subject, &bench, course, &call, fault);
            }
        }
        println!("  {course:?}: {disturbed} builds disturbed");
    }
}

/// Lets the file system refuse to exchange folders, in all the ways in which it can say that it never will.
pub(crate) fn without_exchange(subject: &Subject) {
    let bench = Bench::new(subject);
    for error in ["EINVAL", "ENOSYS", "EOPNOTSUPP", "EPERM"] {
        let (_, site) = before(&bench, Course::Replace);
        let inject = format!("inject=renameat2:error={error}");
        let (output, log) =
            strace(&bench, &["-e", "trace=renameat2", "-e", &inject], (subject.once)(bench.work(), site));
        assert_eq!(log.matches("INJECTED").count(), usize::from(!subject.may_vanish), "{error}: {log}");
        assert!(output.status.success(), "{error}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(bench.published(error), Some(site));
        bench.assert_tidy(error);
    }
}

/// The names of the file-system calls that an undisturbed build makes.
fn calls_of(subject: &Subject, course: Course) -> BTreeSet<String> {
    let bench = Bench::new(subject);
    let (_, site) = before(&bench, course);
    let (output, log) = strace(&bench, &["-e", "trace=%file,%desc"], (subject.once)(bench.work(), site));
    assert!(output.status.success(), "strace: {}", String::from_utf8_lossy(&output.stderr));
    let names = log.lines().filter_map(|line| line.split_once('(')?.0.split_whitespace().last());
    names
        .filter(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_0123456789".contains(&byte)))
        .map(str::to_owned)
        .collect()
}

/// Disturbs the first call of a name, the second, and so on, until a build makes fewer; says how many there were.
fn disturb_each(subject: &Subject, bench: &Bench<'_>, course: Course, call: &str, fault: &str) -> usize {
    for number in 1.. {
        let (old, site) = before(bench, course);
        let what = format!("{course:?} with {fault} at {call} number {number}");
        let (trace, inject) = (format!("trace={call}"), format!("inject={call}:{fault}:when={number}"));
        let build = (subject.once)(bench.work(), site);
        let (output, log) = strace(bench, &["--seccomp-bpf", "-e", &trace, "-e", &inject], build);
        let is_disturbed = log.contains("INJECTED") || log.contains("killed by SIGKILL");
        let found = bench.published(&what);
        assert!(found == old || found == Some(site) || (found.is_none() && subject.may_vanish), "{what}: {found:?}");
        if output.status.success() {
            assert_eq!(found, Some(site), "{what}: success without the new site");
        } else if output.status.code() == Some(1) && !fault.contains("KILL") {
            assert_eq!(found, old, "{what}: an error, but the old site is gone");
            if WRITING.contains(&call) {
                bench.assert_tidy(&what);
            }
        }
        bench.heal(site, &what);
        if !is_disturbed {
            assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
            return number - 1;
        }
    }
    unreachable!("a build makes finitely many calls")
}

/// Brings about the state before a build, and says which site is there and which one to build.
fn before(bench: &Bench<'_>, course: Course) -> (Option<Site>, Site) {
    let found = bench.published("healing");
    match (course, found) {
        (Course::First, None) => (None, Site::A),
        (Course::First, Some(_)) => {
            fs::remove_dir_all(bench.work().join("public")).expect("no site");
            (None, Site::A)
        }
        (_, None) => {
            bench.heal(Site::A, "nothing");
            before(bench, course)
        }
        (Course::Replace, Some(site)) => (found, site.other()),
        (Course::Unchanged, Some(site)) => (found, site),
    }
}

/// Runs a build under strace; its end and strace's log.
fn strace(bench: &Bench<'_>, options: &[&str], build: Command) -> (Output, String) {
    let log = bench.work().join("strace.log");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(&log).args(options).arg(build.get_program()).args(build.get_args());
    let output = command.stdin(Stdio::null()).output().expect("strace is needed: apt-get install strace");
    (output, read_lossy(&log))
}

fn read_lossy(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("strace's log")).into_owned()
}
