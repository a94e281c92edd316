//! `readybook init`: a project to begin with. Nothing that is there is ever overwritten.

use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::Printer;
use super::{clock, place};
use crate::input::Project;
use crate::source::RelPath;
use std::fmt;
use std::path::{Path, PathBuf};

/// Make a project: configuration, a sample, and a workflow that publishes it on GitHub Pages.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// The folder of the project; this folder where none is named.
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// The files of a project: their paths and texts.
const FILES: [(&str, &str); 3] = [
    ("readybook.toml", include_str!("init/readybook.toml")),
    (".github/workflows/readiness.yml", include_str!("init/readiness.yml")),
    (".gitignore", include_str!("init/gitignore")),
];

/// The sample; left out where there is a content folder already, or one of another name.
const SAMPLE: [(&str, &str); 2] =
    [("content/README.md", include_str!("init/README.md")), ("content/launch.md", include_str!("init/launch.md"))];

/// Makes a project.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let found = if typed.folder.join("content").exists() { None } else { checklists(&typed.folder) };
    let content = found.as_ref().and_then(Found::folder).unwrap_or("content");
    let is_sampled = content == "content" && !typed.folder.join("content").exists();
    let sample: &[_] = if is_sampled { &SAMPLE } else { &[] };
    for (path, text) in FILES.iter().chain(sample) {
        let text = text.replace("@version@", env!("CARGO_PKG_VERSION")).replace("@content@", content);
        let made = place::create(&typed.folder.join(path), text.as_bytes())?;
        printer.note(&format!("{} {path}", if made { "wrote" } else { " kept" }));
        if !made && *path == ".gitignore" && !ignores_site(&typed.folder.join(path)) {
            printer.note("      (add the line `/public/` to it, or the site would be committed)");
        }
    }
    let project = Project::open(&typed.folder)?;
    if let Some(root) = project.repository.filter(|root| *root != project.root) {
        let root = root.display();
        printer.note(&format!(
            "note: GitHub looks for workflows in {root}/.github alone: move ours there, and let it run here"
        ));
    }
    printer.note("");
    let folder = typed.folder.display().to_string();
    let folder = if folder == "." { String::new() } else { format!(" {folder}") };
    printer.note(&format!("`readybook serve{folder}` shows the site while you write."));
    match found {
        Some(found) if is_sampled => {
            printer.note(&format!("note: {found} not read: move what is a checklist into `content`"))
        }
        Some(_) => printer.note(&format!("It reads the checklists of `{content}`: `content` in readybook.toml.")),
        None if is_sampled => {
            printer.note("Checklists that lie elsewhere: name their folder with `content` in readybook.toml.");
        }
        None => {}
    }
    Ok(Exit::Fine)
}

/// The documents with items that a folder has already.
struct Found(Vec<RelPath>);

impl Found {
    /// The folder that all of them lie in; none where that is the project's own, into which the site is published.
    fn folder(&self) -> Option<&str> {
        let folders = self.0.iter().map(|path| path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder));
        folders
            .reduce(|common, folder| {
                let parts = common.split('/').zip(folder.split('/')).take_while(|(one, other)| one == other);
                let length = parts.map(|(part, _)| part.len() + 1).sum::<usize>();
                &common[..length.saturating_sub(1)]
            })
            .filter(|folder| !folder.is_empty())
    }
}

impl fmt::Display for Found {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [one] => write!(out, "`{one}` is"),
            [first, rest @ ..] => write!(out, "`{first}` and {} more documents with items are", rest.len()),
            [] => Ok(()),
        }
    }
}

/// What a folder has already; nothing where it does not exist or cannot be read.
fn checklists(folder: &Path) -> Option<Found> {
    let loaded = Loaded::open(folder, clock::today(None).ok()?).ok()?;
    let documents = loaded.site.documents.iter().filter(|document| !document.checklist.items.is_empty());
    let found = Found(documents.map(|document| document.source.path.clone()).collect());
    (!found.0.is_empty()).then_some(found)
}

/// Whether a `.gitignore` has a line for the site.
fn ignores_site(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().any(|line| line.trim().trim_matches('/') == "public")
}
