//! From what was committed to what became of the items: a site for each day on which documents changed, put together
//! as one is today, so that its numbers are those that would have been told on that day.

use super::{Kept, Reader, put_together};
use crate::finding::Finding;
use crate::site::{self, Absence, Day, Effort, Past, Setting, Sheet, Site};
use crate::source::{RelPath, Source};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Documents of the past whose texts are held at once.
pub const AT_ONCE: usize = 256;

/// What was committed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// The documents as they were before the first revision.
    pub base: Vec<Version>,
    /// Commits, or merges of commits, that changed documents; oldest first.
    pub revisions: Vec<Revision>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its whole id.
    pub commit: String,
    /// The day of its committer, in UTC.
    pub date: Date,
    /// The name of its author.
    pub author: String,
    /// The documents that it changed.
    pub versions: Vec<Version>,
}

/// What a document is from some commit on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its path below the content folder.
    pub path: RelPath,
    /// The id of its content; `None` where it is gone.
    pub blob: Option<String>,
}

/// The text of a version.
#[derive(Debug)]
pub enum Fetched {
    /// This.
    Text(Source),
    /// It is no text; the fault.
    Unreadable(Finding),
    /// Not known here.
    Missing,
}

/// How many days are told of a site of that many documents: fewer of a large one. A day costs what putting the documents
/// together does, and reading those that changed, so that the cost of all of them grows no faster than that of 20,000
/// documents and what was committed to them.
#[must_use]
pub fn days_told(documents: usize) -> usize {
    (20_000 / documents.max(1)).clamp(12, 180)
}

/// What became of the items. `setting` is that of the site as it is today; a day in the past is judged as of that day.
/// `findings` are those of the configuration. `fetch` gives the texts of some versions, in their order.
///
/// Days before the last one on which some text is not known are left out.
#[must_use]
pub fn history(
    log: Log,
    setting: &Setting<'_>,
    findings: &[Finding],
    fetch: impl FnMut(&[Version]) -> Vec<Fetched>,
) -> Past {
    let mut shelf = Shelf { reader: Reader::new(setting.config), setting, fetch, known: BTreeMap::new() };
    let mut kept = Kept::default();
    let mut days = Vec::new();
    let mut last: Option<Site> = None;
    let absence = if log.revisions.is_empty() { Absence::NoHistory } else { Absence::Shallow };
    shelf.take(log.base);
    let batches = batches(log.revisions, setting.today);
    let mut effort = Effort::default();
    for (left, batch) in (1..=batches.len()).rev().zip(batches) {
        let versions = batch.versions.into_iter().map(|(path, blob)| Version { path, blob });
        shelf.take(versions.collect());
        let Some((sheets, faults)) = shelf.all() else {
            days.clear();
            last = None;
            continue;
        };
        let setting = Setting { today: batch.date, ..*setting };
        let site = put_together(sheets, &setting, findings.iter().cloned().chain(faults).collect(), &mut kept);
        let mut share = effort.share(left);
        let changes = last.map(|last| site::changes(&last, &site, &mut share)).unwrap_or_default();
        effort.add(&share);
        days.push(Day {
            date: batch.date,
            commit: batch.commit,
            tally: site.tally,
            levels: site.levels.iter().map(|group| group.tally).collect(),
            unranked: site.unranked.tally,
            status: site.verdict.status,
            changes,
            authors: batch.authors,
        });
        last = Some(site);
    }
    if days.is_empty() { Past::Unknown(absence) } else { Past::Known(days) }
}

/// What was committed on a day.
struct Batch {
    date: Date,
    commit: String,
    versions: BTreeMap<RelPath, Option<String>>,
    authors: BTreeMap<RelPath, Vec<String>>,
}

/// Revisions by day, in their order: one whose clock was slow is of the day of the one before, and so is one of a day that
/// is still to come.
fn batches(revisions: Vec<Revision>, today: Date) -> Vec<Batch> {
    let mut batches: Vec<Batch> = Vec::new();
    let first = revisions.iter().map(|revision| revision.date).find(|date| *date <= today);
    for revision in revisions {
        // A clock that was fast tells nothing, and must not take the days behind it along.
        let known = Some(revision.date).filter(|date| *date <= today);
        let date = known.or(batches.last().map(|last| last.date)).or(first).unwrap_or(today);
        if batches.last().is_none_or(|last| last.date < date) {
            let (commit, versions, authors) = (String::new(), BTreeMap::new(), BTreeMap::new());
            batches.push(Batch { date, commit, versions, authors });
        }
        let Some(batch) = batches.last_mut() else { continue };
        batch.commit = revision.commit;
        for Version { path, blob } in revision.versions {
            let authors = batch.authors.entry(path.clone()).or_default();
            if !revision.author.is_empty() && !authors.contains(&revision.author) {
                authors.push(revision.author.clone());
            }
            batch.versions.insert(path, blob);
        }
    }
    batches
}

/// The documents of one day after the other.
struct Shelf<'a, F> {
    reader: Reader,
    setting: &'a Setting<'a>,
    fetch: F,
    /// The documents, each with the id of its content.
    known: BTreeMap<RelPath, (String, Reading)>,
}

/// What reading a document gave.
enum Reading {
    Sound(Box<Sheet>),
    Faulty(Finding),
    Missing,
}

impl<F: FnMut(&[Version]) -> Vec<Fetched>> Shelf<'_, F> {
    /// Takes up what has changed; only that is read.
    fn take(&mut self, versions: Vec<Version>) {
        let (due, gone): (Vec<Version>, Vec<Version>) =
            versions.into_iter().partition(|version| version.blob.is_some());
        gone.iter().for_each(|version| drop(self.known.remove(&version.path)));
        let is_new = |version: &Version| {
            let known = self.known.get(&version.path).map(|(blob, _)| blob);
            known != version.blob.as_ref()
        };
        let due: Vec<Version> = due.into_iter().filter(is_new).collect();
        for due in due.chunks(AT_ONCE) {
            let fetched = (self.fetch)(due);
            let readings: Vec<Reading> =
                fetched.into_par_iter().map(|fetched| self.reader.reading(fetched, self.setting)).collect();
            for (version, reading) in due.iter().zip(readings) {
                let blob = version.blob.clone().unwrap_or_default();
                self.known.insert(version.path.clone(), (blob, reading));
            }
        }
    }

    /// All documents, and the faults of those that are no text. `None` where one is not known.
    fn all(&self) -> Option<(Vec<Sheet>, Vec<Finding>)> {
        let (mut sheets, mut faults) = (Vec::with_capacity(self.known.len()), Vec::new());
        for (_, reading) in self.known.values() {
            match reading {
                Reading::Sound(sheet) => sheets.push(Sheet::clone(sheet)),
                Reading::Faulty(fault) => faults.push(fault.clone()),
                Reading::Missing => return None,
            }
        }
        Some((sheets, faults))
    }
}

impl Reader {
    fn reading(&self, fetched: Fetched, setting: &Setting<'_>) -> Reading {
        match fetched {
            Fetched::Text(source) => Reading::Sound(Box::new(self.read(source, setting.config))),
            Fetched::Unreadable(finding) => Reading::Faulty(finding),
            Fetched::Missing => Reading::Missing,
        }
    }
}
