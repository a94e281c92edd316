//! The items as a table for spreadsheets.

use crate::site::{DocumentId, ItemId, Site};
use std::borrow::Cow;

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
/// `; `. No cell can be read as a formula.
#[must_use]
pub fn csv(site: &Site) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail; a row of another length would be a bug of ours, which the test shows.
    let _ = writer.write_record(COLUMNS);
    for document in site.document_ids() {
        let count = u32::try_from(site.document(document).checklist.items.len()).unwrap_or(u32::MAX);
        for index in 0..count {
            let row = row(ItemId { document, index }, document, site);
            let _ = writer.write_record(row.iter().map(|cell| guard(cell).into_owned()));
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn row(id: ItemId, document: DocumentId, site: &Site) -> [String; COLUMNS.len()] {
    let item = site.item(id);
    let document = site.document(document);
    let parent = item.parent.map(|index| site.item_name(ItemId { index, ..id }));
    let section = item.section.and_then(|index| document.checklist.sections.get(index as usize));
    let heading = section.and_then(|section| document.checklist.headings.get(section.heading as usize));
    [
        site.item_name(id),
        document.source.path.to_string(),
        document.source.line(item.span.start).to_string(),
        heading.map(|heading| heading.title.clone()).unwrap_or_default(),
        item.kind.name().to_owned(),
        item.group.to_string(),
        parent.unwrap_or_default(),
        item.reference.clone().unwrap_or_default(),
        item.text.clone(),
        item.state.name().to_owned(),
        item.state_text.clone(),
        item.level.map(|level| site.ladder.step(level).key.clone()).unwrap_or_default(),
        item.level_text.clone().unwrap_or_default(),
        item.owners.join("; "),
        item.due.map(|due| due.to_string()).unwrap_or_default(),
        item.links.join("; "),
        item.evidence.join("; "),
        item.note.clone(),
        document.counted.to_string(),
    ]
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what begins like one (OWASP, "CSV
/// Injection"). A number alone is none.
fn guard(cell: &str) -> Cow<'_, str> {
    let number = cell.parse::<f64>().is_ok();
    match cell.trim_start_matches(' ').chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n') if !number => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded() {
        assert_eq!(guard("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(guard("  @SUM(1)"), "'  @SUM(1)");
        assert_eq!(guard("+1+cmd"), "'+1+cmd");
        assert_eq!(guard("\t=1"), "'\t=1");
        assert_eq!(guard("-12"), "-12");
        assert_eq!(guard("a=b"), "a=b");
    }
}
