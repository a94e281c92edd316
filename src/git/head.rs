//! The commit that is checked out, and what is tracked.

use super::run::{Git, GitError};
use crate::source::RelPath;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The commit that is checked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its id, 40 digits or more.
    pub id: String,
    /// Its day, in UTC.
    pub date: Option<Date>,
}

impl Git {
    /// The commit that is checked out; `None` where there is none, or where something below `folder` (empty for the
    /// root) was changed since.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn head(&self, folder: &str) -> Result<Option<Head>, GitError> {
        if !self.ask(&["status", "--porcelain", "--", below(folder)])?.is_empty() {
            return Ok(None);
        }
        let line = self.ask(&["log", "-1", "--no-color", "--date=format-local:%Y-%m-%d", "--format=%H %cd"])?;
        let line = String::from_utf8_lossy(&line);
        let head = line.trim().split_once(' ');
        Ok(head.map(|(id, date)| Head { id: id.to_owned(), date: date.parse().ok() }))
    }

    /// Every file that is tracked, by path from the root; names that are not UTF-8 are passed over.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn files(&self) -> Result<BTreeSet<RelPath>, GitError> {
        let names = self.ask(&["ls-files", "-z", "--cached"])?;
        let names = names.split(|&byte| byte == 0).filter_map(|name| std::str::from_utf8(name).ok());
        Ok(names.filter_map(RelPath::new).collect())
    }

    /// Whether the repository was fetched without its past.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn is_shallow(&self) -> Result<bool, GitError> {
        Ok(self.ask(&["rev-parse", "--is-shallow-repository"])?.starts_with(b"true"))
    }
}

/// A folder as git takes it, which knows no empty path.
pub(super) fn below(folder: &str) -> &str {
    if folder.is_empty() { "." } else { folder }
}
