//! Names and texts that are meant to be taken for something else.

use crate::repo::{Repo, git, past};
use readybook::git::{Blob, Git, Store};
use readybook::input::{self, Project};
use readybook::site::Past;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

#[test]
fn names_do_not_end_a_field() {
    let repo = Repo::new();
    let file = "content/a\n:100644 100644 b.md";
    repo.write(file, "- [ ] One\n").write("content/sound.md", "- [ ] Two\n");
    let bytes = OsStr::from_bytes(b"content/\xff.md");
    std::fs::write(repo.path().join(bytes), "- [ ] Not read\n").unwrap();
    let author = "on\u{1}call\u{85}\u{202e}team";
    git(repo.path(), &["add", "-A"], author, "2026-06-01");
    let message = "x\n\n:100644 100644 0000000000000000000000000000000000000000 0 A\u{1}";
    git(repo.path(), &["commit", "-q", "-m", message], author, "2026-06-01");
    let days = repo.days();
    assert_eq!((days.len(), days[0].tally.items()), (1, 2));
    let authors: Vec<_> = days[0].authors.iter().map(|(path, names)| (path.as_str(), names[0].as_str())).collect();
    assert_eq!(authors, [("a\n:100644 100644 b.md", author), ("sound.md", author)]);
}

#[test]
fn settings_of_a_user_change_nothing() {
    let repo = Repo::new();
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-01", "release team");
    repo.write("content/b.md", "- [ ] One\n").commit("2026-06-02", "équipe");
    let before = repo.days();
    assert!(before[1].authors.values().eq([&["équipe"]]), "{:?}", before[1].authors);
    for (name, value) in [
        ("log.showRoot", "false"),
        ("diff.renames", "copies"),
        ("color.ui", "always"),
        ("log.decorate", "full"),
        ("log.follow", "true"),
        ("format.pretty", "fuller"),
        ("log.diffMerges", "off"),
        ("core.pager", "false"),
        ("core.abbrev", "7"),
        ("diff.noprefix", "true"),
        ("log.date", "relative"),
        ("i18n.logOutputEncoding", "ISO-8859-1"),
        ("core.fsmonitor", "touch fsmonitor-was-run; false"),
    ] {
        repo.git(&["config", name, value]);
    }
    assert_eq!(repo.days(), before);
    let project = Project::open(&repo.path().join("content")).unwrap();
    assert_eq!(input::head(&project).unwrap().id, before[1].commit);
    assert!(!repo.path().join("fsmonitor-was-run").exists());
}

#[test]
fn a_revision_is_never_an_option() {
    let repo = Repo::new();
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-01", "release team");
    let git = Git::at(repo.path());
    assert!(git.commit("HEAD").unwrap().is_some());
    for revision in ["", "--all", "-1", "--output=x", "none", "HEAD HEAD", "HEAD\n", "HEAD:content", "..", "^HEAD"] {
        assert_eq!(git.commit(revision).unwrap(), None, "{revision}");
    }
    assert!(!repo.path().join("x").exists());
}

#[test]
fn contents_of_any_size_are_read() {
    let repo = Repo::new();
    let large = "x".repeat(3_000_000);
    repo.write("content/large.md", &large);
    for name in 0..300 {
        repo.write(&format!("content/{name}.md"), &format!("- [ ] Item {name}\n{}", "y".repeat(name * 100)));
    }
    repo.commit("2026-06-01", "release team");
    let git = Git::at(repo.path());
    let versions = git.log("content", 10, &|_| true).unwrap().revisions.remove(0).versions;
    let ids: Vec<&str> = versions.iter().map(|version| version.blob.as_deref().unwrap()).collect();
    let mut store = Store::open(&git).unwrap();
    for (version, blob) in versions.iter().zip(store.read(&ids, 1_000_000)) {
        match blob {
            Blob::Bytes(bytes) => {
                assert_eq!(bytes, std::fs::read(repo.path().join("content").join(version.path.as_str())).unwrap());
            }
            other => assert_eq!((other, version.path.as_str()), (Blob::TooLarge(3_000_000), "large.md")),
        }
    }
    let none = "0".repeat(40);
    let asked = [none.as_str(), "no id\nHEAD", ids[0]];
    let told = store.read(&asked, 10_000_000);
    assert_eq!(told[..2], [Blob::Missing, Blob::Missing]);
    assert!(matches!(told[2], Blob::Bytes(_)));
}

#[test]
fn an_undecodable_document_of_the_past_keeps_a_gate_shut() {
    let repo = Repo::new();
    repo.write("content/a.md", "## P0\n\n- [x] One\n");
    std::fs::write(repo.path().join("content/b.md"), b"\xff\xfe\xff").unwrap();
    repo.commit("2026-06-01", "release team");
    let (known, site) = past(&repo.path().join("content"));
    let Past::Known(days) = known else { panic!("a past") };
    assert_eq!(days[0].status, site.verdict.status);
    assert_eq!(days[0].status, readybook::site::Status::Unknown);
}
