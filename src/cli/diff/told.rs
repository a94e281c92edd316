//! Changes for people: by kind, each item once, below the most important of what has changed of it.

use super::{Comparison, Revision};
use crate::cli::printer::escape;
use crate::cli::status::{sentence, sum};
use crate::cli::table::{Look, Table};
use crate::model::{Item, Level};
use crate::site::{Change, ChangeKind, ItemId, Site, Step, glance};
use crate::source::RelPath;
use std::fmt::Write as _;

/// Kinds in the order in which they are told, each with its heading.
const KINDS: [(ChangeKind, &str); 7] = [
    (ChangeKind::Added, "Added"),
    (ChangeKind::Closed, "Closed"),
    (ChangeKind::Reopened, "Reopened"),
    (ChangeKind::Restated, "Changed state"),
    (ChangeKind::Reworded, "Reworded"),
    (ChangeKind::Reprioritised, "Reprioritised"),
    (ChangeKind::Removed, "Removed"),
];

/// Rows of a Markdown table; services refuse comments of more than 64 KiB.
const ROWS: usize = 100;

/// Characters of a text in a Markdown table.
const LENGTH: usize = 200;

/// A change in words.
struct Line {
    kind: ChangeKind,
    level: String,
    text: String,
    /// The text before, where it was another.
    was: Option<String>,
    state: String,
    /// Which item it is, and of which site.
    place: (ItemId, Era),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    Before,
    After,
}

/// Changes for the terminal.
pub(super) fn text(comparison: &Comparison<'_>) -> String {
    let loaded = comparison.loaded;
    let mut text = String::new();
    let _ = writeln!(text, "from {}: {}", name(&comparison.from), judged(comparison.before));
    let to = comparison.to.as_ref().map_or_else(|| "the files as they are".to_owned(), name);
    let _ = writeln!(text, "to {to}: {}", judged(comparison.after));
    let lines = lines(comparison);
    for (kind, heading) in KINDS {
        let lines: Vec<&Line> = lines.iter().filter(|line| line.kind == kind).collect();
        if !lines.is_empty() {
            let _ = writeln!(text, "\n{heading} ({})", lines.len());
        }
        for line in lines {
            let (path, number) = place(comparison, line);
            let was = line.was.as_ref().map(|was| format!(" (was: {was})")).unwrap_or_default();
            let Line { level, text: words, state, .. } = line;
            let place = format!("{}:{number}", loaded.shown(&path));
            let _ = writeln!(text, "  {}", escape(&format!("{level}  {words}{was}: {state}  {place}")));
        }
    }
    if lines.is_empty() {
        text.push_str("\nNo item has changed.\n");
    }
    text
}

/// Changes for a comment. Nothing in a text from a document means anything there, or calls anybody.
pub(super) fn markdown(comparison: &Comparison<'_>) -> String {
    let (before, after) = (comparison.before, comparison.after);
    let mut text = format!("**{}**\n\nbefore: {}\n", judged(after), judged(before));
    let lines = lines(comparison);
    if lines.is_empty() {
        return text + "\nNo item has changed.\n";
    }
    let mut table = Table::new(["change", "priority", "item", "state", "where"].map(str::to_owned).into());
    let sorted = KINDS.iter().flat_map(|(kind, heading)| {
        let lines = lines.iter().filter(move |line| line.kind == *kind);
        lines.map(move |line| (line, *heading))
    });
    for (line, heading) in sorted.take(ROWS) {
        let (path, number) = place(comparison, line);
        let was = line.was.as_ref().map(|was| format!(" (was: {})", cut(was))).unwrap_or_default();
        let place = format!("{}:{number}", comparison.loaded.file(&path));
        let words = cut(&line.text) + &was;
        table.row([heading, &line.level, &words, &line.state, &place].map(escape).into());
    }
    let _ = write!(text, "\n{}", table.draw(Look::Markdown));
    if lines.len() > ROWS {
        let _ = writeln!(text, "\nand {} more", lines.len() - ROWS);
    }
    text
}

/// Every change in words, in document order.
fn lines(comparison: &Comparison<'_>) -> Vec<Line> {
    comparison.steps.iter().filter_map(|step| line(comparison, *step)).collect()
}

fn line(comparison: &Comparison<'_>, step: Step) -> Option<Line> {
    let (before, after) = (comparison.before, comparison.after);
    let (old, new) = (step.before.map(|id| before.item(id)), step.after.map(|id| after.item(id)));
    let place = step.after.map(|id| (id, Era::After)).or(step.before.map(|id| (id, Era::Before)))?;
    let change = change(comparison, step)?;
    let was = match &change {
        Change::Changed { before, after } if before.text != after.text => Some(before.text.clone()),
        _ => None,
    };
    let both = |of: &dyn Fn(&Item) -> String| {
        let sides = [old, new].map(|item| item.map(of));
        match sides {
            [Some(old), Some(new)] if old != new => format!("{old} → {new}"),
            [old, new] => new.or(old).unwrap_or_default(),
        }
    };
    Some(Line {
        kind: change.kinds().first().copied()?,
        level: both(&|item| level(after, item.level)),
        text: change.item().text.clone(),
        was,
        state: both(&|item| item.state.label().to_owned()),
        place,
    })
}

/// What is told of both sides of a step.
pub(super) fn change(comparison: &Comparison<'_>, step: Step) -> Option<Change> {
    let old = step.before.map(|id| glance(comparison.before, id));
    let new = step.after.map(|id| glance(comparison.after, id));
    Some(match (old, new) {
        (Some(before), Some(after)) => Change::Changed { before, after },
        (Some(old), None) => Change::Removed(old),
        (None, new) => Change::Added(new?),
    })
}

/// Path and line of an item.
fn place(comparison: &Comparison<'_>, line: &Line) -> (RelPath, u32) {
    let (id, era) = line.place;
    let site = if era == Era::After { comparison.after } else { comparison.before };
    let source = &site.document(id.document).source;
    (source.path.clone(), source.place(site.item(id).span.start).line)
}

/// The key of a level.
fn level(site: &Site, level: Option<Level>) -> String {
    level.map_or_else(|| "none".to_owned(), |level| site.ladder.step(level).key.clone())
}

/// "Not ready: 34 of 120 done, 28 %".
fn judged(site: &Site) -> String {
    format!("{}: {}", sentence(site), sum(site.tally))
}

/// The name of a revision with its id, as short as people write it.
fn name(revision: &Revision) -> String {
    escape(&format!("{} ({})", revision.name, revision.commit.get(..10).unwrap_or_default()))
}

/// The beginning of a text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
