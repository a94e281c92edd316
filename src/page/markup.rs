//! What is the same in many rows, as markup that is made once: what a row says of its document and of its owners. A site
//! has five rows for each item.

use super::plan::{Page, Plan};
use super::row::{section_title, tag_slug};
use super::url::Address;
use crate::markdown::{Html, Writer};
use crate::model::Level;
use crate::site::{Document, DocumentId, ItemId, Site};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Markup that rows share.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// By document, made when the first row asks for it.
    documents: Vec<OnceLock<DocumentMarkup>>,
    /// By level.
    pub(super) levels: Vec<LevelMarkup>,
    /// By owner, as [`Site::owners`]: the address from the root.
    pub(super) owners: Vec<Html>,
    /// By set of owners, made when the first row asks for it: a preview that shows a document does without.
    sets: OnceLock<Sets>,
}

/// What rows say of every set of owners.
#[derive(Debug)]
struct Sets {
    /// Every set of owners that some item has, the empty one first.
    sets: Vec<OwnersMarkup>,
    /// For each document, where its sets begin in `set_of`.
    starts: Vec<u32>,
    /// For each set of owners of a document, which of `sets` it is.
    set_of: Vec<u32>,
}

/// What rows say of a document.
#[derive(Debug)]
pub(super) struct DocumentMarkup {
    /// Its address from the root, as the value of an attribute.
    pub(super) href: Html,
    /// What the names of its items begin with, `#` included.
    pub(super) name: Html,
    /// Its title.
    pub(super) title: Html,
    /// Its tags as an attribute; empty where it has none.
    pub(super) tags: Html,
    /// The titles of its sections as rows show them behind the document's, one after the other.
    sections: Html,
    /// Where each of them ends in `sections`.
    ends: Box<[u32]>,
}

impl DocumentMarkup {
    /// Writes what a row says behind the title of the document: the heading that its item stands below.
    pub(super) fn write_section(&self, section: Option<u32>, out: &mut Writer) {
        let Some(section) = section.map(|section| section as usize) else { return };
        let Some(&end) = self.ends.get(section) else { return };
        let start = section.checked_sub(1).map_or(0, |before| self.ends[before]);
        out.part(&self.sections, start as usize..end as usize);
    }
}

/// What rows say of a level.
#[derive(Debug)]
pub(super) struct LevelMarkup {
    /// The address of its list from the root.
    pub(super) href: Html,
    /// The level as an attribute.
    pub(super) data: Html,
    /// Its key in a row.
    pub(super) chip: Html,
    /// The class of a link to it, and what begins the link's address.
    pub(super) link: Html,
    /// Its key.
    pub(super) key: Html,
}

/// What rows say of some owners.
#[derive(Debug, Default)]
pub(super) struct OwnersMarkup {
    /// The owners as an attribute; empty for nobody.
    pub(super) data: Html,
    /// Their names, in their element; empty for nobody.
    pub(super) names: Html,
}

impl Markup {
    /// The markup for a site whose addresses are given.
    pub(super) fn of(site: &Site, plan: &Plan) -> Self {
        let owners = (0..).take(site.owners.len()).map(|owner| escaped(&plan.address(&Page::Owner(owner, 1)).href()));
        Self {
            documents: site.documents.iter().map(|_| OnceLock::new()).collect(),
            levels: site.ladder.levels().map(|level| of_level(level, site, plan)).collect(),
            owners: owners.collect(),
            sets: OnceLock::new(),
        }
    }

    /// What rows say of a document.
    pub(super) fn document(&self, site: &Site, plan: &Plan, id: DocumentId) -> &DocumentMarkup {
        let made = || of_document(site.document(id), &plan.documents()[id.0 as usize]);
        self.documents[id.0 as usize].get_or_init(made)
    }

    /// What a row says of an item's owners.
    pub(super) fn owners_of(&self, site: &Site, plan: &Plan, id: ItemId) -> &OwnersMarkup {
        let sets = self.sets.get_or_init(|| Sets::of(site, plan));
        let set = site.document(id.document).checklist.digest().set_of[id.index as usize];
        let at = sets.starts[id.document.0 as usize] + set;
        &sets.sets[sets.set_of[at as usize] as usize]
    }
}

impl Sets {
    fn of(site: &Site, plan: &Plan) -> Self {
        let mut markup = Self {
            sets: vec![OwnersMarkup::default()],
            starts: Vec::with_capacity(site.documents.len()),
            set_of: Vec::with_capacity(site.documents.len()),
        };
        let mut known_sets: FxHashMap<Vec<&str>, u32> = FxHashMap::default();
        let mut owners: Vec<&str> = Vec::new();
        for document in &site.documents {
            markup.starts.push(number(markup.set_of.len()));
            let digest = document.checklist.digest();
            for set in &digest.sets {
                owners.clear();
                owners.extend(set.owners.iter().map(|&owner| &*digest.owners[owner as usize].0));
                let known = match owners.as_slice() {
                    [] => Some(0),
                    owners => known_sets.get(owners).copied(),
                };
                let set = known.unwrap_or_else(|| {
                    markup.sets.push(of_owners(&owners, plan));
                    known_sets.insert(owners.clone(), number(markup.sets.len() - 1));
                    number(markup.sets.len() - 1)
                });
                markup.set_of.push(set);
            }
        }
        markup
    }
}

fn of_document(document: &Document, address: &Address) -> DocumentMarkup {
    let mut name = Writer::default();
    name.text(document.stem()).raw("#");
    let (mut sections, mut ends) = (Writer::default(), Vec::with_capacity(document.checklist.sections.len()));
    for section in &document.checklist.sections {
        if let Some(title) = section_title(document, section) {
            sections.raw(" › ").text(&titled(title));
        }
        ends.push(number(sections.len()));
    }
    let tags: Vec<String> = document.checklist.front.tags.iter().map(|tag| tag_slug(tag)).collect();
    DocumentMarkup {
        href: escaped(&address.href()),
        name: name.finish(),
        title: escaped(&titled(&document.checklist.title)),
        tags: if tags.is_empty() { Html::default() } else { attribute("data-tags", &tags.join(" ")) },
        sections: sections.finish(),
        ends: ends.into(),
    }
}

fn of_level(level: Level, site: &Site, plan: &Plan) -> LevelMarkup {
    let step = site.ladder.step(level);
    let class = u32::from(level.0.min(3));
    let (mut chip, mut link) = (Writer::default(), Writer::default());
    chip.raw("<span class=\"row-level\"><span class=\"chip l").number(class).raw("\">").text(&step.key);
    chip.raw("</span></span>");
    link.raw("<a class=\"chip l").number(class).raw("\" href=\"");
    LevelMarkup {
        href: escaped(&plan.address(&Page::Level(Some(level), 1)).href()),
        data: attribute("data-level", plan.level_slug(Some(level))),
        chip: chip.finish(),
        link: link.finish(),
        key: escaped(&step.key),
    }
}

fn of_owners(owners: &[&str], plan: &Plan) -> OwnersMarkup {
    let slugs: Vec<&str> = owners.iter().filter_map(|owner| Some(plan.owner(owner)?.1)).collect();
    let mut names = Writer::default();
    names.raw("<span class=\"row-owner\">").text(&in_short(owners)).raw("</span>");
    OwnersMarkup {
        data: if slugs.is_empty() { Html::default() } else { attribute("data-owner", &slugs.join(" ")) },
        names: names.finish(),
    }
}

/// Owners in the room that a row has for them: the rest is on the page of the item.
fn in_short(owners: &[&str]) -> String {
    let lengths = owners.iter().scan(0, |length, owner| {
        *length += owner.len() + 2;
        Some(*length)
    });
    let shown = lengths.take_while(|&length| length <= 160).count().max(1).min(owners.len());
    let names = owners[..shown].join(", ");
    if shown < owners.len() { format!("{names} and {} more", owners.len() - shown) } else { names }
}

/// A title in the room that a row has for it.
pub(super) fn titled(title: &str) -> Cow<'_, str> {
    match title.char_indices().nth(120) {
        Some((end, _)) => Cow::Owned(format!("{}…", title[..end].trim_end())),
        None => Cow::Borrowed(title),
    }
}

fn escaped(text: &str) -> Html {
    let mut out = Writer::default();
    out.text(text);
    out.finish()
}

fn attribute(name: &'static str, value: &str) -> Html {
    let mut out = Writer::default();
    out.attribute(name, value);
    out.finish()
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
