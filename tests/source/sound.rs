//! Sound text is never touched.

use crate::texts::{LANGUAGES, LETTERS, SYMBOLS};
use proptest::prelude::*;
use readybook::source::repair::repair;

fn assert_sound(text: &str) {
    let decoded = repair(text);
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.original, None);
    assert_eq!(decoded.repair.codec, None);
    assert_eq!(decoded.repair.runs, 0);
    assert!(decoded.edits.is_empty());
}

#[test]
fn languages() {
    for (_, text) in LANGUAGES {
        assert_sound(text);
    }
}

#[test]
fn languages_together() {
    let all: String = LANGUAGES.iter().map(|(_, text)| *text).chain([SYMBOLS, LETTERS]).collect();
    assert_sound(&all);
}

#[test]
fn signs() {
    assert_sound(SYMBOLS);
    assert_sound(LETTERS);
}

#[test]
fn one_unlikely_pair_proves_nothing() {
    for text in ["ğŸ", "dağŸ ve âŒ", "Å“ and Ã©", "30 Â°C, 20 Â°C", "ÃÃÃ", "“â”—", "é\u{A0}»", "√π", "ïïï", "Ã, Â, â"]
    {
        assert_sound(text);
    }
}

#[test]
fn typography_behind_accented_letters() {
    for text in [
        "« é »\u{A0}! «\u{A0}terminé\u{A0}», «\u{A0}validé\u{A0}», «\u{A0}livré\u{A0}», «\u{A0}où\u{A0}»",
        "3 ×\u{A0}4, 5 ×\u{A0}6, 7 ×\u{A0}8, 9 ×\u{A0}½",
        "«está»… «será»… «habrá»… «vendrá»—así",
        "MANHÃ” MANHÃ’ MANHÃ… AMANHÃ– AMANHÃ™ IRMÃ— IRMÃ»",
        "10 Å², 12 Å², 14 Å³, 16 Å²·s, 5 Å–7 Å, 5 Å–7 Å",
        "PÅ\u{AD}LIT PÅ\u{AD}LIT PÅ\u{AD}LIT PÅ\u{AD}LIT",
        "“â”—“â”—“â”… then “â” and “Ã”",
        "≈£500 ≈£600 ≈£700 √π √π √π ≈∞ ∆° ≈± ≈±",
        "—été—été—été—où–à–ü–é ‘à’ ‘é’ “ö” “ü” «é»ô «à»ö",
        "€é €ü €à; ‚über‘ ‚ähnlich‘ ‚öde‘; „Öl“ „Übermut“",
        "ÅÄÖ ÆØÅ ÁÉÍÓÚ ÂÊÎÔÛ ÀÈÌÒÙ ÄËÏÖÜ ÃÕÑ ÇŞĞİ ŁŚŹŻ",
    ] {
        assert_sound(text);
    }
}

proptest! {
    #[test]
    fn words_and_common_punctuation(words in proptest::collection::vec(
        "[a-z][a-zà-öø-ÿğışčřőű]{1,8}([’”»…]{0,2}[,. !?\u{A0}]|[–—])|[A-ZÀ-ÖØ-ÞŁŞČĐ]{2,5}[’”»…,. ]", 1..60,
    )) {
        let text = words.concat();
        prop_assert_eq!(&repair(text.as_str()).text, &text);
    }

    #[test]
    fn ascii(text in "[ -~\r\n\t]{0,200}") {
        prop_assert_eq!(&repair(text.as_str()).text, &text);
    }
}
