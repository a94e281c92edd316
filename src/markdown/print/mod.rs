//! The printer: text to safe HTML, by hooks for everything that is more than Markdown. It walks the parser's events
//! once, with a stack of its own for list items, so that nesting depth costs no recursion.
//!
//! A list item, row or heading that is an item is printed as a line of three parts: its state (in place of its box), the
//! author's text, and facts. A tight list item gets a `div` for its line, a loose one has its first paragraph.

mod held;
mod hooks;
mod inline;
mod items;
mod links;
mod nest;
mod notes;
mod raw;
mod tables;
mod words;

pub use hooks::{FactsAt, HeadingPlace, Hooks, Href, ImageHref, Mark, Stays};

use super::depth::too_deep;
use super::events::events;
use super::html::{Html, escape};
use super::raw::Pieces;
use crate::source::Span;
use held::Sheet;
use items::Frame;
use links::Links;
use nest::Nest;
use notes::Notes;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tables::Table;

/// What was printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed {
    /// The heading that was asked for apart, without its element.
    pub title: Html,
    /// Everything else.
    pub body: Html,
}

/// What is printed.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'s> {
    /// The whole text.
    pub text: &'s str,
    /// Where the body begins, behind front matter.
    pub body: u32,
    /// Offset of a heading that is printed apart, as the title of the page.
    pub title: Option<u32>,
}

/// Prints a document. A text that the parser cannot read, or that nests too deep, comes out as it is, escaped.
#[must_use]
pub fn print<H: Hooks>(printing: Printing<'_>, hooks: &H) -> Printed {
    if too_deep(printing.text, printing.body as usize).is_some() {
        return as_it_is(printing);
    }
    let run = || {
        // Rather more than less: a sheet that is too small is copied.
        let bytes = printing.text.len() * 7;
        match Printer::new(printing, hooks, Sheet::plain(bytes)).run() {
            Ok(printed) => printed,
            Err(RawHtml) => {
                let sheet = Sheet::held(bytes, printing.text);
                Printer::new(printing, hooks, sheet).run().unwrap_or_default()
            }
        }
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| as_it_is(printing))
}

fn as_it_is(printing: Printing<'_>) -> Printed {
    let mut out = String::from("<pre>");
    escape(&mut out, printing.text.get(printing.body as usize..).unwrap_or_default());
    out.push_str("</pre>\n");
    Printed { title: Html::default(), body: Html::trusted(out) }
}

/// Raw HTML was met on a sheet that will not be sanitised.
struct RawHtml;

/// What is gathered as text before it can be printed.
enum Gathering {
    /// A code block, by its language.
    Code(String),
    /// The alternative text of an image: what it shows, and how deep the walk is in it.
    Image(ImageHref, usize),
    /// A block of raw HTML.
    Html(Pieces),
}

struct Printer<'s, H> {
    text: &'s str,
    base: usize,
    title_at: Option<u32>,
    hooks: &'s H,
    sheet: Sheet,
    frames: Vec<Frame>,
    /// Part of the text that is left out: the mark that a printed state replaces.
    cut: Option<Span>,
    /// Whether space at the start of the next text goes with the mark before it.
    trim: bool,
    table: Table,
    notes: Notes,
    gathering: Option<Gathering>,
    gathered: String,
    image_title: String,
    links: Links,
    /// Elements of inline raw HTML that are open, the innermost last.
    raw_open: Vec<&'static str>,
    nest: Nest,
    heading: Option<Open>,
    title: Html,
}

/// A heading or title that is open.
struct Open {
    at: u32,
    level: u8,
    item: Option<u32>,
    /// Where on the sheet a title begins; `None` for a heading that stays.
    title_from: Option<usize>,
}

impl<'s, H: Hooks> Printer<'s, H> {
    fn new(printing: Printing<'s>, hooks: &'s H, sheet: Sheet) -> Self {
        Self {
            text: printing.text,
            base: printing.body as usize,
            title_at: printing.title,
            hooks,
            sheet,
            frames: Vec::new(),
            cut: None,
            trim: false,
            table: Table::default(),
            notes: Notes::default(),
            gathering: None,
            gathered: String::new(),
            image_title: String::new(),
            links: Links::default(),
            raw_open: Vec::new(),
            nest: Nest::default(),
            heading: None,
            title: Html::default(),
        }
    }

    fn run(mut self) -> Result<Printed, RawHtml> {
        let body = self.text.get(self.base..).unwrap_or_default();
        for (event, range) in events(body) {
            let range = range.start + self.base..range.end + self.base;
            self.event(event, range)?;
        }
        self.print_notes();
        Ok(Printed { title: self.title, body: self.sheet.finish() })
    }

    fn event(&mut self, event: Event<'s>, range: Range<usize>) -> Result<(), RawHtml> {
        if let Some(gathering) = self.gathering.take() {
            return self.gather(gathering, event, range);
        }
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag),
            Event::InlineHtml(html) => return self.inline_html(&html, &range),
            Event::Html(html) => return self.inline_html(&html, &range),
            Event::Rule => {
                self.close_line();
                self.sheet.out.raw("<hr>\n");
            }
            inline => self.inline(inline, &range),
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'s>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.start_paragraph(),
            Tag::Heading { level, .. } => self.start_heading(level as u8, range),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => {
                self.close_line();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => first_word(&info).to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.gathering = Some(Gathering::Code(language));
            }
            Tag::HtmlBlock => {
                self.close_line();
                self.gathering = Some(Gathering::Html(Pieces::default()));
            }
            Tag::List(start) => self.start_list(start, range),
            Tag::Item => self.start_item(range),
            Tag::FootnoteDefinition(label) => self.start_note(&label),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_head(),
            Tag::TableRow => self.start_row(range),
            Tag::TableCell => self.start_cell(range),
            inline => self.start_inline(inline, range),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(kind) => {
                self.sheet.out.raw(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::List(ordered) => {
                self.sheet.out.raw(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => self.end_item(),
            TagEnd::FootnoteDefinition => self.end_note(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(),
            TagEnd::TableCell => self.end_cell(),
            inline => self.end_inline(inline),
        }
    }

    fn start_list(&mut self, start: Option<u64>, range: &Range<usize>) {
        self.close_line();
        // A list begins where its first item does; whether a later one is an item is not known yet.
        let checklist = self.hooks.item(items::at(range.start)).is_some();
        let ordered = start.is_some();
        let start = start.filter(|&start| start != 1).map(|start| u32::try_from(start).unwrap_or(u32::MAX));
        self.sheet.tag(if ordered { "ol" } else { "ul" }, |out| {
            if checklist {
                out.raw(" class=\"checklist\"");
            }
            if let Some(start) = start {
                out.raw(" start=\"").number(start).raw("\"");
            }
        });
        self.sheet.out.raw("\n");
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.close_line();
        let Some(kind) = kind else {
            self.sheet.out.raw("<blockquote>\n");
            return;
        };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("alert alert-note", "Note"),
            BlockQuoteKind::Tip => ("alert alert-tip", "Tip"),
            BlockQuoteKind::Important => ("alert alert-important", "Important"),
            BlockQuoteKind::Warning => ("alert alert-warning", "Warning"),
            BlockQuoteKind::Caution => ("alert alert-caution", "Caution"),
        };
        self.sheet.tag("div", |out| {
            out.raw(" class=\"").raw(class).raw("\" role=\"note\"");
        });
        self.sheet.own(|out| {
            out.raw("<p class=\"alert-title\">").raw(title).raw("</p>\n");
        });
    }

    /// Takes one event of a block whose text is gathered.
    fn gather(&mut self, gathering: Gathering, event: Event<'s>, range: Range<usize>) -> Result<(), RawHtml> {
        match (gathering, event) {
            (Gathering::Code(language), Event::End(TagEnd::CodeBlock)) => self.print_code(&language),
            (Gathering::Html(pieces), Event::End(TagEnd::HtmlBlock)) => return self.block_html(&pieces),
            (Gathering::Html(mut pieces), Event::Text(text) | Event::Html(text)) => {
                pieces.push(&text, &range);
                self.gathering = Some(Gathering::Html(pieces));
            }
            (Gathering::Image(shown, depth), event) => self.gather_image(shown, depth, event),
            (gathering, Event::Text(text) | Event::Html(text) | Event::InlineHtml(text)) => {
                self.gathered.push_str(&text);
                self.gathering = Some(gathering);
            }
            (gathering, _) => self.gathering = Some(gathering),
        }
        Ok(())
    }

    fn print_code(&mut self, language: &str) {
        let text = std::mem::take(&mut self.gathered);
        let hooks = self.hooks;
        self.sheet.own(|out| {
            out.raw("<pre class=\"code\" tabindex=\"0\"><code");
            if !language.is_empty() {
                out.raw(" class=\"language-").text(language).raw("\"");
            }
            out.raw(">");
            hooks.write_code(language, &text, out);
            out.raw("</code></pre>\n");
        });
    }
}

/// The language of a fence: its info string up to the first space, comma or brace.
fn first_word(info: &str) -> &str {
    info.split([' ', '\t', ',', '{']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
