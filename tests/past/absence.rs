//! Where there is no past, or only a part of it.

use crate::repo::{Repo, git, past};
use readybook::site::{Absence, Past};
use std::path::{Path, PathBuf};

const NONE: Past = Past::Unknown(Absence::NoHistory);

fn of(folder: &Path) -> Past {
    past(folder).0
}

/// A copy of a repository.
fn cloned(repo: &Repo, home: &tempfile::TempDir, arguments: &[&str]) -> PathBuf {
    let address = format!("file://{}", repo.path().display());
    let arguments = [&["clone", "-q"], arguments, &[&address, "copy"]].concat();
    git(home.path(), &arguments, "release team", "2026-06-30");
    home.path().join("copy")
}

#[test]
fn nothing_was_committed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "- [ ] One\n").unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(of(folder.path()), NONE, "no repository in .git");
    let repo = Repo::new();
    repo.write("a.md", "- [ ] One\n");
    assert_eq!(of(repo.path()), NONE, "no commit");
    repo.write("a.txt", "");
    repo.git(&["add", "a.txt"]);
    repo.git(&["commit", "-q", "-m", "nothing of it"]);
    assert_eq!(of(repo.path()), NONE, "no document");
    let inside = repo.path().join("inside");
    std::fs::create_dir_all(inside.join(".git")).unwrap();
    std::fs::write(inside.join("b.md"), "- [ ] Two\n").unwrap();
    repo.commit("2026-06-01", "release team");
    assert_eq!(of(&inside), NONE, "no other repository is taken for it");
}

#[test]
fn a_shallow_clone_says_so() {
    let repo = Repo::new();
    repo.write("a.md", "- [ ] One\n").commit("2026-06-01", "release team");
    repo.write("a.md", "- [x] One\n").commit("2026-06-02", "release team");
    let home = tempfile::tempdir().unwrap();
    assert_eq!(of(&cloned(&repo, &home, &["--depth=1"])), Past::Unknown(Absence::Shallow));
}

#[test]
fn days_before_what_was_not_fetched_are_left_out() {
    let repo = Repo::new();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    repo.write("a.md", "- [ ] One\n").commit("2026-06-01", "release team");
    repo.write("b.md", "- [ ] Two\n").commit("2026-06-02", "release team");
    repo.write("a.md", "- [x] One\n").commit("2026-06-03", "release team");
    repo.write("b.md", "- [x] Two\n- [ ] Three\n").commit("2026-06-04", "release team");
    let home = tempfile::tempdir().unwrap();
    let copy = cloned(&repo, &home, &["--filter=blob:none"]);
    // Whatever would be fetched now would not be there.
    let Past::Known(days) = of(&copy) else { panic!("a past") };
    assert_eq!(days.iter().map(|day| (day.date.day(), day.tally.items())).collect::<Vec<_>>(), [(4, 3)]);
    assert!(days[0].changes.is_empty());
}
