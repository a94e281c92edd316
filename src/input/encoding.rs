//! A guess at the encoding of a file that is not UTF-8, for the hint how to convert it. Nothing is read by it.

use crate::source::RelPath;

/// What to do about a file that is no UTF-8.
pub(super) fn hint(bytes: &[u8], path: &RelPath) -> String {
    match guess(bytes) {
        Some((people, name)) => {
            format!(
                "it looks like {people}; convert it with `iconv -f {name} -t UTF-8 {} > converted.md`",
                path.as_str()
            )
        }
        None => "it does not look like text; leave it out with `exclude` in readybook.toml".to_owned(),
    }
}

/// The encoding that bytes probably have: its name for people and for `iconv`. `None` for what is probably no text.
fn guess(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let half = sample.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if odd > half / 3 && even <= half / 20 {
        return Some(("UTF-16 without a byte order mark", "UTF-16LE"));
    }
    if even > half / 3 && odd <= half / 20 {
        return Some(("UTF-16 without a byte order mark", "UTF-16BE"));
    }
    let control = sample.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    if control > sample.len() / 50 {
        return None;
    }
    let high = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let share = |from: u8, to: u8| sample.iter().filter(|byte| (from..=to).contains(*byte)).count() * 100 / high.max(1);
    // In Latin scripts a letter beyond ASCII mostly stands alone; in others such bytes come in pairs and longer runs.
    let runs = sample.split(u8::is_ascii).filter(|run| !run.is_empty());
    let (single, long) = runs.fold((0, 0), |(single, long), run| match run.len() {
        1 => (single + 1, long),
        _ => (single, long + 1),
    });
    Some(match () {
        // The lead bytes of kana.
        () if share(0x82, 0x83) > 25 => ("Shift_JIS", "SHIFT_JIS"),
        () if single >= long => ("windows-1252 or Latin-1", "WINDOWS-1252"),
        // The letters of Russian.
        () if share(0xC0, 0xFF) > 90 => ("windows-1251", "WINDOWS-1251"),
        () => ("a Chinese or Korean encoding, such as GBK", "GB18030"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(bytes: &[u8]) -> Option<&'static str> {
        guess(bytes).map(|(_, name)| name)
    }

    #[test]
    fn common_encodings_are_told_apart() {
        assert_eq!(guessed(b"# Pr\xEAt\n- [ ] v\xE9rifi\xE9\n"), Some("WINDOWS-1252"));
        let utf16: Vec<u8> = "# Launch\n- [ ] a\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(guessed(&utf16), Some("UTF-16LE"));
        for (text, encoding, name) in [
            ("# Готовность к запуску\n- [ ] проверка", encoding_rs::WINDOWS_1251, "WINDOWS-1251"),
            ("# リリースのチェックリスト\n- [ ] テストをする", encoding_rs::SHIFT_JIS, "SHIFT_JIS"),
            ("# 发布检查清单\n- [ ] 测试已完成", encoding_rs::GBK, "GB18030"),
        ] {
            assert_eq!(guessed(&encoding.encode(text).0), Some(name));
        }
        assert_eq!(guessed(b"\x7FELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\xFF"), None);
    }
}
