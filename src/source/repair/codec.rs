//! The wrong decodings as tables from characters back to the bytes that they were read from.

use super::Codec;
use std::sync::LazyLock;

/// Stands for a byte that was replaced by U+FFFD on the way. No codec gives it: it is ASCII.
pub(super) const LOST: u8 = 1;

/// One codec, from characters to bytes.
pub(super) struct Table {
    /// The codec.
    pub(super) codec: Codec,
    /// Bytes to which the codec gives no character. The WHATWG reads them as the C1 control of the same number;
    /// other programs drop them or put U+FFFD.
    pub(super) undefined: Vec<u8>,
    bytes: Vec<u8>,
}

/// Every character of the three codecs is below this, save the one that [`Table::byte`] names.
const CHARACTERS: usize = 0x2600;

/// First bytes of UTF-8 sequences of two, three or four bytes.
const LEADS: std::ops::RangeInclusive<u8> = 0xC2..=0xF4;

/// The tables; where two explain a text equally well, the first is meant.
pub(super) fn tables() -> &'static [Table; 3] {
    static TABLES: LazyLock<[Table; 3]> = LazyLock::new(|| {
        [
            Table::new(Codec::Windows1252, encoding_rs::WINDOWS_1252),
            Table::new(Codec::Windows1254, encoding_rs::WINDOWS_1254),
            Table::new(Codec::Macintosh, encoding_rs::MACINTOSH),
        ]
    });
    &TABLES
}

impl Table {
    fn new(codec: Codec, encoding: &'static encoding_rs::Encoding) -> Self {
        let mut table = Self { codec, undefined: Vec::new(), bytes: vec![0; CHARACTERS] };
        for byte in 0x80..=0xFF_u8 {
            let read = encoding.decode_without_bom_handling(&[byte]).0.chars().next().map_or(0, u32::from);
            if let Some(slot) = table.bytes.get_mut(read as usize) {
                *slot = byte;
            }
            if codec != Codec::Macintosh && byte < 0xA0 {
                // Latin-1 reads all of these as controls: it is windows-1252 in all but these bytes.
                table.bytes[usize::from(byte)] = byte;
                table.undefined.extend((read == u32::from(byte)).then_some(byte));
            }
        }
        table
    }

    /// The byte from 0x80 on that was read as `character`, or 0; [`LOST`] for a replacement character where the codec
    /// has undefined bytes.
    pub(super) fn byte(&self, character: char) -> u8 {
        match character {
            '\u{F8FF}' if self.codec == Codec::Macintosh => 0xF0,
            char::REPLACEMENT_CHARACTER if !self.undefined.is_empty() => LOST,
            _ => self.bytes.get(character as usize).copied().unwrap_or_default(),
        }
    }

    /// The byte of a character that was the first of a sequence of two to four bytes.
    pub(super) fn lead(&self, character: char) -> Option<u8> {
        let byte = self.byte(character);
        LEADS.contains(&byte).then_some(byte)
    }

    /// The byte of a character that was not the first of its sequence.
    pub(super) fn follower(&self, character: char) -> Option<u8> {
        let byte = self.byte(character);
        (matches!(byte, 0x80..=0xBF) || byte == LOST).then_some(byte)
    }

    /// The table with the most undefined bytes of those that read these characters in the same way: which one it was
    /// cannot be known then.
    pub(super) fn widest(&'static self, mut characters: impl Iterator<Item = char>) -> &'static Self {
        let [_, wider, _] = tables();
        let alike = self.codec == Codec::Windows1252 && characters.all(|next| self.byte(next) == wider.byte(next));
        if alike { wider } else { self }
    }
}
