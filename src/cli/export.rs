//! `readybook export`: everything that was read, for programs.

use super::draw;
use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::Printer;
use super::{clock, place};
use crate::config;
use crate::finding::{Code, Finding, Severity};
use crate::input;
use crate::page::export;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Write everything that was read, for programs.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// A project, folder or file; this folder where none is named.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// How it is written; CSV for a FILE that ends in `.csv`, else JSON.
    #[arg(long, value_enum)]
    format: Option<Format>,
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

impl Typed {
    fn format(&self) -> Format {
        let ending = self.output.as_ref().and_then(|path| path.extension());
        let named =
            if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) { Format::Csv } else { Format::Json };
        self.format.unwrap_or(named)
    }
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
    let text = match typed.format() {
        Format::Json => export::json(&loaded.site, loaded.config().base_url.as_deref()),
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

/// Refuses to write over what people have written: the configuration, and Markdown, whether it could be read or not.
fn spare(loaded: &Loaded, path: &Path) -> Result<(), Failure> {
    let Ok(path) = path.canonicalize() else { return Ok(()) };
    let written = if input::is_markdown(&path) {
        "a document"
    } else if path == loaded.project.root.join(config::FILE) {
        "the configuration"
    } else {
        return Ok(());
    };
    let message = format!("`{}` is {written}, and stays as it is", loaded.called(&path));
    Err(Failure::asked_help(message, "choose another file"))
}
