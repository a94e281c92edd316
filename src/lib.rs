//! Readybook reads readiness checklists as they are already written and publishes a status site.
//!
//! The rooms, from the top down; a room names only those below it:
//!
//! | room | owns |
//! |---|---|
//! | [`cli`] | the verbs, one file each; the only room that prints |
//! | [`serve`] | the preview: watcher, HTTP, the current site |
//! | [`output`] | staging and atomic publishing of a folder |
//! | [`input`] | disk to plain values |
//! | [`git`] | the git program to plain values; [`input`] asks it |
//! | [`pipeline`] | the story: sources to site to pages; revisions to days |
//! | [`render`] | the one door to Tera |
//! | [`page`] | one file a page kind; what a document's body shows of its items; the one place that spells a URL |
//! | [`theme`] | names to bytes: embedded files, overlaid by a folder |
//! | [`site`] | cross-links, tallies, owners, priorities, verdict, what became of the items |
//! | [`reading`] | a parsed document to a checklist: one file a dialect |
//! | [`markdown`] | the one door to pulldown-cmark; the printer |
//! | [`config`] | `readybook.toml` as values |
//! | [`model`] | plain nouns |
//! | [`finding`] | faults in text, as data |
//! | [`source`] | text, spans, lines, decoding and repair |

pub mod cli;
pub mod config;
pub mod finding;
pub mod git;
pub mod input;
pub mod markdown;
pub mod model;
pub mod output;
pub mod page;
pub mod pipeline;
pub mod reading;
pub mod render;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
