//! Small books from a seed: a few documents of all dialects, and a configuration. Many are broken on purpose.

#[path = "../random/mod.rs"]
mod random;
#[path = "../random/rules.rs"]
mod rules;

use random::Random;
use rules::RULES;
use std::fmt::Write as _;
use std::path::Path;

impl Random {
    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from[self.below(from.len())]
    }
}

const PATHS: &[&str] = &[
    "README.md",
    "launch.md",
    "Launch.md",
    "drills/README.md",
    "drills/restore.md",
    "runs/1.4.md",
    "items.md",
    "deploy.md",
    "notes.markdown",
];
const HEADINGS: &[&str] =
    &["Security", "P0", "P1 – High", "Critical", "Before launch (P0)", "Nice to have", "Restore drill", "P2"];
const TITLES: &[&str] = &["Launch", "Restore drills", "Release 1.4", "Payments <readiness>", "Ready & set"];
const TEXTS: &[&str] = &[
    "Restore from backup",
    "Load test at twice the peak",
    "Rotate the keys",
    "Alert reaches @oncall",
    "Rollback tried",
    "Error budget agreed",
    "**PR-1** Limits set",
    "PR-2: Quotas raised",
    "SEC-1 Threats reviewed",
    "[P0] Certificates renewed",
    "Page loads in 2 s `p95`",
    "Contract signed (P1)",
    "<b>Runbook</b> read",
    "100 % of traffic moved",
];
const TAILS: &[&str] = &[
    "",
    "",
    "",
    " @ops",
    " (Owner: QA)",
    " @kai @ops",
    " (due 2026-06-01)",
    " (due 2026-08-01) @qa",
    " — [log](https://log.invalid/1)",
    " {#SEC-2}",
    " [launch](launch.md)",
    " [gone](gone.md)",
];
const WORDS: &[&str] = &[
    "Done",
    "Pending",
    "In progress",
    "Blocked",
    "N/A",
    "PASS",
    "FAIL",
    "Deferred",
    "Open",
    "✅",
    "❌",
    "Whatever",
    "",
];
const KEYS: &[&str] = &[
    "draft: true",
    "template: true",
    "checklist: false",
    "priority: P1",
    "priority: whatever",
    "owner: \"@kai\"",
    "title: From front matter",
    "reviewed: 2026-01-01\nreview_every: 90d",
    "waivers:\n  - item: PR-1\n    reason: vendor is late\n    owner: QA\n    expires: 2026-07-01",
    "status: done",
    "run_of: deploy.md",
    "slug: same",
    "titel: a typing error",
];

/// Files of a project by their paths, the configuration among them.
pub(crate) struct Book {
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// The book of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        let random = &mut Random::new(seed);
        let mut files = Vec::new();
        if !random.one_in(4) {
            files.push(("readybook.toml".to_owned(), configuration(random).into_bytes()));
        }
        let most = if random.one_in(40) { 0 } else { 1 + random.below(4) };
        for _ in 0..most {
            let path = format!("content/{}", random.pick(PATHS));
            if files.iter().all(|(other, _)| *other != path) {
                let text = document(random);
                files.push((path, bytes(random, text)));
            }
        }
        Self { files }
    }

    /// Writes it to a folder.
    pub(crate) fn write(&self, folder: &Path) {
        std::fs::create_dir_all(folder.join("content")).unwrap();
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}

/// The bytes of a text; now and then damaged.
fn bytes(random: &mut Random, text: String) -> Vec<u8> {
    match random.below(60) {
        0 => [text.as_bytes(), b"- [ ] caf\xE9\n"].concat(),
        1 => [&[0xFF, 0xFE][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat(),
        2 => Vec::new(),
        3 => text.replace('\n', "\r\n").into_bytes(),
        4 => format!("\u{feff}{text}").into_bytes(),
        5 => format!("---\ntitle: [x\n---\n{text}").into_bytes(),
        _ => text.into_bytes(),
    }
}

fn configuration(random: &mut Random) -> String {
    let mut text = String::from("title = \"Book\"\n");
    if random.one_in(30) {
        text.push_str("titel = \"a typing error\"\n");
    }
    if !random.one_in(3) {
        let rules: Vec<String> = (0..random.below(3)).map(|_| format!("\"{}\"", random.pick(RULES))).collect();
        let _ = writeln!(text, "[gate]\nrequire = [{}]", rules.join(", "));
        if random.one_in(4) {
            let _ =
                writeln!(text, "documents = {{ \"launch.md\" = [\"{}\"] }}", random.pick(&["all", "P0", "no blocked"]));
        }
    }
    if random.one_in(3) {
        let item = random.pick(&["PR-1", "SEC-1", "launch#restore-from-backup", "gone"]);
        let expires = random.pick(&["2026-06-29", "2026-06-30", "2027-01-01"]);
        let owner = random.pick(&["owner = \"QA\"\n", ""]);
        let _ = writeln!(text, "[[waiver]]\nitem = \"{item}\"\nreason = \"vendor\"\n{owner}expires = {expires}");
    }
    if random.one_in(3) {
        let path = random.pick(&["launch.md", "drills", "."]);
        let _ = writeln!(
            text,
            "[[folder]]\npath = \"{path}\"\ngrants = [\"draft\", \"template\", \"checklist\", \"waivers\", \"priority\"]"
        );
    }
    if random.one_in(4) {
        text.push_str("[owners]\n\"Kai Team\" = { aliases = [\"@kai\"], kind = \"team\" }\n");
    }
    if random.one_in(4) {
        let code = random.pick(&["dead-link", "duplicate-id", "overdue", "address-taken", "front-matter", "orphan"]);
        let level = random.pick(&["off", "info", "warning", "error"]);
        let _ = writeln!(text, "[findings]\n{code} = \"{level}\"");
    }
    text
}

fn document(random: &mut Random) -> String {
    let mut text = String::new();
    if random.one_in(3) {
        let keys: Vec<&str> = (0..1 + random.below(2)).map(|_| random.pick(KEYS)).collect();
        let _ = writeln!(text, "---\n{}\n---", keys.join("\n"));
    }
    if !random.one_in(8) {
        let _ = writeln!(text, "# {}\n", random.pick(TITLES));
    }
    for _ in 0..1 + random.below(3) {
        if random.one_in(2) {
            let _ = writeln!(text, "{} {}\n", random.pick(&["##", "##", "###"]), random.pick(HEADINGS));
        }
        part(random, &mut text);
        text.push('\n');
    }
    text
}

/// A part of a document in one dialect.
fn part(random: &mut Random, text: &mut String) {
    match random.below(11) {
        0..=3 => tasks(random, text),
        4 | 5 => table(random, text),
        6 => each(random, text, |random| format!("- {} {}", random.pick(&["✅", "❌", "⏳", "⬜"]), item(random))),
        7 => each(random, text, |random| format!("- {}: {}", item(random), random.pick(WORDS))),
        8 => {
            let _ = writeln!(text, "### {}\n\nStatus: {}\nOwner: QA\n", item(random), random.pick(WORDS));
        }
        9 => {
            let claim =
                random.pick(&["Overall: 30 % complete", "3 of 10 done", "**Status: READY**", "All items are done."]);
            let _ = writeln!(text, "{claim}\n");
        }
        _ => {
            let name = random.pick(&["Kai", "", "____"]);
            let _ = writeln!(text, "| Role | Name | Date |\n|---|---|---|\n| Release manager | {name} | 2026-06-01 |");
        }
    }
}

fn item(random: &mut Random) -> String {
    format!("{}{}", random.pick(TEXTS), random.pick(TAILS))
}

fn each(random: &mut Random, text: &mut String, mut line: impl FnMut(&mut Random) -> String) {
    for _ in 0..1 + random.below(4) {
        let _ = writeln!(text, "{}", line(random));
    }
}

fn tasks(random: &mut Random, text: &mut String) {
    for at in 0..1 + random.below(5) {
        let indent = if at > 0 && random.one_in(4) { "  " } else { "" };
        let mark = random.pick(&["[ ]", "[ ]", "[x]", "[x]", "[X]", "[-]", "[~]", "[?]"]);
        let _ = writeln!(text, "{indent}- {mark} {}", item(random));
    }
}

fn table(random: &mut Random, text: &mut String) {
    text.push_str("| Id | Item | Status | Owner | Priority |\n|---|---|---|---|---|\n");
    for at in 0..1 + random.below(4) {
        let (status, owner) = (random.pick(WORDS), random.pick(&["@ops", "QA", "", "Kai Team"]));
        let level = random.pick(&["P0", "P1", "high", "", "5"]);
        let _ = writeln!(text, "| T-{at} | {} | {status} | {owner} | {level} |", random.pick(TEXTS));
    }
}
