//! What has no name of its own, and documents in which nothing counts.

use super::Reader;
use super::vocabulary::Contexts;
use crate::finding::Code;
use crate::markdown::Block;

/// The fewest plain entries of a checklist that are told of.
const ENTRIES: usize = 3;

/// Gives tasks that begin with a colon the name of the heading that they stand below: `: to be evaluated`.
pub(super) fn name(reader: &mut Reader<'_>) {
    let outline = reader.outline;
    for draft in &mut reader.drafts {
        // `::before` is a name.
        let rest = draft.item.text.strip_prefix([':', '：']).filter(|rest| !rest.starts_with(':'));
        let Some(rest) = rest else { continue };
        let section = outline.section_at(draft.item.span.start).filter(|&index| !outline.is_title(index));
        let rest = rest.trim_start();
        draft.item.text = match section.map(|index| outline.name(index)) {
            Some(title) if rest.is_empty() => title.to_owned(),
            Some(title) => format!("{title}: {rest}"),
            None => rest.to_owned(),
        };
    }
}

/// Tells of a document that calls itself a checklist and in which nothing counts nor anything was told of that: its lists
/// have no place for a state.
pub(super) fn tell(reader: &mut Reader<'_>) {
    let list = &reader.list;
    let says_more = !(list.statements.is_empty() && list.criteria.is_empty() && list.signoffs.is_empty());
    if !reader.drafts.is_empty() || list.front.checklist == Some(false) || says_more || !reader.findings.is_empty() {
        return;
    }
    if !reader.calls_itself_checklist() {
        return;
    }
    let (tree, outline) = (reader.tree, reader.outline);
    let is_list = |node: usize| matches!(tree.node(node).block, Block::List { .. }) && !tree.has_box(node);
    let lists = outline.places.iter().map(|place| place.node).filter(|&node| is_list(node));
    let mut lists = lists.filter(|&node| outline.around(tree, node) == Contexts::default()).peekable();
    let Some(&first) = lists.peek() else { return };
    let entries: usize = lists.map(|list| tree.children(list).count()).sum();
    if entries >= ENTRIES {
        let message =
            format!("nothing here counts: none of the {entries} entries of its lists has a place for a state");
        let help = "begin those that are to be done with a box, `- [ ] `";
        reader.find(Code::AmbiguousGlyphs, tree.node(first).span, &message, help);
    }
}
