//! Checks a settings text against the schema of its keys, so that every fault is told, each with its place. The
//! schema is made from the structs that the text is read into: keys are named once.

use super::nearest;
use super::node::{Entry, Fault, FaultKind, Node, Value};
use serde_json::{Map, Value as Json};

/// The parts of `node` that fit `schema`, as JSON; what does not fit is left out and told in `faults`.
#[must_use]
pub(super) fn check(node: &Node, schema: &schemars::Schema, faults: &mut Vec<Fault>) -> Json {
    let root = schema.as_value();
    Checker { root, faults }.node(node, root).unwrap_or(Json::Null)
}

struct Checker<'a> {
    root: &'a Json,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Checker<'a> {
    /// The JSON of a node, or `None` where it does not fit.
    fn node(&mut self, node: &Node, schema: &'a Json) -> Option<Json> {
        let mut choices = Vec::new();
        self.expand(schema, &mut choices);
        let words: Vec<&str> = choices.iter().flat_map(|choice| words(choice)).collect();
        let plain: Vec<&Json> = choices.into_iter().filter(|choice| self::words(choice).is_empty()).collect();
        if plain.iter().any(|choice| types(choice).is_empty()) {
            return Some(free(node));
        }
        for choice in &plain {
            for wanted in types(choice) {
                match (wanted, &node.value) {
                    ("object", Value::Table(entries)) => return Some(self.table(entries, choice)),
                    ("array", Value::List(nodes)) => return Some(self.list(nodes, choice)),
                    ("integer", Value::Integer(number)) => return self.integer(*number, node, choice),
                    (wanted, value) => {
                        if let Some(json) = scalar(wanted, value) {
                            return Some(json);
                        }
                    }
                }
            }
        }
        if !words.is_empty() {
            return self.word(node, &words);
        }
        let wanted: Vec<&str> = plain.iter().flat_map(|choice| types(choice)).collect();
        self.wrong(node, &wanted)
    }

    /// The schemas that a node may fit: `schema` without references and choices.
    fn expand(&self, schema: &'a Json, into: &mut Vec<&'a Json>) {
        let schema = self.resolve(schema);
        match schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Json::as_array) {
            Some(choices) => choices.iter().for_each(|choice| self.expand(choice, into)),
            None => into.push(schema),
        }
    }

    fn integer(&mut self, number: i64, node: &Node, schema: &Json) -> Option<Json> {
        let small = schema.get("format").and_then(Json::as_str) == Some("int32");
        let limit = |key| schema.get(key).and_then(Json::as_i64);
        let least = limit("minimum").or(small.then_some(i64::from(i32::MIN))).unwrap_or(i64::MIN);
        let most = limit("maximum").or(small.then_some(i64::from(i32::MAX))).unwrap_or(i64::MAX);
        if (least..=most).contains(&number) {
            return Some(Json::from(number));
        }
        let message = format!("expected a whole number from {least} to {most}, found {number}");
        self.faults.push(Fault::new(FaultKind::Value, node.span, message));
        None
    }

    fn resolve(&self, schema: &'a Json) -> &'a Json {
        let pointer = schema.get("$ref").and_then(Json::as_str).and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.root.pointer(pointer)).unwrap_or(schema)
    }

    /// One of some words.
    fn word(&mut self, node: &Node, words: &[&str]) -> Option<Json> {
        let (Value::Text(text) | Value::Bare(text)) = &node.value else {
            return self.wrong(node, &["string"]);
        };
        if words.contains(&text.as_str()) {
            return Some(Json::String(text.clone()));
        }
        let help = nearest(text, words.iter().copied())
            .map_or_else(|| format!("one of {}", words.join(", ")), |near| format!("did you mean `{near}`?"));
        self.faults.push(Fault::new(FaultKind::Value, node.span, format!("`{text}` is not known here")).help(help));
        None
    }

    fn table(&mut self, entries: &[Entry], schema: &'a Json) -> Json {
        let known = schema.get("properties").and_then(Json::as_object);
        let other = schema.get("additionalProperties").filter(|other| **other != Json::Bool(false));
        let mut map = Map::new();
        for entry in entries {
            match known.and_then(|known| known.get(&entry.key)).or(other) {
                Some(schema) => {
                    if let Some(json) = self.node(&entry.node, schema) {
                        map.insert(entry.key.clone(), json);
                    }
                }
                None if known.is_none() => {
                    map.insert(entry.key.clone(), free(&entry.node));
                }
                None => self.unknown(entry, known),
            }
        }
        Json::Object(map)
    }

    fn unknown(&mut self, entry: &Entry, known: Option<&Map<String, Json>>) {
        let keys: Vec<&str> = known.into_iter().flat_map(Map::keys).map(String::as_str).collect();
        let (kind, help) = match nearest(&entry.key, keys.iter().copied()) {
            Some(near) => (FaultKind::Key, format!("did you mean `{near}`?")),
            None => (FaultKind::ForeignKey, format!("the keys here are {}", keys.join(", "))),
        };
        let message = format!("unknown key `{}`", entry.key);
        self.faults.push(Fault::new(kind, entry.at, message).help(help));
    }

    fn list(&mut self, nodes: &[Node], schema: &'a Json) -> Json {
        let items = schema.get("items").unwrap_or(&Json::Bool(true));
        // A faulty entry is kept as null, so that the others keep their index.
        Json::Array(nodes.iter().map(|node| self.node(node, items).unwrap_or(Json::Null)).collect())
    }

    fn wrong(&mut self, node: &Node, wanted: &[&str]) -> Option<Json> {
        let mut wanted: Vec<&str> =
            wanted.iter().filter(|wanted| **wanted != "null").map(|name| people(name)).collect();
        wanted.dedup();
        let message = format!("expected {}, found {}", wanted.join(" or "), found(&node.value));
        self.faults.push(Fault::new(FaultKind::Value, node.span, message));
        None
    }
}

fn types(schema: &Json) -> Vec<&str> {
    match schema.get("type") {
        Some(Json::String(name)) => vec![name],
        Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The words that a schema lists; none where it is not a list of words.
fn words(schema: &Json) -> Vec<&str> {
    let words = schema.get("enum").and_then(Json::as_array).into_iter().flatten().chain(schema.get("const"));
    words.filter_map(Json::as_str).collect()
}

/// The JSON of a scalar where it is what is wanted. An unquoted YAML scalar is whatever it can be.
fn scalar(wanted: &str, value: &Value) -> Option<Json> {
    match (wanted, value) {
        ("string", Value::Text(text) | Value::Date(text)) => Some(Json::String(text.clone())),
        ("string", Value::Bare(text)) => (!is_null(text)).then(|| Json::String(text.clone())),
        ("boolean", Value::Bool(truth)) => Some(Json::Bool(*truth)),
        ("boolean", Value::Bare(text)) => truth(text).map(Json::Bool),
        ("number", Value::Integer(number)) => Some(Json::from(*number)),
        ("integer", Value::Bare(text)) => text.parse::<i32>().ok().map(Json::from),
        ("number", Value::Float(number)) => Some(Json::from(*number)),
        ("number", Value::Bare(text)) => text.parse::<f64>().ok().map(Json::from),
        // A YAML key without a value says nothing, whatever it wants.
        (_, Value::Bare(text)) if is_null(text) => Some(Json::Null),
        _ => None,
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The JSON of a node whose keys are free.
fn free(node: &Node) -> Json {
    match &node.value {
        Value::Bare(text) if is_null(text) => Json::Null,
        Value::Bare(text) => match text.as_str() {
            "true" | "True" | "TRUE" => Json::Bool(true),
            "false" | "False" | "FALSE" => Json::Bool(false),
            text => number(text).unwrap_or_else(|| Json::String(text.to_owned())),
        },
        Value::Text(text) | Value::Date(text) => Json::String(text.clone()),
        Value::Integer(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::Bool(truth) => Json::Bool(*truth),
        Value::List(nodes) => Json::Array(nodes.iter().map(free).collect()),
        Value::Table(entries) => {
            Json::Object(entries.iter().map(|entry| (entry.key.clone(), free(&entry.node))).collect())
        }
    }
}

fn number(text: &str) -> Option<Json> {
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let integer = text.parse::<i64>().ok().map(Json::from);
    integer.or_else(|| text.parse::<f64>().ok().map(Json::from)).filter(|_| begins)
}

fn people(name: &str) -> &str {
    match name {
        "string" => "a string",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        "object" => "a table",
        other => other,
    }
}

fn found(value: &Value) -> String {
    match value {
        Value::Bare(text) => format!("`{text}`"),
        Value::Text(text) => format!("the string {text:?}"),
        Value::Integer(number) => format!("the number {number}"),
        Value::Float(number) => format!("the number {number}"),
        Value::Bool(truth) => truth.to_string(),
        Value::Date(date) => format!("the date {date}"),
        Value::List(_) => "a list".to_owned(),
        Value::Table(_) => "a table".to_owned(),
    }
}
