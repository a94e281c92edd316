//! Lists of bullets that name headings with items of their own, `- Load: FAIL` beside `## Load` over its tasks: they sum
//! those up, as the rows of such a table do, and are compared with them.

use crate::model::{ItemKind, Rollup};
use crate::reading::phrase::normalise;
use crate::reading::{Reader, priority};
use crate::source::Span;
use rustc_hash::FxHashMap as HashMap;

/// Takes back the bullets that name such headings, where two of a list and at least half of it do. Below a heading of a level
/// they are as urgent as that says, and what they name may not be: there they count.
pub(in crate::reading) fn take_back(reader: &mut Reader<'_>) {
    if reader.bullet_lists.is_empty() || reader.outline.sections.is_empty() {
        return;
    }
    let items = heading_items(reader);
    let mut bullets: Vec<usize> =
        (0..reader.drafts.len()).filter(|&index| reader.drafts[index].item.kind == ItemKind::Bullet).collect();
    bullets.sort_by_key(|&index| reader.drafts[index].item.span.start);
    let mut summed: Vec<(usize, u32)> = Vec::new();
    for &list in &reader.bullet_lists {
        let first = bullets.partition_point(|&index| reader.drafts[index].item.span.start < list.start);
        let inside = bullets[first..].iter().take_while(|&&index| reader.drafts[index].item.span.start < list.end);
        let named = |&index: &usize| Some((index, section(reader, &items, index)?));
        let named: Vec<(usize, u32)> = inside.clone().filter_map(named).collect();
        if named.len() > 1 && named.len() * 2 >= inside.count() && !is_ranked(reader, list) {
            summed.extend(named);
        }
    }
    let left = if summed.is_empty() { Vec::new() } else { reader.counts_left() };
    // Where only the bullet says that something is left, it counts.
    summed.retain(|&(index, section)| !reader.drafts[index].item.state.is_left() || left[section as usize] > 0);
    if !summed.is_empty() {
        sum_up(reader, summed);
    }
}

/// Whether a heading above a list names a level.
fn is_ranked(reader: &Reader<'_>, list: Span) -> bool {
    let outline = reader.outline;
    let level = |index: u32| priority::heading(reader.terms, outline.title(index), &outline.section(index).phrase);
    outline.up_from(outline.section_at(list.start)).any(|index| level(index).is_some())
}

/// Makes bullets summaries of the sections that they name.
fn sum_up(reader: &mut Reader<'_>, mut summed: Vec<(usize, u32)>) {
    summed.sort_unstable();
    for &(index, section) in &summed {
        let item = &reader.drafts[index].item;
        let (title, said, due, span) = (item.text.to_string(), Some(item.state), item.due, item.span);
        let rollup = Rollup { title, items: None, done: None, percent: None, said, due, agrees: true, span };
        reader.rollups.push((rollup, Some(section)));
    }
    let mut index = 0;
    reader.drafts.retain(|_| {
        index += 1;
        summed.binary_search_by_key(&(index - 1), |&(summed, _)| summed).is_err()
    });
    reader.count_again();
}

/// The sections whose headings are items, by the names of these.
fn heading_items(reader: &Reader<'_>) -> HashMap<String, Vec<u32>> {
    let mut named: HashMap<String, Vec<u32>> = HashMap::default();
    for item in reader.drafts.iter().map(|draft| &draft.item).filter(|item| item.kind == ItemKind::Heading) {
        named.entry(normalise(&item.text)).or_default().extend(reader.outline.section_at(item.span.start));
    }
    named
}

/// The one section that a bullet names, by its title or by the name of the item that its heading is, where it has items and
/// the bullet does not stand in it.
fn section(reader: &Reader<'_>, items: &HashMap<String, Vec<u32>>, index: usize) -> Option<u32> {
    let (outline, item) = (reader.outline, &reader.drafts[index].item);
    let name = normalise(&item.text);
    let mut named = outline.named(&name).iter().chain(items.get(&name).into_iter().flatten());
    let &section = named.next()?;
    // Of two headings with one title nobody knows which is meant.
    let is_one = named.all(|&other| other == section);
    let is_around = || outline.up_from(outline.section_at(item.span.start)).any(|own| own == section);
    (is_one && reader.section_items(section) > 0 && !is_around()).then_some(section)
}
