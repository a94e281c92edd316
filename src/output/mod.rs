//! Publishing of a folder: staged beside the old one, put in its place in one step, or not at all.
//! Knows no templates and no Markdown: only names, bytes and where they must never go.
//!
//! # The course of a build
//!
//! [`Target::check`] says whether a folder may be published to; [`begin()`] locks it and heals what dead builds left;
//! [`Stage::write`] compares each file with the published one and stages only from the first difference on;
//! [`Stage::publish`] exchanges the folders. A `Stage` that is dropped leaves the old site and removes its traces.
//!
//! # What lies where
//!
//! | name (for the output folder `public`) | what |
//! |---|---|
//! | `public/.readybook` | the mark: says that the folder is ours, lists its files, and carries the lock |
//! | `.public.readybook` | the stage; after the exchange, for a moment, the old site |
//! | `.public.readybook-old` | the old site between the two renames, where the file system cannot exchange |
//!
//! # Why it is safe
//!
//! - *Locks.* Each of these folders belongs to whoever holds the advisory lock on the mark in it. The lock moves with
//!   the folder, dies with its process, and needs no file of its own. A lock counts only if the file is still at its
//!   place after locking (it may have been exchanged away between opening and locking).
//! - *Deletion.* Only one function removes folders (in `hold`), and only a folder whose mark this build holds locked.
//!   The mark goes last, so that what a killed removal leaves is still known as ours.
//! - *Foreign files.* What the mark does not list is somebody else's: the build refuses before it writes anything.
//! - *Unchanged files* are linked from the old site into the new one (a file is never modified in place, and the old
//!   name goes when the old site is removed), so they keep their modification time; where links fail they are copied.
//! - *Durability.* Files are not flushed one by one: 1,000 flushes cost seconds, and the site can be made again. Only
//!   the mark is flushed, so that after a loss of power the folder is still known as ours; the next build compares
//!   bytes, not dates or sums noted earlier, and so writes anew whatever was lost.

#![allow(clippy::disallowed_methods, reason = "this room owns the disk that is written")]

mod begin;
mod error;
mod file;
mod fresh;
mod hold;
mod mark;
mod platform;
mod stage;
mod survey;
mod swap;
mod target;

pub use begin::begin;
pub use error::{Act, OutputError, Refusal, Ward};
pub use stage::{Published, Stage};
pub use target::{Protected, Target};
