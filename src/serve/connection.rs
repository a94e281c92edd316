//! One connection: a small state machine that never blocks and never holds more than one request.
//!
//! While an answer is being made or sent nothing is read, so a client that sends requests and reads no answers fills
//! its own buffers, not ours.

use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Instant;

use rustix::event::PollFlags;

use super::crew::Request;
use super::head::{self, Head};
use super::http::{self, After, Asked};
use super::limits::Limits;
use super::names::Names;
use super::refusal::Refusal;
use super::wire::{self, Reply};

/// What connections are held to.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) limits: Limits,
    pub(super) names: Names,
}

/// A client's connection.
#[derive(Debug)]
pub(super) struct Connection {
    socket: TcpStream,
    /// What has arrived and is not used yet: at most one head and one body.
    inbox: Vec<u8>,
    stage: Stage,
    /// When what is going on began: the wait, the request, or the last byte sent. Bytes that trickle in do not count,
    /// or a slow head would hold its place for ever.
    since: Instant,
    /// When patience ends; none while an answer is being made.
    deadline: Option<Instant>,
}

#[derive(Debug)]
enum Stage {
    /// A head is awaited; so many bytes of the inbox hold no end of one.
    Head(usize),
    /// The body of a tick is awaited.
    Body(usize, After),
    /// An answer is being made.
    Working,
    /// An answer is being sent; so many bytes are gone.
    Sending(Reply, usize),
    /// All is said; what still arrives is thrown away, at most so many bytes.
    Lingering(usize),
}

/// What a turn of a connection came to.
#[derive(Debug)]
pub(super) enum Turn {
    /// Wait until the socket is ready again.
    Wait,
    /// The connection is over.
    Over,
    /// An answer has to be made.
    Ask(Request, After),
    /// The connection becomes an event stream; the build that the page shows.
    Park(Option<u64>),
}

/// How readily a connection is given up for a new one: the least patient first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Worth {
    Over,
    Idle,
    Unfinished,
    Stalled,
}

impl Connection {
    /// Takes over an accepted socket.
    pub(super) fn new(socket: TcpStream, rules: &Rules, now: Instant) -> io::Result<Connection> {
        socket.set_nonblocking(true)?;
        socket.set_nodelay(true)?;
        let deadline = Some(now + rules.limits.request_time);
        Ok(Connection { socket, inbox: Vec::new(), stage: Stage::Head(0), since: now, deadline })
    }

    /// The socket, and what `poll` should wait for on it: nothing while an answer is being made.
    pub(super) fn interest(&self) -> Option<(&TcpStream, PollFlags)> {
        match self.stage {
            Stage::Head(_) | Stage::Body(..) | Stage::Lingering(_) => Some((&self.socket, PollFlags::IN)),
            Stage::Sending(..) => Some((&self.socket, PollFlags::OUT)),
            Stage::Working => None,
        }
    }

    /// When [`Connection::expire`] is due.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// What the connection is worth and since when nothing has happened on it; `None` while it is indispensable.
    pub(super) fn worth(&self) -> Option<(Worth, Instant)> {
        let worth = match self.stage {
            Stage::Lingering(_) => Worth::Over,
            Stage::Head(_) if self.inbox.is_empty() => Worth::Idle,
            Stage::Head(_) | Stage::Body(..) => Worth::Unfinished,
            Stage::Sending(..) => Worth::Stalled,
            Stage::Working => return None,
        };
        Some((worth, self.since))
    }

    /// The socket, for the streams.
    pub(super) fn into_socket(self) -> TcpStream {
        self.socket
    }

    /// Takes the answer; a turn should follow.
    pub(super) fn answer(&mut self, reply: Reply, rules: &Rules, now: Instant) {
        self.since = now;
        self.deadline = Some(now + rules.limits.stall_time);
        self.stage = Stage::Sending(reply, 0);
    }

    /// Answers with a refusal; a turn should follow.
    pub(super) fn refuse(&mut self, refusal: Refusal, rules: &Rules, now: Instant) {
        self.inbox = Vec::new();
        self.answer(wire::refusal(refusal), rules, now);
    }

    /// The deadline has passed: a request that has begun is told so, all else just ends.
    pub(super) fn expire(&mut self, rules: &Rules, now: Instant) -> Turn {
        let has_begun = match self.stage {
            Stage::Head(_) => !self.inbox.is_empty(),
            Stage::Body(..) => true,
            _ => false,
        };
        if has_begun {
            self.refuse(Refusal::TOO_SLOW, rules, now);
            return Turn::Wait;
        }
        Turn::Over
    }

    /// Goes on as far as it can without waiting. `scratch` is where bytes are read to.
    pub(super) fn turn(&mut self, rules: &Rules, scratch: &mut [u8], now: Instant) -> Turn {
        let turn = match self.stage {
            Stage::Working => Ok(Turn::Wait),
            Stage::Lingering(_) => self.drain(scratch),
            Stage::Sending(..) => self.send(rules, now),
            Stage::Head(_) | Stage::Body(..) => self.receive(rules, scratch, now),
        };
        match turn {
            Ok(turn) => turn,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Turn::Wait,
            Err(_) => Turn::Over,
        }
    }

    fn receive(&mut self, rules: &Rules, scratch: &mut [u8], now: Instant) -> io::Result<Turn> {
        let room = (rules.limits.head_bytes + rules.limits.body_bytes).saturating_sub(self.inbox.len());
        let wanted = room.min(scratch.len());
        let count = self.socket.read(scratch.get_mut(..wanted).unwrap_or_default())?;
        if count == 0 {
            return Ok(Turn::Over);
        }
        if self.inbox.is_empty() && matches!(self.stage, Stage::Head(_)) {
            self.since = now;
            self.deadline = Some(now + rules.limits.request_time);
        }
        self.inbox.extend_from_slice(scratch.get(..count).unwrap_or_default());
        self.examine(rules, now)
    }

    /// Looks whether a whole request has arrived.
    fn examine(&mut self, rules: &Rules, now: Instant) -> io::Result<Turn> {
        if let Stage::Head(seen) = self.stage {
            let Some(end) = head::end(&self.inbox, seen).filter(|end| *end <= rules.limits.head_bytes) else {
                self.stage = Stage::Head(self.inbox.len());
                let is_too_large = self.inbox.len() >= rules.limits.head_bytes;
                return if is_too_large { self.turn_away(Refusal::HEAD_TOO_LARGE, rules, now) } else { Ok(Turn::Wait) };
            };
            let head = Head::parse(self.inbox.get(..end).unwrap_or_default(), rules.limits.head_lines);
            let asked = head.and_then(|head| http::judge(&head, &rules.names, rules.limits.body_bytes));
            self.inbox.drain(..end);
            match asked {
                Err(refusal) => return self.turn_away(refusal, rules, now),
                Ok((Asked::Stream(build), _)) => return Ok(Turn::Park(build)),
                Ok((Asked::Page(address, part), after)) => return Ok(self.ask(Request::Page(address, part), after)),
                Ok((Asked::Tick(length), after)) => self.stage = Stage::Body(length, after),
            }
        }
        match self.stage {
            Stage::Body(length, after) if self.inbox.len() >= length => {
                let body = self.inbox.drain(..length).collect();
                Ok(self.ask(Request::Tick(body), after))
            }
            _ => Ok(Turn::Wait),
        }
    }

    fn ask(&mut self, request: Request, after: After) -> Turn {
        self.stage = Stage::Working;
        self.deadline = None;
        Turn::Ask(request, after)
    }

    fn turn_away(&mut self, refusal: Refusal, rules: &Rules, now: Instant) -> io::Result<Turn> {
        self.refuse(refusal, rules, now);
        self.send(rules, now)
    }

    fn send(&mut self, rules: &Rules, now: Instant) -> io::Result<Turn> {
        let Stage::Sending(reply, sent) = &mut self.stage else { return Ok(Turn::Wait) };
        let length = reply.head.len() + reply.body.len();
        while *sent < length {
            let head = reply.head.get(*sent..).unwrap_or_default();
            let body = reply.body.get(sent.saturating_sub(reply.head.len())..).unwrap_or_default();
            *sent += match self.socket.write_vectored(&[IoSlice::new(head), IoSlice::new(body)])? {
                0 => return Ok(Turn::Over),
                count => count,
            };
            self.since = now;
            self.deadline = Some(now + rules.limits.stall_time);
        }
        match reply.after {
            After::Keep => self.listen_again(rules, now),
            After::Close => self.say_goodbye(rules, now),
        }
    }

    fn listen_again(&mut self, rules: &Rules, now: Instant) -> io::Result<Turn> {
        self.stage = Stage::Head(0);
        if self.inbox.is_empty() {
            self.deadline = Some(now + rules.limits.idle_time);
            return Ok(Turn::Wait);
        }
        self.deadline = Some(now + rules.limits.request_time);
        self.examine(rules, now)
    }

    /// Says that no more comes, and waits for the client to have read it: closing a socket with unread bytes in it
    /// resets the connection, and the answer would be lost.
    fn say_goodbye(&mut self, rules: &Rules, now: Instant) -> io::Result<Turn> {
        self.socket.shutdown(Shutdown::Write)?;
        self.inbox = Vec::new();
        self.stage = Stage::Lingering(16 * rules.limits.head_bytes);
        self.deadline = Some(now + rules.limits.linger_time);
        Ok(Turn::Wait)
    }

    fn drain(&mut self, scratch: &mut [u8]) -> io::Result<Turn> {
        let Stage::Lingering(left) = &mut self.stage else { return Ok(Turn::Wait) };
        let count = self.socket.read(scratch)?;
        *left = left.saturating_sub(count);
        Ok(if count == 0 || *left == 0 { Turn::Over } else { Turn::Wait })
    }
}
