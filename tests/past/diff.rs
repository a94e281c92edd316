//! Two sites side by side.

use proptest::prelude::*;
use readybook::config::Config;
use readybook::model::{State, Tally};
use readybook::pipeline;
use readybook::site::{self, Change, ChangeKind, Drafts, Effort, Files, Setting, Site};
use readybook::source::{RelPath, Source};

fn changes(before: &Site, after: &Site) -> Vec<Change> {
    site::changes(before, after, &mut Effort::default())
}

fn site(documents: &[(String, String)]) -> Site {
    let sources = documents.iter().map(|(path, text)| Source::from_text(RelPath::new(path).unwrap(), text));
    let (config, files) = (Config::default(), Files::default());
    let today = jiff::civil::date(2026, 6, 30);
    let setting = Setting { config: &config, files: &files, today, drafts: Drafts::Hidden };
    pipeline::site(sources.collect(), &setting, Vec::new())
}

fn one(text: &str) -> Site {
    site(&[("a.md".to_owned(), text.to_owned())])
}

/// The kinds and texts of what changed between two documents.
fn told(before: &str, after: &str) -> Vec<(ChangeKind, String)> {
    let changes = changes(&one(before), &one(after));
    let each = |change: &Change| {
        let text = change.item().text.clone();
        change.kinds().into_iter().map(move |kind| (kind, text.clone())).collect::<Vec<_>>()
    };
    changes.iter().flat_map(each).collect()
}

#[test]
fn every_kind_is_told() {
    use ChangeKind::*;
    let before = "## P0\n\n- [ ] Closed\n- [x] Reopened\n- [ ] The wording of it\n- [ ] Gone\n- [x] Moves\n\n\
                  ## P1\n\n- [x] Stays\n";
    let after = "## P0\n\n- [x] Closed\n- [ ] Reopened\n- [ ] The new wording of it\n- [ ] Zwölf\n\n\
                 ## P1\n\n- [x] Stays\n- [x] Moves\n";
    let kinds = [
        (Closed, "Closed"),
        (Reopened, "Reopened"),
        (Reworded, "The new wording of it"),
        (Removed, "Gone"),
        (Added, "Zwölf"),
        (Reprioritised, "Moves"),
    ];
    let told = told(before, after);
    let told: Vec<_> = told.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(told, kinds);
}

#[test]
fn another_state_that_is_as_far_from_done_is_told() {
    let table = |state| format!("| ID | Check | Status |\n|---|---|---|\n| PR-1 | Load test | {state} |\n");
    assert_eq!(told(&table("open"), &table("in progress")), [(ChangeKind::Restated, "Load test".to_owned())]);
}

#[test]
fn items_are_known_by_their_ids() {
    let before = "| ID | Check | Status |\n|---|---|---|\n| PR-1 | Load test | open |\n| PR-2 | Drill | open |\n";
    let after =
        "| ID | Check | Status |\n|---|---|---|\n| PR-2 | Load test | done |\n| PR-1 | Wholly other words | open |\n";
    let told = told(before, after);
    let reworded = ChangeKind::Reworded;
    assert_eq!(
        told,
        [
            (ChangeKind::Closed, "Load test".to_owned()),
            (reworded, "Load test".to_owned()),
            (reworded, "Wholly other words".to_owned()),
        ]
    );
}

#[test]
fn numbers_that_shift_are_no_change() {
    let before = "- [ ] 1.1 Alpha gate\n- [ ] 1.2 Beta gate\n";
    let after = "- [ ] 1.1 New first\n- [ ] 1.2 Alpha gate\n- [ ] 1.3 Beta gate\n";
    let told = told(before, after);
    assert!(told.iter().any(|(kind, _)| *kind == ChangeKind::Added), "{told:?}");
    assert!(told.iter().all(|(kind, _)| !matches!(kind, ChangeKind::Removed | ChangeKind::Closed)), "{told:?}");
}

#[test]
fn a_large_rewrite_takes_no_square_of_time() {
    let many = |word: &str| (0..6_000).map(|at| format!("- [ ] {word} number {at}\n")).collect::<String>();
    let changes = changes(&one(&many("first")), &one(&many("second")));
    assert!(changes.len() >= 6_000);
}

const WORDS: [&str; 6] =
    ["Reviewed", "Restore drill", "Restore drills", "Load test", "Runbook", "Alerts page somebody"];

/// An item as it is written.
fn item() -> impl Strategy<Value = String> {
    (0..WORDS.len(), 0..4_usize, prop::option::of(0..4_u8)).prop_map(|(word, state, id)| {
        let mark = ["- [ ]", "- [x]", "- [ ] 🚫", "- [ ] N/A:"][state];
        let id = id.map(|id| format!("PR-{id}: ")).unwrap_or_default();
        format!("{mark} {id}{}\n", WORDS[word])
    })
}

fn documents() -> impl Strategy<Value = Vec<(String, String)>> {
    let section = (0..3_u8, prop::collection::vec(item(), 0..6));
    let text = prop::collection::vec(section, 0..3).prop_map(|sections| {
        let sections = sections.into_iter().map(|(level, items)| format!("## P{level}\n\n{}\n", items.concat()));
        sections.collect::<String>()
    });
    prop::collection::btree_map("[a-c]", text, 0..4)
        .prop_map(|texts| texts.into_iter().map(|(name, text)| (format!("{name}.md"), text)).collect())
}

/// What a sum gains by some changes.
fn gain(changes: &[Change], of: impl Fn(State) -> bool) -> i64 {
    let worth = |state| i64::from(of(state));
    let gain = |change: &Change| match change {
        Change::Added(item) => worth(item.state),
        Change::Removed(item) => -worth(item.state),
        Change::Changed { before, after } => worth(after.state) - worth(before.state),
    };
    changes.iter().map(gain).sum()
}

proptest! {
    #[test]
    fn changes_account_for_sums(before in documents(), after in documents()) {
        let (before, after) = (site(&before), site(&after));
        let changes = changes(&before, &after);
        let grown = |sum: fn(Tally) -> u32| i64::from(sum(after.tally)) - i64::from(sum(before.tally));
        prop_assert_eq!(gain(&changes, |_| true), grown(Tally::items));
        prop_assert_eq!(gain(&changes, State::is_left), grown(Tally::left));
        let count = |kind| changes.iter().filter(|change| change.kinds().contains(&kind)).count() as i64;
        let moved = changes.iter().filter(|change| !matches!(change, Change::Changed { .. })).cloned();
        let ends = gain(&moved.collect::<Vec<_>>(), State::is_left);
        let left = ends + count(ChangeKind::Reopened) - count(ChangeKind::Closed);
        prop_assert_eq!(left, grown(Tally::left));
        prop_assert!(changes.iter().all(|change| !change.kinds().is_empty()));
    }

    #[test]
    fn nothing_changes_in_what_is_the_same(documents in documents()) {
        prop_assert_eq!(changes(&site(&documents), &site(&documents)), []);
    }

    #[test]
    fn a_change_turned_around_is_the_opposite(before in documents(), after in documents()) {
        let (before, after) = (site(&before), site(&after));
        let (there, back) = (changes(&before, &after), changes(&after, &before));
        prop_assert_eq!(gain(&there, State::is_left), -gain(&back, State::is_left));
    }
}
