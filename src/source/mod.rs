//! Where text comes from and where in it something stands: paths that cannot leave their root, byte spans,
//! lines, and the decoding and repair of what is on disk. Knows no Markdown.

pub mod bytes;
pub mod decode;
pub mod repair;

mod path;

pub use decode::{DecodeError, Decoded, Edit, Encoding};
pub use path::RelPath;
pub use repair::{Codec, Repair, Unknown};

use std::ops::Range;
use std::sync::Arc;

/// A range of bytes in [`Source::text`], always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span of a range of byte offsets. Sources are at most 4 GiB (`input` refuses larger files).
    #[must_use]
    pub fn new(range: Range<usize>) -> Self {
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The same span as offsets for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Bytes in the span.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "nothing asks whether a span is empty")]
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A place for people: line and column, both from 1; the column counts characters of the line as it is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Bytes after which a long line has a mark that tells its column, so that no place takes longer to find.
const STRIDE: usize = 4096;

/// One document as text, with what is needed to tell where on disk a part of it stands.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path below the content folder.
    pub path: RelPath,
    decoded: Arc<Decoded>,
    lines: Arc<[u32]>,
    /// Where lines are long: the characters on disk before each [`STRIDE`] of bytes.
    strides: Arc<[u32]>,
}

impl Source {
    /// A source from decoded bytes.
    #[must_use]
    pub fn new(path: RelPath, decoded: Decoded) -> Self {
        let mut lines = Vec::with_capacity(decoded.text.len() / 40 + 1);
        lines.push(0);
        lines.extend(memchr::memchr_iter(b'\n', decoded.text.as_bytes()).map(|at| clamp(at + 1)));
        let ends = lines.iter().skip(1).copied().chain([clamp(decoded.text.len())]);
        let is_long = lines.iter().zip(ends).any(|(&start, end)| (end - start) as usize > STRIDE);
        let strides = if is_long { strides(decoded.disk_text()) } else { Vec::new() };
        Self { path, decoded: Arc::new(decoded), lines: lines.into(), strides: strides.into() }
    }

    /// A source from sound text, as tests and single strings need it.
    #[must_use]
    pub fn from_text(path: RelPath, text: &str) -> Self {
        Self::new(path, Decoded::of_lines(text.to_owned(), Decoded::sound))
    }

    /// The text as it is read: decoded, without byte order mark, repaired, each line ended with `\n`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.decoded.text
    }

    /// How the text was decoded and repaired.
    #[must_use]
    pub fn decoded(&self) -> &Decoded {
        &self.decoded
    }

    /// The text of a span; empty when the span is not one of this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or_default()
    }

    /// Line of a byte offset, from 1.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        clamp(self.lines.partition_point(|&start| start <= offset))
    }

    /// Line and column of a byte offset, as they are in the file on disk.
    #[must_use]
    pub fn place(&self, offset: u32) -> Place {
        let line = self.line(offset);
        let start = self.lines[line as usize - 1];
        let (start, at) = (self.decoded.on_disk(start), self.decoded.on_disk(offset));
        let column = if self.strides.is_empty() {
            characters(self.disk_bytes(start..at))
        } else {
            self.characters_before(at).saturating_sub(self.characters_before(start))
        };
        Place { line, column: column + 1 }
    }

    /// The characters on disk before an offset there.
    fn characters_before(&self, at: usize) -> u32 {
        let marked = self.strides.get(at / STRIDE).copied().unwrap_or_default();
        marked + characters(self.disk_bytes(at / STRIDE * STRIDE..at))
    }

    fn disk_bytes(&self, range: Range<usize>) -> &[u8] {
        self.decoded.disk_text().as_bytes().get(range).unwrap_or_default()
    }

    /// The span of a whole line (from 1), without its line break.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Span {
        let start = self.lines.get(line as usize - 1).copied().unwrap_or_default();
        let end = self.lines.get(line as usize).map_or(self.text().len(), |&next| next as usize - 1);
        Span { start, end: clamp(end) }
    }
}

/// The characters of a text before each [`STRIDE`] of its bytes, and before its end.
fn strides(text: &str) -> Vec<u32> {
    let mut before = vec![0];
    for chunk in text.as_bytes().chunks(STRIDE) {
        before.push(before.last().map_or(0, |before| before + characters(chunk)));
    }
    before
}

/// How many characters begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    clamp(bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count())
}
