//! The documents as they were read, so that only what has changed is read again. Of a document that cannot be read any
//! more, the last reading is kept: pages show it below what is wrong.

#![allow(clippy::disallowed_methods, reason = "the preview looks at the files that were reported to have changed")]

use crate::config::Config;
use crate::finding::{Code, Finding, Severity};
use crate::input::{self, Project, Survey};
use crate::pipeline::Reader;
use crate::site::{Files, Sheet};
use crate::source::{RelPath, Source};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is known of the content.
pub(super) struct Library {
    reader: Reader,
    entries: BTreeMap<RelPath, Entry>,
    survey: Arc<Survey>,
}

/// A document.
#[derive(Default)]
struct Entry {
    /// The last sound reading; the only one where none was sound.
    sheet: Option<Sheet>,
    /// Why the file is not as it was last read.
    broken: Option<Broken>,
}

/// A document that cannot be published as it stands.
pub(super) struct Broken {
    /// Its text, where it is text.
    pub(super) source: Option<Source>,
    /// What is wrong.
    pub(super) findings: Vec<Finding>,
}

/// What reading a file again has shown.
enum News {
    Same,
    Gone,
    Sound(Sheet),
    Broken(Broken, Option<Sheet>),
}

impl Library {
    /// Reads everything.
    pub(super) fn open(project: &Project) -> Self {
        let reader = Reader::new(&project.config.value);
        let mut library = Self { reader, entries: BTreeMap::new(), survey: Arc::default() };
        library.look_again(project, |_| true);
        library
    }

    /// Reads everything as another configuration wants it. Documents that have a sound reading already keep it where
    /// they are broken now.
    pub(super) fn configure(&mut self, project: &Project) {
        let mut before = std::mem::replace(self, Self::open(project)).entries;
        for (path, entry) in &mut self.entries {
            if let (Some(_), Some(old)) = (&entry.broken, before.remove(path)) {
                let config = &project.config.value;
                let sound = old.sheet.filter(|sheet| faults(sheet).is_empty());
                entry.sheet = sound.map(|sheet| self.reader.read(sheet.source, config)).or_else(|| entry.sheet.take());
            }
        }
    }

    /// Whether there is a document at a path.
    pub(super) fn holds(&self, path: &RelPath) -> bool {
        self.entries.contains_key(path)
    }

    /// Whether there is a document or another file at a path or below it.
    pub(super) fn knows(&self, path: &RelPath) -> bool {
        let below = format!("{path}/");
        let inside = |other: Option<&RelPath>| other.is_some_and(|other| other.as_str().starts_with(&below));
        let first = RelPath::new(&format!("{below}\u{1}"));
        let holds_folder = first.is_some_and(|first| {
            inside(self.entries.range(first.clone()..).next().map(|(path, _)| path))
                || inside(self.survey.files.content.range(first..).next())
        });
        holds_folder || self.holds(path) || self.is_beside(path)
    }

    /// Whether there is a file beside the documents at a path.
    pub(super) fn is_beside(&self, path: &RelPath) -> bool {
        self.survey.files.content.contains(path)
    }

    /// Reads some documents again. True when there is anything new.
    pub(super) fn read(&mut self, project: &Project, paths: &BTreeSet<RelPath>) -> bool {
        let paths: Vec<&RelPath> = paths.iter().collect();
        let news: Vec<News> = paths.par_iter().map(|path| self.news(project, path)).collect();
        let mut changed = false;
        for (path, news) in paths.into_iter().zip(news) {
            changed |= self.take(path, news);
        }
        changed
    }

    /// Lists the content again; reads what is new and what `touched` says of. True when there is anything new.
    pub(super) fn look_again(&mut self, project: &Project, touched: impl Fn(&RelPath) -> bool) -> bool {
        let survey = input::survey(project);
        let before = self.entries.len();
        self.entries.retain(|path, _| survey.documents.contains(path));
        let mut changed = before != self.entries.len() || differs(&self.survey, &survey);
        let is_due = |path: &&RelPath| !self.entries.contains_key(*path) || touched(path);
        let due: BTreeSet<RelPath> = survey.documents.iter().filter(is_due).cloned().collect();
        self.survey = Arc::new(survey);
        changed |= self.read(project, &due);
        changed
    }

    fn news(&self, project: &Project, path: &RelPath) -> News {
        let entry = self.entries.get(path);
        let broken = entry.and_then(|entry| entry.broken.as_ref());
        let source = match input::read_document(&project.content, path) {
            Ok(source) => source,
            Err(_) if !project.content.join(path.as_str()).exists() => return News::Gone,
            Err(unread) => {
                let finding = unread.finding;
                let known =
                    broken.is_some_and(|broken| broken.source.is_none() && broken.findings == [finding.clone()]);
                let new = || News::Broken(Broken { source: None, findings: vec![finding] }, None);
                return if known { News::Same } else { new() };
            }
        };
        let last = match broken {
            Some(broken) => broken.source.as_ref(),
            None => entry.and_then(|entry| entry.sheet.as_ref()).map(|sheet| &sheet.source),
        };
        if last.is_some_and(|last| last.decoded() == source.decoded()) {
            return News::Same;
        }
        let sheet = self.reader.read(source, &project.config.value);
        match faults(&sheet) {
            faults if faults.is_empty() => News::Sound(sheet),
            findings => News::Broken(Broken { source: Some(sheet.source.clone()), findings }, Some(sheet)),
        }
    }

    fn take(&mut self, path: &RelPath, news: News) -> bool {
        match news {
            News::Same => return false,
            News::Gone => return self.entries.remove(path).is_some(),
            News::Sound(sheet) => {
                self.entries.insert(path.clone(), Entry { sheet: Some(sheet), broken: None });
            }
            News::Broken(broken, reading) => {
                let entry = self.entries.entry(path.clone()).or_default();
                let last = entry.sheet.take();
                let sound = last.as_ref().is_some_and(|sheet| faults(sheet).is_empty());
                entry.sheet = if sound { last } else { reading };
                entry.broken = Some(broken);
            }
        }
        true
    }

    /// The documents to put together.
    pub(super) fn sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.entries.values().filter_map(|entry| entry.sheet.as_ref())
    }

    /// The documents that are broken.
    pub(super) fn broken(&self) -> impl Iterator<Item = &Broken> {
        self.entries.values().filter_map(|entry| entry.broken.as_ref())
    }

    /// What was found before any document was read, and in those whose last sound reading is shown instead.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let replaced = |entry: &&Entry| entry.sheet.as_ref().is_none_or(|sheet| faults(sheet).is_empty());
        let broken = self.entries.values().filter(|entry| entry.broken.is_some()).filter(replaced);
        let broken = broken.filter_map(|entry| entry.broken.as_ref());
        // The place is one in another text than the one that the site has.
        let placeless = |finding: &Finding| Finding { span: None, ..finding.clone() };
        let of_broken = broken.flat_map(|broken| broken.findings.iter().map(placeless));
        self.survey.findings.iter().cloned().chain(of_broken).collect()
    }

    /// The files beside the documents.
    pub(super) fn files(&self) -> &Files {
        &self.survey.files
    }

    /// What the last listing of the content has found.
    pub(super) fn survey(&self) -> Arc<Survey> {
        Arc::clone(&self.survey)
    }

    /// What could not be listed.
    pub(super) fn errors(&self) -> impl Iterator<Item = String> {
        self.survey.errors.iter().map(ToString::to_string)
    }

    /// How many documents there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// Whether a listing tells of other files than one before.
fn differs(before: &Survey, after: &Survey) -> bool {
    let repository = |survey: &Survey| survey.files.repository.as_ref().map(|repository| repository.files.len());
    before.files.content != after.files.content
        || before.files.withheld != after.files.withheld
        || before.findings != after.findings
        || before.errors.len() != after.errors.len()
        || repository(before) != repository(after)
}

/// What keeps a document from being published.
fn faults(sheet: &Sheet) -> Vec<Finding> {
    let grave = |finding: &&Finding| finding.code == Code::FrontMatter && finding.severity == Severity::Error;
    sheet.findings.iter().filter(grave).cloned().collect()
}

/// Whether the configuration has errors: then it is not taken over.
pub(super) fn config_faults(project: &Project) -> Vec<Finding> {
    let grave = |finding: &&Finding| finding.code == Code::Config && finding.severity == Severity::Error;
    project.config.findings.iter().filter(grave).cloned().collect()
}

/// A configuration that asks for the same as another.
pub(super) fn is_same(one: &Project, other: &Project) -> bool {
    let text = |project: &Project| project.source.as_ref().map(|source| source.text().to_owned());
    one.root == other.root && one.content == other.content && one.reach == other.reach && text(one) == text(other)
}

/// The configuration that pages are made with: links lead to where the preview is.
pub(super) fn local(config: &Config, url: &str) -> Config {
    Config { base_url: Some(url.to_owned()), ..config.clone() }
}
