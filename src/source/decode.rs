//! Bytes of a file to text: byte order marks, UTF-8 and UTF-16, and the map back to the file on disk.

use super::clamp;
use super::repair::{self, Repair};
use std::ops::Range;

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
    /// Bytes of what was repaired that they stand for: the text on disk with `\n` at the end of each line.
    /// [`Decoded::edited_on_disk`] tells where they are on disk.
    pub damaged: (u32, u32),
}

/// Text of a file, repaired where it was damaged, with the way back to what is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text to read: no byte order mark, damage repaired, and `\n` at the end of each line, whatever ends it on disk.
    pub text: String,
    /// The text as it is on disk, when something of it was changed. For UTF-16, as it is after decoding.
    pub original: Option<String>,
    /// What repair changed, in order, one edit for each repaired character.
    pub edits: Vec<Edit>,
    /// Where `\r\n` on disk became `\n`: the offsets of these in what was repaired, in order.
    breaks: Vec<u32>,
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
        let (edits, breaks) = (Vec::new(), Vec::new());
        Self { text, original: None, edits, breaks, repair: Repair::default(), encoding: Encoding::Utf8, bom: 0 }
    }

    /// What `read` makes of a text whose lines all end with `\n`. CommonMark (0.31, section 2.1) ends lines with `\r` and
    /// `\r\n` too, but the parser does not see the first everywhere, and with the second a line is a byte longer: what is
    /// read must not hang on that.
    pub(super) fn of_lines(disk: String, read: impl FnOnce(String) -> Self) -> Self {
        match line_feeds(&disk) {
            None => read(disk),
            Some((text, breaks)) => Self { original: Some(disk), breaks, ..read(text) },
        }
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
        let edit = after.checked_sub(1).and_then(|index| self.edits.get(index));
        self.with_breaks(match edit {
            None => offset,
            Some(edit) if offset < edit.text.1 => edit.damaged.0,
            Some(edit) => edit.damaged.1 + (offset - edit.text.1),
        })
    }

    /// The bytes in [`Self::disk_text`] that an edit stands for.
    #[must_use]
    pub fn edited_on_disk(&self, edit: &Edit) -> Range<usize> {
        self.with_breaks(edit.damaged.0)..self.with_breaks(edit.damaged.1)
    }

    /// An offset of what was repaired with the carriage returns before it.
    fn with_breaks(&self, offset: u32) -> usize {
        offset as usize + self.breaks.partition_point(|&at| at < offset)
    }
}

/// Decodes the bytes of a file and repairs damaged text. Bytes that are owned and sound UTF-8 are not copied.
///
/// # Errors
/// When the bytes are neither UTF-8 nor UTF-16 with a byte order mark.
pub fn decode(bytes: impl Into<Vec<u8>>) -> Result<Decoded, DecodeError> {
    let (text, encoding, bom) = to_text(bytes.into())?;
    Ok(Decoded { encoding, bom, ..Decoded::of_lines(text, repair::repair) })
}

/// A text with `\n` for every `\r` and `\r\n`, and where it stands for the latter; `None` where it has neither.
fn line_feeds(text: &str) -> Option<(String, Vec<u32>)> {
    let mut returns = memchr::memchr_iter(b'\r', text.as_bytes()).peekable();
    returns.peek()?;
    let (mut lines, mut breaks, mut done) = (String::with_capacity(text.len()), Vec::new(), 0);
    for at in returns {
        lines.push_str(&text[done..at]);
        if text[at + 1..].starts_with('\n') {
            breaks.push(clamp(lines.len()));
            done = at + 2;
        } else {
            done = at + 1;
        }
        lines.push('\n');
    }
    lines.push_str(&text[done..]);
    Some((lines, breaks))
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
