//! Which folder is the project, which the content, and what is configured.

use super::error::{Act, InputError};
use super::{look, repository};
use crate::config::{self, Config};
use crate::finding::Checked;
use crate::source::{RelPath, Source, decode};
use std::path::{Path, PathBuf};

/// Which documents of a project are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    All,
    /// Those at or below a path of the content.
    Below(RelPath),
}

/// A project: a folder with `readybook.toml`, or any folder or file of checklists.
#[derive(Debug)]
pub struct Project {
    /// The folder with the configuration; without one, the folder that was named. Absolute, links resolved.
    pub root: PathBuf,
    /// The folder of the documents. Absolute, links resolved.
    pub content: PathBuf,
    /// The root of the git repository around it.
    pub repository: Option<PathBuf>,
    /// Which documents were named.
    pub reach: Reach,
    /// The configuration, and what is wrong with it.
    pub config: Checked<Config>,
    /// The text of the configuration; `None` without one.
    pub source: Option<Source>,
}

impl Project {
    /// The project of a path: of the folder with `readybook.toml` that it lies in, when it lies in that one's content;
    /// otherwise the path alone.
    ///
    /// # Errors
    /// When the path, or the content folder that the configuration names, is not there or cannot be read.
    pub fn open(path: &Path) -> Result<Self, InputError> {
        let named = path.canonicalize().map_err(|error| InputError::new(Act::Find, path, error))?;
        let folder = if look::is_folder(&named)? { named.as_path() } else { named.parent().unwrap_or(&named) };
        for root in folder.ancestors() {
            let file = root.join(config::FILE);
            if look::is_file(&file)? {
                let project = Self::configured(root, &file)?;
                return project.reaching(&named).map_or_else(|| Self::alone(&named, folder), Ok);
            }
            // A project does not reach beyond the repository that it lies in.
            if look::is_there(&root.join(".git"))? {
                break;
            }
        }
        Self::alone(&named, folder)
    }

    /// A path without configuration.
    fn alone(named: &Path, folder: &Path) -> Result<Self, InputError> {
        let reach = named.strip_prefix(folder).ok().and_then(rel_path).map_or(Reach::All, Reach::Below);
        let repository = repository::root(folder)?;
        let (root, content) = (folder.to_owned(), folder.to_owned());
        Ok(Self { root, content, repository, reach, config: Checked::default(), source: None })
    }

    fn configured(root: &Path, file: &Path) -> Result<Self, InputError> {
        let bytes = std::fs::read(file).map_err(|error| InputError::new(Act::Read, file, error))?;
        let decoded = decode::decode(&bytes[..]).map_err(|error| InputError::new(Act::Read, file, error))?;
        let source = Source::new(config::file(), decoded);
        let config = config::parse(&source);
        let content = match &config.value.content {
            Some(content) => {
                let folder = root.join(content.as_str());
                let missing = |error| format!("{error} (`content` in {} names it)", config::FILE);
                let real =
                    folder.canonicalize().map_err(|error| InputError::new(Act::Find, &folder, missing(error)))?;
                if !look::is_folder(&real)? {
                    return Err(InputError::new(Act::List, &folder, "it is no folder"));
                }
                real
            }
            None if look::is_folder(&root.join("content"))? => root.join("content"),
            None => root.to_owned(),
        };
        let repository = repository::root(&content)?;
        Ok(Self { root: root.to_owned(), content, repository, reach: Reach::All, config, source: Some(source) })
    }

    /// The same project for a path in it; `None` when the path has nothing to do with its content.
    fn reaching(mut self, named: &Path) -> Option<Self> {
        if self.content.starts_with(named) && named.starts_with(&self.root) {
            return Some(self);
        }
        self.reach = Reach::Below(rel_path(named.strip_prefix(&self.content).ok()?)?);
        Some(self)
    }

    /// Whether there is a `readybook.toml`.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        self.source.is_some()
    }
}

/// A path below some root as text; `None` when it is empty or cannot be written as text.
pub(super) fn rel_path(path: &Path) -> Option<RelPath> {
    let segments: Option<Vec<&str>> = path.iter().map(|segment| segment.to_str()).collect();
    RelPath::new(&segments?.join("/"))
}
