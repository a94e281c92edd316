//! The demonstration book (`content/`) as one site, against the counts that its author made by hand.

use readybook::config::Config;
use readybook::input::{self, Project};
use readybook::model::{Level, State, Tally};
use readybook::pipeline;
use readybook::site::{Document, Drafts, Setting, Site, laws};
use std::path::Path;

fn site(change: impl Fn(&mut Config)) -> Site {
    let mut project = Project::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    change(&mut project.config.value);
    let input = input::read(&project);
    let config = &project.config.value;
    let today = jiff::civil::date(2026, 11, 21);
    let setting = Setting { config, files: &input.files, today, drafts: Drafts::Hidden };
    pipeline::site(input.sources, &setting, input.findings)
}

/// The rows of a table of expected numbers below its header: a path, and cells.
fn rows(table: &str) -> impl Iterator<Item = (&str, Vec<u32>)> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| {
        let (path, cells) = line.split_once('\t').unwrap();
        (path, cells.split('\t').map(|cell| cell.parse().unwrap()).collect())
    })
}

fn document<'a>(site: &'a Site, path: &str) -> &'a Document {
    site.documents.iter().find(|document| document.source.path.as_str() == path).unwrap()
}

#[test]
fn laws_hold() {
    assert_eq!(laws::broken(&site(|_| {})), Vec::<String>::new());
}

#[test]
fn every_state_is_as_the_author_counted() {
    let site = site(|config| config.waivers.clear());
    let mut all = 0;
    for (path, cells) in rows(include_str!("../content.tsv")) {
        let tally = document(&site, path).checklist.tally;
        let states = [State::Done, State::Doing, State::Blocked, State::Open, State::Deferred, State::Na];
        let read: Vec<u32> = std::iter::once(tally.items()).chain(states.map(|state| tally.count(state))).collect();
        assert_eq!(read, cells, "{path}");
        all += if document(&site, path).counted { tally.items() } else { 0 };
    }
    assert_eq!(site.tally.items(), all);
}

#[test]
fn every_priority_and_owner_is_as_the_author_counted() {
    let site = site(|_| {});
    let table = include_str!("../content-owners.tsv");
    let header = table.lines().find(|line| !line.starts_with('#')).unwrap();
    let owners: Vec<&str> = header.split('\t').skip(6).collect();
    for (path, cells) in rows(table) {
        let document = document(&site, path);
        let count = |wanted: &dyn Fn(&readybook::model::Item) -> bool| -> u32 {
            document.leaves().filter(|(_, item)| wanted(item)).map(|(_, item)| Tally::one(item.state).items()).sum()
        };
        let levels = [0, 1, 2, 3].map(|step| count(&|item| item.level == Some(Level(step))));
        let unranked = count(&|item| item.level.is_none());
        let owned = owners.iter().map(|&owner| match owner {
            "unowned" => count(&|item| item.owners.is_empty()),
            owner => count(&|item| item.owners.iter().any(|own| own == owner)),
        });
        let read: Vec<u32> = levels.into_iter().chain([unranked]).chain(owned).collect();
        assert_eq!(read, cells, "{path}");
    }
}
