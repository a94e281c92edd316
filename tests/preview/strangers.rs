//! What strangers may try on `readybook serve` with 256 descriptors, one after the other on one server: it goes on
//! serving, gives no content away, and is in the end as it was.

use std::fs;
use std::io::Write as _;

use tempfile::TempDir;

use super::client::{Client, get};
use super::program::Program;

/// Pages and streams that a process with 256 descriptors has places for.
const PLACES: usize = 96;

/// What no answer may hold: it lies beside the content.
const SECRET: &str = "the key of the vault";

/// An attempt: its name, and what is done to the server.
type Attempt = (&'static str, fn(&mut Program));

const ATTEMPTS: &[Attempt] = &[
    ("enormous bodies", enormous_bodies),
    ("endless headers", endless_headers),
    ("slow headers", slow_headers),
    ("requests whose answers nobody reads", nobody_reads),
    ("500 waiting pages", waiting_pages),
    ("1000 opened and dropped", opened_and_dropped),
    ("malformed and foreign hosts and origins", hosts_and_origins),
    ("ways out of the site", traversal),
    ("wrong methods", methods),
];

#[test]
fn the_program_survives_them_all_and_is_as_it_was() {
    let home = TempDir::new().unwrap();
    fs::write(home.path().join("secret.md"), SECRET).unwrap();
    fs::create_dir(home.path().join("content")).unwrap();
    for document in 0..200 {
        let items = "- [ ] Restore tested\n".repeat(50);
        fs::write(home.path().join(format!("content/launch-{document}.md")), format!("# Launch\n\n{items}")).unwrap();
    }
    let mut program = Program::serve(&home.path().join("content"), 256);
    program.answers("before");
    // Once before anything is measured: what is allocated for good is then there.
    attempt_all(&mut program);
    let (descriptors, memory) = (program.descriptors(), program.memory());
    attempt_all(&mut program);
    program.settles_at(descriptors, "in the end");
    let grown = program.memory().saturating_sub(memory);
    assert!(grown < 16_000, "{grown} kB more than after the first time");
}

fn attempt_all(program: &mut Program) {
    for (name, attempt) in ATTEMPTS {
        let before = program.descriptors();
        attempt(program);
        program.answers(name);
        program.settles_at(before, name);
    }
}

fn enormous_bodies(program: &mut Program) {
    for length in ["18446744073709551615", "18446744073709551616", "9223372036854775807", "1099511627776"] {
        for method in ["GET /", "HEAD /", "POST /__tick"] {
            let own = format!("Origin: http://{}\r\nContent-Type: application/json\r\n", program.address);
            let mut client = Client::connect(program.address);
            client.ask(method, &format!("{own}Content-Length: {length}\r\n")).send("1");
            assert_eq!(client.head().unwrap().0, 413, "{method} {length}");
        }
    }
}

fn endless_headers(program: &mut Program) {
    let mut client = Client::connect(program.address);
    client.send(format!("GET / HTTP/1.1\r\nHost: {}\r\n", program.address));
    let line = format!("X-Endless: {}\r\n", "x".repeat(1000));
    let sent = (0..10_000).take_while(|_| client.socket().write_all(line.as_bytes()).is_ok()).count();
    assert!(sent < 10_000);
    assert_eq!(Client::connect(program.address).ask("GET /", &"X: y\r\n".repeat(100)).response().status, 431);
}

fn slow_headers(program: &mut Program) {
    let _slow: Vec<_> = (0..300)
        .map(|_| {
            let client = Client::connect(program.address);
            // It may have been turned out already.
            let _ = client.socket().write_all(b"GET / HTTP/1.1\r\nHos");
            client
        })
        .collect();
    program.answers("among slow headers");
}

fn nobody_reads(program: &mut Program) {
    let request = format!("GET /items/ HTTP/1.1\r\nHost: {}\r\n\r\n", program.address).repeat(100);
    let _clients: Vec<_> = (0..PLACES + 20)
        .map(|_| {
            let client = Client::connect(program.address);
            client.socket().set_nonblocking(true).unwrap();
            while client.socket().write(request.as_bytes()).is_ok() {}
            client
        })
        .collect();
    program.answers("while nobody reads");
}

fn waiting_pages(program: &mut Program) {
    let mut clients: Vec<_> = (0..500).map(|_| Client::connect(program.address)).collect();
    let ask = |client: &mut Client| client.ask("GET /__livereload", "").head().unwrap().0;
    let statuses: Vec<u16> = clients.iter_mut().map(ask).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), PLACES);
    assert_eq!(statuses.iter().filter(|status| **status == 503).count(), 500 - PLACES);
    program.answers("beside waiting pages");
    assert!(program.descriptors() < 256 - 40, "some are kept back for files");
}

fn opened_and_dropped(program: &mut Program) {
    for round in 0..1000 {
        let mut client = Client::connect(program.address);
        match round % 5 {
            0 => {}
            1 => drop(client.send("GET / HT")),
            2 => drop(client.ask("GET /items/", "")),
            3 => drop(client.ask("GET /__livereload", "")),
            _ => drop(client.ask("GET /", "").response()),
        }
    }
}

fn hosts_and_origins(program: &mut Program) {
    let own = program.address;
    let port = own.port();
    let cases = [
        (400, String::new()),
        (400, "Host: a b\r\n".to_owned()),
        (400, format!("Host: {own}\r\nHost: {own}\r\n")),
        (403, "Host: evil.example\r\n".to_owned()),
        (403, format!("Host: evil.example:{port}\r\n")),
        (403, format!("Host: 127.0.0.1:{}\r\n", port ^ 1)),
        (403, format!("Host: {own}\r\nOrigin: http://evil.example\r\n")),
        (403, format!("Host: {own}\r\nOrigin: null\r\n")),
        (403, format!("Host: {own}\r\nOrigin: https://{own}\r\n")),
        (403, format!("Host: {own}\r\nSec-Fetch-Site: cross-site\r\n")),
    ];
    for (status, fields) in cases {
        for target in ["/", "/__livereload", "/__about/", "/readiness.json"] {
            let request = format!("GET {target} HTTP/1.1\r\n{fields}Connection: close\r\n\r\n");
            let answer = Client::connect(own).send(request).response();
            assert_eq!(answer.status, status, "{target} {fields}");
            assert!(!answer.text().contains("Launch"), "{target} {fields}");
        }
    }
}

fn traversal(program: &mut Program) {
    let ups = [
        "..",
        "%2e%2e",
        "%2E%2e",
        ".%2e",
        "..%00",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%uff0e%uff0e",
        "....",
        "..;",
        "．．",
        "%ef%bc%8e%ef%bc%8e",
    ];
    let slashes = ["/", "%2f", "\\", "%5c", "//", "%252f", "%c0%af", "/./"];
    for up in ups {
        for slash in slashes {
            for prefix in ["/", "/launch-0/", "/assets/", "/__about/"] {
                let target = format!("{prefix}{up}{slash}secret.md");
                let request =
                    format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", program.address);
                let answer = Client::connect(program.address).send(request).response();
                assert!(!String::from_utf8_lossy(&answer.body).contains(SECRET), "{target}");
                let is_page = answer.status == 200 && !target.starts_with("/__about/");
                assert!(!is_page, "{target}: {}", answer.status);
            }
        }
    }
    let absolute = format!("GET http://{}/../secret.md HTTP/1.1\r\nHost: {0}\r\n\r\n", program.address);
    assert_ne!(Client::connect(program.address).send(absolute).response().status, 200);
    assert_eq!(get(program.address, "/etc/passwd").status, 404);
}

fn methods(program: &mut Program) {
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW", "get"] {
        let answer = Client::connect(program.address).ask(&format!("{method} /"), "").response();
        assert_eq!((answer.status, answer.field("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(get(program.address, "/__tick").field("allow"), Some("POST"));
}
