//! Tables: they stay tables. The state of a row stands in the cell that holds its mark, its facts in the cell that
//! holds its text.

use super::Printer;
use super::hooks::{FactsAt, Hooks};
use super::items::at;
use crate::markdown::Writer;
use crate::source::Span;
use pulldown_cmark::Alignment;
use std::ops::Range;

/// Where the walk is in a table.
#[derive(Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// Whether the header is being printed.
    head: bool,
    /// Where the content of the open header cell begins on the sheet.
    head_from: usize,
    /// Cells of this row that are printed.
    cells: usize,
    /// The item that this row is.
    item: Option<u32>,
    /// Whether the row's state is printed.
    stated: bool,
    /// How far the row's facts are printed.
    facts: Facts,
    /// Whether the open cell names the row's owners.
    names_owners: bool,
}

/// The facts of a row.
#[derive(Default, PartialEq, Eq)]
enum Facts {
    /// Their cell is still to come.
    #[default]
    Awaited,
    /// They end the cell that is open.
    Here,
    /// They are printed.
    Printed,
}

impl Table {
    /// The class of the cell that was begun last.
    fn class(&self) -> &'static str {
        match self.cells.checked_sub(1).and_then(|cell| self.alignments.get(cell)) {
            Some(Alignment::Left) => "left",
            Some(Alignment::Center) => "center",
            Some(Alignment::Right) => "right",
            _ => "",
        }
    }
}

fn write_class(class: &'static str, out: &mut Writer) {
    if !class.is_empty() {
        out.raw(" class=\"").raw(class).raw("\"");
    }
}

/// Whether a cell holds a day and nothing else, "2026-11-21": it must not break at its hyphens.
fn is_day(cell: &str) -> bool {
    let day = cell.trim_matches([' ', '\t', '|']).as_bytes();
    let fits = |(at, byte): (usize, &u8)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() };
    day.len() == 10 && day.iter().enumerate().all(fits)
}

/// Whether markup shows anything: text, or an image.
fn has_text(markup: &str) -> bool {
    let mut rest = markup;
    loop {
        let (text, tail) = rest.split_once('<').unwrap_or((rest, ""));
        if !text.replace("&nbsp;", "").trim().is_empty() || tail.starts_with("img") {
            return true;
        }
        let Some((_, after)) = tail.split_once('>') else { return false };
        rest = after;
    }
}

impl<H: Hooks> Printer<'_, H> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.close_line();
        self.table = Table { alignments, ..Table::default() };
        self.sheet.tag("div", |out| {
            out.raw(" class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"");
        });
        self.sheet.out.raw("<table>\n");
    }

    pub(super) fn end_table(&mut self) {
        self.sheet.out.raw("</tbody></table></div>\n");
    }

    pub(super) fn start_head(&mut self) {
        self.table.head = true;
        self.table.cells = 0;
        self.sheet.out.raw("<thead><tr>");
    }

    pub(super) fn end_head(&mut self) {
        self.table.head = false;
        self.sheet.out.raw("</tr></thead><tbody>\n");
    }

    pub(super) fn start_row(&mut self, range: &Range<usize>) {
        let hooks = self.hooks;
        let item = hooks.item(at(range.start));
        self.table.cells = 0;
        self.table.item = item;
        self.table.stated = false;
        self.table.facts = Facts::Awaited;
        self.sheet.tag("tr", |out| {
            if let Some(item) = item {
                hooks.write_attributes(item, out);
            }
        });
        self.take_mark(item);
    }

    pub(super) fn end_row(&mut self) {
        if let Some(item) = self.table.item.take() {
            if !self.table.stated {
                self.print_row_state(item);
            }
            if self.table.facts != Facts::Printed {
                self.print_facts(item, FactsAt::Row);
            }
        }
        self.sheet.out.raw(if self.table.cells > 0 { "</td></tr>\n" } else { "</tr>\n" });
    }

    pub(super) fn start_cell(&mut self, range: &Range<usize>) {
        let table = &mut self.table;
        // The last cell of a row stays open for what has found no other place.
        if !table.head && table.cells > 0 {
            self.sheet.out.raw("</td>");
        }
        table.cells += 1;
        if table.head {
            // What kind of cell it is shows when its content is known.
            table.head_from = self.sheet.out.len();
            return;
        }
        let class = match table.class() {
            "" if is_day(&self.text[range.clone()]) => "day",
            class => class,
        };
        self.sheet.tag("td", |out| write_class(class, out));
        if let Some(item) = self.table.item {
            self.start_item_cell(item, range);
        }
    }

    fn start_item_cell(&mut self, item: u32, range: &Range<usize>) {
        if !self.table.stated && self.holds_mark(item, range) {
            self.print_row_state(item);
        }
        let holds = |place: Option<u32>| place.is_some_and(|place| at(range.start) <= place && place < at(range.end));
        self.table.names_owners = holds(self.hooks.owners_at(item));
        if self.table.facts == Facts::Awaited && holds(self.hooks.text_at(item)) {
            self.table.facts = Facts::Here;
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.close_raw();
        if self.table.head {
            self.end_head_cell();
        } else if let Some(item) = self.table.item {
            if std::mem::take(&mut self.table.names_owners) {
                let hooks = self.hooks;
                self.sheet.own(|out| hooks.write_owners(item, out));
            }
            if self.table.facts == Facts::Here {
                self.table.facts = Facts::Printed;
                self.print_facts(item, FactsAt::Row);
            }
        }
    }

    /// A header without text heads nothing: it is a plain cell.
    fn end_head_cell(&mut self) {
        let content = self.sheet.split_off(self.table.head_from);
        let class = self.table.class();
        if has_text(&content) {
            self.sheet.tag("th", |out| {
                out.raw(" scope=\"col\"");
                write_class(class, out);
            });
            self.sheet.out.trusted(&content).raw("</th>");
        } else {
            self.sheet.tag("td", |out| write_class(class, out));
            self.sheet.out.trusted(&content).raw("</td>");
        }
    }

    /// Whether this cell is the place for a row's state: that of its mark, else that of its text, else the first.
    fn holds_mark(&self, item: u32, cell: &Range<usize>) -> bool {
        let mark = self.hooks.mark(item).map(|mark| mark.span);
        let place = mark.or_else(|| self.hooks.text_at(item).map(|start| Span { start, end: start }));
        place.is_none_or(|place| at(cell.start) <= place.start && place.end <= at(cell.end))
    }

    fn print_row_state(&mut self, item: u32) {
        self.table.stated = true;
        self.print_state(item);
        self.sheet.out.raw(" ");
    }
}
