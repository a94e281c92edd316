//! Tables of keys and values below headings: `Owner | Ops`, `Status | Open`. They tell of what the heading names.

use super::left_over;
use crate::markdown::NodeId;
use crate::model::ItemKind;
use crate::reading::draft::Draft;
use crate::reading::facts::Facts;
use crate::reading::status::Said;
use crate::reading::vocabulary::Context;
use crate::reading::{Reader, reference};

/// Such a table, the section that it tells of, and what it says of it.
pub(super) struct Keyed {
    node: NodeId,
    section: u32,
    facts: Facts,
}

/// What a table of keys and values tells of the section that it stands in: one below a heading with nothing else that counts,
/// and not below the title, where it tells of the page.
pub(super) fn of(reader: &Reader<'_>, node: NodeId) -> Option<Keyed> {
    let section = reader.outline.section_at(reader.tree.node(node).span.start)?;
    let is_part = reader.outline.headings[reader.outline.section(section).heading as usize].level > 1;
    if !is_part || reader.section_items(section) > 0 {
        return None;
    }
    let around = reader.outline.around(reader.tree, node);
    if [Context::StatusFacts, Context::Legend, Context::Evidence].into_iter().any(|context| around.has(context)) {
        return None;
    }
    let mut facts = Facts::default();
    facts.take_table(reader.terms, reader.tree, node);
    matches!(facts.said(reader.terms), Said::State(_)).then_some(Keyed { node, section, facts })
}

/// Makes an item of each section with such a table, where two have one or its heading has an id. The only one may as well
/// tell of the whole: it is told of where that is not done.
pub(super) fn read(reader: &mut Reader<'_>, all: Vec<Keyed>) {
    let are_alike = all.windows(2).any(|pair| pair[0].section != pair[1].section);
    for Keyed { node, section, facts } in all {
        let title = reader.outline.title(section);
        let id = reference::at_start(reader.terms.words, title).map(|(id, _)| id);
        let is_numbered = id.is_some_and(|id| id.contains(char::is_alphabetic));
        if are_alike || is_numbered {
            read_one(reader, node, title, facts);
        } else if facts.said(reader.terms).state().is_left() {
            let message = "this table tells the state of something, which may be that of the whole, so it is no item";
            left_over::warn(
                reader,
                node,
                message,
                "give the heading above it an id, such as `LB-1`, to make it an item",
            );
        }
    }
}

fn read_one(reader: &mut Reader<'_>, node: NodeId, title: &str, facts: Facts) {
    let mut draft = Draft::new(ItemKind::Row, reader.tree.node(node).span);
    draft.describe(reader.terms, reader.tree, &[], title);
    let said = facts.said(reader.terms);
    let (text, mark) = facts.status.unwrap_or_default();
    reader.tell(said, &text, mark);
    draft.has_owner_column = facts.asks_owner;
    draft.item.state = said.state();
    draft.item.state_text = text.into();
    draft.item.mark = Some(mark);
    draft.set_level(facts.priority);
    draft.item.owners.extend(facts.owners);
    draft.item.due = facts.due.or(draft.item.due);
    reader.push(draft);
}
