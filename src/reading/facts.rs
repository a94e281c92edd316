//! Blocks of `Key: value` lines: what they say of the heading, page or item that they stand below.

use super::legend::Terms;
use super::phrase::normalise;
use super::status::{self, Said};
use super::vocabulary::Tag;
use super::{date, lines, owner, priority};
use crate::markdown::{NodeId, Tree};
use crate::source::Span;

/// The most bytes of a key that names how far something is.
const STANDING: usize = 40;

/// The most bytes of the key of a row, with its markup.
const KEY: u32 = 40;

/// The most rows of a table of keys and values that tells of what is around it.
const ROWS: usize = 16;

/// What a block of `Key: value` lines says of what is around it.
#[derive(Default, Clone)]
pub(super) struct Facts {
    /// The status as written, and where.
    pub status: Option<(String, Span)>,
    /// Owners.
    pub owners: Vec<String>,
    /// Whether owners are asked for, though nobody may be named: `Owner: TBD`.
    pub asks_owner: bool,
    /// Priority.
    pub priority: Option<priority::Priority>,
    /// Due date.
    pub due: Option<jiff::civil::Date>,
    /// Whether it is told when it is due, though not by a date: `Deadline: two weeks`.
    pub asks_due: bool,
    /// Whether criteria or evidence are listed too.
    pub criteria: bool,
}

impl Facts {
    /// Takes the lines of a paragraph.
    pub(super) fn take_lines(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, paragraph: NodeId) {
        for line in lines::of(tree, paragraph) {
            if lines::has_colon(tree, line.span()) {
                self.take_around(terms, &line.text(tree), line.span());
            } else if let Some((key, value)) = line.stopped(tree) {
                let tag = terms.words.tag(&normalise(&key));
                tag.into_iter().for_each(|tag| self.take_pair(terms, tag, value.trim(), line.span()));
            }
        }
    }

    /// Takes the first lines of a list's entries.
    pub(super) fn take_list(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) {
        let (mut standing, mut named, mut told) = (None, 0, 0);
        let before = self.clone();
        let leads = tree.children(list).filter_map(|item| lines::lead_node(tree, item));
        for lead in leads.filter(|&lead| lines::has_colon(tree, tree.node(lead).span)) {
            let text = tree.plain(tree.pieces(lead));
            let owners = self.owners.clone();
            let is_told = self.take_around(terms, &text, tree.node(lead).span);
            if lines::are_neighbours(tree, list) && lines::names_own_state(terms, &text) {
                self.owners = owners;
            }
            let (key, value) = text.split_once([':', '：']).unwrap_or_default();
            told += usize::from(is_told);
            named += usize::from(is_told && terms.words.tag(&normalise(key)).is_none());
            if key.len() <= STANDING && terms.words.phrases.standing.contains(&normalise(key)) {
                standing = standing.or_else(|| Some((value.trim().to_owned(), tree.node(lead).span)));
            }
        }
        // Several that name something before their status, `Mail | Owner: QA | Status: open`, tell of that each.
        if named > 1 && named == told {
            *self = before;
            return;
        }
        // `Readiness: not started` beside an owner or a day; alone it claims something of the whole.
        let is_task = self.asks_owner || self.asks_due || self.priority.is_some();
        let standing = standing.filter(|_| self.status.is_none() && is_task);
        self.status =
            self.status.take().or_else(|| standing.filter(|(value, _)| status::said(terms, value).known().is_some()));
    }

    /// Takes the rows of a table of keys and values: its header too, unless that names the two columns.
    pub(super) fn take_table(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, table: NodeId) {
        for (index, row) in tree.children(table).enumerate() {
            let Some((key, value)) = lines::two_cells(tree, row) else { continue };
            let text = tree.plain(tree.pieces(value));
            let is_named = || index == 0 && terms.words.column(&normalise(&text)).is_some();
            if let Some(tag) = key_of(terms, tree, key).filter(|_| !is_named()) {
                self.take_pair(terms, tag, text.trim(), tree.node(value).span);
            }
        }
    }

    /// Takes the owner that a table with two columns and nothing in its header names: what else it says is of the page.
    pub(super) fn take_owner_row(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, table: NodeId) {
        let text = |cell: NodeId| tree.plain(tree.pieces(cell));
        let mut rows = tree.children(table);
        let is_bare = rows.next().is_some_and(|header| tree.children(header).all(|cell| text(cell).trim().is_empty()));
        for row in rows.filter(|_| is_bare) {
            let Some((key, value)) = lines::two_cells(tree, row) else { return };
            if terms.words.tag(&normalise(&text(key))) == Some(Tag::Owner) {
                self.take_pair(terms, Tag::Owner, text(value).trim(), tree.node(table).span);
            }
        }
    }

    /// Takes one line that may tell of what is around it, and says whether it has a status.
    fn take_around(&mut self, terms: &Terms<'_>, line: &str, span: Span) -> bool {
        let pairs = lines::pairs_around(terms, line);
        for &(tag, value) in &pairs {
            self.take_pair(terms, tag, value, span);
        }
        pairs.iter().any(|(tag, _)| *tag == Tag::Status)
    }

    /// Takes what stands in brackets.
    pub(super) fn take(&mut self, terms: &Terms<'_>, line: &str, span: Span) {
        for (tag, value) in lines::pairs(terms, line) {
            self.take_pair(terms, tag, value, span);
        }
    }

    /// Takes what a key and its value say.
    pub(super) fn take_pair(&mut self, terms: &Terms<'_>, tag: Tag, value: &str, span: Span) {
        match tag {
            Tag::Status if self.status.is_none() => self.status = Some((value.to_owned(), span)),
            Tag::Owner if self.owners.is_empty() => {
                self.asks_owner = true;
                self.owners = owner::value(terms, value);
            }
            Tag::Priority if self.priority.is_none() => self.priority = priority::value(terms, value),
            Tag::Due if self.due.is_none() => {
                self.asks_due = true;
                self.due = date::find(value);
            }
            Tag::Criteria | Tag::Evidence => self.criteria = true,
            _ => {}
        }
    }

    /// Whether they name an owner, a day or a level, as those of somebody's task do and those of services seldom.
    pub(super) fn is_of_somebody(&self) -> bool {
        !self.owners.is_empty() || self.asks_due || self.priority.is_some()
    }

    /// The state that the status names.
    pub(super) fn said(&self, terms: &Terms<'_>) -> Said {
        self.status.as_ref().map_or(Said::Nothing, |(text, _)| status::said(terms, text))
    }
}

/// What a cell is the key of.
fn key_of(terms: &Terms<'_>, tree: &Tree<'_>, cell: NodeId) -> Option<Tag> {
    let span = tree.node(cell).span;
    let key = (span.end - span.start <= KEY).then(|| normalise(&tree.plain(tree.pieces(cell))))?;
    terms.words.tag(key.trim_end_matches([':', '：']))
}

/// Whether a table has two columns, of keys and values, and tells a status and something more of what is around it.
pub(super) fn are_keyed(terms: &Terms<'_>, tree: &Tree<'_>, table: NodeId) -> bool {
    keys(terms, tree, table).is_some_and(|keys| keys.status == 1 && keys.others > 0)
}

/// Whether such a table tells other things and no status.
pub(super) fn are_keyed_aside(terms: &Terms<'_>, tree: &Tree<'_>, table: NodeId) -> bool {
    keys(terms, tree, table).is_some_and(|keys| keys.status == 0 && keys.others > 0)
}

/// How many keys of a table are known.
struct Keys {
    status: usize,
    others: usize,
}

/// The keys of a short table with two columns; at least half of them are known.
fn keys(terms: &Terms<'_>, tree: &Tree<'_>, table: NodeId) -> Option<Keys> {
    lines::two_cells(tree, tree.children(table).next()?)?;
    let mut keys = Keys { status: 0, others: 0 };
    let mut rows = 0;
    for row in tree.children(table).take(ROWS + 1) {
        match tree.children(row).next().and_then(|cell| key_of(terms, tree, cell)) {
            Some(Tag::Status) => keys.status += 1,
            Some(_) => keys.others += 1,
            None => {}
        }
        rows += 1;
    }
    (rows <= ROWS && (keys.status + keys.others) * 2 >= rows).then_some(keys)
}
