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
