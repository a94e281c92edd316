//! `readybook check`: everything that is wrong with the text, and, with `--gate`, whether all is ready.

use super::draw::{self, Format};
use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::Printer;
use super::{clock, fix};
use crate::finding::{Finding, Severity};
use crate::input::{Project, Reach};
use crate::site::Status;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Tell everything that is wrong with the checklists.
#[derive(Debug, clap::Args)]
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
    #[arg(long, value_name = "DATE")]
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
    baseline: Vec<draw::Signature>,
}

/// Checks.
pub(super) fn run(typed: Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let check = Check {
        today: clock::today(typed.now)?,
        format: typed.format,
        limit: if typed.strict { Severity::Warning } else { Severity::Error },
        baseline: typed.baseline.as_deref().map(baseline).transpose()?.unwrap_or_default(),
        paths: typed.paths,
    };
    if typed.fix {
        for path in &check.paths {
            fix::fix(&Project::open(path)?, printer)?;
        }
    }
    let mut exit = Exit::Fine;
    for path in &check.paths {
        let mut project = Project::open(path)?;
        // The whole project is read, or links between its documents would seem dead; then only what was named is told.
        let named =
            if project.is_configured() { std::mem::replace(&mut project.reach, Reach::All) } else { Reach::All };
        let loaded = Loaded::of(project, check.today);
        if let Some(failure) = loaded.nothing() {
            return Err(failure);
        }
        exit = exit.or(check.tell(&loaded, &named, printer)?);
        if typed.gate {
            printer.tell(&super::status::verdict(&loaded));
            exit = exit.or(judge(loaded.site.verdict.status));
        }
    }
    Ok(exit)
}

impl Check {
    /// Tells what was found.
    fn tell(&self, loaded: &Loaded, named: &Reach, printer: &mut Printer) -> Result<Exit, Failure> {
        // Each finding of the baseline accepts one: a second one like it is new.
        let mut accepted: HashMap<&draw::Signature, usize> = HashMap::new();
        self.baseline.iter().for_each(|signature| *accepted.entry(signature).or_default() += 1);
        let is_new = |finding: &&Finding| match accepted.get_mut(&draw::signature(finding)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        let told: Vec<&Finding> =
            loaded.site.findings.iter().filter(|finding| is_named(finding, named)).filter(is_new).collect();
        let drawn = draw::draw(&told, loaded, self.format);
        match self.format {
            Format::Human => printer.tell(&drawn),
            _ => printer.data(&drawn)?,
        }
        if self.format == Format::Human {
            printer.note(&format!("{} in {}", draw::count(&told), documents(loaded.site.documents.len())));
        }
        Ok(end(&told, self.limit).or(loaded.exit()))
    }
}

/// Whether a finding is about what was named. The configuration is about everything.
fn is_named(finding: &Finding, named: &Reach) -> bool {
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
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::asked_help(format!("cannot read `{}`: {error}", path.display()), help))?;
    let faulty = || Failure::asked_help(format!("`{}` is no report of findings", path.display()), help);
    draw::signatures(&text).ok_or_else(faulty)
}
