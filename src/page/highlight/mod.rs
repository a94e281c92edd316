//! The one door to syntect: code to spans with one class each. Languages are loaded when first met; every line is parsed
//! once in a process, since checklists say the same commands again and again.

mod classes;
mod memo;

use crate::markdown::Writer;
use memo::Memo;
use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};
use syntect::parsing::SyntaxSet;

/// Bytes of a block that is highlighted, at most.
const BLOCK: usize = 64 * 1024;

/// Bytes of a line, at most: a grammar can take very long on a longer one.
const LINE: usize = 2 * 1024;

/// Names that people give to languages which the grammars know by another, or not at all.
const ALIASES: &[(&str, &str)] = &[
    ("console", "bash"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("hcl", "tf"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("jsonl", "json"),
    ("node", "js"),
    ("posix", "bash"),
    ("pwsh", "ps1"),
    ("python3", "python"),
    ("sh-session", "bash"),
    ("shell", "bash"),
    ("shell-session", "bash"),
    ("shellsession", "bash"),
    ("terminal", "bash"),
    ("terraform", "tf"),
    ("zsh", "bash"),
];

/// Languages without highlighting: looking for their grammar is not worth the time.
const PLAIN: &[&str] = &["", "log", "mermaid", "output", "plain", "plaintext", "promql", "text", "txt"];

static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// By language as written: its memo, or `None` for a language without grammar.
static LANGUAGES: LazyLock<RwLock<HashMap<String, Option<&'static Memo>>>> = LazyLock::new(RwLock::default);

/// Writes code in a language, highlighted where its grammar is known and the code is not too long.
pub(super) fn write(language: &str, code: &str, out: &mut Writer) {
    let is_short = code.len() <= BLOCK && code.lines().all(|line| line.len() <= LINE);
    match memo(language).filter(|_| is_short) {
        Some(memo) => memo.write(&GRAMMARS, code, out),
        None => {
            out.text(code);
        }
    }
}

fn memo(language: &str) -> Option<&'static Memo> {
    if PLAIN.iter().any(|plain| plain.eq_ignore_ascii_case(language)) {
        return None;
    }
    if let Ok(languages) = LANGUAGES.read()
        && let Some(&known) = languages.get(language)
    {
        return known;
    }
    let lower = language.to_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == lower).map_or(lower.as_str(), |(_, name)| name);
    let grammar = GRAMMARS.find_syntax_by_token(name);
    let mut languages = LANGUAGES.write().ok()?;
    // A document may name any number of languages that there are not; they are not worth remembering.
    let grammar = grammar?;
    let shared = languages.values().flatten().find(|memo| memo.is_of(grammar)).copied();
    let memo = shared.unwrap_or_else(|| Box::leak(Box::new(Memo::new(grammar))));
    languages.insert(language.to_owned(), Some(memo));
    Some(memo)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(language: &str, code: &str) -> String {
        let mut out = Writer::default();
        write(language, code, &mut out);
        out.finish().as_str().to_owned()
    }

    #[test]
    fn code_has_one_class_a_span_and_keeps_its_text() {
        let html = html("rust", "// a <b>\nfn main() { let x = \"y\"; }\n");
        assert!(
            html.starts_with("<span class=\"hl-comment\">// a &lt;b&gt;</span>\n<span class=\"hl-storage\">fn </span>"),
            "{html}"
        );
        assert!(html.contains("<span class=\"hl-string\">&quot;y&quot;</span>"), "{html}");
        let text: String = html.split('<').map(|part| part.rsplit_once('>').map_or(part, |(_, text)| text)).collect();
        assert_eq!(text, "// a &lt;b&gt;\nfn main() { let x = &quot;y&quot;; }\n");
    }

    #[test]
    fn what_is_remembered_is_what_was_made() {
        let code = "for i in $(seq 1 3); do\n  echo \"$i\"\ndone\necho 'a\nb'\n";
        assert_eq!(html("bash", code), html("sh", code));
        assert_eq!(html("console", code), html("bash", code));
    }

    #[test]
    fn a_line_depends_on_the_lines_before_it() {
        let inside = html("rust", "/*\nlet x = 1;\n*/\n");
        assert!(inside.contains("<span class=\"hl-comment\">let x = 1;</span>"), "{inside}");
        assert!(!html("rust", "let x = 1;\n").contains("hl-comment"));
    }

    #[test]
    fn unknown_languages_and_long_code_are_plain() {
        assert_eq!(html("no-such-language", "let <x>\n"), "let &lt;x&gt;\n");
        assert_eq!(html("", "let\n"), "let\n");
        let long = format!("let x = \"{}\";\n", "y".repeat(LINE));
        assert!(!html("rust", &long).contains("<span"));
        let many = "let x = 1;\n".repeat(BLOCK / 11 + 1);
        assert!(!html("rust", &many).contains("<span"));
    }

    #[test]
    fn a_missing_last_line_break_changes_nothing() {
        assert_eq!(html("json", "{\"a\": 1}"), html("json", "{\"a\": 1}\n").trim_end());
    }
}
