//! A site that takes over what the one before kept for it is the same as one that is made from nothing: held after every
//! save of random runs of them, whatever is written, deleted, renamed or configured.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::select;
use readybook::config::{Config, parse};
use readybook::page::Plan;
use readybook::pipeline::{Kept, Reader, put_together};
use readybook::site::{Drafts, Files, Repository, Setting, Sheet, Site, laws};
use readybook::source::{RelPath, Source};
use readybook::theme::Theme;
use std::collections::BTreeMap;

const PATHS: &[&str] =
    &["README.md", "launch.md", "drills/README.md", "drills/restore.md", "drills/DR-1.md", "DR-2.md", "runs/1.4.md"];

const FRONTS: &[&str] = &[
    "",
    "",
    "",
    "---\nid: DR-1\nstatus: done\n---\n",
    "---\nid: DR-2\npriority: P1\nowner: \"@Kai\"\n---\n",
    "---\nslug: launch\naliases: [old/plan, /a b/]\n---\n",
    "---\n\naliases: [old/plan]\nweight: 2\n---\n",
    "---\ndraft: true\n---\n",
    "---\ntemplate: true\n---\n",
    "---\nrun_of: launch.md\nrelease: 1.4\n---\n",
    "---\nchecklist: false\n---\n",
    "---\nreview_every: 30 days\nreviewed: 2026-05-20\ntags: [dr]\n---\n",
    "---\nwaivers:\n  - item: PR-1\n    reason: vendor\n    owner: kai\n    expires: 2026-06-14\n---\n",
];

const LINES: &[&str] = &[
    "# DR-1: Restore drill\n\n**Status**: Done\n**Owner**: @kai\n",
    "# Launch\n",
    "## Security\n",
    "## P0: Data\n",
    "- [ ] Restore from a backup @kai\n",
    "- [x] Rotate the keys @Kai @KAI\n",
    "- [ ] PR-1: Limit the payload (due 2026-06-15)\n",
    "- [x] PR-2: Sign the releases @ops\n",
    "- [ ] [DR-1](drills/DR-1.md) restore\n",
    "- ✅ Alerts are routed\n",
    "- ❌ Dashboards\n",
    "| Item | Status | Owner |\n|---|---|---|\n| [DR-1](DR-1.md) | Pending | @ops |\n| [DR-2](../DR-2.md) | Done | QA |\n",
    "| ID | Item | Priority | Due |\n|---|---|---|---|\n| DR-1 | [Restore](drills/DR-1.md) | P0 | 2026-06-01 |\n| DR-2 | Fail over | P2 | |\n",
    "| Checklist | Status |\n|---|---|\n| [Launch](launch.md) | Done |\n| [Restore](drills/restore.md) | Pending |\n",
    "See [the launch](../launch.md#security), [it](launch.md#security--rotate-the-keys-kai-kai) and [PR-1](launch.md#PR-1).\n",
    "See [drills](drills/), [gone](gone.md), [a picture](img.png), [code](../src/lib.rs) and [restore](restore.md#nowhere).\n",
    "Overall readiness: 50% (1 of 2)\n",
    "Approved by: @kai, 2026-05-02\n",
    "Approved by: ____\n",
    "Last updated: 2026-05-01\n",
    "<a id=\"nowhere\"></a>\n",
    "All P0 items must be done before the launch.\n",
];

const CONFIGS: &[&str] = &[
    "",
    "[findings]\norphan = \"off\"\n[owners]\n\"Kai Team\" = { aliases = [\"@kai\"] }\n[gate]\nrequire = [\"P0\", \"owned:all\", \"signed\"]\n",
    "[repository]\nurl = \"https://host.invalid/repository\"\n[[waiver]]\nitem = \"PR-1\"\nreason = \"vendor\"\nowner = \"kai\"\nexpires = 2026-06-14\n",
    "[[folder]]\npath = \"drills\"\npriority = \"P1\"\ngrants = [\"waivers\", \"draft\"]\n[[folder]]\npath = \".\"\ngrants = [\"waivers\", \"template\"]\n",
];

/// What somebody does between two looks.
#[derive(Debug, Clone)]
enum Save {
    Write(&'static str, String),
    Delete(&'static str),
    Rename(&'static str, &'static str),
    Configure(&'static str),
    NextDay,
}

fn text() -> impl Strategy<Value = String> {
    let lines = proptest::collection::vec(select(LINES), 0..7);
    (select(FRONTS), lines).prop_map(|(front, lines)| format!("{front}{}", lines.join("\n")))
}

fn save() -> impl Strategy<Value = Save> {
    prop_oneof![
        8 => (select(PATHS), text()).prop_map(|(path, text)| Save::Write(path, text)),
        1 => select(PATHS).prop_map(Save::Delete),
        1 => (select(PATHS), select(PATHS)).prop_map(|(from, to)| Save::Rename(from, to)),
        1 => select(CONFIGS).prop_map(Save::Configure),
        1 => Just(Save::NextDay),
    ]
}

/// A project in a preview.
struct Project {
    texts: BTreeMap<RelPath, String>,
    sheets: BTreeMap<RelPath, Sheet>,
    config: Config,
    reader: Reader,
    files: Files,
    today: Date,
    kept: Kept,
}

fn path(text: &str) -> RelPath {
    RelPath::new(text).unwrap()
}

impl Project {
    fn new() -> Self {
        let tracked = ["src/lib.rs", "docs/launch.md"].map(path).into();
        let repository = Some(Repository { content: "docs".to_owned(), files: tracked });
        let config = Config::default();
        Self {
            texts: BTreeMap::new(),
            sheets: BTreeMap::new(),
            reader: Reader::new(&config),
            config,
            files: Files { content: [path("img.png")].into(), repository, ..Files::default() },
            today: date(2026, 6, 13),
            kept: Kept::default(),
        }
    }

    fn read(&self, path: &RelPath, text: &str) -> Sheet {
        self.reader.read(Source::from_text(path.clone(), text), &self.config)
    }

    fn write(&mut self, path: RelPath, text: String) {
        self.sheets.insert(path.clone(), self.read(&path, &text));
        self.texts.insert(path, text);
    }

    fn delete(&mut self, path: &RelPath) -> Option<String> {
        self.sheets.remove(path);
        self.texts.remove(path)
    }

    fn take(&mut self, save: &Save) {
        match save {
            Save::Write(at, text) => self.write(path(at), text.clone()),
            Save::Delete(at) => drop(self.delete(&path(at))),
            Save::Rename(from, to) => {
                if let Some(text) = self.delete(&path(from)) {
                    self.write(path(to), text);
                }
            }
            Save::Configure(text) => {
                self.config = parse(&Source::from_text(path("readybook.toml"), text)).value;
                self.reader = Reader::new(&self.config);
                self.sheets = self.fresh();
            }
            Save::NextDay => self.today = self.today.tomorrow().unwrap(),
        }
    }

    /// All documents, read anew.
    fn fresh(&self) -> BTreeMap<RelPath, Sheet> {
        self.texts.iter().map(|(path, text)| (path.clone(), self.read(path, text))).collect()
    }

    fn picture(&self, sheets: &BTreeMap<RelPath, Sheet>, kept: &mut Kept) -> String {
        let setting = Setting { config: &self.config, files: &self.files, today: self.today, drafts: Drafts::Shown };
        let site = put_together(sheets.values().cloned().collect(), &setting, Vec::new(), kept);
        assert_eq!(laws::broken(&site), Vec::<String>::new());
        let plan = kept.plan(&site, &self.config, &Theme::default());
        picture(&site, &plan)
    }

    /// What a preview shows, and what it should.
    fn pictures(&mut self) -> (String, String) {
        let mut kept = std::mem::take(&mut self.kept);
        let shown = self.picture(&self.sheets, &mut kept);
        self.kept = kept;
        (shown, self.picture(&self.fresh(), &mut Kept::default()))
    }
}

/// Everything that a site and its plan say.
fn picture(site: &Site, plan: &Plan) -> String {
    use std::fmt::Write as _;
    let mut all = String::new();
    for (id, document) in site.document_ids().zip(&site.documents) {
        let checklist = &document.checklist;
        let said = (&**checklist, checklist.digest(), document.by_level(&site.ladder), document.signatures.as_slice());
        let tied = (&document.targets, &document.references, &document.backlinks, document.run_of);
        let judged = (document.counted, document.standing, &document.review, &document.verdict, document.rank);
        let ids = ["PR-1", "PR-2", "DR-1", "DR-2"].map(|name| site.mentioned(id, name));
        writeln!(all, "{}\n{said:#?}\n{tied:#?}\n{judged:#?}\n{ids:?}", document.source.path).unwrap();
    }
    let groups = (&site.tally, &site.owners, &site.unowned, &site.levels, &site.unranked);
    let judged = (&site.title, &site.reading_order, &site.verdict, &site.waivers, site.today);
    let addresses: Vec<_> = plan.entries().collect();
    writeln!(all, "{groups:#?}\n{judged:#?}\n{:#?}\n{addresses:#?}", site.findings).unwrap();
    all
}

/// The first lines that differ, with their surroundings.
fn difference(shown: &str, expected: &str) -> Option<String> {
    let at = shown.lines().zip(expected.lines()).position(|(one, other)| one != other);
    let at = at.or((shown.lines().count() != expected.lines().count()).then_some(0))?;
    let part = |text: &str| text.lines().skip(at.saturating_sub(6)).take(14).collect::<Vec<_>>().join("\n");
    Some(format!("shown:\n{}\nexpected:\n{}", part(shown), part(expected)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn after_each_save_the_site_is_that_of_a_clean_build(saves in proptest::collection::vec(save(), 1..16)) {
        let mut project = Project::new();
        for at in ["README.md", "launch.md", "drills/DR-1.md"] {
            project.write(path(at), LINES[..9].join("\n"));
        }
        project.pictures();
        for (number, save) in saves.iter().enumerate() {
            project.take(save);
            let (shown, expected) = project.pictures();
            prop_assert_eq!(difference(&shown, &expected), None, "after save {}: {:?}", number, save);
        }
    }
}

/// Of a site with many lots of documents, only some are asked again.
#[test]
fn a_large_site_is_that_of_a_clean_build_too() {
    let mut project = Project::new();
    for number in 0..700 {
        let lines = (0..4).map(|line| LINES[(number * 7 + line * 5) % LINES.len()]);
        let text = format!("{}# Part {number}\n\n{}", FRONTS[number % 3], lines.collect::<Vec<_>>().join("\n"));
        project.write(path(&format!("part-{:03}/{number}.md", number / 40)), text);
    }
    project.pictures();
    let at = |number: usize| path(&format!("part-{:03}/{number}.md", number / 40));
    let last = LINES.len() - 1;
    for (number, line) in [(3, 4), (300, 5), (300, 11), (699, 6), (0, 7), (512, 1), (255, last), (256, 8)] {
        let text = format!("{}\n{}", project.texts[&at(number)], LINES[line]);
        project.write(at(number), text);
        let (shown, expected) = project.pictures();
        assert_eq!(difference(&shown, &expected), None, "document {number}");
    }
    project.delete(&at(256));
    let (shown, expected) = project.pictures();
    assert_eq!(difference(&shown, &expected), None, "a document less");
}
