//! What git remembers of the documents of a project.

use super::project::Project;
use super::read::{Input, LIMIT, no_text, too_large};
use super::repository;
use super::rule::Rule;
use crate::finding::Finding;
use crate::git::{Blob, Git, GitError, Store};
use crate::pipeline::{self, Fetched, Version};
use crate::site::{Absence, Past, Setting};
use crate::source::{RelPath, Source, decode};
use rayon::prelude::*;

/// Why a revision of the documents cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// The content lies in no repository.
    #[error("`{0}` lies in no git repository")]
    NoRepository(String),
    /// Git does not answer.
    #[error(transparent)]
    Git(#[from] GitError),
    /// There is no such commit.
    #[error("`{0}` is no revision of the repository")]
    Unknown(String),
    /// A partial clone has not fetched a document.
    #[error("`{0}` was not fetched as it was then")]
    Missing(RelPath),
}

/// What became of the items of a project over time. `setting` is that of its site, which has `documents` documents.
/// Without a repository, or a commit in it, there is no past.
///
/// # Errors
/// When git does not answer.
pub fn past(project: &Project, setting: &Setting<'_>, documents: usize) -> Result<Past, GitError> {
    past_while(project, setting, documents, &|| true)
}

/// The same for as long as `is_wanted` holds. What is told when it did not is of no use.
///
/// # Errors
/// When git does not answer.
pub fn past_while(
    project: &Project,
    setting: &Setting<'_>,
    documents: usize,
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Result<Past, GitError> {
    let Some(root) = project.repository.as_deref() else { return Ok(Past::default()) };
    let git = Git::at(root);
    if git.is_shallow()? {
        return Ok(Past::Unknown(Absence::Shallow));
    }
    // Where the theme cannot be looked for, the disk was not read either, which has been told.
    let rule = Rule::of(project).map_err(|error| GitError::Refused(error.to_string()))?;
    let days = pipeline::days_told(documents);
    let log = match git.log(&repository::folder(project), days, &|path| rule.holds(path)) {
        Ok(log) if !log.revisions.is_empty() => log,
        Err(error) if git.commit("HEAD")?.is_some() => return Err(error),
        _ => return Ok(Past::default()),
    };
    let mut store = Store::open(&git)?;
    let fetch = |versions: &[Version]| {
        // Where nothing is known, nothing more is read or put together.
        if is_wanted() { fetched(&mut store, versions) } else { versions.iter().map(|_| Fetched::Missing).collect() }
    };
    Ok(pipeline::history(log, setting, &project.config.findings, fetch))
}

/// The id of the commit that a revision of the repository around a project means, however it is written.
///
/// # Errors
/// When there is no repository, no git, or no such commit.
pub fn commit(project: &Project, revision: &str) -> Result<String, RevisionError> {
    let commit = git(project)?.commit(revision)?;
    commit.ok_or_else(|| RevisionError::Unknown(revision.to_owned()))
}

/// The last commit that two commits, by their ids, have in common; `None` where they have none.
///
/// # Errors
/// When there is no repository, or no git.
pub fn common_commit(project: &Project, one: &str, other: &str) -> Result<Option<String>, RevisionError> {
    Ok(git(project)?.common(one, other)?)
}

/// The documents of a project as they were in a commit, by its id. Which files are documents says the configuration as
/// it is now. Files beside them are not told.
///
/// # Errors
/// When there is no repository, no git, or a document that is not known here.
pub fn documents_at(project: &Project, commit: &str) -> Result<Input, RevisionError> {
    let git = git(project)?;
    // Where the theme cannot be looked for, the disk was not read either, which has been told.
    let rule = Rule::of(project).map_err(|error| GitError::Refused(error.to_string()))?;
    let versions = git.files_at(commit, &repository::folder(project), &|path| rule.holds(path))?;
    let mut store = Store::open(&git)?;
    let mut input = Input::default();
    for versions in versions.chunks(pipeline::AT_ONCE) {
        for (version, fetched) in versions.iter().zip(fetched(&mut store, versions)) {
            match fetched {
                Fetched::Text(source) => input.sources.push(source),
                Fetched::Unreadable(finding) => input.findings.push(finding),
                Fetched::Missing => return Err(RevisionError::Missing(version.path.clone())),
            }
        }
    }
    Ok(input)
}

fn git(project: &Project) -> Result<Git, RevisionError> {
    let none = || RevisionError::NoRepository(project.content.display().to_string());
    Ok(Git::at(project.repository.as_deref().ok_or_else(none)?))
}

/// The texts of some versions, in their order.
fn fetched(store: &mut Store, versions: &[Version]) -> Vec<Fetched> {
    let ids: Vec<&str> = versions.iter().map(|version| version.blob.as_deref().unwrap_or_default()).collect();
    let blobs = store.read(&ids, LIMIT as u64);
    let text = |(version, blob): (&Version, Blob)| match blob {
        Blob::Bytes(bytes) => source(&version.path, &bytes).map_or_else(Fetched::Unreadable, Fetched::Text),
        Blob::TooLarge(_) => Fetched::Unreadable(too_large(&version.path)),
        Blob::Missing => Fetched::Missing,
    };
    versions.par_iter().zip(blobs).map(text).collect()
}

fn source(path: &RelPath, bytes: &[u8]) -> Result<Source, Finding> {
    let decoded = decode::decode(bytes).map_err(|error| no_text(path, &error, bytes))?;
    Ok(Source::new(path.clone(), decoded))
}
