//! Bytes of a file to text: byte order marks, UTF-8 and UTF-16, and the map back to the file on disk.

use super::repair::{self, Repair};

/// The encoding that a file had on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little endian, by its byte order mark.
    Utf16Le,
    /// UTF-16, big endian, by its byte order mark.
    Utf16Be,
}

/// One place where the repaired text differs from the text on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// Bytes in [`Decoded::text`].
    pub text: (u32, u32),
    /// Bytes in [`Decoded::disk_text`] that they stand for.
    pub disk: (u32, u32),
}

/// Text of a file, repaired where it was damaged, with the way back to what is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text to read: no byte order mark, damage repaired, and `\n` for every carriage return that ends a line alone;
    /// other line breaks as they are on disk.
    pub text: String,
    /// The text as it is on disk, when something of it was changed. For UTF-16, as it is after decoding.
    pub original: Option<String>,
    /// What repair changed, in order, one edit for each repaired character.
    pub edits: Vec<Edit>,
    /// What repair found.
    pub repair: Repair,
    /// The encoding on disk.
    pub encoding: Encoding,
    /// Bytes of the byte order mark that stood before the text.
    pub bom: u8,
}

/// Why bytes are not text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not valid UTF-8 from this byte offset on, and no byte order mark says what it is instead.
    #[error("not valid UTF-8 at byte {offset} (line {line})")]
    NotUtf8 {
        /// Offset of the first bad byte in the file.
        offset: usize,
        /// Its line, from 1.
        line: u32,
    },
    /// A byte order mark promised UTF-16, and the bytes are not.
    #[error("begins with a UTF-16 byte order mark, but is not valid UTF-16")]
    NotUtf16,
}

impl Decoded {
    /// Text that is known to be sound.
    #[must_use]
    pub fn sound(text: String) -> Self {
        Self { text, original: None, edits: Vec::new(), repair: Repair::default(), encoding: Encoding::Utf8, bom: 0 }
    }

    /// The same with `\n` for every carriage return that no `\n` follows. CommonMark (0.31, section 2.1) takes such a one
    /// for a line ending, but the parser does not see it everywhere. Each is one byte, so that no offset changes.
    pub(super) fn with_line_feeds(mut self) -> Self {
        if let Some(text) = line_feeds(&self.text) {
            let text = std::mem::replace(&mut self.text, text);
            self.original.get_or_insert(text);
        }
        self
    }

    /// The text as it is on disk; for UTF-16, after decoding.
    #[must_use]
    pub fn disk_text(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.text)
    }

    /// The offset in [`Self::disk_text`] of an offset in [`Self::text`]; inside a repaired character, its start.
    #[must_use]
    pub fn on_disk(&self, offset: u32) -> usize {
        let after = self.edits.partition_point(|edit| edit.text.0 <= offset);
        let Some(edit) = after.checked_sub(1).and_then(|index| self.edits.get(index)) else {
            return offset as usize;
        };
        if offset < edit.text.1 { edit.disk.0 as usize } else { (edit.disk.1 + (offset - edit.text.1)) as usize }
    }
}

/// Decodes the bytes of a file and repairs damaged text. Bytes that are owned and sound UTF-8 are not copied.
///
/// # Errors
/// When the bytes are neither UTF-8 nor UTF-16 with a byte order mark.
pub fn decode(bytes: impl Into<Vec<u8>>) -> Result<Decoded, DecodeError> {
    let (text, encoding, bom) = to_text(bytes.into())?;
    Ok(Decoded { encoding, bom, ..repair::repair(text) }.with_line_feeds())
}

/// A text with `\n` for every lone carriage return; `None` where it has none.
fn line_feeds(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut lone = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).peekable();
    lone.peek()?;
    let mut lines = String::with_capacity(text.len());
    let mut done = 0;
    for at in lone {
        lines.push_str(&text[done..at]);
        lines.push('\n');
        done = at + 1;
    }
    lines.push_str(&text[done..]);
    Some(lines)
}

fn to_text(mut bytes: Vec<u8>) -> Result<(String, Encoding, u8), DecodeError> {
    match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            Ok((utf8(bytes, 3)?, Encoding::Utf8, 3))
        }
        [0xFF, 0xFE, body @ ..] => Ok((utf16(body, encoding_rs::UTF_16LE)?, Encoding::Utf16Le, 2)),
        [0xFE, 0xFF, body @ ..] => Ok((utf16(body, encoding_rs::UTF_16BE)?, Encoding::Utf16Be, 2)),
        _ => Ok((utf8(bytes, 0)?, Encoding::Utf8, 0)),
    }
}

fn utf8(bytes: Vec<u8>, bom: usize) -> Result<String, DecodeError> {
    String::from_utf8(bytes).map_err(|fault| {
        let sound = fault.utf8_error().valid_up_to();
        let line = memchr::memchr_iter(b'\n', &fault.as_bytes()[..sound]).count() + 1;
        DecodeError::NotUtf8 { offset: bom + sound, line: u32::try_from(line).unwrap_or(u32::MAX) }
    })
}

/// A NUL at the very start means UTF-32, whose byte order mark begins like that of UTF-16.
fn utf16(body: &[u8], encoding: &'static encoding_rs::Encoding) -> Result<String, DecodeError> {
    if body.starts_with(&[0, 0]) {
        return Err(DecodeError::NotUtf16);
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(body);
    text.map(Into::into).ok_or(DecodeError::NotUtf16)
}
