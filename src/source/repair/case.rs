//! The case for one codec: what it makes of a text, and whether that is enough to change the text.

use super::codec::Table;
use super::lossy;
use super::script::{Script, is_accent};
use super::sequence::Sequence;
use super::trust::{Trust, trust};
use super::{Codec, Piece, Was};

/// A whole sequence that reads as a plausible character.
pub(super) struct Hit {
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// What it was.
    pub(super) character: char,
    /// The script of that character.
    pub(super) script: Script,
    trust: Trust,
}

/// What one codec explains, where its evidence suffices.
pub(super) struct Case<'a> {
    table: &'static Table,
    text: &'a str,
    hits: Vec<Hit>,
    lossy: Vec<Piece>,
}

/// Short hits that prove a wrong decoding as one long hit does, and letters of two bytes that do so as a word.
const SHORT_HITS: usize = 3;

/// Neighbouring letters of three bytes that prove a script.
const LONG_LETTERS: usize = 2;

impl<'a> Case<'a> {
    /// The case for `table`; `None` when sound text might look like this.
    pub(super) fn new(text: &'a str, table: &'static Table, sequences: &[Sequence]) -> Option<Self> {
        let mut hits = hits(text, table.codec, sequences);
        let scripts = proven_scripts(&hits);
        let proven = !scripts.is_empty() || is_proven(&hits, 0);
        if !proven && !may_have_lost_symbols(sequences) {
            return None;
        }
        let all = proven && is_all_damage(text, &hits);
        hits.retain(|hit| all || scripts.contains(&hit.script) || hit.is_believable());
        let lossy = lossy::pieces(text, table, &hits, &scripts);
        let case = Self { table, text, hits, lossy };
        (proven || is_proven(&case.hits, case.restored())).then_some(case)
    }

    /// The codec.
    pub(super) fn codec(&self) -> Codec {
        self.table.codec
    }

    /// How much of the text the codec explains: characters in whole sequences, and sequences restored from less.
    pub(super) fn score(&self) -> usize {
        let characters = self.hits.iter().map(|hit| self.text[hit.start..hit.end].chars().count());
        characters.sum::<usize>() + self.restored()
    }

    fn restored(&self) -> usize {
        self.lossy.iter().filter(|piece| matches!(piece.was, Was::One(_))).count()
    }

    /// The pieces to put in place, in order.
    pub(super) fn into_pieces(self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = self.hits.into_iter().map(Hit::into_piece).collect();
        pieces.extend(self.lossy);
        pieces.sort_by_key(|piece| piece.disk.start);
        pieces
    }
}

impl Hit {
    fn is_believable(&self) -> bool {
        match self.script {
            Script::EastAsian => self.trust == Trust::Proof,
            script => script.stands_alone() && self.trust != Trust::Doubtful,
        }
    }

    fn is_evidence(&self) -> bool {
        self.trust == Trust::Proof && matches!(self.script, Script::Latin | Script::Symbol)
    }

    fn is_long(&self) -> bool {
        self.character.len_utf8() > 2
    }

    fn into_piece(self) -> Piece {
        let was = match (self.start, self.character) {
            (0, '\u{FEFF}') => Was::Nothing,
            (_, character) => Was::One(character),
        };
        Piece { disk: self.start..self.end, was }
    }
}

fn hits(text: &str, codec: Codec, sequences: &[Sequence]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for sequence in sequences {
        let Some(character) = sequence.character() else { continue };
        let Some(script) = Script::of(character) else { continue };
        let (start, end) = (sequence.start, sequence.end);
        let touches = hits.last().is_some_and(|last| last.end == start);
        if is_accent(character) && !touches && !text[..start].ends_with(|before: char| before.is_ascii_alphabetic()) {
            continue;
        }
        let mut hit = Hit { start, end, character, script, trust: trust(codec, sequence, text) };
        if let Some(last) = hits.last_mut().filter(|_| touches) {
            last.trust = Trust::Proof;
            hit.trust = Trust::Proof;
        }
        hits.push(hit);
    }
    hits
}

fn is_proven(hits: &[Hit], restored: usize) -> bool {
    let evidence = || hits.iter().filter(|hit| hit.is_evidence());
    evidence().any(Hit::is_long) || evidence().count() + restored >= SHORT_HITS
}

/// Scripts other than Latin of which a whole word stands in the text.
fn proven_scripts(hits: &[Hit]) -> Vec<Script> {
    let mut scripts = Vec::new();
    for word in hits.chunk_by(|hit, next| hit.end == next.start && hit.script == next.script) {
        let script = word[0].script;
        let enough = if word[0].is_long() { LONG_LETTERS } else { SHORT_HITS };
        let letters = !matches!(script, Script::Latin | Script::Symbol);
        if letters && word.len() >= enough && !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    scripts
}

/// Whether nothing outside ASCII stands outside of hits: then there is no sound text to be mistaken.
fn is_all_damage(text: &str, hits: &[Hit]) -> bool {
    let starts = hits.iter().map(|hit| hit.start).chain([text.len()]);
    let ends = [0].into_iter().chain(hits.iter().map(|hit| hit.end));
    ends.zip(starts).all(|(end, start)| text[end..start].is_ascii())
}

/// Whether lost bytes alone might prove something.
fn may_have_lost_symbols(sequences: &[Sequence]) -> bool {
    let lossy = sequences.iter().filter(|sequence| sequence.is_lossy() && matches!(sequence.lead(), 0xE2 | 0xF0));
    lossy.count() >= SHORT_HITS
}
