//! Projects in `tests/fixtures/site-*`: what is said of them, as plain text. A project has its documents in `docs/`;
//! everything else in it stands for the repository around them. `UPDATE=1` writes what is said, for review in the diff.

use crate::book::TODAY;
use crate::summary::summary;
use readybook::config::{self, Config};
use readybook::pipeline;
use readybook::site::{Drafts, Files, Repository, Setting, laws};
use readybook::source::{RelPath, Source, decode};
use std::path::{Path, PathBuf};

const CONTENT: &str = "docs";

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> Vec<RelPath> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = walk.filter(|entry| entry.file_type().is_file());
    let path = |entry: walkdir::DirEntry| RelPath::new(entry.path().strip_prefix(folder).unwrap().to_str().unwrap());
    files.map(|entry| path(entry).unwrap()).collect()
}

fn source(folder: &Path, path: &RelPath) -> Source {
    let bytes = std::fs::read(folder.join(path.as_str())).unwrap();
    Source::new(path.clone(), decode::decode(&bytes[..]).unwrap())
}

fn configuration(folder: &Path) -> Config {
    if !folder.join(config::FILE).is_file() {
        return Config::default();
    }
    let checked = config::parse(&source(folder, &config::file()));
    assert!(checked.findings.is_empty(), "{:#?}", checked.findings);
    checked.value
}

fn say(folder: &Path) -> String {
    let config = configuration(folder);
    let content = folder.join(CONTENT);
    let (documents, others): (Vec<_>, Vec<_>) =
        files(&content).into_iter().partition(|path| path.as_str().ends_with(".md"));
    let tracked = files(folder).into_iter().filter(|path| path.as_str() != "expected.txt").collect();
    let repository = Some(Repository { content: CONTENT.to_owned(), files: tracked });
    let files = Files { content: others.into_iter().collect(), repository, ..Files::default() };
    let setting = Setting { config: &config, files: &files, today: TODAY, drafts: Drafts::Hidden };
    let sources = documents.iter().map(|path| source(&content, path)).collect();
    let site = pipeline::site(sources, &setting, Vec::new());
    assert_eq!(laws::broken(&site), Vec::<String>::new());
    summary(&site)
}

fn cases() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> =
        entries.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("site-")).collect();
    cases.sort();
    cases
}

#[test]
fn every_fixture_says_what_is_expected() {
    let mut different = Vec::new();
    for case in cases() {
        let said = say(&case);
        let expected = case.join("expected.txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&expected, &said).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != said {
            different.push(format!("{}\n{said}", case.display()));
        }
    }
    assert!(!cases().is_empty());
    assert!(different.is_empty(), "{}", different.join("\n"));
}
