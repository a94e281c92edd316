//! The git repository around the content: its root, what it tracks, what is checked out, and where it is hosted.

use super::error::InputError;
use super::look;
use super::project::{Project, rel_path};
use crate::config;
use crate::git::{Git, Head, data_folder};
use crate::site::Repository;
use crate::source::RelPath;
use std::path::{Path, PathBuf};

/// The folder with `.git` that a folder lies in.
pub(super) fn root(folder: &Path) -> Result<Option<PathBuf>, InputError> {
    for folder in folder.ancestors() {
        if look::is_there(&folder.join(".git"))? {
            return Ok(Some(folder.to_owned()));
        }
    }
    Ok(None)
}

/// What the repository tracks; `None` where git cannot tell.
#[must_use]
pub(super) fn files(project: &Project) -> Option<Repository> {
    let root = project.repository.as_deref()?;
    Some(Repository { content: folder(project), files: Git::at(root).files().ok()? })
}

/// The content by its path from the root of the repository; empty when it is the root, or in none.
#[must_use]
pub fn folder(project: &Project) -> String {
    let rest = project.repository.as_deref().and_then(|root| project.content.strip_prefix(root).ok());
    rest.and_then(rel_path).map(|path| path.as_str().to_owned()).unwrap_or_default()
}

/// The commit that is checked out around the content; `None` without git, a commit, or when the content was changed
/// since.
#[must_use]
pub fn head(project: &Project) -> Option<Head> {
    Git::at(project.repository.as_deref()?).head(&folder(project)).ok()?
}

/// What tells one commit that is checked out from another, without asking git: the text of `HEAD` with what it stands
/// for. Empty without a repository.
#[must_use]
pub fn checkout(project: &Project) -> String {
    let git = project.repository.as_ref().and_then(|root| data_folder(root));
    let Some(git) = git else { return String::new() };
    let text = |file: PathBuf| std::fs::read_to_string(file).unwrap_or_default();
    let head = text(git.join("HEAD"));
    let shared = shared_folder(&git);
    let name = head.trim().strip_prefix("ref:").map(str::trim);
    let at = match name.and_then(RelPath::new) {
        None => String::new(),
        Some(name) => match text(shared.join(name.as_str())) {
            loose if !loose.is_empty() => loose,
            // In the one file of many, or in tables whose list changes with every commit.
            _ => {
                let packed = text(shared.join("packed-refs"));
                let line = packed.lines().find(|line| line.ends_with(&format!(" {name}"))).unwrap_or_default();
                [line, &text(git.join("reftable/tables.list")), &text(shared.join("reftable/tables.list"))].concat()
            }
        },
    };
    head + &at
}

/// Where the repository around a project is hosted, as its own settings say. Reads files only; what they do not say
/// is `None`. Never holds a user name or password of the remote's address.
#[must_use]
pub fn guess(project: &Project) -> config::Repository {
    let Some(root) = &project.repository else { return config::Repository::default() };
    let Some(git) = data_folder(root) else { return config::Repository::default() };
    let shared = shared_folder(&git);
    let settings = std::fs::read_to_string(shared.join("config")).unwrap_or_default();
    config::Repository { url: remote(&settings).and_then(web_address), branch: branch(&git, &shared) }
}

/// The folder that work trees share.
fn shared_folder(git: &Path) -> PathBuf {
    std::fs::read_to_string(git.join("commondir")).map_or_else(|_| git.to_owned(), |common| git.join(common.trim()))
}

/// The address of `origin`, or of the only remote.
fn remote(settings: &str) -> Option<&str> {
    let mut section = "";
    let mut remotes = Vec::new();
    for line in settings.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if let Some((key, value)) = line.split_once('=')
            && section.starts_with("[remote ")
            && key.trim() == "url"
        {
            remotes.push((section, value.trim()));
        }
    }
    let origin = remotes.iter().find(|(section, _)| *section == "[remote \"origin\"]");
    origin.or_else(|| remotes.first().filter(|_| remotes.len() == 1)).map(|&(_, url)| url)
}

/// The address in a browser of a remote: `git@host:org/name.git` is `https://host/org/name`.
fn web_address(remote: &str) -> Option<String> {
    let remote = remote.trim_end_matches('/').trim_end_matches(".git");
    let (host, path) = match remote.split_once("://") {
        Some(("http" | "https" | "ssh" | "git", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        // The short form of ssh has a host and a colon; a path on this machine does not begin so.
        None => remote.split_once(':').filter(|(host, _)| host.len() > 1 && !host.contains(['/', '\\']))?,
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let web = remote.starts_with("http");
    let host = if web { host } else { host.split(':').next().unwrap_or(host) };
    let scheme = if remote.starts_with("http://") { "http" } else { "https" };
    let sound = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
    (sound(host) && sound(path)).then(|| format!("{scheme}://{host}/{}", path.trim_start_matches('/')))
}

/// The branch that is checked out; otherwise the one that the remote calls its own.
fn branch(git: &Path, shared: &Path) -> Option<String> {
    let head = |file: PathBuf, before: &str| {
        let text = std::fs::read_to_string(file).ok()?;
        Some(text.trim().strip_prefix("ref:")?.trim().strip_prefix(before)?.to_owned())
    };
    head(git.join("HEAD"), "refs/heads/")
        .or_else(|| head(shared.join("refs/remotes/origin/HEAD"), "refs/remotes/origin/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_as_web_addresses() {
        let web = |remote| web_address(remote).unwrap_or_default();
        assert_eq!(web("git@github.com:org/name.git"), "https://github.com/org/name");
        assert_eq!(web("https://github.com/org/name.git"), "https://github.com/org/name");
        assert_eq!(web("https://user:secret@git.example.org:8443/org/name/"), "https://git.example.org:8443/org/name");
        assert_eq!(web("ssh://git@git.example.org:22/org/name.git"), "https://git.example.org/org/name");
        assert_eq!(web("http://git.example.org/a"), "http://git.example.org/a");
        for remote in ["/srv/git/name.git", "../name", "file:///srv/name", "C:\\name", "", "javascript://x/y"] {
            assert_eq!(web_address(remote), None, "{remote}");
        }
    }

    #[test]
    fn origin_is_preferred() {
        let one = "[core]\n\turl = no\n[remote \"up\"]\n\turl = a\n";
        assert_eq!(remote(one), Some("a"));
        assert_eq!(remote(&format!("{one}[remote \"origin\"]\n\turl = b\n")), Some("b"));
        assert_eq!(remote(&format!("{one}[remote \"down\"]\n\turl = b\n")), None);
    }
}
