//! Rows of checklist tables as items.

use super::cells::{Cell, links, set_cell, set_id};
use super::columns::{Grid, Row};
use super::lights::Lights;
use super::shape::Shape;
use super::states::{said, set_state};
use super::{boxes, confirmed, counted, subject, sums, surplus};
use crate::finding::Code;
use crate::markdown::{NodeId, Tree};
use crate::model::{ItemKind, State};
use crate::reading::draft::{Draft, drawn_mark, glyph_mark};
use crate::reading::legend::Terms;
use crate::reading::outline::Place;
use crate::reading::phrase::normalise;
use crate::reading::status::Said;
use crate::reading::vocabulary::Column;
use crate::reading::{Reader, lines, priority, status};

/// Adds every row with an item as an item.
pub(super) fn read(reader: &mut Reader<'_>, place: Place, grid: &Grid<'_>, shape: &Shape) {
    let name = heading_name(reader, place.node, grid);
    let item = match *shape {
        Shape::Status { item, .. }
        | Shape::Boxes { item }
        | Shape::Answers { item, .. }
        | Shape::Places { item, .. }
        | Shape::Matrix { item } => Some(item),
        Shape::Levels => super::columns::item_column(reader.terms, grid, &[]),
    };
    let Some(item) = item else { return };
    reader.state_tracked |= !matches!(shape, Shape::Matrix { .. } | Shape::Levels);
    reader.stateless |= matches!(shape, Shape::Matrix { .. } | Shape::Levels);
    let mut named = place.before.and_then(|before| priority::label(reader.terms, reader.tree, before));
    let divides = dividers(reader.tree, grid, item);
    let numbered = is_numbered(reader.terms, grid, item);
    let turn = counted::turn(reader.terms, grid, item).filter(|_| name.is_none());
    let confirms = confirmed::column(reader, place.node, grid, shape);
    let counts = |index: usize| {
        let row = &grid.rows[index];
        is_counted(reader, grid, index, subject_of(reader, grid, shape, row).unwrap_or(item))
    };
    let lights = Lights::of(reader, grid, shape, counts);
    for (index, row) in grid.rows.iter().enumerate() {
        let alone = || heading(grid, row, item);
        if let Some(title) = if divides.contains(&index) { Some(row.cells[item].trim()) } else { alone() } {
            named = priority::heading(reader.terms, title, &normalise(title));
            continue;
        }
        let subject = subject_of(reader, grid, shape, row);
        let column = subject.unwrap_or(item);
        if is_counted(reader, grid, index, column) {
            surplus::tell(reader, grid, row);
            let mut draft = draft(reader, grid, (shape, lights), row, Subject { column, name: name.as_deref() });
            confirmed::open(reader, confirms, row, &mut draft);
            lights.settle(reader, &mut draft);
            if numbered {
                unnumber(&mut draft, index);
            }
            if let Some(turn) = turn.as_deref().filter(|_| column == item) {
                draft.item.text.insert_str(0, turn);
            }
            if draft.item.level.is_none() {
                draft.set_level(named.clone());
            }
            reader.push(draft);
        } else if subject.is_none() {
            tell_nameless(reader, grid, shape, row);
        }
    }
}

/// Whether a row is an item by what one of its columns says.
fn is_counted(reader: &Reader<'_>, grid: &Grid<'_>, index: usize, column: usize) -> bool {
    let phrase = normalise(grid.rows[index].cell(column));
    let is_sum = || sums::sums_up(reader.terms, reader.tree, grid, (index, &phrase), column);
    sums::is_item(reader.terms, grid, (&grid.rows[index], &phrase), column) && !is_sum()
}

/// The column that says what a row is about that says something of its state and has an empty item cell.
fn subject_of(reader: &Reader<'_>, grid: &Grid<'_>, shape: &Shape, row: &Row<'_>) -> Option<usize> {
    let Shape::Status { item, column, ref also } = *shape else { return None };
    nameless(reader, grid, shape, row).filter(|said| *said != Said::Nothing)?;
    let taken = [also.as_slice(), &[item, column]].concat();
    subject::instead(reader.terms, grid, row, &taken)
}

/// What a row with an empty item cell says of its state. A box that waits for its tick is none.
fn nameless(reader: &Reader<'_>, grid: &Grid<'_>, shape: &Shape, row: &Row<'_>) -> Option<Said> {
    let Shape::Status { item, column, .. } = *shape else { return None };
    let is_blank_box = || matches!(status::box_at(reader.terms, row.cell(column)), Some((State::Open, "")));
    let is_one = sums::is_blank(row.cell(item)) && !is_blank_box();
    is_one.then(|| said(reader, &grid.headers[column], row.cell(column)))
}

/// Tells of a row with a state that does not say what it is about.
fn tell_nameless(reader: &mut Reader<'_>, grid: &Grid<'_>, shape: &Shape, row: &Row<'_>) {
    if nameless(reader, grid, shape, row).and_then(Said::known).is_some() {
        let message = "this row has a state and does not say of what, so it is no item";
        reader.find(Code::AmbiguousTable, row.span, message, "write into the row what has to be done");
    }
}

/// Whether the items count themselves by what looks like levels, on to one that is no other level: `P1: Login` … `P4: Payment`.
fn is_numbered(terms: &Terms<'_>, grid: &Grid<'_>, item: usize) -> bool {
    let is_next = |(index, cell): (usize, &str)| {
        let number = cell.trim().strip_prefix('P');
        let rest = number.and_then(|number| number.strip_prefix(&(index + 1).to_string()));
        rest.is_some_and(|rest| rest.starts_with([':', '：']))
    };
    let last = grid.rows.len();
    let level = |number| terms.words.level(&format!("p{number}"));
    let are_levels = || level(1).is_some() && (1..last).all(|number| level(number) < level(number + 1));
    last > 2 && grid.column(item).enumerate().all(is_next) && !are_levels()
}

/// Gives an item its number back that was taken for a level.
fn unnumber(draft: &mut Draft, index: usize) {
    let number = format!("P{}: ", index + 1);
    if !draft.item.text.starts_with(&number) {
        (draft.item.level, draft.item.level_text) = (None, None);
        draft.item.text.insert_str(0, &number);
    }
}

/// The rows that head those below them: all bold and alone in their rows, in a table whose other items are not bold.
fn dividers(tree: &Tree<'_>, grid: &Grid<'_>, item: usize) -> Vec<usize> {
    let is_bold_at = |row: &Row<'_>, index: usize| {
        row.nodes.get(index).is_some_and(|&cell| lines::of(tree, cell).all(|line| line.is_bold()))
    };
    let is_bold = |row: &Row<'_>| is_bold_at(row, item);
    // A number beside it is as bold.
    let is_number = |row: &Row<'_>, index: usize| grid.roles[index] == Some(Column::Id) && is_bold_at(row, index);
    let is_alone = |row: &Row<'_>| {
        let mut cells = row.cells.iter().enumerate();
        grid.headers.len() > 2
            && cells.all(|(index, cell)| index == item || cell.trim().is_empty() || is_number(row, index))
    };
    if !grid.rows.iter().any(is_alone) {
        return Vec::new();
    }
    let (alone, others): (Vec<usize>, Vec<usize>) =
        (0..grid.rows.len()).partition(|&index| is_alone(&grid.rows[index]) && is_bold(&grid.rows[index]));
    // What stands alone among other rows may as well be an item that somebody wants to be seen: rows that divide begin
    // with the first, and each has some below it.
    let is_headed = alone.first() == Some(&0)
        || grid.rows.first().is_some_and(|row| heading(grid, row, item).is_some() && !alone.is_empty());
    let begin = is_headed && !alone.windows(2).any(|pair| pair[0] + 1 == pair[1]);
    let divide = begin && !others.iter().any(|&index| is_bold(&grid.rows[index])) && others.last() > alone.last();
    if divide { alone } else { Vec::new() }
}

/// What a row says that has no item and but one cell before it, of words: it heads those below it.
fn heading<'r>(grid: &Grid<'_>, row: &'r Row<'_>, item: usize) -> Option<&'r str> {
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    let (at, title) = filled.next()?;
    let is_name = matches!(grid.roles[at], None | Some(Column::Id | Column::Category)) && !super::is_tag_cell(title);
    (at < item && is_name && filled.next().is_none() && title.contains(char::is_alphabetic)).then_some(title.trim())
}

/// What the only row of a table is called that tells nothing but owner, priority, date and state: as the heading above it.
fn heading_name(reader: &Reader<'_>, node: NodeId, grid: &Grid<'_>) -> Option<String> {
    let is_fact = |role: &Option<Column>| {
        matches!(role, Some(Column::Status | Column::Owner | Column::Priority | Column::Due | Column::Evidence))
    };
    // `Team | Status` tells of the team.
    if grid.rows.len() != 1 || grid.roles.len() < 3 || !grid.roles.iter().all(is_fact) {
        return None;
    }
    let own = reader.outline.section_at(reader.tree.node(node).span.start)?;
    let is_part = reader.outline.section(own).heading > 0 && reader.section_items(own) == 0;
    is_part.then(|| reader.outline.name(own).to_owned())
}

/// What a row is about: the column that says it, and what it is called where a heading names it.
#[derive(Clone, Copy)]
struct Subject<'n> {
    column: usize,
    name: Option<&'n str>,
}

fn draft(
    reader: &mut Reader<'_>,
    grid: &Grid<'_>,
    (shape, lights): (&Shape, Lights),
    row: &Row<'_>,
    subject: Subject<'_>,
) -> Draft {
    let Subject { column: item, name } = subject;
    let (terms, tree) = (reader.terms, reader.tree);
    let mut draft = Draft::new(ItemKind::Row, row.span);
    draft.has_owner_column = grid.with(Column::Owner).is_some();
    let pieces = row.nodes.get(item).map(|&cell| tree.pieces(cell)).unwrap_or_default();
    let text = match set_box(reader, &mut draft, shape, row, item) {
        Some(text) => text,
        None => row.cells[item].trim(),
    };
    draft.describe(terms, tree, if name.is_some() { &[] } else { pieces }, name.unwrap_or(text));
    // A team that is ready or not is its own owner, where no other is named.
    let owners = grid.roles.iter().filter(|role| **role == Some(Column::Owner)).count();
    let is_owner = |index: usize| {
        owners == 1 && grid.roles[index] == Some(Column::Owner) && !terms.words.people.is_duty(&grid.headers[index])
    };
    let is_item = |index: usize| index == item && name.is_none();
    let other = |index: usize| (!is_item(index) || is_owner(index)) && !shape.answers().any(|answer| answer == index);
    for (column, role) in grid.roles.iter().enumerate() {
        let Some(text) = row.cells.get(column).filter(|_| other(column)) else { continue };
        let cell = Cell { row, column, node: row.nodes.get(column).copied(), text };
        match role {
            Some(Column::Item) if describes(reader, grid, item, column) => text.trim().clone_into(&mut draft.item.note),
            Some(role) => set_cell(reader, grid, shape, (*role, cell), &mut draft),
            None => {}
        }
        draft.item.links.extend(links(reader, cell.node));
    }
    if grid.roles[item] == Some(Column::Id) {
        set_id(&mut draft, text);
    }
    set_state(reader, grid, (shape, lights), row, &mut draft);
    draft
}

/// Whether a column describes the parts that the items are, and none is headed by notes.
fn describes(reader: &Reader<'_>, grid: &Grid<'_>, item: usize, index: usize) -> bool {
    let tables = &reader.terms.words.tables;
    let header = &grid.headers[item];
    tables.described_by.contains(&grid.headers[index])
        && (tables.is_area(header) || tables.named_parts.contains(header))
        && grid.with(Column::Note).is_none()
}

/// Takes the box, or the sign where it tells the state, from before the item of a row; gives back the text behind it. It
/// tells the state where no status does.
fn set_box<'t>(
    reader: &mut Reader<'_>,
    draft: &mut Draft,
    shape: &Shape,
    row: &'t Row<'_>,
    item: usize,
) -> Option<&'t str> {
    let text = boxes::unbulleted(&row.cells[item]);
    let is_boxes = matches!(shape, Shape::Boxes { .. });
    if !is_boxes {
        let (_, rest) = status::box_at(reader.terms, text)?;
        let status = row.cells.get(shape.status()?).map_or("", |cell| cell);
        if status::said(reader.terms, status) != Said::Nothing {
            return Some(rest).filter(|rest| !rest.is_empty());
        }
    }
    let mark = row.nodes.get(item).and_then(|&node| {
        let glyph = || glyph_mark(reader.terms, reader.tree, node, text).filter(|_| is_boxes);
        drawn_mark(reader.terms, reader.tree, node, text).or_else(glyph)
    });
    let Some(mark) = mark else { return is_boxes.then_some(text) };
    let (state, text) = reader.boxed_once(mark.state, mark.rest, mark.span);
    draft.item.state = state;
    draft.item.state_text = mark.text.into();
    draft.item.mark = Some(mark.span).filter(|span| span.start < span.end);
    Some(text)
}
