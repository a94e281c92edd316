//! What has to hold of all lists of words.

use super::normalise;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

/// Tables of signs, of bytes as they are, and of words that are not looked up in normal form.
const SIGNS: [&str; 7] = ["marks", "glyphs", "colours", "boxes", "rings", "standards", "hints"];

/// Lists outside `[tables]` that whole headers are looked up in, once `[headers]` has renamed them.
const OF_HEADERS: [&str; 8] = [
    "people.names",
    "phrases.weighed",
    "signoffs.roles",
    "signoffs.signers",
    "signoffs.positions",
    "signoffs.signatures",
    "signoffs.days",
    "signoffs.names",
];

/// Lists in `[tables]` of words that are no whole headers.
const NOT_OF_HEADERS: [&str; 17] = [
    "tables.booleans",
    "tables.operating",
    "tables.negations",
    "tables.negations_behind",
    "tables.negations_glued",
    "tables.adding",
    "tables.added",
    "tables.released",
    "tables.no_things",
    "tables.self_named",
    "tables.decisions",
    "tables.mended",
    "tables.unmended",
    "tables.logs",
    "tables.sums",
    "tables.whole_sums",
    "tables.units",
];

/// Lists of which each is asked before or together with the next ones: no word stands in two.
const TOGETHER: [&[&str]; 17] = [
    &["columns.item", "tables.tasks"],
    &["columns.status", "tables.task_states", "tables.plain_status"],
    &["columns.owner", "people.kinds"],
    &["signoffs.roles", "signoffs.signers", "signoffs.positions", "signoffs.acts"],
    &["signoffs.signatures", "signoffs.acts", "signoffs.days"],
    &[
        "tables.yes",
        "tables.no",
        "tables.answers_yes",
        "tables.answers_no",
        "tables.answers_na",
        "tables.answers_doing",
    ],
    &["tables.periods", "tables.numbered", "tables.workers"],
    &["tables.periods", "tables.numbered", "tables.turns"],
    &["tables.stages", "tables.repairs", "tables.matches"],
    &["sections.waiting", "sections.left_last"],
    &["listed.words", "listed.closing"],
    &["tables.counts", "tables.totals"],
    &["tables.results", "tables.gauges", "tables.proofs"],
    &["tables.areas", "tables.weak_items"],
    &["tables.answer", "tables.verdicts"],
    &["claims.ready", "claims.rows"],
    &["claims.parts", "claims.numbered"],
];

fn file() -> toml::Table {
    toml::from_str(include_str!("../words.toml")).unwrap()
}

/// Every list of `words.toml` by its name, `table.key`.
fn lists() -> Vec<(String, Vec<String>)> {
    let mut lists = Vec::new();
    for (table, keys) in file() {
        for (key, words) in keys.as_table().unwrap().iter().filter(|(_, words)| words.is_array()) {
            lists.push((format!("{table}.{key}"), words.clone().try_into().unwrap()));
        }
    }
    lists
}

fn list(name: &str) -> Vec<String> {
    let found = lists().into_iter().find(|(other, _)| other == name);
    found.unwrap_or_else(|| panic!("no list {name}")).1
}

/// The words of some lists that stand in more than one of them, or twice in one.
fn repeated(lists: impl IntoIterator<Item = (String, Vec<String>)>) -> Vec<String> {
    let mut seen: HashMap<String, String> = HashMap::default();
    let mut repeated = Vec::new();
    for (name, words) in lists {
        for word in words {
            if let Some(other) = seen.insert(word.clone(), name.clone()) {
                repeated.push(format!("`{word}` in {other} and {name}"));
            }
        }
    }
    repeated
}

#[test]
fn words_stand_in_the_form_in_which_they_are_looked_up() {
    let is_of_words = |name: &str| !SIGNS.iter().any(|table| name.starts_with(&format!("{table}.")));
    let lists = lists().into_iter().filter(|(name, _)| is_of_words(name) && name != "listed.glyphs");
    let signs = |word: &str| !word.chars().any(char::is_alphanumeric);
    let lost = lists.flat_map(|(name, words)| words.into_iter().map(move |word| (name.clone(), word)));
    let lost: Vec<_> = lost.filter(|(_, word)| !signs(word) && normalise(word) != *word).collect();
    assert_eq!(lost, []);
}

#[test]
fn no_word_means_two_things() {
    for table in ["states", "marks", "glyphs", "colours", "boxes", "rings", "levels", "columns", "tags", "headers"] {
        let lists = lists().into_iter().filter(|(name, _)| name.split('.').next() == Some(table));
        assert_eq!(repeated(lists), [""; 0]);
    }
}

#[test]
fn no_list_repeats_a_word() {
    let twice: Vec<String> = lists().into_iter().flat_map(|list| repeated([list])).collect();
    assert_eq!(twice, [""; 0]);
}

#[test]
fn no_list_repeats_one_that_is_asked_with_it() {
    for names in TOGETHER {
        assert_eq!(repeated(names.iter().map(|&name| (name.to_owned(), list(name)))), [""; 0]);
    }
}

#[test]
fn no_list_of_headers_has_one_that_is_renamed() {
    let renamed = lists().into_iter().filter(|(name, _)| name.starts_with("headers."));
    let renamed: HashSet<String> = renamed.flat_map(|(_, words)| words).collect();
    let is_of_headers =
        |name: &str| OF_HEADERS.contains(&name) || name.starts_with("tables.") && !NOT_OF_HEADERS.contains(&name);
    let asked = lists().into_iter().filter(|(name, _)| is_of_headers(name)).flat_map(|(_, words)| words);
    let dead: Vec<String> = asked.filter(|word| renamed.contains(word)).collect();
    assert_eq!(dead, [""; 0]);
    // And every name above is one of a list.
    OF_HEADERS.into_iter().chain(NOT_OF_HEADERS).for_each(|name| drop(list(name)));
}
