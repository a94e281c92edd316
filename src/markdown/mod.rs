//! The one door to pulldown-cmark: text to blocks with byte spans; front matter. Knows not what a mark means.

mod front_matter;

pub use front_matter::front_matter;
