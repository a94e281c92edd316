//! The body of a document: the author's text with its items decorated in their places.

mod facts;
mod links;
mod marks;
mod outline;

use outline::Outline;

use super::edition::{Desk, Highlighting};
use super::highlight;
use super::host::{self, Host};
use super::shape::write_bar;
use crate::markdown::{FactsAt, HeadingPlace, Hooks, Href, ImageHref, Mark, Printed, Printing, Stays, Writer, print};
use crate::model::{Item, ItemKind, State, Tally};
use crate::site::{Document, DocumentId, ItemId, Reference, Site};

/// A document that is being printed.
pub(super) struct Body<'a> {
    desk: &'a Desk<'a>,
    id: DocumentId,
    document: &'a Document,
    outline: Outline<'a>,
    host: Option<Host<'a>>,
    /// Where items and references begin, with the key that the printer knows them by: items first, then references.
    starts: Vec<(u32, u32)>,
    /// By key, the sum of what is below a group, also of one that a row stands for; `None` for an item.
    sums: Vec<Option<Tally>>,
}

/// What a key of the printer stands for.
#[derive(Clone, Copy)]
enum Entry<'a> {
    /// An item of this document.
    Own(ItemId, &'a Item),
    /// A row or bullet that stands for an item of another.
    Other(&'a Reference),
}

impl<'a> Body<'a> {
    pub(super) fn new(desk: &'a Desk<'a>, id: DocumentId) -> Self {
        let document = desk.site.document(id);
        let items = &document.checklist.items;
        let own = items.iter().zip(0..).filter(|(item, _)| item.kind != ItemKind::Document);
        let others = document.references.iter().map(|reference| &reference.row).zip(items.len()..);
        let own = own.map(|(item, key)| (item.span.start, key));
        let others = others.map(|(row, key)| (row.span.start, u32::try_from(key).unwrap_or(u32::MAX)));
        let mut starts: Vec<(u32, u32)> = own.chain(others).collect();
        starts.sort_unstable();
        Self {
            desk,
            id,
            document,
            outline: Outline::of(document),
            host: host::of(desk.edition),
            starts,
            sums: sums(desk.site, document),
        }
    }

    /// The outline, with the headings' ids and levels on the page.
    pub(super) fn outline(&self) -> &Outline<'a> {
        &self.outline
    }

    pub(super) fn print(&self) -> Printed {
        let text = self.document.source.text();
        print(Printing { text, body: self.document.checklist.body, title: self.outline.title_at() }, self)
    }

    fn entry(&self, key: u32) -> Entry<'a> {
        let items = &self.document.checklist.items;
        match items.get(key as usize) {
            Some(item) => Entry::Own(ItemId { document: self.id, index: key }, item),
            None => Entry::Other(&self.document.references[key as usize - items.len()]),
        }
    }

    /// The item as it stands in this document.
    fn written(&self, key: u32) -> &'a Item {
        match self.entry(key) {
            Entry::Own(_, item) => item,
            Entry::Other(reference) => &reference.row,
        }
    }

    /// The sum of what is below a group, also of one that a row stands for; `None` for an item.
    fn sum(&self, key: u32) -> Option<Tally> {
        self.sums[key as usize]
    }

    /// The state that is shown: a group's is what its leaves come to, a reference's that of its item.
    fn state(&self, key: u32) -> State {
        let alone = || match self.entry(key) {
            Entry::Own(_, item) => item.state,
            Entry::Other(reference) => self.desk.site.item(reference.item).state,
        };
        self.sum(key).map_or_else(alone, summed)
    }
}

impl Hooks for Body<'_> {
    fn item(&self, at: u32) -> Option<u32> {
        let index = self.starts.binary_search_by_key(&at, |&(start, _)| start).ok()?;
        Some(self.starts[index].1)
    }

    fn mark(&self, key: u32) -> Option<Mark> {
        let item = self.written(key);
        let span = item.mark?;
        let text = self.document.source.slice(span).trim();
        // A glyph may be written by its name: `:x:`.
        let is_name = || text.starts_with(':') && text.ends_with(':') && !text.contains(' ');
        let is_box = text.starts_with(['[', '&']) || !text.contains(char::is_alphanumeric) || is_name();
        let is_label = item.kind == ItemKind::Row && self.is_label(key, text);
        // The state of a heading stands beside the heading, and its mark somewhere below.
        let is_here = item.kind != ItemKind::Heading;
        Some(Mark { span, stays: if is_here && (is_box || is_label) { Stays::Replaced } else { Stays::Kept } })
    }

    fn text_at(&self, key: u32) -> Option<u32> {
        let item = self.written(key);
        let begin = item.text.split_whitespace().next()?;
        let at = self.document.source.slice(item.span).find(begin)?;
        Some(item.span.start + u32::try_from(at).ok()?)
    }

    fn owners_at(&self, key: u32) -> Option<u32> {
        self.written(key).owner_cell.map(|cell| cell.start)
    }

    fn write_owners(&self, key: u32, out: &mut Writer) {
        facts::write_row_owners(self, key, out);
    }

    fn write_attributes(&self, key: u32, out: &mut Writer) {
        let (state, item) = (self.state(key), self.written(key));
        if item.kind == ItemKind::Heading {
            out.raw(if self.has_fields(item) { " class=\"heading item fields" } else { " class=\"heading item" });
        } else {
            out.raw(if item.group { " class=\"item group" } else { " class=\"item" });
        }
        out.raw(" is-").raw(state.name()).raw("\"");
        self.write_identity(key, out);
        // Scripts hide a group with the last of the items below it. What stands for a group of another document has none
        // here: it is filtered by its own state.
        if item.group {
            out.raw(" data-group");
        } else {
            out.raw(" data-state=\"").raw(state.name()).raw("\"");
        }
    }

    fn write_state(&self, key: u32, out: &mut Writer) {
        let state = self.state(key);
        let written = self.written(key).mark.map(|mark| self.document.source.slice(mark).trim());
        out.raw("<span class=\"state s-").raw(state.name());
        out.raw(if written.is_some_and(|written| self.is_told(key, written)) { " told\">" } else { "\">" });
        match (self.sum(key), written.filter(|written| self.is_label(key, written))) {
            // A word would be one more that its author did not write, beside the one of its own mark.
            (Some(sum), _) => facts::write_done(sum, out),
            (None, word) => {
                out.text(word.map_or_else(|| state.label(), marks::words));
            }
        }
        out.raw("</span>");
    }

    fn write_facts(&self, key: u32, place: FactsAt, out: &mut Writer) {
        facts::write(self, key, place, out);
    }

    fn heading(&self, at: u32) -> Option<HeadingPlace<'_>> {
        self.outline.place(at)
    }

    fn write_sum(&self, at: u32, out: &mut Writer) {
        if let Some(tally) = self.outline.sum(at).filter(|tally| tally.items() > 0) {
            out.raw("<span class=\"sums\">");
            write_bar(tally, out);
            out.raw("<span class=\"sum\">")
                .number(tally.done())
                .raw(" of ")
                .number(tally.scope())
                .raw("</span></span>");
        }
    }

    fn link(&self, at: u32, target: &str) -> Href {
        self.link_to(at, target)
    }

    fn image(&self, at: u32, target: &str) -> ImageHref {
        self.image_at(at, target)
    }

    fn mention(&self, at: u32, id: &str) -> Option<String> {
        let item = self.desk.site.mentioned(self.id, id)?;
        let is_own = item.document == self.id && {
            let item = self.desk.site.item(item);
            item.kind == ItemKind::Document || (item.span.start..item.span.end).contains(&at)
        };
        (!is_own).then(|| self.desk.item_href(item))
    }

    fn write_code(&self, language: &str, text: &str, out: &mut Writer) {
        match self.desk.edition.setting.highlight {
            Highlighting::On => highlight::write(language, text, out),
            Highlighting::Off => {
                out.text(text);
            }
        }
    }
}

impl Body<'_> {
    /// Whether a mark is the word of the state that is shown, and so need not be said twice.
    fn is_label(&self, key: u32, text: &str) -> bool {
        self.sum(key).is_none() && marks::words(text).eq_ignore_ascii_case(self.state(key).label())
    }

    /// Whether a row's mark stays and begins with the word of the state: then the word is seen beside the shape already.
    fn is_told(&self, key: u32, text: &str) -> bool {
        self.written(key).kind == ItemKind::Row
            && self.sum(key).is_none()
            && !self.is_label(key, text)
            && marks::begins_with(text, self.state(key).label())
    }

    /// Whether the mark of a heading's item is one of the lines with labels right below the heading.
    fn has_fields(&self, item: &Item) -> bool {
        let heading = item.span.range().end;
        let below = self.document.source.text().get(heading..).unwrap_or_default();
        let mark = item.mark.and_then(|mark| mark.range().start.checked_sub(heading));
        mark.is_some_and(|at| marks::is_among_fields(below, at))
    }

    /// Writes id and data of an item's element. A reference has no id: that is its item's, elsewhere.
    fn write_identity(&self, key: u32, out: &mut Writer) {
        match self.entry(key) {
            Entry::Own(id, item) => {
                // An anchor that is also a heading's is an id there.
                if !self.outline.has_anchor(&item.anchor) {
                    out.attribute("id", &super::url::element_id(&item.anchor));
                }
                self.desk.write_data(id, item, out);
            }
            Entry::Other(reference) => {
                self.desk.write_data(reference.item, self.desk.site.item(reference.item), out);
            }
        }
    }
}

/// The sums of the groups of a document, then of those that its references stand for.
fn sums(site: &Site, document: &Document) -> Vec<Option<Tally>> {
    let items = &document.checklist.items;
    let others = || document.references.iter().map(|reference| reference.item);
    let is_group = items.iter().map(|item| item.group).chain(others().map(|id| site.item(id).group));
    let sums = crate::site::sums(items).into_iter().chain(site.sums(others()));
    sums.zip(is_group).map(|(sum, is_group)| is_group.then_some(sum)).collect()
}

/// The state that a sum comes to: done only when all of it is, blocked when any of it is.
fn summed(tally: Tally) -> State {
    if tally.scope() == 0 {
        return if tally.count(State::Waived) > 0 { State::Waived } else { State::Na };
    }
    match tally {
        all if all.left() == 0 => State::Done,
        some if some.count(State::Blocked) > 0 => State::Blocked,
        some if some.done() + some.count(State::Doing) > 0 => State::Doing,
        none if none.count(State::Deferred) == none.left() => State::Deferred,
        _ => State::Open,
    }
}
