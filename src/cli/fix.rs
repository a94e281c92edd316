//! `check --fix`: writes damaged text as it was meant. What cannot be known stays as it is on disk.

use super::exit::Failure;
use super::place;
use super::printer::Printer;
use crate::input::{self, Project};
use crate::source::{Decoded, Encoding};

/// Repairs the documents of a project.
pub(super) fn fix(project: &Project, printer: &mut Printer) -> Result<(), Failure> {
    let mut fixed = 0;
    for source in input::read(project).sources {
        let decoded = source.decoded();
        let text = repaired(decoded);
        if text != decoded.disk_text() {
            place::write(&project.content.join(source.path.as_str()), &encoded(&text, decoded))?;
            printer.note(&format!("repaired {}: {} runs", source.path, decoded.repair.runs));
            fixed += 1;
        }
    }
    if fixed == 0 {
        printer.note("nothing to repair");
    }
    Ok(())
}

/// The text with every repair that is certain.
fn repaired(decoded: &Decoded) -> String {
    let disk = decoded.disk_text();
    let mut text = String::with_capacity(disk.len());
    let mut at = 0;
    for edit in &decoded.edits {
        let on_disk = decoded.edited_on_disk(edit);
        let unknown = decoded
            .repair
            .unknown
            .iter()
            .any(|unknown| unknown.span.start < edit.text.1 && edit.text.0 < unknown.span.end);
        if !unknown {
            text.push_str(disk.get(at..on_disk.start).unwrap_or_default());
            text.push_str(decoded.text.get(edit.text.0 as usize..edit.text.1 as usize).unwrap_or_default());
            at = on_disk.end;
        }
    }
    text.push_str(disk.get(at..).unwrap_or_default());
    text
}

/// The text as the file had it: its encoding and byte order mark.
fn encoded(text: &str, decoded: &Decoded) -> Vec<u8> {
    let marked = decoded.bom > 0;
    let utf16 = |bytes: fn(u16) -> [u8; 2]| {
        let mark = marked.then_some(0xFEFF);
        mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    match decoded.encoding {
        Encoding::Utf8 if marked => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf16Le => utf16(u16::to_le_bytes),
        Encoding::Utf16Be => utf16(u16::to_be_bytes),
    }
}
