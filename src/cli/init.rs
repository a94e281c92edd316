//! `readybook init`: a project to begin with. Nothing that is there is ever overwritten.

use super::exit::{Exit, Failure};
use super::place;
use super::printer::Printer;
use crate::input::Project;
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

/// The sample; left out where there is a content folder already.
const SAMPLE: [(&str, &str); 2] =
    [("content/README.md", include_str!("init/README.md")), ("content/launch.md", include_str!("init/launch.md"))];

/// Makes a project.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let sample: &[_] = if typed.folder.join("content").exists() { &[] } else { &SAMPLE };
    for (path, text) in FILES.iter().chain(sample) {
        let text = text.replace("@version@", env!("CARGO_PKG_VERSION"));
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
    if !sample.is_empty() {
        printer.note("Checklists that lie elsewhere: name their folder with `content` in readybook.toml.");
    }
    Ok(Exit::Fine)
}

/// Whether a `.gitignore` has a line for the site.
fn ignores_site(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().any(|line| line.trim().trim_matches('/') == "public")
}
