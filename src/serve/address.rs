//! A request's target to the address of a page.
//!
//! The target is decoded once. What comes out is only ever looked up in a map, never joined to a path; all the same,
//! whatever looks like a way up or out is answered as an address that nobody has.

/// The address that a target names: its path, percent-decoded once, without the query.
///
/// `None` when no page can have that address: not absolute, a broken or undecodable escape, a control character, a
/// backslash, or a segment `.` or `..` (before or after decoding).
#[must_use]
pub fn decode(target: &str) -> Option<String> {
    let path = path(target);
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { hex(rest.next()?)? << 4 | hex(rest.next()?)? } else { byte });
    }
    let address = String::from_utf8(bytes).ok()?;
    is_plain(&address).then_some(address)
}

/// The value of a key of the target's query, as it was written: the first one, not decoded.
#[must_use]
pub fn query<'a>(target: &'a str, key: &str) -> Option<&'a str> {
    let (_, query) = target.split_once('?')?;
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == key).map(|(_, value)| value)
}

/// The target without its query.
#[must_use]
pub fn path(target: &str) -> &str {
    target.split_once('?').map_or(target, |(path, _)| path)
}

/// What may stand in a `Location` header: `address` with everything escaped that is not plain there.
#[must_use]
pub fn encode(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@?#%".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

fn is_plain(address: &str) -> bool {
    address.starts_with('/')
        && !address.chars().any(|c| c.is_control() || c == '\\')
        && !address.split('/').any(|segment| segment == "." || segment == "..")
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_once() {
        assert_eq!(decode("/launch%20plan/?q=1").as_deref(), Some("/launch plan/"));
        assert_eq!(decode("/%252e%252e/x").as_deref(), Some("/%2e%2e/x"));
        assert_eq!(decode("/caf%C3%A9/").as_deref(), Some("/café/"));
    }

    #[test]
    fn no_way_up_or_out() {
        let ways = [
            "/../etc/passwd",
            "/a/../../b",
            "/%2e%2e/x",
            "/.%2E/x",
            "/%2e%2e%2fx",
            "/..%5cx",
            "/a%00b",
            "/%c0%ae%c0%ae/x",
            "/%",
            "/%4",
            "/%zz",
            "/%+1",
            "x",
            "",
            "http://localhost/x",
            "//../x",
            "/a/.",
        ];
        for way in ways {
            assert_eq!(decode(way), None, "{way}");
        }
    }

    #[test]
    fn query_is_found_by_key() {
        assert_eq!(query("/__livereload?a=1&build=7", "build"), Some("7"));
        assert_eq!(query("/__livereload", "build"), None);
    }

    #[test]
    fn a_location_cannot_break_its_header() {
        assert_eq!(encode("/a b\r\nX: é/"), "/a%20b%0D%0AX:%20%C3%A9/");
    }
}
