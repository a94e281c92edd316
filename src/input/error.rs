//! What the world refuses, with the path and the act.

use std::fmt;
use std::path::{Path, PathBuf};

/// What was being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A path that was named.
    Find,
    /// A folder's entries.
    List,
    /// A file's bytes.
    Read,
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Find => "find",
            Self::List => "list",
            Self::Read => "read",
        })
    }
}

/// Something on disk that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot {act} `{}`: {cause}", path.display())]
pub struct InputError {
    /// What was being done.
    pub act: Act,
    /// With what.
    pub path: PathBuf,
    /// Why it failed, as the system says it.
    pub cause: String,
}

impl InputError {
    /// The error of an act on a path.
    pub(super) fn new(act: Act, path: &Path, cause: impl ToString) -> Self {
        Self { act, path: path.to_owned(), cause: cause.to_string() }
    }
}
