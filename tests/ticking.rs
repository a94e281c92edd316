//! Ticking every item of every dialect: what its mark becomes, and that nothing else changes.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panicking")]

use readybook::config::Config;
use readybook::model::State;
use readybook::pipeline::{self, Reader};
use readybook::site::Sheet;
use readybook::source::{RelPath, Source, decode};
use std::fmt::Write as _;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tick-dialects");

fn read(source: Source) -> Sheet {
    let config = Config::default();
    Reader::new(&config).read(source, &config)
}

/// What ticking an item does, told as a line.
fn told(sheet: &Sheet, index: usize) -> Option<String> {
    let item = &sheet.checklist.items[index];
    let mark = item.mark.filter(|_| !item.group)?;
    let to = if item.state == State::Done { State::Open } else { State::Done };
    let old = sheet.source.slice(mark);
    let line = sheet.source.line(mark.start);
    let Some(new) = pipeline::ticked(sheet, mark, to, read) else {
        return Some(format!("{}:{line}: `{old}` -> refused\n", sheet.source.path));
    };
    let text = sheet.source.text();
    let after = format!("{}{new}{}", &text[..mark.range().start], &text[mark.range().end..]);
    let after = read(Source::from_text(sheet.source.path.clone(), &after));
    assert_eq!(after.checklist.items[index].state, to);
    let back = told_back(&after, index, item.state);
    Some(format!("{}:{line}: `{old}` -> `{new}` -> {back}\n", sheet.source.path))
}

/// What ticking the same item again makes of it.
fn told_back(sheet: &Sheet, index: usize, before: State) -> String {
    let to = if before == State::Done { State::Done } else { State::Open };
    let mark = sheet.checklist.items[index].mark.unwrap();
    pipeline::ticked(sheet, mark, to, read).map_or("refused".to_owned(), |text| format!("`{text}`"))
}

#[test]
fn every_item_is_ticked_in_the_manner_of_its_document() {
    let mut found = String::new();
    let mut files: Vec<_> = std::fs::read_dir(format!("{FOLDER}/content")).unwrap().map(|file| file.unwrap()).collect();
    files.sort_by_key(|file| file.file_name());
    for file in files {
        let path = RelPath::new(file.file_name().to_str().unwrap()).unwrap();
        let source = Source::new(path, decode::decode(std::fs::read(file.path()).unwrap()).unwrap());
        let sheet = read(source);
        for index in 0..sheet.checklist.items.len() {
            found.extend(told(&sheet, index));
        }
    }
    let expected = Path::new(FOLDER).join("expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&expected, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&expected).unwrap_or_default();
    let mut differences = String::new();
    for (one, other) in expected.lines().zip(found.lines()).filter(|(one, other)| one != other) {
        let _ = writeln!(differences, "- {one}\n+ {other}");
    }
    assert!(expected == found, "{differences}");
}
