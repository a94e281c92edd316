//! The server: guard, crew and streams, started and stopped together.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use super::connection::Rules;
use super::crew::Crew;
use super::guard::Guard;
use super::http::Pages;
use super::limits::Limits;
use super::port::Bound;
use super::reload::{Bell, Streams};
use super::wake::Wake;

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    bell: Bell,
    stopper: Stopper,
    threads: Vec<JoinHandle<()>>,
}

/// Stops a server from another thread, a signal handler for one.
#[derive(Debug, Clone)]
pub struct Stopper {
    over: Arc<AtomicBool>,
    wake: Arc<Wake>,
    bell: Bell,
}

impl Server {
    /// Starts to answer. `build` is the number of the first build (see [`Bell::ring`]).
    ///
    /// # Errors
    ///
    /// When the system gives no thread or no descriptor.
    pub fn start(bound: Bound, pages: Arc<dyn Pages>, limits: Limits, build: u64) -> io::Result<Server> {
        let address = bound.address();
        let wake = Arc::new(Wake::new()?);
        let crew = Crew::start(limits.workers, &pages, &wake)?;
        let streams = Streams::new(limits.streams, limits.heartbeat, build)?;
        let bell = streams.bell();
        let stopper = Stopper { over: Arc::default(), wake: Arc::clone(&wake), bell: bell.clone() };
        let over = Arc::clone(&stopper.over);
        let rules = Rules { limits, names: bound.names };
        let guard = Guard { listener: bound.listener, rules, crew, bell: bell.clone(), wake, over };
        let mut server = Server { address, bell, stopper, threads: Vec::with_capacity(2) };
        server.threads.push(thread::Builder::new().name("streams".to_owned()).spawn(move || streams.run())?);
        server.threads.push(thread::Builder::new().name("guard".to_owned()).spawn(move || guard.run())?);
        Ok(server)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What tells the waiting pages of a new build.
    #[must_use]
    pub fn bell(&self) -> &Bell {
        &self.bell
    }

    /// What stops the server from elsewhere.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves until somebody stops it.
    pub fn wait(mut self) {
        self.join();
    }

    fn join(&mut self) {
        for thread in self.threads.drain(..) {
            // A panic was told when it happened.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopper.stop();
        self.join();
    }
}

impl Stopper {
    /// Ends listening and closes every connection. Answers that are being made are not waited for.
    pub fn stop(&self) {
        self.over.store(true, Ordering::Release);
        self.wake.ring();
        self.bell.stop();
    }

    /// Stops the server on SIGINT, SIGTERM and SIGHUP (or the platform's likes). Once a process.
    ///
    /// # Errors
    ///
    /// When the system refuses the handler, or one is there already.
    pub fn on_signals(self) -> Result<(), ctrlc::Error> {
        ctrlc::set_handler(move || self.stop())
    }
}
