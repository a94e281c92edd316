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

/// Whether an offset lies in the first lines of a text, where these are several that each begin with a label, as
/// `Status: open`, and that nothing parts but the ends of lines.
pub(super) fn is_among_fields(text: &str, at: usize) -> bool {
    let blank = text.len() - text.trim_start().len();
    let lines =
        text[blank..].split_inclusive('\n').take_while(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let (mut count, mut end) = (0, blank);
    for line in lines {
        let content = line.trim_end_matches('\n');
        if !is_field(content) || is_broken(content) {
            return false;
        }
        (count, end) = (count + 1, end + line.len());
    }
    count > 1 && at < end
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
        assert!(at("\n\nSeverity: High\nStatus: Open\n\nText."));
        assert!(at("\n**Status:** Open\n**Owner:** @sam\n"));
        assert!(!at("Status: Open\n"));
        assert!(!at("- Severity: High\n- Status: Open\n"));
        assert!(!at("Severity: High  \nStatus: Open\n"));
        assert!(!at("Status: Open\nand more of it\n"));
        assert!(!at("\nProse that goes\non.\n\nSeverity: High\nStatus: Open\n"));
        assert!(!at("\nNote: prose\nBy: sam\n\nSeverity: High\nStatus: Open\n"));
    }
}
