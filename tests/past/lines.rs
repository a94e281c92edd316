//! Wherever branches part and meet, what is told adds up to what is checked out.

use crate::repo::{Repo, git, past};
use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use readybook::git::Git;
use readybook::site::Past;
use readybook::source::RelPath;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// One side of the merge never had the folder, so that all that the folder came from is the other.
#[test]
fn a_merge_is_told_against_the_side_that_had_the_folder() {
    let repo = Repo::new();
    repo.write("src/main.rs", "").commit("2026-06-01", "release team");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("content/a.md", "- [ ] One\n").write("content/b.md", "- [ ] Two\n");
    repo.commit("2026-06-02", "on-call team");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("src/main.rs", "fn main() {}\n").commit("2026-06-03", "release team");
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    repo.git(&["rm", "-q", "-f", "content/b.md"]);
    repo.write("content/a.md", "- [x] One\n").commit("2026-06-04", "release team");
    let sums: Vec<_> = repo.days().iter().map(|day| (day.date.day(), day.tally.done(), day.tally.items())).collect();
    assert_eq!(sums, [(2, 0, 2), (4, 1, 1)]);
}

/// A merge that brings what neither side has is the beginning of the line.
#[test]
fn a_merge_that_begins_the_folder_is_told() {
    let repo = Repo::new();
    repo.write("src/main.rs", "").commit("2026-06-01", "release team");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write("src/other.rs", "").commit("2026-06-02", "on-call team");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("src/main.rs", "fn main() {}\n").commit("2026-06-03", "release team");
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    repo.write("content/a.md", "- [x] One\n").commit("2026-06-04", "release team");
    let sums: Vec<_> = repo.days().iter().map(|day| (day.date.day(), day.tally.items())).collect();
    assert_eq!(sums, [(4, 1)]);
}

/// Numbers that are the same at every run.
struct Dice(TestRng);

impl Dice {
    fn new(seed: u8) -> Self {
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]))
    }

    /// A number below this one.
    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.0.next_u32()).unwrap() % most
    }
}

type Tree = BTreeMap<String, String>;

/// The tree of a commit: that of one of its parents, or of all, with some files changed.
fn tree(dice: &mut Dice, parents: &[&Tree]) -> Tree {
    let mut tree = Tree::new();
    match parents {
        [] => {}
        parents if dice.below(2) == 0 => tree.clone_from(parents[dice.below(parents.len())]),
        parents => parents.iter().for_each(|parent| tree.extend(parent.iter().map(|(k, v)| (k.clone(), v.clone())))),
    }
    for _ in 0..dice.below(4) {
        // More often beside the folder than in it, so that whole sides never have it.
        let folder = ["content/", "content/deep/", "src/", "src/"][dice.below(4)];
        let name = format!("{folder}{}.md", dice.below(4));
        match dice.below(3) {
            0 => drop(tree.remove(&name)),
            _ => drop(tree.insert(name, "- [ ] One\n".repeat(dice.below(3)) + &"- [x] Two\n".repeat(dice.below(3)))),
        }
    }
    if parents.len() > 1 && dice.below(3) > 0 {
        // What git would not have merged so.
        let gone = tree.keys().find(|name| name.starts_with("content/")).cloned();
        gone.map(|gone| tree.remove(&gone));
    }
    if dice.below(20) == 0 {
        tree.retain(|name, _| !name.starts_with("content/"));
    }
    tree
}

/// A history of some commits, some of them merges, as `git fast-import` reads it. Clocks go wrong now and then.
fn history(dice: &mut Dice, commits: usize) -> String {
    let mut told = String::new();
    let mut trees: Vec<Tree> = Vec::new();
    for at in 1..=commits {
        let count = if trees.is_empty() || dice.below(20) == 0 { 0 } else { 1 + usize::from(dice.below(3) == 0) };
        // The last one has a parent, so that there is a history.
        let count = if at == commits { count.max(1) } else { count };
        let recent = trees.len().min(4);
        let mut parents: Vec<usize> = (0..count).map(|_| trees.len() - dice.below(recent)).collect();
        if at <= commits / 3 {
            // Two branches to begin with, of which one never has the folder.
            parents = (at > 2).then_some(at.saturating_sub(2)).into_iter().collect();
        }
        if at == commits / 3 + 1 {
            parents = vec![at - 2, at - 1];
        }
        parents.dedup();
        let of: Vec<&Tree> = parents.iter().map(|parent| &trees[parent - 1]).collect();
        let mut tree = tree(dice, &of);
        tree.retain(|name, _| at > commits / 3 || at % 2 == 0 || name.starts_with("src/"));
        let day = (at / 2 + dice.below(4)) * 86_400 + 1_780_000_000;
        // A branch of its own each: without a parent it would go on where it was.
        told +=
            &format!("commit refs/heads/b{at}\nmark :{at}\ncommitter team <team@example.org> {day} +0000\ndata 0\n");
        for (place, parent) in parents.iter().enumerate() {
            told += &format!("{} :{parent}\n", if place == 0 { "from" } else { "merge" });
        }
        told += "deleteall\n";
        for (name, text) in &tree {
            told += &format!("M 100644 inline {name}\ndata {}\n{text}\n", text.len());
        }
        trees.push(tree);
    }
    told + &format!("reset refs/heads/main\nfrom :{commits}\n")
}

fn import(repo: &Repo, stream: &str) {
    let mut import = Command::new("git");
    import.args(["fast-import", "--quiet", "--force"]).current_dir(repo.path()).stdin(Stdio::piped());
    let mut import = import.spawn().unwrap();
    import.stdin.take().unwrap().write_all(stream.as_bytes()).unwrap();
    assert!(import.wait().unwrap().success());
    git(repo.path(), &["reset", "-q", "--hard", "main"], "release team", "2026-06-30");
}

/// The files of the newest commit, put together from what is told of so many days.
fn put_together(git: &Git, days: usize) -> BTreeMap<RelPath, String> {
    let log = git.log("content", days, &|_| true).unwrap();
    let mut files = BTreeMap::new();
    for version in log.base.into_iter().chain(log.revisions.into_iter().flat_map(|revision| revision.versions)) {
        match version.blob {
            Some(blob) => drop(files.insert(version.path, blob)),
            None => drop(files.remove(&version.path)),
        }
    }
    files
}

/// How many days are told of a random history, which add up.
fn adds_up(seed: u8) -> usize {
    let mut dice = Dice::new(seed);
    let repo = Repo::new();
    import(&repo, &history(&mut dice, 24));
    let git = Git::at(repo.path());
    let there = git.files_at("HEAD", "content", &|_| true).unwrap();
    let there: BTreeMap<_, _> = there.into_iter().map(|file| (file.path, file.blob.unwrap())).collect();
    for days in [2, 5, 180] {
        assert_eq!(put_together(&git, days), there, "seed {}, {} days", seed, days);
    }
    let content = repo.path().join("content");
    if !content.is_dir() {
        return 0;
    }
    let (Past::Known(days), site) = past(&content) else { return 0 };
    assert_eq!(days.last().unwrap().tally, site.tally, "seed {}", seed);
    days.len()
}

#[test]
fn the_last_day_is_what_is_checked_out() {
    let told: Vec<usize> = (1..=24).map(adds_up).collect();
    assert!(told.iter().filter(|&&days| days > 1).count() > 12, "too few have a past: {told:?}");
}
