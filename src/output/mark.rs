//! The mark in an output folder, `.readybook`: says that the folder is ours, and which files in it are.

use std::collections::HashSet;
use std::fs::File;
use std::io::{Read, Seek, Write};

use serde::{Deserialize, Serialize};

/// Name of the mark, in the output folder.
pub(super) const MARK: &str = ".readybook";

/// Who writes marks; a file of that name without these words is not one.
const MAKER: &str = "readybook";

/// Rises when older programs can no longer make sense of a mark.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    made_by: &'static str,
    format: u32,
    files: Vec<&'a str>,
}

#[derive(Deserialize)]
struct Found {
    made_by: String,
    format: u32,
    files: HashSet<String>,
}

/// The files that a mark lists, as paths relative to its folder. `None` when it is not a mark of ours, or unfinished.
pub(super) fn read(mut mark: &File) -> std::io::Result<Option<HashSet<String>>> {
    let mut text = Vec::new();
    mark.rewind()?;
    mark.read_to_end(&mut text)?;
    let found = serde_json::from_slice(&text).ok();
    Ok(found.filter(|found: &Found| found.made_by == MAKER && found.format == FORMAT).map(|found| found.files))
}

/// Writes a mark that lists `files`, which come in the order of their names, and flushes it to the disk.
pub(super) fn write<'a>(mut mark: &File, files: impl Iterator<Item = &'a str>) -> std::io::Result<()> {
    let written = Written { made_by: MAKER, format: FORMAT, files: files.collect() };
    let mut text = serde_json::to_vec_pretty(&written)?;
    text.push(b'\n');
    mark.set_len(0)?;
    mark.rewind()?;
    mark.write_all(&text)?;
    mark.sync_all()
}
