//! A relative path that cannot leave its root.

use std::fmt;
use std::sync::Arc;

/// A path below some root: segments joined by `/`, none of them empty, `.` or `..`, no drive and no NUL.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// The path of `text`, with `.` segments dropped and `..` resolved. `None` when it is absolute or leaves the root.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        resolve("", text)
    }

    /// The path that a relative link `link` in the document at `self` leads to, percent-decoding left to the caller.
    /// `None` when it leaves the root.
    #[must_use]
    pub fn join(&self, link: &str) -> Option<Self> {
        resolve(self.folder(), link)
    }

    /// The whole path, `/` between segments.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder, without a last slash; empty at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The file name without its last extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }
}

fn resolve(base: &str, path: &str) -> Option<RelPath> {
    if path.starts_with('/') || path.contains(['\0', '\\']) {
        return None;
    }
    let mut segments: Vec<&str> = base.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    (!segments.is_empty()).then(|| RelPath(segments.join("/").into()))
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
