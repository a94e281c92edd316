//! Raw HTML, taken apart far enough to judge it, and where its parts stand in the source.

use super::tag::{Tag, next_tag};
use std::ops::Range;

/// Raw HTML as the parser hands it over, in pieces, each with its place.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    text: String,
    /// Where each piece begins: in the text, and in the source.
    starts: Vec<(usize, usize)>,
}

impl Pieces {
    /// One piece.
    pub(super) fn of(html: &str, range: &Range<usize>) -> Self {
        let mut pieces = Self::default();
        pieces.push(html, range);
        pieces
    }

    /// Takes the next piece, from its place in the source.
    pub(super) fn push(&mut self, html: &str, range: &Range<usize>) {
        self.starts.push((self.text.len(), range.start));
        self.text.push_str(html);
    }

    /// All pieces together.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where an offset of the text stands in the source.
    pub(super) fn source(&self, offset: usize) -> usize {
        let after = self.starts.partition_point(|&(start, _)| start <= offset);
        let piece = after.checked_sub(1).and_then(|index| self.starts.get(index));
        piece.map_or(offset, |&(start, source)| source + offset - start)
    }
}

/// What raw HTML is made of.
pub(super) enum Part<'a> {
    /// Text; also a `<` that begins no tag.
    Text(&'a str),
    /// A tag.
    Tag(Tag<'a>),
}

/// The parts of raw HTML, each with its offset. Comments are none.
pub(super) fn parts(html: &str) -> impl Iterator<Item = (usize, Part<'_>)> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let at = html.len() - rest.len();
            let text = rest.find('<').unwrap_or(rest.len());
            if text > 0 {
                let part = Part::Text(&rest[..text]);
                rest = &rest[text..];
                return Some((at, part));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            } else if let Some((tag, after)) = next_tag(rest) {
                rest = after;
                return Some((at, Part::Tag(tag)));
            } else if rest.is_empty() {
                return None;
            } else {
                let part = Part::Text(&rest[..1]);
                rest = &rest[1..];
                return Some((at, part));
            }
        }
    })
}

/// A link or image of raw HTML.
pub(super) struct RawLink<'a> {
    /// Where its tag stands in the HTML.
    pub(super) range: Range<usize>,
    /// Its address, entities decoded.
    pub(super) target: &'a str,
    /// Whether it is an image.
    pub(super) image: bool,
    /// Whether it says what it shows; `alt=""` says that there is nothing to say.
    pub(super) has_text: bool,
}

/// Calls back for each link and image of raw HTML, in order.
pub(super) fn links(html: &str, mut take: impl FnMut(RawLink<'_>)) {
    for (at, part) in parts(html) {
        let Part::Tag(tag) = part else { continue };
        let attribute = match tag.name.as_str() {
            "a" if !tag.closes => "href",
            "img" => "src",
            _ => continue,
        };
        if let Some(target) = tag.attributes.get(attribute) {
            let image = tag.name == "img";
            let has_text = !image || tag.attributes.get("alt").is_some();
            take(RawLink { range: at..at + tag.source.len(), target, image, has_text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_with_their_places() {
        let mut pieces = Pieces::of("<p>\n", &(10..14));
        pieces.push("<a\nhref='x.pdf'><IMG src=y.png></a> <!-- <a href=z> --> <a>", &(20..60));
        let mut found = Vec::new();
        links(pieces.text(), |link| {
            found.push((link.target.to_owned(), pieces.source(link.range.start), link.image, link.has_text));
        });
        assert_eq!(found, [("x.pdf".to_owned(), 20, false, true), ("y.png".to_owned(), 36, true, false)]);
    }

    #[test]
    fn what_begins_no_tag_is_text() {
        let texts = parts("a < b <3 <b>c<").filter_map(|(_, part)| match part {
            Part::Text(text) => Some(text),
            Part::Tag(_) => None,
        });
        assert_eq!(texts.collect::<String>(), "a < b <3 c<");
    }
}
