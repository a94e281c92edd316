//! A finding as rustc shows its own: the message, the place, the line as it is on disk, carets, and what to do.

use crate::cli::loaded::Loaded;
use crate::cli::printer::escape;
use crate::finding::{Finding, Severity};
use crate::source::{Source, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Characters of a line that are shown at most.
const WIDTH: usize = 110;

/// A finding with the line that it is about.
pub(super) fn draw(finding: &Finding, loaded: &Loaded) -> String {
    let path = loaded.shown(&finding.path);
    let title = level(finding.severity).primary_title(escape(&finding.message)).id(finding.code.name());
    let group = Group::with_title(title);
    let window = loaded.source(&finding.path).zip(finding.span).map(|(source, span)| Window::new(source, span));
    let mut group = match &window {
        Some(window) => {
            let snippet = Snippet::source(window.text.as_str()).path(path.as_str()).line_start(window.line).fold(false);
            group.element(snippet.annotation(AnnotationKind::Primary.span(window.mark.clone())))
        }
        None => group.element(Origin::path(path.as_str())),
    };
    if let Some(help) = &finding.help {
        // A hint is ours, and may take several lines.
        let lines: Vec<String> = help.lines().map(escape).collect();
        group = group.element(Level::HELP.message(lines.join("\n")));
    }
    let drawn = Renderer::styled().term_width(WIDTH + 30).render(&[group]);
    let drawn = window.map(|window| window.name_column(&drawn, &path)).unwrap_or(drawn);
    drawn + "\n\n"
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::NOTE,
    }
}

/// The part of a line that is shown.
struct Window {
    /// The line, from 1.
    line: usize,
    /// The column of the mark on disk, from 1.
    column: usize,
    /// The text.
    text: String,
    /// Bytes of it that are marked.
    mark: Range<usize>,
}

impl Window {
    /// The first line of a span, as it is on disk; of a long one, what is around the span.
    fn new(source: &Source, span: Span) -> Self {
        let place = source.place(span.start);
        let decoded = source.decoded();
        let disk = decoded.disk_text();
        let line = source.line_span(place.line);
        let line = decoded.on_disk(line.start)..decoded.on_disk(line.end);
        let start = decoded.on_disk(span.start).clamp(line.start, line.end);
        let end = decoded.on_disk(span.end).clamp(start, line.end);
        let from = back(disk, start, WIDTH / 3).max(line.start);
        let to = forth(disk, from, WIDTH).min(line.end);
        let cut = (from > line.start, to < line.end);
        let before = if cut.0 { "…" } else { "" };
        let text = format!("{before}{}{}", disk.get(from..to).unwrap_or_default(), if cut.1 { "…" } else { "" });
        let mark = start - from + before.len()..end.min(to) - from + before.len();
        Self { line: place.line as usize, column: place.column as usize, text, mark }
    }

    /// The drawing with the column on disk: where a line is cut, the renderer counts in what is left of it.
    fn name_column(&self, drawn: &str, path: &str) -> String {
        let counted = self.text.get(..self.mark.start).map_or(0, |before| before.chars().count()) + 1;
        let name = |column: usize| format!("{path}:{}:{column}", self.line);
        drawn.replacen(&name(counted), &name(self.column), 1)
    }
}

/// The offset `count` characters before `at`.
fn back(text: &str, at: usize, count: usize) -> usize {
    text.get(..at).and_then(|text| text.char_indices().rev().take(count).last()).map_or(at, |(at, _)| at)
}

/// The offset `count` characters behind `at`.
fn forth(text: &str, at: usize, count: usize) -> usize {
    text.get(at..).and_then(|text| text.char_indices().nth(count)).map_or(text.len(), |(more, _)| at + more)
}
