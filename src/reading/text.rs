//! Faults of a text as such: damage, and characters that hide what it says.

use crate::finding::{Code, Finding};
use crate::markdown::{Block, NodeId, Tree};
use crate::source::{Source, Span};

/// What a comment begins with.
const COMMENT: &str = "<!--";

/// What the decoding found.
pub(super) fn damage(source: &Source) -> Vec<Finding> {
    let repair = &source.decoded().repair;
    let Some(codec) = repair.codec else { return suspect(source).into_iter().collect() };
    let runs = if repair.runs == 1 { "1 run is".to_owned() } else { format!("{} runs are", repair.runs) };
    let message =
        format!("this text is UTF-8 that was read as {}; {runs} repaired here, the file is unchanged", codec.name());
    let first = source.decoded().edits.first().map(|edit| Span { start: edit.text.0, end: edit.text.1 });
    let mut findings = vec![
        Finding::new(Code::Damaged, source.path.clone(), first, message)
            .help("`readybook check --fix` writes the repaired text"),
    ];
    for unknown in &repair.unknown {
        let candidates: String = unknown.candidates.iter().map(|c| format!(" {c}")).collect();
        let message = format!("a damaged character that may have been one of{candidates}");
        findings.push(
            Finding::new(Code::DamagedUnknown, source.path.clone(), Some(unknown.span), message)
                .help("write the right one"),
        );
    }
    findings
}

/// Characters that look damaged where there are too few of them to be sure.
fn suspect(source: &Source) -> Option<Finding> {
    let suspect = source.decoded().repair.suspect.as_ref()?;
    let (shown, codec) = (source.slice(suspect.span), suspect.codec.name());
    let message = format!("`{shown}` may be `{}` that was read as {codec}; it is left as it is", suspect.character);
    let finding = Finding::new(Code::DamagedUnknown, source.path.clone(), Some(suspect.span), message);
    Some(finding.help("write the right character"))
}

/// Characters that change the direction of text: they can make it show other than it is (Unicode TR36, "bidi").
pub(super) fn bidi_controls(source: &Source) -> Vec<Finding> {
    // All of them begin with E2 80 or E2 81: text without either, which is most, is told by its bytes.
    let text = source.text();
    let suspect =
        [b"\xE2\x80", b"\xE2\x81"].iter().any(|bytes| memchr::memmem::find(text.as_bytes(), *bytes).is_some());
    if !suspect {
        return Vec::new();
    }
    let is_control = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let found = text.match_indices(is_control).map(|(at, control)| {
        let code = control.chars().next().map_or(0, u32::from);
        let message = format!("the character U+{code:04X} changes the direction of text, and can hide what is said");
        let span = Span::new(at..at + control.len());
        Finding::new(Code::BidiControl, source.path.clone(), Some(span), message).help("remove it")
    });
    found.collect()
}

/// A code fence or a comment that nothing closes, where what stands behind it was meant to be read; and a comment that is
/// closed by the end of another.
pub(super) fn left_open(source: &Source, tree: &Tree<'_>) -> Option<Finding> {
    let is_html = |&id: &NodeId| tree.node(id).block == Block::Html;
    let swallowing = tree.top().filter(is_html).find_map(|id| open_comment(source, tree, tree.node(id).span));
    swallowing.or_else(|| {
        let mut last = tree.top().last()?;
        while matches!(tree.node(last).block, Block::List { .. } | Block::Item(_)) {
            last = tree.children(last).last()?;
        }
        if tree.node(last).block == Block::Code { open_fence(source, tree, tree.node(last).span) } else { None }
    })
}

fn open_fence(source: &Source, tree: &Tree<'_>, span: Span) -> Option<Finding> {
    let mut lines = tree.source(span).trim_end().lines();
    let opening = lines.next()?;
    let mark = opening.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let width = |line: &str| line.trim_start().chars().take_while(|&next| next == mark).count();
    let is_closing = |line: &str| width(line) >= width(opening) && line.trim().chars().all(|next| next == mark);
    // In an item all lines are indented as the fence is.
    let start = span.range().start;
    let before = &source.text()[..start];
    let indent = &before[before.trim_end_matches(' ').len()..];
    let is_meant = |line: &str| is_meant(line.strip_prefix(indent).unwrap_or(line));
    if !lines.clone().any(is_meant) || lines.next_back().is_some_and(is_closing) {
        return None;
    }
    let fence = Span::new(start..start + opening.len());
    let message = "nothing closes this code block: the headings and boxes behind it are code";
    let finding = Finding::new(Code::OpenFence, source.path.clone(), Some(fence), message);
    Some(finding.help(format!("end the block with a line that is only {}", &opening[..width(opening)])))
}

fn open_comment(source: &Source, tree: &Tree<'_>, span: Span) -> Option<Finding> {
    let comment = tree.source(span).strip_prefix(COMMENT)?;
    // Behind the end of a comment its block goes on to the end of the line.
    let (inside, message) = match comment.split_once("-->") {
        Some((inside, _)) => (
            inside.split_once(COMMENT)?.0,
            "this comment goes on to the end of another one: nobody sees the headings and boxes in it",
        ),
        None => (comment, "nothing closes this comment: nobody sees the headings and boxes behind it"),
    };
    if !inside.lines().skip(1).any(is_meant) {
        return None;
    }
    let start = span.range().start;
    let opening = Span::new(start..start + COMMENT.len());
    let finding = Finding::new(Code::OpenComment, source.path.clone(), Some(opening), message);
    Some(finding.help("end the comment with `-->`"))
}

/// Whether a line behind what is left open was meant as a heading or a box: a single `#` begins comments of code, too.
fn is_meant(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() {
        return (2..=6).contains(&(line.len() - heading.len())) && heading.starts_with(' ');
    }
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks: &[char] = if number.len() < line.len() { &['.', ')'] } else { &['-', '*', '+'] };
    let entry = number.strip_prefix(marks).map(str::trim_start);
    entry.is_some_and(|entry| ["[ ] ", "[x] ", "[X] "].iter().any(|mark| entry.starts_with(mark)))
}
