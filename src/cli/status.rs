//! `readybook status`: the verdict and a table.

use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::{Printer, RESET, escape, style};
use super::table::{self, Table};
use super::{clock, draw};
use crate::finding::{Code, Finding, Severity};
use crate::model::{State, Tally};
use crate::site::{ItemId, Site, Status};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Show the verdict and how far everything is.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// A project, folder or file; this folder where none is named.
    #[arg(value_name = "DIR", default_value = ".")]
    path: PathBuf,
    /// What the rows of the table are.
    #[arg(long, value_enum, default_value = "priority")]
    by: By,
    /// How it is written.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The day to judge by, in UTC.
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    now: Option<Date>,
}

/// What the rows of the table are.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum By {
    /// Documents, in reading order.
    Document,
    /// Owners, and nobody. An item of two owners is in both rows.
    Owner,
    /// Priority levels, most urgent first.
    Priority,
    /// Sections of documents, each with its subsections.
    Section,
}

/// How a status is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For the terminal.
    Table,
    /// For programs.
    Json,
    /// For a comment or a chat.
    Markdown,
}

/// Shows the status.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let loaded = Loaded::open(&typed.path, clock::today(typed.now)?)?;
    if let Some(failure) = loaded.nothing() {
        return Err(failure);
    }
    let wrong = |finding: &&Finding| finding.code == Code::Config && finding.severity == Severity::Error;
    let told: Vec<&Finding> = loaded.site.findings.iter().filter(wrong).collect();
    printer.tell(&draw::human(&told, &loaded));
    printer.data(&text(&loaded, typed.by, typed.format))?;
    Ok(loaded.exit())
}

/// The status as it is printed.
pub(super) fn text(loaded: &Loaded, by: By, format: Format) -> String {
    let site = &loaded.site;
    let rows = rows(site, by);
    match format {
        Format::Table => format!("{}\n{}", verdict(loaded), table(&rows, site, table::Look::Terminal)),
        Format::Markdown => {
            let sentence = format!("**{}**: {}", sentence(site), sum(site.tally));
            let reasons: String = reasons(loaded).iter().map(|(depth, line)| listed(*depth, line)).collect();
            let gap = if reasons.is_empty() { "" } else { "\n" };
            format!("{sentence}\n\n{reasons}{gap}{}", table(&rows, site, table::Look::Markdown))
        }
        Format::Json => draw::to_text(&Report::new(site, &rows)),
    }
}

/// Name and sum of each row.
fn rows(site: &Site, by: By) -> Vec<(String, Tally)> {
    match by {
        By::Document => {
            let documents = site.reading_order.iter().map(|&id| site.document(id));
            documents.map(|document| (document.source.path.to_string(), document.checklist.tally)).collect()
        }
        By::Owner => {
            let owners = site.owners.iter().map(|owner| (owner.name.clone(), owner.group.tally));
            owners.chain([("nobody".to_owned(), site.unowned.tally)]).collect()
        }
        By::Priority => {
            let steps = site.ladder.steps.iter().map(|step| format!("{} {}", step.key, step.label));
            let levels = steps.zip(site.levels.iter().map(|group| group.tally));
            levels.chain([("none".to_owned(), site.unranked.tally)]).collect()
        }
        By::Section => site.reading_order.iter().flat_map(|&id| sections(site.document(id))).collect(),
    }
}

/// The sections of a document that hold items, each named by its whole path.
fn sections(document: &crate::site::Document) -> Vec<(String, Tally)> {
    let checklist = &document.checklist;
    let mut names: Vec<String> = Vec::new();
    for section in &checklist.sections {
        let above = section.parent.and_then(|parent| names.get(parent as usize));
        let above = above.map_or(document.source.path.as_str(), String::as_str);
        names.push(format!("{above} › {}", checklist.headings[section.heading as usize].title));
    }
    let sections = names.into_iter().zip(checklist.sections.iter().map(|section| section.tally));
    sections.filter(|(_, tally)| tally.items() > 0).collect()
}

fn table(rows: &[(String, Tally)], site: &Site, look: table::Look) -> String {
    let total = ("total".to_owned(), site.tally);
    let used = State::ALL.into_iter().filter(|&state| {
        state == State::Done || site.tally.count(state) > 0 || rows.iter().any(|(_, tally)| tally.count(state) > 0)
    });
    let states: Vec<State> = used.collect();
    let head = ["", "items"].into_iter().chain(states.iter().map(|state| state.label())).chain(["percent"]);
    let mut table = Table::new(head.map(str::to_owned).collect());
    for (name, tally) in rows.iter().chain([&total]) {
        let counts = states.iter().map(|&state| tally.count(state).to_string());
        let percent = tally.percent().map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"));
        let cells = [escape(name), tally.items().to_string()].into_iter().chain(counts).chain([percent]);
        table.row(cells.collect());
    }
    table.draw(look)
}

/// The verdict in colour, with its reasons and the most urgent items that stand in the way.
pub(super) fn verdict(loaded: &Loaded) -> String {
    let site = &loaded.site;
    let colour = match site.verdict.status {
        Status::Ready => Severity::Info,
        Status::NotReady | Status::Unknown => Severity::Error,
        Status::NoGate => Severity::Warning,
    };
    let mut text = format!("{}{}{RESET}: {}\n", style(Some(colour)), sentence(site), sum(site.tally));
    for (depth, line) in reasons(loaded) {
        let _ = writeln!(text, "{:indent$}{}", "", escape(&line), indent = 2 + 2 * depth);
    }
    text
}

/// What stands in the way: lines, each with its depth.
fn reasons(loaded: &Loaded) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    for reason in &loaded.site.verdict.reasons {
        lines.push((0, reason.to_string()));
        lines.extend(reason.items.iter().take(SHOWN).map(|&id| (1, item(id, loaded))));
        if reason.items.len() > SHOWN {
            lines.push((1, format!("and {} more", reason.items.len() - SHOWN)));
        }
    }
    lines
}

/// Such a line as an entry of a Markdown list.
fn listed(depth: usize, line: &str) -> String {
    let words = table::markdown(&escape(line));
    let number = words.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = words.split_at(number);
    // What would begin a list in the entry is escaped: `+ x`, `1. x`.
    let escape =
        if rest.starts_with(['+', '-']) || !number.is_empty() && rest.starts_with(['.', ')']) { "\\" } else { "" };
    format!("{:indent$}- {number}{escape}{rest}\n", "", indent = 2 * depth)
}

/// Items that are named below a reason.
const SHOWN: usize = 8;

fn item(id: ItemId, loaded: &Loaded) -> String {
    let item = loaded.site.item(id);
    let document = loaded.site.document(id.document);
    let path = loaded.shown(&document.source.path);
    let owners = if item.owners.is_empty() { "nobody".to_owned() } else { item.owners.join(", ") };
    let due = item.due.map(|due| format!(", due {due}")).unwrap_or_default();
    let line = document.source.line(item.span.start);
    let group = loaded.site.group_of(id).map(|group| format!("{} › ", group.text)).unwrap_or_default();
    format!("{group}{} ({owners}{due}) {path}:{line}", item.text)
}

/// The verdict in words.
pub(super) fn sentence(site: &Site) -> &'static str {
    match site.verdict.status {
        Status::Ready => "Ready",
        Status::NotReady => "Not ready",
        Status::NoGate => "No gate",
        Status::Unknown => "Unknown",
    }
}

/// "34 of 120 done, 28 %".
pub(super) fn sum(tally: Tally) -> String {
    match tally.percent() {
        Some(percent) => format!("{} of {} done, {percent} %", tally.done(), tally.scope()),
        None if tally.items() == 1 => "the only item is not in scope".to_owned(),
        None if tally.items() > 0 => format!("none of {} items is in scope", tally.items()),
        None => "no items".to_owned(),
    }
}

/// What `--format json` prints: the verdict and the rows, in the words of the export.
#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    verdict: &'static str,
    reasons: Vec<Reason<'a>>,
    summary: Sum,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Reason<'a> {
    rule: &'a str,
    text: &'a str,
    open: usize,
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    summary: Sum,
}

type Sum = crate::page::export::Summary;

impl<'a> Report<'a> {
    fn new(site: &'a Site, rows: &'a [(String, Tally)]) -> Self {
        let reasons = site.verdict.reasons.iter();
        let reasons = reasons.map(|of| Reason { rule: &of.rule, text: &of.text, open: of.items.len() });
        Self {
            schema_version: 1,
            verdict: site.verdict.status.name(),
            reasons: reasons.collect(),
            summary: site.tally.into(),
            rows: rows.iter().map(|(name, tally)| Row { name, summary: (*tally).into() }).collect(),
        }
    }
}
