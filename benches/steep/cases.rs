//! The documents: each a name, and a text of about so many bytes.

use std::fmt::Write as _;

/// What makes a document of a size.
pub(crate) type Make = Box<dyn Fn(usize) -> String>;

/// The text of a document of a size.
type Text = fn(usize) -> String;

/// Every document, by name.
pub(crate) fn all() -> Vec<(String, Make)> {
    let tokens = TOKENS.iter().map(|&token| {
        let make: Make = Box::new(move |size| token.repeat(size / token.len()));
        (format!("{token:?}"), make)
    });
    // One tag of raw HTML, and the whole document is sanitised.
    let with_html = TOKENS.iter().map(|&token| {
        let make: Make = Box::new(move |size| format!("<b>a</b>\n\n{}\n\n<i>a</i>", token.repeat(size / token.len())));
        (format!("{token:?} beside raw HTML"), make)
    });
    let made = MADE.iter().map(|&(name, make)| (name.to_owned(), Box::new(make) as Make));
    tokens.chain(with_html).chain(made).collect()
}

/// Tokens that something may be slow at, each repeated.
const TOKENS: &[&str] = &[
    "a",
    " ",
    "\n",
    "\t",
    "*",
    "_",
    "`",
    "~",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "!",
    "#",
    "|",
    "-",
    "+",
    "=",
    ":",
    "&",
    "\\",
    "\"",
    "{",
    "}",
    "0",
    "1.",
    "é",
    "漢",
    "✅",
    "‚úÖ",
    "**a",
    "*a _b ",
    "[a](",
    "![",
    "[^a]",
    "[a]: b\n",
    "<!--",
    "<a ",
    "&amp;",
    "- ",
    "- a\n",
    "- [ ] ",
    "- [ ] a\n",
    "  - [ ] a\n",
    "> ",
    "> - ",
    "# a\n",
    "| a ",
    "| a |\n|---|\n",
    "a:",
    "a: b, ",
    "(P0) ",
    "@a ",
    "PR-1 ",
    "**Owner:** a ",
    "✅ a\n",
    "http://a ",
    "2026-01-01 ",
    "50% ",
    "1 of 2 ",
    "a — ",
    "---\n",
    "+++\n",
    "\u{202e}",
    "\u{202e}\n",
    "\u{301}",
    "<div>",
    "<div>\n\n",
    "<details>\n\n",
    "<details><summary>a</summary>\n\n- [ ] a\n\n",
    "<b>",
    "<a href=b>",
    "<img src=b>",
    "<p>",
    "<b title=a>a\n\n",
    "<div><b></div>",
    "<table><tr><td>",
    "</div>",
    "[a](b.md) ",
    "![](b.png) ",
    "[a][b] ",
    "\r",
    "- [ ] a\r",
    "- [[a]] PR-1\n",
    "- ✅ a\n",
    "- a: done\n",
    "- a — **PASS**\n",
    "## a\n- [ ] a\n",
    "## ✅ a\n",
    "## a: done\n",
    "[^a]: ",
    "[^a]: a\n\n",
    "```\na\n```\n",
    "Approved by: ____\n\n",
    "Owner: @a\n\n- [ ] a\n\n",
    "READY FOR LAUNCH\n\n",
    "50% ready\n\n",
    "☐ GO ☐ NO-GO ",
    "| a | State |\n|---|---|\n| b | Green |\n| c | Amber |\n\n",
    "| a | 状態 |\n|---|---|\n| b | ○ |\n| c | × |\n\n",
    "### T-1: a\n\n| Owner | b |\n|---|---|\n| Status | Open |\n\n",
    "## T-1: a ❌ SIX b\n\n**T-1 status:** ❌ b\n\n",
    "1. a\n- Status: FAIL\n\n",
    "1. a — DONE\n- b\n",
    "**a** (Critical)\n- Status: Open\n\n",
    "✅ a  \n❌ b  \n",
    "- overall project status : done\n",
    "overall project status ",
    "<summary>a</summary>\n- [ ] a\n",
    "- [B] a\n- [x] b\n",
    "- [x] a<br>[ ] b\n",
    "<li>[ ] a",
    "<div>\n|-\n| a | open |\n",
];

/// Documents that are more than one token.
const MADE: &[(&str, Text)] = &[
    ("lists nested in one line", |size| format!("{}[ ] a\n", "- ".repeat(size / 2))),
    ("lists nested in one line, of two kinds", |size| format!("{}[ ] a\n", "- + ".repeat(size / 4))),
    ("quotes nested in one line", |size| format!("{}a\n", "> ".repeat(size / 2))),
    ("lists nested line by line", |size| numbered(size, "", |text, at| writeln!(text, "{}- [ ] a", "  ".repeat(at)))),
    ("blank lines in nested lists", |size| format!("{}a\n{}", "- ".repeat(size / 4), "\n".repeat(size / 2))),
    ("boxes below nested lists", |size| {
        let list = "- [ ] a\n".repeat(size / 16);
        format!("{}a\n\n{list}", "- ".repeat(size / 4))
    }),
    ("owners of one item", |size| {
        numbered(size, "| Item | Status | Owner |\n|---|---|---|\n| a | open | @o", |text, at| write!(text, ", @o{at}"))
    }),
    ("owners in a tag", |size| numbered(size, "- [ ] a", |text, at| write!(text, " @o{at}"))),
    ("owners of a section", |size| {
        let line = numbered(size / 2, "Owner: @o", |text, at| write!(text, ", @o{at}"));
        format!("{line}\n\n{}", "- [ ] a\n".repeat(size / 16))
    }),
    ("owners in front matter", |size| {
        let line = numbered(size / 2, "---\nowner: [a", |text, at| write!(text, ", o{at}"));
        format!("{line}]\n---\n\n{}", "- [ ] a\n".repeat(size / 16))
    }),
    ("tags in front matter", |size| {
        let line = numbered(size / 2, "---\ntags: [a", |text, at| write!(text, ", t{at}"));
        format!("{line}]\n---\n\n{}", "- [ ] a\n".repeat(size / 16))
    }),
    ("sixteen owners of each item", |size| {
        let owners: String = (0..16).map(|at| format!(" @o{at}")).collect();
        let line = format!("Owner:{}\n\n", owners.replace(" @", ", @").replacen(',', "", 1));
        line + &"- [ ] a\n".repeat(size / 8)
    }),
    ("owners that a legend names", |size| {
        let legend = format!("Owners: B = {}, T = Tester\n\n", "Builder ".repeat(size / 16));
        legend + "| Item | Status | Owner |\n|---|---|---|\n" + &"| a | open | B |\n".repeat(size / 32)
    }),
    ("owners, each of one item", |size| numbered(size, "", |text, at| writeln!(text, "- [ ] a @o{at}"))),
    ("a long title", |size| format!("# {}\n\n{}", "a ".repeat(size / 4), "- [ ] a\n".repeat(size / 16))),
    ("a long heading", |size| format!("# a\n\n## {}\n\n{}", "a ".repeat(size / 4), "- [ ] a\n".repeat(size / 16))),
    ("a long heading, whose text is the same", |size| {
        format!("{}# {}\n\n{}", "# a\n", "a".repeat(size / 2), "- [ ] a\n".repeat(size / 16))
    }),
    ("a long priority", |size| format!("## P0 {}\n\n{}", "a ".repeat(size / 4), "- [ ] a\n".repeat(size / 16))),
    ("headings that a summary names", |size| {
        let headings = numbered(size / 2, "", |text, at| writeln!(text, "## H{at}\n\n- [ ] a\n"));
        let rows = numbered(size / 2, "", |text, at| writeln!(text, "| H{at} | 1 | 0 |"));
        format!("# a\n\n{headings}## Summary\n\n| Section | Items | Done |\n|---|---|---|\n{rows}")
    }),
    ("criteria that name headings", |size| {
        let headings = numbered(size / 2, "", |text, at| writeln!(text, "## Heading{at}\n\n- [ ] a\n"));
        let rows = numbered(size / 2, "", |text, at| writeln!(text, "- ✅ Criterion{at} met"));
        format!("# a\n\n{headings}## Success criteria\n\n{rows}")
    }),
    ("status words that nobody knows", |size| {
        numbered(size, "| Item | Status |\n|---|---|\n", |text, at| writeln!(text, "| a | wor{at} |"))
    }),
    ("rows with the same id", |size| {
        format!("| Item | Status |\n|---|---|\n{}", "| PR-1 | open |\n".repeat(size / 16))
    }),
    ("ids that are mentioned", |size| {
        numbered(size, "", |text, at| writeln!(text, "- [ ] PR-{at} after PR-{}", at + 1))
    }),
    ("items of the same text", |size| "- [ ] the same text\n".repeat(size / 20)),
    ("headings of the same text", |size| "## the same text\n\n- [ ] a\n\n".repeat(size / 28)),
    ("dead links", |size| numbered(size, "", |text, at| writeln!(text, "- [ ] [a](missing-{at}.md)"))),
    ("dead links in one line", |size| numbered(size, "", |text, at| write!(text, "[a](missing-{at}.md) "))),
    ("dead fragments", |size| {
        let headings = numbered(size / 2, "", |text, at| writeln!(text, "## H{at}\n"));
        headings + &numbered(size / 2, "", |text, at| writeln!(text, "[a](#g{at})\n"))
    }),
    ("bars behind one backtick in a row", |size| {
        format!("| Task | Status |\n|---|---|\n| a ` {} | Done |\n", "|b".repeat(size / 2))
    }),
    ("columns of a table", |size| {
        let columns = size / 12;
        format!("|{}\n|{}\n|{}\n", " a |".repeat(columns), "---|".repeat(columns), " b |".repeat(columns))
    }),
    ("columns of a table without cells", |size| {
        let columns = size / 16;
        let head = format!("|{}\n|{}\n", "a|".repeat(columns), "-|".repeat(columns));
        head + &"| a |\n".repeat(size / 12)
    }),
    ("raw HTML that opens formatting again", |size| {
        numbered(size, "<div>", |text, at| write!(text, "<div><b title={at}></div>"))
    }),
    ("footnotes", |size| numbered(size, "", |text, at| writeln!(text, "a[^{at}]\n\n[^{at}]: a\n"))),
    ("definitions of links", |size| numbered(size, "", |text, at| writeln!(text, "[{at}]: a\n\n[{at}]"))),
    ("emphasis in emphasis beside raw HTML", |size| {
        format!("<b>a</b> {}{}", "*a **b ".repeat(size / 16), "b** a* ".repeat(size / 16))
    }),
    ("a long label of tasks", |size| format!("- P0 {}\n{}", "a ".repeat(size / 4), "  - [ ] a\n".repeat(size / 20))),
    ("a long status", |size| {
        let rows = "| a | b |\n".repeat(size / 20);
        format!("| Item | Status |\n|---|---|\n| a | {} |\n{rows}", "b ".repeat(size / 4))
    }),
    ("a long header of answers", |size| {
        let head = format!("| Item | Yes {} | No |\n|---|---|---|\n", "a ".repeat(size / 4));
        head + &"| a | x |  |\n".repeat(size / 28)
    }),
    ("links in an item in groups", |size| {
        let groups: String = (0..100).map(|at| format!("{}- [ ] a\n", "  ".repeat(at))).collect();
        format!("{groups}{}", numbered(size, "", |text, at| writeln!(text, "{}[a](b{at}.md)", "  ".repeat(100))))
    }),
    ("blank lines in lists as deep as may be", |size| format!("{}a\n{}", "+ ".repeat(255), "\n".repeat(size))),
    ("lists as deep as may be", |size| format!("{}a\n\nb\n\n", "+ ".repeat(255)).repeat(size / 520)),
    ("claims", |size| numbered(size, "- [ ] a\n\n", |text, at| writeln!(text, "Overall readiness: {}%\n", at % 100))),
    ("sections in sections", |size| {
        numbered(size, "", |text, at| writeln!(text, "{} a\n\n- [ ] a\n", "#".repeat(1 + at % 6)))
    }),
    ("gates", |size| "Launch is blocked if any item is open.\n\n".repeat(size / 40)),
    ("damaged text", |size| "âœ… a ".repeat(size / 10)),
    ("a long item", |size| format!("- [ ] {}\n", "a ".repeat(size / 2))),
    ("a status in many pieces", |size| format!("- a: pending {}\n- b: done\n", "\\|".repeat(size / 2))),
    ("handles with slashes", |size| format!("- [ ] a {}\n", "@a/".repeat(size / 3))),
    ("handles without spaces", |size| format!("- [ ] a @a{}\n", "&@a".repeat(size / 3))),
    ("brackets that an owner opens", |size| format!("Owner: {}\n\n- [ ] a\n", "(".repeat(size))),
    ("a header that goes on", |size| format!("| Item | Status {}|\n|---|---|\n| a | b |\n", "by ".repeat(size / 3))),
    ("signs in one item", |size| format!("- [x] a{}\n", " ❌ x".repeat(size / 6))),
    ("signs in brackets in one item", |size| format!("- [x] a{}\n", " (❌ x)".repeat(size / 8))),
    ("signs with denials in one item", |size| format!("- [x] a{}\n", " 🟡, no".repeat(size / 9))),
    ("questions answered in text", |size| {
        numbered(size, "# A readiness list\n\n- [x] a\n", |text, at| {
            writeln!(text, "\n## S {at}\n\nIs it? Yes\nIs it? No")
        })
    }),
    ("a long group", |size| format!("- [ ] {}\n{}", "a ".repeat(size / 4), "  - [ ] a\n".repeat(size / 20))),
];

/// A text that grows part by part.
fn numbered(size: usize, start: &str, add: impl Fn(&mut String, usize) -> std::fmt::Result) -> String {
    let mut text = start.to_owned();
    for at in 0.. {
        if text.len() >= size || add(&mut text, at).is_err() {
            break;
        }
    }
    text
}
