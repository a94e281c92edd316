//! The smaller tables of the configuration, as values.

use crate::model::{Level, State};
use serde::Deserialize;

/// Where the source is hosted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repository {
    /// Address of the repository in a browser, without a last slash: `https://github.com/org/name`.
    pub url: Option<String>,
    /// The branch that links lead to.
    pub branch: Option<String>,
}

/// Words and glyphs beside the built-in vocabulary, as plain data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Words for levels.
    pub levels: Vec<(Level, Vec<String>)>,
    /// Words and glyphs for states.
    pub states: Vec<(State, Vec<String>)>,
}

/// A person or team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The name as shown.
    pub name: String,
    /// Other names: handles, addresses, letter codes.
    pub aliases: Vec<String>,
    /// Whether it is a person or a team, where that is said.
    pub kind: Option<OwnerKind>,
    /// A page about it.
    pub link: Option<String>,
}

impl Owner {
    /// Whether this is its name or an alias; `name` in lower case.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        std::iter::once(&self.name).chain(&self.aliases).any(|own| own.to_lowercase() == name)
    }
}

/// What kind of owner it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OwnerKind {
    /// One person.
    Person,
    /// A group of people.
    Team,
}

impl OwnerKind {
    /// The name in configuration and pages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Team => "team",
        }
    }
}

/// Highlighting of code blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Whether code is highlighted.
    pub enable: bool,
}

impl Default for Highlight {
    fn default() -> Self {
        Self { enable: true }
    }
}

/// Search in the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Whether there is an index.
    pub enable: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self { enable: true }
    }
}

/// The Atom feed of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Whether there is a feed.
    pub enable: bool,
    /// Entries in it at most.
    pub limit: u32,
}

impl Default for Feed {
    fn default() -> Self {
        Self { enable: true, limit: 50 }
    }
}

/// The preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serve {
    /// Whether `serve` may change files (tick items).
    pub enable: bool,
    /// The port to begin with.
    pub port: u16,
}

impl Default for Serve {
    fn default() -> Self {
        Self { enable: true, port: 7878 }
    }
}
