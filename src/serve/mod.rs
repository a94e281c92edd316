//! (head to come)

pub mod address;
mod connection;
mod crew;
mod guard;
mod head;
pub mod http;
pub mod limits;
pub mod names;
pub mod port;
mod refusal;
pub mod reload;
pub mod server;
mod wake;
pub mod watch;
mod wire;
