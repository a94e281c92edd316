//! Ticking: rewrites exactly the mark of one item in its file, and nothing else.

#![allow(clippy::disallowed_methods, reason = "the one file that a reader asked to change is read and replaced")]

use super::Ticks;
use super::state::State as Build;
use crate::model::State;
use crate::page::Page;
use crate::pipeline::{self, Reader};
use crate::serve::http::Answer;
use crate::site::{Document, Sheet};
use crate::source::{Encoding, Source, Span, decode};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::Path;

/// What a page asks for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    token: String,
    /// The item by its name: `path/of/document#anchor`.
    item: String,
    /// The text that the page was made of.
    version: String,
    /// What the item is to be.
    to: Wanted,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    Done,
    Open,
}

/// Why nothing was written: the status and a sentence for people.
type Refused = (u16, String);

/// Answers a tick.
pub(super) fn answer(build: &Build, token: &str, body: &[u8]) -> Answer {
    match ticked(build, token, body) {
        Ok(()) => Answer::text(200, "Written."),
        Err((status, message)) => Answer::text(status, &message),
    }
}

fn refused<T>(status: u16, message: impl Into<String>) -> Result<T, Refused> {
    Err((status, message.into()))
}

fn ticked(build: &Build, token: &str, body: &[u8]) -> Result<(), Refused> {
    let Ok(asked) = serde_json::from_slice::<Asked>(body) else { return refused(400, "Not a tick.") };
    if !is_same(asked.token.as_bytes(), token.as_bytes()) {
        return refused(403, "This page is not of this server: load it again.");
    }
    let (document, mark) = find(build, &asked.item)?;
    let path = &document.source.path;
    let changed = || format!("{path} was changed meanwhile. Nothing was written; look again.");
    if version(&document.source) != asked.version {
        return refused(409, changed());
    }
    let place = match on_disk(&document.source, mark) {
        Ok(place) => place,
        Err(why) => return refused(409, format!("{path} cannot be changed here: {why}.")),
    };
    let file = build.content.join(path.as_str());
    let failed = |error: io::Error| (500, format!("Cannot write {path}: {error}"));
    let bytes = read(&file).map_err(failed)?;
    if decode::decode(&bytes[..]).ok().as_ref() != Some(document.source.decoded()) {
        return refused(409, changed());
    }
    let to = match asked.to {
        Wanted::Done => State::Done,
        Wanted::Open => State::Open,
    };
    let Some(written) = rewritten(build, &document.source, mark, to) else {
        let to = to.label();
        return refused(409, format!("It is not clear how this item is written when it is {to}: edit {path} by hand."));
    };
    let bytes = [&bytes[..place.start], written.as_bytes(), &bytes[place.end..]].concat();
    replace(&file, &bytes, document.source.decoded()).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => (409, changed()),
        _ => failed(error),
    })
}

/// What the mark becomes.
fn rewritten(build: &Build, source: &Source, mark: Span, to: State) -> Option<String> {
    let reader = Reader::new(&build.config);
    let read = |source| -> Sheet { reader.read(source, &build.config) };
    pipeline::ticked(&read(source.clone()), mark, to, read)
}

/// The mark of an item, by the item's name.
fn find<'b>(build: &'b Build, name: &str) -> Result<(&'b Document, Span), Refused> {
    let missing = || (404, "There is no such item any more.".to_owned());
    let (stem, anchor) = name.rsplit_once('#').ok_or_else(missing)?;
    let document = build.site.documents.iter().find(|document| document.stem() == stem).ok_or_else(missing)?;
    let item = document.checklist.items.iter().find(|item| item.anchor == anchor).ok_or_else(missing)?;
    if item.group {
        return refused(409, "This is a group: its items are ticked one by one.");
    }
    let path = &document.source.path;
    let mark = item.mark.ok_or_else(|| (409, format!("This item has no place for a state: edit {path} by hand.")))?;
    Ok((document, mark))
}

/// The bytes of a mark in its file.
fn on_disk(source: &Source, mark: Span) -> Result<Range<usize>, &'static str> {
    let decoded = source.decoded();
    if decoded.encoding != Encoding::Utf8 {
        return Err("it is not UTF-8");
    }
    if decoded.edits.iter().any(|edit| edit.text.0 < mark.end && mark.start < edit.text.1) {
        return Err("the mark is damaged text, which was repaired for reading");
    }
    let start = decoded.on_disk(mark.start);
    let end = start + (mark.end - mark.start) as usize;
    let bom = usize::from(decoded.bom);
    if decoded.disk_text().get(start..end) != Some(source.slice(mark)) {
        return Err("the mark is not on disk as it is read");
    }
    Ok(start + bom..end + bom)
}

/// Reads a file that is one.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    if !file.symlink_metadata()?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    std::fs::read(file)
}

/// Puts other bytes in the place of a file, in one step and with its mode.
///
/// # Errors
/// `InvalidData` when the file is not `before` any more; else what the system refuses.
fn replace(file: &Path, bytes: &[u8], before: &decode::Decoded) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".readybook-").tempfile_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().set_permissions(file.metadata()?.permissions())?;
    new.as_file().sync_all()?;
    // The last look before the step: an editor may have saved while we wrote.
    if decode::decode(read(file)?).ok().as_ref() != Some(before) {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    new.persist(file).map_err(|error| error.error).map(drop)
}

/// The items of the page at an address that can be ticked; `None` where the page is not that of a document.
pub(super) fn of_page(build: &Build, address: &str) -> Option<Ticks> {
    let path = address.strip_prefix('/').unwrap_or(address);
    let index = format!("{path}index.html");
    let page = build.plan.find(if path.ends_with('/') || path.is_empty() { &index } else { path })?;
    let Page::Document(id) = page else { return None };
    let document = build.site.document(*id);
    let can = |mark: Option<Span>| mark.is_some_and(|mark| on_disk(&document.source, mark).is_ok());
    let items = document.leaves().filter(|(_, item)| can(item.mark) && item.state != State::Waived);
    let named = items.map(|(_, item)| (format!("{}#{}", document.stem(), item.anchor), item.state.name()));
    Some(Ticks { version: version(&document.source), items: named.collect() })
}

/// A name for a text, so that a page can say what it was made of.
fn version(source: &Source) -> String {
    let mut name = String::new();
    for byte in &Sha256::digest(source.decoded().disk_text().as_bytes())[..12] {
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// Compares secrets in a time that does not tell where they differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (one, other)| sum | (one ^ other)) == 0
}
