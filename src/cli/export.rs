//! `readybook export`: everything that was read, for programs.

use super::draw;
use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::Printer;
use super::{clock, place};
use crate::finding::{Code, Finding, Severity};
use crate::page::export;
use crate::site::Document;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Write everything that was read, for programs.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// A project, folder or file; this folder where none is named.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// How it is written.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// Write to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The day to judge by, in UTC.
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    now: Option<Date>,
}

/// How an export is written.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Everything (`readybook schema export`).
    Json,
    /// The items, one row each.
    Csv,
}

/// Exports. Faults in the text go into the export; only those that hide text or policy are told here too.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let loaded = Loaded::open(&typed.path, clock::today(typed.now)?)?;
    if let Some(failure) = loaded.nothing() {
        return Err(failure);
    }
    let grave = |finding: &&Finding| {
        let grave = matches!(finding.code, Code::Undecodable | Code::FrontMatter | Code::Config | Code::UnreadablePart);
        grave && finding.severity == Severity::Error
    };
    let told: Vec<&Finding> = loaded.site.findings.iter().filter(grave).collect();
    printer.tell(&draw::human(&told, &loaded));
    let text = match typed.format {
        Format::Json => export::json(&loaded.site),
        Format::Csv => export::csv(&loaded.site),
    };
    match &typed.output {
        Some(path) => {
            spare(&loaded, path)?;
            place::write(path, text.as_bytes())?;
        }
        None => printer.data(&text)?,
    }
    Ok(loaded.exit())
}

/// Refuses to write over a document that was read.
fn spare(loaded: &Loaded, path: &Path) -> Result<(), Failure> {
    let Ok(path) = path.canonicalize() else { return Ok(()) };
    let is_read = |document: &Document| loaded.project.content.join(document.source.path.as_str()) == path;
    if loaded.site.documents.iter().any(is_read) {
        let message = format!("`{}` is a checklist, and stays as it is", loaded.called(&path));
        return Err(Failure::asked_help(message, "choose another file"));
    }
    Ok(())
}
