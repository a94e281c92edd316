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
    before: Option<char>,
    after: Option<char>,
}

impl Context {
    /// The context of `sequence` in `text`.
    pub(super) fn of(sequence: &Sequence, text: &str) -> Self {
        Self { before: text[..sequence.start].chars().next_back(), after: text[sequence.end..].chars().next() }
    }

    /// Whether `test` holds for the character before the sequence.
    pub(super) fn before(&self, test: impl FnOnce(char) -> bool) -> bool {
        self.before.is_some_and(test)
    }

    /// Whether `test` holds for the character behind the sequence.
    pub(super) fn after(&self, test: impl FnOnce(char) -> bool) -> bool {
        self.after.is_some_and(test)
    }
}

/// What a sequence that touches no other one proves.
pub(super) fn trust(codec: Codec, sequence: &Sequence, text: &str) -> Trust {
    let context = Context::of(sequence, text);
    let mut characters = text[sequence.start..sequence.end].chars();
    characters.next();
    let followers = characters.as_str();
    let usual = match codec {
        Codec::Macintosh if context.before(is_foreign) || context.after(is_foreign) => return Trust::Doubtful,
        Codec::Macintosh => followers.chars().all(|next| is_usual_in_mac_roman(sequence.lead(), next)),
        Codec::Windows1252 | Codec::Windows1254 => is_usual_in_windows(sequence, followers, &context),
    };
    match usual {
        false => Trust::Proof,
        true if is_likely(sequence, followers, &context) => Trust::Likely,
        true => Trust::Doubtful,
    }
}

/// Whether it is a letter that damage turns into something else: next to it, lists of letters are sound.
fn is_foreign(character: char) -> bool {
    !character.is_ascii() && character.is_alphabetic()
}

/// Whether the letter that stands for the first byte often has such characters behind it: closing quotes, dashes,
/// French spaces, soft hyphens, marks, the exponents of Ångström.
fn is_usual_in_windows(sequence: &Sequence, followers: &str, context: &Context) -> bool {
    let usual = |next| match next {
        '\u{A0}' | '\u{AD}' | '‘' | '’' | '“' | '”' | '»' | '…' | '–' | '—' => true,
        '«' | '‹' => sequence.lead() > 0xE2,
        '•' | '·' | '™' | '®' => sequence.lead() < 0xE0,
        '¹' | '²' | '³' => sequence.lead() == 0xC5,
        _ => false,
    };
    let hyphenated = context.before(char::is_alphabetic) && context.after(char::is_alphabetic);
    followers.chars().all(usual)
        && (hyphenated || !followers.ends_with('\u{AD}'))
        && match sequence.lead() {
            // `Â` ends no word, but it may be quoted.
            0xC2 => followers == "»" && context.before(|before| before == '«'),
            // Nor does `â` stand alone.
            0xE2 => context.before(|before| !before.is_whitespace()),
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
        0xC3 => "πΩ∑∞".contains(follower),
        0xC5 => "π∞±£¥¢µ".contains(follower),
        0xC6 => "π∞".contains(follower),
        _ => follower.is_alphabetic(),
    }
}

/// Whether what is usual elsewhere is odd in this place: within a word or number.
fn is_likely(sequence: &Sequence, followers: &str, context: &Context) -> bool {
    // No word is `Ã`, nor begins so with a sign behind it.
    let opens_word = sequence.lead() == 0xC3 && !context.before(char::is_alphabetic);
    let in_number = context.before(char::is_numeric) && context.after(char::is_numeric);
    match followers {
        "\u{AD}" => false,
        // The word `à`.
        "\u{A0}" if opens_word => true,
        // `×` in a number or as a word and `Ö` at the start of one, but neither `5 Å–7`, `Å–Ä` nor `IRMÃ—MÃE`.
        "–" | "—" => {
            opens_word && (in_number || context.after(|next| !next.is_ascii_uppercase() && !next.is_numeric()))
        }
        // Letters of Hebrew begin with `×`: the one before may have lost its other byte.
        _ => in_number || context.after(char::is_alphabetic) || context.before(|before| before == '×'),
    }
}
