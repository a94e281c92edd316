//! Raw HTML. What GitHub allows passes, and is sanitised with the whole text; comments are dropped; every other tag is
//! shown as text, so that `Vec<String>` in prose is not lost and a script is not run.

use super::hooks::Hooks;
use super::items::at;
use super::{Printer, RawHtml};
use crate::markdown::depth::DEEPEST;
use crate::markdown::html::escape;
use crate::markdown::raw::{Part, Pieces, parts};
use crate::markdown::tag::{Attributes, Tag};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Elements that pass. Headings and images are printed by the printer itself.
const PASS: &[&str] = &[
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
    "var",
    "wbr",
];

/// Elements that only say how their content looks, or that are obsolete: their tags go, their content stays.
const UNWRAP: &[&str] = &["big", "center", "font", "picture", "source", "strike", "tt", "u"];

/// Elements that parsers open again in the blocks that follow, where they are not closed (HTML, section 13.2.4.3), and
/// links. Inline ones end with the block that they stand in, as emphasis of Markdown does.
const REOPENED: &[&str] = &["a", "b", "code", "em", "i", "s", "small", "strong"];

/// Headings, by level: raw ones are no part of the outline, and so are printed as plain blocks.
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut tags: HashSet<&str> = PASS.iter().copied().collect();
    tags.extend(HEADINGS);
    tags.extend(["a", "img", "section"]);
    let cells = HashSet::from(["colspan", "rowspan"]);
    let attributes = HashMap::from([
        ("a", HashSet::from(["href"])),
        ("del", HashSet::from(["datetime"])),
        ("details", HashSet::from(["open"])),
        ("img", HashSet::from(["alt", "height", "src", "width"])),
        ("ins", HashSet::from(["datetime"])),
        ("ol", HashSet::from(["start", "reversed"])),
        ("td", cells.clone()),
        ("th", cells),
        ("time", HashSet::from(["datetime"])),
    ]);
    let mut builder = ammonia::Builder::default();
    builder
        .tags(tags)
        .clean_content_tags(HashSet::new())
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["data-rb", "dir", "id", "lang", "title"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None)
        .id_prefix(Some("user-content-"));
    builder
});

/// Markup of a whole document without what could do harm, and with every element closed.
pub(super) fn sanitise(markup: &str) -> String {
    SANITISER.clean(markup).to_string()
}

/// Whether this is nothing but a comment.
pub(super) fn is_comment(html: &str) -> bool {
    html.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).is_some_and(|(_, rest)| rest.trim().is_empty())
}

impl<H: Hooks> Printer<'_, H> {
    /// Prints a block of raw HTML. Where nothing of it passes, it is a paragraph of text.
    pub(super) fn block_html(&mut self, html: &Pieces) -> Result<(), RawHtml> {
        if is_comment(html.text().trim()) {
            return Ok(());
        }
        let text = !may_pass(html.text());
        if text {
            self.sheet.out.raw("<p>");
        }
        self.raw_html(html)?;
        self.sheet.out.raw(if text { "</p>\n" } else { "\n" });
        Ok(())
    }

    /// Prints raw HTML.
    pub(super) fn raw_html(&mut self, html: &Pieces) -> Result<(), RawHtml> {
        for (offset, part) in parts(html.text()) {
            match part {
                Part::Text(text) => {
                    self.sheet.out.trusted(&text_of(text));
                }
                Part::Tag(tag) => self.raw_tag(&tag, at(html.source(offset)))?,
            }
        }
        Ok(())
    }

    /// Prints raw HTML in the text of a block, and notes what it leaves open.
    pub(super) fn inline_raw(&mut self, html: &Pieces) -> Result<(), RawHtml> {
        self.raw_html(html)?;
        for (_, part) in parts(html.text()) {
            let Part::Tag(tag) = part else { continue };
            let Some(name) = REOPENED.iter().find(|name| tag.name == **name) else { continue };
            if !tag.closes {
                self.raw_open.extend(Some(*name).filter(|_| self.raw_open.len() < DEEPEST));
            } else if let Some(last) = self.raw_open.iter().rposition(|open| open == name) {
                self.raw_open.remove(last);
            }
        }
        Ok(())
    }

    /// Ends what inline raw HTML has left open in a block that ends.
    pub(super) fn close_raw(&mut self) {
        while let Some(name) = self.raw_open.pop() {
            self.nest.closes(name);
            let end = if name == "a" { self.links.close().to_owned() } else { format!("</{name}>") };
            self.sheet.out.trusted(&end);
        }
    }

    fn raw_tag(&mut self, tag: &Tag<'_>, at: u32) -> Result<(), RawHtml> {
        let name = tag.name.as_str();
        if name == "br" {
            // Nothing can be wrong with it alone: no reason to sanitise the document.
            self.sheet.out.raw("<br>");
            return Ok(());
        }
        if UNWRAP.contains(&name) {
            return Ok(());
        }
        let passes = name == "a" || name == "img" || PASS.contains(&name) || HEADINGS.contains(&name);
        if !passes {
            self.sheet.out.text(tag.source);
            return Ok(());
        }
        if !self.sheet.is_held() {
            return Err(RawHtml);
        }
        match name {
            "img" => self.raw_image(&tag.attributes, at),
            "a" if tag.closes => {
                let end = self.links.close();
                self.sheet.out.raw(end);
            }
            "a" => self.raw_link(&tag.attributes, at),
            _ if !self.nest.passes(tag) => {}
            _ if HEADINGS.contains(&name) => {
                self.sheet.out.raw(if tag.closes { "</strong></div>" } else { "<div><strong>" });
            }
            _ => {
                self.sheet.out.trusted(tag.source);
            }
        }
        Ok(())
    }

    fn raw_link(&mut self, attributes: &Attributes, at: u32) {
        if let Some(id) = attributes.get("id").or(attributes.get("name")) {
            self.sheet.out.raw("<span").attribute("id", id).raw("></span>");
        }
        match attributes.get("href") {
            Some(target) => self.open_link(at, target, attributes.get("title").unwrap_or_default()),
            None => self.links.open_instead(""),
        }
    }

    fn raw_image(&mut self, attributes: &Attributes, at: u32) {
        let Some(target) = attributes.get("src") else { return };
        let shown = self.hooks.image(at, target);
        let title = attributes.get("title").unwrap_or_default();
        let size = ["width", "height"].map(|name| (name, attributes.get(name).and_then(pixels).unwrap_or_default()));
        self.print_image(&shown, attributes.get("alt").unwrap_or_default(), title, &size);
    }
}

/// A length in pixels, without its unit.
fn pixels(length: &str) -> Option<&str> {
    let number = length.trim().trim_end_matches("px");
    (matches!(number.len(), 1..=4) && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// Whether any tag in it passes, so that it is markup and not text.
fn may_pass(html: &str) -> bool {
    parts(html).any(|(_, part)| matches!(part, Part::Tag(tag) if !is_unknown(&tag.name)))
}

fn is_unknown(name: &str) -> bool {
    let known = [PASS, UNWRAP, HEADINGS].iter().any(|names| names.contains(&name));
    !known && name != "a" && name != "img"
}

/// Text between tags: its entities stay as the author wrote them, all else is escaped.
fn text_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        escape(&mut out, &rest[..at]);
        let tail = &rest[at..];
        let length = tail.find(';').filter(|&end| is_entity(&tail[1..end])).map_or(0, |end| end + 1);
        if length == 0 {
            out.push_str("&amp;");
            rest = &tail[1..];
        } else {
            out.push_str(&tail[..length]);
            rest = &tail[length..];
        }
    }
    escape(&mut out, rest);
    out
}

/// Whether the text between `&` and `;` has the form of an entity.
fn is_entity(name: &str) -> bool {
    let digits = name.strip_prefix('#').unwrap_or(name);
    !digits.is_empty() && name.len() <= 32 && digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
