//! The only place that prints: data to standard output, everything else to standard error. Colour goes away by itself
//! where the stream is no terminal, or NO_COLOR is set.

use super::exit::Failure;
use crate::finding::Severity;
use anstream::AutoStream;
use std::io::{self, Write};

/// The two streams of a program.
pub(super) struct Printer {
    out: AutoStream<io::Stdout>,
    err: AutoStream<io::Stderr>,
}

impl Printer {
    /// The streams of this process.
    pub(super) fn new() -> Self {
        Self { out: AutoStream::auto(io::stdout()), err: AutoStream::auto(io::stderr()) }
    }

    /// Prints data.
    pub(super) fn data(&mut self, data: &str) -> Result<(), Failure> {
        let written = self.out.write_all(data.as_bytes()).and_then(|()| self.out.flush());
        written.map_err(|cause| match cause.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Write { path: "standard output".to_owned(), cause },
        })
    }

    /// Tells something beside the data. Where that cannot be told there is nobody to tell it to.
    pub(super) fn tell(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush());
    }

    /// Tells a line beside the data.
    pub(super) fn note(&mut self, line: &str) {
        self.tell(&format!("{}\n", escape(line)));
    }

    /// Tells why a command could not do what it was asked for.
    pub(super) fn failure(&mut self, failure: &Failure) {
        let help = failure.help().map(|help| format!("{}help{}: {}\n", style(None), RESET, escape(help)));
        let heading = format!("{}error{RESET}", style(Some(Severity::Error)));
        self.tell(&format!("{heading}: {}\n{}", escape(&failure.to_string()), help.unwrap_or_default()));
    }
}

/// The end of a colour.
pub(super) const RESET: &str = "\u{1b}[0m";

/// The beginning of the colour of a severity, or of a hint.
pub(super) fn style(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "\u{1b}[1;31m",
        Some(Severity::Warning) => "\u{1b}[1;33m",
        Some(Severity::Info) => "\u{1b}[1;32m",
        None => "\u{1b}[1;36m",
    }
}

/// Text that may come from a document as one harmless line: control characters, and those that change the direction
/// of text, are shown by their numbers.
pub(super) fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => shown.push(' '),
            '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                shown.extend(c.escape_unicode())
            }
            c if c.is_control() => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown() {
        assert_eq!(escape("a\tb\n::error::\u{1b}[31m\u{202E}x"), "a b\\n::error::\\u{1b}[31m\\u{202e}x");
        assert_eq!(escape("Prüfung ✅"), "Prüfung ✅");
    }
}
