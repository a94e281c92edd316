//! How authors write states, where that decides what is printed beside them.

/// Bytes of a line within which its label ends.
const LABEL: usize = 40;

/// The words of a mark, without the glyphs and the emphasis around them: `Done` of `✅ **Done**`.
pub(super) fn words(mark: &str) -> &str {
    mark.trim_matches(|c: char| !c.is_alphanumeric() && (!c.is_ascii() || matches!(c, ' ' | '*' | '_')))
}

/// Whether a mark begins with a state's own name, as `In progress (11 of 14)` does.
pub(super) fn begins_with(mark: &str, label: &str) -> bool {
    let words = words(mark);
    let Some((begin, rest)) = words.split_at_checked(label.len()) else { return false };
    begin.eq_ignore_ascii_case(label) && !rest.starts_with(char::is_alphanumeric)
}

/// Whether the line at an offset is one of several that each begin with a label, as `Status: open`, and that nothing parts
/// but the ends of lines.
pub(super) fn is_among_fields(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let is_inside = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let above = text[..start].lines().rev().take_while(is_inside);
    let here = text[start..].lines().take(1);
    let below = after.lines().skip(1).take_while(is_inside);
    let mut lines = 0;
    above.chain(here).chain(below).inspect(|_| lines += 1).all(|line| is_field(line) && !is_broken(line)) && lines > 1
}

/// Whether a line begins with a label.
fn is_field(line: &str) -> bool {
    let start = line.trim_start_matches(['*', '_']);
    start.starts_with(char::is_alphanumeric) && start.find(':').is_some_and(|colon| colon < LABEL)
}

/// Whether a line ends with a break that Markdown keeps.
fn is_broken(line: &str) -> bool {
    line.ends_with("  ") || line.ends_with('\\')
}

#[cfg(test)]
mod tests {
    use super::{begins_with, is_among_fields, words};

    #[test]
    fn glyphs_and_emphasis_are_no_words() {
        assert_eq!(words("✅ **Done**"), "Done");
        assert_eq!(words("In progress 🟡"), "In progress");
        assert_eq!(words("✅"), "");
        assert_eq!(words("Done?"), "Done?");
    }

    #[test]
    fn a_mark_that_says_more_begins_with_its_state() {
        assert!(begins_with("Done (2026-11-19)", "done"));
        assert!(begins_with("🚫 Blocked – waiting for vendor", "blocked"));
        assert!(!begins_with("Verified", "done"));
        assert!(!begins_with("Opened", "open"));
        assert!(!begins_with("完成", "done"));
    }

    #[test]
    fn lines_with_labels_are_fields_and_prose_is_not() {
        let at = |text: &str| ["Status", "Open"].iter().all(|word| is_among_fields(text, text.find(word).unwrap()));
        assert!(at("### F-1 Keys\n\nSeverity: High\nStatus: Open\n\nText."));
        assert!(at("### F-1 Keys\n**Status:** Open\n**Owner:** @sam\n"));
        assert!(!at("Status: Open\n"));
        assert!(!at("- Severity: High\n- Status: Open\n"));
        assert!(!at("Severity: High  \nStatus: Open\n"));
        assert!(!at("Status: Open\nand more of it\n"));
    }
}
