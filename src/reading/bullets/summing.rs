//! Lists of bullets that name headings with items of their own, `- Load: FAIL` beside `## Load` over its tasks: they sum
//! those up, as the rows of such a table do, and are compared with them.

use crate::model::{ItemKind, Level, Rollup};
use crate::reading::phrase::normalise;
use crate::reading::{Reader, priority};
use crate::source::Span;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// A list that names sections.
struct Sum {
    /// The heading that it stands below, and whether that tells of the whole: `Overview`, never `Performance`.
    heading: Option<u32>,
    is_of_whole: bool,
    /// Its bullets, by the place of their drafts, and the sections that they name.
    named: Vec<(usize, u32)>,
}

/// Takes back the bullets that name such headings, where two of a list and at least half of it do. Below a heading of a level
/// they are as urgent as that says, and what they name may not be: there they count.
pub(in crate::reading) fn take_back(reader: &mut Reader<'_>) {
    if reader.bullet_lists.is_empty() || reader.outline.sections.is_empty() {
        return;
    }
    let mut sums = sums(reader);
    let topics = topics(&sums);
    sums.retain(|sum| !sum.named.iter().any(|(_, section)| topics.contains(&(sum.heading, *section))));
    let summed = if sums.is_empty() { Vec::new() } else { summed(reader, &sums) };
    if !summed.is_empty() {
        sum_up(reader, summed);
    }
}

/// The lists that name sections, other than those below a heading of a level.
fn sums(reader: &Reader<'_>) -> Vec<Sum> {
    let items = heading_items(reader);
    let mut bullets: Vec<usize> =
        (0..reader.drafts.len()).filter(|&index| reader.drafts[index].item.kind == ItemKind::Bullet).collect();
    bullets.sort_by_key(|&index| reader.drafts[index].item.span.start);
    let sum = |&list: &Span| {
        let first = bullets.partition_point(|&index| reader.drafts[index].item.span.start < list.start);
        let inside = bullets[first..].iter().take_while(|&&index| reader.drafts[index].item.span.start < list.end);
        let named = |&index: &usize| Some((index, section(reader, &items, index)?));
        let named: Vec<(usize, u32)> = inside.clone().filter_map(named).collect();
        let is_one = named.len() > 1 && named.len() * 2 >= inside.count() && !is_ranked(reader, list);
        let heading = reader.outline.section_at(list.start);
        is_one.then(|| Sum { heading, is_of_whole: is_of_whole(reader, heading), named })
    };
    reader.bullet_lists.iter().filter_map(sum).collect()
}

/// The sections that lists below one heading, or below two that tell of something else than the whole, name twice: `Web`
/// below `Performance` and `Accessibility`. They tell another thing of them each.
fn topics(sums: &[Sum]) -> HashSet<(Option<u32>, u32)> {
    let mut seen = HashMap::default();
    let mut topics = HashSet::default();
    for (list, sum) in sums.iter().enumerate() {
        for &(_, section) in &sum.named {
            let place = sum.is_of_whole.then_some(sum.heading);
            let first: usize = *seen.entry((place, section)).or_insert(list);
            if first != list {
                topics.extend([(sums[first].heading, section), (sum.heading, section)]);
            }
        }
    }
    topics
}

/// The bullets of such lists that sum up what they name. One that is left counts where only it says so, where it is more
/// urgent than all that is left there, and where its heading tells of something else than the whole.
fn summed(reader: &Reader<'_>, sums: &[Sum]) -> Vec<(usize, u32)> {
    let levels = reader.levels_so_far();
    let rank = |index: usize| levels[index].map_or(u8::MAX, |Level(rank)| rank);
    let mut most: Vec<Option<u8>> = vec![None; reader.outline.sections.len()];
    for (index, draft) in reader.drafts.iter().enumerate().filter(|(_, draft)| draft.item.state.is_left()) {
        for section in reader.outline.up_from(reader.outline.section_at(draft.item.span.start)) {
            let most = &mut most[section as usize];
            *most = Some(most.map_or(rank(index), |most| most.min(rank(index))));
        }
    }
    let is_summed = |sum: &Sum, (index, section): (usize, u32)| {
        let is_said = most[section as usize].is_some_and(|most| most <= rank(index));
        !reader.drafts[index].item.state.is_left() || sum.is_of_whole && is_said
    };
    let of_list = |sum: &&Sum| sum.named.iter().copied().filter(|&named| is_summed(sum, named)).collect::<Vec<_>>();
    sums.iter().flat_map(|sum| of_list(&sum)).collect()
}

/// Whether a heading tells of the whole: there is none, it is the title, or it has no words beside those of the title and
/// those that speak of all of it.
fn is_of_whole(reader: &Reader<'_>, heading: Option<u32>) -> bool {
    let (outline, words) = (reader.outline, reader.terms.words);
    let Some(index) = heading.filter(|&index| !outline.is_title(index)) else { return true };
    let titles = (0..).zip(&outline.sections).take_while(|&(at, _)| at <= index);
    let titles: Vec<&str> =
        titles.filter(|&(at, _)| outline.is_title(at)).map(|(_, part)| part.phrase.as_str()).collect();
    let is_named = |word: &str| titles.iter().any(|title| title.split(' ').any(|other| other == word));
    let is_whole =
        |word: &str| words.prose.claims.is_whole(word) || words.is_noun(word) || words.phrases.shows.contains(word);
    outline
        .section(index)
        .phrase
        .split(' ')
        .all(|word| is_whole(word) || words.phrases.parts_of_all.contains(word) || is_named(word))
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
