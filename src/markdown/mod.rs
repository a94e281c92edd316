//! The one door to pulldown-cmark: text to a tree of blocks with byte spans, and text to safe HTML; front matter.
//! Knows nothing of what a mark means.

mod depth;
mod events;
mod front_matter;
mod html;
mod print;
mod raw;
mod tag;
mod tree;

pub use depth::{DEEPEST, too_deep};
pub use front_matter::front_matter;
pub use html::{Html, Writer, escape_to};
pub use print::{FactsAt, HeadingPlace, Hooks, Href, ImageHref, Mark, Printed, Printing, Stays, print};
pub use tree::{Block, Inline, Node, NodeId, Piece, Tree, TreeLink, parse};

use pulldown_cmark::Options;

/// The Markdown that GitHub reads. Options are set one by one: `Options::all()` panics on odd input, and the
/// metadata-block options swallow text between `---` lines anywhere.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}
