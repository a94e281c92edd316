//! `readybook diff`: what changed in readiness between two revisions.

mod json;
mod told;

pub(super) use json::schema;

use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::Printer;
use super::{clock, draw};
use crate::finding::{Code, Finding, Severity};
use crate::git::GitError;
use crate::input::{self, Project, RevisionError};
use crate::pipeline;
use crate::site::{self, Site, Step};
use jiff::civil::Date;
use std::path::PathBuf;

/// Show what changed in readiness between two revisions.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// From which revision: a branch, tag or commit, to the files as they are; `A..B` from one to another, `A...B` from
    /// where B left A.
    #[arg(value_name = "REV[..REV]")]
    range: String,
    /// A project, folder or file; this folder where none is named.
    #[arg(value_name = "DIR", default_value = ".")]
    path: PathBuf,
    /// How it is written.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The day to judge both by, in UTC.
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    now: Option<Date>,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For the terminal.
    Text,
    /// For a comment on a pull request.
    Markdown,
    /// For programs (`readybook schema diff`).
    Json,
}

/// What was typed as a range.
#[derive(Debug, PartialEq, Eq)]
struct Range<'a> {
    from: &'a str,
    /// `None` is the files as they are.
    to: Option<&'a str>,
    start: Start,
}

/// Where a range begins.
#[derive(Debug, PartialEq, Eq)]
enum Start {
    /// At the revision that it names first.
    There,
    /// Where the other left it.
    Common,
}

/// One of the two revisions, by the name that it was given and its id; the files as they are have neither.
struct Revision {
    name: String,
    commit: String,
}

/// Two sites side by side.
struct Comparison<'a> {
    loaded: &'a Loaded,
    from: Revision,
    to: Option<Revision>,
    before: &'a Site,
    after: &'a Site,
    steps: Vec<Step>,
}

/// Shows what changed.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let today = clock::today(typed.now)?;
    let project = Project::open(&typed.path)?;
    let (from, to) = revisions(&project, &range(&typed.range)).map_err(|error| failure(&error))?;
    let loaded = Loaded::of(project, today);
    let before = at(&loaded, &from).map_err(|error| failure(&error))?;
    let other = to.as_ref().map(|to| at(&loaded, to)).transpose().map_err(|error| failure(&error))?;
    let after = other.as_ref().unwrap_or(&loaded.site);
    if before.documents.is_empty()
        && after.documents.is_empty()
        && let Some(failure) = loaded.nothing()
    {
        return Err(failure);
    }
    let wrong = |finding: &&Finding| finding.code == Code::Config && finding.severity == Severity::Error;
    let faults: Vec<&Finding> = loaded.site.findings.iter().filter(wrong).collect();
    printer.tell(&draw::human(&faults, &loaded));
    for error in &loaded.errors {
        printer.failure(&Failure::asked(error.to_string()));
    }
    let steps = site::steps(&before, after);
    let comparison = Comparison { loaded: &loaded, from, to, before: &before, after, steps };
    printer.data(&match typed.format {
        Format::Text => told::text(&comparison),
        Format::Markdown => told::markdown(&comparison),
        Format::Json => json::text(&comparison),
    })?;
    Ok(if faults.is_empty() && loaded.errors.is_empty() { Exit::Fine } else { Exit::Trouble })
}

/// A range as git reads one: what is left out beside the dots is what is checked out.
fn range(typed: &str) -> Range<'_> {
    match (typed.split_once("..."), typed.split_once("..")) {
        (Some((from, to)), _) => Range { from: or_head(from), to: Some(or_head(to)), start: Start::Common },
        (None, Some((from, to))) => Range { from: or_head(from), to: Some(or_head(to)), start: Start::There },
        (None, None) => Range { from: typed, to: None, start: Start::There },
    }
}

fn or_head(name: &str) -> &str {
    if name.is_empty() { "HEAD" } else { name }
}

/// The commits of a range.
fn revisions(project: &Project, range: &Range<'_>) -> Result<(Revision, Option<Revision>), RevisionError> {
    let revision = |name: &str| input::commit(project, name).map(|commit| Revision { name: name.to_owned(), commit });
    let mut from = revision(range.from)?;
    let to = range.to.map(revision).transpose()?;
    if let Some(to) = to.as_ref().filter(|_| range.start == Start::Common) {
        let common = input::common_commit(project, &from.commit, &to.commit)?;
        from.name = format!("{}...{}", range.from, to.name);
        from.commit = common.ok_or_else(|| RevisionError::Unknown(from.name.clone()))?;
    }
    Ok((from, to))
}

/// The site of a revision, as it would be judged today.
fn at(loaded: &Loaded, revision: &Revision) -> Result<Site, RevisionError> {
    let input = input::documents_at(&loaded.project, &revision.commit)?;
    let config = loaded.project.config.findings.iter().cloned();
    Ok(pipeline::site(input.sources, &loaded.setting(), config.chain(input.findings).collect()))
}

/// What to do about it.
fn failure(error: &RevisionError) -> Failure {
    let help = match error {
        RevisionError::NoRepository(_) => "changes are told of checklists that are kept in a git repository",
        RevisionError::Git(GitError::Unavailable(_)) => "install git, or name its folder in PATH",
        RevisionError::Git(GitError::Refused(_)) => "`git status` tells more",
        RevisionError::Unknown(name) if name == "HEAD" => "this repository has no commit yet",
        RevisionError::Unknown(_) => {
            "name a branch, a tag or a commit of `git log --oneline`; a shallow clone has only the newest, \
             and `git fetch --unshallow` fetches the others"
        }
        RevisionError::Missing(_) => "a partial clone lacks what was not checked out; compare in a whole one",
    };
    Failure::asked_help(error.to_string(), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_git_reads_them() {
        let told = |typed| {
            let Range { from, to, start } = range(typed);
            (from, to, start == Start::Common)
        };
        assert_eq!(told("main"), ("main", None, false));
        assert_eq!(told("main..v1.2"), ("main", Some("v1.2"), false));
        assert_eq!(told("v1.1.."), ("v1.1", Some("HEAD"), false));
        assert_eq!(told("..side"), ("HEAD", Some("side"), false));
        assert_eq!(told("main...side"), ("main", Some("side"), true));
        assert_eq!(told(""), ("", None, false));
    }
}
