//! Documents to sources, in parallel. What is no text is a finding, and the others are read all the same.

use super::encoding;
use super::error::{Act, InputError};
use super::picture::{is_svg, picture};
use super::project::Project;
use super::rule::Rule;
use super::{repository, walk};
use crate::finding::{Code, Finding, Severity};
use crate::site::{Files, Repository, is_publishable};
use crate::source::{DecodeError, RelPath, Source, decode};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;

/// Bytes of a document that are read at most.
pub const LIMIT: usize = 16 * 1024 * 1024;

/// What a project holds.
#[derive(Debug, Default)]
pub struct Input {
    /// Documents that are text, by path.
    pub sources: Vec<Source>,
    /// Documents that are not, and links that are not followed.
    pub findings: Vec<Finding>,
    /// What the system refused. Each file among them is a finding too, so that no gate can be passed without it.
    pub errors: Vec<InputError>,
    /// Files beside the documents.
    pub files: Files,
}

/// What lies in a project, before any document is read.
#[derive(Debug, Default)]
pub struct Survey {
    /// Documents.
    pub documents: BTreeSet<RelPath>,
    /// Links that are not followed.
    pub findings: Vec<Finding>,
    /// What could not be listed.
    pub errors: Vec<InputError>,
    /// Files beside the documents.
    pub files: Files,
}

/// Lists what lies in a project.
#[must_use]
pub fn survey(project: &Project) -> Survey {
    let mut walk = walk::walk(project);
    let link = |path| {
        let message = "a symbolic link, which is not followed: what it leads to is not read";
        let mut finding = Finding::new(Code::OutsideLink, path, None, message);
        finding.severity = Severity::Info;
        finding
    };
    let repository = repository::files(project);
    if let Some(repository) = &repository {
        walk.documents.extend(tracked(project, repository, &walk.documents));
    }
    Survey {
        documents: walk.documents,
        findings: walk.links.into_iter().map(link).collect(),
        errors: walk.errors,
        files: Files { withheld: withheld(&project.content, &walk.files), content: walk.files, repository },
    }
}

/// Documents that are tracked and that the walk has passed over: what `.gitignore` says of them holds neither for git
/// nor for the history, and could take them out of the gate's reach.
fn tracked(project: &Project, repository: &Repository, known: &BTreeSet<RelPath>) -> Vec<RelPath> {
    let Ok(rule) = Rule::of(project) else { return Vec::new() };
    let inside = |path: &RelPath| {
        let below = path.as_str().strip_prefix(repository.content.as_str())?;
        RelPath::new(if repository.content.is_empty() { below } else { below.strip_prefix('/')? })
    };
    let is_plain = |path: &RelPath| {
        let file = std::fs::symlink_metadata(project.content.join(path.as_str()));
        file.is_ok_and(|file| file.is_file())
    };
    let documents = repository.files.iter().filter(|path| Rule::is_document(path)).filter_map(inside);
    documents.filter(|path| !known.contains(path) && rule.holds(path) && is_plain(path)).collect()
}

/// The files that are not published for what is in them, with the reason.
fn withheld(content: &Path, files: &BTreeSet<RelPath>) -> BTreeMap<RelPath, String> {
    let drawings: Vec<&RelPath> = files.iter().filter(|path| is_svg(path.name()) && is_publishable(path)).collect();
    let flaw = |path: &RelPath| {
        let flaw = picture(&content.join(path.as_str())).err()?;
        Some((path.clone(), flaw.to_string()))
    };
    drawings.into_par_iter().filter_map(flaw).collect()
}

/// Reads the documents of a project.
#[must_use]
pub fn read(project: &Project) -> Input {
    let survey = survey(project);
    let read: Vec<_> = survey.documents.into_par_iter().map(|path| read_document(&project.content, &path)).collect();
    let mut input = Input { errors: survey.errors, files: survey.files, ..Input::default() };
    for document in read {
        match document {
            Ok(source) => input.sources.push(source),
            Err(unread) => {
                input.findings.push(unread.finding);
                input.errors.extend(unread.error);
            }
        }
    }
    input.findings.extend(survey.findings);
    input
}

/// A document that could not be read.
#[derive(Debug)]
pub struct Unread {
    /// The fault, for pages and gate.
    pub finding: Finding,
    /// What the system refused; `None` where the file was read and is no text.
    pub error: Option<InputError>,
}

/// Reads one document at a path below the content folder.
///
/// # Errors
/// When it cannot be read, is larger than [`LIMIT`], or is no text.
pub fn read_document(content: &Path, path: &RelPath) -> Result<Source, Box<Unread>> {
    let file = content.join(path.as_str());
    let unread = |finding: Finding, error| Box::new(Unread { finding, error });
    let bytes = first_bytes(&file, LIMIT).map_err(|error| {
        let message = format!("cannot be read: {error}");
        let finding = Finding::new(Code::Undecodable, path.clone(), None, message);
        unread(finding, Some(InputError::new(Act::Read, &file, error)))
    })?;
    if bytes.len() > LIMIT {
        return Err(unread(too_large(path), None));
    }
    decode::decode(bytes).map(|decoded| Source::new(path.clone(), decoded)).map_err(|error| {
        // Read again for the hint: sound documents, which are nearly all, need no copy then.
        let bytes = first_bytes(&file, LIMIT).unwrap_or_default();
        unread(no_text(path, &error, &bytes), None)
    })
}

/// The fault of a document that is not read for its size.
pub(super) fn too_large(path: &RelPath) -> Finding {
    let message = format!("larger than {} MiB, and not read", LIMIT / 1024 / 1024);
    let finding = Finding::new(Code::Undecodable, path.clone(), None, message);
    finding.help("split it, or leave it out with `exclude` in readybook.toml")
}

/// The fault of a document that is no text.
pub(super) fn no_text(path: &RelPath, error: &DecodeError, bytes: &[u8]) -> Finding {
    let finding = Finding::new(Code::Undecodable, path.clone(), None, error.to_string());
    finding.help(encoding::hint(bytes, path))
}

/// All bytes of a file that somebody named.
///
/// # Errors
/// When it cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, InputError> {
    std::fs::read(path).map_err(|error| InputError::new(Act::Read, path, error))
}

/// All bytes of a file that somebody named: of a plain file, since a pipe or a device may never end, and of no more than
/// `most`.
///
/// # Errors
/// When it is none or is larger, and when it cannot be read.
pub fn file(path: &Path, most: usize) -> Result<Vec<u8>, InputError> {
    let refused = |cause: String| InputError::new(Act::Read, path, cause);
    if !path.metadata().map_err(|error| refused(error.to_string()))?.is_file() {
        return Err(refused("it is no plain file".to_owned()));
    }
    let bytes = first_bytes(path, most).map_err(|error| refused(error.to_string()))?;
    if bytes.len() > most { Err(refused(format!("it is larger than {} MiB", most / 1024 / 1024))) } else { Ok(bytes) }
}

/// The bytes of a file, one more than the limit at most.
pub(super) fn first_bytes(file: &Path, limit: usize) -> std::io::Result<Vec<u8>> {
    let file = std::fs::File::open(file)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(limit).min(limit);
    let mut bytes = Vec::with_capacity(length + 1);
    file.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
