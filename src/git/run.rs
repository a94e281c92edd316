//! How git is run: the same for everybody, without questions, and without the network.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What may point git to another repository than the one that is asked, or change what a path means. A hook has some of
/// these set.
const FOREIGN: &[&str] = &[
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
];

/// What is set for git: its words in English, days in UTC, no question, and no object fetched from elsewhere. Versions
/// that do not know that wish are kept from the network by the last.
const SET: &[(&str, &str)] = &[
    ("LC_ALL", "C"),
    ("TZ", "UTC"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_ALLOW_PROTOCOL", "none"),
];

/// What the user's settings may not change.
const SETTINGS: &[&str] = &[
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.quotepath=off",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "log.showSignature=false",
];

/// A repository to ask.
#[derive(Debug, Clone)]
pub struct Git {
    root: PathBuf,
}

/// Why git does not answer.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// The program is not there, or cannot be started.
    #[error("cannot run `git`: {0}")]
    Unavailable(#[from] io::Error),
    /// It ended with a failure; what it said first.
    #[error("git says: {0}")]
    Refused(String),
}

impl Git {
    /// The repository with this root.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The command for a question.
    fn command(&self, question: &[&str]) -> Command {
        let mut command = Command::new("git");
        for name in FOREIGN {
            command.env_remove(name);
        }
        if let Some(around) = self.root.parent() {
            // What is not sound there is no reason to look for another repository around it.
            command.env("GIT_CEILING_DIRECTORIES", around);
        }
        command.envs(SET.iter().copied()).args(SETTINGS).arg("-C").arg(&self.root).args(question);
        command
    }

    /// What git prints to standard output.
    ///
    /// # Errors
    /// When git is not there, or ends with a failure.
    pub(super) fn ask(&self, question: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = self.command(question).stdin(Stdio::null()).output()?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(GitError::Refused(said.lines().next().unwrap_or("nothing").trim_start_matches("fatal: ").to_owned()))
    }

    /// Starts git, to be talked with.
    ///
    /// # Errors
    /// When git is not there.
    pub(super) fn start(&self, question: &[&str], input: Stdio) -> Result<Child, GitError> {
        let mut command = self.command(question);
        Ok(command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?)
    }
}

/// Whether a text is the id of an object.
pub(super) fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
