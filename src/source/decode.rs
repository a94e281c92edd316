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
    /// The text to read: no byte order mark, damage repaired; line breaks as they are on disk.
    pub text: String,
    /// The text as it is on disk, when repair changed something.
    pub original: Option<String>,
    /// What repair changed, in order.
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
        /// Offset of the first bad byte.
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

    /// The text as it is on disk.
    #[must_use]
    pub fn disk_text(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.text)
    }

    /// The offset in [`Self::disk_text`] of an offset in [`Self::text`]; inside a repaired run, its start.
    #[must_use]
    pub fn on_disk(&self, offset: u32) -> usize {
        let after = self.edits.partition_point(|edit| edit.text.0 <= offset);
        let Some(edit) = after.checked_sub(1).and_then(|index| self.edits.get(index)) else {
            return offset as usize;
        };
        if offset < edit.text.1 { edit.disk.0 as usize } else { (edit.disk.1 + (offset - edit.text.1)) as usize }
    }
}

/// Decodes the bytes of a file and repairs damaged text.
///
/// # Errors
/// When the bytes are neither UTF-8 nor UTF-16 with a byte order mark.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(body).map_err(|fault| {
        let offset = fault.valid_up_to();
        let line = body[..offset].iter().filter(|&&byte| byte == b'\n').count() + 1;
        DecodeError::NotUtf8 { offset, line: u32::try_from(line).unwrap_or(u32::MAX) }
    })?;
    let mut decoded = repair::repair(text);
    decoded.bom = u8::try_from(bytes.len() - body.len()).unwrap_or_default();
    Ok(decoded)
}
