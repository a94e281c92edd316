//! The case for one codec: what it makes of a text, and whether that is enough to change the text.

use super::codec::Table;
use super::lossy;
use super::script::{Script, is_accent};
use super::sequence::Sequence;
use super::trust::{Trust, trust};
use super::{Codec, Piece, Suspect, Was};
use crate::source::Span;

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
    /// What it proves by itself.
    trust: Trust,
    /// Whether another hit begins or ends where this one ends or begins: then it is no coincidence.
    touches: bool,
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
        let all = proven && is_all_damage(text, sequences);
        hits.retain(|hit| all || hit.is_believable(&scripts));
        let characters = sequences.iter().flat_map(|sequence| text[sequence.start..sequence.end].chars());
        let mut lossy = lossy::pieces(text, table.widest(characters), &hits, &scripts);
        if proven {
            lossy.extend(lossy::halves(text, sequences));
        }
        let case = Self { table, text, hits, lossy };
        (proven || is_proven(&case.hits, case.restored())).then_some(case)
    }

    /// The codec.
    pub(super) fn codec(&self) -> Codec {
        self.table.codec
    }

    /// How much of the text the codec explains: characters in whole sequences, and sequences that are not whole.
    pub(super) fn score(&self) -> usize {
        let characters = self.hits.iter().map(|hit| self.text[hit.start..hit.end].chars().count());
        characters.sum::<usize>() + self.lossy.len()
    }

    fn restored(&self) -> usize {
        self.lossy.iter().filter(|piece| matches!(piece.was, Was::One(_))).count()
    }

    /// The pieces to put in place, in order.
    pub(super) fn into_pieces(self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = self.hits.into_iter().map(Hit::into_piece).collect();
        pieces.extend(self.lossy);
        pieces.sort_by_key(|piece| piece.damaged.start);
        pieces
    }
}

impl Hit {
    /// Whether to believe it in a text that is damaged, given the scripts that words prove.
    fn is_believable(&self, scripts: &[Script]) -> bool {
        let proven = scripts.contains(&self.script);
        match self.script {
            _ if self.touches => proven || self.script.stands_alone(),
            Script::Latin | Script::Symbol => self.trust != Trust::Doubtful,
            // The first bytes of these are read as letters that do end words: `Ö”`, `Ù…`.
            Script::Armenian | Script::Hebrew | Script::Arabic => proven && self.trust != Trust::Doubtful,
            Script::Greek => proven || self.trust != Trust::Doubtful,
            Script::EastAsian | Script::Vietnamese => proven || self.trust == Trust::Proof,
            _ => proven,
        }
    }

    fn is_evidence(&self) -> bool {
        (self.trust == Trust::Proof || self.touches)
            && matches!(self.script, Script::Latin | Script::Vietnamese | Script::Symbol)
    }

    fn is_long(&self) -> bool {
        self.character.len_utf8() > 2
    }

    fn into_piece(self) -> Piece {
        let was = match (self.start, self.character) {
            (0, '\u{FEFF}') => Was::Nothing,
            (_, character) => Was::One(character),
        };
        Piece { damaged: self.start..self.end, was }
    }
}

fn hits(text: &str, codec: Codec, sequences: &[Sequence]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for sequence in sequences {
        let Some(character) = sequence.character() else { continue };
        let Some(script) = Script::of(character) else { continue };
        let (start, end) = (sequence.start, sequence.end);
        let last = hits.last_mut().filter(|last| last.end == start);
        let touches = last.is_some();
        if is_accent(character) && !touches && !text[..start].ends_with(|before: char| before.is_ascii_alphabetic()) {
            continue;
        }
        if let Some(last) = last {
            last.touches = true;
        }
        hits.push(Hit { start, end, character, script, trust: trust(codec, sequence, text), touches });
    }
    hits
}

/// The first sequence that sound text hardly holds. Alone it may as well be what a text about decodings shows.
pub(super) fn suspect(text: &str, found: &[(&'static Table, Vec<Sequence>)]) -> Option<Suspect> {
    let of = |(table, sequences): &(&'static Table, Vec<Sequence>)| {
        let hits = hits(text, table.codec, sequences);
        // What stands in code is shown as it is.
        let is_shown = |hit: &Hit| text[..hit.start].ends_with('`') && text[hit.end..].starts_with('`');
        let first = hits.into_iter().find(|hit| hit.is_evidence() && !is_shown(hit))?;
        Some(Suspect { span: Span::new(first.start..first.end), character: first.character, codec: table.codec })
    };
    found.iter().filter_map(of).min_by_key(|suspect| suspect.span.start)
}

fn is_proven(hits: &[Hit], restored: usize) -> bool {
    let evidence = || hits.iter().filter(|hit| hit.is_evidence());
    evidence().any(Hit::is_long) || evidence().count() + restored >= SHORT_HITS
}

/// Scripts other than Latin of which the text holds a whole word, or one of the odd letters of Vietnamese.
fn proven_scripts(hits: &[Hit]) -> Vec<Script> {
    let mut scripts = Vec::new();
    for word in hits.chunk_by(|hit, next| hit.end == next.start && hit.script == next.script) {
        let script = word[0].script;
        let enough = match script {
            Script::Latin | Script::Symbol => continue,
            Script::Vietnamese => 1,
            _ if word[0].is_long() => LONG_LETTERS,
            _ => SHORT_HITS,
        };
        let odd = word.iter().any(|hit| hit.trust == Trust::Proof);
        if odd && word.len() >= enough && !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    scripts
}

/// Whether nothing outside ASCII stands outside of damage: then there is no sound text to be mistaken.
fn is_all_damage(text: &str, sequences: &[Sequence]) -> bool {
    let plausible = |sequence: &&Sequence| {
        sequence.is_lossy() || sequence.second_half().is_some() || sequence.character().and_then(Script::of).is_some()
    };
    let damage = || sequences.iter().filter(plausible);
    let starts = damage().map(|sequence| sequence.start).chain([text.len()]);
    let ends = [0].into_iter().chain(damage().map(|sequence| sequence.end));
    ends.zip(starts).all(|(end, start)| text[end..start].is_ascii())
}

/// Whether lost bytes alone might prove something.
fn may_have_lost_symbols(sequences: &[Sequence]) -> bool {
    let lossy = sequences.iter().filter(|sequence| sequence.is_lossy() && matches!(sequence.lead(), 0xE2 | 0xF0));
    lossy.count() >= SHORT_HITS
}
