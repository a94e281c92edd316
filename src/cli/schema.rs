//! `readybook schema`: the JSON Schemas of what Readybook reads and writes.

use super::exit::{Exit, Failure};
use super::printer::Printer;
use super::{diff, draw};

/// Print the JSON Schema of a format.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// Of what.
    #[arg(value_enum)]
    of: Format,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// `readybook export --format json`, and `readiness.json` of a site.
    Export,
    /// `readybook.toml`.
    Config,
    /// `readybook check --format json`.
    Findings,
    /// `readybook diff --format json`.
    Diff,
}

/// Prints the schema.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let schema = match typed.of {
        Format::Export => crate::page::export::schema(),
        Format::Config => crate::config::schema(),
        Format::Findings => draw::schema(),
        Format::Diff => diff::schema(),
    };
    printer.data(&draw::to_text(&schema))?;
    Ok(Exit::Fine)
}
