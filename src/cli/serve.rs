//! `readybook serve`: the preview.

mod keys;

use super::exit::{Exit, Failure};
use super::printer::{Printer, escape};
use super::{browser, clock};
use crate::input::Project;
use crate::serve::limits::Limits;
use crate::serve::port::{self, Bound};
use crate::serve::preview::{Built, Event, Preview, Rebuilder, Stage, Subject, Ticking};
use crate::serve::server::Server;
use crate::serve::watch::{Mode, POLL_INTERVAL};
use jiff::Timestamp;
use keys::{Key, Keys};
use std::hash::{BuildHasher as _, RandomState};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

/// Show the site in a browser, and every change as it is saved.
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// A project, folder or file; this folder where none is named.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The port; where none is named, the configuration's (7878) or the next free one.
    #[arg(short, long, value_name = "PORT")]
    port: Option<u16>,
    /// The name or number of this machine to listen at. Where others can reach it, nobody can tick items.
    #[arg(long, value_name = "HOST")]
    host: Option<String>,
    /// Open the site in a browser.
    #[arg(long)]
    open: bool,
    /// Look at the files from time to time, where the system does not tell of changes (network mounts).
    #[arg(long, value_name = "MS", num_args = 0..=1, require_equals = true, default_missing_value = "500")]
    poll: Option<u64>,
    /// Never write a file: items cannot be ticked.
    #[arg(long)]
    read_only: bool,
}

/// What happens while the preview runs.
enum News {
    Event(Event),
    Key(Key),
    /// The server has ended.
    Over,
}

/// Serves until it is told to stop.
pub(super) fn run(typed: &Typed, printer: &mut Printer) -> Result<Exit, Failure> {
    let settings = Project::open(&typed.dir)?.config.value.serve;
    let bound = bind(typed, settings.port)?;
    let url = bound.url();
    let is_private = bound.address().ip().is_loopback();
    let ticking = if typed.read_only || !settings.enable || !is_private { Ticking::Off } else { Ticking::On };
    let preview = Arc::new(Preview::new(token(), ticking));
    // Begins with the time, so that pages which outlive the server notice that it is another one.
    let build = u64::try_from(Timestamp::now().as_millisecond()).unwrap_or_default();
    let pages: Arc<Preview> = Arc::clone(&preview);
    let server = Server::start(bound, pages, Limits::of_this_process(), build).map_err(cannot_start)?;
    let stopper = server.stopper();
    stopper.clone().on_signals().map_err(cannot_start)?;
    let (events, told) = mpsc::channel();
    let stage = Stage { preview, bell: server.bell().clone(), events };
    let today = clock::today(None)?;
    let subject = Subject {
        path: typed.dir.clone(),
        today: Box::new(move || clock::today(None).unwrap_or(today)),
        url: url.clone(),
    };
    let rebuilder = Rebuilder::start(subject, mode(typed), stage).map_err(cannot_start)?;
    let (news, inbox) = mpsc::channel();
    forward(told, news.clone());
    let keys = Keys::listen(news.clone());
    printer.data(&format!("serving at {url}\n"))?;
    if !is_private {
        printer.note("others in the network can open it too, so items cannot be ticked");
    }
    if keys.is_some() {
        printer.note("press o to open, r to read everything again, q to quit");
    }
    wait(server, news);
    if typed.open {
        browser::open(&url, printer);
    }
    for news in inbox {
        match news {
            News::Event(event) => tell(&event, printer),
            News::Key(Key::Open) => browser::open(&url, printer),
            News::Key(Key::Again) => rebuilder.again(),
            News::Key(Key::Quit) => stopper.stop(),
            News::Over => break,
        }
    }
    // The terminal first: whatever the rest takes, it is as it was.
    drop(keys);
    drop(rebuilder);
    Ok(Exit::Fine)
}

fn bind(typed: &Typed, first: u16) -> Result<Bound, Failure> {
    let bound = match typed.port {
        Some(port) => port::bind(typed.host.as_deref(), Some(port)),
        None => port::bind_from(typed.host.as_deref(), first),
    };
    bound.map_err(|error| Failure::asked(error.to_string()))
}

fn cannot_start(error: impl ToString) -> Failure {
    Failure::asked(format!("cannot start the preview: {}", error.to_string()))
}

fn mode(typed: &Typed) -> Mode {
    match typed.poll {
        None => Mode::Events,
        Some(0) => Mode::Poll(POLL_INTERVAL),
        Some(milliseconds) => Mode::Poll(Duration::from_millis(milliseconds)),
    }
}

/// A secret of this run: hashes under keys that the system drew.
fn token() -> String {
    let half = || RandomState::new().hash_one("readybook");
    format!("{:016x}{:016x}", half(), half())
}

/// Hands on what the preview tells.
fn forward(told: Receiver<Event>, news: Sender<News>) {
    std::thread::spawn(move || told.iter().all(|event| news.send(News::Event(event)).is_ok()));
}

/// Tells when the server has ended.
fn wait(server: Server, news: Sender<News>) {
    std::thread::spawn(move || {
        server.wait();
        // It fails only when nobody waits any more.
        let _ = news.send(News::Over);
    });
}

/// One line for a build, and one for each thing that is wrong.
fn tell(event: &Event, printer: &mut Printer) {
    match event {
        Event::Built(Built { documents, took, faults, .. }) => {
            let documents = if *documents == 1 { "1 document".to_owned() } else { format!("{documents} documents") };
            printer.note(&format!("{documents}, ready in {} ms", took.as_millis()));
            faults.iter().for_each(|fault| printer.note(&fault.line()));
        }
        Event::Remembered(_) => {}
        Event::Unwatched(error) => printer.note(&format!("warning: {}", escape(&error.to_string()))),
    }
}
