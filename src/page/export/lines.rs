//! JSON with an entry of a top-level list on each line: small, and still one can look at it and compare two of them.

use serde_json::ser::Formatter;
use std::io::{self, Write};

/// Depth of the entries of a list that is a field of the outermost object.
const ENTRY: u32 = 2;

/// Breaks lines between those entries, and nowhere else.
#[derive(Default)]
pub(super) struct Lines {
    depth: u32,
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        match (self.depth, first) {
            (ENTRY, true) => writer.write_all(b"\n"),
            (ENTRY, false) => writer.write_all(b",\n"),
            (_, true) => Ok(()),
            (_, false) => writer.write_all(b","),
        }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }
}
