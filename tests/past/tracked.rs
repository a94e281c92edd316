//! What is tracked counts today as it does in the past.

use crate::repo::{Repo, past};

/// Git does not ask `.gitignore` about what is tracked, and one line in it must not empty the gate.
#[test]
fn what_is_tracked_is_never_ignored() {
    let repo = Repo::new();
    repo.write("content/a.md", "- [x] One\n").write("content/b.md", "- [ ] Two\n");
    repo.commit("2026-06-01", "release team");
    repo.write("content/.gitignore", "b.md\nc.md\n").commit("2026-06-02", "release team");
    repo.write("content/c.md", "- [ ] Three\n");
    let (_, site) = past(&repo.path().join("content"));
    let paths: Vec<&str> = site.documents.iter().map(|document| document.source.path.as_str()).collect();
    assert_eq!(paths, ["a.md", "b.md"]);
    let days = repo.days();
    assert_eq!(days.last().map(|day| day.tally), Some(site.tally));
}
