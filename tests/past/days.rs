//! A point for each day, with what changed on it.

use crate::repo::{Repo, git, past};
use readybook::git::Git;
use readybook::input::{self, Project};
use readybook::model::State;
use readybook::pipeline;
use readybook::site::{Change, ChangeKind, Day, Past};
use readybook::source::RelPath;
use std::collections::BTreeSet;

/// What changed on a day: kinds and texts.
fn told(day: &Day) -> Vec<(Vec<ChangeKind>, &str)> {
    day.changes.iter().map(|change| (change.kinds(), change.item().text.as_str())).collect()
}

fn document(path: &str) -> RelPath {
    RelPath::new(path).unwrap()
}

#[test]
fn a_point_for_each_day() {
    let repo = Repo::new();
    repo.write("content/launch.md", "# Launch\n\n## P0\n\n- [ ] Restore drill\n- [ ] Load test\n");
    repo.write("src/main.rs", "").commit("2026-06-01", "release team");
    repo.write("src/main.rs", "fn main() {}\n").commit("2026-06-02", "release team");
    repo.write("content/launch.md", "# Launch\n\n## P0\n\n- [x] Restore drill\n- [ ] Load test\n");
    repo.commit("2026-06-03", "release team");
    repo.write("content/launch.md", "# Launch\n\n## P0\n\n- [x] Restore drill\n- [ ] Load test at twice the load\n");
    repo.write("content/more.md", "# More\n\n- [ ] Runbook\n").commit("2026-06-03", "on-call team");
    let days = repo.days();
    assert_eq!(days.iter().map(|day| day.date.to_string()).collect::<Vec<_>>(), ["2026-06-01", "2026-06-03"]);
    assert_eq!((days[0].tally.items(), days[0].tally.done(), &days[0].changes[..]), (2, 0, &[][..]));
    assert_eq!((days[1].tally.items(), days[1].tally.done(), days[1].levels[0].items()), (3, 1, 2));
    assert_eq!(days[1].unranked.count(State::Open), 1);
    let kinds = [
        (vec![ChangeKind::Closed], "Restore drill"),
        (vec![ChangeKind::Reworded], "Load test at twice the load"),
        (vec![ChangeKind::Added], "Runbook"),
    ];
    assert_eq!(told(&days[1]), kinds);
    let authors = &days[1].authors;
    assert_eq!(authors[&document("launch.md")], ["release team", "on-call team"]);
    assert_eq!(authors[&document("more.md")], ["on-call team"]);
    let (_, site) = past(&repo.path().join("content"));
    assert_eq!((days[1].tally, days[1].status), (site.tally, site.verdict.status));
}

#[test]
fn a_file_that_moves_changes_nothing() {
    let repo = Repo::new();
    let text = "# Launch\n\n- [ ] Reviewed\n- [x] Restore drill\n";
    repo.write("content/a.md", text).write("content/keep.md", "# Keep\n\n- [ ] Reviewed\n");
    repo.commit("2026-06-01", "release team");
    repo.git(&["mv", "content/a.md", "content/z.md"]);
    repo.write("content/z.md", &text.replace("# Launch", "# The launch")).commit("2026-06-02", "release team");
    repo.git(&["rm", "-q", "content/z.md"]);
    repo.commit("2026-06-03", "release team");
    let days = repo.days();
    assert_eq!(told(&days[1]), []);
    assert!(days[2].changes.iter().all(|change| matches!(change, Change::Removed(_))), "{:?}", days[2].changes);
    assert_eq!(days.iter().map(|day| day.tally.items()).collect::<Vec<_>>(), [3, 3, 1]);
}

#[test]
fn a_merge_is_one_change() {
    let repo = Repo::new();
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-01", "release team");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("content/b.md", "- [x] Two\n").commit("2026-06-02", "on-call team");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("content/a.md", "- [x] One\n").commit("2026-06-03", "release team");
    git(repo.path(), &["merge", "-q", "--no-ff", "side", "-m", "merge"], "release team", "2026-06-04");
    let days = repo.days();
    let sums: Vec<_> = days.iter().map(|day| (day.date.day(), day.tally.done(), day.tally.items())).collect();
    assert_eq!(sums, [(1, 0, 1), (3, 1, 1), (4, 2, 2)]);
}

/// What was done on a branch is of the day on which it was done, where the merge left it as it was there.
#[test]
fn a_branch_that_is_merged_as_it_is_keeps_its_days() {
    let repo = Repo::new();
    repo.write("content/a.md", "- [ ] One\n- [ ] Two\n").commit("2026-06-01", "release team");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("content/a.md", "- [x] One\n- [ ] Two\n").commit("2026-06-02", "on-call team");
    repo.write("content/a.md", "- [x] One\n- [x] Two\n").commit("2026-06-04", "on-call team");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("src/main.rs", "").commit("2026-06-03", "release team");
    git(repo.path(), &["merge", "-q", "--no-ff", "side", "-m", "merge"], "release team", "2026-06-05");
    let days = repo.days();
    let sums: Vec<_> = days.iter().map(|day| (day.date.day(), day.tally.done())).collect();
    assert_eq!(sums, [(1, 0), (2, 1), (4, 2)]);
    assert_eq!(days[2].authors[&document("a.md")], ["on-call team"]);
}

#[test]
fn slow_and_fast_clocks_do_not_turn_days_around() {
    let repo = Repo::new();
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-05", "release team");
    repo.write("content/a.md", "- [ ] One\n- [ ] Two\n").commit("2026-06-01", "release team");
    repo.write("content/a.md", "- [ ] One\n- [ ] Two\n- [ ] Three\n").commit("2031-01-01", "release team");
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-07", "release team");
    let days = repo.days();
    let sums: Vec<_> = days.iter().map(|day| (day.date.to_string(), day.tally.items())).collect();
    assert_eq!(sums, [("2026-06-05".to_owned(), 3), ("2026-06-07".to_owned(), 1)]);
}

#[test]
fn days_that_are_not_told_still_count() {
    let repo = Repo::new();
    for day in 1..=9 {
        repo.write(&format!("content/{day}.md"), "- [x] Done\n").write("content/all.md", &"- [ ] x\n".repeat(day));
        repo.commit(&format!("2026-06-0{day}"), "release team");
    }
    let git = Git::at(repo.path());
    let all = git.log("content", 180, &|_| true).unwrap();
    let some = git.log("content", 3, &|_| true).unwrap();
    assert_eq!((all.base.len(), all.revisions.len()), (0, 9));
    assert_eq!((some.base.len(), some.revisions.len()), (7, 3));
    assert_eq!(some.revisions, all.revisions[6..]);
    let none = git.log("content", 3, &|path| path.as_str() == "none.md").unwrap();
    assert_eq!(none, pipeline::Log::default());
}

#[test]
fn only_documents_are_read() {
    let repo = Repo::new();
    repo.write("readybook.toml", "exclude = [\"old\"]\ncontent = \".\"\n").write("a.md", "- [ ] One\n");
    for other in ["old/b.md", ".github/c.md", "node_modules/d.md", "public/e.md", "themes/default/f.md", ".g.md"] {
        repo.write(other, "- [ ] Not this\n");
    }
    std::os::unix::fs::symlink("a.md", repo.path().join("link.md")).unwrap();
    repo.commit("2026-06-01", "release team");
    let (Past::Known(days), site) = past(repo.path()) else { panic!("a past") };
    assert_eq!(days[0].tally, site.tally);
    assert_eq!(days[0].authors.keys().map(RelPath::as_str).collect::<Vec<_>>(), ["a.md"]);
}

#[test]
fn a_work_tree_has_the_same_past() {
    let repo = Repo::new();
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-01", "release team");
    let beside = tempfile::tempdir().unwrap();
    let tree = beside.path().join("tree");
    repo.git(&["worktree", "add", "-q", "-b", "other", tree.to_str().unwrap()]);
    assert_eq!(past(&tree.join("content")).0, past(&repo.path().join("content")).0);
}

/// What is told of what is checked out, each time after another thing was done.
fn checkouts(repo: &Repo) -> Vec<String> {
    let folder = repo.path().join("content");
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-01", "release team");
    let checkout = || input::checkout(&Project::open(&folder).unwrap());
    let mut told = vec![checkout()];
    repo.write("content/a.md", "- [x] One\n");
    told.push(checkout());
    repo.commit("2026-06-02", "release team");
    told.push(checkout());
    repo.git(&["pack-refs", "--all"]);
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-03", "release team");
    told.push(checkout());
    repo.git(&["checkout", "-q", "--detach", "HEAD~1"]);
    told.push(checkout());
    told
}

#[test]
fn what_is_checked_out_is_told_without_git() {
    for format in ["files", "reftable"] {
        let repo = Repo::with(&[&format!("--ref-format={format}")]);
        let mut told = checkouts(&repo);
        assert_eq!(told[0], told[1], "{format}: a save");
        told.remove(0);
        let different: BTreeSet<&String> = told.iter().collect();
        assert_eq!(different.len(), told.len(), "{format}: {told:?}");
    }
    let none = tempfile::tempdir().unwrap();
    std::fs::write(none.path().join("a.md"), "- [ ] One\n").unwrap();
    assert_eq!(input::checkout(&Project::open(none.path()).unwrap()), "");
}

#[test]
fn long_ids_and_tables_of_refs_are_read() {
    let repo = Repo::with(&["--object-format=sha256", "--ref-format=reftable"]);
    checkouts(&repo);
    let days = repo.days();
    assert_eq!((days.len(), days[0].commit.len(), days[1].tally.done()), (2, 64, 1));
}
