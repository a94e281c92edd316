//! How documents are read: each folder `tests/fixtures/reading-*` holds a document, `doc.md`, and `expected.txt`, the
//! reading that a careful person gives it. `UPDATE=1` rewrites the expectations, for review in the diff.
//!
//! An expectation begins with the sum. Each item follows on a line of its own, in document order, two spaces deeper
//! than its group: line, kind, state, priority, owners, id and text between bars, `-` for nothing; then what else is
//! known of it. The facts about the document follow, one a line: claims, statements, criteria, sign-offs, summary rows,
//! gates, the date of the last update, and findings by line, severity and code.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panicking")]

use readybook::finding::{Checked, Severity};
use readybook::markdown;
use readybook::model::{Checklist, Item, Ladder, State, Tally};
use readybook::reading::{self, Vocabulary};
use readybook::source::{RelPath, Source, Span, decode};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn every_document_is_read_as_expected() {
    let update = std::env::var_os("UPDATE").is_some();
    let cases = cases();
    let mut wrong = String::new();
    for case in &cases {
        let actual = describe(&std::fs::read(case.join("doc.md")).unwrap());
        let path = case.join("expected.txt");
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if update {
            std::fs::write(path, actual).unwrap();
        } else if actual != expected {
            let name = case.file_name().unwrap().to_string_lossy();
            writeln!(wrong, "{name}\n{}", difference(&expected, &actual)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "`-` is expected, `+` is read\n\n{wrong}");
    assert!(cases.len() > 70, "only {} cases were found", cases.len());
}

/// The folders of the cases, by name.
fn cases() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path());
    let is_case = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("reading-");
    let mut cases: Vec<PathBuf> = folders.filter(is_case).collect();
    cases.sort();
    cases
}

/// The lines that only one of two texts has.
fn difference(expected: &str, actual: &str) -> String {
    let only = |sign: char, these: &str, those: &str| {
        let those: Vec<&str> = those.lines().collect();
        let lines = these.lines().filter(|line| !those.contains(line));
        lines.fold(String::new(), |text, line| text + &format!("  {sign} {line}\n"))
    };
    let lines = only('-', expected, actual) + &only('+', actual, expected);
    if lines.is_empty() { "  the same lines in another order\n".to_owned() } else { lines }
}

/// The reading of a document as text.
fn describe(bytes: &[u8]) -> String {
    let source = Source::new(RelPath::new("doc.md").unwrap(), decode::decode(bytes).unwrap());
    let read = reading::read(&source, markdown::front_matter(&source), &Vocabulary::default());
    let mut text = format!("{}\n", sum(read.value.tally));
    for item in &read.value.items {
        writeln!(text, "{}{}", "  ".repeat(depth(&read.value, item)), row(&source, item)).unwrap();
    }
    facts(&mut text, &source, &read).unwrap();
    text
}

fn sum(tally: Tally) -> String {
    let states = State::ALL.into_iter().filter(|&state| tally.count(state) > 0);
    let counts: Vec<String> = states.map(|state| format!("{} {}", tally.count(state), state.name())).collect();
    let percent = tally.percent().map_or_else(|| "no percentage".to_owned(), |percent| format!("{percent} %"));
    if counts.is_empty() {
        return "no items".to_owned();
    }
    format!("{} items: {}; {percent}", tally.items(), counts.join(", "))
}

fn depth(list: &Checklist, item: &Item) -> usize {
    let parents = std::iter::successors(item.parent, |&parent| list.items[parent as usize].parent);
    parents.count()
}

fn row(source: &Source, item: &Item) -> String {
    let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let ladder = Ladder::default();
    let level = item.level.map(|level| ladder.step(level).key.clone()).unwrap_or_default();
    let kind = format!("{}{}", item.kind.name(), if item.group { " group" } else { "" });
    let cells = [
        source.line(item.span.start).to_string(),
        kind,
        item.state.name().to_owned(),
        or_dash(level),
        or_dash(item.owners.join(", ")),
        or_dash(item.reference.clone().unwrap_or_default()),
        item.text.replace('\n', " "),
    ];
    let mut row = cells.join(" | ");
    let due = item.due.map(|date| date.to_string()).unwrap_or_default();
    for (name, value) in [("due", due), ("evidence", item.evidence.join(", ")), ("note", item.note.clone())] {
        if !value.is_empty() {
            write!(row, " | {name}: {}", value.replace('\n', " ")).unwrap();
        }
    }
    row
}

fn facts(text: &mut String, source: &Source, read: &Checked<Checklist>) -> std::fmt::Result {
    let line = |span: Span| source.line(span.start);
    let list = &read.value;
    if !list.state_tracked && !list.items.is_empty() {
        writeln!(text, "no state is tracked")?;
    }
    if let Some(updated) = list.last_updated {
        writeln!(text, "updated {} | {}", line(updated.span), updated.date)?;
    }
    let agreement = |agrees: bool| if agrees { "agrees" } else { "disagrees" };
    for claim in &list.claims {
        writeln!(text, "claim {} | {} | {}", line(claim.span), agreement(claim.agrees), claim.text)?;
    }
    for statement in &list.statements {
        let state = statement.state.map_or("-", State::name);
        writeln!(text, "statement {} | {state} | {}", line(statement.span), statement.text)?;
    }
    for criterion in &list.criteria {
        writeln!(text, "criterion {} | {} | {}", line(criterion.span), criterion.state.name(), criterion.text)?;
    }
    for signoff in &list.signoffs {
        let name = signoff.name.as_deref().unwrap_or("nobody");
        let date = signoff.date.map(|date| format!(" | {date}")).unwrap_or_default();
        writeln!(text, "sign-off {} | {} | {name}{date}", line(signoff.span), signoff.role)?;
    }
    for rollup in &list.rollups {
        writeln!(text, "summary {} | {} | {}", line(rollup.span), agreement(rollup.agrees), rollup.title)?;
    }
    for gate in &list.gates {
        writeln!(text, "gate {} | {}", line(gate.span), gate.text)?;
    }
    for finding in &read.findings {
        let line = finding.span.map_or_else(|| "-".to_owned(), |span| line(span).to_string());
        writeln!(text, "finding {line} | {} | {}", severity(finding.severity), finding.code.name())?;
    }
    Ok(())
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
