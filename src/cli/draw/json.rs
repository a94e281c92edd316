//! Findings for programs: the same fields as in the export, with what they sum up to.

use super::Found;
use crate::finding::{Code, Severity};
use crate::site::Site;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `readybook check --format json` prints.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "Findings of readybook check")]
struct Report {
    /// Version of this format.
    schema_version: u32,
    /// What was found, by path and place; of several paths that were named, of one after the other.
    findings: Vec<Entry>,
    /// How many there are.
    summary: Summary,
    /// With `--gate`: the answer of each project.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    gate: Vec<Judged>,
}

/// The answer of a gate.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct Judged {
    /// The project, as it is called from where the report was made.
    project: String,
    /// `ready`, `not_ready`, `no_gate` or `unknown`.
    status: String,
    /// Why it is not `ready`.
    reasons: Vec<String>,
}

/// How many findings there are.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct Summary {
    /// Of severity error.
    errors: usize,
    /// Of severity warning.
    warnings: usize,
    /// Of severity info.
    infos: usize,
}

/// One finding.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct Entry {
    /// What kind of fault; stable.
    code: String,
    /// How much it matters, after configuration.
    severity: Severity,
    /// The document, below the content folder; or `readybook.toml`.
    path: String,
    /// The file, from the root of its repository; without a repository, from the folder in which the report was made.
    /// Reports made before there was this field do not have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// Line in the file on disk, from 1.
    line: Option<u32>,
    /// Column in characters, from 1.
    column: Option<u32>,
    /// What is wrong.
    message: String,
    /// What to do about it.
    help: Option<String>,
}

/// Findings and the answers of gates as JSON.
pub(super) fn draw(found: &[Found<'_>], judged: &[(String, &Site)]) -> String {
    let of = |severity| found.iter().filter(|found| found.finding.severity == severity).count();
    let entries = found.iter().map(|&Found { finding, loaded }| {
        let place = loaded.place(finding);
        Entry {
            code: finding.code.name().to_owned(),
            severity: finding.severity,
            path: finding.path.to_string(),
            file: Some(loaded.file(&finding.path)),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            message: finding.message.clone(),
            help: finding.help.clone(),
        }
    });
    let report = Report {
        schema_version: 1,
        findings: entries.collect(),
        summary: Summary { errors: of(Severity::Error), warnings: of(Severity::Warning), infos: of(Severity::Info) },
        gate: judged.iter().map(answer).collect(),
    };
    to_text(&report)
}

fn answer((project, site): &(String, &Site)) -> Judged {
    let reasons = site.verdict.reasons.iter().map(ToString::to_string);
    Judged { project: project.clone(), status: site.verdict.status.name().to_owned(), reasons: reasons.collect() }
}

/// A value as indented JSON with a line break at its end.
pub(crate) fn to_text(value: &impl Serialize) -> String {
    // The structs have string keys only, and no maps that could refuse.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// The JSON Schema of what is printed.
pub(crate) fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    if let Some(code) = schema.pointer_mut("/$defs/Entry/properties/code") {
        code["enum"] = serde_json::json!(names);
    }
    schema
}

/// What a finding is known by in a baseline: not its line, which moves when something is added above it.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Signature {
    code: String,
    place: Signed,
    message: String,
}

/// Where a finding of a baseline is.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Signed {
    /// In a file, as [`Entry::file`] has it.
    File(String),
    /// At [`Entry::path`], in whatever project: a report from before there were files.
    Path(String),
}

/// The findings that a report of ours lists, by their signatures; `None` when the text is no such report.
pub(crate) fn signatures(json: &[u8]) -> Option<Vec<Signature>> {
    let report: Report = serde_json::from_slice(json).ok()?;
    let signature = |entry: Entry| {
        let place = entry.file.map_or(Signed::Path(entry.path), Signed::File);
        Signature { code: entry.code, place, message: entry.message }
    };
    Some(report.findings.into_iter().map(signature).collect())
}

/// The signatures by which a baseline may list a finding, the sharper one first.
pub(crate) fn names_of(found: Found<'_>) -> [Signature; 2] {
    let Found { finding, loaded } = found;
    let signature = |place| Signature { code: finding.code.name().to_owned(), place, message: finding.message.clone() };
    [Signed::File(loaded.file(&finding.path)), Signed::Path(finding.path.to_string())].map(signature)
}
