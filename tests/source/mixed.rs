//! Texts of which a part is damaged: the sound part is never touched.

use crate::damage::{CODECS, Undefined, damage};
use crate::texts::{LANGUAGES, LETTERS, SYMBOLS};
use proptest::prelude::*;
use readybook::source::Codec;
use readybook::source::repair::repair;

/// Enough to prove every codec, with bytes that only one of them explains.
const PROOF: &str = "- ✅ done → café, 30 °C, ž ğ, 🚀\n";

#[test]
fn sound_languages_below_a_damaged_line() {
    for codec in CODECS {
        let damaged = damage(PROOF, codec, Undefined::Control);
        for sound in LANGUAGES.iter().map(|(_, text)| *text).chain([SYMBOLS, LETTERS]) {
            let decoded = repair(format!("{damaged}{sound}"));
            assert_eq!(decoded.text, format!("{PROOF}{sound}"));
            assert_eq!(decoded.repair.codec, Some(codec));
        }
    }
}

#[test]
fn sound_languages_above_a_line_that_lost_bytes() {
    for codec in [Codec::Windows1252, Codec::Windows1254] {
        for (_, sound) in LANGUAGES {
            let damaged = damage("✅ ğ 🚀 ❌ ❌", codec, Undefined::Dropped);
            assert_eq!(repair(format!("{sound}{damaged}")).text, format!("{sound}✅ ğ 🚀 ❌ ❌"));
        }
    }
}

#[test]
fn a_sound_glyph_beside_a_damaged_one() {
    assert_eq!(repair("✅ âœ… ✅âœ…✅ é Ã© — â€” “café” cafÃ©").text, "✅ ✅ ✅✅✅ é é — — “café” café");
    assert_eq!(repair("❌ ‚ùå ❌‚ùå❌ é √© — ‚Äî").text, "❌ ❌ ❌❌❌ é é — —");
}

#[test]
fn two_codecs_in_one_text() {
    let decoded = repair("- âœ… one â€” two\n- âœ… three\n- ‚úÖ four\n");
    assert_eq!(decoded.text, "- ✅ one — two\n- ✅ three\n- ✅ four\n");
    assert_eq!(decoded.repair.codec, Some(Codec::Windows1252));
    assert_eq!(decoded.repair.runs, 4);
}

#[test]
fn damaged_twice() {
    for codec in CODECS {
        let once = damage("✅ done — café → 🚀", codec, Undefined::Control);
        let twice = damage(&once, codec, Undefined::Control);
        let decoded = repair(twice.as_str());
        assert_eq!(decoded.text, "✅ done — café → 🚀");
        assert_eq!(decoded.original.as_deref(), Some(twice.as_str()));
        assert_eq!(decoded.edits.len(), 5);
    }
}

#[test]
fn evidence_that_does_not_suffice() {
    assert_eq!(repair("two short ones: cafÃ©, naÃ¯ve").repair.codec, None);
    assert_eq!(repair("three short ones: cafÃ©, naÃ¯ve, tÃªte").text, "three short ones: café, naïve, tête");
    assert_eq!(repair("one long one: â€” so").text, "one long one: — so");
    assert_eq!(repair("one word: Ð¿Ñ€Ð¸Ð²ÐµÑ‚").text, "one word: привет");
    assert_eq!(repair("two that lost a byte: âŒ âŒ").repair.codec, None);
    assert_eq!(repair("three that lost a byte: âŒ âŒ âŒ").text, "three that lost a byte: ❌ ❌ ❌");
}

#[test]
fn second_halves_of_surrogate_pairs() {
    let decoded = repair("‚úÖ done\n√© | Ì¥¥ High | Ìø° Medium");
    assert_eq!(decoded.text, "✅ done\né | \u{FFFD} High | \u{FFFD} Medium");
    assert_eq!(decoded.repair.unknown[1].candidates, ['🏡', '🟡']);
    assert_eq!(repair(decoded.text.as_str()).text, decoded.text);
    // Nothing else proves that these are no letters and signs, and a word may end so.
    assert_eq!(repair("Ì¥¥ High | Ìø° Medium").repair.codec, None);
    assert_eq!(repair("‚úÖ done\nLuaÌ¥¥").text, "✅ done\nLuaÌ¥¥");
}

/// Lines to damage or to leave. `á»…` is a letter where there are other damaged letters of Vietnamese.
fn line() -> impl Strategy<Value = (bool, String)> {
    let lines: Vec<&str> = LANGUAGES.iter().flat_map(|(_, text)| text.lines()).chain(SYMBOLS.lines()).collect();
    let line = (any::<bool>(), proptest::sample::select(lines).prop_map(str::to_owned));
    line.prop_map(|(damaged, line)| (damaged || line.contains("á»"), line))
}

proptest! {
    #[test]
    fn sound_lines_stay_and_proven_symbols_come_back(lines in proptest::collection::vec(line(), 0..30), which in 0..3_usize) {
        let text: String = lines.iter().map(|(damaged, line)| match damaged {
            true => damage(line, CODECS[which], Undefined::Control) + "\r\n",
            false => format!("{line}\r\n"),
        }).collect();
        let decoded = repair(format!("{}{text}", damage(PROOF, CODECS[which], Undefined::Control)));
        let repaired: Vec<&str> = decoded.text.split_inclusive('\n').skip(1).collect();
        for ((damaged, line), repaired) in lines.iter().zip(repaired) {
            prop_assert!(repaired.ends_with("\r\n"));
            if !damaged {
                prop_assert_eq!(repaired, format!("{line}\r\n"));
            }
            for glyph in ["✅", "❌", "⚠️", "⏳", "🚧", "☐", "☑", "→", "●"] {
                prop_assert_eq!(repaired.matches(glyph).count(), line.matches(glyph).count());
            }
        }
    }

    #[test]
    fn repairing_twice_changes_nothing(lines in proptest::collection::vec(line(), 0..20), which in 0..3_usize, way in 0..3_usize) {
        let text: String = lines.iter().map(|(damaged, line)| match damaged {
            true => damage(line, CODECS[which], crate::damage::WAYS[way]) + "\n",
            false => format!("{line}\n"),
        }).collect();
        let once = repair(text);
        let twice = repair(once.text.as_str());
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert_eq!(twice.original, None);
    }
}
