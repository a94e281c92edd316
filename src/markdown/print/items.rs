//! List items, paragraphs and headings: where items get their line.

use super::hooks::{FactsAt, Hooks, Stays};
use super::{Open, Printer};
use std::ops::Range;

/// A list item that is open.
pub(super) struct Frame {
    item: Option<u32>,
    line: Line,
}

/// How far the line of a list item is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Nothing is printed yet.
    Awaited,
    /// A tight item's text is being printed.
    Tight,
    /// A loose item's first paragraph is being printed.
    Loose,
    /// It is printed; what follows are blocks.
    Closed,
}

impl<H: Hooks> Printer<'_, H> {
    pub(super) fn start_item(&mut self, range: &Range<usize>) {
        let hooks = self.hooks;
        let item = hooks.item(at(range.start));
        self.sheet.tag("li", |out| {
            if let Some(item) = item {
                hooks.write_attributes(item, out);
            }
        });
        let line = if item.is_some() { Line::Awaited } else { Line::Closed };
        self.frames.push(Frame { item, line });
        self.take_mark(item);
    }

    pub(super) fn end_item(&mut self) {
        self.close_line();
        self.frames.pop();
        self.sheet.out.raw("</li>\n");
    }

    /// Notes which part of the text the printed state replaces.
    pub(super) fn take_mark(&mut self, item: Option<u32>) {
        let mark = item.and_then(|item| self.hooks.mark(item));
        self.cut = mark.filter(|mark| mark.stays == Stays::Replaced).map(|mark| mark.span);
    }

    /// Inline content begins: the line of a tight item opens here.
    pub(super) fn open_line(&mut self) {
        if let Some((item, line)) = self.awaited() {
            *line = Line::Tight;
            self.start_line(item);
        }
    }

    /// A block begins or the item ends: its line is over, and is printed empty where there was no text.
    pub(super) fn close_line(&mut self) {
        self.open_line();
        self.close_raw();
        let Some(Frame { item: Some(item), line }) = self.frames.last_mut() else { return };
        if std::mem::replace(line, Line::Closed) == Line::Tight {
            let item = *item;
            self.end_line(item);
        }
    }

    /// The first paragraph of a loose item is its line, and no paragraph.
    pub(super) fn start_paragraph(&mut self) {
        if let Some((item, line)) = self.awaited() {
            *line = Line::Loose;
            self.start_line(item);
        } else {
            self.sheet.out.raw("<p>");
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.close_raw();
        if let Some(Frame { item: Some(item), line: line @ Line::Loose }) = self.frames.last_mut() {
            *line = Line::Closed;
            let item = *item;
            self.end_line(item);
        } else {
            self.sheet.out.raw("</p>\n");
        }
    }

    fn awaited(&mut self) -> Option<(u32, &mut Line)> {
        match self.frames.last_mut() {
            Some(Frame { item: Some(item), line: line @ Line::Awaited }) => Some((*item, line)),
            _ => None,
        }
    }

    fn start_line(&mut self, item: u32) {
        self.sheet.tag("div", |out| {
            out.raw(" class=\"line\"");
        });
        self.print_state(item);
        self.sheet.tag("div", |out| {
            out.raw(" class=\"text\"");
        });
    }

    fn end_line(&mut self, item: u32) {
        self.sheet.out.raw("</div>");
        self.print_facts(item, FactsAt::Line);
        self.sheet.out.raw("</div>\n");
    }

    pub(super) fn print_state(&mut self, item: u32) {
        let hooks = self.hooks;
        self.sheet.own(|out| hooks.write_state(item, out));
        self.trim = true;
    }

    pub(super) fn print_facts(&mut self, item: u32, place: FactsAt) {
        let hooks = self.hooks;
        self.sheet.own(|out| hooks.write_facts(item, place, out));
    }

    pub(super) fn start_heading(&mut self, level: u8, range: &Range<usize>) {
        self.close_line();
        let hooks = self.hooks;
        let at = at(range.start);
        if self.title_at == Some(at) {
            self.heading = Some(Open { at, level: 1, item: None, title_from: Some(self.sheet.out.len()) });
            return;
        }
        let item = hooks.item(at);
        let place = hooks.heading(at);
        let shown = place.map_or(level, |place| place.level).clamp(2, 6);
        self.sheet.tag("div", |out| match item {
            Some(item) => hooks.write_attributes(item, out),
            None => {
                out.raw(" class=\"heading\"");
            }
        });
        self.take_mark(item);
        if let Some(item) = item {
            self.print_state(item);
        }
        self.sheet.tag(heading_tag(shown), |out| {
            if let Some(place) = place {
                out.attribute("id", place.id);
            }
            if shown != level {
                out.raw(" class=\"h").number(u32::from(level)).raw("\"");
            }
        });
        self.heading = Some(Open { at, level: shown, item, title_from: None });
    }

    pub(super) fn end_heading(&mut self) {
        self.close_raw();
        let Some(Open { at, level, item, title_from }) = self.heading.take() else { return };
        if let Some(from) = title_from {
            let title = self.sheet.split_off(from);
            self.title = self.sheet.finish_part(title);
            return;
        }
        self.sheet.out.raw("</").raw(heading_tag(level)).raw(">");
        let hooks = self.hooks;
        self.sheet.own(|out| match (item, hooks.heading(at)) {
            (Some(item), _) => hooks.write_facts(item, FactsAt::Line, out),
            (None, Some(place)) => {
                out.raw("<a class=\"permalink\" href=\"#").text(place.id).raw("\" aria-label=\"Permalink\">#</a>");
                hooks.write_sum(at, out);
            }
            (None, None) => {}
        });
        self.sheet.out.raw("</div>\n");
    }
}

fn heading_tag(level: u8) -> &'static str {
    match level {
        2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

/// An offset as spans hold it.
pub(super) fn at(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
