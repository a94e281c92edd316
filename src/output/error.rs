//! What can keep a site from being published: the system refuses an act, or this room refuses a folder.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was published. The old site is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The system refused an act.
    #[error("cannot {act} `{}`: {cause}", path.display())]
    Io {
        /// What was tried.
        act: Act,
        /// On what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The folder must not be published to; nothing in it was touched.
    #[error("will not publish to `{}`: it {reason}", path.display())]
    Refused {
        /// The folder as it was asked for.
        path: PathBuf,
        /// What is wrong with it.
        reason: Refusal,
    },
    /// Another build holds the folder.
    #[error("another build is publishing to `{}`", path.display())]
    Busy {
        /// The output folder.
        path: PathBuf,
    },
    /// One build wrote two files under one name, a file and a folder, or one under the name of the mark: a fault of the
    /// caller.
    #[error("`{name}` is written twice, or is a name that the output folder keeps for itself")]
    Taken {
        /// The name, relative to the output folder.
        name: String,
    },
}

impl OutputError {
    /// What the user can do about it, where that is not plain from the message.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Busy { .. } => Some("wait until it has ended, then build again"),
            Self::Refused { reason, .. } => Some(match reason {
                Refusal::Foreign(_) => "move that file away, or choose another folder with `--output`",
                Refusal::Unmarked => "choose a folder that is empty or does not exist yet, with `--output`",
                Refusal::InTheWay(_) => "move it away: that name is needed while a site is published",
                Refusal::MountPoint => "choose a folder in it with `--output`, or mount the folder above it",
                Refusal::Replaced => "build again",
                _ => "choose another folder with `--output`",
            }),
            Self::Io { act: Act::Create, cause, .. } if cause.kind() == io::ErrorKind::PermissionDenied => {
                Some("a new site is made beside the old one: build where you may write to the folder around it")
            }
            Self::Io { .. } | Self::Taken { .. } => None,
        }
    }
}

/// What was tried when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Find out where a path leads.
    Resolve,
    /// Open or read a file or folder.
    Read,
    /// Create a file or folder.
    Create,
    /// Write to a file.
    Write,
    /// Lock the output folder against other builds.
    Lock,
    /// Put the new site in the place of the old one.
    Replace,
    /// Remove a file or folder that a build left.
    Remove,
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Resolve => "find",
            Self::Read => "read",
            Self::Create => "create",
            Self::Write => "write",
            Self::Lock => "lock",
            Self::Replace => "put the new site in place of",
            Self::Remove => "remove",
        })
    }
}

/// Why a folder must not be published to. Each reads on from "it".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The path is `/` or has no last name.
    #[error("is the root of the file system")]
    Root,
    /// The folder is one that is protected.
    #[error("is the {ward} `{}`", folder.display())]
    Is {
        /// What the protected folder is.
        ward: Ward,
        /// Where it really is.
        folder: PathBuf,
    },
    /// A protected folder is somewhere below it.
    #[error("holds the {ward} `{}`", folder.display())]
    Holds {
        /// What the protected folder is.
        ward: Ward,
        /// Where it really is.
        folder: PathBuf,
    },
    /// It is somewhere below a protected folder.
    #[error("lies in the {ward} `{}`", folder.display())]
    LiesIn {
        /// What the protected folder is.
        ward: Ward,
        /// Where it really is.
        folder: PathBuf,
    },
    /// The path leads to something that is not a folder.
    #[error("is not a folder")]
    NotAFolder,
    /// The path is a symbolic link without a target.
    #[error("is a link that leads nowhere")]
    DeadLink,
    /// There are files in it, and no mark of ours.
    #[error("is not empty, and no build of readybook made it")]
    Unmarked,
    /// It is ours, but a file in it is not. The path is relative to the folder.
    #[error("holds `{}`, which no build put there", .0.display())]
    Foreign(PathBuf),
    /// The name of the stage, or of the old site set aside, is taken by something that is not ours.
    #[error("needs the name `{}` beside it, and that is something else", .0.display())]
    InTheWay(PathBuf),
    /// Something is mounted there: it cannot be exchanged for a folder beside it.
    #[error("is a mount point, which cannot be replaced in one step")]
    MountPoint,
    /// Something else came to stand in its place while the site was built.
    #[error("was replaced by something else during the build")]
    Replaced,
}

/// What a protected folder is to the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ward {
    /// The checklists.
    Content,
    /// The theme of the project.
    Theme,
    /// The folder of `readybook.toml`.
    Project,
    /// The user's home.
    Home,
    /// The folder that the user is in.
    Current,
}

impl fmt::Display for Ward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Content => "content folder",
            Self::Theme => "theme folder",
            Self::Project => "project folder",
            Self::Home => "home folder",
            Self::Current => "current folder",
        })
    }
}

/// The error of an act on a path, for `map_err`.
pub(super) fn cannot(act: Act, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    move |cause| OutputError::Io { act, path: path.to_owned(), cause }
}

/// The refusal of a folder.
pub(super) fn refused(path: &Path, reason: Refusal) -> OutputError {
    OutputError::Refused { path: path.to_owned(), reason }
}
