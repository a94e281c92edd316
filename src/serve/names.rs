//! Whom a request may address, and from where: the check of `Host` and `Origin`.
//!
//! A page of another site can make a browser send requests to a loopback port, and can point a name of its own at
//! 127.0.0.1 (DNS rebinding). Both are told apart by these two headers alone, so they are read strictly.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The names under which this preview answers.
#[derive(Debug, Clone)]
pub struct Names {
    port: u16,
    hosts: Vec<String>,
    addresses: Addresses,
}

/// Which numeric addresses are names of ours, besides those listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Addresses {
    Loopback,
    /// Bound to all interfaces: any number is ours, for a number cannot be rebound to another machine.
    All,
}

/// What a `Host` or an `Origin` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// One of our names, with our port.
    Own,
    /// Well-formed, and somebody else's.
    Foreign,
    /// Not an authority, or not an origin.
    Malformed,
}

impl Names {
    /// The loopback names with this port: `localhost`, `127.0.0.0/8`, `[::1]`.
    #[must_use]
    pub fn loopback(port: u16) -> Names {
        Names { port, hosts: vec!["localhost".to_owned()], addresses: Addresses::Loopback }
    }

    /// One more name: what `--host` says, a host name or a number. An unspecified number (`0.0.0.0`, `::`) makes every
    /// number a name of ours.
    #[must_use]
    pub fn and(mut self, host: &str) -> Names {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.parse::<IpAddr>().is_ok_and(|address| address.is_unspecified()) {
            self.addresses = Addresses::All;
        }
        self.hosts.push(host.to_ascii_lowercase());
        self
    }

    /// Judges the value of a `Host` header.
    #[must_use]
    pub fn host(&self, value: &str) -> Claim {
        match Authority::parse(value) {
            None => Claim::Malformed,
            Some(authority) if authority.port == self.port && self.knows(&authority) => Claim::Own,
            Some(_) => Claim::Foreign,
        }
    }

    /// Judges the value of an `Origin` header. `null` (a sandboxed frame, a page from disk) is foreign.
    #[must_use]
    pub fn origin(&self, value: &str) -> Claim {
        if value == "null" {
            return Claim::Foreign;
        }
        match value.split_once("://") {
            Some(("http", authority)) => self.host(authority),
            Some((scheme, authority)) if is_scheme(scheme) && Authority::parse(authority).is_some() => Claim::Foreign,
            _ => Claim::Malformed,
        }
    }

    fn knows(&self, authority: &Authority) -> bool {
        if self.hosts.contains(&authority.host) {
            return true;
        }
        let Ok(number) = authority.host.parse::<IpAddr>() else { return false };
        number.is_loopback()
            || self.addresses == Addresses::All
            || self.hosts.iter().any(|host| host.parse() == Ok(number))
    }
}

/// A host in lower case, without brackets, and a port (80 when none is written).
struct Authority {
    host: String,
    port: u16,
}

impl Authority {
    fn parse(text: &str) -> Option<Authority> {
        let (host, port) = split(text)?;
        let port = match port {
            None => 80,
            Some(digits) if digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
            Some(_) => return None,
        };
        Some(Authority { host, port })
    }
}

fn split(text: &str) -> Option<(String, Option<&str>)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (number, rest) = rest.split_once(']')?;
        let number: Ipv6Addr = number.parse().ok()?;
        let port = if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) };
        return Some((number.to_string(), port));
    }
    let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    if host.is_empty() || !host.bytes().all(is_name) {
        return None;
    }
    let is_number = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if is_number && host.parse::<Ipv4Addr>().is_err() {
        return None;
    }
    Some((host.to_ascii_lowercase(), port))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+-.".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_names_with_our_port_are_own() {
        let names = Names::loopback(7878);
        for own in ["localhost:7878", "LocalHost:7878", "127.0.0.1:7878", "127.1.2.3:7878", "[::1]:7878"] {
            assert_eq!(names.host(own), Claim::Own, "{own}");
            assert_eq!(names.origin(&format!("http://{own}")), Claim::Own, "{own}");
        }
        assert_eq!(Names::loopback(80).host("localhost"), Claim::Own);
    }

    #[test]
    fn others_are_foreign() {
        let names = Names::loopback(7878);
        let others = [
            "localhost",
            "localhost:7879",
            "evil.example:7878",
            "localhost.evil.example:7878",
            "10.0.0.7:7878",
            "[2001:db8::1]:7878",
            "localhost.:7878",
        ];
        for other in others {
            assert_eq!(names.host(other), Claim::Foreign, "{other}");
        }
        for other in ["null", "https://localhost:7878", "http://evil.example", "http://localhost:7879", "file://x"] {
            assert_eq!(names.origin(other), Claim::Foreign, "{other}");
        }
    }

    #[test]
    fn the_rest_is_malformed() {
        let names = Names::loopback(7878);
        let broken = [
            "",
            ":7878",
            "localhost:",
            "localhost:7878:1",
            "localhost:+7878",
            "localhost:78780",
            "localhost:99999",
            "user@localhost:7878",
            "localhost:7878/",
            "localhost:7878, evil",
            "local host:7878",
            "[::1:7878",
            "[::1]7878",
            "::1:7878",
            "127.0.0.1.1:7878",
            "0177.1:7878",
            "2130706433:7878",
            "localhöst:7878",
        ];
        for text in broken {
            assert_eq!(names.host(text), Claim::Malformed, "{text}");
        }
        for text in ["", "localhost:7878", "http://", "http:/localhost:7878", "http://localhost:7878/", "Http://x y"] {
            assert_eq!(names.origin(text), Claim::Malformed, "{text}");
        }
    }

    #[test]
    fn a_host_given_on_the_command_line_is_a_name_too() {
        let names = Names::loopback(1).and("Box.example");
        assert_eq!(names.host("box.example:1"), Claim::Own);
        assert_eq!(names.host("10.0.0.7:1"), Claim::Foreign);
        let all = Names::loopback(1).and("0.0.0.0");
        assert_eq!(all.host("10.0.0.7:1"), Claim::Own);
        assert_eq!(all.host("box.example:1"), Claim::Foreign);
        assert_eq!(Names::loopback(1).and("[2001:db8::1]").host("[2001:db8:0::1]:1"), Claim::Own);
    }
}
