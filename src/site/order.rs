//! The order in which a reader should take the documents, and documents that no other leads to.

use super::{Document, DocumentId};
use crate::finding::{Code, Finding};
use crate::model::{Ladder, Level};
use rayon::prelude::*;

/// Names of a folder's own page.
pub(super) fn is_folder_page(document: &Document) -> bool {
    let stem = document.source.path.stem();
    ["readme", "index", "_index"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}

/// The last reading order, with what it goes by beside the paths.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// By document: level and weight.
    keys: Vec<(u8, i32)>,
    order: Vec<DocumentId>,
}

/// Reading order: the page of the content folder, then the most urgent first, then by weight, then by path, where a
/// folder's page stands before its neighbours. Documents without priority come after those with one. Fills
/// [`Document::rank`]. `kept` is of the same paths: where levels and weights are the same too, so is the order.
pub(super) fn reading_order(documents: &mut [Document], ladder: &Ladder, kept: &mut Order) -> Vec<DocumentId> {
    let key = |document: &Document| {
        let level = level(document, ladder).map_or(u8::MAX, |level| level.0);
        (level, document.checklist.front.weight.unwrap_or_default())
    };
    let keys: Vec<_> = documents.par_iter().with_min_len(64).map(key).collect();
    if keys != kept.keys {
        *kept = Order { order: sorted(documents, &keys), keys };
    }
    for (rank, id) in (0..).zip(&kept.order) {
        documents[id.0 as usize].rank = rank;
    }
    kept.order.clone()
}

/// The documents in reading order, by level and weight of each.
fn sorted(documents: &[Document], keys: &[(u8, i32)]) -> Vec<DocumentId> {
    let keys = (0..).map(DocumentId).zip(documents).zip(keys).map(|((id, document), (level, weight))| {
        let folder = document.source.path.folder();
        let page = is_folder_page(document);
        (!(page && folder.is_empty()), level, weight, folder, !page, id)
    });
    let mut keys: Vec<_> = keys.collect();
    keys.sort_unstable();
    keys.into_iter().map(|(.., id)| id).collect()
}

/// The priority of a document as a whole: that of the item that it is, or of its front matter.
fn level(document: &Document, ladder: &Ladder) -> Option<Level> {
    let page = document.page_item().and_then(|index| document.checklist.items[index as usize].level);
    let front = || document.checklist.front.priority.as_deref().and_then(|word| level_of(word, ladder));
    page.or_else(front)
}

/// The level that a word of front matter names: its key or its label.
pub(super) fn level_of(word: &str, ladder: &Ladder) -> Option<Level> {
    let word = word.trim();
    ladder.find(word).or_else(|| ladder.levels().find(|&level| ladder.step(level).label.eq_ignore_ascii_case(word)))
}

/// Tells of documents that no other links to. In a book without any link between documents nothing is an orphan: there
/// the lists of the site are the way.
pub(super) fn orphans(documents: &[Document], findings: &mut Vec<Finding>) {
    if documents.iter().all(|document| document.backlinks.is_empty()) {
        return;
    }
    let alone = |document: &&Document| document.backlinks.is_empty() && !is_folder_page(document);
    // a run is found from its template
    let alone = documents.iter().filter(|document| document.run_of.is_none()).filter(alone);
    findings.extend(alone.map(|document| {
        Finding::new(Code::Orphan, document.source.path.clone(), None, "no other document links to this one")
            .help("link to it from its folder's README.md")
    }));
}
