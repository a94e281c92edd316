//! A client that says exactly what it is told, byte for byte. Every read has a deadline.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// No test waits longer than this for anything.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);

/// One connection.
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
    reader: BufReader<TcpStream>,
}

/// An answer, read to its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(crate) fn connect(address: SocketAddr) -> Client {
        let socket = TcpStream::connect_timeout(&address, DEADLINE).unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        socket.set_write_timeout(Some(DEADLINE)).unwrap();
        Client { address, reader: BufReader::new(socket) }
    }

    pub(crate) fn socket(&self) -> &TcpStream {
        self.reader.get_ref()
    }

    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Client {
        self.reader.get_mut().write_all(bytes.as_ref()).unwrap();
        self
    }

    /// Sends a request line and fields, with our own Host.
    pub(crate) fn ask(&mut self, line: &str, fields: &str) -> &mut Client {
        let request = format!("{line} HTTP/1.1\r\nHost: {}\r\n{fields}\r\n", self.address);
        self.send(request)
    }

    /// Reads one line, without its end; `None` at the end of the connection.
    pub(crate) fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let count = self.reader.read_line(&mut line).unwrap();
        (count > 0).then(|| line.trim_end().to_owned())
    }

    /// Reads a head; `None` when the connection ends before it.
    pub(crate) fn head(&mut self) -> Option<(u16, String)> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        let mut head = first;
        while let Some(line) = self.line().filter(|line| !line.is_empty()) {
            head = format!("{head}\n{line}");
        }
        Some((status, head))
    }

    /// Reads an answer with the length that it announces.
    pub(crate) fn response(&mut self) -> Response {
        self.try_response().expect("an answer")
    }

    /// The same; `None` when the connection ends before it.
    pub(crate) fn try_response(&mut self) -> Option<Response> {
        let (status, head) = self.head()?;
        let mut body = vec![0; value(&head, "content-length").map_or(0, |length| length.parse().unwrap())];
        self.reader.read_exact(&mut body).unwrap();
        Some(Response { status, head, body })
    }

    /// Reads a head without a body after it: an answer to HEAD.
    pub(crate) fn bare_response(&mut self) -> Response {
        let (status, head) = self.head().expect("an answer");
        Response { status, head, body: Vec::new() }
    }

    /// Whether the other side has closed the connection, and said nothing more.
    pub(crate) fn is_at_end(&mut self) -> bool {
        let mut rest = Vec::new();
        self.reader.read_to_end(&mut rest).is_ok() && rest.is_empty()
    }

    /// The same, or that it was reset, which is what happens to what was sent and not read.
    pub(crate) fn is_lost(&mut self) -> bool {
        let mut rest = Vec::new();
        let is_reset = |error: std::io::Error| error.kind() == ErrorKind::ConnectionReset;
        self.reader.read_to_end(&mut rest).map_or_else(is_reset, |count| count == 0)
    }

    /// Says that nothing more will be sent.
    pub(crate) fn finish(&self) {
        self.socket().shutdown(Shutdown::Write).unwrap();
    }
}

impl Response {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        value(&self.head, name)
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

fn value<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let fields = head.lines().filter_map(|line| line.split_once(": "));
    fields.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
}

/// A page, over a connection of its own.
pub(crate) fn get(address: SocketAddr, target: &str) -> Response {
    Client::connect(address).ask(&format!("GET {target}"), "Connection: close\r\n").response()
}

/// A request as it stands, over a connection of its own.
pub(crate) fn exchange(address: SocketAddr, request: &str) -> Response {
    Client::connect(address).send(request).response()
}
