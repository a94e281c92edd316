//! From the text of `readybook.toml` to what it means.

mod policy;
mod words;

use super::check;
use super::file::{File, RepositoryKeys};
use super::node::{Fault, FaultKind, Node, from_toml};
use super::{Config, Feed, Glob, Highlight, Repository, Search, Serve, Words, nearest};
use crate::finding::{Checked, Code, Finding};
use crate::source::{RelPath, Source, Span};
use std::sync::LazyLock;

/// Faults of one configuration that are told.
const MOST_FAULTS: usize = 50;

static SCHEMA: LazyLock<schemars::Schema> = LazyLock::new(|| schemars::schema_for!(File));

/// The JSON Schema of `readybook.toml`.
#[must_use]
pub fn schema() -> serde_json::Value {
    SCHEMA.as_value().clone()
}

/// Reads `readybook.toml`. Every fault is told; what is faulty is left out of the value.
#[must_use]
pub fn parse(source: &Source) -> Checked<Config> {
    let (node, mut faults) = from_toml(source.text(), 0);
    let json = check::check(&node, &SCHEMA, &mut faults);
    let value = match serde_json::from_value::<File>(json) {
        Ok(file) => Reader { node: &node, faults: &mut faults }.config(file, source.path.clone()),
        Err(error) => {
            // The check has taken out what does not fit; what it cannot see is a number out of its range.
            faults.push(Fault::new(FaultKind::Value, node.span, error.to_string()));
            Config::default()
        }
    };
    faults.sort_by_key(|fault| fault.span);
    let findings = first_of(faults).into_iter().map(|fault| finding(fault, &source.path)).collect();
    Checked { value, findings }
}

/// The first of many faults, and one more that counts the others: the second half of a file that does not parse has one
/// in each of its lines.
fn first_of(mut faults: Vec<Fault>) -> Vec<Fault> {
    if faults.len() > MOST_FAULTS + 1 {
        let rest = faults.split_off(MOST_FAULTS);
        let message = format!("{} more faults follow, here and below", rest.len());
        faults.extend(rest.first().map(|first| {
            Fault::new(FaultKind::Value, first.span, message).help("mend the others first: these may go with them")
        }));
    }
    faults
}

fn finding(fault: Fault, path: &RelPath) -> Finding {
    let mut finding = Finding::new(Code::Config, path.clone(), Some(fault.span), fault.message);
    finding.help = fault.help;
    finding
}

/// An http or https URL without its last slash; `None` for anything else, and for one with a query or fragment.
#[must_use]
pub fn web_address(url: &str) -> Option<String> {
    let host = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme))?;
    let foreign = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}?#".contains(c);
    let sound = !host.is_empty() && !host.starts_with('/') && !url.contains(foreign);
    sound.then(|| url.trim_end_matches('/').to_owned())
}

struct Reader<'a> {
    node: &'a Node,
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    fn config(&mut self, file: File, path: RelPath) -> Config {
        let (ladder, words) = self.levels(&file.levels);
        let states = self.states(file.states);
        let gate = self.gate(&file.gate, &ladder);
        let usual = Config::default();
        Config {
            path,
            title: file.title.filter(|title| !title.trim().is_empty()),
            content: self.content(file.content.as_deref()),
            output: file.output.filter(|output| !output.is_empty()).unwrap_or(usual.output),
            base_url: self.url(file.base_url, self.node.place("base_url")).map(|url| url + "/"),
            language: self.language(file.language).unwrap_or(usual.language),
            theme: file.theme,
            exclude: file.exclude.iter().flatten().map(|text| Glob::new(text)).collect(),
            repository: self.repository(file.repository),
            owners: self.owners(file.owners),
            gate,
            waivers: self.waivers(file.waiver),
            folders: self.folders(file.folder),
            severities: self.severities(&file.findings),
            highlight: Highlight { enable: file.highlight.enable.unwrap_or(true) },
            search: Search { enable: file.search.enable.unwrap_or(true) },
            feed: Feed {
                enable: file.feed.enable.unwrap_or(true),
                limit: file.feed.limit.map_or(usual.feed.limit, u32::from),
            },
            serve: Serve {
                enable: file.serve.enable.unwrap_or(true),
                port: file.serve.port.unwrap_or(usual.serve.port),
            },
            extra: file.extra,
            words: Words { levels: words, states },
            ladder,
        }
    }

    fn fault(&mut self, span: Span, message: String, help: impl Into<String>) {
        self.faults.push(Fault::new(FaultKind::Value, span, message).help(help));
    }

    fn content(&mut self, content: Option<&str>) -> Option<RelPath> {
        let content = content.filter(|content| !matches!(*content, "" | "." | "./"))?;
        let path = RelPath::new(content);
        if path.is_none() {
            let message = format!("`{content}` leads out of the project");
            self.fault(self.node.place("content"), message, "name a folder beside readybook.toml, as in \"content\"");
        }
        path
    }

    /// An http or https URL without its last slash.
    fn url(&mut self, url: Option<String>, span: Span) -> Option<String> {
        let url = url.filter(|url| !url.is_empty())?;
        let sound = web_address(&url);
        if sound.is_none() {
            self.fault(span, format!("{url:?} is no web address"), "write it as in \"https://example.org/readiness/\"");
        }
        sound
    }

    fn language(&mut self, language: Option<String>) -> Option<String> {
        let language = language?;
        let sound = language
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if !sound {
            let message = format!("`{language}` is no language tag");
            self.fault(self.node.place("language"), message, "write it as in \"en\" or \"pt-BR\"");
        }
        sound.then_some(language)
    }

    fn repository(&mut self, keys: RepositoryKeys) -> Repository {
        let span = self.node.get("repository").map_or(self.node.span, |table| table.place("url"));
        let url = self.url(keys.url, span).map(|url| url.trim_end_matches(".git").to_owned());
        Repository { url, branch: keys.branch.filter(|branch| !branch.is_empty()) }
    }

    /// Tells a word that is none of `known`.
    fn unknown<'a>(&mut self, what: &str, word: &str, span: Span, known: impl IntoIterator<Item = &'a str>) {
        let known: Vec<&str> = known.into_iter().collect();
        let help = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of {}", known.join(", ")),
        };
        self.fault(span, format!("unknown {what} `{word}`"), help);
    }
}
