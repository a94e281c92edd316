//! Which address the preview listens at.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs};
use std::ops::RangeInclusive;

use thiserror::Error;

use super::names::Names;

/// The port when none is asked for.
pub const DEFAULT_PORT: u16 = 7878;

/// How many ports are tried from the default one on.
const TRIES: u16 = 100;

/// Connections that the system keeps for us until we accept them; it may cut this down.
#[cfg(unix)]
const BACKLOG: i32 = 1024;

/// A listener that is bound, with the names under which it may be addressed.
#[derive(Debug)]
pub struct Bound {
    pub(super) listener: TcpListener,
    pub(super) names: Names,
    address: SocketAddr,
    host: Option<String>,
}

/// Why there is no listener.
#[derive(Debug, Error)]
pub enum BindError {
    /// The port that was asked for is taken.
    #[error("port {0} is taken: choose another with --port, or leave it out for the next free one")]
    Taken(u16),
    /// The port to begin with and all that were tried after it are taken.
    #[error("ports {0} to {1} are taken: choose one with --port")]
    AllTaken(u16, u16),
    /// The host is not the name of an address of this machine.
    #[error("cannot listen at host `{host}`: {error}")]
    Host {
        /// The host as it was given.
        host: String,
        /// What the system said.
        error: io::Error,
    },
    /// Anything else.
    #[error("cannot listen at port {port}: {error}")]
    Port {
        /// The port.
        port: u16,
        /// What the system said.
        error: io::Error,
    },
}

/// Binds a listener.
///
/// `host`: a name or number of this machine, 127.0.0.1 when `None`. `port`: exactly that one (0 is any free one), or,
/// when `None`, the first free one from [`DEFAULT_PORT`] on.
///
/// # Errors
///
/// When the port is taken, the host is not ours, or the system refuses.
pub fn bind(host: Option<&str>, port: Option<u16>) -> Result<Bound, BindError> {
    match port {
        Some(port) => bind_in(host, port..=port),
        None => bind_from(host, DEFAULT_PORT),
    }
}

/// Binds the first free port from this one on.
///
/// # Errors
///
/// When a hundred are taken, the host is not ours, or the system refuses.
pub fn bind_from(host: Option<&str>, first: u16) -> Result<Bound, BindError> {
    bind_in(host, first..=first.saturating_add(TRIES - 1))
}

fn bind_in(host: Option<&str>, ports: RangeInclusive<u16>) -> Result<Bound, BindError> {
    let numbers = numbers(host)?;
    let (first, last) = (*ports.start(), *ports.end());
    for port in ports {
        let addresses: Vec<_> = numbers.iter().map(|number| SocketAddr::new(*number, port)).collect();
        match TcpListener::bind(addresses.as_slice()) {
            Ok(listener) => return settle(listener, host).map_err(|error| BindError::Port { port, error }),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(not_bound(host, port, error)),
        }
    }
    Err(if first == last { BindError::Taken(first) } else { BindError::AllTaken(first, last) })
}

impl Bound {
    /// Where the listener is.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to open in a browser on this machine, with `/` at its end.
    #[must_use]
    pub fn url(&self) -> String {
        let port = self.address.port();
        match (self.address.ip(), self.host.as_deref()) {
            (number, Some(host)) if host.parse::<IpAddr>().is_err() && !number.is_unspecified() => {
                format!("http://{host}:{port}/")
            }
            (number, _) if number.is_unspecified() => format!("http://{}:{port}/", Ipv4Addr::LOCALHOST),
            _ => format!("http://{}/", self.address),
        }
    }
}

fn numbers(host: Option<&str>) -> Result<Vec<IpAddr>, BindError> {
    let Some(host) = host else { return Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]) };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = (bare, 0).to_socket_addrs().map_err(|error| BindError::Host { host: host.to_owned(), error })?;
    Ok(found.map(|address| address.ip()).collect())
}

fn not_bound(host: Option<&str>, port: u16, error: io::Error) -> BindError {
    match host {
        Some(host) if error.kind() == ErrorKind::AddrNotAvailable => BindError::Host { host: host.to_owned(), error },
        _ => BindError::Port { port, error },
    }
}

fn settle(listener: TcpListener, host: Option<&str>) -> io::Result<Bound> {
    listener.set_nonblocking(true)?;
    #[cfg(unix)]
    rustix::net::listen(&listener, BACKLOG)?;
    let address = listener.local_addr()?;
    let mut names = Names::loopback(address.port());
    if let Some(host) = host {
        names = names.and(host).and(&address.ip().to_string());
    }
    Ok(Bound { listener, names, address, host: host.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::names::Claim;

    #[test]
    fn an_explicit_port_that_is_taken_is_an_error_with_the_port() {
        let first = bind(None, Some(0)).unwrap();
        let port = first.address().port();
        let error = bind(None, Some(port)).unwrap_err();
        assert!(error.to_string().starts_with(&format!("port {port} is taken")), "{error}");
    }

    #[test]
    fn a_default_port_that_is_taken_gives_the_next_free_one() {
        let first = bind(None, None).unwrap();
        let second = bind(None, None).unwrap();
        assert!(first.address().port() >= DEFAULT_PORT);
        assert!(second.address().port() > first.address().port());
        assert_eq!(second.url(), format!("http://127.0.0.1:{}/", second.address().port()));
    }

    #[test]
    fn a_host_is_bound_and_becomes_a_name() {
        let bound = bind(Some("localhost"), Some(0)).unwrap();
        assert!(bound.address().ip().is_loopback());
        assert_eq!(bound.url(), format!("http://localhost:{}/", bound.address().port()));
        let all = bind(Some("0.0.0.0"), Some(0)).unwrap();
        assert_eq!(all.names.host(&format!("10.1.2.3:{}", all.address().port())), Claim::Own);
        assert_eq!(all.url(), format!("http://127.0.0.1:{}/", all.address().port()));
        assert!(matches!(bind(Some("192.0.2.1"), Some(0)), Err(BindError::Host { .. })));
    }
}
