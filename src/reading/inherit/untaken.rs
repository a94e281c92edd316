//! Levels that are told below a heading and that no item there has.

use super::near::ToldLevel;
use crate::finding::Code;
use crate::model::Level;
use crate::reading::Reader;
use crate::reading::draft::Draft;

impl Reader<'_> {
    /// Tells of the most urgent level where it is told below a heading, and no item there has it though some have none of
    /// their own: they are in the sections `lacking`.
    pub(super) fn tell_untaken(&mut self, told: &[ToldLevel], drafts: &[Draft], lacking: &[u32]) {
        let first = drafts.first().map_or(0, |draft| draft.item.span.start);
        let urgent = drafts.iter().filter(|draft| draft.item.level == Some(Level(0)));
        let taken = self.outline.counts(urgent.filter_map(|draft| draft.item.section));
        let lacking = self.outline.counts(lacking.iter().copied());
        for (section, span, level) in told.iter().filter(|(.., level)| level.level == Level(0)) {
            let index = *section as usize;
            // What stands before all items tells of the page.
            if lacking[index] > 0 && taken[index] == 0 && span.start > first {
                let message = format!("`{}` is told here, and no item below the heading has it", level.text);
                let help = "indent it below its item, or write it before the text of the item: `P0: …`";
                self.warn(Code::UnknownPriority, *span, &message, help);
            }
        }
    }
}
