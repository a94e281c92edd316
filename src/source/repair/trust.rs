//! How far a sequence speaks for a wrong decoding: `É”` and `d’é` are what typographers write, `Ã©` is not.

use super::Codec;
use super::sequence::Sequence;

/// What a sequence proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Sound text hardly holds it: it counts as evidence.
    Proof,
    /// It can be believed once something else proves the wrong decoding.
    Likely,
    /// Sound text may well hold it.
    Doubtful,
}

/// The text around a sequence.
pub(super) struct Context {
    /// The character before it.
    pub(super) before: Option<char>,
    /// The character behind it.
    pub(super) after: Option<char>,
}

impl Context {
    /// The context of `sequence` in `text`.
    pub(super) fn of(sequence: &Sequence, text: &str) -> Self {
        Self { before: text[..sequence.start].chars().next_back(), after: text[sequence.end..].chars().next() }
    }

    /// Whether `test` holds before it.
    pub(super) fn before(&self, test: impl FnOnce(char) -> bool) -> bool {
        self.before.is_some_and(test)
    }

    /// Whether `test` holds behind it.
    pub(super) fn after(&self, test: impl FnOnce(char) -> bool) -> bool {
        self.after.is_some_and(test)
    }
}

/// What a sequence that touches no other one proves.
pub(super) fn trust(codec: Codec, sequence: &Sequence, text: &str) -> Trust {
    let context = Context::of(sequence, text);
    let mut characters = text[sequence.start..sequence.end].chars();
    characters.next();
    let usual = match codec {
        Codec::Macintosh if context.before(is_foreign) || context.after(is_foreign) => return Trust::Doubtful,
        Codec::Macintosh => characters.all(|next| is_usual_in_mac_roman(sequence.lead(), next)),
        Codec::Windows1252 | Codec::Windows1254 => is_usual_in_windows(sequence, characters.as_str(), &context),
    };
    let in_word = context.after(char::is_alphabetic);
    let in_number = context.before(char::is_numeric) && context.after(char::is_numeric);
    match usual {
        false => Trust::Proof,
        true if in_word || in_number || is_lone_word(sequence, &context) => Trust::Likely,
        true => Trust::Doubtful,
    }
}

/// Whether it is a letter that damage turns into something else: next to it, lists of letters are sound.
fn is_foreign(character: char) -> bool {
    !character.is_ascii() && character.is_alphabetic()
}

/// The word `à`, whose second byte was read as a no-break space.
fn is_lone_word(sequence: &Sequence, context: &Context) -> bool {
    sequence.lead() == 0xC3 && sequence.followers() == [0xA0] && !context.before(char::is_alphabetic)
}

/// Whether the letter that stands for the first byte often has such characters behind it: closing quotes, dashes,
/// French spaces, soft hyphens, exponents.
fn is_usual_in_windows(sequence: &Sequence, followers: &str, context: &Context) -> bool {
    const QUOTES: [char; 7] = ['\u{A0}', '‘', '’', '“', '”', '»', '›'];
    const OTHERS: [char; 10] = ['\u{AD}', '…', '–', '—', '•', '·', '™', '®', '²', '³'];
    let usual = followers.chars().all(|next| QUOTES.contains(&next) || OTHERS.contains(&next) || next == '¹');
    usual
        && match sequence.lead() {
            // `Â` ends no word.
            0xC2 => followers == "»",
            // Nor does `â`, but it may be quoted.
            0xE2 => followers.starts_with(QUOTES),
            // A capital behind a small letter is odd enough.
            ..0xE0 => !context.before(char::is_lowercase),
            _ => true,
        }
}

/// Whether the punctuation or letter that stands for the first byte often has such a character behind it: an accented
/// letter behind a quote or dash, a number's first sign behind `√` or `≈`.
fn is_usual_in_mac_roman(lead: u8, follower: char) -> bool {
    match lead {
        0xC2 | 0xC4 | 0xE1 | 0xE2 | 0xF0 => false,
        0xC3 | 0xC5 | 0xC6 => "πΩ∑∏∫∞°±µ£¢¥•≤≥≠∂".contains(follower),
        _ => follower.is_alphabetic(),
    }
}
