//! How a legend is written: its entries in a line, their signs, keys and meanings.

use super::Terms;
use crate::reading::status;

/// The entries of a line between bars, dots and commas. What follows a comma and explains nothing new belongs to what
/// is before it: `✅ built, not yet tried`.
pub(super) fn entries<'t>(terms: &Terms<'_>, text: &'t str) -> Vec<&'t str> {
    let mut entries: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(['·', '|', ',', ';', '•', '\n', '、', '，', '；', '／']) {
        let end = start + part.len();
        let joins =
            text[..start].ends_with([',', '、', '，']) && key(part).is_none() && signs(terms, part).next().is_none();
        match entries.last_mut().filter(|_| joins && status::boxed(part.trim()).is_none()) {
            Some(last) => last.1 = end,
            None => entries.push((start, end)),
        }
        start = end;
    }
    let separators = ['·', '|', ',', ';', '•', '\n', '、', '，', '；', '／'];
    entries.into_iter().map(|(start, end)| text[start..end].trim_end_matches(separators)).collect()
}

/// Where the entries of a line begin that nothing but spaces or slashes part: at glyphs and shapes behind a space.
/// `✅ done 🚧 begun`, `○ done / △ begun`.
pub(super) fn signs(terms: &Terms<'_>, text: &str) -> impl Iterator<Item = usize> {
    let starts = text.char_indices().filter(|(_, letter)| !letter.is_ascii() && !letter.is_whitespace());
    let behind_space = move |at: usize| text[..at].chars().next_back().is_none_or(char::is_whitespace);
    let is_sign = |at: usize| terms.glyph_at(&text[at..]).is_some() || shape_at(&text[at..]).is_some();
    starts.map(|(at, _)| at).filter(move |&at| behind_space(at) && is_sign(at))
}

/// A sign that is no letter at the start of a legend's entry, set apart by a space: `△ begun`, `－ n/a`.
pub(super) fn shape_at(entry: &str) -> Option<(char, &str)> {
    let sign = entry.chars().next().filter(|&sign| {
        sign == '〇'
            || !(sign.is_ascii() || sign.is_alphanumeric() || matches!(sign, '–' | '—' | '“' | '‘' | '「' | '→'))
    })?;
    let rest = &entry[sign.len_utf8()..];
    rest.starts_with([' ', '\u{3000}', ':', '：', '=', '＝']).then_some((sign, rest))
}

/// The key of an entry and what it means.
pub(super) fn key(entry: &str) -> Option<(&str, &str)> {
    // Most entries have none of them, and their first bytes but for spaces tell.
    let has = |byte: u8| memchr::memchr(byte, entry.as_bytes()).is_some();
    let may_have = |dash: &&str| dash.bytes().find(|&byte| byte != b' ').is_some_and(has);
    ["=", "→", " - ", " – ", " — ", ": "].into_iter().filter(may_have).find_map(|dash| entry.split_once(dash))
}

/// What an entry says behind its sign or key, without what sets that apart.
pub(super) fn meaning(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '=' | '＝' | '-' | '–' | '—' | ':' | '：' | '→' | '\u{fe0f}' | '*' | '`')
    })
    .trim()
}
