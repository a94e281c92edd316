//! A document of the export, written by hand: a site has many sums, one for each section and priority.

use super::form::{Document, Section, Summary};
use super::stream::{write_json, write_list, write_text};

/// Appends a document.
pub(super) fn write(document: &Document<'_>, out: &mut Vec<u8>) {
    // Taken apart without a rest, so that no field can be forgotten here.
    let Document {
        path,
        title,
        url,
        counted,
        summary,
        by_priority,
        claims,
        last_updated,
        repaired,
        sections,
        signoffs,
        statements,
        rollups,
        gate_in_prose,
        state_tracked,
        criteria,
    } = document;
    write_text(b"{\"path\":", path, out);
    write_text(b",\"title\":", title, out);
    write_text(b",\"url\":", url, out);
    write_json(b",\"counted\":", counted, out);
    write_summary(b",\"summary\":", summary, out);
    out.extend_from_slice(b",\"by_priority\":{");
    write_list(&by_priority.0, out, |(key, summary), out| {
        write_text(b"", key, out);
        write_summary(b":", summary, out);
    });
    write_json(b"},\"claims\":", claims, out);
    write_json(b",\"last_updated\":", last_updated, out);
    write_json(b",\"repaired\":", repaired, out);
    out.extend_from_slice(b",\"sections\":[");
    write_list(sections, out, write_section);
    write_json(b"],\"signoffs\":", signoffs, out);
    write_json(b",\"statements\":", statements, out);
    write_json(b",\"rollups\":", rollups, out);
    write_json(b",\"gate_in_prose\":", gate_in_prose, out);
    write_json(b",\"state_tracked\":", state_tracked, out);
    write_json(b",\"criteria\":", criteria, out);
    out.push(b'}');
}

fn write_section(section: &Section<'_>, out: &mut Vec<u8>) {
    let Section { title, anchor, level, line, summary } = section;
    write_text(b"{\"title\":", title, out);
    write_text(b",\"anchor\":", anchor, out);
    write_json(b",\"level\":", level, out);
    write_json(b",\"line\":", line, out);
    write_summary(b",\"summary\":", summary, out);
    out.push(b'}');
}

/// Appends a sum behind `key`.
pub(super) fn write_summary(key: &[u8], summary: &Summary, out: &mut Vec<u8>) {
    let Summary { items, done, doing, blocked, open, deferred, na, waived, percent } = summary;
    out.extend_from_slice(key);
    write_json(b"{\"items\":", items, out);
    write_json(b",\"done\":", done, out);
    write_json(b",\"doing\":", doing, out);
    write_json(b",\"blocked\":", blocked, out);
    write_json(b",\"open\":", open, out);
    write_json(b",\"deferred\":", deferred, out);
    write_json(b",\"na\":", na, out);
    write_json(b",\"waived\":", waived, out);
    match percent {
        Some(percent) => write_json(b",\"percent\":", percent, out),
        None => out.extend_from_slice(b",\"percent\":null"),
    }
    out.push(b'}');
}

#[cfg(test)]
mod tests {
    use crate::model::{State, Tally};
    use crate::page::export::form::{Claim, Document, Repaired, Section, Statement};
    use crate::page::export::values::Ordered;

    #[test]
    fn a_document_written_by_hand_is_what_serde_writes() {
        let some: Tally = [State::Done, State::Open, State::Waived].into_iter().collect();
        let section = |title| Section { title, anchor: "a-1", level: 2, line: 7, summary: some.into() };
        let mut document = Document {
            path: "a/\"é\".md",
            title: "A\tb",
            url: "a/".into(),
            counted: true,
            summary: some.into(),
            by_priority: Ordered(vec![("P0", some.into()), ("none", Tally::default().into())]),
            claims: vec![Claim { line: 1, text: "100 %", percent: Some(100), kind: "percent", agrees: false }],
            last_updated: None,
            repaired: Repaired { codec: Some("macintosh"), runs: 3, unknown: 0 },
            sections: vec![section("One"), section("\u{1}")],
            signoffs: Vec::new(),
            statements: vec![Statement { text: "on \\ track", state: Some(State::Doing), line: 3 }],
            rollups: Vec::new(),
            gate_in_prose: Vec::new(),
            state_tracked: false,
            criteria: Vec::new(),
        };
        let check = |document: &Document<'_>| {
            let mut written = Vec::new();
            super::write(document, &mut written);
            assert_eq!(String::from_utf8(written).unwrap(), serde_json::to_string(document).unwrap());
        };
        check(&document);
        document.sections.clear();
        document.by_priority.0.clear();
        check(&document);
    }
}
