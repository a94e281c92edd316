//! Which folders are watched for a project.

use crate::config;
use crate::input::{self, Project, Reach as Asked};
use crate::serve::watch::{Reach, Scope};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// What of a project decides what is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ground {
    root: PathBuf,
    content: PathBuf,
    reach: Reach,
    themes: PathBuf,
    output: PathBuf,
}

impl Ground {
    pub(super) fn of(project: &Project) -> Self {
        // The folder of a single file may be anybody's home.
        let alone = !project.is_configured() && matches!(project.reach, Asked::Below(_));
        let config = &project.config.value;
        // What cannot be found out is told when the theme is read.
        let themes = input::theme_folder(&project.root, config.theme.as_deref()).ok().flatten();
        Self {
            root: project.root.clone(),
            content: project.content.clone(),
            reach: if alone { Reach::Folder } else { Reach::Tree },
            themes: themes.unwrap_or_else(|| project.root.join("themes")),
            output: project.root.join(&config.output),
        }
    }

    /// The watch of this ground.
    ///
    /// # Errors
    /// When the current folder cannot be found out.
    pub(super) fn scope(&self) -> io::Result<Scope> {
        let mut scope = Scope::new().root(&self.content, self.reach)?;
        if self.root != self.content || self.reach == Reach::Folder {
            scope = scope.root(&self.root, Reach::Folder)?;
        }
        if self.themes.is_dir() && !self.themes.starts_with(&self.content) {
            scope = scope.root(&self.themes, Reach::Tree)?;
        }
        let (output, themes) = (self.output.clone(), self.themes.clone());
        Ok(scope.skipping(move |path| is_skipped(path, &output, &themes)))
    }
}

/// Whether nothing at a path is of interest: output, caches, hidden files, but for the rules of what is ignored.
fn is_skipped(path: &Path, output: &Path, themes: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    let hidden = name.as_encoded_bytes().starts_with(b".") && name != OsStr::new(".gitignore");
    hidden
        || name == OsStr::new("node_modules")
        || path == output
        || !path.starts_with(themes) && name != OsStr::new(config::FILE) && path.join("CACHEDIR.TAG").is_file()
}
