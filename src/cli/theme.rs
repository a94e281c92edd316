//! `readybook theme`: which layer each file comes from, copies to change, and what has been changed.

mod difference;

use super::exit::{Exit, Failure};
use super::place;
use super::printer::Printer;
use super::table::{Look, Table};
use crate::config::nearest;
use crate::input::{self, Project};
use crate::theme::{PROJECT, Theme};
use std::path::PathBuf;

/// Look at the theme, and change it.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    #[command(subcommand)]
    act: Act,
    /// The project; this folder where none is named.
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".")]
    project: PathBuf,
}

/// What to do with the theme.
#[derive(Debug, clap::Subcommand)]
enum Act {
    /// List every file with the layer that it comes from.
    List,
    /// Copy a built-in file into the project, to be changed there.
    Eject {
        /// The file, as `list` names it.
        file: String,
    },
    /// Show how the project's files differ from those that lie under them.
    Diff {
        /// Only this file.
        file: Option<String>,
    },
}

/// Does it.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let project = Project::open(&typed.project)?;
    let name = project.config.value.theme.as_deref();
    let theme = input::theme(&project.root, name)?;
    match &typed.act {
        Act::List => printer.data(&list(&theme))?,
        Act::Eject { file } => {
            let bytes = under(&theme, file).ok_or_else(|| unknown(&theme, file))?;
            let path = project.root.join("themes").join(name.unwrap_or("default")).join(file);
            if !place::create(&path, bytes)? {
                let shown = path.strip_prefix(&project.root).unwrap_or(&path).display();
                let message = format!("`{shown}` is there already, and stays as it is");
                return Err(Failure::asked_help(message, "`readybook theme diff` shows what has been changed"));
            }
            printer.note(&format!("wrote {}", path.strip_prefix(&project.root).unwrap_or(&path).display()));
        }
        Act::Diff { file } => {
            if let Some(file) = file.as_ref().filter(|file| theme.get(file).is_none()) {
                return Err(unknown(&theme, file));
            }
            printer.data(&diff(&theme, file.as_deref()))?;
        }
    }
    Ok(Exit::Fine)
}

fn list(theme: &Theme) -> String {
    let mut table = Table::new(vec!["file".to_owned(), "layer".to_owned()]);
    for (name, layer) in theme.list() {
        table.row(vec![name.to_owned(), layer.name.to_string()]);
    }
    table.draw(Look::Terminal)
}

/// A file as the topmost built-in layer gives it.
fn under<'a>(theme: &'a Theme, name: &str) -> Option<&'a [u8]> {
    let layers = theme.layers().iter().rev().filter(|layer| layer.name != PROJECT);
    layers.into_iter().find_map(|layer| layer.get(name))
}

fn unknown(theme: &Theme, file: &str) -> Failure {
    let names: Vec<&str> = theme.list().into_iter().map(|(name, _)| name).collect();
    let help = match nearest(file, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`readybook theme list` names all".to_owned(),
    };
    Failure::asked_help(format!("there is no file `{file}` in the theme"), help)
}

/// The differences of all files of the project, or of one.
fn diff(theme: &Theme, only: Option<&str>) -> String {
    let mut text = String::new();
    for layer in theme.layers().iter().filter(|layer| layer.name == PROJECT) {
        for (name, bytes) in layer.files().filter(|(name, _)| only.is_none_or(|only| only == *name)) {
            match under(theme, name).map(std::str::from_utf8).zip(Some(std::str::from_utf8(bytes))) {
                Some((Ok(old), Ok(new))) => text.push_str(&difference::unified(name, old, new)),
                Some(_) => text.push_str(&format!("{name} is no text\n")),
                None => text.push_str(&format!("{name} is the project's own\n")),
            }
        }
    }
    text
}
