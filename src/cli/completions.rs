//! `readybook completions`: a script that completes the command line in a shell.

use super::exit::{Exit, Failure};
use super::printer::Printer;
use clap::CommandFactory as _;
use clap_complete::Shell;

/// Print a script that completes commands in a shell.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(typed.shell, &mut super::Line::command(), "readybook", &mut script);
    printer.data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
