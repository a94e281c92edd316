//! The search for characters that stand for the bytes of UTF-8 sequences. Every sound text goes through it, so it looks
//! at bytes and hops over all that cannot begin such a sequence.

use super::codec::{LOST, Table, tables};
use crate::source::bytes;

/// A character that stands for the first byte of a UTF-8 sequence, with those behind it that stand for its others.
pub(super) struct Sequence {
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    bytes: [u8; 4],
    len: u8,
}

impl Sequence {
    /// The sequence at `start`, where a character begins, however few of its bytes are left.
    pub(super) fn read(text: &str, start: usize, table: &Table) -> Option<Self> {
        let mut chars = text[start..].char_indices();
        let lead = table.lead(chars.next()?.1)?;
        let mut sequence = Self { start, end: 0, bytes: [lead, 0, 0, 0], len: 1 };
        for slot in &mut sequence.bytes[1..needs(lead)] {
            let Some(byte) = chars.clone().next().and_then(|(_, next)| table.follower(next)) else { break };
            chars.next();
            *slot = byte;
            sequence.len += 1;
        }
        sequence.end = start + chars.offset();
        Some(sequence)
    }

    /// The first byte.
    pub(super) fn lead(&self) -> u8 {
        self.bytes[0]
    }

    /// The bytes behind the first that are left; [`LOST`] for those that U+FFFD stands for.
    pub(super) fn followers(&self) -> &[u8] {
        &self.bytes[1..usize::from(self.len)]
    }

    /// How many bytes the first one promises, itself included.
    pub(super) fn needs(&self) -> usize {
        needs(self.lead())
    }

    /// Whether bytes are missing.
    pub(super) fn is_lossy(&self) -> bool {
        usize::from(self.len) < self.needs() || self.followers().contains(&LOST)
    }

    /// The second half of a surrogate pair, of which programs that write every half by itself may have lost the first.
    pub(super) fn second_half(&self) -> Option<u32> {
        match self.bytes {
            [0xED, high @ 0xB0..=0xBF, low @ 0x80..=0xBF, _] if self.len == 3 => {
                Some(0xD000 | u32::from(high & 0x3F) << 6 | u32::from(low & 0x3F))
            }
            _ => None,
        }
    }

    /// The character, when no byte is missing and they are valid UTF-8.
    pub(super) fn character(&self) -> Option<char> {
        if self.is_lossy() {
            return None;
        }
        std::str::from_utf8(&self.bytes[..self.needs()]).ok()?.chars().next()
    }
}

fn needs(lead: u8) -> usize {
    match lead {
        ..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0.. => 4,
    }
}

/// For each table its sequences of two characters or more, in order. Allocates nothing when there are none.
pub(super) fn find(text: &str) -> [(&'static Table, Vec<Sequence>); 3] {
    let mut found = tables().each_ref().map(|table| (table, Vec::new()));
    for at in leads(text).filter(|&at| is_followed(text.as_bytes(), at)) {
        let mut pair = text[at..].chars();
        let (Some(first), Some(second)) = (pair.next(), pair.next()) else { continue };
        for (table, sequences) in &mut found {
            if table.lead(first).is_some() && table.follower(second).is_some() {
                sequences.extend(Sequence::read(text, at, table));
            }
        }
    }
    found
}

/// Whether the character behind the one at `at`, of those that [`may_lead`], is outside ASCII.
fn is_followed(bytes: &[u8], at: usize) -> bool {
    let width = if bytes[at] < 0xE0 { 2 } else { 3 };
    bytes.get(at + width).is_some_and(|next| !next.is_ascii())
}

/// Whether one of the tables may have characters that begin with this byte: the Latin-1 letters, those of Turkish, and
/// the punctuation, mathematics and apple (U+F8FF) of Mac Roman.
fn may_lead(byte: u8) -> bool {
    (0xC2..=0xC6).contains(&byte) | (byte == 0xE2) | (byte == 0xEF)
}

/// Where the characters begin that may stand for a first byte in some codec, and some others.
pub(super) fn leads(text: &str) -> impl Iterator<Item = usize> {
    bytes::positions(text.as_bytes(), may_lead)
}
