//! A running preview of a folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use jiff::civil::date;
use readybook::serve::http::Pages as _;
use readybook::serve::limits::Limits;
use readybook::serve::port;
use readybook::serve::preview::{Built, Event, Preview, Rebuilder, Stage, Subject, Ticking};
use readybook::serve::server::Server;
use readybook::serve::watch::Mode;

/// No test waits longer than this for a build.
const DEADLINE: Duration = Duration::from_secs(120);

/// What links lead to, the same for every preview so that their pages can be compared.
const URL: &str = "http://127.0.0.1:7878/";

/// What pages have to know to write.
const TOKEN: &str = "a token";

/// A preview, and the builds that it tells of.
pub(crate) struct Desk {
    preview: Arc<Preview>,
    events: Receiver<Event>,
    _rebuilder: Rebuilder,
    _server: Server,
}

impl Desk {
    /// Starts it, and waits for its first build.
    pub(crate) fn on(folder: &Path) -> Desk {
        let preview = Arc::new(Preview::new(TOKEN.to_owned(), Ticking::On));
        let bound = port::bind(None, Some(0)).unwrap();
        let server = Server::start(bound, preview.clone(), Limits::for_descriptors(256), 0).unwrap();
        let (sender, events) = mpsc::channel();
        let stage = Stage { preview: preview.clone(), bell: server.bell().clone(), events: sender };
        let today = Box::new(|| date(2026, 11, 21));
        let subject = Subject { path: folder.to_path_buf(), today, url: URL.to_owned() };
        let rebuilder = Rebuilder::start(subject, Mode::Events, stage).unwrap();
        let desk = Desk { preview, events, _rebuilder: rebuilder, _server: server };
        desk.next();
        desk
    }

    /// The next build.
    pub(crate) fn next(&self) -> Built {
        match self.events.recv_timeout(DEADLINE).expect("a build") {
            Event::Built(built) => built,
            Event::Remembered(_) => self.next(),
            Event::Unwatched(error) => panic!("{error}"),
        }
    }

    /// Waits until what was committed is shown too.
    pub(crate) fn remembers(&self) {
        while !matches!(self.events.recv_timeout(DEADLINE).expect("a past"), Event::Remembered(_)) {}
    }

    /// The number of the build that is shown; the first is 1.
    pub(crate) fn build(&self) -> u64 {
        self.preview.build().unwrap()
    }

    /// What is at an address, without the preview's own part; `None` where nothing is.
    pub(crate) fn page(&self, address: &str) -> Option<String> {
        let answer = self.preview.get(address)?;
        let text = String::from_utf8_lossy(&answer.body);
        Some(text.lines().filter(|line| !line.contains("/__preview.js")).collect::<Vec<_>>().join("\n"))
    }

    /// What a wish to have an item done is answered, where the page is of another text than the file.
    pub(crate) fn tick(&self, item: &str) -> (u16, String) {
        let body = format!(r#"{{"token":"{TOKEN}","item":"{item}","version":"","to":"done"}}"#);
        let answer = self.preview.tick(body.as_bytes());
        (answer.status, String::from_utf8_lossy(&answer.body).trim_end().to_owned())
    }

    /// Every page that search engines may know, as addresses.
    pub(crate) fn addresses(&self) -> Vec<String> {
        let sitemap = self.page("/sitemap.xml").unwrap();
        let addresses = sitemap.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap());
        addresses.map(|address| format!("/{}", address.strip_prefix(URL).unwrap())).collect()
    }

    /// All that is shown at some addresses, and what machines read.
    pub(crate) fn shows(&self, addresses: &[String]) -> BTreeMap<String, Option<String>> {
        let machines = ["/sitemap.xml", "/readiness.json", "/items.csv", "/badge/readiness.json"];
        let addresses = addresses.iter().map(String::as_str).chain(machines);
        addresses.map(|address| (address.to_owned(), self.page(address))).collect()
    }
}

/// Fails at the first address where two previews differ.
pub(crate) fn assert_same(one: &Desk, other: &Desk, addresses: &[String], case: &str) {
    let (one, other) = (one.shows(addresses), other.shows(addresses));
    for (address, page) in &one {
        assert!(*page == other[address], "{case}: {address} differs:\n{page:?}\n{:?}", other[address]);
    }
}
