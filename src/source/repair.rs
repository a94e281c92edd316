//! Repair of text that went through a wrong decoding (UTF-8 read as Mac Roman, windows-1252 or windows-1254).
//!
//! A pass looks for characters that stand for the bytes of one UTF-8 sequence ([`sequence`]), asks which of them sound
//! text would hold too and whether the rest proves a wrong decoding ([`case`]), and restores what lost bytes on the way
//! ([`lossy`]). Passes go on until one finds nothing, so that a repaired text is never repaired again.

mod case;
mod codec;
mod lossy;
mod script;
mod sequence;
mod trust;

use super::decode::{Decoded, Edit};
use super::{Span, clamp};
use case::Case;
use codec::Table;
use sequence::Sequence;
use std::cmp::Reverse;
use std::ops::Range;

/// The wrong decoding that damaged a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// UTF-8 read as Mac Roman.
    Macintosh,
    /// UTF-8 read as windows-1252, or as Latin-1.
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

/// A damaged character that may have been one of several; shown as U+FFFD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Where the U+FFFD stands in the repaired text.
    pub span: Span,
    /// The characters that it may have been, in the order of their code points.
    pub candidates: Vec<char>,
}

/// What repair found in one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Repair {
    /// The codec that explains the damage, or most of it; `None` for sound text.
    pub codec: Option<Codec>,
    /// Runs of neighbouring characters that were repaired.
    pub runs: u32,
    /// Characters that could not be.
    pub unknown: Vec<Unknown>,
    /// What looks damaged in a text that holds too little of it to be repaired.
    pub suspect: Option<Suspect>,
}

/// The first characters of a text that look like one which went through a wrong decoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// Where they stand.
    pub span: Span,
    /// What they may have been.
    pub character: char,
    /// The wrong decoding.
    pub codec: Codec,
}

/// A damaged character: its bytes in the text as it was given, and what it was.
struct Piece {
    damaged: Range<usize>,
    was: Was,
}

enum Was {
    /// This character.
    One(char),
    /// A byte order mark at the start, which is no part of the text.
    Nothing,
    /// One of these: bytes were lost.
    OneOf(Vec<char>),
}

/// Repairs `text` where it is damaged; sound text comes back as it is, and a `String` without a copy.
#[must_use]
pub fn repair(text: impl Into<String>) -> Decoded {
    let mut decoded = Decoded::sound(text.into());
    let mut pieces: Vec<Piece> = Vec::new();
    loop {
        let found = sequence::find(&decoded.text);
        let Some((codec, more)) = pass(&decoded.text, &found) else {
            decoded.repair.suspect = case::suspect(&decoded.text, &found);
            return decoded;
        };
        let codec = decoded.repair.codec.unwrap_or(codec);
        pieces = merge(pieces, more, &decoded);
        decoded = assemble(decoded.original.unwrap_or(decoded.text), codec, &pieces);
    }
}

/// What the codec that explains most of the damage in `text` makes of it. Every piece is shorter, in characters, than
/// what it replaces, so passes come to an end.
fn pass(text: &str, found: &[(&'static Table, Vec<Sequence>)]) -> Option<(Codec, Vec<Piece>)> {
    let cases = found.iter().filter_map(|(table, sequences)| Case::new(text, table, sequences));
    let best = cases.reduce(|best, next| if next.score() > best.score() { next } else { best })?;
    Some((best.codec(), best.into_pieces()))
}

/// Pieces of an earlier pass with those of the next one, which replace them where they overlap.
fn merge(mut pieces: Vec<Piece>, next: Vec<Piece>, decoded: &Decoded) -> Vec<Piece> {
    let on_disk = |offset: usize| decoded.on_disk(clamp(offset));
    let next = next.into_iter();
    pieces
        .extend(next.map(|piece| Piece { damaged: on_disk(piece.damaged.start)..on_disk(piece.damaged.end), ..piece }));
    pieces.sort_by_key(|piece| (piece.damaged.start, Reverse(piece.damaged.end)));
    let mut end = 0;
    pieces.retain(|piece| {
        let apart = piece.damaged.start >= end;
        end = end.max(piece.damaged.end);
        apart
    });
    pieces
}

fn assemble(original: String, codec: Codec, pieces: &[Piece]) -> Decoded {
    let mut repaired = Decoded::sound(String::with_capacity(original.len()));
    repaired.repair.codec = Some(codec);
    let mut done = 0;
    let mut run_end = None;
    for piece in pieces {
        repaired.text.push_str(&original[done..piece.damaged.start]);
        let start = repaired.text.len();
        match &piece.was {
            Was::One(character) => repaired.text.push(*character),
            Was::Nothing => {}
            Was::OneOf(_) => repaired.text.push(char::REPLACEMENT_CHARACTER),
        }
        let span = Span::new(start..repaired.text.len());
        if let Was::OneOf(candidates) = &piece.was {
            repaired.repair.unknown.push(Unknown { span, candidates: candidates.clone() });
        } else {
            repaired.repair.runs += u32::from(run_end != Some(piece.damaged.start));
            run_end = Some(piece.damaged.end);
        }
        let damaged = Span::new(piece.damaged.clone());
        repaired.edits.push(Edit { text: (span.start, span.end), damaged: (damaged.start, damaged.end) });
        done = piece.damaged.end;
    }
    repaired.text.push_str(&original[done..]);
    repaired.original = Some(original);
    repaired
}
