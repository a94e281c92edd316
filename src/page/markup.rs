//! What is the same in many rows, as markup that is made once: what a row says of its document and of its owners. A site
//! has five rows for each item.

use super::row::tag_slug;
use super::url::Address;
use crate::markdown::{Html, Writer};
use crate::site::{Document, ItemId, Site};
use rayon::prelude::*;
use std::collections::HashMap;

/// Markup that rows share.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// By document.
    pub(super) documents: Vec<DocumentMarkup>,
    /// Every set of owners that some item has, the empty one first.
    sets: Vec<OwnersMarkup>,
    /// For each document, where its items begin in `set_of`.
    starts: Vec<u32>,
    /// For each item its set of owners.
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
    /// The markup for a site. `slug` gives the name of an owner in filters.
    pub(super) fn of<'s>(site: &Site, addresses: &[Address], slug: impl Fn(&str) -> Option<&'s str>) -> Self {
        let documents =
            site.documents.par_iter().zip(addresses).map(|(document, address)| of_document(document, address));
        let mut markup = Self {
            documents: documents.collect(),
            sets: vec![OwnersMarkup::default()],
            starts: Vec::with_capacity(site.documents.len()),
            set_of: Vec::with_capacity(site.tally.items() as usize),
        };
        let mut known: HashMap<&[String], u32> = HashMap::new();
        for document in &site.documents {
            markup.starts.push(number(markup.set_of.len()));
            for item in &document.checklist.items {
                let set = match item.owners.as_slice() {
                    [] => 0,
                    owners => *known.entry(owners).or_insert_with(|| {
                        markup.sets.push(of_owners(owners, &slug));
                        number(markup.sets.len() - 1)
                    }),
                };
                markup.set_of.push(set);
            }
        }
        markup
    }

    /// What a row says of an item's owners.
    pub(super) fn owners(&self, id: ItemId) -> &OwnersMarkup {
        let at = self.starts[id.document.0 as usize] + id.index;
        &self.sets[self.set_of[at as usize] as usize]
    }
}

fn of_document(document: &Document, address: &Address) -> DocumentMarkup {
    let made = |write: &dyn Fn(&mut Writer)| {
        let mut out = Writer::default();
        write(&mut out);
        out.finish()
    };
    let tags: Vec<String> = document.checklist.front.tags.iter().map(|tag| tag_slug(tag)).collect();
    DocumentMarkup {
        href: made(&|out| {
            out.text(&address.href());
        }),
        name: made(&|out| {
            out.text(document.stem()).raw("#");
        }),
        title: made(&|out| {
            out.text(&document.checklist.title);
        }),
        tags: made(&|out| {
            if !tags.is_empty() {
                out.attribute("data-tags", &tags.join(" "));
            }
        }),
    }
}

fn of_owners<'s>(owners: &[String], slug: &impl Fn(&str) -> Option<&'s str>) -> OwnersMarkup {
    let slugs: Vec<&str> = owners.iter().filter_map(|owner| slug(owner)).collect();
    let (mut data, mut names) = (Writer::default(), Writer::default());
    if !slugs.is_empty() {
        data.attribute("data-owner", &slugs.join(" "));
    }
    names.raw("<span class=\"row-owner\">").text(&owners.join(", ")).raw("</span>");
    OwnersMarkup { data: data.finish(), names: names.finish() }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
