//! Headings whose own status says that they are done, over items that are not: `## Mail — DONE` above an empty box.

use super::gates::{Gates, is_whole};
use super::own_status;
use super::status_lines::{counts_left, told};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::status::{Said, said};

/// Keeps the headings that say so, by their end or by a line below them, until the sums are known. Those of items are
/// known, and what says it of the whole document is a claim.
pub(super) fn read(reader: &mut Reader<'_>, headings: &[(NodeId, u32)], gates: &Gates, known: &[(u32, State)]) {
    let left = counts_left(reader);
    let mut found = Vec::new();
    for &(node, index) in headings {
        let is_over = left[index as usize] > 0 && !known.iter().any(|&(item, _)| item == index);
        // Boxes are compared by themselves.
        let is_boxed = reader.outline.title(index).starts_with('[');
        if !is_over || is_boxed || reader.outline.is_title(index) || is_whole(reader, index) {
            continue;
        }
        if own_status(reader, gates, (node, index), None).is_some_and(|own| own.state == State::Done) {
            found.push((index, reader.tree.node(node).span));
            continue;
        }
        let lines = told(reader, node, index);
        let is_done = lines.iter().all(|(value, _)| said(reader.terms, value) == Said::State(State::Done));
        found.extend(lines.first().filter(|_| is_done).map(|&(_, span)| (index, span)));
    }
    reader.claimed = found;
}

/// Tells of those over items that are left. What was put off may well be left where the rest is done.
pub(in crate::reading) fn compare(reader: &mut Reader<'_>) {
    for (index, span) in std::mem::take(&mut reader.claimed) {
        let tally = reader.list.sections[index as usize].tally;
        let left = tally.left() - tally.count(State::Deferred);
        if left > 0 {
            let message = format!("this says that all below it is done, and {left} of {} items are not", tally.scope());
            reader.find(Code::GroupDisagrees, span, &message, "only the items count; make the status agree");
        }
    }
}
