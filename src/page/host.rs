//! Links to the host of the repository: where a line is shown, where a file is edited.

use super::edition::Edition;
use super::url::encoded_path;
use crate::source::RelPath;

/// The host of a repository.
pub(super) struct Host<'a> {
    url: &'a str,
    branch: &'a str,
    /// The content folder, from the root of the repository.
    folder: &'a str,
    kind: Kind,
}

/// How a host spells its addresses.
#[derive(Clone, Copy)]
enum Kind {
    GitHub,
    GitLab,
    Bitbucket,
}

/// The host that the configuration names.
pub(super) fn of<'a>(edition: &Edition<'a>) -> Option<Host<'a>> {
    let repository = &edition.config.repository;
    let url = repository.url.as_deref()?;
    let name = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let kind = if name.contains("gitlab") {
        Kind::GitLab
    } else if name.contains("bitbucket") {
        Kind::Bitbucket
    } else {
        Kind::GitHub
    };
    let branch = repository.branch.as_deref().unwrap_or("HEAD");
    Some(Host { url: url.trim_end_matches('/'), branch, folder: &edition.setting.repository_folder, kind })
}

impl Host<'_> {
    /// Where a line of a document is shown.
    pub(super) fn line(&self, path: &RelPath, line: u32) -> String {
        let (view, mark) = match self.kind {
            Kind::GitHub => ("blob", "L"),
            Kind::GitLab => ("-/blob", "L"),
            Kind::Bitbucket => ("src", "lines-"),
        };
        // Hosts show Markdown rendered, where lines have no place; `plain=1` asks for the text.
        let plain = if matches!(self.kind, Kind::Bitbucket) { "" } else { "?plain=1" };
        format!("{}{plain}#{mark}{line}", self.address(view, &self.in_repository(path)))
    }

    /// Where a document is edited.
    pub(super) fn edit(&self, path: &RelPath) -> String {
        match self.kind {
            Kind::GitHub => self.address("edit", &self.in_repository(path)),
            Kind::GitLab => self.address("-/edit", &self.in_repository(path)),
            Kind::Bitbucket => format!("{}?mode=edit", self.address("src", &self.in_repository(path))),
        }
    }

    /// Where a file of the repository is shown, by its path from the repository's root.
    pub(super) fn file(&self, path: &RelPath) -> String {
        let view = match self.kind {
            Kind::GitHub => "blob",
            Kind::GitLab => "-/blob",
            Kind::Bitbucket => "src",
        };
        self.address(view, path.as_str())
    }

    /// Where a commit is shown.
    pub(super) fn commit(&self, id: &str) -> String {
        let view = match self.kind {
            Kind::GitHub => "commit",
            Kind::GitLab => "-/commit",
            Kind::Bitbucket => "commits",
        };
        format!("{}/{view}/{}", self.url, encoded_path(id))
    }

    fn in_repository(&self, path: &RelPath) -> String {
        if self.folder.is_empty() { path.to_string() } else { format!("{}/{path}", self.folder) }
    }

    fn address(&self, view: &str, path: &str) -> String {
        format!("{}/{view}/{}/{}", self.url, encoded_path(self.branch), encoded_path(path))
    }
}
