//! The server under pressure, in a process of its own whose descriptors, threads and memory are counted from outside.

use std::fs;
use std::io::Write;
use std::time::Instant;

use super::child::ServerProcess;
use super::client::{Client, DEADLINE, get};
use super::streams::{message, wait};

/// Pages and streams that a process with 256 descriptors has places for.
const PLACES: usize = 96;

impl ServerProcess {
    fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap().count()
    }

    /// A number of `/proc/<pid>/status`: threads, or kB.
    fn status(&self, key: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        line.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()
    }

    /// A page is there before the client gives up; how soon, `benches/preview/load.mjs` says.
    fn answers(&self) {
        assert_eq!(get(self.address, "/").status, 200);
    }

    /// Everything is given back: waits for it, page by page.
    fn settles_at(&self, descriptors: usize) {
        let start = Instant::now();
        while self.descriptors() > descriptors {
            assert!(start.elapsed() < DEADLINE, "{} descriptors, {descriptors} before", self.descriptors());
            self.answers();
        }
    }
}

#[test]
fn five_hundred_streams_under_256_descriptors() {
    let server = ServerProcess::start(256);
    let before = server.descriptors();
    let mut clients: Vec<_> = (0..500).map(|_| Client::connect(server.address)).collect();
    let statuses: Vec<u16> =
        clients.iter_mut().map(|client| client.ask("GET /__livereload", "").head().unwrap().0).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), PLACES);
    assert_eq!(statuses.iter().filter(|status| **status == 503).count(), 500 - PLACES);
    server.answers();
    assert!(server.descriptors() < 256 - 40, "some are kept back for files");
    drop(clients);
    server.settles_at(before);
    assert!(server.has_ended_well());
}

#[test]
fn a_thousand_opened_and_dropped() {
    let server = ServerProcess::start(256);
    server.answers();
    let (before, memory) = (server.descriptors(), server.status("VmRSS:"));
    for round in 0..1000 {
        let mut client = Client::connect(server.address);
        match round % 5 {
            0 => {}
            1 => drop(client.send("GET / HT")),
            2 => drop(client.ask("GET /big", "")),
            3 => drop(client.ask("GET /__livereload", "")),
            _ => drop(client.ask("GET /", "").response()),
        }
    }
    server.settles_at(before);
    let grown = server.status("VmRSS:").saturating_sub(memory);
    assert!(grown < 20_000, "{grown} kB more");
}

#[test]
fn connections_that_say_nothing_make_room() {
    let server = ServerProcess::start(256);
    let before = server.descriptors();
    let silent: Vec<_> = (0..300).map(|_| Client::connect(server.address)).collect();
    server.answers();
    let half: Vec<_> = (0..100)
        .map(|_| {
            let client = Client::connect(server.address);
            // It may have been turned out already.
            let _ = client.socket().write_all(b"GET / HTTP/1.1\r\nHos");
            client
        })
        .collect();
    server.answers();
    drop((silent, half));
    server.settles_at(before);
}

#[test]
fn requests_without_end_and_nobody_reads_the_answers() {
    let server = ServerProcess::start(256);
    server.answers();
    let (before, memory) = (server.descriptors(), server.status("VmRSS:"));
    let request = format!("GET /big HTTP/1.1\r\nHost: {}\r\n\r\n", server.address).repeat(100);
    let clients: Vec<_> = (0..PLACES + 20)
        .map(|_| {
            let client = Client::connect(server.address);
            client.socket().set_nonblocking(true).unwrap();
            while client.socket().write(request.as_bytes()).is_ok() {}
            client
        })
        .collect();
    server.answers();
    let grown = server.status("VmRSS:").saturating_sub(memory);
    assert!(grown < 30_000, "{grown} kB more");
    drop(clients);
    server.settles_at(before);
}

#[test]
fn no_descriptors_left_is_a_pause_and_not_the_end() {
    let mut server = ServerProcess::start(256);
    server.answers();
    let before = server.descriptors();
    server.tell("hog all");
    let mut early = Client::connect(server.address);
    early.ask("GET /", "");
    server.tell("release all");
    assert_eq!(early.response().status, 200);
    drop(early);
    server.settles_at(before);
    server.answers();
}

#[test]
fn five_hundred_waiting_pages_cost_no_thread_and_little_memory_and_all_hear() {
    let mut server = ServerProcess::start(1024);
    server.answers();
    let (before, threads, memory) = (server.descriptors(), server.status("Threads:"), server.status("VmRSS:"));
    let mut pages: Vec<_> = (0..500).map(|_| wait(server.address, "?build=100", "")).collect();
    // A few may still have been on their way when they were counted first.
    assert!(server.status("Threads:") < threads + 10);
    let grown = server.status("VmRSS:").saturating_sub(memory);
    assert!(grown < 30_000, "{grown} kB more");
    server.answers();
    server.tell("ring 101");
    assert!(pages.iter_mut().all(|page| message(page) == 101));
    server.answers();
    drop(pages);
    server.settles_at(before);
}

#[test]
fn signals_end_it_cleanly() {
    use rustix::process::{Pid, Signal, kill_process};
    for signal in [Signal::INT, Signal::TERM] {
        let server = ServerProcess::start(256);
        let _page = wait(server.address, "", "");
        kill_process(Pid::from_child(&server.child), signal).unwrap();
        assert!(server.has_ended_well(), "{signal:?}");
    }
}
