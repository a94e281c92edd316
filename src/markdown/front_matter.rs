//! Front matter: cut off by hand, since Markdown parsers swallow text between dashes anywhere, and read with the
//! place of every fault.

mod yaml;

use crate::config::node::{Fault, FaultKind, Node, from_toml};
use crate::finding::{Checked, Code, Finding, Severity};
use crate::model::FrontMatter;
use crate::source::{RelPath, Source, Span};

/// Bytes that front matter may have at most, fences included.
const LIMIT: usize = 64 * 1024;

/// Reads the front matter of a document. Its span is the whole block with its fences and last line break; without
/// front matter the value is empty. Keys and values that are not understood are findings, and left out.
#[must_use]
pub fn front_matter(source: &Source) -> Checked<FrontMatter> {
    let Some(block) = cut(source.text()) else {
        return Checked { findings: unclosed(source).into_iter().collect(), ..Checked::default() };
    };
    let mut faults = Vec::new();
    let mut value = if block.end > LIMIT {
        let span = Span::new(0..block.open);
        let message = format!("front matter of {} kB; at most {} kB are read", block.end / 1024, LIMIT / 1024);
        faults.push(Fault::new(FaultKind::Syntax, span, message).help("move the text below the closing fence"));
        FrontMatter::default()
    } else {
        let node = block.parse(source.text(), &mut faults);
        node.map(|node| crate::config::front_matter(&node, &mut faults)).unwrap_or_default()
    };
    value.span = Some(Span::new(0..block.end));
    faults.sort_by_key(|fault| fault.span);
    gather(source.text(), &mut faults);
    Checked { value, findings: faults.into_iter().map(|fault| finding(fault, &source.path)).collect() }
}

/// Keys that are told of by name.
const NAMED: usize = 4;

/// Tells of the keys of other programs at once, where the first of them stands: a page of theirs has many.
fn gather(text: &str, faults: &mut Vec<Fault>) {
    let is_foreign = |fault: &Fault| fault.kind == FaultKind::ForeignKey;
    let names: Vec<String> = faults
        .iter()
        .filter(|fault| is_foreign(fault))
        .map(|fault| format!("`{}`", text.get(fault.span.range()).unwrap_or_default()))
        .collect();
    let Some(first) = faults.iter().position(is_foreign).filter(|_| names.len() > 1) else { return };
    let mut at = 0..;
    faults.retain(|fault| at.next() == Some(first) || !is_foreign(fault));
    let (named, more) = names.split_at(names.len().min(NAMED));
    let more = if more.is_empty() { String::new() } else { format!(", and {} more", more.len()) };
    faults[first].message = format!("unknown keys: {}{more}", named.join(", "));
}

/// Tells of a fence and a key of ours at the start that nothing closes: all of it is text then, `draft: true` too.
fn unclosed(source: &Source) -> Option<Finding> {
    let (format, open) = opening(source.text())?;
    let rest = &source.text()[open..];
    let key = rest.lines().next()?.split([':', '=']).next()?.trim();
    if rest.lines().any(|line| format.closes(line)) || !crate::config::is_front_matter_key(key) {
        return None;
    }
    let fence = format.fence();
    let span = Span::new(0..fence.len());
    let finding =
        Finding::new(Code::FrontMatter, source.path.clone(), Some(span), "this front matter has no end, so it is text");
    Some(finding.help(format!("close it with a line `{fence}`")))
}

fn finding(fault: Fault, path: &RelPath) -> Finding {
    let (code, severity) = match fault.kind {
        FaultKind::Syntax => (Code::FrontMatter, None),
        FaultKind::Key => (Code::UnknownKey, None),
        // Of another program that reads the same files, more likely than a slip: `layout`, `labels`, `sidebar_position`.
        FaultKind::ForeignKey => (Code::UnknownKey, Some(Severity::Info)),
        // The block parses and only this value is left out, which never loosens a gate: no reason to stop publishing.
        FaultKind::Value => (Code::FrontMatter, Some(Severity::Warning)),
    };
    let mut finding = Finding::new(code, path.clone(), Some(fault.span), fault.message);
    finding.severity = severity.unwrap_or(finding.severity);
    finding.help = fault.help;
    finding
}

/// The two ways of writing front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Yaml,
    Toml,
}

impl Format {
    fn fence(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }

    fn closes(self, line: &str) -> bool {
        let line = line.trim_end();
        line == self.fence() || (self == Self::Yaml && line == "...")
    }

    /// Whether a line could be the first of a table, and not of prose between two thematic breaks.
    fn begins(self, line: &str) -> bool {
        let line = line.trim();
        let sign = if self == Self::Yaml { ':' } else { '=' };
        if line.starts_with(if self == Self::Yaml { '{' } else { '[' }) {
            return true;
        }
        line.split_once(sign).is_some_and(|(key, rest)| {
            let key = key.trim().trim_matches(['"', '\'']);
            let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
            let apart = self == Self::Toml || rest.is_empty() || rest.starts_with([' ', '\t']);
            !key.is_empty() && key.chars().all(word) && apart
        })
    }
}

/// Front matter by its byte offsets, which begin at 0.
#[derive(Debug, PartialEq, Eq)]
struct Block {
    format: Format,
    /// Where the content begins, behind the first fence.
    open: usize,
    /// Where the content ends, before the last fence.
    close: usize,
    /// Behind the last fence and its line break.
    end: usize,
}

impl Block {
    fn parse(&self, text: &str, faults: &mut Vec<Fault>) -> Option<Node> {
        let content = &text[self.open..self.close];
        match self.format {
            Format::Yaml => yaml::parse(content, self.open, faults),
            Format::Toml => {
                let (node, found) = from_toml(content, self.open);
                faults.extend(found);
                Some(node)
            }
        }
    }
}

/// The fence that a text begins with, and where the next line does.
fn opening(text: &str) -> Option<(Format, usize)> {
    let format = [Format::Yaml, Format::Toml].into_iter().find(|format| text.starts_with(format.fence()))?;
    let (first, _) = text.split_once('\n')?;
    (first.trim_end() == format.fence()).then_some((format, first.len() + 1))
}

/// Finds front matter at the start of `text`: a fence, a table or nothing, and a closing fence.
fn cut(text: &str) -> Option<Block> {
    let (format, open) = opening(text)?;
    let mut at = open;
    let mut begun = false;
    for line in text[open..].split_inclusive('\n') {
        if format.closes(line) {
            return Some(Block { format, open, close: at, end: at + line.len() });
        }
        let content = line.trim();
        if !begun && !content.is_empty() && !content.starts_with('#') {
            begun = format.begins(line);
            if !begun {
                return None;
            }
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (FrontMatter, Vec<String>) {
        let source = Source::from_text(RelPath::new("a.md").unwrap(), text);
        let Checked { value, findings } = front_matter(&source);
        let told = findings.iter().map(|finding| {
            let place = source.place(finding.span.unwrap().start);
            let help = finding.help.as_deref().unwrap_or("-");
            format!("{}:{} {} {} ({help})", place.line, place.column, finding.code.name(), finding.message)
        });
        (value, told.collect())
    }

    fn rest(text: &str) -> String {
        let (front, told) = read(text);
        assert_eq!(told, Vec::<String>::new(), "{text}");
        let source = Source::from_text(RelPath::new("a.md").unwrap(), text);
        source.text()[front.span.map_or(0, |span| span.range().end)..].to_owned()
    }

    #[test]
    fn yaml_and_toml_are_cut_off() {
        assert_eq!(rest("---\ntitle: A\n---\n# B\n"), "# B\n");
        assert_eq!(rest("---\r\ntitle: A\r\n---\r\n# B\r\n"), "# B\n");
        assert_eq!(rest("+++\ntitle = 'A'\n+++\n# B\n"), "# B\n");
        assert_eq!(rest("---\n---\n# B\n"), "# B\n");
        assert_eq!(rest("---\n# nothing\n\n--- \t\n# B\n"), "# B\n");
        assert_eq!(rest("---\ntitle: A\n..."), "");
    }

    #[test]
    fn thematic_breaks_and_prose_are_left() {
        for text in [
            "---\n\nSome prose, and a colon: here\n\n---\n",
            "---\n**Owner:** @a\n---\n",
            "---\n- [ ] a task: b\n---\n",
            "---\nNote: A\n",
            "----\ntitle: A\n---\n",
            "---",
            " ---\ntitle: A\n---\n",
            "---\nhttps://example.org\n---\n",
            "+++\nprose\n+++\n",
            "# A\n\n---\ntitle: A\n---\n",
        ] {
            assert_eq!(rest(text), text);
        }
    }

    #[test]
    fn front_matter_without_end_is_told() {
        let (front, told) = read("---\ndraft: true\n\n# A\n");
        assert_eq!(front.span, None);
        assert_eq!(told, ["1:1 front-matter this front matter has no end, so it is text (close it with a line `---`)"]);
        assert_eq!(read("+++\ntitle = 'A'\n").1.len(), 1);
    }

    #[test]
    fn values_of_yaml() {
        let (front, told) = read(
            "---\ntitle: \"Launch: now\"\nid: PR-001\nrelease: 1.10\nowner:\n  - '@a'\n  - Team B\ndue: 2026-03-31\n\
             draft: yes\nweight: -3\nreview_every: 90d\nstatus:\nwaivers:\n  - item: SEC-1\n    expires: 2026-05-01\n\
             extra: { n: 1, list: [a, true] }\n---\n",
        );
        assert_eq!(told, Vec::<String>::new());
        assert_eq!(front.title.as_deref(), Some("Launch: now"));
        assert_eq!(front.release.as_deref(), Some("1.10"));
        assert_eq!(front.owners, ["@a", "Team B"]);
        assert_eq!((front.draft, front.weight, front.status), (true, Some(-3), None));
        assert_eq!(front.waivers[0].item, "SEC-1");
        assert_eq!(front.extra["list"], serde_json::json!(["a", true]));
    }

    #[test]
    fn faults_have_their_place() {
        let (front, told) = read("---\ntittle: A\r\nowner: {a: b}\ndue: soon\nid: A-1\nid: A-2\n---\n");
        assert_eq!(front.id.as_deref(), Some("A-1"));
        assert_eq!(
            told,
            [
                "2:1 unknown-key unknown key `tittle` (did you mean `title`?)",
                "3:8 front-matter expected a string or a list, found a table (-)",
                "4:6 front-matter `soon` is no date (write it as in 2026-03-31)",
                "6:1 front-matter the key `id` is given twice (-)",
            ]
        );
    }

    #[test]
    fn broken_blocks_are_one_finding() {
        let (front, told) = read("---\ntitle: [A\nowner: B\n---\n# C\n");
        assert_eq!(front.span.unwrap().range().end, 27);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("3:"), "{told:?}");
        let (_, told) = read("---\ntitle: &a [*a, *a]\n---\n");
        assert_eq!(told, ["2:12 front-matter an alias; front matter has none (write the value out)"]);
        let (_, told) = read("+++\ntitle = \n+++\n");
        assert_eq!(told.len(), 1, "{told:?}");
        let (_, told) = read(&format!("---\nextra: {}\n---\n", "[".repeat(60_000)));
        assert_eq!(told.len(), 1, "{told:?}");
    }

    #[test]
    fn long_blocks_are_refused() {
        let (front, told) = read(&format!("---\ntitle: {}\n---\n# A\n", "a".repeat(LIMIT)));
        assert_eq!(front.title, None);
        let help = "move the text below the closing fence";
        assert_eq!(told, [format!("1:1 front-matter front matter of 64 kB; at most 64 kB are read ({help})")]);
    }
}
