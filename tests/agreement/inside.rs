//! Over 10,000 random books, page, export, badges, terminal and exit code tell the same verdict and the same sums. Made
//! by the calls beneath the verbs; `tests/agreement/main.rs` does the same with real processes and fewer books.

#[path = "book.rs"]
mod book;
#[path = "told.rs"]
mod told;

use super::exit::Exit;
use super::loaded::Loaded;
use super::{check, status};
use crate::finding::{Finding, Severity};
use crate::input::{self, Project};
use crate::page::{Badge, Edition, Highlighting, Page, Plan, Press, Setting};
use crate::render::Renderer;

use crate::theme::Theme;
use book::Book;
use jiff::civil::date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use told::Told;

/// Books; `BOOKS` says otherwise.
const BOOKS: u64 = 10_000;

#[test]
fn every_place_tells_the_same() {
    let books = std::env::var("BOOKS").map_or(BOOKS, |books| books.parse().unwrap());
    let renderer = Renderer::new(Theme::default()).unwrap();
    let outcomes: Vec<Result<String, String>> = (0..books).into_par_iter().map(|seed| look(seed, &renderer)).collect();
    let wrong: Vec<&String> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
    assert!(wrong.is_empty(), "{} of {books} books, the first: {}", wrong.len(), wrong[0]);
    // A generator that makes only one kind of book would show little.
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for verdict in outcomes.iter().flatten() {
        *kinds.entry(verdict).or_default() += 1;
    }
    let least = usize::try_from(books / 50).unwrap();
    for verdict in ["ready", "not_ready", "no_gate", "unknown"] {
        assert!(kinds.get(verdict).is_some_and(|&count| count > least), "too few {verdict}: {kinds:?}");
    }
}

/// The verdict that all places tell of a book, or where they disagree.
fn look(seed: u64, renderer: &Renderer) -> Result<String, String> {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    Book::new(seed).write(folder.path());
    let loaded = Loaded::of(Project::open(folder.path()).unwrap(), date(2026, 6, 30));
    if loaded.nothing().is_some() {
        return if loaded.exit() == Exit::Trouble { Ok("nothing".to_owned()) } else { Err(format!("{seed}: empty")) };
    }
    let places = places(&loaded, renderer, folder.path());
    let (_, export) = &places[0];
    for (name, place) in &places[1..] {
        if let Some(how) = export.disagreement(place) {
            return Err(format!("seed {seed}: the export and {name} disagree: {how}"));
        }
    }
    let verdict = export.verdict.clone().unwrap();
    let exit = exit(&loaded);
    let ended = Told::exit(exit).exit.unwrap();
    let refused = loaded.exit() == Exit::Trouble;
    if ended != Told::exit_of(&verdict) && !(refused && exit == 2) {
        return Err(format!("seed {seed}: {verdict}, but `check --gate` ends with {exit}"));
    }
    Ok(verdict)
}

/// What each place tells; first the export, which tells most.
fn places(loaded: &Loaded, renderer: &Renderer, folder: &Path) -> Vec<(&'static str, Told)> {
    let plan = Plan::of(&loaded.site, loaded.config(), renderer.theme());
    let repository_folder = input::repository_folder(&loaded.project);
    let setting = Setting { repository_folder, highlight: Highlighting::Off, ..Setting::default() };
    let edition = Edition {
        site: &loaded.site,
        config: loaded.config(),
        plan: &plan,
        theme: renderer.theme(),
        setting: &setting,
    };
    let press = Press::new(&edition, renderer);
    let make = |page: Page| String::from_utf8(press.make(&page).unwrap().into_bytes()).unwrap();
    let export = make(Page::Readiness);
    assert!(!export.contains(folder.to_str().unwrap()), "a path of this machine");
    vec![
        ("export", Told::json(&export)),
        ("its documents", Told::added_up(&export)),
        ("its items", Told::counted(&export)),
        ("the overview", Told::page(&make(Page::Overview))),
        ("the badge's endpoint", Told::badge(&told::message(&make(Page::BadgeEndpoint(Badge::Site))))),
        ("the badge's picture", Told::badge(told::title(&make(Page::Badge(Badge::Site))))),
        ("status", Told::terminal(&status::text(loaded, status::By::Priority, status::Format::Table))),
        ("status as JSON", Told::json(&status::text(loaded, status::By::Priority, status::Format::Json))),
    ]
}

/// How `check --gate` ends.
fn exit(loaded: &Loaded) -> u8 {
    let told: Vec<&Finding> = loaded.site.findings.iter().collect();
    let exit = check::end(&told, Severity::Error).or(loaded.exit()).or(check::judge(loaded.site.verdict.status));
    match exit {
        Exit::Fine => 0,
        Exit::Findings => 1,
        Exit::Trouble => 2,
        Exit::NotMet => 3,
    }
}
