//! Text, emphasis, links and images.

use super::hooks::{Hooks, Href, ImageHref};
use super::items::at;
use super::{Gathering, Printer, RawHtml};
use crate::markdown::html::Writer;
use crate::markdown::raw::Pieces;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

impl<'s, H: Hooks> Printer<'s, H> {
    pub(super) fn inline(&mut self, event: Event<'s>, range: &Range<usize>) {
        if let Event::TaskListMarker(ticked) = event {
            return self.print_box(if ticked { "[x]" } else { "[ ]" }, range);
        }
        self.open_line();
        match event {
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                self.trim = false;
                self.sheet.out.raw("<code>").text(&text).raw("</code>");
            }
            Event::SoftBreak => {
                self.sheet.out.raw("\n");
            }
            Event::HardBreak => {
                self.sheet.out.raw("<br>\n");
            }
            Event::FootnoteReference(label) => self.mention_note(&label),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.sheet.out.raw("<code>").text(&text).raw("</code>");
            }
            _ => {}
        }
    }

    /// A box that GFM sees: left out where a printed state stands for it, text where the list item is no item.
    fn print_box(&mut self, text: &'static str, range: &Range<usize>) {
        if self.cut.is_some_and(|cut| cut.start <= at(range.start) && at(range.end) <= cut.end) {
            return;
        }
        self.open_line();
        self.sheet.own(|out| {
            out.raw("<span class=\"box\">").raw(text).raw("</span> ");
        });
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let (mut text, mut range) = (text, range.clone());
        if let Some(cut) = self.cut
            && at(range.start) < cut.end
            && cut.start < at(range.end)
        {
            let (start, end) = (cut.range().start.max(range.start), cut.range().end.min(range.end));
            // An entity's text is not the source's: it goes as a whole.
            if self.text.get(range.clone()) != Some(text) {
                return;
            }
            let before = text.get(..start - range.start).unwrap_or_default();
            let mut after = text.get(end - range.start..).unwrap_or_default();
            if before.trim().is_empty() {
                after = after.trim_start();
            } else {
                self.plain_text(before, range.start);
            }
            range.start = range.end - after.len();
            text = after;
        }
        if std::mem::take(&mut self.trim) {
            text = text.trim_start();
            // The next piece may still begin with the space behind a mark.
            self.trim = text.is_empty();
        }
        self.plain_text(text, range.end - text.len().min(range.len()));
    }

    pub(super) fn start_inline(&mut self, tag: Tag<'s>, range: &Range<usize>) {
        self.open_line();
        match tag {
            Tag::Emphasis => {
                self.sheet.out.raw("<em>");
            }
            Tag::Strong => {
                self.sheet.out.raw("<strong>");
            }
            Tag::Strikethrough => {
                self.sheet.out.raw("<del>");
            }
            Tag::Superscript => {
                self.sheet.out.raw("<sup>");
            }
            Tag::Subscript => {
                self.sheet.out.raw("<sub>");
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = match link_type {
                    LinkType::Email => Cow::Owned(format!("mailto:{dest_url}")),
                    _ => Cow::Borrowed(&*dest_url),
                };
                self.open_link(at(range.start), &target, &title);
            }
            Tag::Image { dest_url, title, .. } => {
                let shown = self.hooks.image(at(range.start), &dest_url);
                self.gathered.clear();
                self.gathering = Some(Gathering::Image(shown, 0));
                self.image_title = title.into_string();
            }
            _ => {}
        }
    }

    pub(super) fn end_inline(&mut self, tag: TagEnd) {
        let markup = match tag {
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => self.links.close(),
            _ => "",
        };
        self.sheet.out.raw(markup);
    }

    /// Opens a link, or a marked text where it is dead or stands within another link.
    pub(super) fn open_link(&mut self, at: u32, target: &str, title: &str) {
        if self.links.lead() {
            self.sheet.out.raw("<span>");
            return self.links.open_instead("</span>");
        }
        let href = self.hooks.link(at, target);
        let dead = matches!(href, Href::Dead(_));
        self.sheet.tag(if dead { "span" } else { "a" }, |out| {
            write_href(&href, out);
            if !dead && !title.is_empty() {
                out.attribute("title", title);
            }
        });
        if dead { self.links.open_instead("</span>") } else { self.links.open() }
    }

    /// Takes one event inside an image: its text becomes the alternative text.
    pub(super) fn gather_image(&mut self, shown: ImageHref, depth: usize, event: Event<'s>) {
        let depth = match event {
            Event::Start(_) => depth + 1,
            Event::End(_) if depth == 0 => {
                let alt = std::mem::take(&mut self.gathered);
                let title = std::mem::take(&mut self.image_title);
                return self.print_image(&shown, &alt, &title, &[]);
            }
            Event::End(_) => depth - 1,
            Event::Text(text) | Event::Code(text) => {
                self.gathered.push_str(&text);
                depth
            }
            Event::SoftBreak | Event::HardBreak => {
                self.gathered.push(' ');
                depth
            }
            _ => depth,
        };
        self.gathering = Some(Gathering::Image(shown, depth));
    }

    /// Prints what is shown for an image. `size` are attributes with numbers of pixels, empty where nothing is said.
    pub(super) fn print_image(&mut self, shown: &ImageHref, alt: &str, title: &str, size: &[(&'static str, &str)]) {
        self.trim = false;
        let linked = self.links.lead();
        self.sheet.own(|out| {
            match shown {
                ImageHref::Shown(src) => {
                    out.raw("<img").attribute("src", src).attribute("alt", alt);
                    if !title.is_empty() {
                        out.attribute("title", title);
                    }
                    for (name, pixels) in size.iter().filter(|(_, pixels)| !pixels.is_empty()) {
                        out.attribute(name, pixels);
                    }
                    out.raw(" loading=\"lazy\" decoding=\"async\">")
                }
                ImageHref::Linked(href) if !linked => {
                    out.raw("<a class=\"external image\"").attribute("href", href).raw(" rel=\"noopener\">");
                    out.text(if alt.is_empty() { href } else { alt }).raw("</a>")
                }
                ImageHref::Linked(href) => {
                    out.raw("<span class=\"image\">").text(if alt.is_empty() { href } else { alt }).raw("</span>")
                }
                ImageHref::Dead(reason) => {
                    out.raw("<span class=\"dead\"").attribute("title", reason).raw(">").text(alt).raw("</span>")
                }
            };
        });
    }

    pub(super) fn inline_html(&mut self, html: &str, range: &Range<usize>) -> Result<(), RawHtml> {
        if super::raw::is_comment(html) {
            return Ok(());
        }
        self.open_line();
        self.trim = false;
        self.inline_raw(&Pieces::of(html, range))
    }
}

/// The attributes of a link.
pub(super) fn write_href(href: &Href, out: &mut Writer) {
    match href {
        Href::To(href) => out.attribute("href", href),
        Href::Away(href) => out.raw(" class=\"external\"").attribute("href", href).raw(" rel=\"noopener\""),
        Href::Dead(reason) => out.raw(" class=\"dead\"").attribute("title", reason),
    };
}
