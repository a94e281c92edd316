//! What is watched.

use std::fmt;
use std::io;
use std::path::{self, Path, PathBuf};

/// How far a watch goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The folder and everything below it; links are not followed.
    Tree,
    /// What lies directly in the folder.
    Folder,
}

/// The folders that are watched, and what in them is not.
pub struct Scope {
    roots: Vec<(PathBuf, Reach)>,
    skip: Box<dyn Fn(&Path) -> bool + Send + Sync>,
}

impl Scope {
    /// Watches nothing yet, and skips nothing.
    #[must_use]
    pub fn new() -> Scope {
        Scope { roots: Vec::new(), skip: Box::new(|_| false) }
    }

    /// Watches one folder more. It need not be there yet.
    ///
    /// # Errors
    ///
    /// When the path is relative and the current folder cannot be found out.
    pub fn root(mut self, folder: &Path, reach: Reach) -> io::Result<Scope> {
        self.roots.push((path::absolute(folder)?, reach));
        Ok(self)
    }

    /// Leaves out what `skip` says of a path below a root, with all that is in it: `.git`, the output, dependencies.
    /// Folders that are skipped cost no watch.
    #[must_use]
    pub fn skipping(self, skip: impl Fn(&Path) -> bool + Send + Sync + 'static) -> Scope {
        Scope { skip: Box::new(skip), ..self }
    }

    pub(super) fn roots(&self) -> &[(PathBuf, Reach)] {
        &self.roots
    }

    pub(super) fn is_root(&self, path: &Path) -> bool {
        self.roots.iter().any(|(root, _)| root == path)
    }

    /// Whether a change of this path is of interest.
    pub(super) fn covers(&self, path: &Path) -> bool {
        self.roots.iter().any(|(root, reach)| match reach {
            Reach::Tree => self.is_in_tree(path, root),
            Reach::Folder => path == root || (path.parent() == Some(root) && !(self.skip)(path)),
        })
    }

    /// Whether what is in this folder is of interest.
    pub(super) fn covers_inside(&self, folder: &Path) -> bool {
        let is_inside = |(root, reach): &(PathBuf, Reach)| *reach == Reach::Tree && self.is_in_tree(folder, root);
        self.roots.iter().any(is_inside)
    }

    fn is_in_tree(&self, path: &Path, root: &Path) -> bool {
        path.starts_with(root) && !path.ancestors().take_while(|part| *part != root).any(|part| (self.skip)(part))
    }
}

impl Default for Scope {
    fn default() -> Scope {
        Scope::new()
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").field("roots", &self.roots).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_reaches_below_and_a_folder_does_not() {
        let scope = Scope::new().root(Path::new("/p"), Reach::Folder).unwrap();
        let scope = scope.root(Path::new("/p/content"), Reach::Tree).unwrap().skipping(|path| path.ends_with(".git"));
        for covered in ["/p", "/p/readybook.toml", "/p/content", "/p/content/a/b.md"] {
            assert!(scope.covers(Path::new(covered)), "{covered}");
        }
        for beyond in ["/", "/q", "/p/other/x", "/p/.git", "/p/content/.git", "/p/content/a/.git/HEAD", "/p/content2/x"]
        {
            assert!(!scope.covers(Path::new(beyond)), "{beyond}");
        }
        assert!(scope.covers_inside(Path::new("/p/content/a")));
        assert!(!scope.covers_inside(Path::new("/p")));
    }
}
