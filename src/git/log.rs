//! What was committed to some folder, newest first as git tells it, and no more of it than is wanted.

use super::head::below;
use super::line::Link;
use super::run::{Git, GitError, is_id};
use crate::pipeline::{Log, Revision, Version};
use crate::source::RelPath;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::io::BufRead;

/// The files of some folder that are asked about.
pub(super) struct Wanted<'a> {
    folder: &'a str,
    is_wanted: &'a dyn Fn(&RelPath) -> bool,
}

impl<'a> Wanted<'a> {
    /// Those below `folder`, from the root; empty for the root.
    pub(super) fn below(folder: &'a str, is_wanted: &'a dyn Fn(&RelPath) -> bool) -> Self {
        Self { folder, is_wanted }
    }

    /// The folder.
    pub(super) fn folder(&self) -> &str {
        self.folder
    }

    /// The path below the folder, where the file is wanted. Names that are not UTF-8 are not.
    pub(super) fn path(&self, name: &[u8]) -> Option<RelPath> {
        let name = std::str::from_utf8(name).ok()?;
        let inside = match name.strip_prefix(self.folder)? {
            rest if self.folder.is_empty() => rest,
            rest => rest.strip_prefix('/')?,
        };
        RelPath::new(inside).filter(|path| (self.is_wanted)(path))
    }
}

/// Commits whose changes are asked for at once.
const AT_ONCE: usize = 400;

/// How git is asked what changed. A header is told of every commit, so that none passes for another.
const QUESTION: &[&str] = &[
    "diff-tree",
    "--stdin",
    "-z",
    "-r",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--always",
    "--encoding=UTF-8",
    "--format=%H%x00%ct%x00%aN",
    "--",
];

impl Git {
    /// The newest `days` days of what was committed to the files below `folder` (empty for the root) for which
    /// `is_wanted` holds, along the line by which they came to what they are.
    ///
    /// # Errors
    /// When git does not answer.
    pub fn log(&self, folder: &str, days: usize, is_wanted: &dyn Fn(&RelPath) -> bool) -> Result<Log, GitError> {
        let wanted = Wanted::below(folder, is_wanted);
        let mut line = self.line(folder)?;
        let mut log = Log::default();
        let mut dates = BTreeSet::new();
        'lots: loop {
            let lot = line.next(AT_ONCE)?;
            if lot.is_empty() {
                break;
            }
            for revision in self.revisions(&lot, &wanted)? {
                dates.insert(revision.date);
                if dates.len() > days {
                    log.base = self.versions(&revision.commit, &wanted)?;
                    break 'lots;
                }
                log.revisions.push(revision);
            }
        }
        log.revisions.reverse();
        Ok(log)
    }

    /// What some commits changed against those before them, without those that changed nothing that is wanted. The one
    /// before is that of the line and not a parent: only so do the changes add up to what is checked out.
    fn revisions(&self, links: &[Link], wanted: &Wanted<'_>) -> Result<Vec<Revision>, GitError> {
        let line = |link: &Link| format!("{} {}\n", link.commit, link.before.as_ref().unwrap_or(&link.commit));
        let pairs: String = links.iter().map(line).collect();
        let told = self.tell(&[QUESTION, &[below(wanted.folder())]].concat(), pairs.as_bytes())?;
        let mut reader = Reader { fields: told.as_slice(), ahead: None };
        let mut revisions = Vec::new();
        for link in links {
            let Some(mut revision) = reader.revision(wanted)? else { break };
            if link.before.is_none() {
                // All that it has is new.
                revision.versions = self.versions(&link.commit, wanted)?;
            }
            if !revision.versions.is_empty() {
                revisions.push(revision);
            }
        }
        Ok(revisions)
    }
}

/// The fields of a log: id, seconds and author of a commit, and for each file a line that begins with a colon, and its
/// name.
struct Reader<R> {
    fields: R,
    /// The first field of the next commit.
    ahead: Option<Vec<u8>>,
}

impl<R: BufRead> Reader<R> {
    fn field(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut field = Vec::new();
        let length = self.fields.read_until(0, &mut field)?;
        if field.last() == Some(&0) {
            field.pop();
        }
        Ok((length > 0).then_some(field))
    }

    /// The next commit; `None` at the end, and at what no git prints.
    fn revision(&mut self, wanted: &Wanted<'_>) -> std::io::Result<Option<Revision>> {
        let first = match self.ahead.take() {
            Some(field) => Some(field),
            None => self.field()?,
        };
        let (Some(commit), Some(seconds), Some(author)) = (first, self.field()?, self.field()?) else {
            return Ok(None);
        };
        let commit = String::from_utf8_lossy(&commit).into_owned();
        if !is_id(&commit) {
            return Ok(None);
        }
        let date = day(&seconds);
        let author = String::from_utf8_lossy(&author).into_owned();
        let mut versions = Vec::new();
        while let Some(field) = self.field()? {
            let line = field.strip_prefix(b"\n").unwrap_or(&field);
            if !line.starts_with(b":") {
                self.ahead = Some(field);
                break;
            }
            let Some(name) = self.field()? else { break };
            versions.extend(blob(line).and_then(|blob| Some(Version { path: wanted.path(&name)?, blob })));
        }
        Ok(Some(Revision { commit, date, author, versions }))
    }
}

/// The day of some seconds since 1970, in UTC; one that no calendar has is still to come.
fn day(seconds: &[u8]) -> Date {
    let seconds = std::str::from_utf8(seconds).ok().and_then(|seconds| seconds.parse().ok());
    let time = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.map_or(Date::MAX, |time| time.to_zoned(TimeZone::UTC).date())
}

/// The content that a line of `--raw` tells, where the file is a plain one from then on, or was one until then:
/// `:100644 100644 <id before> <id> M`.
fn blob(line: &[u8]) -> Option<Option<String>> {
    let mut parts = std::str::from_utf8(line).ok()?.split(' ');
    let (before, mode, id) = (parts.next()?, parts.next()?, parts.nth(1)?);
    let blob = (is_plain(mode) && is_id(id)).then(|| id.to_owned());
    (blob.is_some() || is_plain(before.trim_start_matches(':'))).then_some(blob)
}

/// Whether a mode is that of a plain file: neither a link nor a repository of its own.
pub(super) fn is_plain(mode: &str) -> bool {
    mode.starts_with("100")
}
