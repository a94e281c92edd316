//! The event streams.

use readybook::serve::limits::Limits;

use super::client::{Client, get};
use super::stub::{FIRST_BUILD, limits, serve};

/// A waiting page: everything up to its first message is read.
pub(crate) fn wait(address: std::net::SocketAddr, query: &str, fields: &str) -> Client {
    let mut client = Client::connect(address);
    let (status, head) = client.ask(&format!("GET /__livereload{query}"), fields).head().unwrap();
    assert_eq!(status, 200);
    assert!(head.contains("Content-Type: text/event-stream"), "{head}");
    assert_eq!([client.line().unwrap(), client.line().unwrap()], ["retry: 500", ""]);
    client
}

/// The build that the next message tells.
pub(crate) fn message(client: &mut Client) -> u64 {
    let lines = [client.line().unwrap(), client.line().unwrap(), client.line().unwrap()];
    let build = lines[0].strip_prefix("id: ").unwrap();
    assert_eq!(lines, [format!("id: {build}"), format!("data: {build}"), String::new()]);
    build.parse().unwrap()
}

#[test]
fn a_page_hears_of_each_build_once() {
    let (server, ..) = serve(limits());
    let mut page = wait(server.address(), &format!("?build={FIRST_BUILD}"), "");
    server.bell().ring(FIRST_BUILD);
    server.bell().ring(101);
    assert_eq!(message(&mut page), 101);
    server.bell().ring(101);
    server.bell().ring(102);
    assert_eq!(message(&mut page), 102);
}

#[test]
fn a_change_between_two_waits_is_not_lost() {
    let (server, ..) = serve(limits());
    server.bell().ring(105);
    assert_eq!(message(&mut wait(server.address(), "?build=104", "")), 105);
    assert_eq!(message(&mut wait(server.address(), "?build=105", "Last-Event-ID: 104\r\n")), 105);
    assert_eq!(message(&mut wait(server.address(), "", "")), 105, "a page that knows nothing is told");
    let after_restart = wait(server.address(), "?build=999", "").line();
    assert_eq!(after_restart.as_deref(), Some("id: 105"), "a larger number is another server's");
}

#[test]
fn streams_beyond_the_cap_are_refused_and_places_come_back() {
    let (server, ..) = serve(Limits { streams: 3, ..limits() });
    let address = server.address();
    let mut waiting: Vec<_> = (0..3).map(|_| wait(address, "?build=100", "")).collect();
    let refused = get(address, "/__livereload");
    assert_eq!((refused.status, refused.field("content-type")), (503, Some("text/plain; charset=utf-8")));
    assert_eq!(get(address, "/").status, 200);
    assert_eq!(server.bell().waiting(), 3);
    // One leaves; one says what a waiting page has no reason to say.
    waiting.pop();
    waiting[0].send("GET / HTTP/1.1\r\n\r\n");
    assert!(waiting[0].is_lost());
    while server.bell().waiting() != 1 {
        assert_eq!(get(address, "/").status, 200);
    }
    let mut late = wait(address, "?build=100", "");
    server.bell().ring(101);
    assert_eq!([message(&mut waiting[1]), message(&mut late)], [101, 101]);
}

#[test]
fn a_heartbeat_is_a_comment() {
    let (server, ..) = serve(Limits { heartbeat: std::time::Duration::from_millis(30), ..limits() });
    let mut page = wait(server.address(), "?build=100", "");
    assert_eq!([page.line().unwrap(), page.line().unwrap()], [":", ""]);
}
