//! The anchors that the search script can tell by itself, so that the index need not name them.

use crate::model::{Item, ItemKind};

/// Characters of an item's text that go into its anchor.
const TEXT: usize = 60;

/// The slug of a text, when this program and a script are sure to agree on it.
pub(super) fn plain_slug(text: &str) -> Option<String> {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(c),
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => {}
            c if is_letter(c) => slug.extend(c.to_lowercase()),
            _ => return None,
        }
    }
    Some(slug)
}

/// The anchor that an item has when nothing else has it: its id, or `section--text`.
pub(super) fn default_anchor(item: &Item, section: &str) -> Option<String> {
    match (&item.reference, item.kind) {
        (_, ItemKind::Heading) => None,
        (Some(id), _) => plain_slug(id),
        (None, _) => {
            let text: String = item.text.chars().take(TEXT).collect();
            Some(format!("{section}--{}", plain_slug(&text)?.trim_matches('-')))
        }
    }
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
        assert_eq!(plain_slug("CI/CD & Größe - x_y").as_deref(), Some("cicd--größe---x_y"));
        assert_eq!(plain_slug("✅ Done"), None);
        assert_eq!(plain_slug("完成 2").as_deref(), Some("完成-2"));
    }
}
