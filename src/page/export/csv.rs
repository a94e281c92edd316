//! The items as a table for spreadsheets.

use crate::site::{ItemId, Site};
use crate::source::bytes;
use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io;

/// The columns, in order: a promise like the fields of the JSON.
const COLUMNS: [&str; 19] = [
    "id",
    "document",
    "line",
    "section",
    "kind",
    "group",
    "parent",
    "ref",
    "text",
    "state",
    "state_text",
    "priority",
    "priority_text",
    "owners",
    "due",
    "links",
    "evidence",
    "note",
    "counted",
];

/// The items of a site as CSV (RFC 4180, but with `\n`), a header row first; several values in a cell are joined by
/// `; `. No cell can be read as a formula. The rows that are `counted` are the items of the site's sum: no groups, and
/// nothing of documents that do not count.
#[must_use]
pub fn csv(site: &Site) -> String {
    let mut bytes = Vec::with_capacity(site.tally.items() as usize * 260 + 512);
    // Writing to memory does not fail.
    let _ = write(site, &mut bytes);
    String::from_utf8(bytes).unwrap_or_default()
}

/// Writes the same.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(site: &Site, out: impl io::Write) -> io::Result<()> {
    let mut table = Table { out, row: Vec::new(), cell: String::new() };
    COLUMNS.iter().for_each(|column| table.text(column));
    table.end()?;
    for document in site.document_ids() {
        let count = u32::try_from(site.document(document).checklist.items.len()).unwrap_or(u32::MAX);
        for index in 0..count {
            table.row(ItemId { document, index }, site)?;
        }
    }
    Ok(())
}

/// A table that is being written.
struct Table<W> {
    out: W,
    /// The row so far, each cell with a comma behind it.
    row: Vec<u8>,
    /// Where cells are put together.
    cell: String,
}

impl<W: io::Write> Table<W> {
    fn row(&mut self, id: ItemId, site: &Site) -> io::Result<()> {
        let (item, document) = (site.item(id), site.document(id.document));
        let section = item.section.and_then(|index| document.checklist.sections.get(index as usize));
        let heading = section.and_then(|section| document.checklist.headings.get(section.heading as usize));
        self.name(id, site);
        self.text(document.source.path.as_str());
        self.number(document.source.line(item.span.start));
        self.text(heading.map_or("", |heading| &heading.title));
        self.known(item.kind.name());
        self.known(if item.group { "true" } else { "false" });
        match item.parent {
            Some(index) => self.name(ItemId { index, ..id }, site),
            None => self.text(""),
        }
        self.text(item.reference.as_deref().unwrap_or_default());
        self.text(&item.text);
        self.known(item.state.name());
        self.text(&item.state_text);
        self.text(item.level.map_or("", |level| &site.ladder.step(level).key));
        self.text(item.level_text.as_deref().unwrap_or_default());
        self.joined(&item.owners);
        match item.due {
            Some(due) => self.shown(due),
            None => self.text(""),
        }
        self.joined(&item.links);
        self.joined(&item.evidence);
        self.text(&item.note);
        self.known(if document.counted && !item.group { "true" } else { "false" });
        self.end()
    }

    /// A cell with a word of this program.
    fn known(&mut self, cell: &'static str) {
        self.row.extend_from_slice(cell.as_bytes());
        self.row.push(b',');
    }

    /// A cell, in quotes where it holds what would end it.
    fn text(&mut self, cell: &str) {
        if cell.is_empty() {
            return self.row.push(b',');
        }
        let cell = guard(cell);
        let ends = |byte: u8| (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r');
        if !bytes::has(cell.as_bytes(), ends) {
            self.row.extend_from_slice(cell.as_bytes());
        } else {
            self.row.push(b'"');
            self.row.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            self.row.push(b'"');
        }
        self.row.push(b',');
    }

    fn number(&mut self, number: u32) {
        self.row.extend_from_slice(bytes::decimal(number, &mut [0; 10]).as_bytes());
        self.row.push(b',');
    }

    fn shown(&mut self, cell: impl Display) {
        let mut text = std::mem::take(&mut self.cell);
        text.clear();
        let _ = write!(text, "{cell}");
        self.text(&text);
        self.cell = text;
    }

    fn name(&mut self, id: ItemId, site: &Site) {
        let mut text = std::mem::take(&mut self.cell);
        text.clear();
        text.push_str(site.document(id.document).stem());
        text.push('#');
        text.push_str(&site.item(id).anchor);
        self.text(&text);
        self.cell = text;
    }

    fn joined(&mut self, values: &[String]) {
        match values {
            [] => self.text(""),
            [one] => self.text(one),
            many => self.text(&many.join("; ")),
        }
    }

    /// Writes the row.
    fn end(&mut self) -> io::Result<()> {
        self.row.pop();
        self.row.push(b'\n');
        self.out.write_all(&self.row)?;
        self.row.clear();
        Ok(())
    }
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what begins like one (OWASP, "CSV
/// Injection"), also by a full-width sign, which some spreadsheets take for the narrow one. A number alone is none.
fn guard(cell: &str) -> Cow<'_, str> {
    if cell.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return Cow::Borrowed(cell);
    }
    match cell.trim_start_matches(' ').chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n')
            if cell.parse::<f64>().is_err() =>
        {
            Cow::Owned(format!("'{cell}"))
        }
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut table = Table { out: Vec::new(), row: Vec::new(), cell: String::new() };
        ["a", "", "b,c", "say \"x\"", "two\nlines", "\rx", "é"].iter().for_each(|cell| table.text(cell));
        table.shown(12);
        table.end().unwrap();
        let text = String::from_utf8(table.out).unwrap();
        assert_eq!(text, "a,,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\"'\rx\",é,12\n");
    }

    #[test]
    fn formulas_are_guarded() {
        assert_eq!(guard("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(guard("  @SUM(1)"), "'  @SUM(1)");
        assert_eq!(guard("+1+cmd"), "'+1+cmd");
        assert_eq!(guard("\t=1"), "'\t=1");
        assert_eq!(["＝1+1", "＋1", " －1", "＠A1"].map(guard), ["'＝1+1", "'＋1", "' －1", "'＠A1"]);
        assert_eq!(guard("-12"), "-12");
        assert_eq!(guard("a=b"), "a=b");
    }
}
