//! The hand-made expected reading of the seed documents, which lie in `../shared` beside a checkout of the project's
//! own workshop. `tests/all` runs these where they are, and says so where they are not.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads files and fails by panicking")]

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;

fn seeds() -> PathBuf {
    let shared = std::env::var_os("READYBOOK_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(shared).join("seeds")
}

fn export() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_readybook")).arg("export").arg(seeds()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn document<'a>(export: &'a Value, number: &str) -> &'a Value {
    let documents = export["documents"].as_array().unwrap();
    documents.iter().find(|document| document["path"].as_str().unwrap().starts_with(number)).unwrap()
}

#[test]
fn every_row_of_the_expected_reading_holds() {
    let export = export();
    let mut wrong = Vec::new();
    let mut rows = 0;
    for line in std::fs::read_to_string(seeds().join("expected.tsv")).unwrap().lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if !matches!(cells.get(1), Some(&"file" | &"group" | &"section")) {
            continue;
        }
        let document = document(&export, cells[0]);
        let summary = match cells[1] {
            "file" => Some(&document["summary"]),
            _ => section(document, cells[2].parse().unwrap()),
        };
        let (done, open): (u64, u64) = (cells[6].parse().unwrap(), cells[7].parse().unwrap());
        let expected = json!([done + open, done]);
        let seen = summary.map_or(Value::Null, |summary| json!([summary["items"], summary["done"]]));
        if seen != expected {
            wrong.push(format!("{} line {} {}: {seen}, expected {expected}", cells[0], cells[2], cells[3]));
        }
        rows += 1;
    }
    assert!(rows > 40 && wrong.is_empty(), "{} of {rows} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn section(document: &Value, line: u64) -> Option<&Value> {
    let sections = document["sections"].as_array().unwrap();
    sections.iter().find(|section| section["line"] == line).map(|section| &section["summary"])
}

/// Number, items, groups, done, by priority (P0 to P3, none), codec of the damage.
type Planned = (&'static str, u64, usize, u64, [u64; 5], Option<&'static str>);

const TABLE: [Planned; 5] = [
    ("000", 7, 0, 0, [1, 3, 3, 0, 0], None),
    ("001", 120, 24, 0, [46, 39, 26, 9, 0], Some("macintosh")),
    ("002", 88, 0, 0, [0, 0, 0, 0, 88], Some("windows-1252")),
    ("003", 57, 12, 13, [0, 21, 15, 8, 13], Some("windows-1254")),
    ("004", 30, 0, 0, [0, 0, 0, 0, 30], None),
];

#[test]
fn the_seeds_read_as_planned() {
    let export = export();
    for (number, items, groups, done, levels, codec) in TABLE {
        let document = document(&export, number);
        assert_eq!(document["summary"]["items"], items, "{number}");
        assert_eq!(document["summary"]["done"], done, "{number}");
        let by_level = &document["by_priority"];
        let seen = ["P0", "P1", "P2", "P3", "none"].map(|level| by_level[level]["items"].as_u64().unwrap());
        assert_eq!(seen, levels, "{number}");
        assert_eq!(document["repaired"]["codec"].as_str(), codec, "{number}");
        let all = export["items"].as_array().unwrap().iter();
        let of_it = all.filter(|item| item["document"] == document["path"] && item["group"] == true);
        assert_eq!(of_it.count(), groups, "{number}");
    }
}

#[test]
fn what_stands_beside_the_items_is_kept_apart() {
    let export = export();
    let lines = |number: &str, list: &str| {
        let list = document(&export, number)[list].as_array().unwrap().clone();
        list.iter().map(|entry| entry["line"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(lines("001", "claims"), [203]);
    assert_eq!(lines("001", "statements"), (205..=212).collect::<Vec<_>>());
    assert_eq!(lines("002", "signoffs"), [218]);
    assert_eq!(lines("003", "claims"), [190]);
    assert_eq!(lines("003", "criteria"), (145..=152).collect::<Vec<_>>());
    assert_eq!(lines("004", "gate_in_prose"), [85]);
    assert_eq!(document(&export, "003")["last_updated"]["date"], "2025-08-28");
    let owner = |name: &str| {
        let owners = export["owners"].as_array().unwrap();
        owners.iter().find(|owner| owner["name"] == name).map(|owner| owner["summary"]["items"].clone())
    };
    assert_eq!(["Builder", "Tester", "Human operator"].map(owner), [13, 11, 6].map(|count| Some(json!(count))));
    let dead = export["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "dead-link");
    assert_eq!(dead.count(), 8);
}

#[test]
fn damaged_glyphs_come_back() {
    let text = export().to_string();
    for damaged in ["â", "ğŸ", "ðŸ", "üî", "‚ú", "Ô∏"] {
        assert!(!text.contains(damaged), "{damaged} is left");
    }
}
