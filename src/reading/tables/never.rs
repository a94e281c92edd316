//! Tables that are no checklists, by their headers, their headings or what their rows are about.

use super::answers::opposed;
use super::boxes;
use super::columns::{Grid, item_column};
use super::definitions;
use super::headers::{asks_of_deeds, is_elsewhen};
use super::left_over;
use super::subject::{first_named_column, is_register};
use crate::markdown::NodeId;
use crate::reading::Reader;
use crate::reading::legend::Terms;
use crate::reading::phrase::{clause_end, cut_parenthesis, normalise};
use crate::reading::status;
use crate::reading::vocabulary::{Column, Context};
use rustc_hash::FxHashSet as HashSet;

/// The most bytes that an answer has.
const ANSWER: usize = 60;

/// How to make items of the rows of such a table.
const HEADERS: &str = "head its columns `Task` and `Status` to make them items";

/// Headers and headings that say that a table is no checklist.
pub(super) fn is_never(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let terms = reader.terms;
    by_header(reader, grid)
        || by_subject(terms, grid)
        || are_people(terms, grid)
        || by_heading(reader, node, grid)
        || is_choice(terms, grid)
        || is_log(reader, node, grid)
}

/// Tells of a table that is none although a column tells states: one that is a log, or whose rows are not all done.
pub(super) fn tell(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>) {
    let Some(status) = grid.status_column(reader.terms) else {
        if opposed(reader.terms, grid).is_some() && reader.has_items_or_name() {
            return warn_never(reader, node);
        }
        left_over::tell_by_heading(reader, node);
        return;
    };
    let explains = grid.headers.iter().any(|header| reader.terms.words.tables.explaining.contains(header));
    if definitions::defines(reader.terms, grid, Column::Status) || explains && is_distinct(grid, status) {
        return;
    }
    let is_left = |cell| status::said(reader.terms, cell).state().is_left();
    if is_log(reader, node, grid) {
        let message = "the rows of this table tell what has happened and when, so they are not items";
        let help = "head a column `Task` to make them items";
        reader.tell_table(node, message, help);
    } else if grid.is_known(reader.terms, status) && grid.column(status).any(is_left) {
        warn_never(reader, node);
    } else if are_responses(reader.terms, grid, status)
        && grid.column(status).any(|cell| cell.trim().starts_with(['4', '5']))
    {
        let message = "the rows of this table tell what a program answers, so they are not items";
        reader.tell_table(node, message, HEADERS);
    }
}

fn warn_never(reader: &mut Reader<'_>, node: NodeId) {
    let message = "the headers or the heading of this table say that its rows are not items";
    reader.warn_table(node, message, HEADERS);
}

/// Tells of a table of results that are not all good.
pub(super) fn tell_results(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>) {
    tell_left(reader, node, grid, "the rows of this table tell what came of what was tried, so they are not items");
}

/// Tells of a table that counts what there is of each class, where some of that is left.
pub(super) fn tell_classes(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>) {
    tell_left(reader, node, grid, "the rows of this table count what there is of each kind, so they are not items");
}

fn tell_left(reader: &mut Reader<'_>, node: NodeId, grid: &Grid<'_>, message: &str) {
    let is_left =
        |cell: &str| matches!(status::said(reader.terms, cell), status::Said::State(state) if state.is_left());
    if grid.status_column(reader.terms).is_some_and(|column| grid.column(column).any(is_left)) {
        reader.warn_table(node, message, HEADERS);
    }
}

fn by_header(reader: &Reader<'_>, grid: &Grid<'_>) -> bool {
    let tables = &reader.terms.words.tables;
    let stateless = grid.status_column(reader.terms).is_none();
    let signs = |column: usize| reader.terms.words.signoffs.is_listed(&grid.headers[column]);
    let is_signed = || first_named_column(reader.terms, grid).is_some_and(signs);
    let is_named = || {
        grid.headers.iter().zip(&grid.roles).filter(|(_, role)| **role != Some(Column::Status)).any(|(header, _)| {
            tables.never.contains(header)
                || tables.explaining.contains(header)
                || tables.never_of_signers.contains(header) && is_signed()
                || tables.never_untracked.contains(header)
                    && !grid.is_tracked(reader.terms)
                    && !grid.is_boxed(reader.terms)
                    && !is_register(reader.terms, grid)
                || stateless && tables.never_stateless.contains(header)
                || stateless && tables.reference.contains(header) && !reader.calls_itself_checklist()
        })
    };
    // Headers are asked first: boxes stand in cells.
    !grid.is_of_tasks(reader.terms) && is_named() && boxes::items(reader.terms, grid).is_none()
        || stateless && tells_triggers(reader.terms, grid)
}

/// Whether the rows tell what sets off an alert or the like.
fn tells_triggers(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let is_other = |index: usize| grid.roles[index].is_none() && boxes::items(terms, grid).is_none();
    let triggers = |index: usize| terms.words.tables.triggers.contains(cut_parenthesis(&grid.headers[index]).0);
    first_named_column(terms, grid)
        .is_some_and(|subject| (subject + 1..grid.headers.len()).any(triggers) && is_other(subject))
}

fn by_subject(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let tables = &terms.words.tables;
    let subject = first_named_column(terms, grid).map_or("", |index| grid.headers[index].as_str());
    let status = grid.status_column(terms);
    let is_boxed = || grid.is_boxed(terms);
    let is_told = tables.moments.contains(subject) && (grid.is_of_tasks(terms) || is_boxed());
    let is_measured = status.is_none()
        && tables.measures.contains(subject)
        && grid.headers.iter().any(|header| tables.measured.contains(header));
    let is_answered =
        || tables.addresses.contains(subject) && status.is_some_and(|column| are_responses(terms, grid, column));
    tables.never_item.contains(subject) && !is_told
        || tables.metrics.contains(subject) && !is_boxed()
        || is_measured
        || is_answered()
}

/// Whether all cells of a column that say anything are what a program answers: `true`, `false`, `204`, `404 Not Found`.
fn are_responses(terms: &Terms<'_>, grid: &Grid<'_>, column: usize) -> bool {
    let is_code = |cell: &str| {
        let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
        digits == 3 && cell.starts_with(['1', '2', '3', '4', '5']) && !cell[digits..].starts_with(['/', '%', '.', ','])
    };
    let is_response = |cell: &str| is_code(cell) || terms.words.tables.is_boolean(cell);
    let mut filled = grid.filled(column).map(str::trim).peekable();
    filled.peek().is_some() && filled.all(is_response)
}

/// Whether the rows are people with their roles, of whom nothing is left to do: `Role`, `Name`, `Status`.
fn are_people(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let has = |word: &str| grid.headers.iter().any(|header| header == word);
    let is_left = |column| grid.column(column).any(|cell| status::said(terms, cell).state().is_left());
    let is_other = |(header, role): (&String, &Option<Column>)| *role == Some(Column::Item) && header != "name";
    has("role")
        && has("name")
        && !grid.headers.iter().zip(&grid.roles).any(is_other)
        && grid.status_column(terms).is_some_and(|column| !is_left(column))
}

fn by_heading(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let (outline, tables) = (reader.outline, &reader.terms.words.tables);
    let within = |context| outline.is_within(reader.tree, node, context);
    let decision = outline.section_at(reader.tree.node(node).span.start).is_some_and(|index| {
        let part = outline.section(index);
        let own = reader.terms.words.contexts(&part.phrase);
        let self_named = || tables.self_named.iter().any(|name| part.phrase.contains(name.as_str()));
        let is_matrix = tables.decisions.iter().any(|name| part.phrase.ends_with(name.as_str()));
        let is_owned = || grid.with(Column::Owner).is_some();
        let is_checked = || {
            grid.is_tracked(reader.terms) && (is_owned() || !is_matrix) || !is_matrix && is_of_gates(reader.terms, grid)
        };
        part.contexts.has(Context::Decision)
            && own.has(Context::Decision)
            && (is_matrix || !self_named())
            && !is_checked()
    });
    let legend = within(Context::Legend) && grid.status_column(reader.terms).is_none();
    let is_of_risks = grid.headers.iter().any(|header| tables.risks.contains(header));
    let risk = within(Context::Risk) && (is_of_risks || !grid.is_of_tasks(reader.terms));
    decision || legend || risk || within(Context::NotIncluded)
}

/// Whether the first column is headed by gates or tasks, and another tells in known words how each of them stands now,
/// rather than what was decided or is wanted: `Gate | Current status`, `Check | Result`.
fn is_of_gates(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let tables = &terms.words.tables;
    let is_gate =
        |index: usize| tables.gates.contains(&grid.headers[index]) || tables.tasks.contains(&grid.headers[index]);
    let is_now = |index: usize| {
        let header = cut_parenthesis(&grid.headers[index]).0;
        let is_decided = terms.words.signoffs.is_answer(header) || tables.verdicts.contains(header);
        !is_decided && !is_elsewhen(terms, header) && grid.is_known(terms, index)
    };
    first_named_column(terms, grid).is_some_and(is_gate) && grid.status_column(terms).is_some_and(is_now)
}

/// Whether the rows are the answers to one question: `GO`, `NO-GO`.
fn is_choice(terms: &Terms<'_>, grid: &Grid<'_>) -> bool {
    let is_answer = |cell: &str| {
        let cell = status::box_at(terms, cell.trim()).map_or(cell, |(_, rest)| rest);
        let head = cut_parenthesis(cell).0;
        let clause = &head[..clause_end(head).unwrap_or(head.len())];
        // Most cells are longer than answers are.
        let is_radio = |text: &str| text.len() < ANSWER && terms.words.is_radio(&normalise(text));
        is_radio(cell) || clause.len() < cell.len() && is_radio(clause)
    };
    let offers =
        |index: usize| grid.filled(index).all(is_answer) && grid.filled(index).count() > 1 && is_distinct(grid, index);
    // Where the names are too short to be words, what is asked of each may be the only column of words.
    let item = || {
        item_column(terms, grid, grid.status_column(terms).as_slice())
            .filter(|&index| !asks_of_deeds(terms, &grid.headers[index]))
    };
    let first = first_named_column(terms, grid).filter(|&index| grid.roles[index] != Some(Column::Status));
    !grid.is_of_tasks(terms) && (first.is_some_and(offers) || item().is_some_and(offers))
}

/// Whether the cells of a column that say anything are all different.
fn is_distinct(grid: &Grid<'_>, index: usize) -> bool {
    let mut seen = HashSet::default();
    grid.column(index).map(normalise).filter(|phrase| !phrase.is_empty()).all(|phrase| seen.insert(phrase))
}

/// Whether the rows are the phases of a plan, each with how long it takes. Phases with states count, unless they are those
/// of a `Timeline`.
pub(super) fn is_plan(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let (terms, tables) = (reader.terms, &reader.terms.words.tables);
    let Some(phase) = first_named_column(terms, grid).filter(|&index| tables.periods.contains(&grid.headers[index]))
    else {
        return false;
    };
    let is_timed = grid.headers.iter().any(|header| tables.spans.contains(cut_parenthesis(header).0));
    let is_other = |(index, header): (usize, &String)| {
        let is_named = grid.roles[index] == Some(Column::Item) && !definitions::describes(terms, header);
        index != phase && (is_named || tables.tasks.contains(header))
    };
    let is_told = || grid.status_column(terms).is_some_and(|column| grid.is_known(terms, column));
    is_timed
        && is_distinct(grid, phase)
        && !grid.headers.iter().enumerate().any(is_other)
        && (!is_told() || is_timeline(reader, node))
}

/// Whether a table stands below a heading of steps, or one about how long they take: `Timeline estimate`.
fn is_timeline(reader: &Reader<'_>, node: NodeId) -> bool {
    let own = reader.outline.section_at(reader.tree.node(node).span.start);
    let phrase = own.map_or("", |index| reader.outline.section(index).phrase.as_str());
    let is_span = |word| reader.terms.words.tables.spans.contains(word);
    phrase.split(' ').any(is_span) || reader.outline.is_within(reader.tree, node, Context::Steps)
}

/// Whether the rows tell what has happened: one for each release, run or day.
fn is_log(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> bool {
    let tables = &reader.terms.words.tables;
    // A day by which something is due is not one on which it happened.
    let is_date = |&index: &usize| {
        let named = || grid.headers[index].split(' ').any(|word| reader.terms.words.header(word) == "date");
        grid.roles[index] != Some(Column::Due) && (named() || grid.is_dates(index))
    };
    let is_dated = (0..grid.headers.len()).any(|index| is_date(&index));
    let subject =
        first_named_column(reader.terms, grid).map_or("", |index| grid.headers[index].trim_end_matches([' ', '#']));
    let is_headed = || {
        let section = reader.outline.section_at(reader.tree.node(node).span.start);
        let phrase = section.map_or("", |index| reader.outline.section(index).phrase.as_str());
        phrase.rsplit(' ').next().is_some_and(|last| tables.logs.contains(last))
    };
    let is_headed = || !grid.is_tracked(reader.terms) && is_headed();
    is_dated && !grid.is_of_tasks(reader.terms) && (tables.runs.contains(subject) || is_headed())
}
