//! The files beside the documents, as plain values.

use crate::source::RelPath;
use std::collections::BTreeSet;

/// Files that are no documents.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Files in the content folder, by path below it.
    pub content: BTreeSet<RelPath>,
    /// The repository around the content; `None` where there is none.
    pub repository: Option<Repository>,
}

/// The repository around the content folder.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// The content folder by its path from the repository's root; empty when it is the root.
    pub content: String,
    /// Every file that the repository tracks, by path from its root.
    pub files: BTreeSet<RelPath>,
}
