//! Findings as people and machines read them: one file a format.

mod github;
mod human;
mod json;
mod sarif;
mod short;

pub(super) use json::{Signature, names_of, schema, signatures, to_text};

use super::loaded::Loaded;
use crate::finding::{Finding, Severity};
use crate::site::Site;
use std::fmt::Write as _;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// With the line and what to do, to standard error.
    Human,
    /// One line each.
    Short,
    /// For programs (`readybook schema findings`).
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// A finding, and the project in which it was found.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    /// The finding.
    pub(super) finding: &'a Finding,
    /// Its project.
    pub(super) loaded: &'a Loaded,
}

/// Findings of any number of projects as text in a format: one document where the format has documents. `judged` are the
/// projects of which the gate was asked, each as it is called; JSON and GitHub's commands tell of them too.
pub(super) fn draw(found: &[Found<'_>], judged: &[(String, &Site)], format: Format) -> String {
    let each = |draw: fn(&Finding, &Loaded) -> String| found.iter().map(|at| draw(at.finding, at.loaded)).collect();
    match format {
        Format::Human => each(human::draw),
        Format::Short => each(short::draw),
        Format::Github => each(github::draw) + &judged.iter().map(|(_, site)| github::gate(site)).collect::<String>(),
        Format::Json => json::draw(found, judged),
        Format::Sarif => sarif::draw(found),
    }
}

/// Findings of one project for people.
pub(super) fn human(findings: &[&Finding], loaded: &Loaded) -> String {
    findings.iter().map(|finding| human::draw(finding, loaded)).collect()
}

/// How many findings there are of each severity, as a sentence: "2 errors, 1 warning and 3 notes".
pub(super) fn count(findings: &[&Finding]) -> String {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let mut parts = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        match of(severity) {
            0 => {}
            1 => parts.push(format!("1 {}", severity.word())),
            n => parts.push(format!("{n} {}s", severity.word())),
        }
    }
    let Some(last) = parts.pop() else { return "no findings".to_owned() };
    let mut text = parts.join(", ");
    let _ = write!(text, "{}{last}", if text.is_empty() { "" } else { " and " });
    text
}
