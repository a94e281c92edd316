//! What the printer asks whoever prints: which blocks are items, where links lead, how code looks.

use crate::markdown::Writer;
use crate::source::Span;

/// Where the mark of an item stands in the author's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The box, glyph, cell or word.
    pub span: Span,
    /// What becomes of it.
    pub stays: Stays,
}

/// Whether a mark stays beside the state that is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// A word: the author's wording is kept.
    Kept,
    /// A box or glyph: the printed state stands in its place.
    Replaced,
}

/// Where the facts of an item are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactsAt {
    /// Behind the text of a list item or heading.
    Line,
    /// In a row, which may say some of them itself.
    Row,
}

/// How a heading is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingPlace<'a> {
    /// Its id on the page.
    pub id: &'a str,
    /// The level that it has on the page, 2 to 6.
    pub level: u8,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Href {
    /// To this address on the site.
    To(String),
    /// To this address elsewhere; its scheme has been judged.
    Away(String),
    /// Nowhere, for this reason: printed as marked text.
    Dead(String),
}

/// What is shown for an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImageHref {
    /// The image at this address.
    Shown(String),
    /// A link to this address, with the alternative text.
    Linked(String),
    /// The alternative text, marked, for this reason.
    Dead(String),
}

/// What the printer asks. Offsets are those of the source, front matter included; items are keys of the caller's own.
pub trait Hooks {
    /// The item whose list item, row or heading begins at `at`.
    fn item(&self, at: u32) -> Option<u32>;

    /// Where the mark of an item stands.
    fn mark(&self, item: u32) -> Option<Mark>;

    /// Where the text of a row's item begins: its facts are printed at the end of that cell.
    fn text_at(&self, item: u32) -> Option<u32>;

    /// Where the cell begins that names the owners of a row's item, if there is one.
    fn owners_at(&self, item: u32) -> Option<u32>;

    /// Writes the owners of a row's item that its cell does not name in so many words, with a space before them.
    fn write_owners(&self, item: u32, out: &mut Writer);

    /// Writes the attributes of an item's element, each with a space before it.
    fn write_attributes(&self, item: u32, out: &mut Writer);

    /// Writes the state of an item: word and shape.
    fn write_state(&self, item: u32, out: &mut Writer);

    /// Writes what is known of an item beside its text. Nothing written, nothing wrapped.
    fn write_facts(&self, item: u32, place: FactsAt, out: &mut Writer);

    /// How the heading at `at` is printed; `None` for one that has no place of its own.
    fn heading(&self, at: u32) -> Option<HeadingPlace<'_>>;

    /// Writes the sum of the section whose heading begins at `at`.
    fn write_sum(&self, at: u32, out: &mut Writer);

    /// Where the link at `at` with this target leads. The target may be anything, a hostile scheme included.
    fn link(&self, at: u32, target: &str) -> Href;

    /// What is shown for the image at `at` with this target.
    fn image(&self, at: u32, target: &str) -> ImageHref;

    /// The address of the item with this id that is mentioned in text at `at`, where it should be a link.
    fn mention(&self, at: u32, id: &str) -> Option<String>;

    /// Writes the inside of a code block in a language as its author calls it (empty for none).
    fn write_code(&self, language: &str, text: &str, out: &mut Writer);
}
