//! What a sound request may ask, and what answers it.
//!
//! [`Pages`] is the whole of what this side of the preview knows of a site. A request is judged here from its head
//! alone: whom it addresses, where it comes from, what it wants. Only then is [`Pages`] asked.

use std::borrow::Cow;
use std::sync::Arc;

use super::address;
use super::head::Head;
use super::names::{Claim, Names};
use super::refusal::Refusal;

/// The address of the event stream of live reload.
pub const LIVE_RELOAD: &str = "/__livereload";

/// The address that takes the one POST: ticking an item.
pub const TICK: &str = "/__tick";

/// Where answers come from. Called on several threads at once; may take its time, the other threads go on. A panic is
/// answered with 500 and the server goes on.
pub trait Pages: Send + Sync + 'static {
    /// The page at an address, or `None` when there is none. The address begins with `/`, is decoded, has no query, no
    /// segment `.` or `..`, no backslash and no control characters; look it up, do not join it to a path.
    fn get(&self, address: &str) -> Option<Answer>;

    /// The page for an address that is not there. Give it status 404.
    fn not_found(&self) -> Answer;

    /// A tick. The request came from one of our own pages (`Origin` present and ours); the body is what it said to be:
    /// `application/json`, complete, at most [`Limits::body_bytes`](super::limits::Limits::body_bytes) long. The token
    /// in it is for this function to check.
    fn tick(&self, body: &[u8]) -> Answer;
}

/// An answer: status, type, bytes. The headers that every answer carries are added on the way out.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The value of `Content-Type`; ASCII (an answer that cannot be printed becomes a 500).
    pub content_type: Cow<'static, str>,
    /// The bytes; shared, so that a page kept in memory is not copied for each reader.
    pub body: Arc<[u8]>,
    /// The value of `Location`, for redirects; anything that is not plain there is escaped on the way out.
    pub location: Option<String>,
}

impl Answer {
    /// A page that is there: status 200.
    pub fn ok(content_type: impl Into<Cow<'static, str>>, body: impl Into<Arc<[u8]>>) -> Answer {
        Answer { status: 200, content_type: content_type.into(), body: body.into(), location: None }
    }

    /// A line of plain text with a status.
    #[must_use]
    pub fn text(status: u16, text: &str) -> Answer {
        let line = format!("{text}\n").into_bytes();
        Answer::ok("text/plain; charset=utf-8", line).with_status(status)
    }

    /// The page has moved for good: status 308 to an address of this site.
    #[must_use]
    pub fn moved(to: &str) -> Answer {
        Answer { location: Some(to.to_owned()), ..Answer::text(308, "Moved.") }
    }

    /// The same answer with another status.
    #[must_use]
    pub fn with_status(self, status: u16) -> Answer {
        Answer { status, ..self }
    }
}

/// What a judged head asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A page; `None` for an address that no page can have.
    Page(Option<String>, Part),
    /// A tick, with the length of its body.
    Tick(usize),
    /// An event stream, with the build that the waiting page shows.
    Stream(Option<u64>),
}

/// How much of an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    HeadOnly,
}

/// What happens to the connection after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    Keep,
    Close,
}

/// Judges a head. `body_bytes` is the most that a tick may send.
pub(super) fn judge(head: &Head<'_>, names: &Names, body_bytes: usize) -> Result<(Asked, After), Refusal> {
    addressed_to_us(head, names)?;
    let length = body_length(head)?;
    let from_us = sent_by_us(head, names)?;
    let after = if head.wants_close() { After::Close } else { After::Keep };
    let path = address::path(head.target);
    let asked = match (head.method, path) {
        ("POST", TICK) => {
            let length = length.ok_or(Refusal::NO_LENGTH)?;
            if from_us != Sender::Ours {
                return Err(Refusal::FOREIGN_ORIGIN);
            }
            if !is_json(head.one("content-type")?) {
                return Err(Refusal::MEDIA_TYPE);
            }
            return if length > body_bytes { Err(Refusal::BODY) } else { Ok((Asked::Tick(length), after)) };
        }
        (_, TICK) => return Err(Refusal::method("POST")),
        ("GET", LIVE_RELOAD) => Asked::Stream(last_build(head)?),
        (_, LIVE_RELOAD) => return Err(Refusal::method("GET")),
        ("GET", _) => Asked::Page(address::decode(head.target), Part::Whole),
        ("HEAD", _) => Asked::Page(address::decode(head.target), Part::HeadOnly),
        _ => return Err(Refusal::method("GET, HEAD")),
    };
    if length.is_some_and(|length| length > 0) { Err(Refusal::BODY) } else { Ok((asked, after)) }
}

fn addressed_to_us(head: &Head<'_>, names: &Names) -> Result<(), Refusal> {
    let host = head.one("host").ok().flatten().ok_or(Refusal::HOST)?;
    match names.host(host) {
        Claim::Own => Ok(()),
        Claim::Foreign => Err(Refusal::FOREIGN_HOST),
        Claim::Malformed => Err(Refusal::HOST),
    }
}

/// Who made a request, as far as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sender {
    /// A page of ours.
    Ours,
    /// No page that says so: an address that was typed, a program.
    Unsaid,
}

fn sent_by_us(head: &Head<'_>, names: &Names) -> Result<Sender, Refusal> {
    if head.one("sec-fetch-site")?.is_some_and(|site| site.eq_ignore_ascii_case("cross-site")) {
        return Err(Refusal::FOREIGN_ORIGIN);
    }
    match head.one("origin")?.map(|origin| names.origin(origin)) {
        None => Ok(Sender::Unsaid),
        Some(Claim::Own) => Ok(Sender::Ours),
        Some(Claim::Foreign) => Err(Refusal::FOREIGN_ORIGIN),
        Some(Claim::Malformed) => Err(Refusal::MALFORMED),
    }
}

/// The length that the head announces; any that does not fit a number is as good as the largest.
fn body_length(head: &Head<'_>) -> Result<Option<usize>, Refusal> {
    let length = head.one("content-length")?;
    if head.one("transfer-encoding")?.is_some() {
        return Err(if length.is_some() { Refusal::MALFORMED } else { Refusal::ENCODING });
    }
    if head.one("expect")?.is_some() {
        return Err(Refusal::EXPECTATION);
    }
    match length {
        None => Ok(None),
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(Some(digits.parse().unwrap_or(usize::MAX)))
        }
        Some(_) => Err(Refusal::MALFORMED),
    }
}

fn is_json(content_type: Option<&str>) -> bool {
    let essence = content_type.and_then(|text| text.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

/// The build that a waiting page shows. A browser that reconnects says it in `Last-Event-ID`, which is newer than the
/// address that it first came with.
fn last_build(head: &Head<'_>) -> Result<Option<u64>, Refusal> {
    let said = head.one("last-event-id")?.or_else(|| address::query(head.target, "build"));
    Ok(said.and_then(|number| number.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(lines: &str) -> Result<(Asked, After), u16> {
        let text = format!("{}\r\n\r\n", lines.replace('\n', "\r\n"));
        let head = Head::parse(text.as_bytes(), 100).map_err(|refusal| refusal.status)?;
        judge(&head, &Names::loopback(7878), 4096).map_err(|refusal| refusal.status)
    }

    fn get(more: &str) -> Result<(Asked, After), u16> {
        ask(&format!("GET /a/ HTTP/1.1\nHost: localhost:7878{more}"))
    }

    fn page(address: &str, part: Part) -> Asked {
        Asked::Page(Some(address.to_owned()), part)
    }

    #[test]
    fn pages_are_asked_for_by_get_and_head() {
        assert_eq!(get(""), Ok((page("/a/", Part::Whole), After::Keep)));
        assert_eq!(get("\nContent-Length: 0"), Ok((page("/a/", Part::Whole), After::Keep)));
        assert_eq!(get("\nConnection: close"), Ok((page("/a/", Part::Whole), After::Close)));
        let head = ask("HEAD /b?x HTTP/1.0\nHost: [::1]:7878");
        assert_eq!(head, Ok((page("/b", Part::HeadOnly), After::Close)));
        let unknown = ask("GET /%2e%2e/x HTTP/1.1\nHost: localhost:7878");
        assert_eq!(unknown, Ok((Asked::Page(None, Part::Whole), After::Keep)));
    }

    #[test]
    fn only_our_own_hosts_and_origins_are_let_through() {
        assert_eq!(ask("GET / HTTP/1.1"), Err(400));
        assert_eq!(ask("GET / HTTP/1.1\nHost: localhost:7878\nHost: localhost:7878"), Err(400));
        assert_eq!(ask("GET / HTTP/1.1\nHost: a b"), Err(400));
        assert_eq!(ask("GET / HTTP/1.1\nHost: evil.example"), Err(403));
        assert!(get("\nOrigin: http://localhost:7878\nSec-Fetch-Site: same-origin").is_ok());
        assert_eq!(get("\nOrigin: http://evil.example"), Err(403));
        assert_eq!(get("\nOrigin: null"), Err(403));
        assert_eq!(get("\nOrigin: evil"), Err(400));
        assert_eq!(get("\nOrigin: http://localhost:7878\nOrigin: http://localhost:7878"), Err(400));
        assert_eq!(get("\nSec-Fetch-Site: cross-site"), Err(403));
    }

    #[test]
    fn bodies_are_refused_but_the_ticks() {
        assert_eq!(get("\nContent-Length: 5"), Err(413));
        assert_eq!(get("\nContent-Length: 99999999999999999999999999"), Err(413));
        assert_eq!(get("\nContent-Length: -1"), Err(400));
        assert_eq!(get("\nContent-Length: 5, 5"), Err(400));
        assert_eq!(get("\nTransfer-Encoding: chunked"), Err(501));
        assert_eq!(get("\nTransfer-Encoding: chunked\nContent-Length: 5"), Err(400));
        assert_eq!(get("\nExpect: 100-continue"), Err(417));
        let tick = |more: &str| ask(&format!("POST /__tick HTTP/1.1\nHost: localhost:7878{more}"));
        let sound = "\nOrigin: http://localhost:7878\nContent-Type: application/json; charset=utf-8";
        assert_eq!(tick(&format!("{sound}\nContent-Length: 4096")), Ok((Asked::Tick(4096), After::Keep)));
        assert_eq!(tick(&format!("{sound}\nContent-Length: 4097")), Err(413));
        assert_eq!(tick(sound), Err(411));
        assert_eq!(tick("\nContent-Type: application/json\nContent-Length: 2"), Err(403));
        assert_eq!(tick("\nOrigin: http://localhost:7878\nContent-Type: text/plain\nContent-Length: 2"), Err(415));
    }

    #[test]
    fn wrong_methods_are_refused() {
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"] {
            assert_eq!(ask(&format!("{method} / HTTP/1.1\nHost: localhost:7878")), Err(405), "{method}");
        }
        assert_eq!(ask("GET /__tick HTTP/1.1\nHost: localhost:7878"), Err(405));
        assert_eq!(ask("HEAD /__livereload HTTP/1.1\nHost: localhost:7878"), Err(405));
    }

    #[test]
    fn a_stream_says_the_build_that_its_page_shows() {
        let stream = |more: &str| ask(&format!("GET /__livereload{more}")).unwrap().0;
        assert_eq!(stream(" HTTP/1.1\nHost: localhost:7878"), Asked::Stream(None));
        assert_eq!(stream("?build=7 HTTP/1.1\nHost: localhost:7878"), Asked::Stream(Some(7)));
        assert_eq!(stream("?build=x HTTP/1.1\nHost: localhost:7878"), Asked::Stream(None));
        let again = "?build=7 HTTP/1.1\nHost: localhost:7878\nLast-Event-ID: 9";
        assert_eq!(stream(again), Asked::Stream(Some(9)));
    }
}
