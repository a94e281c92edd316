//! The requests that are not let through, and what they are told.

/// A refusal: the connection is closed after it, for what follows cannot be trusted to be a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The status of the answer.
    pub(super) status: u16,
    /// The answer's text; nothing of the request is repeated in it.
    pub(super) text: &'static str,
    /// The value of `Allow`, for 405.
    pub(super) allow: Option<&'static str>,
}

impl Refusal {
    pub(super) const MALFORMED: Refusal = Refusal::new(400, "This is not a well-formed HTTP request.");
    pub(super) const HOST: Refusal = Refusal::new(400, "A request needs exactly one well-formed Host.");
    pub(super) const FOREIGN_HOST: Refusal =
        Refusal::new(403, "This preview answers only under its own names (see --host).");
    pub(super) const FOREIGN_ORIGIN: Refusal =
        Refusal::new(403, "This preview does not answer requests made by other sites: type its address instead.");
    pub(super) const TOO_SLOW: Refusal = Refusal::new(408, "The request took too long to arrive.");
    pub(super) const NO_LENGTH: Refusal = Refusal::new(411, "The body needs a Content-Length.");
    pub(super) const BODY: Refusal = Refusal::new(413, "A body of this size is not read here.");
    pub(super) const MEDIA_TYPE: Refusal = Refusal::new(415, "The body must be application/json.");
    pub(super) const EXPECTATION: Refusal = Refusal::new(417, "Send the request without Expect.");
    pub(super) const HEAD_TOO_LARGE: Refusal = Refusal::new(431, "The head of the request is too large.");
    pub(super) const ENCODING: Refusal = Refusal::new(501, "Transfer encodings are not read here.");
    pub(super) const TOO_MANY: Refusal = Refusal::new(503, "Too many tabs wait for changes already.");
    pub(super) const VERSION: Refusal = Refusal::new(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");

    const fn new(status: u16, text: &'static str) -> Refusal {
        Refusal { status, text, allow: None }
    }

    /// 405: the address is there, the method is not.
    pub(super) const fn method(allow: &'static str) -> Refusal {
        Refusal { allow: Some(allow), ..Refusal::new(405, "This address does not take that method.") }
    }
}
