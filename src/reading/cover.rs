//! What of a text is taken up already.

use super::draft::Draft;
use crate::model::ItemKind;
use crate::source::Span;

/// The text that items take up, as spans in order that do not overlap.
pub(super) struct Cover(pub Vec<Span>);

impl Cover {
    /// The text of some items; a page as a whole covers nothing.
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let is_part = |draft: &&Draft| draft.item.kind != ItemKind::Document;
        Self::of_spans(drafts.iter().filter(is_part).map(|draft| draft.item.span).collect())
    }

    /// The text of some spans, in any order.
    pub(super) fn of_spans(mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut end = 0;
        spans.retain(|span| {
            let outer = span.end > end;
            end = end.max(span.end);
            outer
        });
        Self(spans)
    }

    /// Whether an offset lies in that text.
    pub(super) fn holds(&self, offset: u32) -> bool {
        let after = self.0.partition_point(|span| span.start <= offset);
        after.checked_sub(1).is_some_and(|index| offset < self.0[index].end)
    }
}
