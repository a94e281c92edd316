//! `readybook.toml`: what it means, and every fault in it with its place.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use readybook::config::{self, Config, Demand, Grant};
use readybook::finding::{Checked, Code, Severity};
use readybook::model::{Interval, Level, State};
use readybook::source::{RelPath, Source};
use std::fmt::Write as _;

fn read(name: &str) -> (Source, Checked<Config>) {
    let path = format!("{}/tests/fixtures/{name}/readybook.toml", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "a test reads its fixture")]
    let text = std::fs::read_to_string(path).unwrap();
    let source = Source::from_text(config::file(), &text);
    let checked = config::parse(&source);
    (source, checked)
}

fn path(text: &str) -> RelPath {
    RelPath::new(text).unwrap()
}

#[test]
fn every_table_is_read() {
    let (_, Checked { value: config, findings }) = read("config-all");
    assert_eq!(findings, []);
    assert_eq!(config.title.as_deref(), Some("Launch readiness"));
    assert_eq!(config.base_url.as_deref(), Some("https://readiness.example.org/launch/"));
    assert_eq!(config.repository.url.as_deref(), Some("https://github.com/example/launch"));
    assert_eq!(config.ladder.step(Level(1)).label, "Important");
    assert_eq!(config.words.levels, [(Level(0), vec!["showstopper".into()]), (Level(1), vec!["soon".into()])]);
    assert_eq!(config.words.states[0], (State::Done, vec!["klar".into(), "🟩".into()]));
    assert_eq!(config.owner("h"), "Team Harbour");
    assert_eq!(config.owner("somebody"), "somebody");
    assert_eq!(config.gate.require.as_deref().unwrap()[1].demand, Demand::Percent(90));
    assert_eq!(config.gate.documents[1].rules[1].text, "runs/*: signed");
    assert_eq!(config.waivers[0].expires, Some(jiff::civil::date(2026, 5, 31)));
    assert_eq!(config.severity(Code::Orphan), None);
    assert_eq!(config.severity(Code::DeadLink), Some(Severity::Warning));
    assert!(!config.highlight.enable);
    assert_eq!((config.feed.limit, config.serve.port), (20, 8000));
    assert_eq!(config.extra["colour"], "green");
}

#[test]
fn folders_give_defaults_and_grants() {
    let (_, Checked { value: config, .. }) = read("config-all");
    let front = config.defaults(&path("drills/deep/a.md")).unwrap();
    assert_eq!(front.priority.as_deref(), Some("P0"));
    assert_eq!(front.owners, ["Team Harbour"]);
    assert_eq!(front.review_every, Some(Interval { days: 91 }));
    assert!(config.grants(&path("drills/a.md"), Grant::Draft));
    assert!(!config.grants(&path("drills/a.md"), Grant::Priority));
    assert!(!config.grants(&path("launch.md"), Grant::Draft));
    assert_eq!(config.defaults(&path("launch.md")), None);
}

#[test]
fn every_fault_is_told_with_its_place() {
    let (source, Checked { findings, .. }) = read("config-faults");
    let mut told = String::new();
    for finding in &findings {
        assert_eq!((finding.code, finding.severity), (Code::Config, Severity::Error));
        let place = source.place(finding.span.unwrap().start);
        let help = finding.help.as_deref().unwrap_or("-");
        writeln!(told, "{}:{} {} ({help})", place.line, place.column, finding.message).unwrap();
    }
    let expected = include_str!("fixtures/config-faults/expected.txt");
    assert_eq!(told, expected, "\n{told}");
}

#[test]
fn the_schema_accepts_what_is_read() {
    let text = include_str!("fixtures/config-all/readybook.toml");
    let value: toml::Value = toml::from_str(text).unwrap();
    let json = without_dates(&serde_json::to_value(value).unwrap());
    let validator = jsonschema::validator_for(&config::schema()).unwrap();
    let faults: Vec<String> = validator.iter_errors(&json).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    assert!(!validator.is_valid(&serde_json::json!({ "tittle": "x" })));
}

/// TOML dates as JSON strings, as editors hand them to a schema.
fn without_dates(value: &serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) if map.contains_key("$__toml_private_datetime") => map["$__toml_private_datetime"].clone(),
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), without_dates(value))).collect())
        }
        Value::Array(list) => Value::Array(list.iter().map(without_dates).collect()),
        other => other.clone(),
    }
}

#[test]
fn broken_text_is_told_once_a_line() {
    let source = Source::from_text(config::file(), "title = \"x\noutput = \nlanguage = \"en\"\n");
    let Checked { value, findings } = config::parse(&source);
    let lines: Vec<u32> = findings.iter().map(|finding| source.line(finding.span.unwrap().start)).collect();
    assert_eq!(lines, [1, 2]);
    assert_eq!(value.language, "en");
}
