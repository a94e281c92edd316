//! What was committed last and what lies on disk are told the same.

use crate::repo::{Repo, past};
use readybook::input::Project;
use readybook::site::{self, Past};
use std::path::{Path, PathBuf};

/// Every folder of documents that the other tests have, and the demonstration.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = ["tests/transcripts", "tests/fixtures"].map(|folder| std::fs::read_dir(root.join(folder)).unwrap());
    let mut folders: Vec<PathBuf> = cases.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    folders.push(root.join("content"));
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders
}

#[test]
fn the_last_point_is_the_site_as_it_is() {
    let repo = Repo::new();
    for folder in folders() {
        let name = folder.file_name().unwrap();
        for entry in walkdir::WalkDir::new(&folder) {
            let entry = entry.unwrap();
            let to = repo.path().join(name).join(entry.path().strip_prefix(&folder).unwrap());
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(to).unwrap();
            } else {
                std::fs::copy(entry.path(), to).unwrap();
            }
        }
    }
    repo.commit("2026-06-30", "release team");
    let mut compared = 0;
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if Project::open(&repo.path().join(&name)).is_err() {
            // Its content folder holds nothing that git keeps.
            continue;
        }
        let (known, today) = past(&repo.path().join(&name));
        let Past::Known(days) = known else {
            assert_eq!(today.documents.len(), 0, "{name}");
            continue;
        };
        let day = days.last().unwrap();
        assert_eq!(day.tally, today.tally, "{name}");
        assert_eq!(day.status, today.verdict.status, "{name}");
        assert_eq!(day.unranked, today.unranked.tally, "{name}");
        assert!(day.levels.iter().eq(today.levels.iter().map(|group| &group.tally)), "{name}");
        assert_eq!(site::steps(&today, &today), [], "{name}");
        compared += 1;
    }
    assert!(compared > 100, "{compared} folders");
}
