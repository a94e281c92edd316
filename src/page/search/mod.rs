//! The search index: one classic script that calls `readybook.index({…})`, loaded when a reader first searches. Words
//! are numbered by how often they occur, and a number is one character, so that a text is a few characters.

mod code;
mod script;
mod slug;
mod words;

use super::chrome::nav;
use super::edition::Desk;
use super::plan::{Page, Plan};
use super::row::tag_slug;
use super::url::element_id;
use crate::model::{Item, State};
use crate::site::{Document, DocumentId, Site};
use code::{column, push};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use script::in_script;
use serde::Serialize;
use slug::{is_default_anchor, is_slug};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use words::Words;

/// The index as the script reads it.
#[derive(Serialize)]
struct Index<'a> {
    /// Version of the format.
    v: u32,
    words: String,
    /// Title, address, value of filters, and what the ids of its items begin with.
    documents: Vec<[&'a str; 4]>,
    /// Other pages: title and address.
    pages: Vec<[String; 2]>,
    levels: Vec<[&'a str; 3]>,
    owners: Vec<[&'a str; 2]>,
    owner_sets: Vec<Vec<u32>>,
    dues: Vec<String>,
    tag_sets: Vec<Vec<String>>,
    sections: Sections<'a>,
    items: Items<'a>,
}

/// For each document one section without title, and then its headings in order.
#[derive(Default, Serialize)]
struct Sections<'a> {
    document: Vec<u32>,
    depth: String,
    titles: String,
    anchors: Vec<&'a str>,
    /// How many items stand directly in each.
    items: Vec<u32>,
}

/// A row for each item, in order of documents and sections.
#[derive(Default, Serialize)]
struct Items<'a> {
    count: usize,
    text: String,
    state: String,
    level: String,
    owners: String,
    due: String,
    tags: String,
    anchor: Column<'a>,
    reference: Column<'a>,
}

/// Texts, joined by line breaks.
#[derive(Default)]
struct Column<'a>(Vec<&'a str>);

impl Serialize for Column<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_empty = self.0.iter().all(|text| text.is_empty());
        serializer.serialize_str(&if is_empty { String::new() } else { self.0.join("\n") })
    }
}

/// A hash of all that the index is made of, for the name of its file.
pub(super) fn fingerprint(site: &Site, plan: &Plan) -> String {
    let hash = |(document, address): (&Document, &super::url::Address)| {
        let mut hasher = DefaultHasher::new();
        (address, document.checklist.fingerprint(), document.counted).hash(&mut hasher);
        hasher.finish()
    };
    let hashes: Vec<u64> = site.documents.par_iter().zip(plan.documents()).map(hash).collect();
    let mut hasher = DefaultHasher::new();
    hashes.hash(&mut hasher);
    site.ladder.steps.iter().for_each(|step| (&step.key, &step.label).hash(&mut hasher));
    nav(plan).for_each(|(label, _)| label.hash(&mut hasher));
    let mut name = String::new();
    let _ = write!(name, "{:016x}", hasher.finish());
    name.truncate(8);
    name
}

/// The script.
pub(super) fn script(desk: &Desk<'_>) -> Vec<u8> {
    let index = index(desk);
    let mut script = Vec::with_capacity(index.bytes());
    script.extend_from_slice(b"readybook.index(");
    // Values are strings and numbers, and writing to memory does not fail.
    let _ = serde_json::to_writer(&mut script, &index);
    script.extend_from_slice(b");\n");
    in_script(script)
}

impl Index<'_> {
    /// Bytes that it takes as JSON, about.
    fn bytes(&self) -> usize {
        let items = &self.items;
        let columns = [&items.text, &items.state, &items.level, &items.owners, &items.due, &items.tags];
        let anchors = items.anchor.0.iter().chain(&items.reference.0).map(|text| text.len() + 2).sum::<usize>();
        let columns: usize = columns.iter().map(|column| column.len()).sum();
        let sections = self.sections.titles.len() + self.sections.document.len() * 12;
        // Line breaks within a text take two bytes.
        columns + anchors + items.count + sections + self.words.len() + self.documents.len() * 200 + 4096
    }
}

fn index<'a>(desk: &Desk<'a>) -> Index<'a> {
    let site = desk.site;
    let rows = Rows::of(site);
    let mut words = Words::default();
    rows.items.iter().for_each(|(_, _, item)| words.add(&item.text));
    for document in &site.documents {
        words.add("");
        document.checklist.headings.iter().for_each(|heading| words.add(&heading.title));
    }
    let (items_end, end) = (rows.items.len(), words.texts());
    let words = words.number();
    let (owner_sets, owners) = sets(rows.items.iter().map(|(_, _, item)| item.owners.as_slice()));
    let owner_sets = owner_sets.into_iter().map(|owners| owners_of(desk.plan, owners)).collect();
    let (tag_sets, tags) = sets(rows.items.iter().map(|(_, document, _)| document.checklist.front.tags.as_slice()));
    let tag_sets = tag_sets.into_iter().map(|tags| tags.iter().map(|tag| tag_slug(tag)).collect()).collect();
    let days: BTreeSet<_> = rows.items.iter().filter_map(|(_, _, item)| item.due).collect();
    let due: FxHashMap<_, usize> = days.iter().copied().zip(1..).collect();
    let mut room = Vec::new();
    let items = Items {
        count: rows.items.len(),
        text: words.rows(0..items_end),
        state: column(rows.items.iter().map(|(_, _, item)| state_number(item.state))),
        level: column(rows.items.iter().map(|(_, _, item)| item.level.map_or(0, |level| usize::from(level.0) + 1))),
        owners: column(owners),
        due: column(rows.items.iter().map(|(_, _, item)| item.due.map_or(0, |day| due[&day]))),
        tags: column(tags),
        anchor: Column(rows.items.iter().map(|(_, document, item)| anchor_of(document, item, &mut room)).collect()),
        reference: Column(rows.items.iter().map(|(_, _, item)| item.reference.as_deref().unwrap_or("")).collect()),
    };
    Index {
        v: 1,
        sections: Sections { titles: words.rows(items_end..end), ..sections(site, &rows.counts) },
        items,
        words: words.list(),
        documents: documents(desk),
        pages: pages(desk),
        levels: levels(desk),
        owners: site.owners.iter().zip(&desk.plan.owners).map(|(owner, slug)| [owner.name.as_str(), slug]).collect(),
        owner_sets,
        dues: days.iter().map(ToString::to_string).collect(),
        tag_sets,
    }
}

/// Items in the order of the index.
struct Rows<'a> {
    items: Vec<(DocumentId, &'a Document, &'a Item)>,
    /// How many items stand directly in each section.
    counts: Vec<u32>,
}

impl<'a> Rows<'a> {
    fn of(site: &'a Site) -> Self {
        let mut rows = Self { items: Vec::with_capacity(site.tally.items() as usize), counts: Vec::new() };
        for (id, document) in (0..).map(DocumentId).zip(&site.documents) {
            let checklist = &document.checklist;
            let section = |item: &Item| {
                let section = item.section.and_then(|index| checklist.sections.get(index as usize));
                section.map_or(0, |section| section.heading as usize + 1)
            };
            let first = rows.counts.len();
            rows.counts.resize(first + checklist.headings.len() + 1, 0);
            let mut leaves: Vec<(usize, &Item)> = Vec::new();
            if document.counted {
                leaves.extend(document.leaves().map(|(_, item)| (section(item), item)));
                leaves.sort_by_key(|&(section, _)| section);
            }
            for (section, item) in leaves {
                rows.counts[first + section] += 1;
                rows.items.push((id, document, item));
            }
        }
        rows
    }
}

fn sections<'a>(site: &'a Site, counts: &[u32]) -> Sections<'a> {
    let mut sections = Sections { items: counts.to_vec(), ..Sections::default() };
    let mut room = Vec::new();
    for (document, number) in site.documents.iter().zip(0..) {
        sections.document.push(number);
        push(&mut sections.depth, 0);
        sections.anchors.push("");
        for heading in &document.checklist.headings {
            sections.document.push(number);
            push(&mut sections.depth, usize::from(heading.level));
            let is_plain = is_slug(&heading.anchor, &heading.title, &mut room);
            sections.anchors.push(if is_plain { "" } else { &heading.anchor });
        }
    }
    sections
}

/// The anchor of an item; empty where the script can tell it from the rest.
fn anchor_of<'a>(document: &'a Document, item: &'a Item, room: &mut Vec<u8>) -> &'a str {
    let heading = item.section.and_then(|index| document.checklist.sections.get(index as usize));
    let heading = heading.and_then(|section| document.checklist.headings.get(section.heading as usize));
    let section = heading.map_or("", |heading| heading.anchor.as_str());
    let is_default = is_default_anchor(item, section, room) && matches!(element_id(&item.anchor), Cow::Borrowed(_));
    if is_default { "" } else { &item.anchor }
}

fn documents<'a>(desk: &Desk<'a>) -> Vec<[&'a str; 4]> {
    let documents = desk.site.documents.iter().zip(desk.plan.documents());
    let row = |(document, address): (&'a Document, &'a super::url::Address)| {
        // An address is encoded only where it holds more than ASCII, which a browser accepts in a link too.
        [document.checklist.title.as_str(), address.as_str(), document.stem(), document.stem()]
    };
    documents.map(row).collect()
}

fn pages(desk: &Desk<'_>) -> Vec<[String; 2]> {
    let page = |title: &str, page: &Page| [title.to_owned(), desk.plan.address(page).href().into_owned()];
    let mut pages: Vec<_> = nav(desk.plan).map(|(label, own)| page(label, own)).collect();
    pages.push(page("Unowned", &Page::Unowned(1)));
    for level in desk.site.ladder.levels() {
        let step = desk.site.ladder.step(level);
        pages.push(page(&format!("{} {}", step.key, step.label), &Page::Level(Some(level), 1)));
    }
    for (owner, index) in desk.site.owners.iter().zip(0..) {
        pages.push(page(&owner.name, &Page::Owner(index, 1)));
    }
    pages
}

fn levels<'a>(desk: &Desk<'a>) -> Vec<[&'a str; 3]> {
    let steps = desk.site.ladder.steps.iter().zip(&desk.plan.levels);
    steps.map(|(step, slug)| [step.key.as_str(), slug.as_str(), step.label.as_str()]).collect()
}

fn state_number(state: State) -> usize {
    State::ALL.iter().position(|own| *own == state).unwrap_or_default()
}

fn owners_of(plan: &Plan, owners: &[String]) -> Vec<u32> {
    owners.iter().filter_map(|owner| Some(plan.owner(owner)?.0)).collect()
}

/// The distinct sets, the empty one first and then the most frequent, and the number of each entry's.
fn sets<'a>(entries: impl Iterator<Item = &'a [String]>) -> (Vec<&'a [String]>, Vec<usize>) {
    let mut places: FxHashMap<&[String], usize> = FxHashMap::default();
    let mut counts: Vec<(&[String], usize)> = vec![(&[], 0)];
    let place = |entry: &'a [String]| {
        if entry.is_empty() {
            return 0;
        }
        let place = *places.entry(entry).or_insert_with(|| {
            counts.push((entry, 0));
            counts.len() - 1
        });
        counts[place].1 += 1;
        place
    };
    let of_entries: Vec<usize> = entries.map(place).collect();
    let mut order: Vec<usize> = (1..counts.len()).collect();
    order.sort_by(|&one, &other| counts[other].1.cmp(&counts[one].1).then_with(|| counts[one].0.cmp(counts[other].0)));
    order.insert(0, 0);
    let mut numbers = vec![0; counts.len()];
    order.iter().enumerate().for_each(|(number, &place)| numbers[place] = number);
    let sets = order.into_iter().map(|place| counts[place].0).collect();
    (sets, of_entries.into_iter().map(|place| numbers[place]).collect())
}
