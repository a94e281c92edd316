//! The one door to syntect: code to spans with one class each. The languages that checklists use most have a lexer of
//! our own, which is fast; the many others are left to syntect, whose grammars are loaded when first met and parse every
//! line once in a process.

mod classes;
mod grammar;
mod lexer;
mod memo;

use crate::markdown::Writer;
use grammar::{GRAMMARS, Grammar};
use memo::Memo;
use std::collections::HashMap;
use std::sync::{LazyLock, RwLock};
use syntect::parsing::SyntaxSet;

/// Bytes of a block that is highlighted, at most.
const BLOCK: usize = 64 * 1024;

/// Bytes of a line, at most: a grammar can take very long on a longer one.
const LINE: usize = 2 * 1024;

/// Languages without highlighting: looking for their grammar is not worth the time.
const PLAIN: &[&str] = &["", "log", "mermaid", "output", "plain", "plaintext", "promql", "text", "txt"];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// By language: what is remembered of it.
static LANGUAGES: LazyLock<RwLock<HashMap<String, &'static Memo>>> = LazyLock::new(RwLock::default);

/// The languages of the lexer by name.
static LEXED: LazyLock<HashMap<&'static str, &'static Grammar>> = LazyLock::new(|| {
    let grammars: &'static [Grammar] = &GRAMMARS;
    let names = grammars.iter().flat_map(|grammar| grammar.names.iter().map(move |name| (name, grammar)));
    names.collect()
});

/// Writes code in a language, highlighted where its grammar is known and the code is not too long.
pub(super) fn write(language: &str, code: &str, out: &mut Writer) {
    let lower = language.to_lowercase();
    if let Some(grammar) = LEXED.get(lower.as_str()).filter(|_| code.len() <= BLOCK) {
        return lexer::write(grammar, code, out);
    }
    let is_short = code.len() <= BLOCK && code.lines().all(|line| line.len() <= LINE);
    match memo(&lower).filter(|_| is_short) {
        Some(memo) => memo.write(&SYNTAXES, code, out),
        None => {
            out.text(code);
        }
    }
}

fn memo(language: &str) -> Option<&'static Memo> {
    if PLAIN.contains(&language) || LEXED.contains_key(language) {
        return None;
    }
    if let Ok(languages) = LANGUAGES.read()
        && let Some(&known) = languages.get(language)
    {
        return Some(known);
    }
    // A document may name any number of languages that there are not; they are not worth remembering.
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut languages = LANGUAGES.write().ok()?;
    let shared = languages.values().find(|memo| memo.is_of(syntax)).copied();
    let memo = shared.unwrap_or_else(|| Box::leak(Box::new(Memo::new(syntax))));
    languages.insert(language.to_owned(), memo);
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

    /// The text of markup, entities resolved.
    fn text(html: &str) -> String {
        let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&")
    }

    /// The spans of a piece of code, as `class:text`, one after the other.
    fn spans(language: &str, code: &str) -> String {
        let html = html(language, code);
        assert_eq!(text(&html), code, "{language}");
        let spans =
            html.split("<span class=\"hl-").skip(1).filter_map(|span| span.split_once("</span>")?.0.split_once("\">"));
        spans.map(|(class, inside)| format!("{class}:{}", text(inside))).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_languages_of_checklists_are_lexed() {
        for (language, code, expected) in [
            (
                "rust",
                "// a <b>\nfn f<'a>(c: char) -> u8 { g!(\"x\\\"y\", 'z', 1_0) }\n",
                "comment:// a <b> | keyword:fn | type:char | type:u8 | function:g | string:\"x\\\"y\" | string:'z' | constant:1_0",
            ),
            (
                "bash",
                "set -e # c\necho \"$x #\" ${y} --long a#b\n",
                "type:set | variable:-e | comment:# c | type:echo | string:\"$x #\" | variable:${y} | variable:--long",
            ),
            ("sh", "cat <<EOF > f\nif 'x\nEOF\necho\n", "string:if 'x\n | type:echo"),
            (
                "yaml",
                "a-b: true # c\n- k: \"v: w\"\n  url: http://x\n",
                "tag:a-b | constant:true | comment:# c | tag:k | string:\"v: w\" | tag:url",
            ),
            ("json", "{\"a\": [1, null, \"b\"]}\n", "tag:\"a\" | constant:1 | constant:null | string:\"b\""),
            ("toml", "[a.b]\nk = 'v' # c\n", "heading:[a.b] | tag:k | string:'v' | comment:# c"),
            (
                "python",
                "@dec.x\ndef f(a): # c\n    '''doc\n    if'''\n    return None\n",
                "attribute:@dec.x | keyword:def | function:f | comment:# c | string:'''doc\n    if''' | keyword:return | constant:None",
            ),
            (
                "sql",
                "SELECT count(*) FROM t WHERE a = 'it''s' -- c\n",
                "keyword:SELECT | function:count | keyword:FROM | keyword:WHERE | string:'it''s' | comment:-- c",
            ),
            ("diff", "+a\n-b\n c\n", "inserted:+a | deleted:-b"),
            (
                "ts",
                "const s = `a\n${b}`; /* x */ new Foo()\n",
                "keyword:const | string:`a\n${b}` | comment:/* x */ | keyword:new | function:Foo",
            ),
            (
                "dockerfile",
                "FROM rust:1 AS b\nRUN x --y $Z\n",
                "keyword:FROM | constant:1 | keyword:AS | keyword:RUN | variable:--y | variable:$Z",
            ),
        ] {
            assert_eq!(spans(language, code), expected, "{language}");
        }
    }

    #[test]
    fn no_language_loses_or_adds_text() {
        let odd = "é'\"`${<<EOF #[@x[a]=\\\n--- ''' \"\"\" /* // \u{1f600} 'a\n<<-'Q'\n\tkey = 1.\n$\n-\n";
        for name in GRAMMARS.iter().filter_map(|grammar| grammar.names.iter().next()) {
            for start in (0..odd.len()).filter(|&start| odd.is_char_boundary(start)) {
                let html = html(name, &odd[start..]);
                assert_eq!(text(&html), odd[start..], "{name} from {start}");
            }
        }
    }

    #[test]
    fn other_languages_are_left_to_their_grammars() {
        let code = "puts \"x\" # c\n=begin\nputs 1\n=end\nputs 1\n";
        let first = html("ruby", code);
        assert!(first.contains("<span class=\"hl-comment\"># c</span>"), "{first}");
        assert!(
            first.contains("<span class=\"hl-comment\">puts 1</span>"),
            "a line depends on those before it: {first}"
        );
        assert_eq!(text(&first), code);
        assert_eq!(html("rb", code), first, "what is remembered is what was made");
    }

    #[test]
    fn unknown_languages_and_long_code_are_plain() {
        assert_eq!(html("no-such-language", "let <x>\n"), "let &lt;x&gt;\n");
        assert_eq!(html("", "let\n"), "let\n");
        let long = format!("puts \"{}\"\n", "y".repeat(LINE));
        assert!(!html("ruby", &long).contains("<span"));
        for language in ["rust", "ruby"] {
            let many = "return 1;\n".repeat(BLOCK / 10 + 1);
            assert!(!html(language, &many).contains("<span"), "{language}");
        }
    }

    #[test]
    fn a_missing_last_line_break_changes_nothing() {
        for language in ["json", "ruby"] {
            assert_eq!(html(language, "{\"a\": 1}"), html(language, "{\"a\": 1}\n").trim_end(), "{language}");
        }
    }
}
