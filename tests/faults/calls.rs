//! Builds that are killed, or given an error, at each of their file-system calls in turn, by strace.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rayon::prelude::*;

use crate::subject::{Bench, Site, Subject};

/// What can happen at a call, in strace's words.
const FAULTS: [&str; 3] = ["signal=KILL", "error=EIO", "error=ENOSPC"];

/// Calls by which a site is written, up to the moment when it is put in place. When one fails, all can be cleaned up.
const WRITING: [&str; 5] = ["write", "copy_file_range", "mkdir", "fsync", "ftruncate"];

/// Other calls that change something, or open a file to do so.
const CHANGING: [&str; 10] =
    ["openat", "chmod", "fchmod", "linkat", "renameat2", "rename", "unlink", "unlinkat", "rmdir", "flock"];

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
    // Of the output room on its own everything is tried; a whole build is long.
    let all = subject.failure == 1 || std::env::var_os("FAULTS").is_some_and(|which| which == "all");
    let bench = Bench::new(subject);
    // Only replacing differs between the ways to do it.
    let courses: &[_] = if subject.may_vanish || !all {
        &[Course::Replace]
    } else {
        &[Course::First, Course::Replace, Course::Unchanged]
    };
    for &course in courses {
        let calls = calls_of(&bench.another(), course);
        let changes = |call: &Call| WRITING.contains(&call.name.as_str()) || CHANGING.contains(&call.name.as_str());
        let pairs = calls.iter().flat_map(|call| FAULTS.map(|fault| (call, fault)));
        // When a folder cannot be closed, the standard library itself panics.
        let fails = |call: &Call| changes(call) || all && call.name != "close";
        let pairs: Vec<_> = pairs.filter(|(call, fault)| fails(call) || fault.contains("KILL")).collect();
        let disturbed: usize = pairs
            .par_iter()
            .with_max_len(1)
            .map(|(call, fault)| disturb_each(&bench.another(), course, call, fault))
            .sum();
        println!("  {course:?}: {disturbed} builds disturbed");
    }
}

/// Lets the file system refuse to exchange folders, in all the ways in which it can say that it never will.
pub(crate) fn without_exchange(subject: &Subject) {
    let bench = Bench::new(subject);
    for error in ["EINVAL", "ENOSYS", "EOPNOTSUPP", "EPERM"] {
        let (_, site) = before(&bench, Course::Replace);
        let inject = format!("inject=renameat2:error={error}");
        let (output, log) = strace(&bench, &["-e", "trace=renameat2", "-e", &inject], site);
        assert_eq!(log.matches("INJECTED").count(), usize::from(!subject.may_vanish), "{error}: {log}");
        assert!(output.status.success(), "{error}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(bench.published(error), Some(site));
        bench.assert_tidy(error);
    }
    for error in ["EBUSY", "EXDEV"] {
        let (old, site) = before(&bench, Course::Replace);
        let inject = format!("inject=rename,renameat2:error={error}");
        let (output, _) = strace(&bench, &["-e", "trace=rename,renameat2", "-e", &inject], site);
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("public`: it is a mount point, which cannot be replaced in one step"), "{error}: {told}");
        assert_eq!((output.status.code(), bench.published(error)), (Some(subject.failure), old));
        bench.assert_tidy(error);
    }
}

/// The calls of one name that a build makes.
struct Call {
    name: String,
    /// How many there are.
    count: usize,
    /// How many of them load the program, before anything of ours runs.
    loading: usize,
}

/// The file-system calls that an undisturbed build makes; the most frequent first, as they take longest to disturb.
fn calls_of(bench: &Bench<'_>, course: Course) -> Vec<Call> {
    let (_, site) = before(bench, course);
    let (output, log) = strace(bench, &["-e", "trace=%file,%desc"], site);
    assert!(output.status.success(), "strace: {}", String::from_utf8_lossy(&output.stderr));
    let work = bench.work().to_string_lossy().into_owned();
    let mut calls: BTreeMap<&str, Call> = BTreeMap::new();
    let mut is_loading = true;
    for line in log.lines() {
        let Some(name) = line.split_once('(').and_then(|(before, _)| before.split_whitespace().last()) else {
            continue;
        };
        // Memory and terminals are no business of the file system.
        let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_0123456789".contains(&byte));
        if !is_name || ["mmap", "poll", "ioctl"].contains(&name) {
            continue;
        }
        is_loading &= name == "execve" || !line.contains(&work);
        let call = calls.entry(name).or_insert_with(|| Call { name: name.to_owned(), count: 0, loading: 0 });
        call.count += 1;
        call.loading += usize::from(is_loading);
    }
    let mut calls: Vec<Call> = calls.into_values().collect();
    calls.sort_by_key(|call| Reverse(call.count));
    calls
}

/// Disturbs the first call of a name, the second, and so on, until a build makes fewer; says how many there were.
fn disturb_each(bench: &Bench<'_>, course: Course, call: &Call, fault: &str) -> usize {
    // A program that could not be loaded cannot say what went wrong. It can be killed at any time.
    let first = if fault.contains("KILL") { 1 } else { call.loading + 1 };
    for number in first.. {
        let (old, site) = before(bench, course);
        let what = format!("{course:?} with {fault} at {} number {number}", call.name);
        let (trace, inject) = (format!("trace={}", call.name), format!("inject={}:{fault}:when={number}", call.name));
        let (output, log) = strace(bench, &["--seccomp-bpf", "-e", &trace, "-e", &inject], site);
        let is_disturbed = log.contains("INJECTED") || log.contains("killed by SIGKILL");
        let found = judge(bench, (old, site), &output, &what);
        let is_error = output.status.code() == Some(bench.subject().failure);
        if is_error && WRITING.contains(&call.name.as_str()) {
            bench.assert_tidy(&what);
        }
        // Where all is as it was before, the next build is the healing one.
        if found != old || !bench.leftovers().is_empty() {
            bench.heal(site, &what);
        }
        if !is_disturbed {
            assert!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr));
            return number - first;
        }
    }
    unreachable!("a build makes finitely many calls")
}

/// Makes sure that the folder is the old site or the new one, and that the build says which; gives it.
fn judge(bench: &Bench<'_>, (old, new): (Option<Site>, Site), output: &Output, what: &str) -> Option<Site> {
    let found = bench.published(what);
    let may_vanish = bench.subject().may_vanish;
    assert!(found == old || found == Some(new) || (found.is_none() && may_vanish), "{what}: {found:?}");
    match output.status.code() {
        Some(0) => assert_eq!(found, Some(new), "{what}: success without the new site"),
        Some(code) if code == bench.subject().failure => {
            assert_eq!(found, old, "{what}: an error, but the old site is gone");
            bench.assert_told(output, what);
        }
        Some(code) => panic!("{what}: ended with {code}: {}", String::from_utf8_lossy(&output.stderr)),
        None => {}
    }
    found
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

/// Publishes a site under strace; its end and strace's log.
fn strace(bench: &Bench<'_>, options: &[&str], site: Site) -> (Output, String) {
    let build = (bench.subject().once)(bench.work(), site);
    let log = bench.work().join("strace.log");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o"]).arg(&log).args(options).arg(build.get_program()).args(build.get_args());
    for (name, value) in build.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.stdin(Stdio::null()).output().expect("strace is needed: apt-get install strace");
    (output, read_lossy(&log))
}

fn read_lossy(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("strace's log")).into_owned()
}
