//! Documents that cannot be read: the parser fails on them, or they nest too deep. They are told, and nothing in them counts.

use super::text;
use crate::finding::{Checked, Code, Finding};
use crate::markdown;
use crate::model::{Checklist, FrontMatter};
use crate::source::{Source, Span};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads with `read`, given the front matter and where the body begins. The parser is not ours: a panic in it is a
/// fault of one document, not the end of the program.
pub(super) fn guarded(
    source: &Source,
    front: Checked<FrontMatter>,
    read: impl FnOnce(&FrontMatter, u32) -> (Checklist, Vec<Finding>),
) -> Checked<Checklist> {
    let body = front.value.span.map_or(0, |span| span.end);
    let read = catch_unwind(AssertUnwindSafe(|| read(&front.value, body)));
    let (value, found) = read.unwrap_or_else(|_| {
        let message = "the Markdown parser could not read this document";
        let help = "it is shown as plain text; please report it, with the document";
        let finding = Finding::new(Code::UnreadablePart, source.path.clone(), None, message).help(help);
        (unread(&front.value, body), vec![finding])
    });
    let mut findings = front.findings;
    findings.extend(text::damage(source));
    findings.extend(text::bidi_controls(source));
    findings.extend(found);
    findings.sort_by_key(|finding| finding.span.map_or(0, |span| span.start));
    Checked { value, findings }
}

/// What is known of a document that is not read.
pub(super) fn unread(front: &FrontMatter, body: u32) -> Checklist {
    Checklist { front: front.clone(), body, ..Checklist::default() }
}

/// Tells of a line for which a document is not read.
pub(super) fn too_deep(source: &Source, line: Span) -> Finding {
    let message = format!("this line nests lists or quotes more than {} deep", markdown::DEEPEST);
    let help = "the document is shown as plain text, and nothing in it counts; nest less";
    Finding::new(Code::UnreadablePart, source.path.clone(), Some(line), message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::RelPath;

    /// No text is known that the parser fails on; those of the past were mended within weeks, and others will come.
    #[test]
    fn a_panic_of_the_parser_is_a_finding_of_its_document() {
        let source = Source::from_text(RelPath::new("a.md").unwrap(), "- [x] done");
        let read = guarded(&source, Checked::default(), |_, _| panic!("the parser fails"));
        assert!(read.value.items.is_empty());
        let codes: Vec<Code> = read.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [Code::UnreadablePart]);
    }
}
