//! The anchors that the search script can tell by itself, so that the index need not name them.

use crate::model::{Item, ItemKind};

/// Characters of an item's text that go into its anchor.
const TEXT: usize = 60;

/// Whether a script can tell the anchor of a heading from its title.
pub(super) fn is_slug(anchor: &str, title: &str, room: &mut String) -> bool {
    plain_slug(title, room) && anchor == room
}

/// Whether it can tell the anchor of an item: its id, or `section--text`.
pub(super) fn is_default_anchor(item: &Item, section: &str, room: &mut String) -> bool {
    match (&item.reference, item.kind) {
        (_, ItemKind::Heading) => false,
        (Some(id), _) => is_slug(&item.anchor, id, room),
        (None, _) => {
            let end = item.text.char_indices().nth(TEXT).map_or(item.text.len(), |(end, _)| end);
            let rest = item.anchor.strip_prefix(section).and_then(|rest| rest.strip_prefix("--"));
            rest.is_some_and(|rest| plain_slug(&item.text[..end], room) && rest == room.trim_matches('-'))
        }
    }
}

/// Writes the slug of a text to `slug`. `false` when this program and a script might not agree on it.
fn plain_slug(text: &str, slug: &mut String) -> bool {
    slug.clear();
    for c in text.chars() {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(c),
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => {}
            c if is_letter(c) => slug.extend(c.to_lowercase()),
            _ => return false,
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
        let mut room = String::new();
        assert!(is_slug("cicd--größe---x_y", "CI/CD & Größe - x_y", &mut room));
        assert!(is_slug("完成-2", "完成 2", &mut room));
        assert!(!is_slug("-done", "✅ Done", &mut room));
        assert!(!is_slug("done-1", "Done", &mut room));
    }
}
