//! `readybook new`: a checklist to fill in, or a run of a template for a release.

mod front;
mod run;

use super::exit::{Exit, Failure};
use super::printer::Printer;
use super::{clock, place};
use crate::input::{self, Project};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// Write a new checklist, or a run of a template.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// The file to write; `.md` is added where it has no ending.
    path: PathBuf,
    /// The template: a path, or the beginning of a file's name.
    #[arg(long, value_name = "DOC", requires = "release")]
    from: Option<String>,
    /// The release that the run is for.
    #[arg(long, requires = "from")]
    release: Option<String>,
    /// The day of the run, in UTC.
    #[arg(long, value_name = "DATE", value_parser = clock::day)]
    now: Option<Date>,
}

/// Writes a checklist.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let is_named = typed.path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'));
    if !is_named || typed.path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) {
        let message = format!("`{}` names no file", typed.path.display());
        return Err(Failure::asked_help(message, "name the checklist, as in `content/launch.md`"));
    }
    // The last number of a release is no ending.
    let path = if input::is_markdown(&typed.path) {
        typed.path.clone()
    } else {
        PathBuf::from(format!("{}.md", typed.path.display()))
    };
    let text = match (&typed.from, &typed.release) {
        (Some(from), Some(release)) => {
            let run = run::Run { from, release, day: clock::today(typed.now)?, path: &path };
            run.text(printer)?
        }
        _ => blank(&path),
    };
    if !place::create(&path, text.as_bytes())? {
        let message = format!("`{}` is there already, and stays as it is", path.display());
        return Err(Failure::asked_help(message, "choose another name"));
    }
    printer.note(&format!("wrote {}", path.display()));
    if let Some(content) = missed(&path) {
        printer.note(&format!("note: it is not in the content folder `{content}`, so the site does not show it"));
    }
    Ok(Exit::Fine)
}

/// The content folder of the project that we are in, as it is written there, where a new file lies outside of it.
fn missed(path: &Path) -> Option<String> {
    let project = Project::open(Path::new(".")).ok().filter(Project::is_configured)?;
    let inside = path.canonicalize().is_ok_and(|path| path.starts_with(&project.content));
    let content = project.content.strip_prefix(&project.root).unwrap_or(&project.content);
    (!inside).then(|| content.display().to_string())
}

/// A checklist with a place for everything.
fn blank(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let mut letters = stem.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    format!("# {title}\n\nOwner: \n\n## P0\n\n- [ ] What must be true\n\n## P1\n\n- [ ] What should be true\n")
}
