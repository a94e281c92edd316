//! The difference of two texts, line by line, in the form of `diff -u`.

use std::fmt::Write as _;

/// Lines around a change that are shown.
const CONTEXT: usize = 3;

/// One line of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line<'a> {
    Same(&'a str),
    Gone(&'a str),
    New(&'a str),
}

/// The difference of the built-in file and the project's; empty when they are the same.
pub(super) fn unified(name: &str, old: &str, new: &str) -> String {
    let lines = compare(&old.lines().collect::<Vec<_>>(), &new.lines().collect::<Vec<_>>());
    let changed = |line: &Line<'_>| !matches!(line, Line::Same(_));
    if !lines.iter().any(changed) {
        return String::new();
    }
    let mut text = format!("--- built in: {name}\n+++ project: {name}\n");
    let (mut old_line, mut new_line, mut gap) = (1, 1, true);
    for (at, line) in lines.iter().enumerate() {
        let near = lines[at.saturating_sub(CONTEXT)..(at + CONTEXT + 1).min(lines.len())].iter().any(changed);
        if near && gap {
            let _ = writeln!(text, "@@ -{old_line} +{new_line} @@");
        }
        gap = !near;
        let (mark, content) = match *line {
            Line::Same(content) => (' ', content),
            Line::Gone(content) => ('-', content),
            Line::New(content) => ('+', content),
        };
        old_line += usize::from(mark != '+');
        new_line += usize::from(mark != '-');
        if near {
            let _ = writeln!(text, "{mark}{content}");
        }
    }
    text
}

/// Both texts as one list, by the longest common subsequence. Theme files are short: the table of all pairs will do.
fn compare<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Line<'a>> {
    let width = new.len() + 1;
    let mut common = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let (below, right) = (common[(i + 1) * width + j], common[i * width + j + 1]);
            let both = common[(i + 1) * width + j + 1] + 1;
            common[i * width + j] = if old[i] == new[j] { both } else { below.max(right) };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push(Line::Same(old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            lines.push(Line::Gone(old[i]));
            i += 1;
        } else {
            lines.push(Line::New(new[j]));
            j += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stand_in_their_context() {
        let old = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";
        assert_eq!(unified("x", old, old), "");
        assert_eq!(
            unified("x", old, &old.replace("b\n", "B\nBB\n")),
            "--- built in: x\n+++ project: x\n@@ -1 +1 @@\n a\n-b\n+B\n+BB\n c\n d\n e\n"
        );
        assert_eq!(
            unified("x", old, &old.replace("i\n", "")),
            "--- built in: x\n+++ project: x\n@@ -6 +6 @@\n f\n g\n h\n-i\n"
        );
    }
}
