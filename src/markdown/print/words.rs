//! What becomes a link in plain text: ids of items (`PR-004`) and bare web addresses.

use super::Printer;
use super::hooks::{Hooks, Href};
use super::inline::write_href;
use super::items::at;
use memchr::memchr_iter;
use std::ops::Range;

impl<H: Hooks> Printer<'_, H> {
    /// Prints text that begins at `offset` of the source (roughly, where entities stand in it).
    pub(super) fn plain_text(&mut self, text: &str, offset: usize) {
        if !self.links.is_empty() || memchr::memchr2(b'-', b':', text.as_bytes()).is_none() {
            self.sheet.out.text(text);
            return;
        }
        let mut printed = 0;
        for dash in memchr_iter(b'-', text.as_bytes()) {
            if let Some(id) = id_around(text, dash)
                && id.start >= printed
                && let Some(href) = self.hooks.mention(at(offset + id.start), &text[id.clone()])
            {
                self.addresses(&text[printed..id.start]);
                self.sheet.own(|out| {
                    out.raw("<a class=\"ref\"").attribute("href", &href).raw(">").text(&text[id.clone()]).raw("</a>");
                });
                printed = id.end;
            }
        }
        self.addresses(&text[printed..]);
    }

    /// Prints text; bare web addresses in it become links, as on GitHub.
    fn addresses(&mut self, text: &str) {
        let mut rest = text;
        while let Some(address) = address_in(rest) {
            let (before, found) = (&rest[..address.start], &rest[address.clone()]);
            self.sheet.out.text(before);
            match self.hooks.link(u32::MAX, found) {
                Href::Dead(_) => {
                    self.sheet.out.text(found);
                }
                href => self.sheet.own(|out| {
                    out.raw("<a");
                    write_href(&href, out);
                    out.raw(">").text(found).raw("</a>");
                }),
            }
            rest = &rest[address.end..];
        }
        self.sheet.out.text(rest);
    }
}

/// The id with a letter prefix around a dash: `[A-Z]{1,6}(-[A-Z0-9]+)*-\d+`, not part of a longer word.
fn id_around(text: &str, dash: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let part = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'-';
    let start = dash - bytes[..dash].iter().rev().take_while(|byte| part(byte)).count();
    let end = dash + bytes[dash..].iter().take_while(|byte| part(byte)).count();
    let id = text.get(start..end)?.trim_end_matches('-');
    let end = start + id.len();
    let prefix = id.bytes().take_while(u8::is_ascii_uppercase).count();
    let (_, number) = id.rsplit_once('-')?;
    let whole = (1..=6).contains(&prefix)
        && id.as_bytes()[prefix] == b'-'
        && !id.contains("--")
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit());
    (whole && stands_alone(&text[..start], &text[end..])).then_some(start..end)
}

/// Whether what stands between two texts is a word of its own, and not part of a name, path or address.
fn stands_alone(before: &str, after: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut next = after.chars();
    let goes_on = match next.next() {
        Some('-' | '.' | '/') => next.next().is_some_and(word),
        first => first.is_some_and(word),
    };
    !goes_on && !before.ends_with(word) && !before.ends_with(['/', '-'])
}

/// The first bare web address in a text, without the punctuation behind it.
fn address_in(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(colon) = text[from..].find("://").map(|found| from + found) {
        let scheme = ["https", "http"].into_iter().find(|scheme| text[..colon].ends_with(scheme));
        if let Some(scheme) = scheme {
            let start = colon - scheme.len();
            let length = text[start..].find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len() - start);
            let end = start + trimmed(&text[start..start + length]);
            let alone = !text[..start].ends_with(char::is_alphanumeric);
            if alone && end > colon + 3 && text[colon + 3..end].starts_with(char::is_alphanumeric) {
                return Some(start..end);
            }
        }
        from = colon + 3;
    }
    None
}

/// The length of an address without the punctuation that ends the sentence around it.
fn trimmed(address: &str) -> usize {
    let mut address = address;
    loop {
        let shorter = address.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '"', '*', '_', '~', ']']);
        let closes = shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = if closes { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == address.len() {
            return address.len();
        }
        address = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_a_letter_prefix_and_stand_alone() {
        let id = |text: &str| id_around(text, text.find('-').unwrap()).map(|range| text[range].to_owned());
        assert_eq!(id("see PR-004."), Some("PR-004".to_owned()));
        assert_eq!(id("SEC-API-12-"), Some("SEC-API-12".to_owned()));
        assert_eq!(id("(A-1)"), Some("A-1".to_owned()));
        for text in [
            "PR-",
            "PR-x",
            "xPR-1",
            "PR-1x",
            "UTF-8s",
            "ABCDEFG-1",
            "1-2",
            "-5",
            "PR--4",
            "ÄPR-1",
            "PR-00A",
            "PR-4-db",
            "x/PR-4",
            "PR-4.md",
        ] {
            assert_eq!(id(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_end_before_the_punctuation_of_the_sentence() {
        let found = |text: &'static str| address_in(text).map(|range| &text[range]);
        assert_eq!(found("see https://a.example/x_(y)."), Some("https://a.example/x_(y)"));
        assert_eq!(found("(http://a.example/)"), Some("http://a.example/"));
        assert_eq!(found("xhttps://a.example"), None);
        assert_eq!(found("ftp://a.example and https://"), None);
    }
}
