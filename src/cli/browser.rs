//! The browser of whoever runs the program.

use super::printer::Printer;
use std::ffi::OsStr;

/// Shows an address or a file in the browser. Where there is none, as on a server, the site is there all the same: it is
/// told what to open by hand.
pub(super) fn open(target: impl AsRef<OsStr>, printer: &mut Printer) {
    let target = target.as_ref();
    // What the launcher says of itself helps nobody.
    if open::that_detached(target).is_err() {
        printer.note(&format!("no browser could be opened; open {} yourself", target.display()));
    }
}
