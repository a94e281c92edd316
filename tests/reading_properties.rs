//! What holds for every reading, whatever the text: it ends without a panic, sums add up, spans lie in the text, and line
//! breaks, a byte order mark and a missing last newline make no difference.
//!
//! Cases are made from the fixtures by a seeded generator: the same ones in every run. `READING_CASES` multiplies their
//! number (1 makes some 170,000).

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panicking")]

#[path = "reading_properties/laws.rs"]
mod laws;
#[path = "reading_properties/random.rs"]
mod random;

use random::Random;
use readybook::finding::Checked;
use readybook::markdown;
use readybook::model::Checklist;
use readybook::reading::{self, Vocabulary};
use readybook::source::{RelPath, Source, decode};
use std::path::Path;
use std::sync::LazyLock;

static WORDS: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);

/// How many times the usual number of cases is run.
fn times() -> usize {
    std::env::var("READING_CASES").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// The bytes of every document among the fixtures, by path.
fn fixtures() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    let documents = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md"));
    let documents: Vec<Vec<u8>> = documents.map(|file| std::fs::read(file.path()).unwrap()).collect();
    assert!(documents.len() > 70, "only {} documents were found", documents.len());
    documents
}

/// The reading of some bytes; `None` where they are no text.
fn read(bytes: &[u8]) -> Option<(Source, Checked<Checklist>)> {
    let source = Source::new(RelPath::new("doc.md").unwrap(), decode::decode(bytes).ok()?);
    let read = reading::read(&source, markdown::front_matter(&source), &WORDS);
    Some((source, read))
}

/// Reads some bytes and holds the reading against the laws.
fn check(bytes: &[u8]) {
    let Some((source, read)) = read(bytes) else { return };
    if let Err(broken) = laws::hold(&source, &read) {
        panic!("{broken}\n{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn every_prefix_of_every_fixture_is_read() {
    let mut cases = 0;
    for document in fixtures() {
        for end in (0..=document.len()).filter(|&end| std::str::from_utf8(&document[..end]).is_ok() || end < 200) {
            check(&document[..end]);
            cases += 1;
        }
    }
    assert!(cases > 50_000, "only {cases} cases");
}

#[test]
fn every_suffix_of_the_short_fixtures_is_read() {
    for document in fixtures().into_iter().filter(|document| document.len() < 600) {
        (0..document.len()).for_each(|start| check(&document[start..]));
    }
}

#[test]
fn mutations_of_fixtures_are_read() {
    let fixtures = fixtures();
    let mut random = Random::new(1);
    for _ in 0..30_000 * times() {
        let document = random.pick(&fixtures);
        check(&random.mutation(document, &fixtures));
    }
}

#[test]
fn random_bytes_and_random_marks_are_read() {
    let mut random = Random::new(2);
    for _ in 0..10_000 * times() {
        check(&random.bytes());
        check(&random.marks());
    }
}

#[test]
fn line_breaks_and_byte_order_marks_make_no_difference() {
    let fixtures = fixtures();
    let mut random = Random::new(3);
    let mutations: Vec<Vec<u8>> = (0..1_000 * times())
        .map(|_| {
            let document = random.pick(&fixtures);
            random.mutation(document, &fixtures)
        })
        .collect();
    for document in fixtures.iter().chain(&mutations) {
        let Ok(text) = std::str::from_utf8(document) else { continue };
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let (source, plain) = read(text.as_bytes()).unwrap();
        let plain = laws::told(&source, &plain);
        let crlf = text.replace('\n', "\r\n");
        let cr = text.replace('\n', "\r");
        let bom = format!("\u{feff}{text}");
        let ended = text.strip_suffix('\n').unwrap_or(&text);
        let variants = [("CRLF", crlf.as_str()), ("CR", &cr), ("a byte order mark", &bom), ("no last newline", ended)];
        for (name, variant) in variants {
            let (source, read) = read(variant.as_bytes()).unwrap();
            assert_eq!(laws::told(&source, &read), plain, "{name} makes a difference to\n{text}");
        }
    }
}
