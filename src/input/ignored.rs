//! What is left out because a `.gitignore` says so. Only those files count, not the user's own settings of git: the
//! same tree reads the same everywhere.

use super::error::InputError;
use super::look;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// The rules of the folders from the repository's root to the one that is being listed.
#[derive(Debug, Default)]
pub(super) struct Ignored {
    /// Rules with the depth of their folder below the content; the content's own and those above it have depth 0.
    rules: Vec<(usize, Gitignore)>,
    /// Rules that could not be read.
    pub(super) errors: Vec<InputError>,
}

impl Ignored {
    /// The rules above and in the content folder, from the repository's root (or the project's) on.
    pub(super) fn above(root: &Path, content: &Path) -> Self {
        let mut folders: Vec<&Path> = content.ancestors().take_while(|folder| folder.starts_with(root)).collect();
        folders.reverse();
        let mut ignored = Self::default();
        for folder in folders {
            ignored.enter(folder, 0);
        }
        ignored
    }

    /// Takes up the rules of a folder at `depth`, and lets go those of folders that have been left.
    pub(super) fn enter(&mut self, folder: &Path, depth: usize) {
        while self.rules.last().is_some_and(|&(other, _)| depth > 0 && other >= depth) {
            self.rules.pop();
        }
        match look::bytes(&folder.join(".gitignore")) {
            Ok(None) => {}
            Ok(Some(text)) => self.rules.extend(rules(folder, &text).map(|rules| (depth, rules))),
            Err(error) => self.errors.push(error),
        }
    }

    /// Whether a path is left out. The deepest rule decides.
    pub(super) fn holds(&self, path: &Path, kind: Kind) -> bool {
        for (_, rules) in self.rules.iter().rev() {
            match rules.matched(path, kind == Kind::Folder) {
                Match::None => {}
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
            }
        }
        false
    }
}

/// The rules that a text says for a folder. Lines that are no pattern are left out, as git does.
fn rules(folder: &Path, text: &[u8]) -> Option<Gitignore> {
    let text = String::from_utf8_lossy(text);
    let mut builder = GitignoreBuilder::new(folder);
    for line in text.strip_prefix('\u{feff}').unwrap_or(&text).lines() {
        let _ = builder.add_line(None, line);
    }
    builder.build().ok()
}

/// What a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder.
    Folder,
    /// A file.
    File,
}
