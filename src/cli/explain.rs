//! `readybook explain`: what a code means, with an example and what to do.

use super::exit::{Exit, Failure};
use super::printer::Printer;
use crate::config::nearest;
use crate::finding::Code;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Explain a code, as in `error[dead-link]`.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// The code; without one, all are listed.
    code: Option<String>,
}

/// What is said about a code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    cause: String,
    example: String,
    remedy: String,
}

const TEXT: &str = include_str!("explain.toml");

/// Explains.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let text = match &typed.code {
        None => list(),
        Some(name) => {
            let code = find(name)?;
            let mut entries: BTreeMap<String, Entry> = toml::from_str(TEXT)
                .map_err(|error| Failure::asked(format!("the explanations are faulty: {error}")))?;
            let entry = entries.remove(code.name());
            explain(code, &entry.ok_or_else(|| Failure::asked(format!("`{name}` has no explanation")))?)
        }
    };
    printer.data(&text)?;
    Ok(Exit::Fine)
}

/// Every code with what it means.
fn list() -> String {
    let widest = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    Code::ALL.iter().map(|code| format!("{:widest$}  {}\n", code.name(), code.about())).collect()
}

/// The code of a name, also as a message shows it: `error[dead-link]`.
fn find(name: &str) -> Result<Code, Failure> {
    let name = name.split_once('[').and_then(|(_, code)| code.strip_suffix(']')).unwrap_or(name);
    let found = Code::ALL.iter().find(|code| code.name() == name).copied();
    found.ok_or_else(|| {
        let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
        let help = near.map_or("`readybook explain` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
        Failure::asked_help(format!("unknown code `{name}`"), help)
    })
}

fn explain(code: Code, entry: &Entry) -> String {
    let severity = code.severity().word();
    let cause = wrap(&entry.cause);
    let indent = |text: &str| text.trim_end().lines().map(|line| format!("    {line}\n")).collect::<String>();
    let (example, remedy) = (indent(&entry.example), wrap(&entry.remedy));
    format!("{severity}[{}]: {}\n\n{cause}\nExample:\n\n{example}\nWhat to do:\n\n{remedy}", code.name(), code.about())
}

/// Paragraphs broken at 96 characters; indented lines stay.
fn wrap(text: &str) -> String {
    let mut wrapped = String::new();
    for line in text.trim_end().lines() {
        let mut width = 0;
        if line.starts_with(' ') {
            wrapped.push_str(line);
        }
        for word in line.split(' ').filter(|_| !line.starts_with(' ')) {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > 96 {
                wrapped.push('\n');
                width = 0;
            } else if width > 0 {
                wrapped.push(' ');
                width += 1;
            }
            wrapped.push_str(word);
            width += length;
        }
        wrapped.push('\n');
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_and_nothing_else() {
        let entries: BTreeMap<String, Entry> = toml::from_str(TEXT).unwrap();
        let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        assert_eq!(entries.keys().collect::<Vec<_>>(), names);
        for (name, entry) in &entries {
            assert!(!entry.cause.is_empty() && !entry.example.is_empty() && !entry.remedy.is_empty(), "{name}");
        }
    }
}
