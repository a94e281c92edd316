//! A document that is an item itself: its title has an id and its first lines a status, or front matter says so.

use super::draft::Draft;
use super::facts::{Facts, are_keyed};
use super::{Reader, headings, priority, reference, status};
use crate::markdown::Block;
use crate::model::ItemKind;

/// Makes the document an item where it is one.
pub(super) fn read(reader: &mut Reader<'_>) {
    let facts = preamble(reader);
    let terms = reader.terms;
    let front = &reader.list.front;
    let title = reader.outline.headings.first().filter(|heading| heading.level == 1);
    let named = title.and_then(|heading| {
        reference::at_start(reader.terms.words, &heading.title).map(|(id, rest)| (id.to_owned(), rest.to_owned()))
    });
    let by_text = named.is_some() && facts.status.is_some();
    let by_front = front.status.is_some() && (front.id.is_some() || named.is_some());
    let has_own = title.is_some() || by_front;
    if !(by_text || by_front) || !has_own {
        return;
    }
    let span = title.map(|heading| heading.span).or(front.span).unwrap_or_default();
    let mut draft = Draft::new(ItemKind::Document, span);
    let (id, text) =
        named.unwrap_or_else(|| (String::new(), title.map(|heading| heading.title.clone()).unwrap_or_default()));
    draft.item.reference = front.id.clone().or(Some(id).filter(|id| !id.is_empty()));
    draft.item.text = front.title.clone().filter(|_| text.is_empty()).unwrap_or(text);
    let (written, mark) = match (&facts.status, &front.status) {
        (Some((text, span)), _) => (text.clone(), Some(*span)),
        (None, text) => (text.clone().unwrap_or_default(), None),
    };
    let said = status::said(terms, &written);
    draft.item.state = said.state();
    draft.item.state_text = written.into();
    draft.item.mark = mark;
    draft.set_level(facts.priority.or_else(|| front.priority.as_deref().and_then(|text| priority::value(terms, text))));
    draft.item.owners = if facts.owners.is_empty() { front.owners.clone() } else { facts.owners };
    draft.item.due = facts.due.or(front.due);
    reader.tell(said, &draft.item.state_text, draft.item.mark.unwrap_or(span));
    reader.push(draft);
}

/// The facts between the title and the first heading below it, a subtitle right below the title passed over: a
/// heading without items.
pub(super) fn preamble(reader: &Reader<'_>) -> Facts {
    let (tree, terms) = (reader.tree, reader.terms);
    let mut facts = Facts::default();
    let mut title = None;
    for node in tree.top() {
        match tree.node(node).block {
            Block::Heading(_) if title.is_none() => title = Some(node),
            Block::Heading(level) => {
                let is_below = title.is_some_and(|title| tree.node(title).next as usize == node);
                let is_subtitle = is_below && level == 2 && reader.section_items(1) == 0;
                if !is_subtitle || headings::is_about_all(reader, 1) {
                    break;
                }
            }
            Block::Paragraph => facts.take_lines(terms, tree, node),
            Block::Table if are_keyed(terms, tree, node) => facts.take_table(terms, tree, node),
            Block::List { .. } if !tree.has_box(node) && reader.labelled.binary_search(&node).is_err() => {
                facts.take_list(terms, tree, node)
            }
            Block::Table => facts.take_owner_row(terms, tree, node),
            _ => {}
        }
    }
    facts
}
