//! Whatever the books and their configuration are: the sums add up, and the verdict follows from its reasons.

#[path = "../random/rules.rs"]
mod rules;

use crate::book::{Draft, Page, site, task};
use jiff::civil::date;
use proptest::prelude::*;
use readybook::config::{Config, DocumentGate, Folder, Glob, Grant, Owner, Rule};
use readybook::finding::{Code, Severity};
use readybook::model::{FrontMatter, Interval, ItemKind, Ladder, Level, State, WaiverRequest};
use readybook::site::{Files, Repository, Status, laws};
use readybook::source::RelPath;
use rules::RULES;

const PATHS: &[&str] = &["README.md", "launch.md", "drills/README.md", "drills/restore.md", "runs/1.4.md", "z.md"];
const IDS: &[&str] = &["PR-1", "PR-2", "SEC-1", "SEC-2", "1.2", "restore"];
const OWNERS: &[&str] = &["@kai", "Kai Team", "kai team", "QA", "@ops"];
const TARGETS: &[&str] = &[
    "README.md",
    "launch.md",
    "./drills/restore.md",
    "../launch.md",
    "drills/",
    "restore.md#PR-1",
    "#SEC-1",
    "#part-0",
    "#nowhere",
    "https://site.invalid/",
    "gone.md",
    "../../outside.md",
    "img.png",
    "z.md#item-0",
    "runs/1.4.md",
    "%ff",
];

fn pick(from: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(from)
}

fn few(from: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(pick(from), 0..=most)
}

fn draft() -> impl Strategy<Value = Draft> {
    let kinds = proptest::sample::select(vec![
        ItemKind::Task,
        ItemKind::Task,
        ItemKind::Row,
        ItemKind::Row,
        ItemKind::Bullet,
        ItemKind::Heading,
        ItemKind::Document,
    ]);
    let shape = (kinds, proptest::option::weighted(0.4, any::<prop::sample::Index>()), any::<prop::sample::Index>());
    let state = (proptest::sample::select(State::ALL.to_vec()), pick(&["", "[ ]", "[x]", "Done", "Pending"]));
    let who = (proptest::option::of(0_u8..4), few(OWNERS, 2), proptest::option::weighted(0.3, pick(IDS)));
    let more = (proptest::option::of(0_i8..28), any::<bool>(), few(TARGETS, 2));
    (shape, state, who, more).prop_map(|((kind, parent, section), (state, mark), (level, owners, id), more)| {
        let (day, evidence, links) = more;
        Draft {
            kind,
            state,
            state_text: mark,
            // places in what comes before; settled when the whole document is known
            parent: parent.map(|parent| parent.index(usize::MAX)),
            section: Some(section.index(usize::MAX)),
            level,
            owners,
            reference: id,
            due: day.map(|day| date(2026, 6, day + 1)),
            evidence,
            links,
            ..task("Restore from backup")
        }
    })
}

fn front() -> impl Strategy<Value = FrontMatter> {
    let flags = (any::<bool>(), any::<bool>(), proptest::option::of(any::<bool>()), proptest::option::of(0_i32..3));
    let policy = (
        proptest::option::of(pick(&["P0", "P1", "P3", "low", "whatever"])),
        proptest::collection::vec(waiver(), 0..2),
        few(OWNERS, 2),
        proptest::option::of(0_u32..60),
        proptest::option::of(pick(PATHS)),
    );
    let made = (flags, policy).prop_map(|((draft, template, checklist, weight), policy)| {
        let (priority, waivers, approvers, every, run_of) = policy;
        let strings = |all: Vec<&str>| all.into_iter().map(str::to_owned).collect();
        FrontMatter {
            draft,
            template,
            checklist,
            weight,
            priority: priority.map(str::to_owned),
            waivers,
            approvers: strings(approvers),
            review_every: every.map(|days| Interval { days }),
            reviewed: Some(date(2026, 5, 20)),
            run_of: run_of.map(str::to_owned),
            ..FrontMatter::default()
        }
    });
    prop_oneof![3 => Just(FrontMatter::default()), 2 => made]
}

fn waiver() -> impl Strategy<Value = WaiverRequest> {
    let item = pick(&["PR-1", "SEC-2", "launch#item-0", "drills/restore.md#PR-1-1", "gone", "#item-1"]);
    let text = || proptest::option::weighted(0.8, pick(&["vendor", " ", "risk accepted"]));
    let expires = proptest::option::weighted(0.8, proptest::sample::select(vec![date(2026, 6, 14), date(2026, 6, 15)]));
    (item, text(), text(), expires).prop_map(|(item, reason, owner, expires)| WaiverRequest {
        item: item.to_owned(),
        reason: reason.map(str::to_owned),
        owner: owner.map(str::to_owned),
        expires,
        span: None,
    })
}

fn page() -> impl Strategy<Value = Page> {
    let sections = proptest::collection::vec(proptest::option::of(any::<prop::sample::Index>()), 0..4);
    let items = proptest::collection::vec(draft(), 0..9);
    let signoffs = proptest::collection::vec(proptest::option::of(pick(OWNERS)), 0..3);
    (front(), sections, items, signoffs, few(TARGETS, 3)).prop_map(|(front, sections, items, signoffs, links)| {
        let before = |place: usize, at: usize| (at > 0).then(|| place % at);
        let sections = sections.iter().enumerate();
        let sections: Vec<Option<usize>> =
            sections.map(|(at, parent)| parent.and_then(|parent| before(parent.index(usize::MAX), at))).collect();
        let settle = |(at, item): (usize, Draft)| {
            let parent = item.parent.and_then(|parent| before(parent, at));
            let section = item.section.and_then(|section| before(section, sections.len()));
            Draft { parent, section, text: format!("{} {at}", item.text), ..item }
        };
        let items = items.into_iter().enumerate().map(settle).collect();
        Page { path: "", front, sections, items, signoffs, links }
    })
}

fn book() -> impl Strategy<Value = Vec<Page>> {
    let paths = proptest::sample::subsequence(PATHS.to_vec(), 0..=PATHS.len());
    (paths, proptest::collection::vec(page(), PATHS.len()))
        .prop_map(|(paths, pages)| paths.into_iter().zip(pages).map(|(path, page)| Page { path, ..page }).collect())
}

fn rule(text: &str) -> Rule {
    Rule::parse(text, &Ladder::default()).unwrap()
}

fn config() -> impl Strategy<Value = Config> {
    let gate = (
        proptest::option::of(few(RULES, 3)),
        proptest::collection::vec((pick(&["launch.md", "drills", "gone.md"]), few(RULES, 2)), 0..2),
    );
    let folder = (
        pick(&[".", "drills", "launch.md"]),
        proptest::sample::subsequence(vec![Grant::Waivers, Grant::Draft, Grant::Template, Grant::Checklist], 0..=4),
        front(),
    );
    let folders = proptest::collection::vec(folder, 0..2);
    let repository = proptest::option::of(Just("https://host.invalid/repository".to_owned()));
    (gate, proptest::collection::vec(waiver(), 0..3), folders, any::<bool>(), repository).prop_map(
        |((require, documents), waivers, folders, owners, url)| {
            let mut config = Config { waivers, ..Config::default() };
            config.repository.url = url;
            config.gate.require = require.map(|rules| rules.into_iter().map(rule).collect());
            let gate = |(path, rules): (&str, Vec<&str>)| {
                let path = Glob::new(path);
                let within = |mut rule: Rule| {
                    rule.among.within = Some(path.clone());
                    rule
                };
                DocumentGate { rules: rules.into_iter().map(rule).map(within).collect(), path: path.clone() }
            };
            config.gate.documents = documents.into_iter().map(gate).collect();
            let folder = |(path, grants, front)| Folder { path: Glob::new(path), front, grants, span: None };
            config.folders = folders.into_iter().map(folder).collect();
            if owners {
                let aliases = vec!["@kai".to_owned()];
                config.owners.push(Owner { name: "Kai Team".to_owned(), aliases, kind: None, link: None });
                config.severities.insert(Code::GateWithoutOwner, Some(Severity::Info));
                config.severities.insert(Code::Orphan, None);
            }
            config
        },
    )
}

fn files() -> Files {
    let path = |text: &str| RelPath::new(text).unwrap();
    let files = ["outside.md", "docs/img.png", "docs/launch.md"].map(path).into();
    let repository = Some(Repository { content: "docs".to_owned(), files });
    Files { content: [path("img.png")].into(), repository, ..Files::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_for_every_book(book in book(), config in config()) {
        let made = site(&book, &config, &files(), Vec::new());
        prop_assert_eq!(laws::broken(&made), Vec::<String>::new());
    }

    #[test]
    fn order_of_documents_makes_no_difference(book in book(), config in config()) {
        let made = site(&book, &config, &files(), Vec::new());
        let backwards: Vec<Page> = book.into_iter().rev().collect();
        let other = site(&backwards, &config, &files(), Vec::new());
        prop_assert_eq!(told(&made), told(&other));
    }

    /// With the usual gate "ready" means that nothing is left at the most urgent level, and something is there.
    #[test]
    fn ready_is_never_said_over_an_open_item(book in book(), mut config in config()) {
        config.gate.require = None;
        let made = site(&book, &config, &files(), Vec::new());
        if made.verdict.status == Status::Ready && config.gate.documents.is_empty() {
            let urgent = made.level(Some(Level(0))).tally;
            prop_assert_eq!(urgent.left(), 0);
            prop_assert!(urgent.items() > 0);
        }
    }

    /// What is counted does not depend on links, but for rows that stand for items of other documents.
    #[test]
    fn no_item_is_lost_or_doubled(book in book()) {
        let made = site(&book, &Config::default(), &files(), Vec::new());
        for document in &made.documents {
            let page = book.iter().find(|page| page.path == document.source.path.as_str()).unwrap();
            let (_, read) = page.read();
            let checklist = &document.checklist;
            let kept = checklist.items.len() + document.references.len() + checklist.rollups.len();
            prop_assert_eq!(kept, read.value.items.len());
        }
    }
}

/// The parts of a site that people see.
fn told(site: &readybook::site::Site) -> String {
    let owners: Vec<_> = site.owners.iter().map(|owner| (&owner.name, &owner.slug, owner.group.tally)).collect();
    format!("{:?}", (site.tally, &site.verdict, owners, &site.findings, &site.waivers, &site.reading_order))
}
