//! The program `readybook`: everything is in the library; here is only the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    readybook::cli::run(std::env::args_os())
}
