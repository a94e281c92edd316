//! The head of a request: bytes to a request line and fields, strictly.
//!
//! What is not clearly HTTP/1 is refused rather than guessed at: no bare line feeds, no folded lines, no blanks before
//! a colon, no raw bytes outside ASCII in the request line.

use memchr::memmem;

use super::refusal::Refusal;

/// A head whose every line is well-formed.
#[derive(Debug)]
pub(super) struct Head<'a> {
    pub(super) method: &'a str,
    pub(super) target: &'a str,
    pub(super) version: Version,
    fields: Vec<(&'a str, &'a [u8])>,
}

/// The two versions that are spoken here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    Http10,
    Http11,
}

/// Where the head ends in what has arrived: the index after its empty line. `seen` bytes were searched before.
pub(super) fn end(bytes: &[u8], seen: usize) -> Option<usize> {
    let from = seen.saturating_sub(3);
    memmem::find(bytes.get(from..)?, b"\r\n\r\n").map(|at| from + at + 4)
}

impl<'a> Head<'a> {
    /// Reads a whole head, empty line included, of at most `lines` fields.
    pub(super) fn parse(bytes: &'a [u8], lines: usize) -> Result<Head<'a>, Refusal> {
        let text = bytes.strip_suffix(b"\r\n\r\n").ok_or(Refusal::MALFORMED)?;
        let mut rest = text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        if 2 * memmem::find_iter(text, b"\r\n").count() != memchr::memchr2_iter(b'\r', b'\n', text).count() {
            return Err(Refusal::MALFORMED);
        }
        let (method, target, version) = request_line(rest.next().unwrap_or_default())?;
        let mut fields = Vec::with_capacity(16);
        for line in rest {
            if fields.len() == lines {
                return Err(Refusal::HEAD_TOO_LARGE);
            }
            fields.push(field(line).ok_or(Refusal::MALFORMED)?);
        }
        Ok(Head { method, target, version, fields })
    }

    /// The value of a field that may stand there once: `None` when it is absent, a refusal when it is there twice or
    /// not plain ASCII.
    pub(super) fn one(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        let mut values = self.fields.iter().filter(|(field, _)| field.eq_ignore_ascii_case(name));
        let Some((_, value)) = values.next() else { return Ok(None) };
        match std::str::from_utf8(value) {
            Ok(text) if text.is_ascii() && values.next().is_none() => Ok(Some(text)),
            _ => Err(Refusal::MALFORMED),
        }
    }

    /// Whether the client wants the connection closed after the answer.
    pub(super) fn wants_close(&self) -> bool {
        let mut values = self.fields.iter().filter(|(field, _)| field.eq_ignore_ascii_case("connection"));
        let is_close = |word: &[u8]| word.trim_ascii().eq_ignore_ascii_case(b"close");
        self.version == Version::Http10 || values.any(|(_, value)| value.split(|byte| *byte == b',').any(is_close))
    }
}

fn request_line(line: &[u8]) -> Result<(&str, &str, Version), Refusal> {
    let line = std::str::from_utf8(line).map_err(|_| Refusal::MALFORMED)?;
    let mut parts = line.split(' ');
    let (Some(method), Some(target), Some(version), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refusal::MALFORMED);
    };
    if !is_token(method.as_bytes()) || target.is_empty() || !target.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Refusal::MALFORMED);
    }
    match version {
        "HTTP/1.1" => Ok((method, target, Version::Http11)),
        "HTTP/1.0" => Ok((method, target, Version::Http10)),
        other if other.starts_with("HTTP/") => Err(Refusal::VERSION),
        _ => Err(Refusal::MALFORMED),
    }
}

fn field(line: &[u8]) -> Option<(&str, &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let (name, value) = line.split_at(colon);
    let value = value.get(1..)?.trim_ascii();
    let is_text = value.iter().all(|byte| *byte == b'\t' || !byte.is_ascii_control());
    (is_token(name) && is_text).then_some((std::str::from_utf8(name).ok()?, value))
}

fn is_token(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(head: &[u8]) -> u16 {
        Head::parse(head, 100).map_or_else(|refusal| refusal.status, |_| 200)
    }

    #[test]
    fn a_sound_head_is_read() {
        let head =
            Head::parse(b"GET /a?b HTTP/1.1\r\nHost: x\r\nX-A:\tb c \r\nConnection: a, Close\r\n\r\n", 3).unwrap();
        assert_eq!((head.method, head.target, head.version), ("GET", "/a?b", Version::Http11));
        assert_eq!(head.one("host").unwrap(), Some("x"));
        assert_eq!(head.one("x-a").unwrap(), Some("b c"));
        assert_eq!(head.one("x-b").unwrap(), None);
        assert!(head.wants_close());
    }

    #[test]
    fn the_end_is_found_across_two_reads() {
        assert_eq!(end(b"GET / HTTP/1.1\r\n\r\nGET", 0), Some(18));
        assert_eq!(end(b"GET / HTTP/1.1\r\n\r\nGET", 17), Some(18));
        assert_eq!(end(b"GET / HTTP/1.1\r\n\r", 0), None);
    }

    #[test]
    fn what_is_not_clearly_http_is_refused() {
        let heads: [&[u8]; 14] = [
            b"\r\n\r\n",
            b"GET /\r\n\r\n",
            b"GET  / HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1 \r\n\r\n",
            b" GET / HTTP/1.1\r\n\r\n",
            b"G\xc3\xa9T / HTTP/1.1\r\n\r\n",
            b"GET /\xc3\xa9 HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\nHost: x\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\ry\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
            b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
            b"GET / HTTP/1.1\r\n: empty\r\n\r\n",
            b"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n",
        ];
        for head in heads {
            assert_eq!(status(head), 400, "{}", head.escape_ascii());
        }
        assert_eq!(status(b"PRI * HTTP/2.0\r\n\r\n"), 505);
    }

    #[test]
    fn lines_are_counted_and_double_fields_refused() {
        let mut head = b"GET / HTTP/1.1\r\n".to_vec();
        head.extend(b"X: y\r\n".repeat(101));
        head.extend(b"\r\n");
        assert_eq!(status(&head), 431);
        let double = Head::parse(b"GET / HTTP/1.1\r\nHost: x\r\nhOST: x\r\n\r\n", 100).unwrap();
        assert_eq!(double.one("Host").unwrap_err().status, 400);
    }
}
