//! Blocks of `Key: value` lines: what they say of the heading, page or item that they stand below.

use super::legend::Terms;
use super::phrase::normalise;
use super::status::Said;
use super::vocabulary::Tag;
use super::{date, lines, owner, priority, status};
use crate::markdown::{NodeId, Tree};
use crate::source::Span;

/// The most bytes of a key that names how far something is.
const STANDING: usize = 40;

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
                self.take(terms, &line.text(tree), line.span());
            } else if let Some((key, value)) = line.stopped(tree) {
                let tag = terms.words.tag(&normalise(&key));
                tag.into_iter().for_each(|tag| self.take_pair(terms, tag, value.trim(), line.span()));
            }
        }
    }

    /// Takes the first lines of a list's entries.
    pub(super) fn take_list(&mut self, terms: &Terms<'_>, tree: &Tree<'_>, list: NodeId) {
        let mut standing = None;
        let leads = tree.children(list).filter_map(|item| lines::lead_node(tree, item));
        for lead in leads.filter(|&lead| lines::has_colon(tree, tree.node(lead).span)) {
            let text = tree.plain(tree.pieces(lead));
            self.take(terms, &text, tree.node(lead).span);
            let (key, value) = text.split_once([':', '：']).unwrap_or_default();
            if key.len() <= STANDING && terms.words.phrases.standing.contains(&normalise(key)) {
                standing = standing.or_else(|| Some((value.trim().to_owned(), tree.node(lead).span)));
            }
        }
        // `Readiness: not started` beside an owner or a day; alone it claims something of the whole.
        let is_task = self.asks_owner || self.asks_due || self.priority.is_some();
        let standing = standing.filter(|_| self.status.is_none() && is_task);
        self.status = self.status.take().or_else(|| {
            standing.filter(|(value, _)| matches!(status::said(terms, value), Said::State(_) | Said::Opposed(_)))
        });
    }

    /// Takes one line.
    pub(super) fn take(&mut self, terms: &Terms<'_>, line: &str, span: Span) {
        for (tag, value) in lines::pairs(terms, line) {
            self.take_pair(terms, tag, value, span);
        }
    }

    fn take_pair(&mut self, terms: &Terms<'_>, tag: Tag, value: &str, span: Span) {
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

    /// The state that the status names.
    pub(super) fn said(&self, terms: &Terms<'_>) -> status::Said {
        self.status.as_ref().map_or(status::Said::Nothing, |(text, _)| status::said(terms, text))
    }
}
