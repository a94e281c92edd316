//! Markup that may stand in a page as it is. Only this room can make it from text: what is not written in this
//! program is escaped on its way in.

use crate::source::bytes;
use std::ops::Range;
use std::{fmt, io};

/// Markup that is safe to stand in a page. Made by [`Writer`] and by the printer, by nothing else.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The markup as bytes of a file.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// Takes markup that the printer has made or sanitised.
    pub(super) fn trusted(markup: String) -> Self {
        Self(markup)
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Writes markup piece by piece. Literals of the program go in as they are; everything else is escaped, for text and
/// for quoted attribute values alike (and so for XML too).
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// A writer that expects about so many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: String::with_capacity(bytes) }
    }

    /// Markup from this program's own source.
    #[inline]
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(&mut self.out, text);
        self
    }

    /// Markup that was made before.
    #[inline]
    pub fn html(&mut self, html: &Html) -> &mut Self {
        self.out.push_str(&html.0);
        self
    }

    /// A part of markup that was made before, by bytes: one that is markup by itself. Nothing where there is no such part.
    #[inline]
    pub fn part(&mut self, html: &Html, part: Range<usize>) -> &mut Self {
        self.out.push_str(html.0.get(part).unwrap_or_default());
        self
    }

    /// A number in decimal.
    pub fn number(&mut self, number: u32) -> &mut Self {
        self.out.push_str(bytes::decimal(number, &mut [0; 10]));
        self
    }

    /// ` name="value"`, the value escaped.
    pub fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// A part of what was written before, once more. Nothing where there is no such part.
    pub fn again(&mut self, part: Range<usize>) -> &mut Self {
        if self.out.get(part.clone()).is_some() {
            self.out.extend_from_within(part);
        }
        self
    }

    /// Bytes written so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> Html {
        Html(self.out)
    }

    /// Takes what was written from byte `from` on back out.
    pub(super) fn split_off(&mut self, from: usize) -> String {
        self.out.split_off(from)
    }

    /// Markup of the printer's own making.
    pub(super) fn trusted(&mut self, markup: &str) -> &mut Self {
        self.out.push_str(markup);
        self
    }
}

/// What stands for a byte that cannot stand for itself. Control characters are forbidden in HTML and in XML, and
/// would make the page invalid.
const fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        b'\t' | b'\n' | b'\r' => None,
        0..=0x1f | 0x7f => Some("\u{fffd}"),
        _ => None,
    }
}

/// Whether [`entity`] has something for a byte, by comparisons only.
const fn is_special(byte: u8) -> bool {
    // `&` and `'` differ in one bit, and so do `<` and `>`.
    let mark = (byte & 0xfe == b'&') | (byte & 0xfd == b'<') | (byte == b'"');
    let control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    mark | control | (byte == 0x7f)
}

/// The length of the text at the start that needs no escaping.
fn plain_length(bytes: &[u8]) -> usize {
    bytes::find(bytes, is_special).unwrap_or(bytes.len())
}

/// Appends `text` to `out`, escaped.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    loop {
        let (plain, tail) = rest.split_at(plain_length(rest.as_bytes()));
        out.push_str(plain);
        let Some(entity) = tail.bytes().next().and_then(entity) else { break };
        out.push_str(entity);
        rest = &tail[1..];
    }
}

/// Writes `text` to `out`, escaped: what templates do to every value that is not markup.
///
/// # Errors
/// When `out` cannot be written to.
pub fn escape_to(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rest = text;
    loop {
        let (plain, tail) = rest.split_at(plain_length(rest.as_bytes()));
        out.write_all(plain.as_bytes())?;
        let Some(entity) = tail.bytes().next().and_then(entity) else { return Ok(()) };
        out.write_all(entity.as_bytes())?;
        rest = &tail[1..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_for_text_attributes_and_xml() {
        let mut writer = Writer::default();
        writer.raw("<a").attribute("title", "\"'<>&").raw(">").text("<b>\u{1}\0\tx</b>").raw("</a>");
        let expected = "<a title=\"&quot;&#39;&lt;&gt;&amp;\">&lt;b&gt;\u{fffd}\u{fffd}\tx&lt;/b&gt;</a>";
        assert_eq!(writer.finish().as_str(), expected);
    }

    #[test]
    fn numbers_are_decimal() {
        let mut writer = Writer::default();
        writer.number(0).raw(" ").number(907).raw(" ").number(u32::MAX);
        assert_eq!(writer.finish().as_str(), "0 907 4294967295");
    }

    #[test]
    fn every_byte_is_escaped_wherever_it_stands() {
        for byte in 0..=127_u8 {
            for before in [0, 1, 15, 16, 17, 40] {
                let text = format!("{}{}{}", "x".repeat(before), char::from(byte), "é".repeat(20));
                let mut out = String::new();
                escape(&mut out, &text);
                let plain = char::from(byte).to_string();
                let expected = text.replace(char::from(byte), entity(byte).unwrap_or(&plain));
                let expected = if byte == b'x' { text.clone() } else { expected };
                assert_eq!(out, expected, "byte {byte} after {before}");
                let mut written = Vec::new();
                escape_to(&text, &mut written).unwrap();
                assert_eq!(written, out.as_bytes());
            }
        }
    }
}
