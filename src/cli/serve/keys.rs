//! Single keys from a terminal, without Enter. The terminal is put back as it was, whatever happens.

use super::News;
use std::sync::mpsc::Sender;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// `o`: the site in a browser.
    Open,
    /// `r`: everything again.
    Again,
    /// `q`: the end.
    Quit,
}

impl Key {
    fn of(byte: u8) -> Option<Self> {
        match byte.to_ascii_lowercase() {
            b'o' => Some(Self::Open),
            b'r' => Some(Self::Again),
            b'q' => Some(Self::Quit),
            _ => None,
        }
    }
}

/// A terminal that gives single keys. Dropping it puts the terminal back.
pub(super) struct Keys {
    #[cfg(unix)]
    before: rustix::termios::Termios,
}

#[cfg(unix)]
impl Keys {
    /// Listens to the keys of standard input; `None` when that is no terminal, or not ours to read.
    pub(super) fn listen(news: Sender<News>) -> Option<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcgetpgrp, tcsetattr};
        let stdin = std::io::stdin();
        let before = tcgetattr(&stdin).ok()?;
        // A process in the background would be stopped by touching the terminal.
        if tcgetpgrp(&stdin).ok()? != rustix::process::getpgrp() {
            return None;
        }
        let mut single = before.clone();
        // Ctrl-C goes on to be a signal.
        single.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        tcsetattr(&stdin, OptionalActions::Now, &single).ok()?;
        std::thread::spawn(move || read(&news));
        Some(Self { before })
    }
}

#[cfg(not(unix))]
impl Keys {
    /// Single keys are not read here.
    pub(super) fn listen(_news: Sender<News>) -> Option<Self> {
        None
    }
}

#[cfg(unix)]
impl Drop for Keys {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        // It fails only when the terminal has gone.
        let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.before);
    }
}

#[cfg(unix)]
fn read(news: &Sender<News>) {
    use std::io::Read as _;
    for byte in std::io::stdin().lock().bytes() {
        let Ok(byte) = byte else { return };
        if let Some(key) = Key::of(byte)
            && news.send(News::Key(key)).is_err()
        {
            return;
        }
    }
}
