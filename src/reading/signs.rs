//! Which signs stand in a text, found in one pass over its bytes: each rule about items looks for one of them, most texts
//! have few, and a part of a text has none that the whole has not.

use std::ops::BitOr;

/// A text with its signs. Those of a part may be of more around it, so that none is missing.
#[derive(Clone, Copy)]
pub(super) struct Signed<'t> {
    /// The text.
    pub text: &'t str,
    /// Its signs.
    pub signs: Signs,
}

impl<'t> Signed<'t> {
    /// A text as a whole.
    #[inline]
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, signs: Signs::of(text) }
    }

    /// A part of the text.
    #[inline]
    pub(super) fn part(self, text: &'t str) -> Self {
        let (whole, part) = (self.text.as_bytes().as_ptr_range(), text.as_bytes().as_ptr_range());
        debug_assert!(text.is_empty() || whole.start <= part.start && part.end <= whole.end, "`{text}` is no part");
        Self { text, ..self }
    }
}

/// Signs of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs(u16);

/// The signs that each byte is, or may begin or end.
const OF_BYTE: [Signs; 256] = {
    let mut table = [Signs(0); 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b':' => Signs::COLON,
            b'@' => Signs::AT,
            b'#' => Signs::HASH,
            b'(' | b'[' => Signs::BRACKET,
            b'0'..=b'9' => Signs::DIGIT,
            b'P' | b'p' => Signs::P,
            b'-' | b'=' => Signs::DASH,
            _ => Signs(0),
        };
        byte += 1;
    }
    table[0xC2] = Signs::LATIN;
    table[0xE2] = Signs::DASH;
    table[0xEF] = Signs::WIDE;
    table
};

impl Signs {
    /// A colon.
    pub(super) const COLON: Self = Self(1);
    /// What a handle begins with.
    pub(super) const AT: Self = Self(2);
    /// What a hashtag begins with.
    pub(super) const HASH: Self = Self(4);
    /// An opening bracket, round or square.
    pub(super) const BRACKET: Self = Self(8);
    /// A digit.
    pub(super) const DIGIT: Self = Self(16);
    /// The letter of the codes of levels, large or small.
    pub(super) const P: Self = Self(32);
    /// A hyphen or equals sign, or what may be a dash, a bullet or an arrow beyond ASCII.
    pub(super) const DASH: Self = Self(64);
    /// What may be a dot in the middle or a hard space.
    pub(super) const LATIN: Self = Self(128);
    /// What may be a colon, bracket, bar or comma of wide scripts.
    pub(super) const WIDE: Self = Self(256);

    /// The signs in a text.
    #[inline]
    pub(super) fn of(text: &str) -> Self {
        text.bytes().fold(Self(0), |signs, byte| signs | OF_BYTE[usize::from(byte)])
    }

    /// Whether one of some signs is among these.
    #[inline]
    pub(super) fn have(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Whether there may be a colon, of whatever width.
    #[inline]
    pub(super) fn have_colon(self) -> bool {
        self.have(Self::COLON | Self::WIDE)
    }

    /// Whether there may be the code of a level: the letter of all codes and a digit.
    #[inline]
    pub(super) fn have_code(self) -> bool {
        self.have(Self::P) && self.have(Self::DIGIT)
    }

    /// Whether there may be an opening bracket, of whatever width.
    #[inline]
    pub(super) fn have_bracket(self) -> bool {
        self.have(Self::BRACKET | Self::WIDE)
    }
}

impl BitOr for Signs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::priority::is_step;

    #[test]
    fn each_code_of_a_level_may_be_one() {
        let pairs = (0..128).flat_map(|first| (0..128).map(move |second| [char::from(first), char::from(second)]));
        let codes: Vec<String> = pairs.map(String::from_iter).filter(|word| is_step(word)).collect();
        assert!(!codes.is_empty() && codes.iter().all(|code| Signs::of(code).have_code()));
    }
}
