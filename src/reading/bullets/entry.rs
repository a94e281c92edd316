//! One entry of a list with its status, whatever tells that.

use crate::markdown::{NodeId, Tree};
use crate::model::{ItemKind, State};
use crate::reading::draft::Draft;
use crate::reading::facts::Facts;
use crate::reading::suffix::Suffix;
use crate::source::Span;

/// One entry of a list with its status.
#[derive(Default)]
pub(super) struct Entry {
    pub item: NodeId,
    pub state: State,
    pub word: String,
    pub mark: Span,
    pub text: String,
    pub note: String,
    /// Whether its glyph and its word say different things.
    pub disagrees: bool,
    /// What stands below it as `Key: value`.
    pub facts: Facts,
    /// The list right behind it that tells of it, where it does not belong to it by its indentation.
    pub below: Option<NodeId>,
}

impl Entry {
    /// The entry whose status is set apart in its line.
    pub(super) fn of(item: NodeId, Suffix { state, word, span: mark, text, note }: Suffix) -> Self {
        Self { item, state, word, mark, text, note, ..Self::default() }
    }

    /// What it tells, whatever list it stands in.
    pub(super) fn into_suffix(self) -> Suffix {
        let Self { state, word, mark: span, text, note, .. } = self;
        Suffix { state, word, span, text, note }
    }

    /// The item that it is, and its text.
    pub(super) fn into_draft(self, tree: &Tree<'_>) -> (Draft, String) {
        let mut draft = Draft::new(ItemKind::Bullet, tree.node(self.item).span);
        draft.item.state = self.state;
        draft.item.state_text = self.word.into();
        draft.item.mark = Some(self.mark).filter(|mark| mark.start < mark.end);
        draft.item.note = self.note;
        draft.item.owners = self.facts.owners;
        draft.item.due = self.facts.due;
        draft.set_level(self.facts.priority);
        (draft, self.text)
    }
}
