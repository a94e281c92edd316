//! Roll-ups: tables that sum up what other sections hold. They are compared, never added.

use super::Reader;
use super::legend::Terms;
use super::phrase::{cut_parenthesis, normalise};
use super::status;
use super::tables::{Grid, NameColumns, Names, due_of};
use crate::finding::{Code, Finding};
use crate::model::{Rollup, State, Tally};
use crate::source::{RelPath, Span};
use std::borrow::Cow;

impl Reader<'_> {
    /// Reads the rows of a summary table. Of results that are counted, those of other things than sections say nothing.
    pub(super) fn rollup(&mut self, grid: &Grid<'_>, status: Option<usize>, names: &Names<'_>, columns: &NameColumns) {
        let own = grid.rows.first().and_then(|row| self.outline.section_at(row.span.start));
        let sections: Vec<_> = grid.rows.iter().map(|row| self.summed_section(names, columns, row, own)).collect();
        let is_of_sections = sections.iter().any(Option::is_some)
            || grid.headers.iter().any(|header| self.terms.words.tables.totals.contains(header));
        for (row, section) in grid.rows.iter().zip(sections).filter(|_| is_of_sections) {
            let title = columns.title(row).to_owned();
            let (items, done, percent) = numbers(self.terms, grid, &row.cells);
            let status = status.and_then(|column| row.cells.get(column));
            let said = status.and_then(|cell| status::said(self.terms, cell).known());
            let due = due_of(self, grid, row);
            self.rollups
                .push((Rollup { title, items, done, percent, said, due, agrees: true, span: row.span }, section));
        }
    }

    /// Compares every summary row with the section that it names. One that names none and is an item sums up itself.
    pub(super) fn compare_rollups(&mut self) {
        for (mut rollup, section) in std::mem::take(&mut self.rollups) {
            let title = normalise(&rollup.title);
            let is_total = self.terms.words.tables.sums.contains(&title) || title.starts_with("total");
            let tally =
                section.map(|index| self.list.sections[index as usize].tally).or(is_total.then_some(self.list.tally));
            let is_left = tally.is_some_and(|tally| tally.left() > 0) && rollup.said.is_none_or(State::is_left);
            rollup.due = rollup.due.filter(|_| is_left && !self.is_item(rollup.span));
            match tally {
                Some(tally) => {
                    rollup.agrees = rollup.holds_for(tally);
                    if !rollup.agrees {
                        self.findings.push(disagreement(&self.source.path, &rollup, tally));
                    }
                }
                None if self.is_item(rollup.span) => {}
                None => {
                    rollup.agrees = false;
                    let message = format!("the summary row \"{}\" matches no heading with items", rollup.title);
                    self.find(
                        Code::RollupUnmatched,
                        rollup.span,
                        &message,
                        "name the heading as it stands in the document",
                    );
                }
            }
            self.list.rollups.push(rollup);
        }
    }

    /// Whether an item begins and ends where a row does.
    fn is_item(&self, row: Span) -> bool {
        let items = &self.list.items;
        let first = items.partition_point(|item| item.span.start < row.start);
        items.get(first).is_some_and(|item| item.span == row)
    }
}

/// A summary row that the count does not bear out.
#[must_use]
pub fn disagreement(path: &RelPath, rollup: &Rollup, tally: Tally) -> Finding {
    let (title, done, scope) = (&rollup.title, tally.done(), tally.scope());
    let message = format!("the summary of \"{title}\" does not agree with its items: {done} of {scope} done");
    Finding::new(Code::RollupDisagrees, path.clone(), Some(rollup.span), message)
        .help("correct the row, or remove it: the sums are on the page")
}

/// Items, done and percent that the cells of a row name: `12/20`, `60 %`, or numbers below headers that say which.
fn numbers(terms: &Terms<'_>, grid: &Grid<'_>, cells: &[Cow<'_, str>]) -> (Option<u32>, Option<u32>, Option<u32>) {
    let (mut items, mut done, mut percent) = (None, None, None);
    for (index, cell) in cells.iter().enumerate() {
        let cell = cell.trim().trim_matches('*');
        let header = grid.headers.get(index).map_or("", String::as_str);
        // How much a section weighs, and how far it is to come, says nothing of how far it is.
        if header.starts_with("weight") || terms.words.tables.is_aimed(cut_parenthesis(header).0) {
            continue;
        }
        if let Some((one, all)) = cell
            .split_once(['/', '／'])
            .and_then(|(one, all)| Some((one.trim().parse().ok()?, all.trim().split(' ').next()?.parse().ok()?)))
        {
            (done, items) = (Some(one), Some(all));
        } else if let Some(number) = cell.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok()) {
            percent = Some(number as u32);
        } else if let Ok(number) = cut_parenthesis(cell).0.parse::<u32>() {
            match header {
                _ if terms.words.tables.totals.contains(header) => items = Some(number),
                _ if terms.state(header) == Some(State::Done) => done = Some(number),
                _ => {}
            }
        }
    }
    (items, done, percent)
}
