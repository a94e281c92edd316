//! The anchors that the search script can tell by itself, so that the index need not name them.

use crate::model::{Item, ItemKind};

/// Characters of an item's text that go into its anchor.
const TEXT: usize = 60;

/// Whether a script can tell the anchor of a heading from its title.
pub(super) fn is_slug(anchor: &str, title: &str, room: &mut Vec<u8>) -> bool {
    plain_slug(title, room) && anchor.as_bytes() == room
}

/// Whether it can tell the anchor of an item: its id, or `section--text`.
pub(super) fn is_default_anchor(item: &Item, section: &str, room: &mut Vec<u8>) -> bool {
    match (&item.reference, item.kind) {
        (_, ItemKind::Heading) => false,
        (Some(id), _) => is_slug(&item.anchor, id, room),
        (None, _) => {
            let rest = item.anchor.strip_prefix(section).and_then(|rest| rest.strip_prefix("--"));
            rest.is_some_and(|rest| plain_slug(start(&item.text), room) && rest.as_bytes() == trimmed(room))
        }
    }
}

/// The characters of a text that go into an anchor.
fn start(text: &str) -> &str {
    match text.as_bytes().get(..TEXT) {
        None => text,
        Some(start) if start.is_ascii() => &text[..TEXT],
        Some(_) => text.char_indices().nth(TEXT).map_or(text, |(end, _)| &text[..end]),
    }
}

/// A slug without dashes at its ends.
fn trimmed(mut slug: &[u8]) -> &[u8] {
    while let [b'-', rest @ ..] | [rest @ .., b'-'] = slug {
        slug = rest;
    }
    slug
}

/// Writes the slug of a text to `slug`. `false` when this program and a script might not agree on it.
fn plain_slug(text: &str, slug: &mut Vec<u8>) -> bool {
    slug.clear();
    slug.resize(text.len(), 0);
    let mut length = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !byte.is_ascii() {
            slug.truncate(length);
            return any_slug(&text[at..], slug);
        }
        // Written in any case, and kept by counting it: without a branch for each character.
        let kept = KEPT[usize::from(byte)];
        slug[length] = kept;
        length += usize::from(kept != 0);
    }
    slug.truncate(length);
    true
}

/// By ASCII character, what it is in a slug; 0 for what it leaves out.
const KEPT: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        table[byte as usize] = kept(byte);
        byte += 1;
    }
    table
};

/// What an ASCII character is in a slug; 0 for one that is left out.
const fn kept(byte: u8) -> u8 {
    match byte {
        b' ' => b'-',
        b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => byte.to_ascii_lowercase(),
        _ => 0,
    }
}

/// Adds the slug of the rest of a text.
fn any_slug(text: &str, slug: &mut Vec<u8>) -> bool {
    for c in text.chars() {
        match KEPT.get(c as usize) {
            Some(0) => {}
            Some(&kept) => slug.push(kept),
            None if is_letter(c) => {
                c.to_lowercase().for_each(|c| slug.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()));
            }
            None => return false,
        }
    }
    true
}

/// Letters of scripts in which lower case and the notion of a letter are the same everywhere.
fn is_letter(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{12f}' | '\u{131}'..='\u{24f}'
        | '\u{3b1}'..='\u{3c9}' | '\u{410}'..='\u{44f}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sure_slugs_are_told() {
        let mut room = Vec::new();
        assert!(is_slug("cicd--größe---x_y", "CI/CD & Größe - x_y", &mut room));
        assert!(is_slug("完成-2", "完成 2", &mut room));
        assert!(!is_slug("-done", "✅ Done", &mut room));
        assert!(!is_slug("done-1", "Done", &mut room));
    }
}
