//! What is wrong, as the overlay of the preview shows it: as text and numbers, which the page's script puts in as text.

use crate::finding::Finding;
use crate::source::Source;
use serde::Serialize;

/// Characters of a line that are shown before and behind the place.
const AROUND: usize = 80;

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The kind of fault, as in `error[front-matter]`; empty for what the system refuses.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file as people call it, with line and column where they are known: `content/launch.md:3:7`.
    pub place: String,
    /// The line.
    pub snippet: Option<Snippet>,
    /// What to do about it.
    pub help: Option<String>,
}

/// A line with a part of it marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// Its number.
    pub line: u32,
    /// What stands before the mark.
    pub before: String,
    /// The marked part.
    pub marked: String,
    /// What stands behind it.
    pub after: String,
}

impl Fault {
    /// A fault of a text. `shown` is the file as people call it.
    pub(super) fn of(finding: &Finding, source: Option<&Source>, shown: &str) -> Self {
        let at = source.zip(finding.span);
        let place = at.map(|(source, span)| source.place(span.start));
        Self {
            code: finding.code.name(),
            message: finding.message.clone(),
            place: place.map_or_else(|| shown.to_owned(), |place| format!("{shown}:{}:{}", place.line, place.column)),
            snippet: at.map(|(source, span)| Snippet::of(source, span.range())),
            help: finding.help.clone(),
        }
    }

    /// Something that the system refuses.
    pub(super) fn refused(error: &impl ToString) -> Self {
        Self { code: "", message: error.to_string(), place: String::new(), snippet: None, help: None }
    }

    /// One line for a terminal.
    #[must_use]
    pub fn line(&self) -> String {
        let code = if self.code.is_empty() { String::new() } else { format!("[{}]", self.code) };
        let place = if self.place.is_empty() { String::new() } else { format!("{}: ", self.place) };
        format!("{place}error{code}: {}", self.message)
    }
}

impl Snippet {
    fn of(source: &Source, range: std::ops::Range<usize>) -> Self {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let line = source.line(start);
        let whole = source.line_span(line).range();
        let text = source.text();
        let start = range.start.clamp(whole.start, whole.end);
        let end = range.end.clamp(start, whole.end);
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        let before: Vec<char> = part(whole.start..start).chars().rev().take(AROUND).collect();
        Self {
            line,
            before: before.into_iter().rev().collect(),
            marked: part(start..end).chars().take(AROUND).collect(),
            after: part(end..whole.end).chars().take(AROUND).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::source::{RelPath, Span};

    #[test]
    fn a_fault_has_its_place_and_line() {
        let path = RelPath::new("a.md").unwrap();
        let source = Source::from_text(path.clone(), "one\ntwo <b> three\n");
        let finding = Finding::new(Code::FrontMatter, path, Some(Span::new(8..11)), "no <b>").help("try");
        let fault = Fault::of(&finding, Some(&source), "content/a.md");
        assert_eq!(fault.place, "content/a.md:2:5");
        let snippet = fault.snippet.as_ref().unwrap();
        assert_eq!((snippet.line, &*snippet.before, &*snippet.marked, &*snippet.after), (2, "two ", "<b>", " three"));
        assert_eq!(fault.line(), "content/a.md:2:5: error[front-matter]: no <b>");
        assert_eq!(Fault::of(&finding, None, "a.md").place, "a.md");
    }
}
