//! A finding as a workflow command of GitHub Actions, which shows it beside the line in a pull request. Text from
//! documents cannot end the command or start another: what could is escaped as GitHub's own toolkit does it
//! (`actions/toolkit`, packages/core, command.ts).

use crate::cli::loaded::Loaded;
use crate::finding::{Finding, Severity};
use crate::site::{Reason, Site};
use std::fmt::Write as _;

/// A finding as one workflow command.
pub(super) fn draw(finding: &Finding, loaded: &Loaded) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut text = format!("::{command} file={}", property(&loaded.in_repository(&finding.path)));
    if let Some(place) = loaded.place(finding) {
        let _ = write!(text, ",line={},col={}", place.line, place.column);
    }
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let message = data(&format!("{}{help}", finding.message));
    let _ = writeln!(text, ",title={}::{message}", property(finding.code.name()));
    text
}

/// Why a gate is not met, a command for each reason.
pub(super) fn gate(site: &Site) -> String {
    let command = |reason: &Reason| format!("::error title=gate::{}\n", data(&reason.to_string()));
    site.verdict.reasons.iter().map(command).collect()
}

/// The message of a command.
fn data(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => escaped.push_str("%25"),
            '\r' => escaped.push_str("%0D"),
            '\n' => escaped.push_str("%0A"),
            c if c.is_control() => escaped.extend(c.escape_default()),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_start_a_command() {
        assert_eq!(data("50%\r\n::error::x\u{1b}"), "50%25%0D%0A::error::x\\u{1b}");
        assert_eq!(property("a,b::c\n"), "a%2Cb%3A%3Ac%0A");
    }
}
