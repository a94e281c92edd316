//! What is let through, and what is not.

use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;

use readybook::serve::limits::Limits;
use readybook::serve::port;

use super::client::{Client, DEADLINE, exchange, get};
use super::stub::{BIG, limits, serve};

#[test]
fn a_page_is_answered_with_the_headers_that_keep_it_to_itself() {
    let (server, ..) = serve(limits());
    let page = get(server.address(), "/?owner=%40oncall");
    assert_eq!(page.status, 200);
    assert!(page.text().starts_with("<!doctype html>"));
    assert_eq!(page.field("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.field("cache-control"), Some("no-store"));
    assert_eq!(page.field("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.field("cross-origin-resource-policy"), Some("same-origin"));
    assert!(!page.head.to_ascii_lowercase().contains("access-control"));
    let big = get(server.address(), "/big");
    assert_eq!((big.body.len(), big.field("content-length")), (BIG, Some(BIG.to_string().as_str())));
    let moved = get(server.address(), "/old");
    assert_eq!((moved.status, moved.field("location")), (308, Some("/new/")));
}

#[test]
fn one_connection_serves_many_requests_also_ahead_of_their_answers() {
    let (server, ..) = serve(limits());
    let mut client = Client::connect(server.address());
    for _ in 0..3 {
        assert_eq!(client.ask("GET /", "").response().status, 200);
    }
    let head = client.ask("HEAD /", "").bare_response();
    assert_eq!((head.status, head.field("content-length").is_some()), (200, true));
    client.ask("GET /", "").ask("GET /none", "").ask("GET /", "Connection: close\r\n").finish();
    let statuses = [client.response().status, client.response().status, client.response().status];
    assert_eq!(statuses, [200, 404, 200]);
    assert!(client.is_at_end());
}

#[test]
fn an_old_client_gets_its_page_and_the_end() {
    let (server, ..) = serve(limits());
    let mut client = Client::connect(server.address());
    let request = format!("GET / HTTP/1.0\r\nHost: {}\r\n\r\n", server.address());
    assert_eq!(client.send(request).response().status, 200);
    assert!(client.is_at_end());
}

#[test]
fn an_enormous_body_is_refused_unread() {
    let (server, ..) = serve(limits());
    for length in ["18446744073709551615", "18446744073709551616", "9223372036854775807", "1099511627776", "1"] {
        for method in ["GET /", "HEAD /", "POST /__tick"] {
            let own = format!("Origin: http://{}\r\nContent-Type: application/json\r\n", server.address());
            let fields = format!("{own}Content-Length: {length}\r\n");
            let expected = if method.starts_with("POST") && length == "1" { 200 } else { 413 };
            let mut client = Client::connect(server.address());
            client.ask(method, &fields).send("1");
            let (status, _) = client.head().unwrap();
            assert_eq!(status, expected, "{method} {length}");
        }
    }
    assert_eq!(get(server.address(), "/").status, 200);
}

#[test]
fn a_refusal_reaches_a_client_that_is_still_sending() {
    let (server, ..) = serve(limits());
    let mut client = Client::connect(server.address());
    client.ask("PUT /", "Content-Length: 100000\r\n").send(vec![0; 100_000]);
    let answer = client.response();
    assert_eq!((answer.status, answer.field("connection")), (405, Some("close")));
    client.finish();
    assert!(client.is_at_end());
}

#[test]
fn endless_headers_end_at_a_size_and_at_a_count() {
    let (server, ..) = serve(limits());
    let mut client = Client::connect(server.address());
    client.send(format!("GET / HTTP/1.1\r\nHost: {}\r\n", server.address()));
    // The server closes at some point, so that sending fails: this is what is wanted.
    let line = format!("X-Endless: {}\r\n", "x".repeat(1000));
    let sent = (0..10_000).take_while(|_| client.socket().write_all(line.as_bytes()).is_ok()).count();
    assert!(sent < 10_000);
    let mut client = Client::connect(server.address());
    let head = format!("GET /{} HTTP/1.1\r\n", "a".repeat(16 * 1024));
    assert_eq!(client.send(head).response().status, 431);
    let mut client = Client::connect(server.address());
    assert_eq!(client.ask("GET /", &"X: y\r\n".repeat(99)).response().status, 200);
    assert_eq!(client.ask("GET /", &"X: y\r\n".repeat(100)).response().status, 431);
}

#[test]
fn a_slow_head_is_given_up_even_if_it_trickles() {
    let (server, ..) = serve(Limits { request_time: Duration::from_millis(700), ..limits() });
    let mut half = Client::connect(server.address());
    half.send("GET / HTTP/1.1\r\nHo");
    let mut body = Client::connect(server.address());
    let own = format!("Origin: http://{}\r\nContent-Type: application/json\r\n", server.address());
    body.ask("POST /__tick", &format!("{own}Content-Length: 9\r\n")).send("{");
    let mut silent = Client::connect(server.address());
    let mut trickle = Client::connect(server.address());
    trickle.socket().set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let mut letters = b"GET / HTTP/1.1\r\nX: ".iter().chain(std::iter::repeat(&b'y'));
    while trickle.socket().peek(&mut [0]).is_err() {
        trickle.send([*letters.next().unwrap()]);
    }
    trickle.socket().set_read_timeout(Some(DEADLINE)).unwrap();
    assert_eq!([half.response().status, body.response().status, trickle.response().status], [408; 3]);
    assert!(half.is_at_end());
    assert!(silent.is_at_end(), "nothing said, nothing answered");
}

#[test]
fn an_idle_connection_is_closed_without_a_word() {
    let (server, ..) = serve(Limits { idle_time: Duration::from_millis(100), ..limits() });
    let mut client = Client::connect(server.address());
    assert_eq!(client.ask("GET /", "").response().status, 200);
    assert!(client.is_at_end());
}

#[test]
fn wrong_methods_are_told_the_right_ones() {
    let (server, ..) = serve(limits());
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW", "get"] {
        let answer = Client::connect(server.address()).ask(&format!("{method} /"), "").response();
        assert_eq!((answer.status, answer.field("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let tick = get(server.address(), "/__tick");
    assert_eq!((tick.status, tick.field("allow")), (405, Some("POST")));
}

#[test]
fn hosts_and_origins_other_than_ours_get_no_content() {
    let (server, stub, _) = serve(limits());
    let own = server.address();
    let port = own.port();
    let ask = |fields: String| exchange(own, &format!("GET / HTTP/1.1\r\n{fields}Connection: close\r\n\r\n")).status;
    for host in ["", "Host: \r\n", "Host: a b\r\n", "Host: [::1\r\n", "Host: localhost:99999\r\n"] {
        assert_eq!(ask(host.to_owned()), 400, "{host}");
    }
    assert_eq!(ask(format!("Host: {own}\r\nHost: {own}\r\n")), 400);
    assert_eq!(ask(format!("Host: {own}\r\nOrigin: nonsense\r\n")), 400);
    assert_eq!(ask(format!("Host: {own}\r\nOrigin: http://{own}\r\nOrigin: http://{own}\r\n")), 400);
    let foreign = ["Host: evil.example\r\n".to_owned(), format!("Host: evil.example:{port}\r\n")];
    assert_eq!(foreign.map(ask), [403, 403]);
    assert_eq!(ask("Host: localhost\r\n".to_owned()), 403);
    for field in ["Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"] {
        assert_eq!(ask(format!("Host: {own}\r\n{field}\r\n")), 403, "{field}");
    }
    let stream = format!("GET /__livereload HTTP/1.1\r\nHost: {own}\r\nOrigin: http://evil.example\r\n\r\n");
    assert_eq!(exchange(own, &stream).status, 403);
    assert_eq!(*stub.asked.lock().unwrap(), Vec::<String>::new(), "the site was never asked");
    assert_eq!(ask(format!("Host: localhost:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n")), 200);
}

#[test]
fn no_encoding_of_a_way_up_is_more_than_an_unknown_address() {
    let (server, stub, _) = serve(limits());
    let ups = ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae", "%u002e%u002e", "..%5c..", "..;"];
    let slashes = ["/", "%2f", "%5c", "//", "%252f", "/./", "%c0%af"];
    for up in ups {
        for slash in slashes {
            let target = format!("/{up}{slash}{up}{slash}{up}{slash}etc{slash}passwd");
            let answer = get(server.address(), &target);
            assert_eq!((answer.status, answer.text()), (404, "nothing here\n"), "{target}");
        }
    }
    for target in ["/%", "/%4", "/%zz", "/%00", "/a%0d%0aX:y", "/file:///etc/passwd", "/C:%5cx", "/%2f%2e%2e"] {
        assert_eq!(get(server.address(), target).status, 404, "{target}");
    }
    for target in ["etc/passwd", "http://127.0.0.1/x", "*", "\\x"] {
        assert_eq!(get(server.address(), target).status, 404, "{target}");
    }
    let is_way = |address: &String| address.split(['/', '\\']).any(|segment| segment == ".." || segment == ".");
    assert!(!stub.asked.lock().unwrap().iter().any(is_way), "the site was never asked for a way up");
}

#[test]
fn a_slow_page_holds_up_no_other() {
    let (server, _, opener) = serve(limits());
    let mut slow = Client::connect(server.address());
    slow.ask("GET /slow", "");
    for _ in 0..20 {
        assert_eq!(get(server.address(), "/").status, 200);
    }
    opener.send(()).unwrap();
    assert_eq!(slow.response().text(), "at last\n");
}

#[test]
fn a_panic_is_one_answer_and_not_the_end() {
    let (server, ..) = serve(limits());
    for _ in 0..5 {
        assert_eq!(get(server.address(), "/panic").status, 500);
    }
    assert_eq!(get(server.address(), "/").status, 200);
}

#[test]
fn a_tick_is_handed_on_whole() {
    let (server, ..) = serve(limits());
    let own = format!("Origin: http://{}\r\nContent-Type: application/json\r\n", server.address());
    let body = format!("{{\"item\":\"{}\"}}", "x".repeat(4000));
    let mut client = Client::connect(server.address());
    client.ask("POST /__tick", &format!("{own}Content-Length: {}\r\n", body.len()));
    for piece in body.as_bytes().chunks(1500) {
        client.send(piece);
    }
    assert_eq!(client.response().text(), body);
    assert_eq!(client.ask("GET /", "").response().status, 200, "the connection goes on");
    client.ask("POST /__tick", "Content-Type: application/json\r\nContent-Length: 2\r\n").send("{}");
    assert_eq!(client.response().status, 403, "a tick without an origin");
}

#[test]
fn a_stopped_server_lets_go_of_everything() {
    let (server, _, opener) = serve(limits());
    let address = server.address();
    let mut idle = Client::connect(address);
    assert_eq!(idle.ask("GET /", "").response().status, 200);
    let mut stream = Client::connect(address);
    stream.ask("GET /__livereload?build=100", "").head().unwrap();
    assert_eq!(stream.line().as_deref(), Some("retry: 500"));
    let mut slow = Client::connect(address);
    slow.ask("GET /slow", "");
    drop(server);
    assert!(idle.is_at_end());
    assert_eq!((stream.line().as_deref(), stream.line()), (Some(""), None));
    assert!(slow.is_lost());
    let again: SocketAddr = port::bind(None, Some(address.port())).unwrap().address();
    assert_eq!(again, address);
    drop(opener);
}
