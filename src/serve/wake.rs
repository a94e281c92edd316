//! A bell that wakes a thread out of `poll`.
//!
//! A datagram socket that is connected to itself: one descriptor, and `poll` takes it on every platform (a pipe would
//! need two, and cannot be polled on Windows). Nobody else can ring: it hears only its own address.

use std::io;
use std::net::{Ipv4Addr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};

/// The bell; shared by the thread that polls it and those that ring it.
#[derive(Debug)]
pub(super) struct Wake {
    socket: UdpSocket,
    rung: AtomicBool,
}

impl Wake {
    pub(super) fn new() -> io::Result<Wake> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
        socket.connect(socket.local_addr()?)?;
        socket.set_nonblocking(true)?;
        Ok(Wake { socket, rung: AtomicBool::new(false) })
    }

    /// Wakes the thread; free when it has been woken and has not looked yet.
    pub(super) fn ring(&self) {
        if !self.rung.swap(true, Ordering::AcqRel) && self.socket.send(&[0]).is_err() {
            self.rung.store(false, Ordering::Release);
        }
    }

    /// To be called before looking at what the bell may have been rung for: the other order would lose a ring.
    pub(super) fn clear(&self) {
        let mut byte = [0];
        while self.socket.recv(&mut byte).is_ok() {}
        self.rung.swap(false, Ordering::AcqRel);
    }

    /// What `poll` waits on.
    pub(super) fn socket(&self) -> &UdpSocket {
        &self.socket
    }
}
