//! One tag of raw HTML, taken apart far enough to judge it. The sanitiser has the last word.

/// A tag.
pub(super) struct Tag<'a> {
    /// Its name in lower case.
    pub(super) name: String,
    /// Whether it is a closing tag.
    pub(super) closes: bool,
    /// Its attributes.
    pub(super) attributes: Attributes,
    /// The tag as written.
    pub(super) source: &'a str,
}

/// Attributes by name in lower case, values decoded.
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The tag that a text begins with, and what follows it.
pub(super) fn next_tag(text: &str) -> Option<(Tag<'_>, &str)> {
    let inner = text.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let (name, mut rest) = inner.split_at(length);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            let source = &text[..text.len() - after.len()];
            let tag = Tag { name: name.to_ascii_lowercase(), closes, attributes: Attributes(attributes), source };
            return Some((tag, after));
        }
        let (attribute, after) = next_attribute(rest)?;
        attributes.push(attribute);
        rest = after;
    }
}

/// The attribute that a text begins with; `None` where it is not one, or does not end.
fn next_attribute(text: &str) -> Option<((String, String), &str)> {
    let length = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"' | '\''))?;
    let (name, rest) = text.split_at(length);
    if name.is_empty() {
        return None;
    }
    let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
        return Some(((name.to_ascii_lowercase(), String::new()), rest));
    };
    let (value, rest) = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote)?,
        _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '<' | '"' | '\''))?),
    };
    Some(((name.to_ascii_lowercase(), decoded(value)), rest))
}

/// A value with its entities decoded: the numeric ones, and those of HTML that can hide a scheme.
fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let length = tail.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        match entity(&tail[..length]) {
            Some(c) => {
                out.push(c);
                rest = tail[length..].strip_prefix(';').unwrap_or(&tail[length..]);
            }
            None => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    let named = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("colon", ':'),
        ("Tab", '\t'),
        ("NewLine", '\n'),
        ("nbsp", '\u{a0}'),
    ];
    named.into_iter().find(|&(own, _)| own == name).map(|(_, c)| c)
}
