//! Lists of bullets that name headings with items of their own, `- Load: FAIL` beside `## Load` over its tasks: they sum
//! those up, as the rows of such a table do, and are compared with them.

use crate::model::{ItemKind, Rollup};
use crate::reading::phrase::normalise;
use crate::reading::{Reader, priority};
use rustc_hash::FxHashMap as HashMap;

/// Takes back the bullets that name such headings, where two of a list and at least half of it do. Below a heading of a level
/// they are as urgent as that says, and what they name may not be: there they count.
pub(in crate::reading) fn take_back(reader: &mut Reader<'_>) {
    if reader.bullet_lists.is_empty() || reader.outline.sections.is_empty() {
        return;
    }
    let titles = titles(reader);
    let mut bullets: Vec<usize> =
        (0..reader.drafts.len()).filter(|&index| reader.drafts[index].item.kind == ItemKind::Bullet).collect();
    bullets.sort_by_key(|&index| reader.drafts[index].item.span.start);
    let mut summed: Vec<(usize, u32)> = Vec::new();
    let is_ranked = |start: u32| {
        let around =
            std::iter::successors(reader.outline.section_at(start), |&index| reader.outline.section(index).parent);
        let level = |index: u32| {
            priority::heading(reader.terms, reader.outline.title(index), &reader.outline.section(index).phrase)
        };
        around.filter_map(level).next().is_some()
    };
    for &list in reader.bullet_lists.iter().filter(|list| !is_ranked(list.start)) {
        let first = bullets.partition_point(|&index| reader.drafts[index].item.span.start < list.start);
        let inside = bullets[first..].iter().take_while(|&&index| reader.drafts[index].item.span.start < list.end);
        let inside: Vec<usize> = inside.copied().collect();
        let named = |&index: &usize| Some((index, section(reader, &titles, index)?));
        let named: Vec<(usize, u32)> = inside.iter().filter_map(named).collect();
        if named.len() > 1 && named.len() * 2 >= inside.len() {
            summed.extend(named);
        }
    }
    let left = if summed.is_empty() { Vec::new() } else { sections_left(reader) };
    // Where only the bullet says that something is left, it counts.
    summed.retain(|&(index, section)| !reader.drafts[index].item.state.is_left() || left[section as usize]);
    if !summed.is_empty() {
        sum_up(reader, summed);
    }
}

/// Which sections have an item that is left.
fn sections_left(reader: &Reader<'_>) -> Vec<bool> {
    let mut left = vec![false; reader.outline.sections.len()];
    for item in reader.drafts.iter().map(|draft| &draft.item).filter(|item| item.state.is_left()) {
        let mut section = reader.outline.section_at(item.span.start);
        while let Some(index) = section.filter(|&index| !left[index as usize]) {
            left[index as usize] = true;
            section = reader.outline.section(index).parent;
        }
    }
    left
}

/// Makes bullets summaries of the sections that they name.
fn sum_up(reader: &mut Reader<'_>, mut summed: Vec<(usize, u32)>) {
    summed.sort_unstable();
    for &(index, section) in &summed {
        let item = &reader.drafts[index].item;
        let (title, said, span) = (item.text.to_string(), Some(item.state), item.span);
        let rollup = Rollup { title, items: None, done: None, percent: None, said, agrees: true, span };
        reader.rollups.push((rollup, Some(section)));
    }
    let mut index = 0;
    reader.drafts.retain(|_| {
        index += 1;
        summed.binary_search_by_key(&(index - 1), |&(summed, _)| summed).is_err()
    });
    reader.count_again();
}

/// The sections by their titles, without numbers, and those whose headings are items by their names too.
fn titles(reader: &Reader<'_>) -> HashMap<String, Option<u32>> {
    let phrases = (0..).zip(&reader.outline.sections).map(|(index, part)| (part.phrase.clone(), index));
    let headings = reader.drafts.iter().filter(|draft| draft.item.kind == ItemKind::Heading);
    let items = headings
        .filter_map(|draft| Some((normalise(&draft.item.text), reader.outline.section_at(draft.item.span.start)?)));
    let mut titles = HashMap::default();
    for (title, index) in phrases.chain(items) {
        // Of two headings with one title nobody knows which is meant.
        let entry = titles.entry(title).or_insert(Some(index));
        *entry = entry.filter(|&known| known == index);
    }
    titles
}

/// The section that a bullet names, where it has items and the bullet does not stand in it.
fn section(reader: &Reader<'_>, titles: &HashMap<String, Option<u32>>, index: usize) -> Option<u32> {
    let item = &reader.drafts[index].item;
    let section = titles.get(&normalise(&item.text)).copied().flatten()?;
    let own = reader.outline.section_at(item.span.start);
    let is_around = std::iter::successors(own, |&index| reader.outline.section(index).parent).any(|own| own == section);
    (!is_around && reader.section_items(section) > 0).then_some(section)
}
