//! What a settings text says, before anything is known of its keys: tables, lists and scalars with their places.
//! Both TOML and YAML become this, so that one check tells every fault of either.

use crate::source::Span;
use toml::de::{DeTable, DeValue};

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands.
    pub span: Span,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// An unquoted YAML scalar: text, number, truth value or nothing, as its key wants it.
    Bare(String),
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// A truth value.
    Bool(bool),
    /// A date or time, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in order of the text.
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub at: Span,
    /// Its value.
    pub node: Node,
}

/// What is wrong with a settings text, before it is known whose finding it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether the text, a key or a value is at fault.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
    /// What, in one sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// What is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The text does not parse.
    Syntax,
    /// A key means nothing, and looks like one that does.
    Key,
    /// A key means nothing, and looks like none that does.
    ForeignKey,
    /// A value is not what its key wants.
    Value,
}

impl Fault {
    /// A fault without a hint.
    #[must_use]
    pub fn new(kind: FaultKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, span, message: message.into(), help: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Node {
    /// The entries of a table; none of another value.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The entries of a list; none of another value.
    #[must_use]
    pub fn list(&self) -> &[Node] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => &[],
        }
    }

    /// The value of a key of a table.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The place of the value of a key, or of the whole node where it has no such key.
    #[must_use]
    pub fn place(&self, key: &str) -> Span {
        self.get(key).map_or(self.span, |node| node.span)
    }
}

/// The node of a TOML text that stands at byte `offset` of its file, with every fault of its syntax.
#[must_use]
pub fn from_toml(text: &str, offset: usize) -> (Node, Vec<Fault>) {
    let place = |range: std::ops::Range<usize>| Span::new(range.start + offset..range.end + offset);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<Fault> = Vec::new();
    let mut told = None;
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let line = text.get(..range.start).map_or(0, |before| before.matches('\n').count());
        // A single slip often gives a chain of errors within its line; the first one tells it.
        if told.replace(line) != Some(line) {
            faults.push(Fault::new(
                FaultKind::Syntax,
                place(range),
                error.message().lines().next().unwrap_or_default(),
            ));
        }
    }
    (Node { span: place(table.span()), value: Value::Table(entries(table.get_ref(), &place)) }, faults)
}

fn entries(table: &DeTable<'_>, place: &dyn Fn(std::ops::Range<usize>) -> Span) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            at: place(key.span()),
            node: Node { span: place(value.span()), value: from_value(value.get_ref(), place) },
        })
        .collect();
    entries.sort_by_key(|entry| entry.at.start);
    entries
}

fn from_value(value: &DeValue<'_>, place: &dyn Fn(std::ops::Range<usize>) -> Span) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Text(number.as_str().to_owned()), Value::Integer),
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(
            list.iter()
                .map(|node| Node { span: place(node.span()), value: from_value(node.get_ref(), place) })
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(entries(table, place)),
    }
}
