//! What a site keeps for the next one, which a preview puts together from nearly the same documents: what depends on
//! nothing that has changed is taken over. Whether it has is looked at here and by those who keep something, never assumed;
//! a site that takes over all it can is the same as one that takes over nothing.

use super::count::Tables;
use super::group::Merged;
use super::links::{Ground, Links};
use super::lots::Lots;
use super::merge::Rows;
use super::order::Order;
use super::owners::Spellings;
use super::{Document, Files, Shared};
use crate::source::RelPath;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the next site may take over.
#[derive(Debug, Default)]
pub struct Kept {
    /// The paths of the documents: with them the meaning of every [`super::DocumentId`].
    paths: Vec<RelPath>,
    files: Files,
    repository_address: Option<String>,
    hidden: BTreeSet<RelPath>,
    /// By document: what was read, and where its links lead.
    pub(super) links: Vec<(Shared, Arc<Links>)>,
    /// Rows that stand for something, before they are merged.
    pub(super) rows: Option<Rows>,
    /// Documents that rows connect.
    pub(super) merged: Merged,
    /// Spellings of owners.
    pub(super) spellings: Lots<Spellings>,
    /// What the reading order goes by.
    pub(super) order: Order,
    /// Items by owner and level.
    pub(super) groups: Tables,
}

impl Kept {
    /// Lets everything go that was found on another ground: where a document or file has come or gone, every link may
    /// lead elsewhere.
    pub(super) fn stand_on(&mut self, documents: &[Document], ground: &Ground<'_>) {
        let paths = || documents.iter().map(|document| &document.source.path);
        let same = self.paths.iter().eq(paths())
            && self.files == *ground.files
            && self.repository_address.as_deref() == ground.repository_address
            && self.hidden == *ground.hidden;
        if !same {
            *self = Self {
                paths: paths().cloned().collect(),
                files: ground.files.clone(),
                repository_address: ground.repository_address.map(str::to_owned),
                hidden: ground.hidden.clone(),
                ..Self::default()
            };
        }
    }
}
