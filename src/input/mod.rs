//! Disk, and git's memory of it, to plain values: the project, its documents as sources, the files beside them. What they mean is not known here.

#![allow(clippy::disallowed_methods, reason = "this room owns the disk that is read")]

mod encoding;
mod error;
mod ignored;
mod look;
mod past;
mod picture;
mod project;
mod read;
mod repository;
mod rule;
mod theme;
mod walk;

pub use error::{Act, InputError};
pub use past::{RevisionError, commit, common_commit, documents_at, past, past_while};
pub use picture::{Flaw, PICTURE_LIMIT, is_svg, judge as judge_picture, picture};
pub use project::{Project, Reach};
pub use read::{Input, LIMIT, Survey, Unread, bytes, file, read, read_document, survey};
pub use repository::{checkout, folder as repository_folder, guess as guess_repository, head};
pub use rule::is_markdown;
pub use theme::{theme, theme_folder};
