//! Which files of a folder are read, and what is said of the others.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its files and fails by panicking")]

use readybook::finding::Severity;
use readybook::input::{self, Input, LIMIT, Project, Reach};
use std::path::Path;
use tempfile::TempDir;

/// A folder with files of these names and texts; `.git` makes it a root beyond which no project is looked for.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(path: &Path) -> Input {
    input::read(&Project::open(path).unwrap())
}

fn names(input: &Input) -> Vec<&str> {
    input.sources.iter().map(|source| source.path.as_str()).collect()
}

fn beside(input: &Input) -> Vec<&str> {
    input.files.content.iter().map(|path| path.as_str()).collect()
}

#[test]
fn documents_are_markdown_that_nobody_ignores() {
    let folder = folder(&[
        ("b.md", b"# B\n"),
        ("a/z.MARKDOWN", b"# Z\n"),
        ("a/image.png", b""),
        ("a/.hidden.md", b""),
        (".github/c.md", b""),
        ("node_modules/d.md", b""),
        ("cache/CACHEDIR.TAG", b""),
        ("cache/e.md", b""),
        ("target/f.md", b""),
        ("public/.readybook", b""),
        ("public/g.md", b""),
        (".gitignore", b"*.tmp.md\n/a/drafts/\n"),
        ("a/h.tmp.md", b""),
        ("a/drafts/i.md", b""),
        ("a/sub/.gitignore", b"!keep.tmp.md\nsecret*\n"),
        ("a/sub/keep.tmp.md", b""),
        ("a/sub/secret.md", b""),
        ("secret.md", b""),
    ]);
    let input = read(folder.path());
    assert_eq!(names(&input), ["a/sub/keep.tmp.md", "a/z.MARKDOWN", "b.md", "secret.md", "target/f.md"]);
    assert_eq!(beside(&input), [".gitignore", "a/.hidden.md", "a/image.png", "a/sub/.gitignore"]);
    assert!(input.errors.is_empty() && input.findings.is_empty());
}

#[test]
fn what_is_no_text_is_told_and_the_rest_is_read() {
    let folder = folder(&[
        ("good.md", b"# Good\n"),
        ("latin.md", b"# Pr\xEAt\n"),
        ("large.md", &vec![b'a'; LIMIT + 1]),
        ("full.md", &vec![b'a'; LIMIT]),
    ]);
    let input = read(folder.path());
    assert_eq!(names(&input), ["full.md", "good.md"]);
    let told: Vec<String> = input
        .findings
        .iter()
        .map(|finding| format!("{}: {} ({})", finding.path, finding.message, finding.help.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        told,
        [
            "large.md: larger than 16 MiB, and not read (split it, or leave it out with `exclude` in readybook.toml)",
            "latin.md: not valid UTF-8 at byte 4 (line 1) (it looks like windows-1252 or Latin-1; convert it with \
             `iconv -f WINDOWS-1252 -t UTF-8 latin.md > converted.md`)",
        ]
    );
    assert!(input.findings.iter().all(|finding| finding.severity == Severity::Error));
}

#[test]
fn projects_are_found_upwards() {
    let config: &[u8] = b"title = \"T\"\nexclude = [\"old\"]\n";
    let folder = folder(&[
        ("readybook.toml", config),
        ("content/a.md", b""),
        ("content/old/b.md", b""),
        ("content/deep/c.md", b""),
        ("elsewhere/d.md", b""),
    ]);
    let open = |path: &str| Project::open(&folder.path().join(path)).unwrap();
    for whole in [".", "content", "./content/"] {
        let project = open(whole);
        assert_eq!((project.config.value.title.as_deref(), &project.reach), (Some("T"), &Reach::All), "{whole}");
        assert_eq!(names(&input::read(&project)), ["a.md", "deep/c.md"]);
    }
    let part = input::read(&open("content/deep"));
    assert_eq!((names(&part), beside(&part)), (vec!["deep/c.md"], vec!["a.md"]));
    assert_eq!(names(&input::read(&open("content/a.md"))), ["a.md"]);
    let other = open("elsewhere");
    assert!(!other.is_configured());
    assert_eq!(names(&input::read(&other)), ["d.md"]);
}

#[test]
fn a_single_file_stands_alone_beside_its_neighbours() {
    let folder = folder(&[("a.md", b""), ("b.md", b""), ("notes", b"- [ ] x\n")]);
    let input = read(&folder.path().join("a.md"));
    assert_eq!((names(&input), beside(&input)), (vec!["a.md"], vec!["b.md", "notes"]));
    assert_eq!(names(&read(&folder.path().join("notes"))), ["notes"]);
}

#[test]
fn missing_paths_are_errors() {
    let folder = folder(&[("readybook.toml", b"content = \"texts\"\n")]);
    let told = |path: &str| Project::open(&folder.path().join(path)).unwrap_err().to_string();
    assert!(told("nowhere").starts_with("cannot find `"), "{}", told("nowhere"));
    assert!(told(".").contains("texts`: No such file"), "{}", told("."));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let outside = folder(&[("secret.md", b"# Secret\n")]);
    let folder = folder(&[("a.md", b"")]);
    std::os::unix::fs::symlink(outside.path().join("secret.md"), folder.path().join("link.md")).unwrap();
    for name in ["folder", "node_modules", ".cache", "public"] {
        std::os::unix::fs::symlink(outside.path(), folder.path().join(name)).unwrap();
    }
    let input = read(folder.path());
    assert_eq!((names(&input), beside(&input)), (vec!["a.md"], vec![]));
    // What would be skipped as a folder is skipped as a link too, and not told.
    let told: Vec<&str> = input.findings.iter().map(|finding| finding.path.as_str()).collect();
    assert_eq!(told, ["folder", "link.md"]);
    assert!(input.findings.iter().all(|finding| finding.severity == Severity::Info));
}

#[test]
fn the_repository_is_guessed_from_its_settings() {
    let folder = folder(&[
        (".git/config", b"[remote \"origin\"]\n\turl = git@github.com:org/name.git\n"),
        (".git/HEAD", b"ref: refs/heads/release/2\n"),
        ("docs/a.md", b""),
    ]);
    let guess = input::guess_repository(&Project::open(&folder.path().join("docs")).unwrap());
    assert_eq!(guess.url.as_deref(), Some("https://github.com/org/name"));
    assert_eq!(guess.branch.as_deref(), Some("release/2"));
}
