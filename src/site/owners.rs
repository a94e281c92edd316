//! Owners: many spellings, one person or team.

use super::lots::Lots;
use super::shared::Revision;
use super::{Digest, Document, Group, OwnerGroup, OwnerSet};
use crate::config::Config;
use crate::finding::{Code, Finding};
use crate::model::Item;
use crate::source::Span;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{HashMap, HashSet};

/// An owner under the one name that the site uses.
struct Person {
    name: String,
    /// Whether the configuration lists it.
    listed: bool,
}

/// Whether an item names somebody twice.
fn names_twice(digest: &Digest) -> bool {
    let twice = |set: &OwnerSet| (1..set.owners.len()).any(|at| set.owners[..at].contains(&set.owners[at]));
    digest.sets.iter().any(twice)
}

/// The people of a site, by every spelling that was met.
#[derive(Default)]
struct People {
    all: Vec<Person>,
    /// By name or alias in lower case.
    by_folded: FxHashMap<String, usize>,
    /// By spelling, so that nothing is folded twice.
    by_spelling: FxHashMap<String, usize>,
}

impl People {
    fn of(config: &Config) -> Self {
        let mut people = Self::default();
        for owner in &config.owners {
            let person = people.all.len();
            people.all.push(Person { name: owner.name.clone(), listed: true });
            for name in std::iter::once(&owner.name).chain(&owner.aliases) {
                people.by_folded.entry(name.to_lowercase()).or_insert(person);
            }
        }
        people
    }

    fn find(&mut self, spelling: &str) -> usize {
        if let Some(&person) = self.by_spelling.get(spelling) {
            return person;
        }
        let next = self.all.len();
        let person = *self.by_folded.entry(spelling.trim().to_lowercase()).or_insert(next);
        if person == next {
            self.all.push(Person { name: spelling.trim().to_owned(), listed: false });
        }
        self.by_spelling.insert(spelling.to_owned(), person);
        person
    }

    /// The one name of an owner who is spelled otherwise.
    fn other_name(&self, spelling: &str) -> Option<&str> {
        let &person = self.by_spelling.get(spelling)?;
        Some(self.all[person].name.as_str()).filter(|name| *name != spelling)
    }

    /// Gives the owners in a document their one name. Most documents call everybody by it, and stay shared; another copy
    /// is made only where the names are not those that it was copied with last.
    fn rename_all(&self, document: &mut Document) {
        let digest = document.checklist.digest();
        let names: Vec<Option<String>> =
            digest.owners.iter().map(|(spelling, _)| self.other_name(spelling).map(str::to_owned)).collect();
        if names_twice(digest) || names.iter().any(Option::is_some) {
            let revised = document.checklist.revised(Revision::Owners(names), |checklist| {
                checklist.items.iter_mut().for_each(|item| self.rename(item));
            });
            document.checklist = revised;
        }
    }

    /// Gives the owners of an item their one name; whoever is named under two spellings owns it once.
    fn rename(&self, item: &mut Item) {
        for owner in &mut item.owners {
            let name = self.by_spelling.get(owner.as_str()).map(|&person| &self.all[person].name);
            if let Some(name) = name.filter(|name| *name != owner) {
                owner.clone_from(name);
            }
        }
        for at in (1..item.owners.len()).rev() {
            if item.owners[..at].contains(&item.owners[at]) {
                item.owners.remove(at);
            }
        }
    }
}

/// How the owners of a lot of documents are spelled.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// Each spelling once, in order of appearance.
    all: Vec<Box<str>>,
    /// Whether an item names one twice.
    twice: bool,
}

impl Spellings {
    fn of(documents: &[Document]) -> Self {
        let mut met: FxHashSet<&str> = FxHashSet::default();
        let mut spellings = Self::default();
        for digest in documents.iter().map(|document| document.checklist.digest()) {
            for (spelling, _) in digest.owners.iter().filter(|(spelling, _)| met.insert(spelling)) {
                spellings.all.push(spelling.clone());
            }
            spellings.twice |= names_twice(digest);
        }
        spellings
    }
}

/// Gives every owner of an item the one name: that of the configuration, or the first spelling of the site; case makes
/// no difference. Where the configuration lists owners, the others are told, once for each document. Gives back the
/// names, in order.
pub(super) fn unify(
    documents: &mut [Document],
    config: &Config,
    kept: &mut Lots<Spellings>,
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let mut people = People::of(config);
    let mut met = FxHashSet::default();
    let lots = kept.answers(documents, |_, documents| Spellings::of(documents));
    for (_, spellings) in &lots {
        met.extend(spellings.all.iter().map(|spelling| people.find(spelling)));
    }
    if !config.owners.is_empty() {
        findings.par_extend(documents.par_iter().flat_map_iter(|document| strangers(document, &people, config)));
    }
    for (lot, spellings) in lots {
        if spellings.twice || spellings.all.iter().any(|spelling| people.other_name(spelling).is_some()) {
            documents[lot].par_iter_mut().for_each(|document| people.rename_all(document));
        }
    }
    let people = people.all.into_iter().enumerate();
    let mut names: Vec<String> = people.filter(|(at, _)| met.contains(at)).map(|(_, person)| person.name).collect();
    names.sort_by_cached_key(|name| (name.trim_start_matches('@').to_lowercase(), name.clone()));
    names
}

/// Tells of the owners in a document that the configuration does not list.
fn strangers(document: &Document, people: &People, config: &Config) -> Vec<Finding> {
    let mut met = FxHashSet::default();
    let owners = document.checklist.digest().owners.iter();
    let strangers = owners.filter_map(|(spelling, item)| {
        let &person = people.by_spelling.get(&**spelling)?;
        (!people.all[person].listed && met.insert(person)).then_some((person, item))
    });
    let tell = |(person, item): (usize, &u32)| {
        let span = document.checklist.items[*item as usize].span;
        stranger(&people.all[person].name, config, document, span)
    };
    strangers.map(tell).collect()
}

fn stranger(name: &str, config: &Config, document: &Document, span: Span) -> Finding {
    let message = format!("`{name}` is no owner that the configuration lists");
    let known = config.owners.iter().flat_map(|owner| std::iter::once(&owner.name).chain(&owner.aliases));
    let help = match crate::config::nearest(name, known.map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add it to `[owners]` in {}", config.path),
    };
    Finding::new(Code::UnknownOwner, document.source.path.clone(), Some(span), message).help(help)
}

/// The groups of owners, in the order of their names, without items yet.
pub(super) fn groups(names: Vec<String>) -> Vec<OwnerGroup> {
    let slugs = slugs(&names);
    let owner = |(name, slug)| OwnerGroup { name, slug, group: Group::default() };
    names.into_iter().zip(slugs).map(owner).collect()
}

/// Names that the site uses for pages beside the owners' own.
const RESERVED: &[&str] = &["unowned", "index"];

/// The names as path segments, in their order: lower case, letters, digits and hyphens, unique, none of the site's own
/// and none that a file system refuses; at most 80 bytes.
fn slugs(names: &[String]) -> Vec<String> {
    let mut taken: HashSet<String> = RESERVED.iter().map(|&name| name.to_owned()).collect();
    let mut next: HashMap<String, u32> = HashMap::new();
    names
        .iter()
        .map(|name| {
            let base = slug(name);
            if taken.insert(base.clone()) {
                return base;
            }
            let number = next.entry(base.clone()).or_insert(1);
            loop {
                *number += 1;
                let slug = format!("{base}-{number}");
                if taken.insert(slug.clone()) {
                    return slug;
                }
            }
        })
        .collect()
}

fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let normal: String = name.nfc().collect();
    let slug = github_slugger::slug(&normal);
    let slug = slug.trim_matches('-');
    let end = (0..=slug.len().min(80)).rev().find(|&end| slug.is_char_boundary(end)).unwrap_or_default();
    match &slug[..end] {
        "" => "owner".to_owned(),
        slug if is_device(slug) => format!("{slug}-owner"),
        slug => slug.to_owned(),
    }
}

/// Whether Windows takes a name for a device.
fn is_device(name: &str) -> bool {
    let numbered = |prefix| name.strip_prefix(prefix).is_some_and(|rest: &str| rest.len() == 1 && rest.is_ascii());
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique_and_safe() {
        let names = ["@kai", "Kai", "kai!", "Unowned", "🦀", "✅", "CON", "com1", "QA / Lead", "Ünal", "kai-2"];
        let slugs = slugs(&names.map(str::to_owned));
        assert_eq!(
            slugs,
            [
                "kai",
                "kai-2",
                "kai-3",
                "unowned-2",
                "owner",
                "owner-2",
                "con-owner",
                "com1-owner",
                "qa--lead",
                "ünal",
                "kai-2-2"
            ]
        );
        assert!(super::slugs(&["x".repeat(300)])[0].len() <= 80);
    }
}
