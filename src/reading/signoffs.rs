//! Sign-offs: tables, lists and lines in which somebody signs. They are kept apart from the items.

mod entries;
mod paragraphs;
mod roles;

pub(super) use entries::{has_blanks, is_to_sign, read_detail, read_inner_list, read_list, read_roles};
pub(super) use paragraphs::read_paragraph;

use super::phrase::normalise;
use super::status::{self, Said};
use super::tables::{Grid, choices};
use super::vocabulary::{Column, Context};
use super::{Reader, date, owner};
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::{SignOff, State};

/// The headers of roles, names, days and signatures, by which `[headers]` knows those of all languages.
const ROLE: &str = "role";
const NAME: &str = "name";
const DATE: &str = "date";
const SIGNATURE: &str = "signature";

/// The most bytes that the label of a line to sign has: longer ones are sentences.
const LABEL: usize = 60;

/// Whether a table is one of sign-offs: who or which role, and a signature or date, and nothing that is an item.
pub(super) fn is_table(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    if grid.is_of_tasks(reader.terms) || is_of_things(reader, node, grid) {
        return false;
    }
    let words = &reader.terms.words.signoffs;
    let has = |is: &dyn Fn(&str) -> bool| grid.headers.iter().any(|header| is(header));
    let within = reader.outline.is_within(reader.tree, node, Context::Approval);
    let (who, is_role) = (has(&|header| words.tells_who(header)), has(&|header| words.is_role(header)));
    let asks = has(&|header| words.is_answer(header));
    let decides = within || reader.outline.is_within(reader.tree, node, Context::Decision);
    let answers = asks && who && (decides || is_role && has(&|header| header == NAME));
    let how = answers || has(&|header| words.tells_how(header));
    let has_things = grid.roles.contains(&Some(Column::Item));
    let are_people = || within || !names_things(reader, grid);
    let is_signer = |header: &str| header == NAME || !has_things && words.signs(header);
    let dated = has(&|header| header == DATE);
    let named = dated && has(&is_signer) && are_people();
    let is_by_team = dated && has(&|header| words.is_position(header)) && !has_things;
    (who && (how || named))
        || (within && (how || named || is_role || is_by_team))
        || (who && offers_answers(reader, grid))
        || entries::is_form(reader, grid)
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
    let filled = |index: usize| grid.filled(index).count();
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

/// The columns of a table in which somebody signs.
struct Columns {
    role: usize,
    name: Option<usize>,
    dated: Option<usize>,
    /// What tells whether somebody has: answers, signatures, states.
    marks: Vec<usize>,
}

impl Columns {
    fn of(reader: &Reader<'_>, grid: &Grid<'_>) -> Self {
        let words = &reader.terms.words.signoffs;
        let find = |is: &dyn Fn(&str) -> bool| grid.headers.iter().position(|header| is(header));
        // Who signs may be what is signed off, as are things with the name of who does so behind them.
        let is_name = |header: &str| reader.terms.words.people.is_name(header);
        let is_thing = |index: &usize| grid.roles[*index] == Some(Column::Item) && !is_name(&grid.headers[*index]);
        let signer = find(&|header| words.signs(header)).unwrap_or(usize::MAX);
        let thing = (0..grid.headers.len()).find(is_thing).filter(|&index| index < signer);
        let role = find(&|header| header == ROLE).or(thing);
        let role = role.or_else(|| find(&|header| words.is_position(header)));
        let left = || grid.status_column(reader.terms).filter(|&index| index > 0 && signer > index).map(|_| 0);
        let role = role.or_else(left).or_else(|| find(&|header| words.is_listed(header))).unwrap_or(0);
        let other = |is: &dyn Fn(&str) -> bool| {
            grid.headers.iter().zip(0..).position(|(header, index)| index != role && is(header))
        };
        let name = other(&|header| header == NAME).or_else(|| other(&|header| words.signs(header)));
        let name = name.or_else(|| other(&|header| words.names(header)));
        // `Data` is a day in the languages of which it is the word, and below what is signed only there.
        let dated = find(&|header| is_date(reader, header));
        let is_signature = |header: &str| words.tells_how(header) || is_date(reader, header);
        let signature = || {
            grid.headers
                .iter()
                .zip(0..)
                .position(|(header, index)| is_signature(header) && index != role && Some(index) != dated)
        };
        let answer = choices(reader.terms, grid).filter(|&index| index != role);
        let answer = answer.or_else(|| other(&|header| words.is_answer(header)));
        let state = || grid.status_column(reader.terms).filter(|&index| index != role);
        let mut marks: Vec<usize> = answer.into_iter().chain(signature()).chain(state()).collect();
        marks.dedup();
        Self { role, name, dated, marks }
    }
}

/// Whether a header is of the day on which somebody signs.
fn is_date(reader: &Reader<'_>, header: &str) -> bool {
    let words = &reader.terms.words.signoffs;
    header == DATE || words.is_day(header) || words.date_keys.iter().any(|key| key == header)
}

/// Adds a row for each one who signs.
pub(super) fn read_table(reader: &mut Reader<'_>, grid: &Grid<'_>) {
    if entries::is_form(reader, grid) {
        return entries::read_form(reader, grid);
    }
    let columns = Columns::of(reader, grid);
    for row in &grid.rows {
        let cell = |index: Option<usize>| index.and_then(|index| row.cells.get(index)).map_or("", |cell| cell);
        let label = cell(Some(columns.role)).trim().to_owned();
        let first = columns.marks.first().copied();
        let date = date::find(cell(columns.dated)).or_else(|| date::find(cell(first)));
        let agrees = |cell: &str| reader.terms.words.signoffs.agrees(&normalise(cell));
        let is_done = |index: usize| {
            let cell = cell(Some(index));
            status::said(reader.terms, cell) == Said::State(State::Done) || agrees(cell)
        };
        let is_dated = || first.is_none() && columns.name.is_none() && date.is_some();
        let signed = match signer(reader, cell(columns.name)) {
            // `✅ Approved`: whoever the row is about did.
            None if columns.marks.iter().any(|&mark| is_done(mark)) || is_dated() => {
                Some(label.clone()).filter(|label| !label.is_empty())
            }
            None => signer(reader, cell(first)),
            signed => signed,
        };
        let unsigned = |&mark: &usize| {
            Some(mark) != columns.name
                && leaves_open(reader, &grid.headers[mark], cell(Some(mark)), cell(columns.dated))
        };
        // A name without the day that the table asks for may have been printed.
        let is_undated = columns.marks.is_empty() && columns.dated.is_some() && date.is_none();
        let is_to_come = says_open(reader, cell(columns.dated));
        let signed = signed.filter(|_| !is_undated && !is_to_come && !columns.marks.iter().any(unsigned));
        if !(label.is_empty() && signed.is_none()) {
            reader.sign(SignOff { role: label, name: signed, date, span: row.span });
        }
    }
}

/// Whether what stands in a column to sign says that nobody has. A printed name is no signature where the table has one.
fn leaves_open(reader: &Reader<'_>, header: &str, cell: &str, dated: &str) -> bool {
    let is_answer = reader.terms.words.signoffs.is_answer(header);
    match status::said(reader.terms, cell) {
        Said::State(state) | Said::Opposed(state) => state != State::Done,
        Said::Undecided => true,
        Said::Nothing => is_answer || date::find(dated).is_none(),
        Said::Unknown => {
            let word = normalise(cell.trim_matches(['_', ' ']));
            reader.terms.words.is_nobody(&word) || is_answer && !reader.terms.words.signoffs.agrees(&word)
        }
    }
}

/// Whether what stands where a day belongs says that there is none yet, or will be none: `TBD`, `pending`, `refused`.
fn says_open(reader: &Reader<'_>, text: &str) -> bool {
    let word = normalise(text);
    let words = reader.terms.words;
    let is_left = || reader.terms.state(&word).is_some_and(State::is_left);
    !word.is_empty() && (is_left() || words.is_nobody(&word) || words.signoffs.is_refusal(&word))
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
    let key = date_key(reader, text);
    let date = date::place(text).map(|(at, _)| at);
    let end = key.into_iter().chain(date).min().unwrap_or(text.len());
    text[..end].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '(' | '-' | '–' | '—' | '/' | ';' | '|' | '·' | '•')
    })
}

/// Where the key of a date begins in a text: `Release manager, date: ____`.
fn date_key(reader: &Reader<'_>, text: &str) -> Option<usize> {
    reader.terms.words.signoffs.date_keys.iter().filter_map(|key| find_key(text, key)).min()
}

/// Where an ASCII word with a colon behind it begins in a text, whatever its case.
fn find_key(text: &str, key: &str) -> Option<usize> {
    let at = text.as_bytes().windows(key.len()).position(|bytes| bytes.eq_ignore_ascii_case(key.as_bytes()))?;
    let apart = !text[..at].ends_with(char::is_alphanumeric);
    (apart && text[at + key.len()..].trim_start().starts_with([':', '：', '_'])).then_some(at)
}

impl Reader<'_> {
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
