//! The command line: the verbs, one file each, and the only place that prints.

#![allow(
    clippy::disallowed_methods,
    reason = "the command line owns disk, clock and environment beside the rooms below"
)]

mod browser;
mod build;
mod check;
mod clock;
mod completions;
mod diff;
mod draw;
mod exit;
mod explain;
mod export;
mod fix;
mod init;
mod loaded;
mod man;
mod new;
mod place;
mod printer;
mod progress;
mod schema;
mod serve;
mod status;
mod table;
mod theme;

#[cfg(test)]
#[path = "../../tests/agreement/inside.rs"]
mod agreement;

use clap::{Parser, Subcommand};
use exit::{Exit, Failure};
use printer::Printer;
use std::ffi::OsString;
use std::process::ExitCode;

/// The way in, below the list of commands.
const BEGIN: &str = "To begin, look at the checklists that you have; nothing is written:\n  readybook serve docs/";

/// Publish readiness checklists, as they are already written, as a status site that people can trust.
#[derive(Debug, Parser)]
#[command(name = "readybook", version, max_term_width = 100, after_help = BEGIN)]
struct Line {
    #[command(subcommand)]
    verb: Verb,
}

/// The verbs. What each prints and how it ends is told in its file.
#[derive(Debug, Subcommand)]
enum Verb {
    Init(init::Typed),
    New(new::Typed),
    Build(build::Typed),
    Serve(serve::Typed),
    Check(check::Typed),
    Status(status::Typed),
    Export(export::Typed),
    Diff(diff::Typed),
    Theme(theme::Typed),
    Schema(schema::Typed),
    Explain(explain::Typed),
    Completions(completions::Typed),
    Man(man::Typed),
}

/// Runs the program with its arguments, the first of which is its own name, and gives its exit code: 0 all is well,
/// 1 findings, 2 trouble, 3 the gate is not met.
#[must_use]
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let line = match Line::try_parse_from(arguments) {
        Ok(line) => line,
        Err(error) => {
            // Help and version are data and end well; everything else is wrong usage.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut printer = Printer::new();
    let ended = match line.verb {
        Verb::Init(typed) => init::run(&typed, &mut printer),
        Verb::New(typed) => new::run(&typed, &mut printer),
        Verb::Build(typed) => build::run(&typed, &mut printer),
        Verb::Serve(typed) => serve::run(&typed, &mut printer),
        Verb::Check(typed) => check::run(typed, &mut printer),
        Verb::Status(typed) => status::run(&typed, &mut printer),
        Verb::Export(typed) => export::run(&typed, &mut printer),
        Verb::Diff(typed) => diff::run(&typed, &mut printer),
        Verb::Theme(typed) => theme::run(&typed, &mut printer),
        Verb::Schema(typed) => schema::run(&typed, &mut printer),
        Verb::Explain(typed) => explain::run(&typed, &mut printer),
        Verb::Completions(typed) => completions::run(&typed, &mut printer),
        Verb::Man(typed) => man::run(&typed, &mut printer),
    };
    ended.unwrap_or_else(|failure| fail(&failure, &mut printer)).into()
}

fn fail(failure: &Failure, printer: &mut Printer) -> Exit {
    if matches!(failure, Failure::Closed) {
        return Exit::Fine;
    }
    printer.failure(failure);
    Exit::Trouble
}
