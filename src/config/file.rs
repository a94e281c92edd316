//! `readybook.toml` as it is written. The doc comments are the descriptions of the published JSON Schema.

use super::folder::Grant;
use super::keys::{Keys, Names, WaiverKeys};
use super::settings::OwnerKind;
use crate::finding::Severity;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The configuration of a Readybook project. Everything is optional.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "readybook.toml")]
pub(super) struct File {
    /// Title of the site.
    pub(super) title: Option<String>,
    /// The content folder, relative to this file; `content`, or this folder itself where there is none.
    pub(super) content: Option<String>,
    /// The output folder, relative to this file; `public` where nothing is said.
    pub(super) output: Option<String>,
    /// Where the site is published: an absolute http or https URL.
    pub(super) base_url: Option<String>,
    /// Language of the pages, as in `en` or `pt-BR`.
    pub(super) language: Option<String>,
    /// Name of a folder below `themes`.
    pub(super) theme: Option<String>,
    /// Files and folders of the content that are left out: paths, with `*`, `?` and `**`.
    pub(super) exclude: Vec<Option<String>>,
    /// Where the source is hosted; guessed from git.
    pub(super) repository: RepositoryKeys,
    /// Priority levels: extra words for each, and their order.
    pub(super) levels: LevelsKeys,
    /// States: extra words and glyphs for each of done, doing, blocked, open, deferred and na.
    pub(super) states: BTreeMap<String, Names>,
    /// People and teams by name.
    pub(super) owners: BTreeMap<String, OwnerKeys>,
    /// What has to hold before the verdict is "ready".
    pub(super) gate: GateKeys,
    /// Items that need not be done, by policy.
    pub(super) waiver: Vec<Option<WaiverKeys>>,
    /// Defaults for the front matter of folders, and what front matter may do there.
    pub(super) folder: Vec<Option<FolderKeys>>,
    /// Severity of findings by code.
    pub(super) findings: BTreeMap<String, FindingLevel>,
    /// Highlighting of code blocks.
    pub(super) highlight: EnableKeys,
    /// Search in the pages.
    pub(super) search: EnableKeys,
    /// The Atom feed of changes.
    pub(super) feed: FeedKeys,
    /// The preview.
    pub(super) serve: ServeKeys,
    /// Free values for templates.
    pub(super) extra: serde_json::Map<String, serde_json::Value>,
}

/// Where the source is hosted.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RepositoryKeys {
    /// Address of the repository in a browser.
    pub(super) url: Option<String>,
    /// The branch that links lead to.
    pub(super) branch: Option<String>,
}

/// Priority levels.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct LevelsKeys {
    /// Every level, most urgent first; P0 to P3 where nothing is said.
    pub(super) order: Option<Vec<Option<String>>>,
    /// Words of a level.
    #[serde(flatten)]
    pub(super) words: BTreeMap<String, LevelKeys>,
}

/// A level: extra words, or a table of words and label.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum LevelKeys {
    /// Extra words.
    Words(Vec<Option<String>>),
    /// Words and label.
    Table(LevelTable),
}

/// A level's words and label.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LevelTable {
    /// The word for people.
    pub(super) label: Option<String>,
    /// Extra words.
    pub(super) words: Vec<Option<String>>,
}

/// A person or team.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct OwnerKeys {
    /// Other names: handles, addresses, letter codes.
    pub(super) aliases: Names,
    /// Person or team.
    pub(super) kind: Option<OwnerKind>,
    /// A page about the owner.
    pub(super) link: Option<String>,
}

/// What has to hold before the verdict is "ready".
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct GateKeys {
    /// Rules for the site, such as `"P0"`, `"P1 >= 90%"` or `"no blocked"`; `["P0"]` where nothing is said.
    pub(super) require: Option<Vec<Option<String>>>,
    /// Rules for documents, by path.
    pub(super) documents: BTreeMap<String, Names>,
}

/// Defaults and grants for a folder.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct FolderKeys {
    /// The documents: a path below the content, with `*`, `?` and `**`.
    pub(super) path: Option<String>,
    /// What front matter below may do.
    pub(super) grants: Vec<Option<Grant>>,
    /// Front matter where documents have none.
    #[serde(flatten)]
    pub(super) front: Keys,
}

/// A switch.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct EnableKeys {
    /// Whether it is there; true where nothing is said.
    pub(super) enable: Option<bool>,
}

/// The Atom feed of changes.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FeedKeys {
    /// Whether there is a feed; true where nothing is said.
    pub(super) enable: Option<bool>,
    /// Entries in it at most; 50 where nothing is said.
    pub(super) limit: Option<u16>,
}

/// The preview.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ServeKeys {
    /// Whether the preview may tick items in the source; true where nothing is said.
    pub(super) enable: Option<bool>,
    /// The port to begin with; 7878 where nothing is said.
    pub(super) port: Option<u16>,
}

/// The severity of a code.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum FindingLevel {
    /// Stops `check`.
    Error,
    /// Stops `check --strict`.
    Warning,
    /// Worth knowing.
    Info,
    /// Not told.
    Off,
}

impl FindingLevel {
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}
