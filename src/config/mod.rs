//! `readybook.toml` as values; text in, values and findings out. Reads no disk.

use crate::model::Ladder;

/// The configuration of a project.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Title of the site.
    pub title: Option<String>,
    /// The priority levels.
    pub ladder: Ladder,
}
