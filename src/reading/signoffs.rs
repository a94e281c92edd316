//! Sign-offs: tables, lists and lines in which somebody signs. They are kept apart from the items.

use super::outline::{self, Place};
use super::phrase::normalise;
use super::status::{self, Said};
use super::tables::{Grid, choices};
use super::vocabulary::{Column, Context, Tag};
use super::{Reader, date, lines, owner};
use crate::finding::Code;
use crate::markdown::{Block, Inline, NodeId, Tree};
use crate::model::{SignOff, State};
use crate::source::Span;

/// The headers of names and of days, by which `[headers]` knows those of all languages.
const NAME: &str = "name";
const DATE: &str = "date";

/// The most bytes that the label of a line to sign has: longer ones are sentences.
const LABEL: usize = 60;
/// Where the colon behind such a label is looked for: signs that stand before the label come to a few bytes more.
const LABEL_END: usize = 64;
/// The most words that the label of a list of those who sign has.
const LABEL_WORDS: usize = 8;
/// The most bytes that a line to sign has, with its blanks to fill in.
const ENTRY: usize = 160;
/// The most words that a name has, with a title or a role beside it.
const NAME_WORDS: usize = 5;

/// Whether a table is one of sign-offs: who or which role, and a signature or date, and nothing that is an item.
pub(super) fn is_table(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    if grid.is_of_tasks(reader.terms) || is_of_things(reader, node, grid) {
        return false;
    }
    let words = &reader.terms.words.signoffs;
    let has = |is: &dyn Fn(&str) -> bool| grid.headers.iter().any(|header| is(header));
    let within = reader.outline.is_within(reader.tree, node, Context::Approval);
    let (who, how) = (has(&|header| words.tells_who(header)), has(&|header| words.tells_how(header)));
    let are_people = within || !names_things(reader, grid);
    let named = are_people && has(&|header| header == NAME) && has(&|header| header == DATE);
    let is_by_team = has(&|header| words.is_position(header)) && has(&|header| header == DATE);
    let is_by_team = is_by_team && !grid.roles.contains(&Some(Column::Item));
    (who && (how || named))
        || (within && (how || named || has(&|header| words.is_role(header)) || is_by_team))
        || (who && offers_answers(reader, grid))
}

/// Whether a table tells the states of things, each with who has to sign it off, rather than of those who sign: in a
/// `Status`, or in boxes beside the column to sign in.
fn is_of_things(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let words = &reader.terms.words.signoffs;
    !reader.outline.is_within(reader.tree, node, Context::Approval)
        && (grid.is_tracked(reader.terms) || grid.is_boxed(reader.terms))
        && !grid.headers.iter().any(|header| words.is_signer(header))
}

/// Whether everybody is asked the same: `☐ Go ☐ No-Go`. What only has a name may as well be a thing.
fn offers_answers(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    let words = reader.terms.words;
    let is_person = |header: &str| header != NAME && words.signoffs.is_listed(header);
    let is_thing =
        |(header, role): (&String, &Option<Column>)| *role == Some(Column::Item) && !words.people.is_name(header);
    choices(reader.terms, grid).is_some()
        && grid.headers.iter().any(|header| is_person(header))
        && !grid.headers.iter().zip(&grid.roles).any(is_thing)
}

/// Whether names with a status and no role beside them may be those of things.
fn names_things(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    let is_role = |header: &String| header != NAME && reader.terms.words.signoffs.is_listed(header);
    let name = grid.headers.iter().position(|header| header == NAME);
    let filled = |index: usize| grid.column(index).filter(|cell| !cell.trim().is_empty()).count();
    // Who signs owns nothing, and is not described.
    let is_described = grid.roles.iter().enumerate().any(|(index, role)| match role {
        Some(Column::Owner) => true,
        Some(Column::Item) => Some(index) != name,
        _ => false,
    });
    !grid.headers.iter().any(is_role)
        && is_described
        && grid.status_column(reader.terms).is_some()
        && name.is_some_and(|index| filled(index) * 2 > grid.rows.len())
}

/// Adds a row for each one who signs.
pub(super) fn read_table(reader: &mut Reader<'_>, grid: &Grid<'_>) {
    let words = &reader.terms.words.signoffs;
    let find = |is: &dyn Fn(&str) -> bool| grid.headers.iter().position(|header| is(header));
    // Where nobody else is named, who signs is what is signed off.
    let is_name = |header: &str| reader.terms.words.people.is_name(header);
    let is_thing = |index: &usize| grid.roles[*index] == Some(Column::Item) && !is_name(&grid.headers[*index]);
    let thing = || (0..grid.headers.len()).find(is_thing).filter(|_| find(&|header| words.is_signer(header)).is_none());
    let role = thing().or_else(|| find(&|header| words.is_listed(header))).unwrap_or(0);
    let name = find(&|header| header == NAME || words.names(header)).filter(|&index| index != role);
    // `Data` is a day in the languages of which it is the word, and below what is signed only there.
    let is_date =
        |header: &str| header == DATE || words.is_day(header) || words.date_keys.iter().any(|key| key == header);
    let dated = find(&is_date);
    let signature = grid.headers.iter().zip(0..).position(|(header, index)| {
        (words.tells_how(header) || is_date(header)) && index != role && Some(index) != dated
    });
    let mark = choices(reader.terms, grid).filter(|&index| index != role).or(signature);
    let mark = mark.or_else(|| grid.status_column(reader.terms).filter(|&index| index != role));
    for row in &grid.rows {
        let cell = |index: Option<usize>| index.and_then(|index| row.cells.get(index)).map_or("", |cell| cell);
        let label = cell(Some(role)).trim().to_owned();
        let is_done = |index: Option<usize>| status::said(reader.terms, cell(index)) == Said::State(State::Done);
        let signed = match signer(reader, cell(name)) {
            // `✅ Approved`: whoever the row is about did.
            None if is_done(mark) => Some(label.clone()).filter(|label| !label.is_empty()),
            None => signer(reader, cell(mark)),
            signed => signed,
        };
        // A printed name is no signature where the table has a column for one.
        let signature =
            mark.filter(|&mark| Some(mark) != name).map(|mark| status::said(reader.terms, cell(Some(mark))));
        let is_nobody = |text: &str| reader.terms.words.is_nobody(&normalise(text.trim_matches(['_', ' '])));
        let unsigned = signature.is_some_and(|said| match said {
            Said::State(state) | Said::Opposed(state) => state != State::Done,
            Said::Undecided => true,
            Said::Nothing => date::find(cell(dated)).is_none(),
            Said::Unknown => is_nobody(cell(mark)),
        });
        let signed = signed.filter(|_| !unsigned);
        if label.is_empty() && signed.is_none() {
            continue;
        }
        let date = date::find(cell(dated)).or_else(|| date::find(cell(mark)));
        reader.sign(SignOff { role: label, name: signed, date, span: row.span });
    }
}

/// A name, unless the text is a blank to fill in or a box. A date behind the name is left out.
fn signer(reader: &Reader<'_>, text: &str) -> Option<String> {
    let text = undated(reader, text);
    let is_blank = |c: char| matches!(c, '_' | ' ' | '\u{a0}') || reader.terms.words.boxes.is_empty(c);
    let names = owner::value(reader.terms, text.trim_matches(is_blank));
    let known = names.iter().any(|name| name.chars().any(char::is_alphabetic))
        && !text.trim_start().starts_with(|c: char| reader.terms.words.boxes.is_empty(c))
        && date::find(text).is_none();
    let word = normalise(text.trim_matches(['(', ')', ' ']));
    // `Pending UAT sign-off`, not `Open Source Office`
    let is_left = || status::words(reader.terms, &word).is_some_and(State::is_left);
    let waits = || reader.terms.reserves(&word) && is_left();
    let pending = waits() || matches!(reader.terms.state(&word), Some(state) if state.is_left());
    (known && !pending).then(|| names.join(", "))
}

/// What stands before the date of a signature: `Release manager, 2026-03-02`, `____ Date: ____`.
fn undated<'t>(reader: &Reader<'_>, text: &'t str) -> &'t str {
    let key = reader.terms.words.signoffs.date_keys.iter().filter_map(|key| find_key(text, key)).min();
    let date = date::place(text).map(|(at, _)| at);
    let end = key.into_iter().chain(date).min().unwrap_or(text.len());
    text[..end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | '-' | '–' | '—' | '/' | ';'))
}

/// Where an ASCII word with a colon behind it begins in a text, whatever its case.
fn find_key(text: &str, key: &str) -> Option<usize> {
    let at = text.as_bytes().windows(key.len()).position(|bytes| bytes.eq_ignore_ascii_case(key.as_bytes()))?;
    let apart = !text[..at].ends_with(char::is_alphanumeric);
    (apart && text[at + key.len()..].trim_start().starts_with([':', '：', '_'])).then_some(at)
}

/// Reads the `Approved by: ____ Date: ____` lines of a paragraph. A label right above a list is signed in the list.
pub(super) fn read_paragraph(reader: &mut Reader<'_>, node: NodeId) {
    let tree = reader.tree;
    let next = tree.node(node).next as usize;
    let above_list = next < tree.len() && matches!(tree.node(next).block, Block::List { .. });
    let found: Vec<SignOff> = lines::of(tree, node)
        .filter(|line| tree.source(line.span()).bytes().take(LABEL_END).any(|byte| byte == b':' || byte == 0xEF))
        .map(|line| (line.text(tree), line.span()))
        .filter(|(text, _)| !(above_list && text.trim_end().ends_with([':', '：'])))
        .filter_map(|(text, span)| line_signoff(reader, &text, span))
        .collect();
    for signoff in found {
        reader.sign(signoff);
    }
}

fn line_signoff(reader: &Reader<'_>, text: &str, span: Span) -> Option<SignOff> {
    let (label, rest) = text.split_once([':', '：'])?;
    let key = normalise(label);
    if reader.terms.words.tag(&key) != Some(Tag::Signature) || label.len() > LABEL {
        return None;
    }
    let (rest, role) = role_behind(rest).map_or((rest, label), |role| ("", role));
    Some(SignOff {
        role: role.trim().to_owned(),
        name: signer(reader, undated(reader, rest)),
        date: date::find(rest),
        span,
    })
}

/// The role behind a blank to sign: `____ (Tech lead)`.
fn role_behind(rest: &str) -> Option<&str> {
    let role = rest.trim_start().strip_prefix("__")?.trim_start_matches(['_', ' ']).strip_prefix('(')?;
    role.split_once(')').map(|(role, _)| role)
}

/// Reads the `Signature: ____` of a plain bullet below an item: who signs is what the item names.
pub(super) fn read_detail(reader: &mut Reader<'_>, node: NodeId) {
    let tree = reader.tree;
    let span = tree.node(node).span;
    let is_bullet = || node.checked_sub(1).is_some_and(|item| tree.node(item).block == Block::Item(None));
    if !is_bullet() || !tree.source(span).contains("__") {
        return;
    }
    let text = tree.plain(tree.pieces(node));
    if let Some(mut signoff) = line_signoff(reader, &text, span) {
        let around = reader.drafts.iter().filter(|draft| draft.item.span.holds(span));
        if let Some(draft) = around.min_by_key(|draft| draft.item.span.end - draft.item.span.start) {
            signoff.role = draft.item.text.clone();
        }
        reader.sign(signoff);
    }
}

/// Whether a list below a label or heading about approval is made of blanks to sign, and adds them.
pub(super) fn read_list(reader: &mut Reader<'_>, place: Place) -> bool {
    let inside = reader.outline.is_within(reader.tree, place.node, Context::Approval);
    (inside || is_labelled(reader, place)) && read_entries(reader, place.node)
}

/// The same for a list below a bullet, which has to be labelled itself: `- Signatures:`.
pub(super) fn read_inner_list(reader: &mut Reader<'_>, place: Place) -> bool {
    is_labelled(reader, place) && read_entries(reader, place.node)
}

fn is_labelled(reader: &Reader<'_>, place: Place) -> bool {
    let label = outline::label(reader.tree, place).map(|label| normalise(&label));
    label.is_some_and(|label| {
        label.split(' ').count() <= LABEL_WORDS && reader.terms.words.is(Context::Approval, &label)
    })
}

fn read_entries(reader: &mut Reader<'_>, list: NodeId) -> bool {
    let tree = reader.tree;
    let sound = !tells_facts(reader, list)
        && tree.children(list).all(|item| {
            let text = lines::lead(tree, item);
            let blank = |(role, rest): (&str, &str)| {
                role.len() <= LABEL && undated(reader, rest).split_whitespace().count() <= NAME_WORDS
            };
            text.len() < ENTRY && (text.contains('_') || text.split_once([':', '：']).is_some_and(blank))
        });
    if sound {
        reader.approvals(list);
    }
    sound
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
pub(super) fn has_blanks(reader: &Reader<'_>, list: NodeId) -> bool {
    let tree = reader.tree;
    tree.children(list).all(|item| {
        let text = lines::lead(tree, item);
        let rest = text.split_once([':', '：']).filter(|(role, _)| role.len() <= LABEL).map(|(_, rest)| rest);
        rest.is_some_and(|rest| rest.contains("__") || undated(reader, rest).len() < rest.trim_end().len())
    })
}

/// Reads a list of boxes of which all but one at most are led by those who approve, in bold, with what they approve
/// behind it: `- [ ] **Technical lead:** Code is reviewed`. Gives back whether it is one.
pub(super) fn read_roles(reader: &mut Reader<'_>, list: NodeId) -> bool {
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

impl Reader<'_> {
    /// Adds every entry of a list as a sign-off.
    pub(super) fn approvals(&mut self, node: NodeId) {
        let tree = self.tree;
        for item in tree.children(node) {
            let text = lines::lead(tree, item);
            let (role, rest) = text.split_once([':', '：']).unwrap_or((&text, ""));
            let ticked = tree.node(item).block == Block::Item(Some(true));
            let name = undated(self, rest.split(['(', '|']).next().unwrap_or(rest));
            let by_role = || Some(role.trim().to_owned());
            let name = match self.terms.state(&normalise(name)) {
                Some(State::Done) => by_role(),
                _ => signer(self, name).or_else(|| by_role().filter(|_| ticked)),
            };
            self.sign(SignOff {
                role: role.trim().to_owned(),
                name,
                date: date::find(rest),
                span: tree.node(item).span,
            });
        }
    }

    fn sign(&mut self, signoff: SignOff) {
        if signoff.name.is_none() {
            self.find(
                Code::BlankSignoff,
                signoff.span,
                &format!("nobody has signed as `{}`", signoff.role),
                "sign it, or remove the line",
            );
        }
        self.list.signoffs.push(signoff);
    }
}
