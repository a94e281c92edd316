//! The stub server in a process of its own: this test program, started again.
//!
//! What it does is told on its standard input, a word a line: `ring N`, `hog` (take every descriptor that is left),
//! `release` (give them back). It ends when its input does.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, Command, Stdio};

use readybook::serve::limits::Limits;
use readybook::serve::port;
use readybook::serve::server::Server;

use super::stub::{FIRST_BUILD, Stub};

const ROLE: &str = "READYBOOK_TEST_SERVER";

/// Not a test: what the other process runs. Does nothing when the tests run.
#[test]
fn server_process() {
    let Ok(descriptors) = env::var(ROLE) else { return };
    allow(descriptors.parse().unwrap());
    let (stub, _opener) = Stub::new();
    let bound = port::bind(None, Some(0)).unwrap();
    let server = Server::start(bound, stub, Limits::of_this_process(), FIRST_BUILD).unwrap();
    server.stopper().on_signals().unwrap();
    eprintln!("address {}", server.address());
    let (bell, stopper) = (server.bell().clone(), server.stopper());
    std::thread::spawn(move || {
        let mut hoard = Vec::new();
        for line in std::io::stdin().lines() {
            match line.unwrap().split_once(' ').unwrap() {
                ("ring", build) => bell.ring(build.parse().unwrap()),
                ("hog", _) => hoard.extend(std::iter::from_fn(|| File::open("/dev/null").ok())),
                (_, _) => hoard.clear(),
            }
            eprintln!("done");
        }
        stopper.stop();
    });
    server.wait();
}

#[cfg(unix)]
fn allow(descriptors: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit { current: Some(descriptors), maximum: Some(descriptors) };
    setrlimit(Resource::Nofile, limit).unwrap();
}

#[cfg(not(unix))]
fn allow(_: u64) {}

/// The other process.
pub(crate) struct ServerProcess {
    pub(crate) address: SocketAddr,
    pub(crate) child: Child,
    words: Option<ChildStdin>,
    answers: BufReader<std::process::ChildStderr>,
}

impl ServerProcess {
    /// Starts it with a limit of descriptors.
    pub(crate) fn start(descriptors: u64) -> ServerProcess {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "child::server_process", "--nocapture"])
            .env(ROLE, descriptors.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut answers = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("address ").expect(&line).parse().unwrap();
        let words = child.stdin.take();
        ServerProcess { address, child, words, answers }
    }

    /// Tells it something, and waits until it is done.
    pub(crate) fn tell(&mut self, words: &str) {
        writeln!(self.words.as_ref().unwrap(), "{words}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        assert_eq!(line, "done\n");
    }

    /// Waits for its end, after its input has ended or a signal was sent; true when it ended well.
    pub(crate) fn has_ended_well(mut self) -> bool {
        self.words = None;
        self.child.wait().unwrap().success()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // Fails only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
