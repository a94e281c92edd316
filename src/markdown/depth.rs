//! How deep the blocks of a text nest. Lists and quotes that a line opens one in the other cost the parser, every walk
//! over groups and every browser time for each of them and for each line behind; nobody reads them.

use crate::source::Span;

/// Lists, items and quotes around a block at most. Browsers cut a page at twice as many elements.
pub const DEEPEST: usize = 256;

/// The first line, from byte offset `from` on, that nests deeper than [`DEEPEST`]. Its depth is told by what it begins
/// with: each list or quote is indented by two columns, or opened by a mark there.
#[must_use]
pub fn too_deep(text: &str, from: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let mut start = from.min(bytes.len());
    // A tab is the shortest way inwards: four columns.
    let shortest = DEEPEST / 2;
    while let Some(begin) = bytes.get(start..start + shortest + 1) {
        // Lines that end within so many bytes are too short, all of them.
        if let Some(last) = memchr::memrchr(b'\n', begin) {
            start += last + 1;
            continue;
        }
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |length| start + length);
        if depth(&bytes[start..end]) > DEEPEST {
            return Some(Span::new(start..end));
        }
        start = end + 1;
    }
    None
}

/// How deep the block stands that a line opens, rather more than less; 0 where it opens none, as a rule of `- - -` does.
fn depth(line: &[u8]) -> usize {
    let (mut rest, mut columns, mut marks) = (line, 0, 0);
    while let [byte, after @ ..] = rest {
        rest = match byte {
            b' ' => {
                columns += 1;
                after
            }
            b'\t' => {
                columns += 4;
                after
            }
            _ => {
                let Some(after) = behind_mark(rest) else { break };
                marks += 1;
                after
            }
        };
    }
    if marks == 0 || is_rule(line) { 0 } else { marks + columns / 2 }
}

/// What follows the mark of a list item, quote or footnote, and the space that belongs to it.
fn behind_mark(text: &[u8]) -> Option<&[u8]> {
    let behind = match text {
        [b'>', after @ ..] => return Some(after.strip_prefix(b" ").unwrap_or(after)),
        [b'[', b'^', label @ ..] => {
            let end = memchr::memchr(b']', label)?;
            let after = label[end + 1..].strip_prefix(b":")?;
            return Some(after.strip_prefix(b" ").unwrap_or(after));
        }
        [b'-' | b'+' | b'*', after @ ..] => after,
        digits => {
            let number = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let after = digits.get(number..).filter(|_| (1..=9).contains(&number))?;
            after.strip_prefix(b".").or_else(|| after.strip_prefix(b")"))?
        }
    };
    match behind {
        [] => Some(behind),
        [b' ' | b'\t', after @ ..] => Some(after),
        _ => None,
    }
}

/// Whether a line is a thematic break.
fn is_rule(line: &[u8]) -> bool {
    let mut marks = line.iter().filter(|byte| !byte.is_ascii_whitespace());
    marks.next().is_some_and(|first| matches!(first, b'-' | b'*') && marks.all(|mark| mark == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_too_deep(text: &str) -> bool {
        too_deep(text, 0).is_some()
    }

    #[test]
    fn marks_and_indentation_nest() {
        for mark in ["- ", "* ", "+ ", "> ", ">", "1. ", "12) ", "- > ", "[^a]: "] {
            let marks = DEEPEST / mark.split_whitespace().count();
            assert!(!is_too_deep(&format!("a\n\n{}a\n", mark.repeat(marks))), "{mark}");
            assert!(is_too_deep(&format!("a\n\n{}a\n", mark.repeat(marks + 1))), "{mark}");
        }
        assert!(is_too_deep(&format!("{}- a", "  ".repeat(DEEPEST))));
        assert!(is_too_deep(&format!("{}- a", "\t".repeat(DEEPEST / 2))));
        let lines: String = (0..DEEPEST).map(|depth| format!("{}- [ ] a\n", "  ".repeat(depth))).collect();
        assert!(!is_too_deep(&lines));
    }

    #[test]
    fn other_long_lines_are_not_deep() {
        for line in ["- ", "* ", "-", "*"].map(|mark| mark.repeat(2000)) {
            assert!(!is_too_deep(&line), "a rule");
        }
        for line in ["a ".repeat(2000), " ".repeat(2000), format!("{}a", " ".repeat(2000)), "1.".repeat(2000)] {
            assert!(!is_too_deep(&line), "{}", &line[..9]);
        }
    }

    #[test]
    fn the_line_is_told_where_it_stands() {
        let deep = "- ".repeat(DEEPEST + 1);
        let text = format!("---\na: b\n---\n# A\n{deep}a\nb\n");
        let span = too_deep(&text, 13);
        assert_eq!(span.map(|span| &text[span.range()]), Some(format!("{deep}a").as_str()));
        assert_eq!(too_deep(&format!("{deep}a\nb"), deep.len()), None);
    }
}
