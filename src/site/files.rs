//! What lies beside the documents: the files that links may lead to.

use crate::source::RelPath;
use std::collections::{BTreeMap, BTreeSet};

/// Files that are no documents, given by whoever looked at the disk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// Files in the content folder, by path below it.
    pub content: BTreeSet<RelPath>,
    /// Those of them that are not published for what is in them, with the reason as a clause: `it holds …`.
    pub withheld: BTreeMap<RelPath, String>,
    /// The repository around the content; `None` where there is none.
    pub repository: Option<Repository>,
}

/// The repository around the content folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repository {
    /// The content folder by its path from the repository's root; empty when it is the root.
    pub content: String,
    /// Every file that the repository tracks, by path from its root.
    pub files: BTreeSet<RelPath>,
}

/// Endings of files that are published beside the documents when one links to them: images, documents for reading,
/// text and data. No scripts, pages or archives: they would be served from the site's own origin.
const PUBLISHED: &[&str] = &[
    "apng", "avif", "csv", "gif", "jpeg", "jpg", "json", "log", "md", "pdf", "png", "svg", "toml", "tsv", "txt",
    "webp", "yaml", "yml",
];

/// The names under which a folder's own page may lie in it, the most usual first.
pub(super) const FOLDER_PAGES: &[&str] = &["README.md", "index.md", "_index.md", "readme.md", "Readme.md"];

/// Whether a file of the content may be published beside the documents: of a known type, and neither it nor a folder
/// around it hidden by a leading dot.
#[must_use]
pub fn is_publishable(path: &RelPath) -> bool {
    let hidden = path.as_str().split('/').any(|segment| segment.starts_with('.'));
    let ending = path.name().rsplit_once('.').map_or("", |(_, ending)| ending);
    !hidden && PUBLISHED.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

impl Repository {
    /// The path from the repository's root of a path below the content folder.
    #[must_use]
    pub fn of_content(&self, path: &str) -> Option<RelPath> {
        RelPath::new(format!("{}/{path}", self.content).trim_start_matches('/'))
    }

    /// The path below the content folder of a path from the repository's root; `None` for what lies elsewhere.
    #[must_use]
    pub fn below_content(&self, path: &RelPath) -> Option<RelPath> {
        match path.as_str().strip_prefix(self.content.as_str())? {
            rest if self.content.is_empty() => RelPath::new(rest),
            rest => RelPath::new(rest.strip_prefix('/')?),
        }
    }

    /// The page of its root.
    pub(super) fn page(&self) -> Option<RelPath> {
        FOLDER_PAGES.iter().filter_map(|name| RelPath::new(name)).find(|path| self.files.contains(path))
    }

    /// Whether it has a file, or a folder with files, at this path.
    #[must_use]
    pub fn has(&self, path: &RelPath) -> bool {
        has(&self.files, path)
    }
}

/// Whether `path` is one of `files`, or a folder around one.
pub(super) fn has(files: &BTreeSet<RelPath>, path: &RelPath) -> bool {
    let inside = |file: &RelPath| file.as_str().strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'));
    files.contains(path)
        || RelPath::new(&format!("{path}/\u{1}")).is_some_and(|first| files.range(first..).next().is_some_and(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RelPath {
        RelPath::new(text).unwrap()
    }

    #[test]
    fn only_known_types_are_published() {
        assert!(is_publishable(&path("img/Board.PNG")));
        assert!(is_publishable(&path("evidence/drill.pdf")));
        assert!(!is_publishable(&path("evidence/tool.html")));
        assert!(!is_publishable(&path(".env.txt")));
        assert!(!is_publishable(&path(".secret/key.txt")));
        assert!(!is_publishable(&path("Makefile")));
    }

    #[test]
    fn a_folder_exists_when_it_holds_a_file() {
        let files = ["src/lib.rs", "src-old.rs", "src.rs"].map(path).into();
        assert!(has(&files, &path("src")));
        assert!(has(&files, &path("src.rs")));
        assert!(!has(&files, &path("src/lib")));
        assert!(!has(&files, &path("sr")));
    }
}
