//! Which characters a repaired text may plausibly hold, and how far they belong together.

use unicode_properties::{GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};

/// Characters that prove each other: one alone may be a coincidence, a word of them is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin letters outside ASCII, with the signs of Latin-1.
    Latin,
    /// The letters of Vietnamese that take three bytes.
    Vietnamese,
    /// Emoji, arrows, mathematics and typographic punctuation.
    Symbol,
    /// Greek letters; they also stand alone, as in formulas.
    Greek,
    /// Cyrillic letters.
    Cyrillic,
    /// Armenian letters.
    Armenian,
    /// Hebrew letters.
    Hebrew,
    /// Arabic letters.
    Arabic,
    /// Letters of India and its neighbours.
    Indic,
    /// Thai and Lao letters.
    Thai,
    /// Georgian letters.
    Georgian,
    /// Chinese, Japanese and Korean characters with their punctuation.
    EastAsian,
}

impl Script {
    /// The script of a character; `None` for what no repair should bring forth: controls, line separators, private use
    /// (but the apple of Mac Roman, which damage brings forth), rare letters, code points that stand for nothing.
    pub(super) fn of(character: char) -> Option<Self> {
        let script = match character {
            '\u{A0}'..='\u{17F}' => Self::Latin,
            // ƒ; the letters of Vietnamese and Romanian; accents that stand behind their letter; ligatures.
            '\u{192}' | '\u{1A0}' | '\u{1A1}' | '\u{1AF}' | '\u{1B0}' | '\u{218}'..='\u{21B}' => Self::Latin,
            '\u{300}'..='\u{303}' | '\u{308}' | '\u{30A}' | '\u{30C}' | '\u{327}' => Self::Latin,
            '\u{FB00}'..='\u{FB06}' => Self::Latin,
            '\u{1E00}'..='\u{1EFF}' => Self::Vietnamese,
            '\u{370}'..='\u{3FF}' => Self::Greek,
            '\u{400}'..='\u{45F}' | '\u{490}'..='\u{4FF}' => Self::Cyrillic,
            '\u{530}'..='\u{58F}' => Self::Armenian,
            '\u{5B0}'..='\u{5FF}' => Self::Hebrew,
            '\u{600}'..='\u{6FF}' => Self::Arabic,
            '\u{900}'..='\u{DFF}' => Self::Indic,
            '\u{E00}'..='\u{EFF}' => Self::Thai,
            '\u{10A0}'..='\u{10FF}' => Self::Georgian,
            '\u{2000}'..='\u{2027}' | '\u{202F}'..='\u{2060}' | '\u{2070}'..='\u{27FF}' | '\u{2900}'..='\u{2BFF}' => {
                Self::Symbol
            }
            '\u{3000}'..='\u{318F}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => Self::EastAsian,
            '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3134F}' => Self::EastAsian,
            '\u{F8FF}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}' | '\u{FFFD}' | '\u{E0020}'..='\u{E007F}' => Self::Symbol,
            '\u{1D400}'..='\u{1D7FF}' | '\u{1F000}'..='\u{1FAFF}' => Self::Symbol,
            _ => return None,
        };
        // The blocks of two bytes have next to no gaps, and sound text comes by here for them.
        let assigned = character < '\u{800}' || character.general_category() != GeneralCategory::Unassigned;
        assigned.then_some(script)
    }

    /// Whether a single character of this script, well away from others, can be believed.
    pub(super) fn stands_alone(self) -> bool {
        matches!(self, Self::Latin | Self::Vietnamese | Self::Symbol | Self::Greek | Self::EastAsian)
    }
}

/// Whether this stands behind the letter that it belongs to.
pub(super) fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

/// Symbols without emoji status that documents commonly hold. They rival the emoji when bytes were lost.
const COMMON: &str = "‐–—‘’‚“”„†•…‰′″‹›€←↑→↓↔⇐⇑⇒⇓⇔∀∂∃∅∆∈∉∏∑−∕√∝∞∩∪∫≈≠≡≤≥⌘⎋⏎━┃┏┓┗┛┝┥─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣\
    █▌▐░▒▓■□▢▪▫▲△▶▷▸►▼▽▾◀◁◆◇◊○◌◍◎●◐◑◒◓◔◕◯◻◼★☆☐☑☒✓✗✘❍❏❑❯➔➜➤⬜⬛ℍℏℝ⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁿ\u{200D}";

/// Whether a text may well hold this symbol: an emoji, or one of the usual signs.
pub(super) fn is_common(symbol: char) -> bool {
    is_emoji(symbol) || COMMON.contains(symbol)
}

/// Whether this is an emoji outside ASCII and Latin-1.
pub(super) fn is_emoji(symbol: char) -> bool {
    symbol > '\u{FF}' && symbol.is_emoji_char()
}
