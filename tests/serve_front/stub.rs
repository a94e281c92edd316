//! A site of a few fixed pages.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use readybook::serve::http::{Answer, Pages};
use readybook::serve::limits::Limits;
use readybook::serve::port;
use readybook::serve::server::Server;

/// The build that is there at the start.
pub(crate) const FIRST_BUILD: u64 = 100;

/// The size of `/big`, more than any socket's buffers hold.
pub(crate) const BIG: usize = 16 << 20;

/// `/`: a page of 20 kB. `/big`: of 16 MB. `/slow`: answered when the other end of `gate` says so. `/panic`: does.
/// A tick answers with its body.
pub(crate) struct Stub {
    page: Arc<[u8]>,
    big: Arc<[u8]>,
    gate: Mutex<Receiver<()>>,
    /// Every address that was asked for.
    pub(crate) asked: Mutex<Vec<String>>,
}

impl Stub {
    pub(crate) fn new() -> (Arc<Stub>, Sender<()>) {
        let (opener, gate) = mpsc::channel();
        let page = format!("<!doctype html><title>Launch</title>{}", "<li>Restore tested ".repeat(1024));
        let stub = Stub {
            page: page.into_bytes().into(),
            big: vec![b'.'; BIG].into(),
            gate: Mutex::new(gate),
            asked: Mutex::default(),
        };
        (Arc::new(stub), opener)
    }
}

impl Pages for Stub {
    fn get(&self, address: &str) -> Option<Answer> {
        if cfg!(debug_assertions) {
            self.asked.lock().unwrap().push(address.to_owned());
        }
        let html = "text/html; charset=utf-8";
        match address {
            "/" => Some(Answer::ok(html, Arc::clone(&self.page))),
            "/big" => Some(Answer::ok(html, Arc::clone(&self.big))),
            "/old" => Some(Answer::moved("/new/")),
            "/slow" => {
                self.gate.lock().unwrap().recv().unwrap();
                Some(Answer::text(200, "at last"))
            }
            "/panic" => panic!("this is meant"),
            _ => None,
        }
    }

    fn not_found(&self) -> Answer {
        Answer::text(404, "nothing here")
    }

    fn tick(&self, body: &[u8]) -> Answer {
        Answer::ok("application/json", body)
    }
}

/// Bounds that suit tests: short times.
pub(crate) fn limits() -> Limits {
    Limits { grace: Duration::from_millis(100), ..Limits::for_descriptors(1024) }
}

/// A server on a free port.
pub(crate) fn serve(limits: Limits) -> (Server, Arc<Stub>, Sender<()>) {
    let (stub, opener) = Stub::new();
    let bound = port::bind(None, Some(0)).unwrap();
    let server = Server::start(bound, stub.clone(), limits, FIRST_BUILD).unwrap();
    (server, stub, opener)
}
