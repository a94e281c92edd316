//! `readybook man`: the manual page.

use super::exit::{Exit, Failure};
use super::printer::Printer;
use clap::CommandFactory as _;

/// Print the manual page: `readybook man | man -l -`.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {}

/// Prints the page: the program, then each verb as a section of its own.
pub(super) fn run(_typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let mut command = super::Line::command();
    command.build();
    let mut page = Vec::new();
    let failed = |cause| Failure::Write { path: "the manual page".to_owned(), cause };
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(failed)?;
    for verb in command.get_subcommands() {
        page.extend(format!("\n.SH \"READYBOOK {}\"\n", verb.get_name().to_uppercase()).bytes());
        let man = clap_mangen::Man::new(verb.clone());
        man.render_description_section(&mut page).map_err(failed)?;
        man.render_options_section(&mut page).map_err(failed)?;
    }
    printer.data(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Fine)
}
