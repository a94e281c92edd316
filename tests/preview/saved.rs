//! Every way of saving: one build where it changes what is read, none where it does not, and what is shown then is what
//! a clean start shows.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use readybook::serve::watch::{Mode, Reach, Scope, Watcher};
use tempfile::TempDir;

use super::client::DEADLINE;
use super::desk::{Desk, assert_same};
use super::saves::{NO_CHANGES, SAVES, Save, lay_out};

/// More ways that change something; the first ones are the watcher's.
const MORE: &[Save] = &[
    Save { name: "line ends rewritten", act: line_ends, touches: &["launch.md"] },
    Save { name: "a byte order mark added", act: byte_order_mark, touches: &["launch.md"] },
    #[cfg(unix)]
    Save { name: "a hard link put in its place", act: hard_link, touches: &["launch.md"] },
    #[cfg(unix)]
    Save { name: "a link put in its place", act: link_in_place, touches: &["launch.md"] },
    Save { name: "a folder for a file", act: folder_for_file, touches: &["launch.md"] },
    Save { name: "a folder renamed in case", act: case_of_folder, touches: &["Sub", "sub"] },
    Save { name: "a folder exchanged for another", act: folder_exchanged, touches: &["sub"] },
];

/// Ways that put the same bytes there again.
const SAME: &[Save] = &[
    Save { name: "saved as it was", act: same, touches: &["launch.md"] },
    Save { name: "renamed over as it was", act: same_renamed_over, touches: &["launch.md"] },
    Save { name: "away and back", act: away_and_back, touches: &["launch.md"] },
    Save { name: "deleted and made anew as it was", act: same_anew, touches: &["launch.md"] },
    Save { name: "a folder away and back", act: folder_away_and_back, touches: &["sub"] },
    #[cfg(unix)]
    Save { name: "time of modification", act: modified, touches: &["launch.md"] },
];

/// A preview of a folder that is laid out anew.
fn begin() -> (TempDir, Desk) {
    let home = TempDir::new().unwrap();
    lay_out(&home.path().join("in"), &home.path().join("out"));
    let desk = Desk::on(&home.path().join("in"));
    (home, desk)
}

fn act(save: &Save, home: &Path) {
    (save.act)(&home.join("in"), &home.join("out"));
}

/// Another document, whose build shows that no other was waiting.
fn add_sentinel(home: &Path) {
    fs::write(home.join("in/sentinel.md"), "- [ ] Alarms tested\n").unwrap();
}

#[test]
fn each_way_of_saving_is_one_build_that_equals_a_clean_start() {
    for save in SAVES.iter().chain(MORE) {
        // When the machine stands still in the middle of a save it is seen twice, rightly; but not three times over.
        assert!((0..3).any(|_| is_one_build(save)), "{}", save.name);
    }
}

fn is_one_build(save: &Save) -> bool {
    let (home, desk) = begin();
    let before = read(&home.path().join("in"));
    act(save, home.path());
    let builds = u64::from(read(&home.path().join("in")) != before);
    let first = (builds > 0).then(|| desk.next());
    let clean = Desk::on(&home.path().join("in"));
    let addresses = clean.addresses();
    let is_there = desk.addresses() == addresses;
    if is_there {
        assert_same(&desk, &clean, &addresses, save.name);
    }
    add_sentinel(home.path());
    let next = desk.next();
    is_there && desk.page("/sentinel/").is_some() && first.is_none_or(|first| next.build == first.build + 1)
}

/// The documents of a folder, as a preview reads them: links are not followed.
fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            found.extend(read(&entry.path()).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else if kind.is_file() && name.ends_with(".md") {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

#[test]
fn what_was_there_already_is_no_build() {
    for save in SAME.iter().chain(NO_CHANGES) {
        // When the machine stands still while a file is away, that is seen, rightly; but not three times over.
        assert!((0..3).any(|_| is_no_build(save)), "{}", save.name);
    }
}

fn is_no_build(save: &Save) -> bool {
    let (home, desk) = begin();
    let scope = Scope::new().root(&home.path().join("in"), Reach::Tree).unwrap();
    let (_watcher, changes) = Watcher::new(scope, Mode::Events).unwrap();
    act(save, home.path());
    if !save.touches.is_empty() {
        // Told to us, so that the preview, which hears it too, does not take it together with the next.
        changes.recv_timeout(DEADLINE).unwrap();
    }
    add_sentinel(home.path());
    desk.next().build == 2 && desk.page("/sentinel/").is_some()
}

#[test]
fn a_fault_is_told_and_healing_is_one_build() {
    let (home, desk) = begin();
    let file = home.path().join("in/launch.md");
    let sound = desk.page("/launch/").unwrap();
    fs::write(&file, "---\ntitle: [\n---\n- [x] Restore tested\n").unwrap();
    let faults = desk.next().faults;
    assert_eq!(faults.len(), 1);
    assert!(faults[0].place.starts_with("launch.md:"), "{faults:?}");
    assert!(desk.page("/launch/").unwrap().contains("Restore tested"), "the last sound page is shown");
    fs::write(&file, "- [ ] Restore tested\n").unwrap();
    assert_eq!(desk.next().faults, []);
    assert_eq!(desk.page("/launch/").unwrap(), sound);
}

fn rewrite(at: &Path, text: &[u8]) {
    fs::write(at.join("launch.md"), text).unwrap();
}

fn line_ends(at: &Path, _: &Path) {
    rewrite(at, b"- [ ] Restore tested\r\n");
}

fn byte_order_mark(at: &Path, _: &Path) {
    rewrite(at, b"\xef\xbb\xbf- [ ] Restore tested\n");
}

#[cfg(unix)]
fn hard_link(at: &Path, beside: &Path) {
    fs::hard_link(beside.join("ready.md"), at.join("launch.new")).unwrap();
    fs::rename(at.join("launch.new"), at.join("launch.md")).unwrap();
}

#[cfg(unix)]
fn link_in_place(at: &Path, beside: &Path) {
    std::os::unix::fs::symlink(beside.join("ready.md"), at.join("launch.new")).unwrap();
    fs::rename(at.join("launch.new"), at.join("launch.md")).unwrap();
}

fn folder_for_file(at: &Path, _: &Path) {
    fs::remove_file(at.join("launch.md")).unwrap();
    fs::create_dir(at.join("launch.md")).unwrap();
    fs::write(at.join("launch.md/README.md"), "- [x] Restore tested\n").unwrap();
}

fn case_of_folder(at: &Path, _: &Path) {
    fs::rename(at.join("sub"), at.join("Sub")).unwrap();
}

fn folder_exchanged(at: &Path, beside: &Path) {
    fs::rename(at.join("sub"), beside.join("sub")).unwrap();
    fs::rename(beside.join("parts"), at.join("sub")).unwrap();
}

fn same(at: &Path, _: &Path) {
    rewrite(at, b"- [ ] Restore tested\n");
}

fn same_renamed_over(at: &Path, _: &Path) {
    fs::copy(at.join("launch.md"), at.join(".launch.md.tmp")).unwrap();
    fs::rename(at.join(".launch.md.tmp"), at.join("launch.md")).unwrap();
}

fn away_and_back(at: &Path, beside: &Path) {
    fs::rename(at.join("launch.md"), beside.join("launch.md")).unwrap();
    fs::rename(beside.join("launch.md"), at.join("launch.md")).unwrap();
}

fn same_anew(at: &Path, beside: &Path) {
    fs::remove_file(at.join("launch.md")).unwrap();
    same(at, beside);
}

fn folder_away_and_back(at: &Path, beside: &Path) {
    fs::rename(at.join("sub"), beside.join("sub")).unwrap();
    fs::rename(beside.join("sub"), at.join("sub")).unwrap();
}

/// Linux tells of a new time of modification alone as if the content were new.
#[cfg(unix)]
fn modified(at: &Path, _: &Path) {
    let file = fs::File::open(at.join("launch.md")).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
}
