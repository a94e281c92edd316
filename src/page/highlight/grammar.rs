//! What the lexer knows of a language. It is data (`grammars.toml`), an entry a language.

use serde::Deserialize;
use std::sync::LazyLock;

/// The languages.
pub(super) static GRAMMARS: LazyLock<Vec<Grammar>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program and a test reads it")]
    let file: File = toml::from_str(include_str!("grammars.toml")).expect("grammars.toml is sound");
    file.language
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: Vec<Grammar>,
}

/// A language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Grammar {
    /// What people call it, in lower case.
    pub(super) names: Words,
    /// What begins a comment that ends with the line.
    #[serde(default)]
    pub(super) line_comments: Words,
    /// Whether such a comment begins only after white space.
    #[serde(default)]
    pub(super) comments_after_space: bool,
    /// What begins and what ends a comment.
    #[serde(default)]
    pub(super) block_comment: Words,
    /// Strings; a longer mark before a shorter one that begins it.
    #[serde(default)]
    pub(super) quotes: Vec<Quote>,
    /// Words of the language.
    #[serde(default)]
    pub(super) keywords: Words,
    /// Words for values.
    #[serde(default)]
    pub(super) constants: Words,
    /// Words for types and for what comes with the language.
    #[serde(default)]
    pub(super) types: Words,
    /// Whether words mean the same in any case.
    #[serde(default)]
    pub(super) any_case: bool,
    /// Marks that are part of words, beside letters, digits and `_`.
    #[serde(default)]
    pub(super) word_marks: String,
    /// Whether `$` begins a variable.
    #[serde(default)]
    pub(super) sigil: bool,
    /// Whether `-` after white space begins an option, and `<<` a here-document.
    #[serde(default)]
    pub(super) flags: bool,
    /// Whether a word before `(` is called.
    #[serde(default)]
    pub(super) calls: bool,
    /// Whether a word with a capital is a type.
    #[serde(default)]
    pub(super) upper_types: bool,
    /// What begins an annotation.
    pub(super) attribute: Option<String>,
    /// How keys are told from values.
    #[serde(default)]
    pub(super) keys: Keys,
    /// Classes of whole lines by what they begin with.
    #[serde(default)]
    pub(super) lines: Vec<(String, String)>,
}

/// Words, in alphabetical order where one is looked for.
#[derive(Default, Deserialize)]
#[serde(from = "String")]
pub(super) struct Words(Vec<String>);

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self(text.split_whitespace().map(str::to_owned).collect())
    }
}

impl Words {
    /// Whether a word is among them.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A kind of string.
#[derive(Deserialize)]
pub(super) struct Quote {
    pub(super) open: String,
    pub(super) close: String,
    pub(super) escape: Escape,
    pub(super) reach: Reach,
}

/// How a string holds the mark that ends it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Escape {
    /// Not at all.
    None,
    /// With a backslash before.
    Backslash,
    /// Twice.
    Doubled,
}

/// How far a string reaches that is not ended.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Reach {
    /// To the end of the line.
    Line,
    /// To the end of the code.
    Code,
    /// It is one character long, or it is none.
    Character,
}

/// How keys are told from values.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Keys {
    /// There are none.
    #[default]
    None,
    /// A colon stands behind them.
    Colon,
    /// An equals sign stands behind them at the start of a line, and `[section]` alone on one.
    Equals,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_and_no_name_is_two_languages() {
        let mut names: Vec<&str> = Vec::new();
        for grammar in GRAMMARS.iter() {
            for words in [&grammar.keywords, &grammar.constants, &grammar.types] {
                assert!(words.0.is_sorted(), "{:?}: {:?}", grammar.names.0, words.0);
            }
            assert!(matches!(grammar.block_comment.0.len(), 0 | 2), "{:?}", grammar.names.0);
            names.extend(grammar.names.iter());
        }
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
