//! `readybook.toml` as values; text in, values and findings out. Reads no disk.

mod check;
mod file;
mod folder;
mod gate;
mod glob;
mod keys;
mod nearest;
pub mod node;
mod read;
mod settings;

pub use folder::{Folder, Grant, inherit};
pub use gate::{Among, Demand, DocumentGate, Gate, Rule, RuleFault};
pub use glob::Glob;
pub use keys::{front_matter, is_front_matter_key};
pub use nearest::nearest;
pub use read::{parse, schema, web_address};
pub use settings::{Feed, Highlight, Owner, OwnerKind, Repository, Search, Serve, Words};

use crate::finding::{Code, Severity};
use crate::model::{FrontMatter, Ladder, WaiverRequest};
use crate::source::RelPath;
use std::collections::BTreeMap;

/// The configuration of a project. [`Config::default`] is that of a folder without `readybook.toml`.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it stands, relative to the project: the path of findings about it.
    pub path: RelPath,
    /// Title of the site.
    pub title: Option<String>,
    /// The content folder, relative to the project; `None` for `content`, or the project itself where there is none.
    pub content: Option<RelPath>,
    /// The output folder as written, relative to the project.
    pub output: String,
    /// Where the site is published: an absolute http or https URL that ends in `/`.
    pub base_url: Option<String>,
    /// Language of the pages as a BCP 47 tag.
    pub language: String,
    /// Name of a folder below `themes`.
    pub theme: Option<String>,
    /// Files and folders of the content that are left out.
    pub exclude: Vec<Glob>,
    /// Where the source is hosted.
    pub repository: Repository,
    /// The priority levels.
    pub ladder: Ladder,
    /// Words beside the built-in vocabulary.
    pub words: Words,
    /// People and teams, in order of the configuration.
    pub owners: Vec<Owner>,
    /// The gate.
    pub gate: Gate,
    /// Waivers by policy; complete ones only if their fields are there (`site` judges that).
    pub waivers: Vec<WaiverRequest>,
    /// Defaults and grants for folders, in order of the configuration.
    pub folders: Vec<Folder>,
    /// Severities other than the codes' own; `None` is "off".
    pub severities: BTreeMap<Code, Option<Severity>>,
    /// Highlighting of code.
    pub highlight: Highlight,
    /// Search in the pages.
    pub search: Search,
    /// The Atom feed.
    pub feed: Feed,
    /// The preview.
    pub serve: Serve,
    /// Free values for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            path: file(),
            title: None,
            content: None,
            output: "public".to_owned(),
            base_url: None,
            language: "en".to_owned(),
            theme: None,
            exclude: Vec::new(),
            repository: Repository::default(),
            ladder: Ladder::default(),
            words: Words::default(),
            owners: Vec::new(),
            gate: Gate::default(),
            waivers: Vec::new(),
            folders: Vec::new(),
            severities: BTreeMap::new(),
            highlight: Highlight::default(),
            search: Search::default(),
            feed: Feed::default(),
            serve: Serve::default(),
            extra: serde_json::Map::new(),
        }
    }
}

/// The file that holds the configuration of a project, at its root.
pub const FILE: &str = "readybook.toml";

/// [`FILE`] as the path of findings.
#[must_use]
#[expect(clippy::expect_used, reason = "the constant is a relative path")]
pub fn file() -> RelPath {
    RelPath::new(FILE).expect("a relative path")
}

impl Config {
    /// What the configuration says for the documents of a path: defaults of the folders around it, later ones over
    /// earlier ones. `None` where it says nothing.
    #[must_use]
    pub fn defaults(&self, path: &RelPath) -> Option<FrontMatter> {
        let mut folders = self.folders.iter().rev().filter(|folder| folder.path.matches(path));
        let mut front = folders.next()?.front.clone();
        for folder in folders {
            folder::inherit(&mut front, &folder.front);
        }
        Some(front)
    }

    /// Whether front matter of the document at `path` may do what `grant` names.
    #[must_use]
    pub fn grants(&self, path: &RelPath, grant: Grant) -> bool {
        self.folders.iter().any(|folder| folder.path.matches(path) && folder.grants.contains(&grant))
    }

    /// The severity of a code, or `None` where it is off.
    #[must_use]
    pub fn severity(&self, code: Code) -> Option<Severity> {
        self.severities.get(&code).copied().unwrap_or(Some(code.severity()))
    }

    /// The name under which the configuration lists an owner, by name or alias in any case; otherwise the name itself.
    #[must_use]
    pub fn owner<'a>(&'a self, name: &'a str) -> &'a str {
        let lower = name.to_lowercase();
        let owner = self.owners.iter().find(|owner| owner.is_called(&lower));
        owner.map_or(name, |owner| &owner.name)
    }
}
