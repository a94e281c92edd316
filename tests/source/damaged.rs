//! What can be recovered of damaged text is recovered.

use crate::damage::{CODECS, Undefined, WAYS, damage};
use crate::texts::{LANGUAGES, LETTERS, SYMBOLS};
use readybook::source::Codec;
use readybook::source::decode::Decoded;
use readybook::source::repair::repair;

/// Compares character by character. Where bytes were lost, a character may have come back as U+FFFD with the right one
/// among the candidates, or be left as the one character that its damage is: that is a usual letter, sound perhaps.
fn assert_recovered(sound: &str, decoded: &Decoded, codec: Codec, undefined: Undefined) {
    let mut rest = decoded.text.as_str();
    for (at, character) in sound.char_indices() {
        let offset = u32::try_from(decoded.text.len() - rest.len()).unwrap();
        let unknown = decoded.repair.unknown.iter().find(|unknown| unknown.span.start == offset);
        let damaged = damage(character.encode_utf8(&mut [0; 4]), codec, undefined);
        let bare = || damaged.trim_end_matches(char::REPLACEMENT_CHARACTER);
        rest = if let Some(rest) = rest.strip_prefix(character) {
            rest
        } else if unknown.is_some_and(|unknown| unknown.candidates.contains(&character)) {
            rest.strip_prefix(char::REPLACEMENT_CHARACTER).unwrap()
        } else if undefined != Undefined::Control && bare().chars().count() == 1 && rest.starts_with(&damaged) {
            &rest[damaged.len()..]
        } else {
            let line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
            let unknown = unknown.map(|unknown| &unknown.candidates);
            panic!("{codec:?}, {undefined:?}: {:?} became {:?} {unknown:?}", line(&sound[at..]), line(rest));
        };
    }
    assert_eq!(rest, "");
}

/// Whether the damage loses nothing.
fn is_lossless(codec: Codec, undefined: Undefined) -> bool {
    codec == Codec::Macintosh || undefined == Undefined::Control
}

#[test]
fn languages_and_signs() {
    for (codec, undefined) in CODECS.into_iter().flat_map(|codec| WAYS.map(|way| (codec, way))) {
        for text in LANGUAGES.iter().map(|(_, text)| *text).chain([SYMBOLS]) {
            let decoded = repair(damage(text, codec, undefined));
            assert_recovered(text, &decoded, codec, undefined);
            if is_lossless(codec, undefined) {
                assert_eq!(decoded.text, text);
            }
        }
    }
}

#[test]
fn letters_where_nothing_is_lost() {
    for codec in CODECS {
        assert_eq!(repair(damage(LETTERS, codec, Undefined::Control)).text, LETTERS);
    }
}

/// A checklist as it came out of other programs, with a sound line added later.
#[test]
fn files() {
    let cases = [
        (
            "macintosh",
            include_str!("../fixtures/source-damaged/macintosh.md"),
            include_str!("../fixtures/source-damaged/macintosh.repaired.md"),
        ),
        (
            "windows-1252",
            include_str!("../fixtures/source-damaged/windows-1252.md"),
            include_str!("../fixtures/source-damaged/windows-1252.repaired.md"),
        ),
        (
            "windows-1254",
            include_str!("../fixtures/source-damaged/windows-1254.md"),
            include_str!("../fixtures/source-damaged/windows-1254.repaired.md"),
        ),
    ];
    for (codec, damaged, repaired) in cases {
        let decoded = repair(damaged);
        assert_eq!(decoded.text, repaired);
        assert_eq!(decoded.repair.codec.map(Codec::name), Some(codec));
    }
}
