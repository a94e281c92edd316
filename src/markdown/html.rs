//! Markup that may stand in a page as it is. Only this room can make it from text: what is not written in this
//! program is escaped on its way in.

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
    pub fn html(&mut self, html: &Html) -> &mut Self {
        self.out.push_str(&html.0);
        self
    }

    /// A number in decimal.
    pub fn number(&mut self, number: u32) -> &mut Self {
        let mut digits = [0; 10];
        let mut at = digits.len();
        let mut rest = number;
        loop {
            at -= 1;
            digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.out.extend(digits[at..].iter().map(|&digit| char::from(digit)));
        self
    }

    /// ` name="value"`, the value escaped.
    pub fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
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
fn entity(byte: u8) -> Option<&'static str> {
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

/// Whether [`entity`] has something for a byte.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'\t' as usize] = false;
    table[b'\n' as usize] = false;
    table[b'\r' as usize] = false;
    table[0x7f] = true;
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table[b'\'' as usize] = true;
    table
};

/// Appends `text` to `out`, escaped.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if SPECIAL[usize::from(byte)]
            && let Some(entity) = entity(byte)
        {
            out.push_str(&text[from..at]);
            out.push_str(entity);
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

/// Writes `text` to `out`, escaped: what templates do to every value that is not markup.
///
/// # Errors
/// When `out` cannot be written to.
pub fn escape_to(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let mut from = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if SPECIAL[usize::from(byte)]
            && let Some(entity) = entity(byte)
        {
            out.write_all(&text.as_bytes()[from..at])?;
            out.write_all(entity.as_bytes())?;
            from = at + 1;
        }
    }
    out.write_all(&text.as_bytes()[from..])
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
    fn the_table_and_the_entities_agree() {
        for byte in 0..=255_u8 {
            assert_eq!(SPECIAL[usize::from(byte)], entity(byte).is_some(), "byte {byte}");
        }
    }
}
