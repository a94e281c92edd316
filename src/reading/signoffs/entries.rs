//! Lines, lists and forms to sign: `Approved by: ____`, with the day and whatever else stands below each.

use super::roles;
use super::{LABEL, NAME, ROLE, SIGNATURE, date_key, is_date, leaves_open, says_open, signer, undated};
use crate::markdown::{Block, Inline, NodeId, Tree};
use crate::model::{SignOff, State};
use crate::reading::outline::{self, Place};
use crate::reading::phrase::normalise;
use crate::reading::tables::Grid;
use crate::reading::vocabulary::{Column, Context, Tag};
use crate::reading::{Reader, date, lines, owner, status};
use crate::source::Span;

/// Where the colon behind such a label is looked for: signs that stand before the label come to a few bytes more.
pub(super) const LABEL_END: usize = 64;
/// The most words that the label of a list of those who sign has.
const LABEL_WORDS: usize = 8;
/// The most bytes that a line to sign has, with its blanks to fill in.
const ENTRY: usize = 160;
/// The most words that a name has, with a title or a role beside it.
const NAME_WORDS: usize = 5;

/// A line to sign, or of what is said of the one above it.
pub(super) struct Entry<'t> {
    pub(super) label: &'t str,
    pub(super) rest: &'t str,
    pub(super) span: Span,
    /// Whether its box is ticked, where it has one.
    pub(super) ticked: Option<bool>,
}

/// What an entry tells.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// Who signs: `Approved by: X`, `Product lead: X`.
    Signs,
    /// The name of who signs, or the role in which: of the entry above, where it has none.
    Name,
    Role,
    /// When: of the entry above.
    Date,
    /// How: of the entry above, which without it is not signed.
    Mark,
    /// Something else.
    Other,
}

impl Kind {
    /// What an entry tells by its label.
    pub(super) fn of(reader: &Reader<'_>, label: &str) -> Self {
        let phrase = normalise(label);
        let words = reader.terms.words;
        let header = words.header(&phrase);
        match header {
            NAME => Self::Name,
            _ if header == ROLE || words.signoffs.is_position(header) => Self::Role,
            _ if is_date(reader, header) => Self::Date,
            _ if header == SIGNATURE || words.signoffs.is_answer(header) => Self::Mark,
            _ if words.tag(&phrase) == Some(Tag::Signature) => Self::Signs,
            _ if words.signoffs.is_field(&phrase) => Self::Other,
            _ => match words.column(header) {
                Some(Column::Note | Column::Evidence | Column::Id | Column::Due) => Self::Other,
                _ => Self::Signs,
            },
        }
    }
}

/// The sign-offs that entries make: what only tells of one belongs to the one above it.
pub(super) struct Signing<'r, 't> {
    pub(super) reader: &'r Reader<'t>,
    pub(super) found: Vec<SignOff>,
    /// Whether the last of them says that nobody signs: what follows makes it no signature.
    pub(super) refused: bool,
}

impl Signing<'_, '_> {
    /// Takes one more entry.
    pub(super) fn take(&mut self, entry: &Entry<'_>, kind: Kind) {
        let is_header = |label: &str, header| self.reader.terms.words.header(&normalise(label)) == header;
        let asked = match kind {
            Kind::Signs if entry.ticked != Some(true) => roles::asked(self.reader, entry.label, entry.rest),
            _ => Vec::new(),
        };
        if !asked.is_empty() {
            let unsigned = |role| SignOff { role, name: None, date: None, span: entry.span };
            return self.found.extend(asked.into_iter().map(unsigned));
        }
        let count = self.found.len();
        match (kind, self.found.last_mut()) {
            (Kind::Mark, None) if is_signature(self.reader, entry.label) => self.found.push(signed(self.reader, entry)),
            (Kind::Other, _) | (Kind::Date | Kind::Mark, None) => {}
            (Kind::Date, Some(last)) => {
                last.date = last.date.or_else(|| date::find(entry.rest));
                last.name = last.name.take().filter(|_| !says_open(self.reader, entry.rest));
            }
            (Kind::Mark, Some(last)) => {
                let said = status::said(self.reader.terms, entry.rest);
                self.refused |= said.known().is_some_and(State::is_left);
                let is_open = self.refused || leaves_open(self.reader, &normalise(entry.label), entry.rest, "");
                last.name = last.name.take().or_else(|| signer(self.reader, entry.rest)).filter(|_| !is_open);
            }
            (Kind::Name, Some(last)) if last.name.is_none() => last.name = signer(self.reader, entry.rest),
            (Kind::Role, Some(last)) if is_header(&last.role, NAME) || is_signature(self.reader, &last.role) => {
                last.role = blank_to_none(entry.rest).unwrap_or(&last.role).to_owned();
            }
            (Kind::Role, Some(_)) if !is_header(entry.label, ROLE) => {}
            (Kind::Role, _) => {
                let role = blank_to_none(entry.rest).unwrap_or(entry.label.trim()).to_owned();
                self.found.push(SignOff { role, name: None, date: None, span: entry.span });
            }
            (Kind::Signs | Kind::Name, _) => self.found.push(signed(self.reader, entry)),
        }
        self.refused &= self.found.len() == count;
    }
}

/// What is written on a line to fill in.
fn blank_to_none(rest: &str) -> Option<&str> {
    Some(rest.trim_matches(['_', ' '])).filter(|rest| !rest.is_empty())
}

/// The sign-off that an entry is by itself. Beside a box that waits for its tick a name was only printed.
fn signed(reader: &Reader<'_>, entry: &Entry<'_>) -> SignOff {
    let (rest, role) = role_behind(entry.rest).map_or((entry.rest, entry.label), |role| ("", role));
    let name = undated(reader, rest.split(['(', '|']).next().unwrap_or(rest));
    let by_role = || Some(role.trim().to_owned());
    let name = match reader.terms.state(&normalise(name)) {
        Some(State::Done) => by_role(),
        _ => signer(reader, name).or_else(|| by_role().filter(|_| entry.ticked == Some(true))),
    };
    let name = name.filter(|_| entry.ticked != Some(false));
    // `QA: Crew, TBD`, `QA: Crew (refused)`
    let day = |part: &'_ str| match part.rsplit_once([':', '：']) {
        // `Conditions: none` tells of something else.
        Some((key, value)) => is_date(reader, &normalise(key)) && says_open(reader, value),
        None => says_open(reader, part),
    };
    let mut beside = rest.split([',', ';', '|', '(', ')', '–', '—']).skip(1);
    let name = name.filter(|_| !beside.any(day));
    SignOff { role: role.trim().to_owned(), name, date: date::find(entry.rest), span: entry.span }
}

/// The role behind a blank to sign: `____ (Tech lead)`.
fn role_behind(rest: &str) -> Option<&str> {
    let role = rest.trim_start().strip_prefix("__")?.trim_start_matches(['_', ' ']).strip_prefix('(')?;
    role.split_once(')').map(|(role, _)| role)
}

/// Whether a label is one of those who sign, wherever it stands.
pub(super) fn is_signature(reader: &Reader<'_>, label: &str) -> bool {
    label.len() <= LABEL && reader.terms.words.tag(&normalise(label)) == Some(Tag::Signature)
}

/// Whether a value is a blank to fill in or a name with the key of a date behind it.
pub(super) fn is_to_fill_in(reader: &Reader<'_>, rest: &str) -> bool {
    is_blank(reader, rest) && (rest.contains("__") || date_key(reader, rest).is_some_and(|at| at > 1))
}

/// Whether a value has a blank to fill in or a date, and no more words than a name.
fn is_blank(reader: &Reader<'_>, rest: &str) -> bool {
    let name = undated(reader, rest);
    (rest.contains("__") || name.len() < rest.trim_end().len()) && name.split_whitespace().count() <= NAME_WORDS
}

/// Whether nothing but a blank or a name is on a line to sign: `Collect it by 2026-03-01` and `check __main__` say what
/// has to be done.
fn names_nobody_or_one(reader: &Reader<'_>, rest: &str) -> bool {
    let name = undated(reader, rest).trim();
    let is_line = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte == b'_');
    name.is_empty() || name.contains("___") || name.split(' ').any(is_line) || owner::is_name(reader.terms, name)
}

/// Reads the `Signature: ____` of a plain bullet below an item: who signs is what the item names.
pub(in crate::reading) fn read_detail(reader: &mut Reader<'_>, node: NodeId) {
    let tree = reader.tree;
    let span = tree.node(node).span;
    let is_bullet = || node.checked_sub(1).is_some_and(|item| tree.node(item).block == Block::Item(None));
    if !is_bullet() || !tree.source(span).contains("__") {
        return;
    }
    let text = tree.plain(tree.pieces(node));
    let known = text.split_once([':', '：']).filter(|(label, _)| is_signature(reader, label));
    if let Some((label, rest)) = known {
        let mut signoff = signed(reader, &Entry { label, rest, span, ticked: None });
        let around = reader.drafts.iter().filter(|draft| draft.item.span.holds(span));
        if let Some(draft) = around.min_by_key(|draft| draft.item.span.end - draft.item.span.start) {
            signoff.role = draft.item.text.clone();
        }
        reader.sign(signoff);
    }
}

/// Whether a list below a label or heading about approval is made of blanks to sign, or of those who are to, and adds them.
pub(in crate::reading) fn read_list(reader: &mut Reader<'_>, place: Place) -> bool {
    let label = label(reader, place);
    let inside = reader.outline.is_within(reader.tree, place.node, Context::Approval) || is_labelled(reader, &label);
    inside && read_entries(reader, place.node) || roles::read_pending(reader, place, &label)
}

/// The same for a list below a bullet, which has to be labelled itself: `- Signatures:`.
pub(in crate::reading) fn read_inner_list(reader: &mut Reader<'_>, place: Place) -> bool {
    is_labelled(reader, &label(reader, place)) && read_entries(reader, place.node)
}

/// The label of a list, normalised; empty where it has none.
fn label(reader: &Reader<'_>, place: Place) -> String {
    outline::label(reader.tree, place).map(|label| normalise(&label)).unwrap_or_default()
}

fn is_labelled(reader: &Reader<'_>, label: &str) -> bool {
    label.split(' ').count() <= LABEL_WORDS && reader.terms.words.is(Context::Approval, label)
}

fn read_entries(reader: &mut Reader<'_>, list: NodeId) -> bool {
    let tree = reader.tree;
    let sound = !tells_facts(reader, list)
        && tree.children(list).all(|item| {
            let text = lines::lead(tree, item);
            let blank = |(role, rest): (&str, &str)| {
                let is_short = || undated(reader, rest).split_whitespace().count() <= NAME_WORDS;
                role.len() <= LABEL && (is_short() || Kind::of(reader, role) == Kind::Other)
            };
            text.len() < ENTRY && (text.contains('_') || text.split_once([':', '：']).is_some_and(blank))
        });
    sound && reader.approvals(list)
}

/// Whether entries of a list tell the state, evidence or criteria of what the heading above names.
fn tells_facts(reader: &Reader<'_>, list: NodeId) -> bool {
    let tree = reader.tree;
    tree.children(list).any(|item| {
        let text = lines::lead(tree, item);
        let key = text.split_once([':', '：']).map(|(key, _)| normalise(key)).unwrap_or_default();
        let last = key.rsplit(' ').next().unwrap_or_default();
        let is_fact = |tag: Option<Tag>| matches!(tag, Some(Tag::Status | Tag::Evidence | Tag::Criteria));
        let known = reader.terms.words.tag(&key);
        known == Some(Tag::Due) || is_fact(known.or_else(|| reader.terms.words.tag(last)))
    })
}

/// Whether every entry of a list with boxes has a blank to sign or a date: a box alone may be a real task.
pub(in crate::reading) fn has_blanks(reader: &Reader<'_>, list: NodeId) -> bool {
    let tree = reader.tree;
    tree.children(list).all(|item| {
        let text = lines::lead(tree, item);
        let rest = text.split_once([':', '：']).filter(|(role, _)| role.len() <= LABEL).map(|(_, rest)| rest);
        rest.is_some_and(|rest| rest.contains("__") || undated(reader, rest).len() < rest.trim_end().len())
    })
}

/// Adds the sign-off that an item with a box is, where its text is a label about approval and a blank to sign or a date:
/// `Approved by: ____ Date: ____`.
pub(in crate::reading) fn is_to_sign(reader: &mut Reader<'_>, item: NodeId, text: &str) -> bool {
    // Nearly all tasks are ruled out by their bytes: dates have digits, their keys a colon.
    if text.len() >= ENTRY || memchr::memchr2(b':', 0xEF, &text.as_bytes()[..text.len().min(LABEL_END)]).is_none() {
        return false;
    }
    let may_be_blank =
        |rest: &str| rest.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b':' | 0xEF));
    let parts = text.split_once([':', '：']).filter(|(_, rest)| may_be_blank(rest));
    let known = parts.filter(|(label, rest)| is_signature(reader, label) && is_blank(reader, rest));
    let Some((label, rest)) = known.filter(|(_, rest)| names_nobody_or_one(reader, rest)) else { return false };
    let tree = reader.tree;
    let Block::Item(ticked) = tree.node(item).block else { return false };
    let signoff = signed(reader, &Entry { label, rest, span: tree.node(item).span, ticked });
    reader.signed.push(signoff.span);
    reader.sign(signoff);
    true
}

/// Whether a table of two columns is a form to sign, `Approved by | ____`: most of its rows are what somebody fills in who
/// signs. A sign-off among other things to be done makes none.
pub(super) fn is_form(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    if grid.headers.len() != 2 || grid.roles.contains(&Some(Column::Priority)) {
        return false;
    }
    let signs = |label: &&str| is_signature(reader, label);
    let is_field = |label: &&str| signs(label) || Kind::of(reader, label) != Kind::Signs;
    grid.column(0).any(|label| signs(&label))
        && grid.status_column(reader.terms).is_none()
        && grid.column(0).filter(is_field).count() * 2 > grid.rows.len()
}

/// Adds the rows of a form to sign.
pub(super) fn read_form(reader: &mut Reader<'_>, grid: &Grid<'_>) {
    let mut signing = Signing { reader, found: Vec::new(), refused: false };
    for row in &grid.rows {
        let (Some(label), rest) = (row.cells.first(), row.cells.get(1)) else { continue };
        let kind = Kind::of(signing.reader, label);
        if kind != Kind::Signs || is_signature(signing.reader, label) {
            let rest = rest.map_or("", |rest| rest.trim());
            signing.take(&Entry { label, rest, span: row.span, ticked: None }, kind);
        }
    }
    for signoff in signing.found {
        reader.sign(signoff);
    }
}

impl Reader<'_> {
    /// Adds the entries of a list as sign-offs; gives back whether there are any.
    pub(in crate::reading) fn approvals(&mut self, node: NodeId) -> bool {
        let tree = self.tree;
        let mut signing = Signing { reader: self, found: Vec::new(), refused: false };
        for item in tree.children(node) {
            let text = lines::lead(tree, item);
            let (label, rest) = text.split_once([':', '：']).unwrap_or((&text, ""));
            let Block::Item(ticked) = tree.node(item).block else { continue };
            let kind = if ticked.is_some() { Kind::Signs } else { Kind::of(signing.reader, label) };
            signing.take(&Entry { label, rest, span: tree.node(item).span, ticked }, kind);
        }
        let found = signing.found;
        let has_some = !found.is_empty();
        self.signed.extend(has_some.then(|| tree.node(node).span));
        found.into_iter().for_each(|signoff| self.sign(signoff));
        has_some
    }
}

/// Reads a list of boxes of which all but one at most are led by those who approve, in bold, with what they approve
/// behind it: `- [ ] **Technical lead:** Code is reviewed`. Gives back whether it is one.
pub(in crate::reading) fn read_roles(reader: &mut Reader<'_>, list: NodeId) -> bool {
    let tree = reader.tree;
    let items: Vec<NodeId> = tree.children(list).collect();
    let roles: Vec<Option<String>> = items.iter().map(|&item| bold_role(tree, item)).collect();
    let words = &reader.terms.words.signoffs;
    let names = || roles.iter().flatten().map(|role| normalise(role));
    let known = names().filter(|name| words.is_post(name) || words.is_team(name)).count();
    let is_one = known > 1 && known + 1 >= items.len() && names().any(|name| words.is_post(&name));
    if !is_one || roles.iter().any(Option::is_none) {
        return false;
    }
    for (item, role) in items.into_iter().zip(roles.into_iter().flatten()) {
        let name = (tree.node(item).block == Block::Item(Some(true))).then(|| role.clone());
        let date = date::find(&lines::lead(tree, item));
        reader.sign(SignOff { role, name, date, span: tree.node(item).span });
    }
    true
}

/// The bold words with which an entry begins, set apart from what follows, where no tasks stand below it.
fn bold_role(tree: &Tree<'_>, item: NodeId) -> Option<String> {
    let has_tasks = tree.below(item).any(|node| matches!(tree.node(node).block, Block::Item(Some(_))));
    let pieces = lines::lead_node(tree, item).filter(|_| !has_tasks).map(|lead| tree.pieces(lead))?;
    let end = pieces.iter().position(|piece| piece.inline == Inline::StrongEnd)?;
    let (role, rest) = (tree.plain(&pieces[..end]), tree.plain(&pieces[end..]));
    let is_bold = pieces.first().is_some_and(|piece| piece.inline == Inline::Strong);
    let is_apart = role.trim_end().ends_with([':', '：']) || rest.trim_start().starts_with([':', '：', '-', '–', '—']);
    (is_bold && (is_apart || rest.trim().is_empty())).then(|| role.trim().trim_end_matches([':', '：']).to_owned())
}
