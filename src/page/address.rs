//! Which address every document and file gets. The site's own come first; what would fall on one that is taken is
//! moved, and told.

use super::alias::{self, Alias};
use super::plan::{Badge, Page};
use super::url::{Address, safe_segment};
use crate::finding::{Code, Finding};
use crate::site::{Document, DocumentId, Site, Target};
use crate::source::RelPath;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// Names at the root that are the site's own; a document or file that begins with one moves aside.
const RESERVED: &[&str] = &[
    "404.html",
    "assets",
    "badge",
    "documents",
    "feed.xml",
    "findings",
    "history",
    "index.html",
    "items",
    "items.csv",
    "owners",
    "priorities",
    "readiness.json",
    "report",
    "robots.txt",
    "sitemap.xml",
    "states",
];

/// Addresses of documents and of the files beside them. They are the same for every site whose documents have the same
/// paths and wishes and link to the same files, so that a preview keeps them over most saves.
#[derive(Debug, Default)]
pub struct Addresses {
    /// What they were given for, by document.
    wishes: Vec<Wish>,
    /// What is at them, made when first asked for.
    entries: OnceLock<BTreeMap<Address, Page>>,
    /// By document.
    pub(super) documents: Vec<Address>,
    /// By path of the file.
    pub(super) files: BTreeMap<RelPath, Address>,
    /// Former addresses.
    pub(super) aliases: Vec<Alias>,
    /// What had to move, and why.
    pub(super) findings: Vec<Finding>,
}

/// What is taken: files and pages by key, each with whose it is, and the folders around them.
#[derive(Default)]
pub(super) struct Taken<'s> {
    files: FxHashMap<String, &'s RelPath>,
    folders: FxHashSet<String>,
}

/// What decides about the address of a document: its path, and what its front matter asks for.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    path: RelPath,
    /// Most documents ask for nothing.
    asked: Option<Box<Asked>>,
}

/// What front matter asks for, with its text, since findings tell places in it.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    slug: Option<String>,
    aliases: Vec<String>,
    front: String,
}

impl Wish {
    fn of(document: &Document) -> Self {
        let front = &document.checklist.front;
        let asked = (front.slug.is_some() || !front.aliases.is_empty()).then(|| {
            let text = document.source.text().get(..document.checklist.body as usize).unwrap_or_default();
            Box::new(Asked { slug: front.slug.clone(), aliases: front.aliases.clone(), front: text.to_owned() })
        });
        Self { path: document.source.path.clone(), asked }
    }
}

impl Addresses {
    /// The addresses for a site: those of another, where the same is asked for.
    #[must_use]
    pub fn like(last: Option<&Arc<Self>>, site: &Site) -> Arc<Self> {
        let same = last.filter(|last| last.fit(site));
        same.cloned().unwrap_or_else(|| Arc::new(Self::of(site)))
    }

    /// What is to be said about them: which moved, and which fall on one.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether these are the addresses for a site.
    fn fit(&self, site: &Site) -> bool {
        let documents = || site.documents.iter();
        self.wishes.len() == site.documents.len()
            && self.wishes.iter().zip(documents()).all(|(wish, document)| *wish == Wish::of(document))
            && files(site).into_iter().eq(self.files.keys())
    }

    /// What is at the addresses of documents, with their badges, of files and former addresses.
    pub(super) fn entries(&self) -> &BTreeMap<Address, Page> {
        self.entries.get_or_init(|| {
            let ids = || (0..).map(DocumentId);
            let documents = self.documents.iter().zip(ids());
            let mut entries: Vec<(Address, Page)> =
                documents.clone().map(|(address, id)| (address.clone(), Page::Document(id))).collect();
            let aliases = self.aliases.iter().zip(0..);
            entries.extend(aliases.map(|(alias, number)| (alias.address.clone(), Page::Alias(number))));
            for (address, id) in documents {
                let badge = Badge::Document(id);
                entries.push((of_badge(address, "svg"), Page::Badge(badge)));
                entries.push((of_badge(address, "json"), Page::BadgeEndpoint(badge)));
            }
            entries.extend(self.files.iter().map(|(path, address)| (address.clone(), Page::File(path.clone()))));
            entries.into_iter().collect()
        })
    }

    pub(super) fn of(site: &Site) -> Self {
        let mut addresses = Self { wishes: site.documents.iter().map(Wish::of).collect(), ..Self::default() };
        let mut taken = Taken::default();
        for document in &site.documents {
            let address = addresses.document(document, &mut taken);
            addresses.documents.push(address);
        }
        for path in files(site) {
            let address = addresses.file(path, &mut taken);
            addresses.files.insert(path.clone(), address);
        }
        addresses.aliases = alias::all(site, &addresses.documents, &mut taken, &mut addresses.findings);
        addresses
    }

    fn document<'s>(&mut self, document: &'s Document, taken: &mut Taken<'s>) -> Address {
        let path = &document.source.path;
        let folder = folder(path);
        let slug = document.checklist.front.slug.as_deref().map(safe_segment);
        let is_folder_page = ["readme", "index", "_index"].iter().any(|own| path.stem().eq_ignore_ascii_case(own));
        let name = match slug {
            Some(slug) => Some(slug),
            None if is_folder_page && !folder.is_empty() => None,
            None => Some(safe_segment(path.stem())),
        };
        let wanted = match &name {
            Some(name) => join(&folder, name),
            None => folder.clone(),
        };
        let moved = aside(&wanted);
        // The page of the root is the overview: that a README there has a page of its own is what everybody expects.
        let is_root_page = is_folder_page && folder.is_empty();
        if !is_root_page && moved != wanted {
            let own = wanted.split('/').next().unwrap_or_default();
            let message = format!("is published at `{moved}/`, because `{own}/` belongs to the site itself");
            self.findings.push(Finding::new(Code::AddressMoved, path.clone(), None, message));
        }
        // A page of a folder that is taken goes below its own name, and not beside the folder.
        let other = aside(&join(&folder, &safe_segment(path.stem())));
        let nth = |number| match number {
            1 => Address::page(&moved),
            _ => Address::page(&format!("{other}-{number}")),
        };
        let address = self.free(path, &moved, nth, taken);
        taken.note(&address, path);
        address
    }

    fn file<'s>(&mut self, path: &'s RelPath, taken: &mut Taken<'s>) -> Address {
        let wanted = aside(&join(&folder(path), &safe_segment(path.name())));
        let (stem, ending) = wanted.rsplit_once('.').unwrap_or((&wanted, ""));
        let nth = |number| match number {
            1 => Address::new(&wanted),
            _ => Address::new(&format!("{stem}-{number}.{ending}")),
        };
        let address = self.free(path, &wanted, nth, taken);
        taken.note(&address, path);
        address
    }

    /// The first address that is free; told when it is not the one that was wanted.
    fn free(&mut self, path: &RelPath, wanted: &str, address: impl Fn(u32) -> Address, taken: &Taken<'_>) -> Address {
        let first = address(1);
        let Some(other) = taken.by(&first) else { return first };
        let message = match other {
            Some(other) => format!("would have the address `{wanted}`, which `{other}` has"),
            None => format!("would have the address `{wanted}`, which is a folder of the site"),
        };
        let finding = Finding::new(Code::AddressTaken, path.clone(), None, message);
        self.findings.push(finding.help("rename one of them, or give a document another `slug`"));
        (2..).map(address).find(|address| taken.by(address).is_none()).unwrap_or(first)
    }
}

impl<'s> Taken<'s> {
    /// Who has an address: `None` when it is free, `Some(None)` when it is a folder.
    pub(super) fn by(&self, address: &Address) -> Option<Option<&'s RelPath>> {
        let key = address.key();
        let owner = self.files.get(&key).or_else(|| self.files.get(key.strip_suffix("/index.html")?));
        match owner {
            Some(path) => Some(Some(path)),
            None => self.folders.contains(&key).then_some(None),
        }
    }

    /// Takes an address.
    pub(super) fn note(&mut self, address: &Address, path: &'s RelPath) {
        let key = address.key();
        for (at, _) in key.match_indices('/') {
            if !self.folders.contains(&key[..at]) {
                self.folders.insert(key[..at].to_owned());
            }
        }
        self.files.insert(key, path);
    }
}

/// The address of a document's badge.
pub(super) fn of_badge(document: &Address, ending: &str) -> Address {
    let page = document.as_str();
    let folder = page.strip_suffix("/index.html").unwrap_or(page);
    Address::new(&format!("badge/documents/{folder}.{ending}"))
}

/// The files that are published because of a link to them.
fn files(site: &Site) -> BTreeSet<&RelPath> {
    site.documents.iter().flat_map(|document| document.targets.iter()).filter_map(asset).collect()
}

/// The file that is published because of a link to it.
fn asset(target: &Target) -> Option<&RelPath> {
    match target {
        Target::Asset(path) => Some(path),
        _ => None,
    }
}

/// The folder of a path, made of safe segments.
fn folder(path: &RelPath) -> String {
    let segments = path.folder().split('/').filter(|segment| !segment.is_empty());
    segments.map(safe_segment).collect::<Vec<_>>().join("/")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The same path, moved aside when it begins with a name of the site's own: `items/x` to `items-doc/x`.
pub(super) fn aside(path: &str) -> String {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let reserved = RESERVED.iter().any(|own| first.eq_ignore_ascii_case(own));
    if !reserved {
        return path.to_owned();
    }
    let first = match first.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-doc.{ending}"),
        None => format!("{first}-doc"),
    };
    rest.map_or_else(|| first.clone(), |rest| format!("{first}/{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Drafts, Files, Setting, assemble};
    use crate::source::Source;

    fn site(documents: &[(&str, &str)], files: &[&str]) -> Site {
        let config = crate::config::Config::default();
        let content = files.iter().map(|path| RelPath::new(path).unwrap()).collect();
        let files = Files { content, ..Files::default() };
        let today = jiff::civil::date(2026, 11, 21);
        let setting = Setting { config: &config, files: &files, today, drafts: Drafts::Hidden };
        let read = documents.iter().map(|(path, text)| {
            let source = Source::from_text(RelPath::new(path).unwrap(), text);
            let front = crate::markdown::front_matter(&source);
            let checklist = crate::reading::read(&source, front, &crate::reading::Vocabulary::default());
            (source, checklist)
        });
        assemble(read.collect(), &setting, Vec::new())
    }

    fn addresses(documents: &[&str]) -> (Vec<String>, Vec<Code>) {
        let texts: Vec<(&str, &str)> = documents.iter().map(|path| (*path, "# T\n\n- [ ] a\n")).collect();
        let addresses = Addresses::of(&site(&texts, &[]));
        let codes = addresses.findings.iter().map(|finding| finding.code).collect();
        (addresses.documents.iter().map(|address| address.as_str().to_owned()).collect(), codes)
    }

    #[test]
    fn documents_are_folders_and_index_files_are_their_folders_page() {
        let (found, codes) = addresses(&["a/README.md", "a/b c.md", "d/_index.md", "launch.md"]);
        assert_eq!(found, ["a/index.html", "a/b-c/index.html", "d/index.html", "launch/index.html"]);
        assert_eq!(codes, []);
    }

    #[test]
    fn addresses_of_the_site_are_reserved() {
        let (found, codes) = addresses(&["README.md", "items.md", "owners/kai.md"]);
        assert_eq!(found, ["README/index.html", "items-doc/index.html", "owners-doc/kai/index.html"]);
        assert_eq!(codes, [Code::AddressMoved; 2]);
    }

    #[test]
    fn what_falls_on_one_address_is_told_with_both_names() {
        let site = site(&[("a.md", "x"), ("a/index.md", "x"), ("A/README.md", "x")], &[]);
        let addresses = Addresses::of(&site);
        let found: Vec<&str> = addresses.documents.iter().map(Address::as_str).collect();
        assert_eq!(found, ["A/index.html", "a-2/index.html", "a/index-2/index.html"]);
        assert_eq!(addresses.findings[0].message, "would have the address `a`, which `A/README.md` has");
    }

    #[test]
    fn only_files_that_are_linked_get_an_address() {
        let site = site(
            &[("d/a.md", "[x](../img/p%20q.png) [y](../robots.txt)")],
            &["img/p q.png", "img/z.png", "robots.txt"],
        );
        let addresses = Addresses::of(&site);
        let found: Vec<&str> = addresses.files.values().map(Address::as_str).collect();
        assert_eq!(found, ["img/p-q.png", "robots-doc.txt"]);
    }
}
