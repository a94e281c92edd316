//! What is printed for programs keeps its promises: the schemas hold, and the sums of an export add up.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test makes its files and fails by panicking")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What readybook prints to standard output for one folder.
fn print(arguments: &[&str], folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readybook"));
    command.args(arguments).arg(folder).env("SOURCE_DATE_EPOCH", "1782777600");
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

/// Every folder of documents that the other tests have, and the demonstration.
fn folders() -> Vec<PathBuf> {
    let cases = ["tests/transcripts", "tests/fixtures"].map(|folder| std::fs::read_dir(root().join(folder)).unwrap());
    let mut folders: Vec<PathBuf> = cases.into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    folders.push(root().join("content"));
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders
}

fn assert_valid(schema: &Value, text: &str, what: &Path) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", what.display()));
    let faults: Vec<String> =
        validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{}: {faults:#?}", what.display());
}

#[test]
fn exports_fit_their_schema() {
    let schema = readybook::page::export::schema();
    let mut count = 0;
    for folder in folders() {
        let text = print(&["export"], &folder);
        if !text.is_empty() {
            assert_valid(&schema, &text, &folder);
            count += 1;
        }
    }
    assert!(count > 50, "{count} exports");
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({ "schema_version": 1 })));
}

#[test]
fn reports_of_findings_fit_their_schema() {
    let schema: Value = serde_json::from_str(&print(&["schema", "findings"], Path::new("--"))).unwrap();
    for folder in folders() {
        let text = print(&["check", "--format", "json"], &folder);
        if !text.is_empty() {
            assert_valid(&schema, &text, &folder);
        }
    }
}

#[test]
fn sarif_is_valid() {
    let mut schema: Value = serde_json::from_slice(&std::fs::read(sarif_schema()).unwrap()).unwrap();
    // A slip in the published schema: the pattern for languages is no regular expression, and we write no language.
    for definition in schema["definitions"].as_object_mut().unwrap().values_mut() {
        if let Some(language) = definition.pointer_mut("/properties/language").and_then(Value::as_object_mut) {
            language.remove("pattern");
        }
    }
    let mut results = 0;
    for folder in folders() {
        let text = print(&["check", "--format", "sarif"], &folder);
        if !text.is_empty() {
            assert_valid(&schema, &text, &folder);
            let log: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
            results += log.runs.iter().flat_map(|run| run.results.iter().flatten()).count();
        }
    }
    assert!(results > 50, "{results} results");
}

/// The schema that the crate `serde-sarif` carries among its sources.
fn sarif_schema() -> PathBuf {
    // For one platform only: the crates of the others need not be at hand.
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let host = String::from_utf8(rustc.stdout).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host];
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    Path::new(package["manifest_path"].as_str().unwrap()).with_file_name("src/schema.json")
}

#[test]
fn sums_of_an_export_add_up() {
    for folder in folders() {
        let text = print(&["export"], &folder);
        if text.is_empty() {
            continue;
        }
        let export: Value = serde_json::from_str(&text).unwrap();
        let count = |summary: &Value| summary["items"].as_u64().unwrap();
        let list = |name: &str| export[name].as_array().unwrap().clone();
        let total = count(&export["summary"]);
        let counted: u64 =
            list("documents").iter().filter(|of| of["counted"] == true).map(|of| count(&of["summary"])).sum();
        let levels: u64 = list("priorities").iter().map(|of| count(&of["summary"])).sum();
        let what = folder.display();
        assert_eq!(counted, total, "documents of {what}");
        assert_eq!(levels + count(&export["unranked"]), total, "levels of {what}");
        let rows = print(&["export", "--format", "csv"], &folder);
        assert_eq!(rows.matches(",true\n").count() as u64, total, "rows that are counted of {what}");
        for document in list("documents") {
            let leaves = list("items");
            let leaves = leaves.iter().filter(|item| item["document"] == document["path"] && item["group"] == false);
            assert_eq!(leaves.count() as u64, count(&document["summary"]), "{} of {what}", document["path"]);
            let by_level: u64 = document["by_priority"].as_object().unwrap().values().map(count).sum();
            assert_eq!(by_level, count(&document["summary"]), "levels of {} of {what}", document["path"]);
        }
    }
}
