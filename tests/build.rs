//! The same input gives the same bytes: whatever the number of threads, the place, the language, the time zone, the
//! order of files on disk or the umask.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its files and fails by panicking")]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

/// A copy of the demonstration, without its history. The files are made in another order where that is asked for.
fn copy(to: &Path, order: Order) {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut paths: Vec<_> =
        walkdir::WalkDir::new(&content).into_iter().map(|entry| entry.unwrap().into_path()).collect();
    paths.sort();
    if order == Order::Backwards {
        paths.reverse();
    }
    for path in paths.iter().filter(|path| path.is_file()) {
        let target = to.join("content").join(path.strip_prefix(&content).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(path, target).unwrap();
    }
    std::fs::copy(content.with_file_name("readybook.toml"), to.join("readybook.toml")).unwrap();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Forwards,
    Backwards,
}

/// Builds in a folder by a shell command, and gives every file with its mode and bytes.
fn build(folder: &Path, command: &str) -> BTreeMap<String, (u32, Vec<u8>)> {
    let shell = Command::new("sh")
        .args(["-c", &command.replace("readybook", env!("CARGO_BIN_EXE_readybook"))])
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1795219200")
        .output()
        .unwrap();
    assert!(shell.status.success(), "{command}: {}", String::from_utf8_lossy(&shell.stderr));
    read(&folder.join("public"))
}

fn read(site: &Path) -> BTreeMap<String, (u32, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(site).min_depth(1).into_iter().map(|entry| entry.unwrap());
    let entries = entries.map(|entry| {
        let name = entry.path().strip_prefix(site).unwrap().to_str().unwrap().to_owned();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o7777;
        let bytes = if entry.file_type().is_file() { std::fs::read(entry.path()).unwrap() } else { Vec::new() };
        (name, (mode, bytes))
    });
    entries.collect()
}

#[test]
fn same_input_same_bytes() {
    let first = tempfile::tempdir().unwrap();
    copy(first.path(), Order::Forwards);
    let expected = build(first.path(), "readybook build -j 1");
    assert!(expected.len() > 100, "{} files", expected.len());
    for (command, order) in [
        ("readybook build -j 2", Order::Backwards),
        ("readybook build -j 8", Order::Forwards),
        ("LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 readybook build", Order::Forwards),
        ("TZ=Pacific/Kiritimati readybook build", Order::Backwards),
        ("umask 077 && readybook build", Order::Forwards),
    ] {
        let other = tempfile::tempdir().unwrap();
        let place = other.path().join("another place/ü");
        std::fs::create_dir_all(&place).unwrap();
        copy(&place, order);
        let made = build(&place, command);
        let differing: Vec<&String> = expected.keys().filter(|name| made.get(*name) != expected.get(*name)).collect();
        assert!(differing.is_empty() && made.len() == expected.len(), "{command}: {differing:?}");
    }
    for (name, (mode, _)) in &expected {
        let is_folder = first.path().join("public").join(name).is_dir();
        assert_eq!(*mode, if is_folder { 0o755 } else { 0o644 }, "{name}");
    }
}

#[test]
fn an_unchanged_project_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    copy(folder.path(), Order::Forwards);
    build(folder.path(), "readybook build");
    let times = || {
        let site = walkdir::WalkDir::new(folder.path().join("public")).into_iter().map(|entry| entry.unwrap());
        site.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap()))
            .collect::<BTreeMap<_, _>>()
    };
    let before = times();
    build(folder.path(), "readybook build");
    assert_eq!(times(), before);
}
