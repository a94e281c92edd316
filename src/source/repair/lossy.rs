//! Sequences that lost bytes: those to which the codec gives no character are put back in every way, and what comes out
//! counts when it is the only plausible character.

use super::case::Hit;
use super::codec::{LOST, Table};
use super::script::{Script, is_common, is_emoji};
use super::sequence::{self, Sequence};
use super::trust::{Context, Trust, trust};
use super::{Piece, Was};

/// The pieces that lost bytes, in order, given the whole ones and the scripts that words of them prove.
pub(super) fn pieces(text: &str, table: &Table, hits: &[Hit], scripts: &[Script]) -> Vec<Piece> {
    // Where undefined bytes came through as controls, none was lost.
    if table.undefined.is_empty() || hits.iter().any(|hit| text[hit.start..hit.end].contains(is_c1)) {
        return Vec::new();
    }
    let mut search = Search { text, table, hits, scripts, found: Vec::new() };
    for at in sequence::leads(text) {
        if let Some(sequence) = Sequence::read(text, at, table).filter(Sequence::is_lossy) {
            search.visit(&sequence);
        }
    }
    search.found
}

/// The emoji of which only the second half of their surrogate pair is left, in a text that is known to be damaged: the
/// first half is one of three.
pub(super) fn halves<'s>(text: &'s str, sequences: &'s [Sequence]) -> impl Iterator<Item = Piece> + 's {
    let character = |first: u32, second: u32| char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
    sequences.iter().filter_map(move |sequence| {
        let second = sequence.second_half().filter(|_| !Context::of(sequence, text).before(char::is_alphanumeric))?;
        let candidates = [0xD83C, 0xD83D, 0xD83E].into_iter().filter_map(|first| character(first, second));
        let candidates: Vec<char> = candidates.filter(|&candidate| is_emoji(candidate)).collect();
        let was = match candidates.as_slice() {
            [] => return None,
            [only] => Was::One(*only),
            _ => Was::OneOf(candidates),
        };
        Some(Piece { damaged: sequence.start..sequence.end, was })
    })
}

fn is_c1(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9F}')
}

struct Search<'a> {
    text: &'a str,
    table: &'a Table,
    hits: &'a [Hit],
    scripts: &'a [Script],
    found: Vec<Piece>,
}

impl Search<'_> {
    fn visit(&mut self, sequence: &Sequence) {
        let context = Context::of(sequence, self.text);
        if !self.is_damage(sequence, &context) {
            return;
        }
        let mut candidates = candidates(sequence, &self.table.undefined);
        candidates.retain(|&character| self.fits(character, sequence, &context));
        let was = match candidates.as_slice() {
            [] => return,
            [only] => Was::One(*only),
            _ => Was::OneOf(candidates),
        };
        self.found.push(Piece { damaged: sequence.start..sequence.end, was });
    }

    /// Whether sound text would not hold it. A letter alone, all that is left of a sequence, is mostly a sound one.
    fn is_damage(&self, sequence: &Sequence, context: &Context) -> bool {
        if self.before(sequence).is_some() || self.is_before_hit(sequence) {
            return true;
        }
        if sequence.followers().iter().all(|&byte| byte == LOST) {
            return sequence.needs() == 2
                && context.before(char::is_lowercase)
                && self.text[sequence.start..].starts_with(char::is_uppercase);
        }
        trust(self.table.codec, sequence, self.text) != Trust::Doubtful
    }

    /// Whether it may have been this character.
    fn fits(&self, character: char, sequence: &Sequence, context: &Context) -> bool {
        match Script::of(character) {
            Some(Script::Symbol) if sequence.lead() == 0xE2 => {
                is_common(character) && self.punctuates(character, sequence, context)
            }
            Some(Script::Symbol) => is_emoji(character) || character == '\u{FE0F}',
            Some(Script::Latin) => character.is_alphabetic() && self.holds(Script::Latin),
            Some(script) => self.scripts.contains(&script) || script.stands_alone() && self.holds(script),
            None => false,
        }
    }

    fn holds(&self, script: Script) -> bool {
        self.hits.iter().any(|hit| hit.script == script)
    }

    /// Whether punctuation may stand in this place; true of all other symbols.
    fn punctuates(&self, symbol: char, sequence: &Sequence, context: &Context) -> bool {
        let joinable = |before| is_emoji(before) || before == '\u{FE0F}';
        let joins =
            self.before(sequence).is_some_and(joinable) && context.after(|next| self.table.lead(next).is_some());
        match symbol {
            '\u{200D}' => joins,
            '\u{2070}'..='\u{207F}' => context.before(char::is_alphanumeric),
            '‐' => context.before(char::is_alphanumeric) && context.after(char::is_alphanumeric),
            '„' => {
                !context.before(char::is_alphanumeric)
                    && context.after(|next| next.is_alphanumeric() || self.table.lead(next).is_some())
            }
            '”' => context.before(|c| !c.is_whitespace()) && !joins && !context.after(|c| c.is_ascii_alphanumeric()),
            _ => true,
        }
    }

    /// What the damage was, or may have been, that ends where this begins.
    fn before(&self, sequence: &Sequence) -> Option<char> {
        let index = self.hits.partition_point(|hit| hit.end < sequence.start);
        if let Some(hit) = self.hits.get(index).filter(|hit| hit.end == sequence.start) {
            return Some(hit.character);
        }
        match &self.found.last().filter(|last| last.damaged.end == sequence.start)?.was {
            Was::One(character) => Some(*character),
            Was::OneOf(candidates) => candidates.first().copied(),
            Was::Nothing => None,
        }
    }

    fn is_before_hit(&self, sequence: &Sequence) -> bool {
        self.hits.binary_search_by_key(&sequence.end, |hit| hit.start).is_ok()
    }
}

/// All characters that the bytes left of a sequence may come from, in order. Where U+FFFD stands for a lost byte, none
/// was dropped.
fn candidates(sequence: &Sequence, undefined: &[u8]) -> Vec<char> {
    let left = sequence.followers();
    let dropped = sequence.needs() - 1 - left.len();
    if dropped > 0 && left.contains(&LOST) {
        return Vec::new();
    }
    // Bytes so far, and how many of those that are left are among them.
    let mut states = vec![([sequence.lead(), 0, 0, 0], 0)];
    for at in 1..sequence.needs() {
        let step = |&(bytes, used): &([u8; 4], usize)| {
            let next = left.get(used).copied();
            let keep = next.filter(|&byte| byte != LOST).map(|byte| (byte, used + 1));
            let fill = match next {
                Some(LOST) => Some(used + 1),
                _ => (at - 1 - used < dropped).then_some(used),
            };
            let filled = fill.into_iter().flat_map(|used| undefined.iter().map(move |&byte| (byte, used)));
            keep.into_iter().chain(filled).map(move |(byte, used)| (with(bytes, at, byte), used)).collect::<Vec<_>>()
        };
        states = states.iter().flat_map(step).collect();
    }
    let text = |(bytes, _): &([u8; 4], usize)| {
        std::str::from_utf8(&bytes[..sequence.needs()]).ok().and_then(|text| text.chars().next())
    };
    let mut found: Vec<char> = states.iter().filter_map(text).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn with(mut bytes: [u8; 4], at: usize, byte: u8) -> [u8; 4] {
    bytes[at] = byte;
    bytes
}
