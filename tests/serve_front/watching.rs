//! The watcher, on real folders.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::time::Duration;

use readybook::serve::watch::{Change, Mode, Reach, Scope, Watcher};
use tempfile::TempDir;

use super::client::DEADLINE;
use super::saves::{NO_CHANGES, SAVES, Save, lay_out};

/// A watched folder `in` and a folder `out` beside it.
struct Desk {
    home: TempDir,
    _watcher: Watcher,
    changes: Receiver<Change>,
    /// What was expected last.
    told: BTreeSet<String>,
}

impl Desk {
    fn new(mode: Mode) -> Desk {
        let home = TempDir::new().unwrap();
        lay_out(&home.path().join("in"), &home.path().join("out"));
        let scope = Scope::new().root(&home.path().join("in"), Reach::Tree).unwrap();
        Desk::watching(home, scope.skipping(|path| path.ends_with(".git")), mode)
    }

    fn watching(home: TempDir, scope: Scope, mode: Mode) -> Desk {
        let (watcher, changes) = Watcher::new(scope, mode).unwrap();
        Desk { home, _watcher: watcher, changes, told: BTreeSet::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The next change, as names below `in`, without what lies in a folder that is named itself.
    fn next(&self) -> BTreeSet<String> {
        match self.changes.recv_timeout(DEADLINE).expect("a change") {
            Change::Rescan => panic!("nothing was lost"),
            Change::Paths(paths) => {
                let is_alone = |path: &&PathBuf| !path.ancestors().skip(1).any(|folder| paths.contains(folder));
                let name = |path: &PathBuf| path.strip_prefix(self.path("in")).unwrap().to_str().unwrap().to_owned();
                paths.iter().filter(is_alone).map(name).collect()
            }
        }
    }

    /// Changes come until all of these were named, and none besides them. What was expected before may be named again:
    /// when the machine stands still in the middle of a save, there is silence in it.
    fn expect(&mut self, names: &[&str], case: &str) {
        let expected = set(names);
        let mut missing = expected.clone();
        while !missing.is_empty() {
            let seen = self.next();
            assert!(seen.iter().all(|name| expected.contains(name) || self.told.contains(name)), "{case}: {seen:?}");
            missing.retain(|name| !seen.contains(name));
        }
        self.told = expected;
    }

    /// Another save is seen alone: nothing else was waiting to be told.
    fn expect_quiet(&mut self, case: &str) {
        fs::write(self.path("in/sentinel"), case).unwrap();
        self.expect(&["sentinel"], case);
    }

    fn save(&self, save: &Save) {
        (save.act)(&self.path("in"), &self.path("out"));
    }
}

#[test]
fn each_way_of_saving_is_seen_once() {
    for save in SAVES {
        // When the machine stands still in the middle of a save it is seen twice, rightly; but not three times over.
        let expected = [set(save.touches), set(&["sentinel"])];
        let mut attempts = (0..3).map(|_| changes_of(save));
        assert!(attempts.any(|seen| seen == expected), "{}: {:?}", save.name, changes_of(save));
    }
}

/// The first change after a save, and the first after another save.
fn changes_of(save: &Save) -> [BTreeSet<String>; 2] {
    let desk = Desk::new(Mode::Events);
    desk.save(save);
    let first = desk.next();
    fs::write(desk.path("in/sentinel"), save.name).unwrap();
    [first, desk.next()]
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn what_is_no_change_is_not_seen() {
    for save in NO_CHANGES {
        let mut desk = Desk::new(Mode::Events);
        desk.save(save);
        desk.expect_quiet(save.name);
    }
}

#[test]
fn a_new_folder_and_a_moved_one_are_watched_where_they_are() {
    let mut desk = Desk::new(Mode::Events);
    fs::create_dir_all(desk.path("in/new/a")).unwrap();
    desk.expect(&["new"], "made");
    fs::write(desk.path("in/new/a/launch.md"), "x").unwrap();
    desk.expect(&["new/a/launch.md"], "in a new folder");
    fs::rename(desk.path("in/new"), desk.path("in/old")).unwrap();
    desk.expect(&["new", "old"], "renamed");
    fs::write(desk.path("in/old/a/launch.md"), "y").unwrap();
    desk.expect(&["old/a/launch.md"], "in a renamed folder");
    fs::rename(desk.path("in/old"), desk.path("out/old")).unwrap();
    desk.expect(&["old"], "moved out");
    fs::write(desk.path("out/old/a/launch.md"), "z").unwrap();
    desk.expect_quiet("in a folder that was moved out");
}

#[test]
fn files_made_while_their_folder_is_noticed_are_not_missed() {
    let desk = Desk::new(Mode::Events);
    for round in 0..20 {
        let folder = desk.path(&format!("in/new{round}/a"));
        fs::create_dir_all(&folder).unwrap();
        for number in 0..50 {
            fs::write(folder.join(format!("{number}.md")), "x").unwrap();
        }
    }
    // What was told: files by their name, or by a folder of theirs that was listed after it was told.
    let mut known: BTreeSet<PathBuf> = BTreeSet::new();
    while count_files(&known) < 20 * 50 {
        match next_paths(&desk.changes) {
            Some(paths) => paths.iter().for_each(|path| list_into(path, &mut known)),
            None => list_into(&desk.path("in"), &mut known),
        }
    }
}

#[test]
fn a_storm_is_told_in_a_few_changes() {
    let desk = Desk::new(Mode::Events);
    for folder in 0..100 {
        let folder = desk.path(&format!("in/f{folder}"));
        fs::create_dir(&folder).unwrap();
        for number in 0..100 {
            fs::write(folder.join(format!("{number}.md")), "x").unwrap();
        }
    }
    let mut known = BTreeSet::new();
    let mut rounds = 0;
    while count_files(&known) < 10_000 {
        rounds += 1;
        match next_paths(&desk.changes) {
            Some(paths) => paths.iter().for_each(|path| list_into(path, &mut known)),
            None => list_into(&desk.path("in"), &mut known),
        }
    }
    assert!(rounds <= 3, "{rounds} changes");
}

#[test]
fn a_root_that_is_lost_is_looked_for() {
    let mut desk = Desk::new(Mode::Events);
    fs::rename(desk.path("in"), desk.path("away")).unwrap();
    desk.expect(&[""], "moved away");
    fs::write(desk.path("away/launch.md"), "x").unwrap();
    lay_out(&desk.path("in"), &desk.path("out2"));
    desk.expect(&[""], "made anew");
    desk.expect_quiet("made anew");
    fs::remove_dir_all(desk.path("in")).unwrap();
    desk.expect(&[""], "removed");
    fs::rename(desk.path("away"), desk.path("in")).unwrap();
    desk.expect(&[""], "moved back");
    fs::write(desk.path("in/sub/deep/inner.md"), "y").unwrap();
    desk.expect(&["sub/deep/inner.md"], "moved back");
}

#[test]
fn a_root_may_come_late_and_a_folder_reaches_no_further() {
    let home = TempDir::new().unwrap();
    let scope = Scope::new().root(&home.path().join("in"), Reach::Folder).unwrap();
    let scope = scope.root(&home.path().join("in/content"), Reach::Tree).unwrap();
    let mut desk = Desk::watching(home, scope, Mode::Events);
    fs::create_dir(desk.path("in")).unwrap();
    desk.expect(&[""], "came");
    fs::write(desk.path("in/readybook.toml"), "title = 'Launch'").unwrap();
    desk.expect(&["readybook.toml"], "a file in the folder");
    fs::create_dir(desk.path("in/target")).unwrap();
    desk.expect(&["target"], "a folder in the folder");
    fs::write(desk.path("in/target/x"), "x").unwrap();
    desk.expect_quiet("below the folder");
    fs::create_dir(desk.path("in/content")).unwrap();
    desk.expect(&["content"], "a root in a root");
    fs::create_dir(desk.path("in/content/a")).unwrap();
    desk.expect(&["content/a"], "in the tree");
    fs::write(desk.path("in/content/a/b.md"), "x").unwrap();
    desk.expect(&["content/a/b.md"], "deep in the tree");
}

#[test]
fn polling_sees_what_differs_in_the_end() {
    let mut desk = Desk::new(Mode::Poll(Duration::from_millis(10)));
    fs::write(desk.path("in/launch.md"), "- [x] Restore tested, twice\n").unwrap();
    desk.expect(&["launch.md"], "saved");
    fs::create_dir_all(desk.path("in/.git/refs")).unwrap();
    fs::write(desk.path("in/.git/HEAD"), "x").unwrap();
    fs::read(desk.path("in/launch.md")).unwrap();
    desk.expect_quiet("read, and what is skipped");
    fs::rename(desk.path("in/sub"), desk.path("out/sub")).unwrap();
    desk.expect(&["sub"], "a folder moved out");
    fs::rename(desk.path("out/sub"), desk.path("in/sub")).unwrap();
    desk.expect(&["sub"], "a folder moved in");
    fs::remove_file(desk.path("in/other.md")).unwrap();
    desk.expect(&["other.md"], "deleted");
    // The same size and the same time, but another file.
    let launch = desk.path("in/launch.md");
    fs::write(desk.path("out/ready.md"), "- [ ] Restore tested, twice\n").unwrap();
    let modified = fs::metadata(&launch).unwrap().modified().unwrap();
    fs::File::options().write(true).open(desk.path("out/ready.md")).unwrap().set_modified(modified).unwrap();
    fs::rename(desk.path("out/ready.md"), &launch).unwrap();
    desk.expect(&["launch.md"], "another in its place");
    fs::rename(desk.path("in"), desk.path("away")).unwrap();
    desk.expect(&[""], "the root");
}

/// The paths of the next change and all that wait; `None` when anything may have changed.
fn next_paths(changes: &Receiver<Change>) -> Option<BTreeSet<PathBuf>> {
    match changes.recv_timeout(DEADLINE).expect("a change").with_waiting(changes) {
        Change::Rescan => None,
        Change::Paths(paths) => Some(paths),
    }
}

fn list_into(path: &Path, known: &mut BTreeSet<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.for_each(|entry| list_into(&entry.unwrap().path(), known)),
        Err(_) => drop(known.insert(path.to_path_buf())),
    }
}

fn count_files(known: &BTreeSet<PathBuf>) -> usize {
    known.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")).count()
}
