//! Where the links of documents lead: the part before `#`. What stands behind it is looked at in `anchors`, when
//! rows have been merged into the items that they stand for.

use super::address::{Address, is_stand_in};
use super::files::{self, FOLDER_PAGES, Files, Repository, is_publishable};
use super::nearest::Names;
use super::{Document, DocumentId, Shared, Target};
use crate::finding::{Code, Finding};
use crate::model::{Link, LinkKind};
use crate::source::RelPath;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// What links are resolved against.
pub(super) struct Ground<'a> {
    /// Files that are no documents.
    pub(super) files: &'a Files,
    /// Whether readers can open the repository's files: whether its address is known.
    pub(super) repository_address: Option<&'a str>,
    /// Documents that are not published: drafts.
    pub(super) hidden: &'a BTreeSet<RelPath>,
}

/// The links of a document.
#[derive(Debug)]
pub(super) struct Links {
    /// Where each leads.
    targets: Arc<Vec<Target>>,
    /// What is wrong with them.
    findings: Vec<Finding>,
}

/// Fills [`Document::targets`] and tells of links that lead nowhere. Fragments are left as written. A document that
/// the last site on this ground had too keeps its targets: they depend on nothing else.
pub(super) fn resolve(
    documents: &mut [Document],
    ground: &Ground<'_>,
    kept: &mut Vec<(Shared, Arc<Links>)>,
    findings: &mut Vec<Finding>,
) {
    let resolver = Resolver::new(documents, ground);
    let links = |(at, document): (usize, &Document)| match kept.get(at) {
        Some((read, _)) if read.is_same(&document.checklist) => None,
        _ => Some((document.checklist.clone(), Arc::new(resolver.document(document)))),
    };
    let new: Vec<Option<(Shared, Arc<Links>)>> = documents.par_iter().enumerate().with_min_len(64).map(links).collect();
    for (at, new) in new.into_iter().enumerate() {
        match (new, kept.get_mut(at)) {
            (Some(new), Some(old)) => *old = new,
            (Some(new), None) => kept.push(new),
            (None, _) => {}
        }
    }
    for (document, (_, links)) in documents.iter_mut().zip(kept) {
        document.targets = Arc::clone(&links.targets);
        findings.extend_from_slice(&links.findings);
    }
}

struct Resolver<'a> {
    documents: &'a [Document],
    by_path: OnceLock<FxHashMap<&'a str, DocumentId>>,
    ground: &'a Ground<'a>,
    names: OnceLock<Names<'a>>,
    repository_names: OnceLock<Names<'a>>,
    file_names: OnceLock<HashMap<&'a str, Option<&'a str>>>,
}

/// Why a link is not followed.
enum Fault {
    /// Nothing is there.
    Missing,
    /// A draft is there.
    Draft,
    /// A folder without a page of its own.
    BareFolder,
    /// A file of a type that is not published.
    Withheld,
    /// A file that is not published for what is in it, with the reason.
    Unfit(String),
    /// A file of the repository that no address is known for.
    Outside,
}

impl<'a> Resolver<'a> {
    fn new(documents: &'a [Document], ground: &'a Ground<'a>) -> Self {
        let (by_path, names) = (OnceLock::new(), OnceLock::new());
        Self { documents, by_path, ground, names, repository_names: OnceLock::new(), file_names: OnceLock::new() }
    }

    /// The document at a path.
    fn at(&self, path: &str) -> Option<DocumentId> {
        let by_path = self.by_path.get_or_init(|| {
            let documents = self.documents.iter().zip((0..).map(DocumentId));
            documents.map(|(document, id)| (document.source.path.as_str(), id)).collect()
        });
        by_path.get(path).copied()
    }

    fn document(&self, document: &Document) -> Links {
        let path = &document.source.path;
        let mut findings = Vec::new();
        let target = |link: &Link| {
            self.link(path, &link.target).unwrap_or_else(|fault| {
                findings.push(self.finding(&fault, path, link));
                Target::Dead
            })
        };
        let targets = document.checklist.links.iter().map(target).collect();
        Links { targets: Arc::new(targets), findings }
    }

    fn link(&self, from: &RelPath, target: &str) -> Result<Target, Fault> {
        let (path, fragment) = match Address::of(target) {
            Address::Foreign => return Ok(Target::Foreign),
            Address::Broken => return Err(Fault::Missing),
            Address::Local { path, fragment } => (path, fragment),
        };
        if path.starts_with('/') && is_of_host(&path) {
            return Ok(Target::Foreign);
        }
        let found = match path.strip_prefix('/') {
            Some(path) => self.absolute(path, &fragment),
            None if path.is_empty() => self.in_content(from, &fragment),
            None => self.relative(from, &path, &fragment),
        };
        found.or_else(|fault| match fault {
            Fault::Missing if is_of_host(&path) => Ok(Target::Foreign),
            _ if is_stand_in(target) => Ok(Target::Foreign),
            fault => Err(fault),
        })
    }

    /// A path relative to a document.
    fn relative(&self, from: &RelPath, path: &str, fragment: &str) -> Result<Target, Fault> {
        if let Some(path) = from.join(path) {
            return self.in_content(&path, fragment);
        }
        if is_root(from, path) {
            return self.folder("", fragment);
        }
        let repository = self.ground.files.repository.as_ref();
        let around = repository.and_then(|repository| Some((repository, repository.of_content(from.as_str())?)));
        let Some((repository, from)) = around else { return Err(Fault::Missing) };
        let path = if is_root(&from, path) { repository.page() } else { from.join(path) };
        path.map_or(Err(Fault::Missing), |path| self.in_repository(repository, &path, fragment))
    }

    /// A path from the root: that of the content, or that of the repository as source hosts read it.
    fn absolute(&self, path: &str, fragment: &str) -> Result<Target, Fault> {
        let Some(path) = RelPath::new(path) else { return self.folder("", fragment) };
        self.in_content(&path, fragment).or_else(|fault| match &self.ground.files.repository {
            Some(repository) => self.in_repository(repository, &path, fragment).map_err(|other| match other {
                Fault::Missing => fault,
                other => other,
            }),
            None => Err(fault),
        })
    }

    /// A path from the content's root.
    fn in_content(&self, path: &RelPath, fragment: &str) -> Result<Target, Fault> {
        let text = path.as_str();
        if let Some(id) = self.at(text) {
            return Ok(Target::Document(id, fragment.to_owned()));
        }
        if let Some(reason) = self.ground.files.withheld.get(path) {
            return Err(Fault::Unfit(reason.clone()));
        }
        if self.ground.files.content.contains(path) {
            let published = is_publishable(path).then(|| Target::Asset(path.clone()));
            return published.ok_or(Fault::Withheld).or_else(|fault| self.of_repository(path, fault));
        }
        if self.ground.hidden.contains(path) {
            return Err(Fault::Draft);
        }
        let without_ending = || self.at(&format!("{text}.md"));
        self.folder(text, fragment).or_else(|fault| match without_ending() {
            Some(id) => Ok(Target::Document(id, fragment.to_owned())),
            None => self.of_repository(path, fault),
        })
    }

    /// The page of a folder of the content.
    fn folder(&self, folder: &str, fragment: &str) -> Result<Target, Fault> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let page = FOLDER_PAGES.iter().find_map(|name| self.at(&format!("{prefix}{name}")));
        if let Some(id) = page {
            return Ok(Target::Document(id, fragment.to_owned()));
        }
        let after = self.documents.partition_point(|document| document.source.path.as_str() < prefix.as_str());
        let next = self.documents.get(after).map(|document| document.source.path.as_str());
        let bare = next.is_some_and(|path| path.starts_with(&prefix))
            || RelPath::new(folder).is_some_and(|folder| files::has(&self.ground.files.content, &folder));
        Err(if bare { Fault::BareFolder } else { Fault::Missing })
    }

    /// What is no page of the content may still be a file of the repository.
    fn of_repository(&self, path: &RelPath, fault: Fault) -> Result<Target, Fault> {
        let repository = self.ground.files.repository.as_ref().filter(|_| self.ground.repository_address.is_some());
        let path = repository.and_then(|repository| Some((repository, repository.of_content(path.as_str())?)));
        let tracked = path.filter(|(repository, path)| repository.has(path));
        tracked.map(|(_, path)| Target::Repository(path)).ok_or(fault)
    }

    /// A path from the repository's root; it may lead back into the content.
    fn in_repository(&self, repository: &Repository, path: &RelPath, fragment: &str) -> Result<Target, Fault> {
        match repository.below_content(path) {
            Some(inside) => self.in_content(&inside, fragment),
            None if !repository.has(path) => Err(Fault::Missing),
            None if self.ground.repository_address.is_some() => Ok(Target::Repository(path.clone())),
            None => Err(Fault::Outside),
        }
    }

    fn finding(&self, fault: &Fault, from: &RelPath, link: &Link) -> Finding {
        let target = &link.target;
        let thing = if link.kind == LinkKind::Image { "image" } else { "link" };
        let code = if matches!(fault, Fault::Outside) { Code::OutsideLink } else { Code::DeadLink };
        let message = match fault {
            Fault::Missing => format!("the {thing} `{target}` leads to no file"),
            Fault::Draft => format!("the {thing} `{target}` leads to a draft, which is not published"),
            Fault::BareFolder => format!("the {thing} `{target}` leads to a folder without a page of its own"),
            Fault::Withheld => format!("the {thing} `{target}` leads to a file of a type that is not published"),
            Fault::Unfit(reason) => format!("the {thing} `{target}` leads to a file that is not published: {reason}"),
            Fault::Outside => format!("the {thing} `{target}` leads out of the content folder"),
        };
        let finding = Finding::new(code, from.clone(), Some(link.span), message);
        match fault {
            Fault::Missing => match self.nearest(from, target) {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding,
            },
            Fault::Draft => finding,
            Fault::BareFolder => finding.help("add a README.md to the folder, or link to one of its documents"),
            Fault::Unfit(_) => finding.help(
                "save it as a plain SVG without scripts and HTML, or as a PNG: opened by itself, an SVG can run code as \
                 the site's own",
            ),
            Fault::Withheld | Fault::Outside => finding.help("set `url` of `[repository]` to link to its source there"),
        }
    }

    /// The document or file that was probably meant, as a link from `from`: one with nearly the same path, or the only
    /// one of the same name.
    fn nearest(&self, from: &RelPath, target: &str) -> Option<String> {
        let Address::Local { path, fragment } = Address::of(target) else { return None };
        let wanted = path.strip_prefix('/').map_or_else(|| from.join(&path), RelPath::new);
        let near = match wanted {
            Some(wanted) => {
                let near = self.names().nearest(wanted.as_str());
                relative(from, near.or_else(|| self.only_one_called(wanted.name()))?)
            }
            None => {
                let repository = self.ground.files.repository.as_ref()?;
                let from = repository.of_content(from.as_str())?;
                let files = repository.files.iter().map(RelPath::as_str);
                let names = self.repository_names.get_or_init(|| Names::new(files));
                relative(&from, names.nearest(from.join(&path)?.as_str())?)
            }
        };
        let near = if path.starts_with("./") && !near.starts_with("../") { format!("./{near}") } else { near };
        Some(if fragment.is_empty() { near } else { format!("{near}#{fragment}") })
    }

    /// Every document, and the files that may be published.
    fn names(&self) -> &Names<'a> {
        self.names.get_or_init(|| {
            let documents = self.documents.iter().map(|document| document.source.path.as_str());
            let files = self.ground.files;
            let is_published = |path: &&RelPath| is_publishable(path) && !files.withheld.contains_key(*path);
            let assets = files.content.iter().filter(is_published).map(RelPath::as_str);
            Names::new(documents.chain(assets))
        })
    }

    /// The document of this file name, when there is but one.
    fn only_one_called(&self, name: &str) -> Option<&'a str> {
        let names = self.file_names.get_or_init(|| {
            let mut names = HashMap::new();
            for path in self.documents.iter().map(|document| &document.source.path) {
                let only = |known: &mut Option<&str>| *known = None;
                names.entry(path.name()).and_modify(only).or_insert(Some(path.as_str()));
            }
            names
        });
        names.get(name).copied().flatten()
    }
}

/// What source hosts keep of a repository beside its files.
const HOSTED: [&str; 8] = ["issues", "pull", "pulls", "discussions", "milestone", "milestones", "releases", "wiki"];

/// Those of them whose names may have dots: `releases/tag/v1.2.0`, `wiki/Setup.md`.
const DOTTED: [&str; 2] = ["releases", "wiki"];

/// Whether a path climbs out of the files of a repository to what its host keeps of it: `/../../issues/12`, as they write
/// links that hold for every copy. From a folder it climbs further.
fn is_of_host(path: &str) -> bool {
    let path = path.strip_prefix('/').unwrap_or(path);
    let rest = path.trim_start_matches("../");
    let climbs = path.len() - rest.len() >= "../../".len();
    let first = rest.split('/').next().unwrap_or_default();
    let is_file = || !DOTTED.contains(&first) && rest.rsplit('/').next().is_some_and(|name| name.contains('.'));
    climbs && HOSTED.contains(&first) && !is_file()
}

/// Whether a relative path climbs exactly to the root of the content.
fn is_root(from: &RelPath, path: &str) -> bool {
    from.join(&format!("{path}/x")).is_some_and(|path| path.as_str() == "x")
}

/// The path from a document to another below the same root, as a link writes it.
fn relative(from: &RelPath, to: &str) -> String {
    let (mut folder, mut rest) = (from.folder(), to);
    while let Some((first, path)) = rest.split_once('/') {
        let Some(deeper) = folder.strip_prefix(first).filter(|deeper| deeper.is_empty() || deeper.starts_with('/'))
        else {
            break;
        };
        rest = path;
        folder = deeper.trim_start_matches('/');
    }
    let up = folder.split('/').filter(|segment| !segment.is_empty()).count();
    format!("{}{rest}", "../".repeat(up))
}
