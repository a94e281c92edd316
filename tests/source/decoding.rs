//! Bytes to text: byte order marks, UTF-16, and what is refused.

use proptest::prelude::*;
use readybook::source::decode::decode;
use readybook::source::{DecodeError, Encoding};

const TEXT: &str = "# Größe → 🚀\n- [x] done\n- [ ] open\n";

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[test]
fn utf8() {
    let decoded = decode(TEXT).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.bom), (TEXT, Encoding::Utf8, 0));
    assert_eq!(decoded.original, None);
}

#[test]
fn whatever_ends_a_line_is_read_as_a_line_feed() {
    let disk = "# ✅\ra\r\r\nb\r\nc\nd\r";
    for bytes in [disk.as_bytes().to_vec(), utf16(disk, u16::to_le_bytes)] {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.disk_text()), ("# ✅\na\n\nb\nc\nd\n", disk));
        for letter in ["#", "✅", "a", "b", "c", "d"] {
            let at = u32::try_from(decoded.text.find(letter).unwrap()).unwrap();
            assert_eq!(decoded.on_disk(at), disk.find(letter).unwrap());
        }
        let end = u32::try_from(decoded.text.len()).unwrap();
        assert_eq!(decoded.on_disk(end), disk.len());
    }
}

#[test]
fn repairs_are_found_among_carriage_returns() {
    let disk = "a\r\nâœ… b\râœ… c\r\nâœ… d";
    let repaired = decode(disk).unwrap();
    assert_eq!((repaired.text.as_str(), repaired.disk_text()), ("a\n✅ b\n✅ c\n✅ d", disk));
    for edit in &repaired.edits {
        let on_disk = repaired.edited_on_disk(edit);
        assert_eq!((on_disk.start, &disk[on_disk]), (repaired.on_disk(edit.text.0), "âœ…"));
    }
    let d = u32::try_from(repaired.text.find('d').unwrap()).unwrap();
    assert_eq!(repaired.on_disk(d), disk.find('d').unwrap());
}

#[test]
fn utf8_with_a_byte_order_mark() {
    let decoded = decode(format!("\u{FEFF}{TEXT}")).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.bom), (TEXT, Encoding::Utf8, 3));
}

#[test]
fn utf16_of_both_kinds() {
    let little = decode(utf16(TEXT, u16::to_le_bytes)).unwrap();
    assert_eq!((little.text.as_str(), little.encoding, little.bom), (TEXT, Encoding::Utf16Le, 2));
    let big = decode(utf16(TEXT, u16::to_be_bytes)).unwrap();
    assert_eq!((big.text.as_str(), big.encoding, big.bom), (TEXT, Encoding::Utf16Be, 2));
}

#[test]
fn damage_in_utf16_is_repaired() {
    let decoded = decode(utf16("a âœ… b", u16::to_be_bytes)).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.bom), ("a ✅ b", Encoding::Utf16Be, 2));
    assert_eq!(decoded.disk_text(), "a âœ… b");
}

#[test]
fn nothing_but_a_byte_order_mark() {
    for (bytes, bom) in [(&b""[..], 0), (b"\xEF\xBB\xBF", 3), (b"\xFF\xFE", 2), (b"\xFE\xFF", 2)] {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.bom), ("", bom));
    }
}

#[test]
fn a_byte_order_mark_that_was_damaged() {
    let decoded = decode("ï»¿# Title").unwrap();
    assert_eq!(decoded.text, "# Title");
    assert_eq!(decoded.on_disk(0), "ï»¿".len());
}

#[test]
fn latin1_is_refused_with_its_place() {
    let fault = decode(&b"# One\nGr\xF6\xDFe\n"[..]).unwrap_err();
    assert_eq!(fault, DecodeError::NotUtf8 { offset: 8, line: 2 });
    assert_eq!(fault.to_string(), "not valid UTF-8 at byte 8 (line 2)");
    assert_eq!(decode(&b"\xEF\xBB\xBF\xE9"[..]), Err(DecodeError::NotUtf8 { offset: 3, line: 1 }));
    assert_eq!(decode(&b"cut short: \xE2\x9C"[..]), Err(DecodeError::NotUtf8 { offset: 11, line: 1 }));
}

#[test]
fn broken_utf16_is_refused() {
    for bytes in [&b"\xFF\xFEa"[..], b"\xFF\xFE\x00\xD8a\x00", b"\xFE\xFF\xDC\x00", b"\xFF\xFE\x00\x00a\x00\x00\x00"] {
        assert_eq!(decode(bytes), Err(DecodeError::NotUtf16));
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(decoded) = decode(bytes.as_slice()) {
            prop_assert!(!decoded.text.contains('\r'));
            prop_assert!(decoded.encoding != Encoding::Utf8 || decoded.disk_text().len() + usize::from(decoded.bom) == bytes.len());
        }
    }

    #[test]
    fn any_text_in_utf16(text in any::<String>()) {
        prop_assume!(!text.starts_with('\0'));
        let decoded = decode(utf16(&text, u16::to_le_bytes)).unwrap();
        prop_assert_eq!(decoded.disk_text(), text);
    }
}
