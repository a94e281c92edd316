//! How git is run: the same for everybody, without questions, and without the network.

#![allow(clippy::disallowed_methods, reason = "a hook tells in the environment which index is asked about")]

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

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

/// Where git keeps what is tracked.
const INDEX: &str = "GIT_INDEX_FILE";

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
        // Git hands its hooks the index that is about to be committed: kept, so that a hook is told of the files of that
        // commit. Another repository's hook has that of the other, where none of our files are.
        if !std::env::var_os(INDEX).is_some_and(|index| is_own_index(&self.root, Path::new(&index))) {
            command.env_remove(INDEX);
        }
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
        printed(self.command(question).stdin(Stdio::null()).output()?)
    }

    /// The same where git reads `input` for it.
    ///
    /// # Errors
    /// When git is not there, or ends with a failure.
    pub(super) fn tell(&self, question: &[&str], input: &[u8]) -> Result<Vec<u8>, GitError> {
        let mut command = self.command(question);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let pipe = child.stdin.take();
        std::thread::scope(|scope| {
            // Written beside: git answers before it has read everything, and would wait for us to read.
            scope.spawn(|| pipe.map(|mut pipe| pipe.write_all(input)));
            printed(child.wait_with_output()?)
        })
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

/// The folder with the data of the repository with this root: `.git` itself, or, in a work tree, the one that it names.
#[must_use]
pub fn data_folder(root: &Path) -> Option<PathBuf> {
    let dot_git = root.join(".git");
    if dot_git.is_dir() {
        return Some(dot_git);
    }
    let text = std::fs::read_to_string(&dot_git).ok()?;
    Some(root.join(text.strip_prefix("gitdir:")?.trim()))
}

/// Whether an index is one of the repository with this root: there, and where git puts those that it hands to hooks.
fn is_own_index(root: &Path, index: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    // A path that is not whole is one from the root, where hooks are run.
    let folder = real(&root.join(index)).and_then(|index| index.parent().map(Path::to_owned));
    folder.is_some() && folder == data_folder(root).and_then(|data| real(&data))
}

/// What git printed, where it did not fail.
fn printed(output: Output) -> Result<Vec<u8>, GitError> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(GitError::Refused(said.lines().next().unwrap_or("nothing").trim_start_matches("fatal: ").to_owned()))
}

/// Whether a text is the id of an object.
pub(super) fn is_id(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
