//! Patterns for paths, as configuration writes them.

use crate::source::RelPath;
use std::fmt;

/// A pattern for paths below the content folder: `launch.md` is that document, `drills` or `drills/` everything in
/// that folder, `*` and `?` stand for characters of one segment, `**` for any number of segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    text: String,
}

impl Glob {
    /// The pattern of `text`; every text is one, though an absolute path or one with `..` matches nothing.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self { text: text.trim().trim_start_matches("./").trim_end_matches('/').to_owned() }
    }

    /// The pattern as written, without `./` before and `/` behind it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the pattern is the path's, or that of a folder around it.
    #[must_use]
    pub fn matches(&self, path: &RelPath) -> bool {
        if matches!(self.text.as_str(), "" | ".") {
            return true;
        }
        let pattern: Vec<&str> = self.text.split('/').collect();
        let path: Vec<&str> = path.as_str().split('/').collect();
        (1..=path.len()).any(|end| segments(&pattern, &path[..end]))
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Matches whole segments; `**` stands for any number of them, also none. One row of the usual table per pattern
/// segment, so that no pattern takes exponential time.
fn segments(pattern: &[&str], path: &[&str]) -> bool {
    let mut reached = vec![false; path.len() + 1];
    reached[0] = true;
    for part in pattern {
        let mut next = vec![false; path.len() + 1];
        for at in 0..=path.len() {
            next[at] = match *part {
                "**" => reached[at] || (at > 0 && next[at - 1]),
                part => at > 0 && reached[at - 1] && segment(part, path[at - 1]),
            };
        }
        reached = next;
    }
    reached[path.len()]
}

/// Matches the characters of one segment.
fn segment(pattern: &str, name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for part in pattern.chars() {
        let mut next = vec![false; name.len() + 1];
        for at in 0..=name.len() {
            next[at] = match part {
                '*' => reached[at] || (at > 0 && next[at - 1]),
                '?' => at > 0 && reached[at - 1],
                part => at > 0 && reached[at - 1] && name[at - 1] == part,
            };
        }
        reached = next;
    }
    reached[name.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::new(pattern).matches(&RelPath::new(path).unwrap())
    }

    #[test]
    fn a_path_is_itself_and_what_lies_in_it() {
        assert!(matches("launch.md", "launch.md"));
        assert!(matches("./drills/", "drills/restore.md"));
        assert!(matches("drills", "drills/deep/restore.md"));
        assert!(!matches("drills", "drills.md"));
        assert!(!matches("launch.md", "old/launch.md"));
        assert!(matches(".", "launch.md"));
    }

    #[test]
    fn stars_stay_within_their_segment() {
        assert!(matches("*.md", "launch.md"));
        assert!(!matches("*.md", "old/launch.md"));
        assert!(matches("**/launch.md", "launch.md"));
        assert!(matches("**/launch.md", "a/b/launch.md"));
        assert!(matches("run-*/??.md", "run-1/ab.md"));
        assert!(!matches("run-*/??.md", "run-1/abc.md"));
    }

    #[test]
    fn many_stars_end_in_time() {
        let path = "a".repeat(200);
        assert!(!matches(&format!("{}b", "*a".repeat(60)), &path));
    }
}
