//! `readybook init`: a project to begin with. Nothing that is there is ever overwritten.

use super::exit::{Exit, Failure};
use super::loaded::Loaded;
use super::printer::Printer;
use super::{clock, place};
use crate::input::Project;
use crate::source::RelPath;
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

/// The sample; left out where there is a configuration or a content folder already, or one of another name.
const SAMPLE: [(&str, &str); 2] =
    [("content/README.md", include_str!("init/README.md")), ("content/launch.md", include_str!("init/launch.md"))];

/// Makes a project.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let has = |path: &str| typed.folder.join(path).exists();
    let found = if has("content") || has("readybook.toml") { None } else { checklists(&typed.folder) };
    let content = found.as_ref().and_then(Found::folder).unwrap_or("content");
    let is_sampled = content == "content" && !has("content") && !has("readybook.toml");
    let sample: &[_] = if is_sampled { &SAMPLE } else { &[] };
    let quoted = toml::Value::from(content).to_string();
    for (path, text) in FILES.iter().chain(sample) {
        let text = text.replace("@version@", env!("CARGO_PKG_VERSION")).replace("@content@", &quoted);
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
    if let Some(found) = &found {
        if !is_sampled {
            printer.note(&format!("It reads the checklists of `{content}`: `content` in readybook.toml."));
        }
        if let Some(unread) = found.outside(content) {
            printer.note(&format!("note: {unread} not read: move what is a checklist into `{content}`"));
        }
    } else if is_sampled {
        printer.note("Checklists that lie elsewhere: name their folder with `content` in readybook.toml.");
    }
    Ok(Exit::Fine)
}

/// The documents with items that a folder has already.
struct Found(Vec<RelPath>);

impl Found {
    /// The folder that those lie in which lie in one; none where all stand in the project's own, into which the site is
    /// published.
    fn folder(&self) -> Option<&str> {
        let folders = self.0.iter().filter_map(|path| Some(path.as_str().rsplit_once('/')?.0));
        let shared = |one: &'_ str, other: &str| {
            let parts = one.split('/').zip(other.split('/')).take_while(|(one, other)| one == other);
            parts.map(|(part, _)| part.len() + 1).sum::<usize>().saturating_sub(1)
        };
        let common = folders.reduce(|one, other| &one[..shared(one, other)])?;
        (!common.is_empty()).then_some(common)
    }

    /// What lies outside of a folder, in words: the first, and how many there are.
    fn outside(&self, folder: &str) -> Option<String> {
        let is_inside = |path: &RelPath| path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let mut outside = self.0.iter().filter(|path| !is_inside(path));
        let first = outside.next()?;
        Some(match outside.count() {
            0 => format!("`{first}` is"),
            1 => format!("`{first}` and another document with items are"),
            more => format!("`{first}` and {more} more documents with items are"),
        })
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
