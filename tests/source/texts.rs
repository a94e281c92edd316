//! Sound texts in many languages, and what the tests ask of them.

/// The texts of `fixtures/source-sound`, by language.
pub(crate) const LANGUAGES: &[(&str, &str)] = &[
    ("arabic", include_str!("../fixtures/source-sound/arabic.md")),
    ("chinese", include_str!("../fixtures/source-sound/chinese.md")),
    ("czech", include_str!("../fixtures/source-sound/czech.md")),
    ("danish", include_str!("../fixtures/source-sound/danish.md")),
    ("french", include_str!("../fixtures/source-sound/french.md")),
    ("georgian", include_str!("../fixtures/source-sound/georgian.md")),
    ("german", include_str!("../fixtures/source-sound/german.md")),
    ("greek", include_str!("../fixtures/source-sound/greek.md")),
    ("hebrew", include_str!("../fixtures/source-sound/hebrew.md")),
    ("hindi", include_str!("../fixtures/source-sound/hindi.md")),
    ("hungarian", include_str!("../fixtures/source-sound/hungarian.md")),
    ("japanese", include_str!("../fixtures/source-sound/japanese.md")),
    ("korean", include_str!("../fixtures/source-sound/korean.md")),
    ("polish", include_str!("../fixtures/source-sound/polish.md")),
    ("portuguese", include_str!("../fixtures/source-sound/portuguese.md")),
    ("romanian", include_str!("../fixtures/source-sound/romanian.md")),
    ("russian", include_str!("../fixtures/source-sound/russian.md")),
    ("spanish", include_str!("../fixtures/source-sound/spanish.md")),
    ("swedish", include_str!("../fixtures/source-sound/swedish.md")),
    ("thai", include_str!("../fixtures/source-sound/thai.md")),
    ("turkish", include_str!("../fixtures/source-sound/turkish.md")),
    ("ukrainian", include_str!("../fixtures/source-sound/ukrainian.md")),
    ("vietnamese", include_str!("../fixtures/source-sound/vietnamese.md")),
];

/// Letters without words, in quotes and ranges: what looks most like damage.
pub(crate) const LETTERS: &str = include_str!("../fixtures/source-sound/letters.md");

/// Typographic and mathematical signs and emoji.
pub(crate) const SYMBOLS: &str = include_str!("../fixtures/source-sound/symbols.md");
