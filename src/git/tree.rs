//! Revisions, and the files of one.

use super::head::below;
use super::log::{Wanted, is_plain};
use super::run::{Git, GitError, is_id};
use crate::pipeline::Version;
use crate::source::RelPath;

impl Git {
    /// The id of the commit that a revision means, however it is written; `None` where there is none such.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn commit(&self, revision: &str) -> Result<Option<String>, GitError> {
        // Asked first: afterwards a refusal means that there is no such commit.
        self.ask(&["rev-parse", "--git-dir"])?;
        // Never taken for an option.
        if revision.is_empty() || revision.starts_with('-') {
            return Ok(None);
        }
        let commit = format!("{revision}^{{commit}}");
        match self.ask(&["rev-parse", "--verify", "--quiet", &commit]) {
            Ok(id) => Ok(Some(String::from_utf8_lossy(&id).trim().to_owned()).filter(|id| is_id(id))),
            Err(GitError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The last commit that two commits have in common; `None` where they have none.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn common(&self, one: &str, other: &str) -> Result<Option<String>, GitError> {
        match self.ask(&["merge-base", one, other]) {
            Ok(id) => Ok(Some(String::from_utf8_lossy(&id).trim().to_owned()).filter(|id| is_id(id))),
            Err(GitError::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The files of a commit below `folder` (empty for the root) for which `is_wanted` holds, by path.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn files_at(
        &self,
        commit: &str,
        folder: &str,
        is_wanted: &dyn Fn(&RelPath) -> bool,
    ) -> Result<Vec<Version>, GitError> {
        self.versions(commit, &Wanted::below(folder, is_wanted))
    }

    /// The wanted files of a commit, by path.
    pub(super) fn versions(&self, commit: &str, wanted: &Wanted<'_>) -> Result<Vec<Version>, GitError> {
        let listing = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit, "--", below(wanted.folder())])?;
        let entry = |entry: &[u8]| {
            let tab = memchr::memchr(b'\t', entry)?;
            let mut facts = std::str::from_utf8(&entry[..tab]).ok()?.split(' ');
            let (mode, id) = (facts.next()?, facts.nth(1)?);
            let path = wanted.path(&entry[tab + 1..]).filter(|_| is_plain(mode) && is_id(id))?;
            Some(Version { path, blob: Some(id.to_owned()) })
        };
        Ok(listing.split(|&byte| byte == 0).filter_map(entry).collect())
    }
}
