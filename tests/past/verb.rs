//! What `readybook diff` prints keeps its promises.

use crate::repo::Repo;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;
use std::process::Command;

/// What the program prints.
fn print(repo: &Repo, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readybook"));
    command.args(arguments).current_dir(repo.path()).env("SOURCE_DATE_EPOCH", "1782777600");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const HOSTILE: [&str; 7] = [
    "a | b | c",
    "\\<img src=x onerror=alert(1)\\> and \\</table\\>",
    "@everyone and @org/team",
    "\\[link\\](javascript:alert) \\!\\[image\\](http://example.org/x.png)",
    "`` a ` b | c `` and \\| and \\\\",
    "\\*\\*bold\\*\\* \\~\\~gone\\~\\~ \\# head \\<!-- comment",
    "&lt;script&gt; &amp;lt; &#64;user",
];

fn changed() -> Repo {
    let repo = Repo::new();
    repo.write("content/a.md", "- [ ] One\n").commit("2026-06-01", "release team");
    let items = HOSTILE.map(|text| format!("- [ ] {text}\n")).concat();
    repo.write("content/a.md", &items).write("content/b|<b>.md", "- [x] In a file of an odd name\n");
    repo
}

#[test]
fn a_hook_does_not_point_elsewhere() {
    let repo = changed();
    let elsewhere = Repo::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_readybook"));
    command.args(["diff", "HEAD"]).current_dir(repo.path()).env("GIT_DIR", elsewhere.path().join(".git"));
    command.env("GIT_WORK_TREE", elsewhere.path()).env("GIT_GLOB_PATHSPECS", "1");
    let output = command.output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("Added (8)"), "{output:?}");
}

/// What is tracked as `check` finds it, where the environment names an index.
fn check(repo: &Repo, index: &std::path::Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_readybook"));
    let output = command.arg("check").current_dir(repo.path()).env("GIT_INDEX_FILE", index).output().unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn a_hook_is_told_of_what_it_commits_and_no_other_of_its_own() {
    let repo = Repo::new();
    repo.write("readybook.toml", "[repository]\nurl = \"https://git.example.org/org/name\"\n");
    repo.write("content/a.md", "- [ ] One: [how](../tools/run.sh)\n").write("tools/run.sh", "true\n");
    repo.git(&["add", "readybook.toml", "content"]);
    let staged = repo.path().join(".git/next-index-1.lock");
    std::fs::copy(repo.path().join(".git/index"), &staged).unwrap();
    repo.commit("2026-06-01", "release team");
    let elsewhere = Repo::new();
    elsewhere.write("b.md", "- [ ] Two\n").commit("2026-06-01", "release team");
    let own = check(&repo, std::path::Path::new(".git/index"));
    assert!(!own.contains("run.sh"), "{own}");
    assert_eq!(check(&repo, &elsewhere.path().join(".git/index")), own);
    assert_eq!(check(&repo, &repo.path().join(".git/none")), own);
    assert!(check(&repo, &staged).contains("run.sh"), "what is not part of the commit");
}

#[test]
fn json_fits_its_schema() {
    let repo = changed();
    let schema: Value = serde_json::from_str(&print(&repo, &["schema", "diff"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for range in ["HEAD", "HEAD..HEAD"] {
        let report: Value = serde_json::from_str(&print(&repo, &["diff", range, "--format", "json"])).unwrap();
        let faults: Vec<String> = validator.iter_errors(&report).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{range}: {faults:?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "schema_version": 1 })));
}

#[test]
fn texts_of_documents_mean_nothing_in_a_comment() {
    let repo = changed();
    let text = print(&repo, &["diff", "HEAD", "--format", "markdown"]);
    let (mut rows, mut cells, mut words) = (0, 0, String::new());
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::TableRow) => rows += 1,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::Paragraph | Tag::Strong) | Event::End(_) => {}
            Event::Text(text) => words.push_str(&text),
            Event::SoftBreak => {}
            other => panic!("{other:?} in\n{text}"),
        }
    }
    assert_eq!((rows, cells), (HOSTILE.len() + 2, (HOSTILE.len() + 3) * 5), "{text}");
    for said in ["a | b | c", "<img src=x onerror=alert(1)>", "b|<b>.md", "@\u{2060}everyone", "**bold**"] {
        assert!(words.contains(said), "{said} in\n{words}");
    }
}

#[test]
fn a_comment_is_never_too_long() {
    let repo = changed();
    let items: String = (0..3_000).map(|at| format!("- [ ] Item {at} {}\n", "| long ".repeat(200))).collect();
    repo.write("content/a.md", &items);
    let text = print(&repo, &["diff", "HEAD", "--format", "markdown"]);
    assert!(text.len() < 65_536, "{} bytes", text.len());
    assert!(text.ends_with("\nand 2902 more\n"), "{}", &text[text.len() - 200..]);
}
