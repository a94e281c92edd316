//! What the target of a link says, before anybody looks for it: its parts, decoded.

use std::borrow::Cow;

/// A target, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// Another site or scheme: not ours to judge.
    Foreign,
    /// A path of this site and a fragment.
    Local {
        /// Relative to the document, or to the root when it begins with `/`; empty for the document itself. Decoded.
        path: Cow<'a, str>,
        /// Behind `#`, decoded; empty for none.
        fragment: Cow<'a, str>,
    },
    /// Something that cannot be a path.
    Broken,
}

/// Hosts that stand for a machine at hand or for no host at all (RFC 2606, RFC 6761); often written without a scheme.
const STAND_INS: &[&str] =
    &["localhost", "127.0.0.1", "0.0.0.0", "[::1]", "example.com", "example.org", "example.net", "example.edu"];

/// Endings of such hosts.
const STAND_IN_ENDINGS: &[&str] =
    &[".localhost", ".example", ".test", ".invalid", ".example.com", ".example.org", ".example.net"];

impl<'a> Address<'a> {
    /// The parts of a target.
    pub(super) fn of(target: &'a str) -> Self {
        let target = target.trim();
        if has_scheme(target) || target.starts_with("//") {
            return Self::Foreign;
        }
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        match (decode(path), decode(fragment)) {
            (Some(path), Some(fragment)) if !path.contains(['\0', '\\']) => Self::Local { path, fragment },
            _ => Self::Broken,
        }
    }
}

/// Whether a target begins with a scheme (RFC 3986, section 3.1).
fn has_scheme(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Whether a target begins with a host that stands for a machine at hand or for none, though without a scheme. Asked
/// only of what is no file: a folder may have such a name.
pub(super) fn is_stand_in(target: &str) -> bool {
    let host = target.trim().split(['/', '?', '#']).next().unwrap_or_default();
    let host = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let host = host.to_ascii_lowercase();
    STAND_INS.contains(&host.as_str())
        || STAND_IN_ENDINGS.iter().any(|ending| host.strip_suffix(ending).is_some_and(|name| !name.is_empty()))
}

/// Resolves percent-encoding. `None` when what comes out is not UTF-8; a `%` that begins no pair stands for itself.
fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let value = pair.filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match value.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(value) => {
                decoded.push(value);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(target: &str) -> (String, String) {
        match Address::of(target) {
            Address::Local { path, fragment } => (path.into_owned(), fragment.into_owned()),
            other => panic!("{target}: {other:?}"),
        }
    }

    #[test]
    fn other_sites_are_foreign() {
        for target in [
            "https://kernel.org/a.md",
            "mailto:oncall@site.invalid",
            "//cdn.site/x.md",
            "localhost:8080/health",
            "data:text/plain,x",
            "javascript:alert(1)",
        ] {
            assert_eq!(Address::of(target), Address::Foreign, "{target}");
        }
    }

    #[test]
    fn paths_and_fragments_are_decoded() {
        assert_eq!(local("./a%20b.md#caf%C3%A9"), ("./a b.md".into(), "café".into()));
        assert_eq!(local("../x.md?plain=1#L3"), ("../x.md".into(), "L3".into()));
        assert_eq!(local("#top"), (String::new(), "top".into()));
        assert_eq!(local("100%.md"), ("100%.md".into(), String::new()));
        assert_eq!(local("%zz%é"), ("%zz%é".into(), String::new()));
        assert_eq!(local("docs/a:b.md").0, "docs/a:b.md");
    }

    #[test]
    fn hosts_without_a_scheme() {
        for target in ["localhost/health", "127.0.0.1:9090", "[::1]:3000/", "example.com/a", "api.example.com#x"] {
            assert!(is_stand_in(target), "{target}");
        }
        for target in [".test/x.md", "docs/example.com", "example.md", "latest/x.md", ""] {
            assert!(!is_stand_in(target), "{target}");
        }
    }

    #[test]
    fn what_is_no_path_is_broken() {
        assert_eq!(Address::of("a%00.md"), Address::Broken);
        assert_eq!(Address::of("a%ff.md"), Address::Broken);
        assert_eq!(Address::of("..%5Cx.md"), Address::Broken);
    }
}
