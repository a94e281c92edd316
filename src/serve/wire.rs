//! Answers to bytes: the door to tiny_http.
//!
//! tiny_http prints the head of every answer (status line, date, length), into memory. Its sockets are not used: every
//! fault that was measured in it (the abort on an enormous `Content-Length`, listening that ends with one failed
//! `accept`, heads without bounds, a thread a connection, answers in several small writes) lives in its listener and
//! its request reader, and a private listener behind a proxy would cost three descriptors a connection and be a second
//! way in. The guard has read the request already; what is left to do is to print.

use std::io;
use std::sync::Arc;

use tiny_http::{HTTPVersion, Header, Response, StatusCode};

use super::address;
use super::http::{After, Answer, Part};
use super::refusal::Refusal;

/// An answer as it goes over the wire.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    /// Status line and headers, empty line included.
    pub(super) head: Vec<u8>,
    /// What follows; empty for HEAD.
    pub(super) body: Arc<[u8]>,
    /// What happens to the connection when all is sent.
    pub(super) after: After,
}

/// Prints an answer. One that cannot be printed (a header outside ASCII) becomes a 500.
pub(super) fn reply(answer: &Answer, part: Part, after: After) -> Reply {
    let location = answer.location.as_deref().map(address::encode);
    let extra = location.as_deref().map(|to| ("Location", to));
    match head(answer, extra, after) {
        Some(head) => {
            let body = if part == Part::Whole { Arc::clone(&answer.body) } else { Arc::default() };
            Reply { head, body, after }
        }
        None => failure(),
    }
}

/// Prints a refusal, after which the connection is closed.
pub(super) fn refusal(refusal: Refusal) -> Reply {
    let answer = Answer::text(refusal.status, refusal.text);
    let extra = refusal.allow.map(|methods| ("Allow", methods));
    match head(&answer, extra, After::Close) {
        Some(head) => Reply { head, body: answer.body, after: After::Close },
        None => failure(),
    }
}

/// The answer when making one failed.
pub(super) fn failure() -> Reply {
    let answer = Answer::text(500, "This page could not be made: a fault of Readybook, not of your text.");
    let head = head(&answer, None, After::Close).unwrap_or_default();
    Reply { head, body: answer.body, after: After::Close }
}

fn head(answer: &Answer, extra: Option<(&str, &str)>, after: After) -> Option<Vec<u8>> {
    let fixed = [
        ("Server", "readybook"),
        ("Content-Type", answer.content_type.as_ref()),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];
    let headers =
        fixed.into_iter().chain(extra).map(|(name, value)| header(name, value)).collect::<Option<Vec<_>>>()?;
    let response = Response::new(StatusCode(answer.status), headers, io::empty(), Some(answer.body.len()), None)
        .with_chunked_threshold(usize::MAX);
    let mut bytes = Vec::with_capacity(384);
    // "Without a body" is how tiny_http prints an answer to HEAD: the head alone, with the length of the whole.
    response.raw_print(&mut bytes, HTTPVersion(1, 1), &[], true, None).ok()?;
    if after == After::Close {
        // tiny_http refuses to take this header from a caller.
        bytes.truncate(bytes.len().checked_sub(2)?);
        bytes.extend_from_slice(b"Connection: close\r\n\r\n");
    }
    Some(bytes)
}

fn header(name: &str, value: &str) -> Option<Header> {
    let is_plain = value.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_control());
    if is_plain { Header::from_bytes(name, value).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(reply: &Reply) -> Vec<String> {
        let text = String::from_utf8(reply.head.clone()).unwrap();
        assert!(text.ends_with("\r\n\r\n"));
        text.lines().filter(|line| !line.starts_with("Date: ")).map(str::to_owned).collect()
    }

    #[test]
    fn an_answer_carries_its_headers() {
        let reply = reply(&Answer::ok("text/html; charset=utf-8", *b"<p>"), Part::HeadOnly, After::Keep);
        let expected = [
            "HTTP/1.1 200 OK",
            "Server: readybook",
            "Content-Type: text/html; charset=utf-8",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Cross-Origin-Resource-Policy: same-origin",
            "Content-Length: 3",
            "",
        ];
        assert_eq!(lines(&reply), expected);
        assert!(reply.body.is_empty());
    }

    #[test]
    fn large_answers_keep_their_length() {
        let reply = reply(&Answer::ok("text/plain", vec![0; 1 << 20]), Part::Whole, After::Close);
        let lines = lines(&reply);
        assert!(lines.contains(&"Content-Length: 1048576".to_owned()));
        assert!(lines.contains(&"Connection: close".to_owned()));
    }

    #[test]
    fn redirects_and_refusals_say_where_and_what() {
        let moved = reply(&Answer::moved("/a b/\r\nX: y"), Part::Whole, After::Keep);
        assert!(lines(&moved).contains(&"Location: /a%20b/%0D%0AX:%20y".to_owned()));
        let refused = refusal(Refusal::method("GET, HEAD"));
        assert_eq!(lines(&refused)[0], "HTTP/1.1 405 Method Not Allowed");
        assert!(lines(&refused).contains(&"Allow: GET, HEAD".to_owned()));
    }

    #[test]
    fn a_header_cannot_be_broken_out_of() {
        let answer = Answer::ok("text/plain\r\nX: y", *b"x");
        assert_eq!(lines(&reply(&answer, Part::Whole, After::Keep))[0], "HTTP/1.1 500 Internal Server Error");
    }
}
