//! Scopes of grammars to the few classes that the theme colours.

use std::sync::LazyLock;
use syntect::parsing::Scope;

/// Prefixes of scopes with their class, the longer before the shorter. No class: the text is as plain as what is
/// around it.
const TABLE: &[(&str, Option<&str>)] = &[
    ("punctuation.definition.comment", Some("hl-comment")),
    ("punctuation.definition.string", Some("hl-string")),
    ("constant.character.escape", Some("hl-constant")),
    ("entity.other.attribute-name", Some("hl-attribute")),
    ("entity.other.inherited-class", Some("hl-type")),
    ("entity.name.function", Some("hl-function")),
    ("entity.name.tag", Some("hl-tag")),
    ("entity.name.type", Some("hl-type")),
    ("entity.name.class", Some("hl-type")),
    ("entity.name.struct", Some("hl-type")),
    ("entity.name.enum", Some("hl-type")),
    ("entity.name.section", Some("hl-heading")),
    ("support.function", Some("hl-function")),
    ("support.type", Some("hl-type")),
    ("variable.function", Some("hl-function")),
    ("variable.parameter", Some("hl-variable")),
    ("variable.language", Some("hl-variable")),
    ("markup.inserted", Some("hl-inserted")),
    ("markup.deleted", Some("hl-deleted")),
    ("markup.changed", Some("hl-changed")),
    ("markup.heading", Some("hl-heading")),
    ("keyword.operator", None),
    ("string.unquoted", None),
    ("comment", Some("hl-comment")),
    ("string", Some("hl-string")),
    ("constant", Some("hl-constant")),
    ("keyword", Some("hl-keyword")),
    ("storage", Some("hl-storage")),
    ("entity", Some("hl-entity")),
    ("support", Some("hl-support")),
    ("markup", Some("hl-markup")),
];

static SCOPES: LazyLock<Vec<(Scope, Option<&str>)>> = LazyLock::new(|| {
    let rows = TABLE.iter().filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class)));
    rows.collect()
});

/// The class of text within these scopes, the outermost first: that of the innermost scope which has one.
pub(super) fn of(scopes: &[Scope]) -> Option<&'static str> {
    let class = |scope: &Scope| SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    scopes.iter().rev().find_map(class).flatten()
}
