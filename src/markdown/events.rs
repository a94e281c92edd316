//! The parser's events, with emoji that are written by name (`:white_check_mark:`) as the emoji that GitHub shows.

use super::options;
use pulldown_cmark::{CowStr, Event, OffsetIter, Parser, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// Names that Slack knows and GitHub does not, which people write all the same.
const OF_SLACK: [(&str, &str); 3] =
    [("large_green_circle", "🟢"), ("large_yellow_circle", "🟡"), ("octagonal_sign", "🛑")];

/// An emoji by name: the bytes from colon to colon, and the emoji.
type Named = (Range<usize>, &'static str);

/// The events of a text, each with its bytes.
pub(super) fn events(text: &str) -> Events<'_> {
    Events {
        text,
        events: Parser::new_ext(text, options()).into_offset_iter(),
        named: named(text),
        is_code: false,
        ready: VecDeque::new(),
    }
}

/// See [`events`].
pub(super) struct Events<'s> {
    text: &'s str,
    events: OffsetIter<'s>,
    /// The names that are still ahead or under way, the last first.
    named: Vec<Named>,
    is_code: bool,
    ready: VecDeque<(Event<'s>, Range<usize>)>,
}

impl<'s> Iterator for Events<'s> {
    type Item = (Event<'s>, Range<usize>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.named.is_empty() && self.ready.is_empty() {
            return self.events.next();
        }
        self.next_named()
    }
}

impl<'s> Events<'s> {
    /// The next event, where names are ahead.
    fn next_named(&mut self) -> Option<(Event<'s>, Range<usize>)> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            let (event, range) = self.events.next()?;
            match event {
                Event::Start(Tag::CodeBlock(_)) => self.is_code = true,
                Event::End(TagEnd::CodeBlock) => self.is_code = false,
                Event::Text(text) if !self.is_code && self.text.get(range.clone()) == Some(&*text) => {
                    self.split(range);
                    continue;
                }
                _ => {}
            }
            return Some((event, range));
        }
    }

    /// Readies a text of the source. The parser ends texts at characters that may be markup, so that a name may go on in
    /// the texts behind it: it is told where it begins.
    fn split(&mut self, range: Range<usize>) {
        let mut from = range.start;
        while let Some((name, emoji)) = self.named.pop_if(|(name, _)| name.start < range.end) {
            if name.start >= from {
                self.ready_text(from..name.start);
                self.ready.push_back((Event::Text(CowStr::Borrowed(emoji)), name.clone()));
            }
            from = from.max(name.end);
            if name.end > range.end {
                // The text that it ends in, or the next one of its texts, leaves it out too.
                self.named.push((name.start..name.end, emoji));
                break;
            }
        }
        self.ready_text(from.min(range.end)..range.end);
    }

    fn ready_text(&mut self, range: Range<usize>) {
        if let Some(text) = self.text.get(range.clone()).filter(|text| !text.is_empty()) {
            self.ready.push_back((Event::Text(CowStr::Borrowed(text)), range));
        }
    }
}

/// The emoji by name in a text, the last first. A letter or digit right before the first colon makes it a time or a path.
fn named(text: &str) -> Vec<Named> {
    let bytes = text.as_bytes();
    let is_beside = |at: usize| at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric());
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(byte);
    let mut found: Vec<Named> = Vec::new();
    for start in memchr::memchr_iter(b':', bytes) {
        let name = bytes[start + 1..].iter().take(LONGEST + 1).take_while(|byte| is_part(byte)).count();
        let end = start + name + 2;
        if name > 0 && bytes.get(end - 1) == Some(&b':') && !is_beside(start) {
            found.extend(emoji(&text[start + 1..end - 1]).map(|emoji| (start..end, emoji)));
        }
    }
    // One colon does not end a name and begin the next.
    found.dedup_by(|next, last| next.0.start < last.0.end);
    found.reverse();
    found
}

/// Bytes of the longest name.
const LONGEST: usize = 40;

fn emoji(name: &str) -> Option<&'static str> {
    let of_slack = || OF_SLACK.iter().find(|(known, _)| *known == name).map(|(_, emoji)| *emoji);
    emojis::get_by_shortcode(name).map(|emoji| emoji.as_str()).or_else(of_slack)
}

#[cfg(test)]
mod tests {
    use super::events;
    use pulldown_cmark::Event;

    /// The texts of a source, joined, and the bytes of those that are not as they stand there.
    fn texts(source: &str) -> (String, Vec<&str>) {
        let mut joined = String::new();
        let mut named = Vec::new();
        for (event, range) in events(source) {
            let (Event::Text(text) | Event::Code(text)) = event else { continue };
            joined.push_str(&text);
            if source[range.clone()] != *text && !source[range.clone()].contains('`') {
                named.push(&source[range]);
            }
        }
        (joined, named)
    }

    #[test]
    fn names_of_emoji_are_emoji() {
        assert_eq!(texts("- Mail: :white_check_mark:"), ("Mail: ✅".to_owned(), vec![":white_check_mark:"]));
        assert_eq!(texts(":x: :warning:!\n"), ("❌ ⚠\u{fe0f}!".to_owned(), vec![":x:", ":warning:"]));
        assert_eq!(texts("**:large_green_circle:**_:x:_").0, "🟢❌");
        assert_eq!(texts("| a | :no_entry_sign: |\n|---|---|\n| :x: | :-1: |").0, "a🚫❌👎");
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for text in ["at 12:100:30", "a:x:b", "::x", ":X:", ":unknown_name:", "`:x:`", ":", ":x", "x:"] {
            assert_eq!(texts(text).0, text.replace('`', ""), "{text}");
        }
        assert_eq!(texts("```\n:x:\n```\n:x:").0, ":x:\n❌");
        assert_eq!(texts("<p title=\":x:\">\n\n[:x:](a:x:)").0, "❌");
        assert_eq!(texts(":x:x:").0, "❌x:");
        assert_eq!(texts(":x::x:").0, "❌❌");
        assert_eq!(texts(":x:Ropes").0, "❌Ropes");
    }
}
