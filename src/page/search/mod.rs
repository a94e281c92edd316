//! The search index: one classic script that calls `readybook.index({…})`, loaded when a reader first searches. Words
//! are numbered by how often they occur, and a number is one character, so that a text is a few characters.

mod code;
mod slug;
mod words;

use super::edition::Desk;
use super::plan::{Page, Plan};
use super::row::tag_slug;
use super::url::element_id;
use crate::model::{Item, State};
use crate::site::{Document, DocumentId, Site};
use code::{column, push};
use rayon::prelude::*;
use serde::Serialize;
use slug::{default_anchor, plain_slug};
use std::collections::{BTreeSet, HashMap};
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
        (address, &document.checklist.title, &document.checklist.front.tags, document.counted).hash(&mut hasher);
        document.checklist.headings.iter().for_each(|heading| (&heading.title, &heading.anchor).hash(&mut hasher));
        for item in document.checklist.items.iter().filter(|item| !item.group) {
            (&item.text, &item.anchor, item.state, item.level, item.section).hash(&mut hasher);
            (&item.owners, item.due, &item.reference).hash(&mut hasher);
        }
        hasher.finish()
    };
    let hashes: Vec<u64> = site.documents.par_iter().zip(&plan.documents).map(hash).collect();
    let mut hasher = DefaultHasher::new();
    hashes.hash(&mut hasher);
    site.ladder.steps.iter().for_each(|step| (&step.key, &step.label).hash(&mut hasher));
    let mut name = String::new();
    let _ = write!(name, "{:016x}", hasher.finish());
    name.truncate(8);
    name
}

/// The script.
pub(super) fn script(desk: &Desk<'_>) -> Vec<u8> {
    let index = index(desk);
    let mut script = b"readybook.index(".to_vec();
    // Values are strings and numbers: nothing here can fail.
    let json = serde_json::to_string(&index).unwrap_or_else(|_| "{}".to_owned());
    script.extend_from_slice(json.replace('<', "\\u003c").as_bytes());
    script.extend_from_slice(b");\n");
    script
}

fn index<'a>(desk: &Desk<'a>) -> Index<'a> {
    let site = desk.site;
    let rows = Rows::of(site);
    let mut words = Words::default();
    rows.items.iter().for_each(|(_, _, item)| words.count(&item.text));
    let headings = || site.documents.iter().flat_map(|document| &document.checklist.headings);
    headings().for_each(|heading| words.count(&heading.title));
    words.number();
    let (owner_sets, owners) = sets(rows.items.iter().map(|(_, _, item)| owners_of(desk.plan, item)));
    let (tag_sets, tags) = sets(rows.items.iter().map(|(_, document, _)| tags_of(document)));
    let days: BTreeSet<_> = rows.items.iter().filter_map(|(_, _, item)| item.due).collect();
    let due: HashMap<_, usize> = days.iter().copied().zip(1..).collect();
    let items = Items {
        count: rows.items.len(),
        text: words.rows(rows.items.iter().map(|(_, _, item)| item.text.as_str())),
        state: column(rows.items.iter().map(|(_, _, item)| state_number(item.state))),
        level: column(rows.items.iter().map(|(_, _, item)| item.level.map_or(0, |level| usize::from(level.0) + 1))),
        owners: column(owners),
        due: column(rows.items.iter().map(|(_, _, item)| item.due.map_or(0, |day| due[&day]))),
        tags: column(tags),
        anchor: Column(rows.items.iter().map(|(_, document, item)| anchor_of(document, item)).collect()),
        reference: Column(rows.items.iter().map(|(_, _, item)| item.reference.as_deref().unwrap_or("")).collect()),
    };
    Index {
        v: 1,
        sections: sections(site, &words, &rows.counts),
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

fn sections<'a>(site: &'a Site, words: &Words<'_>, counts: &[u32]) -> Sections<'a> {
    let mut sections = Sections { items: counts.to_vec(), ..Sections::default() };
    let mut titles: Vec<&str> = Vec::with_capacity(counts.len());
    for (document, number) in site.documents.iter().zip(0..) {
        sections.document.push(number);
        push(&mut sections.depth, 0);
        titles.push("");
        sections.anchors.push("");
        for heading in &document.checklist.headings {
            sections.document.push(number);
            push(&mut sections.depth, usize::from(heading.level));
            titles.push(&heading.title);
            let is_plain = plain_slug(&heading.title).is_some_and(|slug| slug == heading.anchor);
            sections.anchors.push(if is_plain { "" } else { &heading.anchor });
        }
    }
    sections.titles = words.rows(titles.into_iter());
    sections
}

/// The anchor of an item; empty where the script can tell it from the rest.
fn anchor_of<'a>(document: &'a Document, item: &'a Item) -> &'a str {
    let heading = item.section.and_then(|index| document.checklist.sections.get(index as usize));
    let heading = heading.and_then(|section| document.checklist.headings.get(section.heading as usize));
    let section = heading.map_or("", |heading| heading.anchor.as_str());
    let is_default = default_anchor(item, section).is_some_and(|anchor| anchor == item.anchor);
    let is_own = element_id(&item.anchor) == item.anchor;
    if is_default && is_own { "" } else { &item.anchor }
}

fn documents<'a>(desk: &Desk<'a>) -> Vec<[&'a str; 4]> {
    let documents = desk.site.documents.iter().zip(&desk.plan.documents);
    let row = |(document, address): (&'a Document, &'a super::url::Address)| {
        // An address is encoded only where it holds more than ASCII, which a browser accepts in a link too.
        [document.checklist.title.as_str(), address.as_str(), document.stem(), document.stem()]
    };
    documents.map(row).collect()
}

fn pages(desk: &Desk<'_>) -> Vec<[String; 2]> {
    let page = |title: &str, page: &Page| [title.to_owned(), desk.plan.address(page).href().into_owned()];
    let mut pages = vec![
        page("Overview", &Page::Overview),
        page("Documents", &Page::Documents(1)),
        page("Items", &Page::Items(1)),
        page("Owners", &Page::Owners),
        page("Unowned", &Page::Unowned(1)),
        page("Priorities", &Page::Priorities),
        page("Findings", &Page::Findings(1)),
        page("Report", &Page::Report),
    ];
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

fn owners_of(plan: &Plan, item: &Item) -> Vec<u32> {
    item.owners.iter().filter_map(|owner| Some(plan.owner(owner)?.0)).collect()
}

fn tags_of(document: &Document) -> Vec<String> {
    document.checklist.front.tags.iter().map(|tag| tag_slug(tag)).collect()
}

/// The distinct sets, the empty one first and then the most frequent, and the number of each entry's.
fn sets<T: Clone + Ord + Hash>(entries: impl Iterator<Item = Vec<T>>) -> (Vec<Vec<T>>, Vec<usize>) {
    let entries: Vec<Vec<T>> = entries.collect();
    let mut counts: HashMap<&[T], usize> = HashMap::new();
    for entry in entries.iter().filter(|entry| !entry.is_empty()) {
        *counts.entry(entry).or_default() += 1;
    }
    let mut order: Vec<(&[T], usize)> = counts.into_iter().collect();
    order.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    let order: Vec<&[T]> = std::iter::once([].as_slice()).chain(order.into_iter().map(|(set, _)| set)).collect();
    let number: HashMap<&[T], usize> = order.iter().copied().zip(0..).collect();
    let numbers = entries.iter().map(|entry| number[entry.as_slice()]).collect();
    (order.into_iter().map(<[T]>::to_vec).collect(), numbers)
}
