//! What the lexer knows of a language: data, a row a language. Words are in alphabetical order.

/// A language.
pub(super) struct Grammar {
    /// What people call it, in lower case.
    pub(super) names: &'static [&'static str],
    /// What begins a comment that ends with the line.
    pub(super) line_comments: &'static [&'static str],
    /// Whether such a comment begins only after white space.
    pub(super) comments_after_space: bool,
    /// What begins and ends a comment.
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// Strings; a longer mark before a shorter one that begins it.
    pub(super) quotes: &'static [Quote],
    /// Words of the language.
    pub(super) keywords: &'static [&'static str],
    /// Words for values.
    pub(super) constants: &'static [&'static str],
    /// Words for types and for what comes with the language.
    pub(super) types: &'static [&'static str],
    /// Whether words mean the same in any case.
    pub(super) any_case: bool,
    /// Marks that are part of words, beside letters, digits and `_`.
    pub(super) word_marks: &'static str,
    /// Whether `$` begins a variable.
    pub(super) sigil: bool,
    /// Whether `-` after white space begins an option, and `<<` a here-document.
    pub(super) flags: bool,
    /// Whether a word before `(` is called.
    pub(super) calls: bool,
    /// Whether a word with a capital is a type.
    pub(super) upper_types: bool,
    /// What begins an annotation.
    pub(super) attribute: Option<&'static str>,
    /// How keys are told from values.
    pub(super) keys: Keys,
    /// Classes of whole lines by what they begin with.
    pub(super) lines: &'static [(&'static str, &'static str)],
}

/// A kind of string.
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) escape: Escape,
    pub(super) reach: Reach,
}

/// How a string holds the mark that ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// Not at all.
    None,
    /// With a backslash before.
    Backslash,
    /// Twice.
    Doubled,
}

/// How far a string reaches that is not ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the end of the line.
    Line,
    /// To the end of the code.
    Code,
    /// It is one character long, or it is none.
    Character,
}

/// How keys are told from values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// There are none.
    None,
    /// A colon stands behind them.
    Colon,
    /// An equals sign stands behind them at the start of a line, and `[section]` alone on one.
    Equals,
}

const fn quote(open: &'static str, close: &'static str, escape: Escape, reach: Reach) -> Quote {
    Quote { open, close, escape, reach }
}

const DOUBLE: Quote = quote("\"", "\"", Escape::Backslash, Reach::Line);
const SINGLE: Quote = quote("'", "'", Escape::Backslash, Reach::Line);
const BACKTICK: Quote = quote("`", "`", Escape::Backslash, Reach::Code);

/// A language of which nothing is known.
const PLAIN: Grammar = Grammar {
    names: &[],
    line_comments: &[],
    comments_after_space: false,
    block_comment: None,
    quotes: &[],
    keywords: &[],
    constants: &[],
    types: &[],
    any_case: false,
    word_marks: "",
    sigil: false,
    flags: false,
    calls: false,
    upper_types: false,
    attribute: None,
    keys: Keys::None,
    lines: &[],
};

/// A language in the manner of C.
const C_LIKE: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    quotes: &[DOUBLE, SINGLE],
    calls: true,
    ..PLAIN
};

/// The languages.
pub(super) const GRAMMARS: &[Grammar] =
    &[BASH, CONSOLE, RUST, PYTHON, JAVASCRIPT, GO, JAVA, C, SQL, JSON, YAML, TOML, INI, HCL, DOCKERFILE, DIFF];

const SHELL: Grammar = Grammar {
    line_comments: &["#"],
    comments_after_space: true,
    quotes: &[quote("\"", "\"", Escape::Backslash, Reach::Code), quote("'", "'", Escape::None, Reach::Code)],
    keywords: &[
        "break", "case", "continue", "do", "done", "elif", "else", "esac", "export", "fi", "for", "function", "if",
        "in", "local", "readonly", "return", "select", "then", "until", "while",
    ],
    constants: &["false", "true"],
    types: &[
        "alias", "cd", "echo", "eval", "exec", "exit", "printf", "pwd", "read", "set", "shift", "source", "sudo",
        "test", "trap", "ulimit", "unset", "wait",
    ],
    word_marks: "-.",
    sigil: true,
    flags: true,
    ..PLAIN
};

const BASH: Grammar = Grammar { names: &["bash", "ksh", "posix", "sh", "shell", "zsh"], ..SHELL };

const CONSOLE: Grammar = Grammar {
    names: &["console", "sh-session", "shell-session", "shellsession", "terminal"],
    line_comments: &[],
    ..SHELL
};

const RUST: Grammar = Grammar {
    names: &["rs", "rust"],
    quotes: &[
        quote("r##\"", "\"##", Escape::None, Reach::Code),
        quote("r#\"", "\"#", Escape::None, Reach::Code),
        quote("\"", "\"", Escape::Backslash, Reach::Code),
        quote("'", "'", Escape::Backslash, Reach::Character),
    ],
    keywords: &[
        "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "fn", "for",
        "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static",
        "struct", "super", "trait", "type", "union", "unsafe", "use", "where", "while", "yield",
    ],
    constants: &["Err", "None", "Ok", "Some", "false", "true"],
    types: &[
        "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64",
        "u8", "usize",
    ],
    upper_types: true,
    attribute: Some("#["),
    ..C_LIKE
};

const PYTHON: Grammar = Grammar {
    names: &["py", "python", "python3", "starlark"],
    line_comments: &["#"],
    quotes: &[
        quote("\"\"\"", "\"\"\"", Escape::Backslash, Reach::Code),
        quote("'''", "'''", Escape::Backslash, Reach::Code),
        DOUBLE,
        SINGLE,
    ],
    keywords: &[
        "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def", "del", "elif", "else",
        "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "match", "nonlocal", "not",
        "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ],
    constants: &["False", "None", "True", "cls", "self"],
    types: &["bool", "bytes", "dict", "float", "int", "list", "object", "set", "str", "tuple"],
    calls: true,
    upper_types: true,
    attribute: Some("@"),
    ..PLAIN
};

const JAVASCRIPT: Grammar = Grammar {
    names: &["cjs", "javascript", "js", "jsx", "mjs", "node", "ts", "tsx", "typescript"],
    quotes: &[DOUBLE, SINGLE, BACKTICK],
    keywords: &[
        "abstract",
        "as",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "declare",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "export",
        "extends",
        "finally",
        "for",
        "from",
        "function",
        "get",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "of",
        "private",
        "protected",
        "public",
        "readonly",
        "return",
        "set",
        "static",
        "super",
        "switch",
        "throw",
        "try",
        "type",
        "typeof",
        "var",
        "void",
        "while",
        "with",
        "yield",
    ],
    constants: &["Infinity", "NaN", "false", "null", "this", "true", "undefined"],
    types: &["any", "boolean", "never", "number", "string", "unknown"],
    word_marks: "$",
    upper_types: true,
    attribute: Some("@"),
    ..C_LIKE
};

const GO: Grammar = Grammar {
    names: &["go", "golang"],
    quotes: &[DOUBLE, SINGLE, quote("`", "`", Escape::None, Reach::Code)],
    keywords: &[
        "break",
        "case",
        "chan",
        "const",
        "continue",
        "default",
        "defer",
        "else",
        "fallthrough",
        "for",
        "func",
        "go",
        "goto",
        "if",
        "import",
        "interface",
        "map",
        "package",
        "range",
        "return",
        "select",
        "struct",
        "switch",
        "type",
        "var",
    ],
    constants: &["false", "iota", "nil", "true"],
    types: &[
        "any", "bool", "byte", "error", "float32", "float64", "int", "int32", "int64", "rune", "string", "uint",
        "uint32", "uint64", "uint8",
    ],
    ..C_LIKE
};

const JAVA: Grammar = Grammar {
    names: &["c#", "cs", "csharp", "java", "kotlin", "kt", "scala", "swift"],
    quotes: &[quote("\"\"\"", "\"\"\"", Escape::Backslash, Reach::Code), DOUBLE, SINGLE],
    keywords: &[
        "abstract",
        "as",
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "companion",
        "const",
        "continue",
        "data",
        "def",
        "default",
        "do",
        "else",
        "enum",
        "extends",
        "extension",
        "final",
        "finally",
        "for",
        "foreach",
        "fun",
        "func",
        "guard",
        "if",
        "implements",
        "import",
        "in",
        "init",
        "instanceof",
        "interface",
        "internal",
        "is",
        "let",
        "match",
        "namespace",
        "new",
        "object",
        "override",
        "package",
        "private",
        "protected",
        "protocol",
        "public",
        "return",
        "sealed",
        "static",
        "struct",
        "super",
        "switch",
        "synchronized",
        "throw",
        "throws",
        "trait",
        "try",
        "using",
        "val",
        "var",
        "void",
        "when",
        "while",
        "yield",
    ],
    constants: &["false", "nil", "null", "self", "this", "true"],
    types: &["boolean", "byte", "char", "double", "float", "int", "long", "short", "string"],
    upper_types: true,
    attribute: Some("@"),
    ..C_LIKE
};

const C: Grammar = Grammar {
    names: &["c", "c++", "cc", "cpp", "h", "hpp"],
    keywords: &[
        "auto",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "constexpr",
        "continue",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "extern",
        "for",
        "goto",
        "if",
        "inline",
        "namespace",
        "new",
        "operator",
        "private",
        "protected",
        "public",
        "return",
        "sizeof",
        "static",
        "struct",
        "switch",
        "template",
        "this",
        "throw",
        "try",
        "typedef",
        "typename",
        "union",
        "using",
        "virtual",
        "volatile",
        "while",
    ],
    constants: &["NULL", "false", "nullptr", "true"],
    types: &[
        "bool", "char", "double", "float", "int", "int32_t", "int64_t", "long", "short", "signed", "size_t",
        "uint32_t", "uint64_t", "uint8_t", "unsigned", "void",
    ],
    lines: &[("#", "hl-attribute")],
    ..C_LIKE
};

const SQL: Grammar = Grammar {
    names: &["mysql", "plpgsql", "postgres", "postgresql", "psql", "sql", "sqlite"],
    line_comments: &["--"],
    quotes: &[quote("'", "'", Escape::Doubled, Reach::Code), quote("\"", "\"", Escape::Doubled, Reach::Line)],
    keywords: &[
        "add",
        "all",
        "alter",
        "and",
        "as",
        "asc",
        "begin",
        "between",
        "by",
        "case",
        "check",
        "column",
        "commit",
        "constraint",
        "create",
        "cross",
        "database",
        "default",
        "delete",
        "desc",
        "distinct",
        "drop",
        "else",
        "end",
        "exists",
        "explain",
        "foreign",
        "from",
        "full",
        "grant",
        "group",
        "having",
        "if",
        "in",
        "index",
        "inner",
        "insert",
        "into",
        "is",
        "join",
        "key",
        "left",
        "like",
        "limit",
        "not",
        "offset",
        "on",
        "or",
        "order",
        "outer",
        "primary",
        "references",
        "returning",
        "revoke",
        "right",
        "rollback",
        "select",
        "set",
        "table",
        "then",
        "to",
        "transaction",
        "truncate",
        "union",
        "unique",
        "update",
        "using",
        "values",
        "view",
        "when",
        "where",
        "with",
    ],
    constants: &["false", "null", "true"],
    types: &[
        "bigint",
        "boolean",
        "date",
        "int",
        "integer",
        "jsonb",
        "numeric",
        "serial",
        "text",
        "timestamp",
        "uuid",
        "varchar",
    ],
    any_case: true,
    ..C_LIKE
};

const JSON: Grammar = Grammar {
    names: &["json", "json5", "jsonc", "jsonl", "ndjson"],
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    quotes: &[DOUBLE],
    constants: &["false", "null", "true"],
    keys: Keys::Colon,
    ..PLAIN
};

const YAML: Grammar = Grammar {
    names: &["yaml", "yml"],
    line_comments: &["#"],
    comments_after_space: true,
    quotes: &[quote("\"", "\"", Escape::Backslash, Reach::Code), quote("'", "'", Escape::Doubled, Reach::Line)],
    constants: &["false", "no", "null", "off", "on", "true", "yes"],
    word_marks: "-./",
    keys: Keys::Colon,
    lines: &[("---", "hl-comment")],
    ..PLAIN
};

const TOML: Grammar = Grammar {
    names: &["toml"],
    line_comments: &["#"],
    quotes: &[
        quote("\"\"\"", "\"\"\"", Escape::Backslash, Reach::Code),
        quote("'''", "'''", Escape::None, Reach::Code),
        DOUBLE,
        quote("'", "'", Escape::None, Reach::Line),
    ],
    constants: &["false", "true"],
    word_marks: "-.",
    keys: Keys::Equals,
    ..PLAIN
};

const INI: Grammar = Grammar {
    names: &["cfg", "conf", "dotenv", "editorconfig", "env", "ini", "properties"],
    line_comments: &["#", ";"],
    comments_after_space: true,
    quotes: &[DOUBLE],
    constants: &["false", "no", "off", "on", "true", "yes"],
    word_marks: "-.",
    keys: Keys::Equals,
    any_case: true,
    ..PLAIN
};

const HCL: Grammar = Grammar {
    names: &["hcl", "terraform", "tf", "tfvars"],
    line_comments: &["#", "//"],
    quotes: &[DOUBLE],
    keywords: &[
        "data",
        "dynamic",
        "for",
        "if",
        "in",
        "locals",
        "module",
        "output",
        "provider",
        "resource",
        "terraform",
        "variable",
    ],
    constants: &["false", "null", "true"],
    types: &["any", "bool", "list", "map", "number", "object", "set", "string", "tuple"],
    keys: Keys::Equals,
    ..C_LIKE
};

const DOCKERFILE: Grammar = Grammar {
    names: &["containerfile", "docker", "dockerfile"],
    line_comments: &["#"],
    comments_after_space: true,
    quotes: &[DOUBLE, SINGLE],
    keywords: &[
        "ADD",
        "ARG",
        "AS",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    ],
    word_marks: "-./",
    sigil: true,
    flags: true,
    ..PLAIN
};

const DIFF: Grammar = Grammar {
    names: &["diff", "patch"],
    lines: &[
        ("+++", "hl-heading"),
        ("---", "hl-heading"),
        ("diff ", "hl-heading"),
        ("index ", "hl-comment"),
        ("@@", "hl-changed"),
        ("+", "hl-inserted"),
        ("-", "hl-deleted"),
    ],
    ..PLAIN
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn words_are_in_order_and_names_are_one_languages() {
        let mut names = HashSet::new();
        for grammar in GRAMMARS {
            for words in [grammar.keywords, grammar.constants, grammar.types] {
                assert!(words.is_sorted(), "{}: {words:?}", grammar.names[0]);
            }
            for name in grammar.names {
                assert!(names.insert(name), "{name}");
            }
        }
    }
}
