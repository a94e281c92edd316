//! Lists that explain words for states, whatever stands above them: `Met: it is in the log`, `Planned: it is written down`.

use super::Terms;
use super::entries::{key, meaning};
use super::read::WORD;
use crate::markdown::{Block, NodeId, Tree};
use crate::reading::lines;
use crate::reading::phrase::normalise;
use rustc_hash::FxHashSet as HashSet;

/// Whether a list explains words for states: each entry begins with another word and goes on with its meaning, half of the
/// words are known and of different states, and no meaning says another one than its word.
pub(super) fn are_definitions(terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) -> bool {
    let (mut words, mut states) = (HashSet::default(), HashSet::default());
    let (mut known, mut entries) = (0, 0);
    for item in tree.children(list) {
        let lead = lines::lead_node(tree, item).filter(|_| tree.node(item).block == Block::Item(None));
        let Some(lead) = lead else { return false };
        // Nearly all lists have boxes, or no key in their first entry.
        let source = tree.source(tree.node(lead).span).as_bytes();
        let head = &source[..source.len().min(WORD + 6)];
        if memchr::memchr3(b':', b'=', 0xE2, head).is_none() && memchr::memmem::find(head, b" -").is_none() {
            return false;
        }
        let text = tree.plain(tree.pieces(lead));
        let Some((word, rest)) = key(&text).filter(|(word, _)| word.len() <= WORD) else { return false };
        let word = normalise(word);
        entries += 1;
        if let Some(state) = terms.words.state(&word) {
            known += 1;
            states.insert(state);
            if terms.words.state(&normalise(meaning(rest))).is_some_and(|said| said != state) {
                return false;
            }
        } else if known == 0 && entries > 1 {
            return false;
        }
        if !words.insert(word) {
            return false;
        }
    }
    known > 1 && known * 2 >= entries && states.len() > 1
}
