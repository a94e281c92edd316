//! A preview shows what was committed, and looks again only where another commit is checked out.

use crate::desk::Desk;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=release team", "-c", "user.email=team@example.org"]).args(arguments);
    git.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    assert!(git.output().unwrap().status.success(), "{arguments:?}");
}

#[test]
fn what_was_committed_is_looked_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.md");
    std::fs::write(&file, "- [ ] One\n").unwrap();
    git(folder.path(), &["init", "-q", "-b", "main"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-q", "-m", "first"]);
    let desk = Desk::on(folder.path());
    desk.remembers();
    assert_eq!(desk.build(), 2);
    // A save is a build and no more.
    std::fs::write(&file, "- [x] One\n").unwrap();
    assert_eq!(desk.next().build, 3);
    std::fs::write(&file, "- [x] One\n- [ ] Two\n").unwrap();
    assert_eq!(desk.next().build, 4);
    git(folder.path(), &["commit", "-q", "-a", "-m", "second"]);
    std::fs::write(&file, "- [x] One\n- [x] Two\n").unwrap();
    assert_eq!(desk.next().build, 5);
    desk.remembers();
    assert_eq!(desk.build(), 6);
    // Nor does it wait for refs to be loose files.
    git(folder.path(), &["pack-refs", "--all"]);
    git(folder.path(), &["checkout", "-q", "--detach"]);
    git(folder.path(), &["commit", "-q", "-a", "-m", "third"]);
    std::fs::write(&file, "- [x] One\n").unwrap();
    assert_eq!(desk.next().build, 7);
    desk.remembers();
    assert_eq!(desk.build(), 8);
}

/// A repository whose history cannot be read before somebody opens the other end of a pipe.
#[cfg(unix)]
fn held_up(folder: &Path) -> std::path::PathBuf {
    std::fs::write(folder.join("a.md"), "- [ ] One\n").unwrap();
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "first"]);
    let pipe = folder.join(".git/names");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    git(folder, &["config", "mailmap.file", pipe.to_str().unwrap()]);
    pipe
}

/// A history that takes its time holds up nothing, and one that is out of date is not shown.
#[cfg(unix)]
#[test]
fn no_save_waits_for_what_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = held_up(folder.path());
    let file = folder.path().join("a.md");
    let desk = Desk::on(folder.path());
    std::fs::write(&file, "- [x] One\n").unwrap();
    assert_eq!(desk.next().build, 2);
    std::fs::write(&file, "- [x] One\n- [ ] Two\n").unwrap();
    assert_eq!(desk.next().build, 3);
    // The next is looked up at once, the first still waits.
    git(folder.path(), &["config", "--unset", "mailmap.file"]);
    git(folder.path(), &["commit", "-q", "-a", "-m", "second"]);
    std::fs::write(&file, "- [x] One\n- [x] Two\n").unwrap();
    assert_eq!(desk.next().build, 4);
    desk.remembers();
    assert_eq!(desk.build(), 5);
    let shown = desk.page("/history/").unwrap();
    std::fs::write(&pipe, "").unwrap();
    std::fs::write(&file, "- [x] One\n- [x] Two\n\nEnd\n").unwrap();
    assert_eq!(desk.next().build, 6);
    assert_eq!(desk.page("/history/").unwrap().matches("<tr").count(), shown.matches("<tr").count());
}

/// A preview ends at once, whatever is looked up.
#[cfg(unix)]
#[test]
fn a_preview_ends_while_its_past_is_looked_up() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = held_up(folder.path());
    drop(Desk::on(folder.path()));
    // Only now: git gets its answer, and ends.
    std::fs::write(&pipe, "").unwrap();
}
