//! The way from the repaired text back to what is on disk.

use crate::damage::{CODECS, WAYS, damage};
use crate::texts::{LANGUAGES, SYMBOLS};
use proptest::prelude::*;
use readybook::source::decode::Decoded;
use readybook::source::repair::repair;
use readybook::source::{Edit, RelPath, Source, Span};

/// Edits are in order and apart; what stands between them is the same in both texts, and found in its place.
fn assert_mapped(decoded: &Decoded, disk: &str) {
    assert_eq!(decoded.disk_text(), disk);
    let end = |text: &str| u32::try_from(text.len()).unwrap();
    let last = Edit { text: (end(&decoded.text), 0), damaged: (end(disk), 0) };
    let (mut text_at, mut disk_at) = (0, 0);
    for edit in decoded.edits.iter().chain([&last]) {
        let text = &decoded.text[text_at as usize..edit.text.0 as usize];
        assert_eq!(text, &disk[disk_at as usize..edit.damaged.0 as usize]);
        for (offset, _) in text.char_indices() {
            let offset = u32::try_from(offset).unwrap();
            assert_eq!(decoded.on_disk(text_at + offset), (disk_at + offset) as usize);
        }
        (text_at, disk_at) = (edit.text.1, edit.damaged.1);
    }
    for edit in decoded.edits.iter().filter(|edit| edit.text.0 < edit.text.1) {
        assert_eq!(decoded.on_disk(edit.text.0), edit.damaged.0 as usize);
        assert_eq!(decoded.text[edit.text.0 as usize..edit.text.1 as usize].chars().count(), 1);
        assert!(!disk[edit.damaged.0 as usize..edit.damaged.1 as usize].chars().any(|character| character.is_ascii()));
    }
    for unknown in &decoded.repair.unknown {
        assert_eq!(&decoded.text[unknown.span.range()], "\u{FFFD}");
        assert!(unknown.candidates.len() > 1 && unknown.candidates.is_sorted());
    }
    let breaks = |text: &str| text.chars().filter(|character| matches!(character, '\r' | '\n')).collect::<String>();
    assert_eq!(breaks(&decoded.text), breaks(disk));
}

#[test]
fn edits_one_by_one() {
    let decoded = repair("a âœ… b\r\nâ€”cafÃ©");
    assert_eq!(decoded.text, "a ✅ b\r\n—café");
    let edits = [((2, 5), (2, 9)), ((9, 12), (13, 21)), ((15, 17), (24, 28))];
    assert_eq!(decoded.edits, edits.map(|(text, damaged)| Edit { text, damaged }));
    assert_eq!((decoded.repair.runs, decoded.repair.unknown.len()), (3, 0));
    assert_mapped(&decoded, "a âœ… b\r\nâ€”cafÃ©");
}

#[test]
fn neighbours_are_one_run() {
    let decoded = repair("✔ âœ…âœ… âœ…");
    assert_eq!((decoded.text.as_str(), decoded.repair.runs, decoded.edits.len()), ("✔ ✅✅ ✅", 2, 3));
}

#[test]
fn what_stays_unknown_names_its_candidates() {
    let decoded = repair("âœ… done\nğŸ³ open");
    assert_eq!(decoded.text, "✅ done\n\u{FFFD} open");
    let unknown = &decoded.repair.unknown[0];
    assert_eq!(unknown.span, Span::new(9..12));
    assert_eq!(unknown.candidates, ['🍳', '🎳', '🏳', '🐳']);
    assert_eq!(decoded.repair.runs, 1);
    assert_mapped(&decoded, "âœ… done\nğŸ³ open");
}

#[test]
fn columns_are_those_on_disk() {
    let path = RelPath::new("a.md").unwrap();
    let source = Source::new(path, repair("- âœ… done â€” now\n"));
    let now = u32::try_from(source.text().find("now").unwrap()).unwrap();
    assert_eq!((source.place(now).line, source.place(now).column), (1, 16));
}

#[test]
fn columns_of_a_long_line_are_those_of_its_characters() {
    let path = RelPath::new("a.md").unwrap();
    for line in ["\u{202e}é🚀a".repeat(2_000), "âœ… ok ".repeat(3_000)] {
        let source = Source::new(path.clone(), repair(format!("first\n{line}\nlast")));
        let disk = source.decoded().disk_text();
        let start = disk.find('\n').unwrap() + 1;
        for (at, _) in source.text().char_indices().step_by(7).filter(|&(at, _)| source.line(at as u32) == 2) {
            let before = &disk[start..source.decoded().on_disk(at as u32)];
            assert_eq!(source.place(at as u32).column as usize, before.chars().count() + 1);
        }
        let end = source.text().len() as u32;
        assert_eq!((source.place(end).line, source.place(end).column), (3, 5));
    }
}

fn piece() -> impl Strategy<Value = String> {
    let lines: Vec<&str> = LANGUAGES.iter().flat_map(|(_, text)| text.lines()).chain(SYMBOLS.lines()).collect();
    let damaged = (proptest::sample::select(lines), 0..3_usize, 0..3_usize, 0..3_u8);
    let damaged = damaged.prop_map(|(line, codec, way, times)| {
        (0..times).fold(line.to_owned(), |text, _| damage(&text, CODECS[codec], WAYS[way]))
    });
    prop_oneof![
        damaged,
        "[\\r\\n -~]{0,5}",
        "[âãÃÄÅğŸðÐÑïœŒ‚Ä·\u{F8FF}√’”—»\u{A0}\u{AD}\u{FFFD}\u{81}\u{9D}€™…éà]{1,8}",
        any::<String>()
    ]
}

proptest! {
    #[test]
    fn any_text(pieces in proptest::collection::vec(piece(), 0..12)) {
        let disk = pieces.concat();
        let decoded = repair(disk.as_str());
        assert_mapped(&decoded, &disk);
        let again = repair(decoded.text.as_str());
        prop_assert_eq!(again.original, None);
        prop_assert_eq!(again.text, decoded.text);
    }
}
