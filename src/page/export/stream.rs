//! The export written entry by entry, an entry of a long list on each line: small, in little memory, and still one can
//! look at it and compare two of them. Items and documents are written by hand, since there are so many; everything else
//! by serde.

use super::document::{self, write_summary};
use super::form::{Export, Item};
use super::values::{Name, Text};
use crate::source::bytes;
use serde::Serialize;
use std::io::{self, Write};

/// Writes an export.
pub(super) fn write(export: &Export<'_>, out: &mut impl Write) -> io::Result<()> {
    // Taken apart without a rest, so that no field can be forgotten here.
    let Export {
        schema_version,
        title,
        url,
        version,
        summary,
        verdict,
        documents,
        items,
        owners,
        unowned,
        priorities,
        unranked,
        findings,
    } = export;
    out.write_all(b"{")?;
    field(out, "", "schema_version", schema_version)?;
    field(out, ",\n", "title", title)?;
    if let Some(url) = url {
        field(out, ",\n", "url", url)?;
    }
    field(out, ",\n", "version", version)?;
    field(out, ",\n", "summary", summary)?;
    field(out, ",\n", "verdict", verdict)?;
    list(out, "documents", documents.0(), document::write)?;
    list(out, "items", items.0(), write_item)?;
    field(out, ",\n", "owners", owners)?;
    field(out, ",\n", "unowned", unowned)?;
    field(out, ",\n", "priorities", priorities)?;
    field(out, ",\n", "unranked", unranked)?;
    list(out, "findings", findings.0(), |finding, row| write_json(b"", finding, row))?;
    out.write_all(b"}\n")
}

fn field(out: &mut impl Write, before: &str, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(out, "{before}\"{name}\":")?;
    let mut json = Vec::new();
    write_json(b"", value, &mut json);
    out.write_all(&json)
}

fn list<T>(
    out: &mut impl Write,
    name: &str,
    entries: impl Iterator<Item = T>,
    write_entry: impl Fn(&T, &mut Vec<u8>),
) -> io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    let mut row = Vec::new();
    for (index, entry) in entries.enumerate() {
        row.clear();
        row.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
        write_entry(&entry, &mut row);
        out.write_all(&row)?;
    }
    out.write_all(b"]")
}

/// Appends a value behind `key`. The forms have string keys only: nothing in them can refuse to be JSON, and writing to
/// memory does not fail.
pub(super) fn write_json(key: &[u8], value: &impl Serialize, out: &mut Vec<u8>) {
    out.extend_from_slice(key);
    let _ = serde_json::to_writer(out, value);
}

fn write_item(item: &Item<'_>, out: &mut Vec<u8>) {
    let Item {
        id,
        summary,
        anchor,
        document,
        line,
        column,
        text,
        group,
        parent,
        section,
        kind,
        state,
        state_text,
        priority,
        priority_text,
        owners,
        reference,
        due,
        links,
        evidence,
        note,
    } = item;
    out.extend_from_slice(b"{\"id\":");
    write_name(id, out);
    match summary {
        Some(summary) => write_summary(b",\"summary\":", summary, out),
        None => out.extend_from_slice(b",\"summary\":null"),
    }
    write_text(b",\"anchor\":", anchor, out);
    write_text(b",\"document\":", document, out);
    write_json(b",\"line\":", line, out);
    write_json(b",\"column\":", column, out);
    write_text(b",\"text\":", text, out);
    out.extend_from_slice(if *group { b",\"group\":true" } else { b",\"group\":false" });
    out.extend_from_slice(b",\"parent\":");
    match parent {
        Some(parent) => write_name(parent, out),
        None => out.extend_from_slice(b"null"),
    }
    write_texts(b",\"section\":[", section.iter().copied(), out);
    write_text(b",\"kind\":", kind, out);
    write_text(b",\"state\":", state.name(), out);
    write_text(b",\"state_text\":", state_text, out);
    write_option(b",\"priority\":", *priority, out);
    write_option(b",\"priority_text\":", *priority_text, out);
    write_texts(b",\"owners\":[", owners.iter().map(String::as_str), out);
    write_option(b",\"ref\":", *reference, out);
    match due {
        // A date is digits and dashes. Writing to memory does not fail.
        Some(due) => drop(write!(out, ",\"due\":\"{}\"", due.0)),
        None => out.extend_from_slice(b",\"due\":null"),
    }
    write_texts(b",\"links\":[", links.iter().map(String::as_str), out);
    write_texts(b",\"evidence\":[", evidence.iter().map(String::as_str), out);
    write_text(b",\"note\":", note, out);
    out.push(b'}');
}

fn write_name(name: &Text<Name<'_>>, out: &mut Vec<u8>) {
    out.push(b'"');
    escape(name.0.stem, out);
    out.push(b'#');
    escape(name.0.anchor, out);
    out.push(b'"');
}

fn write_option(key: &[u8], text: Option<&str>, out: &mut Vec<u8>) {
    match text {
        Some(text) => write_text(key, text, out),
        None => {
            out.extend_from_slice(key);
            out.extend_from_slice(b"null");
        }
    }
}

pub(super) fn write_text(key: &[u8], text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(key);
    out.push(b'"');
    escape(text, out);
    out.push(b'"');
}

fn write_texts<'t>(key: &[u8], texts: impl Iterator<Item = &'t str>, out: &mut Vec<u8>) {
    out.extend_from_slice(key);
    write_list(texts, out, |text, out| write_text(b"", text, out));
    out.push(b']');
}

/// Appends entries with commas between them.
pub(super) fn write_list<T>(entries: impl IntoIterator<Item = T>, out: &mut Vec<u8>, write: impl Fn(T, &mut Vec<u8>)) {
    for (index, entry) in entries.into_iter().enumerate() {
        out.extend_from_slice(if index == 0 { b"" } else { b"," });
        write(entry, out);
    }
}

/// Appends a text as it stands within a JSON string.
fn escape(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    let is_special = |byte: u8| (byte < 0x20) | (byte == b'"') | (byte == b'\\');
    while let Some(at) = bytes::find(rest, is_special) {
        out.extend_from_slice(&rest[..at]);
        match rest[at] {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\t' => out.extend_from_slice(b"\\t"),
            byte => {
                let _ = write!(out, "\\u{byte:04x}");
            }
        }
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;

    #[test]
    fn an_item_written_by_hand_is_what_serde_writes() {
        let owners = ["a \"b\"".to_owned(), "\u{1}\\".to_owned()];
        let name = |anchor| Text(Name { stem: "a/é", anchor });
        let full = Item {
            id: name("x"),
            summary: Some(crate::model::Tally::one(State::Done).into()),
            anchor: "x",
            document: "a/é.md",
            line: 10,
            column: u32::MAX,
            text: "tab\tbreak\nquote\"",
            group: true,
            parent: Some(name("p")),
            section: vec!["One", "Two"],
            kind: "task",
            state: State::Na,
            state_text: "[-]",
            priority: Some("P0"),
            priority_text: None,
            owners: &owners,
            reference: Some("PR-1"),
            due: Some(Text(jiff::civil::date(2026, 1, 2))),
            links: &[],
            evidence: &owners[..1],
            note: "",
        };
        let check = |item: &Item<'_>| {
            let mut written = Vec::new();
            write_item(item, &mut written);
            assert_eq!(String::from_utf8(written).unwrap(), serde_json::to_string(item).unwrap());
        };
        check(&full);
        check(&Item { summary: None, parent: None, section: Vec::new(), due: None, owners: &[], group: false, ..full });
    }
}
