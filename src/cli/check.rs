//! `readybook check`: everything that is wrong with the text, and, with `--gate`, whether all is ready.

use super::draw::{self, Format, Found};
use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::Printer;
use super::{clock, fix};
use crate::finding::{Finding, Severity};
use crate::input::{self, Project, Reach};
use crate::site::Status;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// How a check ends.
const ENDS: &str = "\
Ends with 0: all is well; 1: findings of severity error; 3: the gate is not met; 2: wrong usage or
configuration, something cannot be read or written, or nothing can be judged, with --gate also
where there is no gate. 2 beats 3, and 3 beats 1.";

/// Tell everything that is wrong with the checklists.
#[derive(Debug, clap::Args)]
#[command(after_help = ENDS)]
pub(super) struct Typed {
    /// Projects, folders or files; this folder where none is named.
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// End with 1 for warnings too.
    #[arg(long)]
    strict: bool,
    /// Repair damaged text in the files, and only that.
    #[arg(long)]
    fix: bool,
    /// Judge: end with 3 when the gate is not met.
    #[arg(long)]
    gate: bool,
    /// Leave out the findings that a report of `check --format json` lists.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// The day to judge by, in UTC.
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    now: Option<Date>,
    /// How findings are written.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

/// What is meant.
struct Check {
    paths: Vec<PathBuf>,
    today: Date,
    format: Format,
    /// Findings from this severity on end with 1.
    limit: Severity,
    /// Whether the gate is asked.
    gate: bool,
    baseline: Vec<draw::Signature>,
}

/// Checks.
pub(super) fn run(typed: Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let check = Check {
        today: clock::today(typed.now)?,
        format: typed.format,
        limit: if typed.strict { Severity::Warning } else { Severity::Error },
        gate: typed.gate,
        baseline: typed.baseline.as_deref().map(baseline).transpose()?.unwrap_or_default(),
        paths: typed.paths,
    };
    if typed.fix {
        for path in &check.paths {
            fix::fix(&Project::open(path)?, printer)?;
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    check.paths.iter().try_for_each(|path| Part::add(path, check.today, &mut parts))?;
    let mut exit = check.tell(&parts, printer)?;
    for part in parts.iter().filter(|_| typed.gate) {
        if parts.len() > 1 {
            printer.note(&format!("{}:", part.called()));
        }
        printer.tell(&super::status::verdict(&part.loaded));
        exit = exit.or(judge(part.loaded.site.verdict.status));
    }
    Ok(exit)
}

/// A project that was read: a path with all that lie in it, or all paths that lie in the same configured project.
struct Part {
    loaded: Loaded,
    /// The path, or the first of them.
    path: PathBuf,
    /// What of it was named.
    named: Vec<Reach>,
}

impl Part {
    /// Reads the project of a path, unless it is there already.
    fn add(path: &Path, today: Date, parts: &mut Vec<Self>) -> Result<(), Failure> {
        let mut project = Project::open(path)?;
        if !project.is_configured() {
            let part = Self::read(project, path, Reach::All, today)?;
            if !parts.iter().any(|other| part.lies_in(other)) {
                parts.retain(|other| !other.lies_in(&part));
                parts.push(part);
            }
            return Ok(());
        }
        // The whole project is read, or links between its documents would seem dead; then only what was named is told.
        let named = std::mem::replace(&mut project.reach, Reach::All);
        let is_same = |part: &&mut Self| part.is_configured() && part.loaded.project.root == project.root;
        match parts.iter_mut().find(is_same) {
            Some(part) => part.named.push(named),
            None => parts.push(Self::read(project, path, named, today)?),
        }
        Ok(())
    }

    fn read(project: Project, path: &Path, named: Reach, today: Date) -> Result<Self, Failure> {
        let loaded = Loaded::of(project, today);
        let nothing = loaded.nothing();
        nothing.map_or(Ok(Self { loaded, path: path.to_owned(), named: vec![named] }), Err)
    }

    fn is_configured(&self) -> bool {
        self.loaded.project.is_configured()
    }

    /// Whether it tells only of files that another tells of too. Neither has a configuration; where they lie does not
    /// settle it, for a file that is named is read even where its folder leaves it out.
    fn lies_in(&self, other: &Self) -> bool {
        let files = |part: &Self| -> HashSet<PathBuf> {
            let Loaded { project, site, .. } = &part.loaded;
            let documents = site.documents.iter().map(|document| &document.source.path);
            let paths = documents.chain(site.findings.iter().map(|finding| &finding.path));
            paths.map(|path| project.content.join(path.as_str())).collect()
        };
        let alone = !self.is_configured() && !other.is_configured() && self.loaded.errors.is_empty();
        alone && files(self).is_subset(&files(other))
    }

    /// The project as people call it.
    fn called(&self) -> String {
        let project = &self.loaded.project;
        if self.is_configured() { self.loaded.called(&project.root) } else { self.path.display().to_string() }
    }

    fn found(&self) -> impl Iterator<Item = Found<'_>> {
        let is_named = |finding: &&Finding| self.named.iter().any(|named| is_about(finding, named));
        let findings = self.loaded.site.findings.iter().filter(is_named);
        findings.map(|finding| Found { finding, loaded: &self.loaded })
    }
}

impl Check {
    /// Tells what was found, of all paths together: a report is one document, and the baseline is one of all of them.
    fn tell(&self, parts: &[Part], printer: &mut Printer) -> Result<Exit, Failure> {
        // Each finding of the baseline accepts one: a second one like it is new.
        let mut accepted: HashMap<&draw::Signature, usize> = HashMap::new();
        self.baseline.iter().for_each(|signature| *accepted.entry(signature).or_default() += 1);
        let mut accepts = |signature: &draw::Signature| match accepted.get_mut(signature) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        };
        let is_new = |found: &Found<'_>| !draw::names_of(*found).iter().any(&mut accepts);
        let found: Vec<Found<'_>> = parts.iter().flat_map(Part::found).filter(is_new).collect();
        let told: Vec<&Finding> = found.iter().map(|found| found.finding).collect();
        let judged = parts.iter().filter(|_| self.gate).map(|part| (part.called(), &*part.loaded.site));
        let drawn = draw::draw(&found, &judged.collect::<Vec<_>>(), self.format);
        if self.format == Format::Human {
            let count = parts.iter().map(|part| part.loaded.site.documents.len()).sum();
            printer.tell(&drawn);
            let known = parts.iter().flat_map(Part::found).count() - told.len();
            let known = if known > 0 { format!("; {known} known by the baseline") } else { String::new() };
            printer.note(&format!("{} in {}{known}", draw::count(&told), documents(count)));
        } else {
            printer.data(&drawn)?;
        }
        Ok(parts.iter().fold(end(&told, self.limit), |exit, part| exit.or(part.loaded.exit())))
    }
}

/// Whether a finding is about what was named. The configuration is about everything.
fn is_about(finding: &Finding, named: &Reach) -> bool {
    match named {
        Reach::All => true,
        Reach::Below(path) => {
            let below = finding.path.as_str().strip_prefix(path.as_str());
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) || finding.path == crate::config::file()
        }
    }
}

/// "1 document", "3 documents".
pub(super) fn documents(count: usize) -> String {
    if count == 1 { "1 document".to_owned() } else { format!("{count} documents") }
}

/// How a check ends because of what it told.
pub(super) fn end(told: &[&Finding], limit: Severity) -> Exit {
    let is_grave = told.iter().any(|finding| finding.severity >= limit);
    if is_grave { Exit::Findings } else { Exit::Fine }
}

/// How the gate ends.
pub(super) fn judge(status: Status) -> Exit {
    match status {
        Status::Ready => Exit::Fine,
        Status::NotReady => Exit::NotMet,
        Status::NoGate | Status::Unknown => Exit::Trouble,
    }
}

/// The findings that are accepted. A missing file is an error: a misspelt name must not accept anything, nor pass.
fn baseline(path: &Path) -> Result<Vec<draw::Signature>, Failure> {
    let help = "`readybook check --format json > FILE` writes one";
    let json = input::bytes(path).map_err(|error| Failure::asked_help(error.to_string(), help))?;
    let faulty = || Failure::asked_help(format!("`{}` is no report of findings", path.display()), help);
    draw::signatures(&json).ok_or_else(faulty)
}
