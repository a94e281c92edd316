//! Headings whose own status says that they are done, over items that are not: `## Mail — DONE` above an empty box.

use super::gates::{Gates, is_whole};
use super::marked::{self, is_capital};
use super::stages::Stages;
use super::status_lines::told;
use super::tails::{self, before_day, is_no_thing};
use super::{Status, own_status, said_below};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::Reader;
use crate::reading::phrase::{last_brackets, normalise, without_number};
use crate::reading::status::{Said, said};
use crate::source::Span;

/// Keeps the headings that say so, by their end or by a line below them, until the sums are known. Those of items are
/// known, and lines below the title that say it of the whole document are claims.
pub(super) fn read(reader: &mut Reader<'_>, headings: &[(NodeId, u32)], gates: &Gates, known: &[(u32, State)]) {
    let left = reader.counts_left();
    let stages = Stages::default();
    let mut found = Vec::new();
    for &(node, index) in headings {
        let is_over = left[index as usize] > 0 && !known.iter().any(|&(item, _)| item == index);
        // Boxes are compared by themselves.
        let is_boxed = reader.outline.title(index).starts_with('[');
        if !is_over || is_boxed {
            continue;
        }
        let is_name = |own: &Status| stages.is_name(reader, headings, (index, own));
        let span = claimed(reader, gates, (node, index), is_name);
        found.extend(span.filter(|_| !is_whole(reader, index)).map(|span| (index, span)));
    }
    reader.claimed = found;
}

/// Where a heading says so: its own end, unless that is a name, or a line below it. A few plain words alone have no end
/// that could.
fn claimed(
    reader: &Reader<'_>,
    gates: &Gates,
    (node, index): (NodeId, u32),
    is_name: impl Fn(&Status) -> bool,
) -> Option<Span> {
    let title = reader.outline.title(index);
    let is_plain = title.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ');
    let may_say = !is_plain || reader.tree.pieces(node).len() > 1;
    let says_done = |own: &Status| own.state == State::Done && !is_name(own);
    let is_title = reader.outline.is_title(index);
    let own = || match is_title {
        // `Launch — READY` names all that it is about; `draft → review → done` is a way.
        true => tails::status(reader, title).or_else(|| marked::apart(reader, (node, index), title)),
        false => own_status(reader, gates, (node, index), None),
    };
    let is_way = is_title && title.contains(['→', '⇒', '➜']);
    let says_so = || own().is_some_and(|own| says_done(&own)) || is_noted(reader, index);
    if may_say && !is_way && says_so() {
        return Some(reader.tree.node(node).span);
    }
    let mut lines = told(reader, node, index);
    if lines.is_empty() {
        lines = said_below::told(reader, node, index);
    }
    // In small letters it is the document that is complete.
    let is_loud =
        |value: &str| value.split(|c: char| !c.is_alphabetic()).any(|word| word.len() > 1 && is_capital(word));
    let is_done = lines
        .iter()
        .all(|(value, _)| said(reader.terms, value) == Said::State(State::Done) && (!is_title || is_loud(value)));
    lines.first().filter(|_| is_done).map(|&(_, span)| span)
}

/// Whether the brackets at the end of a heading say so, in small letters or with a day: `Mail (done)`,
/// `Mail [DONE 2025-03-01]`.
fn is_noted(reader: &Reader<'_>, index: u32) -> bool {
    let title = without_number(reader.outline.title(index)).trim();
    let Some((text, word)) = last_brackets(title) else { return false };
    let word = before_day(word).unwrap_or(word);
    let is_done = reader.terms.words.section_note(&normalise(word)) == Some(State::Done);
    is_done && !is_no_thing(reader, index, text)
}

/// Tells of those over items that are left. What was put off may well be left where the rest is done.
pub(in crate::reading) fn compare(reader: &mut Reader<'_>) {
    for (index, span) in std::mem::take(&mut reader.claimed) {
        let tally = reader.list.sections[index as usize].tally;
        let left = tally.left() - tally.count(State::Deferred);
        let is_claim = || reader.list.claims.iter().any(|claim| span.holds(claim.span));
        if left > 0 && !is_claim() {
            let message = format!("this says that all below it is done, and {left} of {} items are not", tally.scope());
            reader.find(Code::GroupDisagrees, span, &message, "only the items count; make the status agree");
        }
    }
}
