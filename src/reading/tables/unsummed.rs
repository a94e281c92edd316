//! Rows of a summary that are items: those that sum up nothing, and those that say more than what they sum up. What they say
//! is left is counted nowhere else.

use super::columns::Grid;
use super::name_columns::NameColumns;
use super::shape::Shape;
use super::states::{missed, said_at};
use super::summed::Names;
use super::{definitions, rows, sums};
use crate::finding::{Code, Finding};
use crate::model::{Level, State};
use crate::reading::Reader;
use crate::reading::draft::Draft;
use crate::reading::outline::Place;
use crate::source::Span;
use rustc_hash::FxHashSet as HashSet;

/// What is left in each section while tables are read, once a summary asks.
#[derive(Default)]
pub(in crate::reading) struct Left {
    /// The level that the headings of each section and those around it name.
    levels: Vec<Option<Level>>,
    /// How urgent the most urgent of what is left in each section is: nothing where nothing is left.
    most: Vec<Option<Urgency>>,
    /// How many of the sections right below each one hold something that is left: the first are those below none.
    below: Vec<usize>,
    /// How many items were looked at.
    seen: usize,
}

/// How urgent something is: the most urgent is the least, and what has no level the last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    At(Level),
    Unranked,
}

impl Left {
    /// The level that the headings of a section and those around it name.
    pub(in crate::reading) fn level_around(&self, section: Option<u32>) -> Option<Level> {
        self.levels.get(section? as usize).copied().flatten()
    }
}

impl Urgency {
    fn of(level: Option<Level>) -> Self {
        level.map_or(Self::Unranked, Self::At)
    }
}

/// A summary.
#[derive(Clone, Copy)]
struct Summary<'s> {
    grid: &'s Grid<'s>,
    shape: &'s Shape,
    /// The section that each of its rows names.
    sections: &'s [Option<u32>],
    /// The section that it stands in.
    own: Option<u32>,
}

/// Reads a summary: what its rows sum up is compared, and what they leave to do beside that counts.
pub(super) fn read(
    reader: &mut Reader<'_>,
    place: Place,
    grid: &Grid<'_>,
    (names, columns): (&Names<'_>, &NameColumns),
) {
    let shape = grid.shape(reader);
    let status = shape.and_then(Shape::status).or_else(|| grid.status_column(reader.terms));
    reader.rollup(grid, status, names, columns);
    if let Some(shape) = shape {
        read_left(reader, place, (grid, shape), (names, columns));
    }
}

/// Adds those rows of a summary as items of which something would be lost: `C | FAIL` beside the gates A and B, which have
/// headings. Those that count tell of many items: they are only told.
fn read_left(
    reader: &mut Reader<'_>,
    place: Place,
    (grid, shape): (&Grid<'_>, &Shape),
    (names, columns): (&Names<'_>, &NameColumns),
) {
    let is_count = sums::is_counted(reader.terms, grid) || sums::counts_parts(reader, place.node, grid);
    let is_stateless = matches!(shape, Shape::Matrix { .. } | Shape::Levels);
    if is_stateless || is_count || definitions::counts_levels(reader.terms, grid) {
        return;
    }
    let own = reader.outline.section_at(reader.tree.node(place.node).span.start);
    let sections: Vec<_> = grid.rows.iter().map(|row| reader.summed_section(names, columns, row, own)).collect();
    let (first, told, tracked) = (reader.drafts.len(), reader.findings.len(), reader.state_tracked);
    // What a row says is known once it was read as an item.
    rows::read(reader, place, grid, shape);
    let (drafts, findings) = (reader.pull(first), reader.findings.split_off(told));
    reader.look_for_left();
    let summary = Summary { grid, shape, sections: &sections, own };
    let items = items(reader, summary, columns, &drafts);
    reader.state_tracked = tracked || !items.is_empty();
    tell(reader, summary, (&items, &drafts), findings);
    for mut draft in drafts.into_iter().filter(|draft| items.contains(&draft.item.span)) {
        columns.name_in_full(&mut draft.item.text);
        reader.push(draft);
    }
}

/// The rows of a summary that are items, of those that were read as such: they are left, and say more than the section that
/// they name, or name none and are gates or phases, or loose.
fn items(reader: &Reader<'_>, summary: Summary<'_>, columns: &NameColumns, drafts: &[Draft]) -> HashSet<Span> {
    let Summary { grid, sections, .. } = summary;
    let mut left = vec![None; sections.len()];
    for draft in drafts {
        // They come in the order of the rows.
        let index = grid.rows.partition_point(|row| row.span.start < draft.item.span.start);
        left[index] = Some(draft).filter(|draft| is_left(reader, summary, index, draft));
    }
    let others = sections.iter().filter(|section| section.is_none()).count();
    let loose = sections.iter().zip(&left).filter(|(section, left)| section.is_none() && left.is_some()).count();
    // Fewer may sum up what is called otherwise.
    let are_loose = loose > 0 && (others * 2 >= sections.len() || loose > unnamed(reader, summary));
    let is_item = |(index, draft): (usize, Option<&Draft>)| match sections[index] {
        Some(section) => says_more(reader, summary, draft?, section).then_some(draft?.item.span),
        None => (are_loose || columns.is_gate(reader.terms, &grid.rows[index])).then_some(draft?.item.span),
    };
    left.into_iter().enumerate().filter_map(is_item).collect()
}

/// Whether a row that was read as an item is left. The best of colours is not where it only tells how things go.
fn is_left(reader: &Reader<'_>, Summary { grid, shape, .. }: Summary<'_>, index: usize, draft: &Draft) -> bool {
    let is_best = || match shape {
        Shape::Status { column, also, .. } => {
            let row = &grid.rows[index];
            said_at(reader, grid, row, *column).known() == Some(State::Done)
                && missed(reader, grid, row, also).is_none()
        }
        _ => false,
    };
    draft.item.state.is_left() && !(draft.item.state == State::Doing && is_best())
}

/// How many sections stand beside those that the rows name, are not named and hold something that is left. They are counted
/// by what they stand below: a document may have many summaries.
fn unnamed(reader: &Reader<'_>, Summary { sections, own, .. }: Summary<'_>) -> usize {
    let (outline, left) = (reader.outline, &reader.left);
    let mut known: HashSet<u32> = sections.iter().flatten().copied().collect();
    let parents: HashSet<Option<u32>> = known.iter().map(|&section| outline.section(section).parent).collect();
    known.extend(own.filter(|&own| parents.contains(&outline.section(own).parent)));
    let beside: usize = parents.iter().map(|&parent| left.below[slot(parent)]).sum();
    beside - known.iter().filter(|&&section| left.most[section as usize].is_some()).count()
}

/// Where the sections below a section, or below none, are counted.
fn slot(parent: Option<u32>) -> usize {
    parent.map_or(0, |parent| parent as usize + 1)
}

/// Whether a row that is left says what the items of the section that it names do not: that something is left at all, or
/// that it is more urgent. Silence says nothing, and numbers are compared. Where none of the items has a level, they
/// are what the row ranks, but for the first level: what stands in the way of a launch is never hidden.
fn says_more(reader: &Reader<'_>, summary: Summary<'_>, draft: &Draft, section: u32) -> bool {
    let text = &draft.item.state_text;
    if is_score(text) {
        return false;
    }
    let is_silent = || text.chars().all(|c| matches!(c, ' ' | '-' | '–' | '—' | '.' | '…' | '_'));
    match reader.left.most[section as usize] {
        None => matches!(summary.shape, Shape::Places { .. }) || !is_silent(),
        Some(most) => {
            let level = draft.item.level.or_else(|| reader.left.level_around(summary.own));
            Urgency::of(level) < most && (most != Urgency::Unranked || level == Some(Level(0)))
        }
    }
}

/// Tells what was found in those rows that are items, and of states that are not known or denied beside in those that sum up
/// a section.
fn tell(
    reader: &mut Reader<'_>,
    Summary { grid, sections, .. }: Summary<'_>,
    (items, drafts): (&HashSet<Span>, &[Draft]),
    findings: Vec<Finding>,
) {
    for mut finding in findings {
        let Some(span) = finding.span else { continue };
        let index = grid.rows.partition_point(|row| row.span.end <= span.start);
        let Some(row) = grid.rows.get(index) else { continue };
        let is_item = items.contains(&row.span);
        let is_sum = !is_item && sections[index].is_some();
        if is_sum && finding.code == Code::UnknownState {
            let first = drafts.partition_point(|draft| draft.item.span.start < row.span.start);
            let text = drafts.get(first).map_or("", |draft| &draft.item.state_text);
            if is_score(text) {
                continue;
            }
            finding.message =
                format!("`{text}` is no known state, so it is not compared with the items below the heading");
        }
        if is_item || is_sum && matches!(finding.code, Code::UnknownState | Code::BoxAgainstWord) {
            reader.findings.push(finding);
        }
    }
}

/// Whether a state is numbers and no words: what they count is compared.
fn is_score(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

impl Reader<'_> {
    /// Looks at the items that were found since this was last done for what is left in each section.
    fn look_for_left(&mut self) {
        let outline = self.outline;
        let mut left = std::mem::take(&mut self.left);
        if left.most.is_empty() {
            left.most = vec![None; outline.sections.len()];
            left.below = vec![0; outline.sections.len() + 1];
            left.levels = self.headed_levels().iter().map(|level| level.as_ref().map(|level| level.level)).collect();
            for (index, part) in outline.sections.iter().enumerate() {
                left.levels[index] = left.levels[index].or(part.parent.and_then(|parent| left.levels[parent as usize]));
            }
        }
        for item in self.drafts[left.seen..].iter().map(|draft| &draft.item).filter(|item| item.state.is_left()) {
            let Some(own) = outline.section_at(item.span.start) else { continue };
            let urgency = Urgency::of(item.level.or(left.levels[own as usize]));
            for index in outline.up_from(Some(own)) {
                let most = &mut left.most[index as usize];
                left.below[slot(outline.section(index).parent)] += usize::from(most.is_none());
                *most = Some(most.map_or(urgency, |most| most.min(urgency)));
            }
        }
        left.seen = self.drafts.len();
        self.left = left;
    }
}
