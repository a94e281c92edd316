//! The preview: watcher, HTTP, the current site.
//!
//! # The front
//!
//! What does not depend on how a site is made. It knows a site only as [`http::Pages`]:
//!
//! ```no_run
//! use std::sync::Arc;
//! use readybook::serve::{http::Pages, limits::Limits, port, server::Server};
//!
//! fn serve(pages: Arc<dyn Pages>, first_build: u64) -> Result<(), Box<dyn std::error::Error>> {
//!     let bound = port::bind(None, None)?; // binds first: from here on clients wait instead of failing
//!     let server = Server::start(bound, pages, Limits::of_this_process(), first_build)?;
//!     server.stopper().on_signals()?;
//!     let bell = server.bell().clone(); // after each new build, anywhere: bell.ring(build)
//!     server.wait();
//!     Ok(())
//! }
//! ```
//!
//! | file | owns |
//! |---|---|
//! | [`port`] | which address is bound |
//! | [`limits`] | sizes, times, places; the share of descriptors that pages and streams may have |
//! | [`server`] | start and stop; [`server::Stopper`] for signals |
//! | `guard` | the listener and all connections but the streams, on one thread that never blocks |
//! | `connection` | one connection as a state machine |
//! | `head` | bytes to a request head, strictly |
//! | [`names`], [`address`] | what `Host` and `Origin` may say; a target to an address |
//! | [`http`] | [`http::Pages`], [`http::Answer`]; what a request may ask, judged from its head |
//! | `refusal` | every answer that is given without asking the site |
//! | `crew` | the threads that call [`http::Pages`] |
//! | `wire` | answers to bytes: the door to tiny_http, of which nothing but the printing of heads is used |
//! | [`reload`] | the event streams, on one thread; [`reload::Bell`] rings them |
//! | [`watch`] | which paths may have changed: the door to notify |
//!
//! The way of a request: `guard` accepts and polls, `connection` collects a head, `head` and `http` judge it. A refusal
//! is sent at once. A page goes to `crew`, which asks [`http::Pages`] and prints, and comes back to its connection. A
//! stream leaves the guard for `reload`.
//!
//! # For the page script
//!
//! Live reload is an event stream at [`http::LIVE_RELOAD`], `?build=N` with the number of the build that the page
//! shows. Each message is a build number, as `id` and as `data`; one comes at once when N is not the current build, so
//! nothing is lost between two waits, and a number that differs in any direction means "other". A browser reconnects by
//! itself after a loss, but not after 503 (too many tabs): then the script has to try again later. A hidden tab should
//! close its stream (browsers open six connections to a host) and wait again when it is shown, which compares the
//! numbers.
//!
//! A tick is `POST` to [`http::TICK`] with `Content-Type: application/json` and a body of at most 4 kB.

pub mod address;
mod connection;
mod crew;
mod guard;
mod head;
pub mod http;
pub mod limits;
pub mod names;
pub mod port;
pub mod preview;
mod refusal;
pub mod reload;
pub mod server;
mod wake;
pub mod watch;
mod wire;
