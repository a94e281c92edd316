//! How a command ends: the exit code, and what the world refused.

use crate::input::InputError;
use crate::output::OutputError;
use std::path::Path;
use std::process::ExitCode;

/// How a command ends. A bug of ours ends with 101, as every panic of a Rust program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// All is well.
    Fine,
    /// Findings of severity error, or of severity warning where that is asked for.
    Findings,
    /// The gate is not met.
    NotMet,
    /// Wrong usage or configuration, something that cannot be read or written, or nothing to judge.
    Trouble,
}

impl Exit {
    /// The worse of two: trouble beats the gate, the gate beats findings.
    pub(super) fn or(self, other: Self) -> Self {
        let rank = |exit| [Self::Fine, Self::Findings, Self::NotMet, Self::Trouble].iter().position(|of| *of == exit);
        if rank(other) > rank(self) { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Trouble => 2,
            Exit::NotMet => 3,
        })
    }
}

/// Why a command could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Something on disk cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Something cannot be written.
    #[error("cannot write `{path}`: {cause}")]
    Write {
        /// Where.
        path: String,
        /// Why, as the system says it.
        cause: std::io::Error,
    },
    /// The site cannot be published.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// What was asked for cannot be done.
    #[error("{message}")]
    Asked {
        /// Why, in one sentence without a full stop.
        message: String,
        /// What to do instead.
        help: Option<String>,
    },
    /// Whoever read our output has gone: no fault.
    #[error("the output was closed")]
    Closed,
}

impl Failure {
    /// What was asked for cannot be done.
    pub(super) fn asked(message: impl Into<String>) -> Self {
        Self::Asked { message: message.into(), help: None }
    }

    /// The same with a hint.
    pub(super) fn asked_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Asked { message: message.into(), help: Some(help.into()) }
    }

    /// A path that cannot be written.
    pub(super) fn write(path: &Path, cause: std::io::Error) -> Self {
        Self::Write { path: path.display().to_string(), cause }
    }

    /// What to do about it.
    pub(super) fn help(&self) -> Option<&str> {
        match self {
            Self::Asked { help, .. } => help.as_deref(),
            Self::Output(error) => error.help(),
            _ => None,
        }
    }
}
