//! A run of a template: a copy with its own title, release and day, nothing of it done.

use super::front;
use crate::cli::exit::Failure;
use crate::cli::printer::Printer;
use crate::finding::{Code, Finding};
use crate::input::{Project, Reach};
use crate::model::{Item, ItemKind, State};
use crate::pipeline::{self, Reader};
use crate::site::{Document, Sheet};
use crate::source::{RelPath, Source};
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// What a run is made of.
pub(super) struct Run<'a> {
    /// The template as it was typed.
    pub(super) from: &'a str,
    /// The release.
    pub(super) release: &'a str,
    /// The day.
    pub(super) day: Date,
    /// The file that will be written.
    pub(super) path: &'a Path,
}

impl Run<'_> {
    /// The text of the run.
    pub(super) fn text(&self, printer: &mut Printer) -> Result<String, Failure> {
        let folder = existing_folder(self.path);
        let mut project = Project::open(folder)?;
        project.reach = Reach::All;
        let loaded = crate::cli::loaded::Loaded::of(project, self.day);
        let template = self.template(&loaded.site.documents)?;
        if !template.checklist.front.template {
            let path = &template.source.path;
            let is_refused = |finding: &Finding| finding.code == Code::NotGranted && finding.path == *path;
            let message = match loaded.site.findings.iter().any(is_refused) {
                true => {
                    "may be no template: grant its folder `template` in readybook.toml (`readybook explain not-granted`)"
                }
                false => "is no template: its own items count beside those of its runs (say `template: true` in it)",
            };
            printer.note(&format!("note: {path} {message}"));
        }
        let run = run_path(self.path, &loaded.project.content);
        let source = &template.source;
        let title = format!("{} – {} ({})", template.checklist.title, self.release, self.day);
        let keys = [("title", title), ("run_of", source.path.to_string()), ("release", self.release.to_owned())];
        let read = |source: Source| Reader::new(loaded.config()).read(source, loaded.config());
        let before = read(source.clone());
        let body = body(&before, read, run.as_ref());
        let block = template.checklist.front.span.map_or("", |span| source.slice(span));
        let text = front::with_keys(block, &keys, &self.day.to_string()) + &body;
        let written = read(Source::from_text(source.path.clone(), &text));
        self.tell_lost(&before, &written, printer);
        self.tell_begun(&written, printer);
        Ok(text)
    }

    /// Tells of items of the template that are none in the run: what made them items was what they said of their state.
    fn tell_lost(&self, template: &Sheet, run: &Sheet, printer: &mut Printer) {
        let (all, kept) = (leaves(template).count(), leaves(run).count());
        let Some(lost) = all.checked_sub(kept).filter(|&lost| lost > 0) else { return };
        let mut texts: HashMap<&str, usize> = HashMap::new();
        leaves(run).for_each(|item| *texts.entry(&item.text).or_default() += 1);
        let is_gone = |item: &&Item| match texts.get_mut(&*item.text) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        let lines = leaves(template).filter(is_gone).map(|item| template.source.line(item.span.start).to_string());
        let (lines, from) = (lines.collect::<Vec<_>>().join(", "), &template.source.path);
        let are = if lost == 1 { "is" } else { "are" };
        let path = self.path.display();
        printer.note(&format!(
            "note: {lost} of {all} items of {from} {are} no items in {path}; write its lines anew there, with boxes: {lines}"
        ));
    }

    /// Tells of what could not be written anew: items that are not open in the run or were due before it, what is signed
    /// in it, and what it claims that nothing in it bears out.
    fn tell_begun(&self, run: &Sheet, printer: &mut Printer) {
        let list = &*run.checklist;
        let is_past = |item: &Item| item.due.is_some_and(|due| due < self.day);
        let begun = list.items.iter().filter(|item| !item.group && (is_begun(item.state) || is_past(item)));
        let signed = list.signoffs.iter().filter(|signoff| signoff.name.is_some());
        let is_claim = |finding: &&Finding| matches!(finding.code, Code::ClaimDisagrees | Code::GroupDisagrees);
        let claimed = run.findings.iter().filter(is_claim).filter_map(|finding| finding.span);
        let spans = begun.map(|item| item.span).chain(signed.map(|signoff| signoff.span));
        let starts = spans.chain(claimed).map(|span| span.start);
        let lines: BTreeSet<u32> = starts.map(|start| run.source.line(start)).collect();
        let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
        if !lines.is_empty() {
            let path = self.path.display();
            let lines = lines.join(", ");
            printer.note(&format!(
                "note: these lines of {path} still say what the template says; write them anew: {lines}"
            ));
        }
    }

    /// The document that is meant: by its path, by its name, or by the only name that begins so.
    fn template<'a>(&self, documents: &'a [Document]) -> Result<&'a Document, Failure> {
        let from = self.from.trim_start_matches("./");
        let path = |document: &Document| document.source.path.as_str().to_owned();
        let exact = documents.iter().find(|document| {
            let path = path(document);
            path == from || from.ends_with(&format!("/{path}")) || document.source.path.stem() == from
        });
        if let Some(document) = exact {
            return Ok(document);
        }
        let mut near = documents.iter().filter(|document| document.source.path.name().starts_with(from));
        match (near.next(), near.next()) {
            (Some(document), None) => Ok(document),
            (Some(one), Some(other)) => {
                let help = format!("`{}` or `{}`?", one.source.path, other.source.path);
                Err(Failure::asked_help(format!("`{from}` may be several documents"), help))
            }
            (None, _) => {
                let names: Vec<String> = documents.iter().map(path).collect();
                let stems = documents.iter().map(|document| document.source.path.stem());
                let help = match crate::config::nearest(from, stems.chain(names.iter().map(String::as_str))) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => "name it by its path below the content folder".to_owned(),
                };
                Err(Failure::asked_help(format!("there is no document `{from}`"), help))
            }
        }
    }
}

/// The nearest folder around a file that is there already.
fn existing_folder(path: &Path) -> &Path {
    let folders =
        path.ancestors().skip(1).map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    folders.into_iter().find(|folder| folder.is_dir()).unwrap_or(Path::new("."))
}

/// The path of the run below the content folder; `None` when it lies elsewhere.
fn run_path(path: &Path, content: &Path) -> Option<RelPath> {
    let folder = existing_folder(path);
    let rest = path.strip_prefix(folder).unwrap_or(path);
    let whole = folder.canonicalize().ok()?.join(rest);
    RelPath::new(&whole.strip_prefix(content).ok()?.to_string_lossy())
}

/// The items of a document that count.
fn leaves(sheet: &Sheet) -> impl Iterator<Item = &Item> {
    sheet.checklist.items.iter().filter(|item| !item.group)
}

/// Whether an item says more than that it is to be done. What does not apply in the template does not apply in its runs.
fn is_begun(state: State) -> bool {
    matches!(state, State::Done | State::Doing | State::Blocked | State::Deferred)
}

/// The text of the template behind its front matter, with every item open, as far as it is known how to write that, and
/// with links that lead from the run to where they led from the template.
fn body(template: &Sheet, read: impl Fn(Source) -> Sheet, run: Option<&RelPath>) -> String {
    let (source, checklist) = (&template.source, &*template.checklist);
    let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for item in checklist.items.iter().filter(|item| is_begun(item.state)) {
        let Some(mark) = item.mark else { continue };
        let in_brackets = source.slice(mark).starts_with('[') && source.slice(mark).chars().count() == 3;
        let opened = if in_brackets && item.kind == ItemKind::Task {
            Some("[ ]".to_owned())
        } else {
            pipeline::ticked(template, mark, State::Open, &read)
        };
        edits.extend(opened.map(|opened| (mark.range(), opened)));
    }
    for link in &checklist.links {
        let text = source.slice(link.span);
        let Some(target) = run.and_then(|run| moved(&link.target, &source.path, run)) else { continue };
        // A link by reference has its target elsewhere; such a one is told as dead if it is.
        if let Some(at) = text.rfind(&link.target) {
            let start = link.span.range().start + at;
            edits.push((start..start + link.target.len(), target));
        }
    }
    edits.sort_by_key(|(range, _)| range.start);
    edits.dedup_by(|later, earlier| later.0.start < earlier.0.end);
    let mut text = source.text().to_owned();
    for (range, with) in edits.into_iter().rev() {
        text.replace_range(range, &with);
    }
    text.split_off(checklist.body as usize)
}

/// A relative link of the document at `from` as the document at `to` has to write it; `None` where it stays.
fn moved(target: &str, from: &RelPath, to: &RelPath) -> Option<String> {
    let end = target.find(['#', '?']).unwrap_or(target.len());
    let (path, rest) = target.split_at(end);
    let foreign = path.is_empty() || path.starts_with('/') || path.contains(':');
    if foreign || from.folder() == to.folder() {
        return None;
    }
    let leads_to = from.join(path)?;
    let mut here: Vec<&str> = to.folder().split('/').filter(|segment| !segment.is_empty()).collect();
    let there: Vec<&str> = leads_to.as_str().split('/').collect();
    let common = here.iter().zip(&there).take_while(|(here, there)| here == there).count();
    here.drain(..common);
    let up = std::iter::repeat_n("..", here.len());
    let path: Vec<&str> = up.chain(there[common..].iter().copied()).collect();
    Some(path.join("/") + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> RelPath {
        RelPath::new(text).unwrap()
    }

    #[test]
    fn links_lead_where_they_led() {
        let moved = |target| moved(target, &path("deploy/template.md"), &path("runs/2026/1.4.md"));
        assert_eq!(moved("runbook.md#a").as_deref(), Some("../../deploy/runbook.md#a"));
        assert_eq!(moved("../runs/old.md").as_deref(), Some("../old.md"));
        assert_eq!(moved("../../outside.md"), None);
        assert_eq!(moved("#here"), None);
        assert_eq!(moved("https://example.org/a.md"), None);
        assert_eq!(super::moved("a.md", &path("x/t.md"), &path("x/r.md")), None);
    }
}
