//! Which headings the rows of a table name: the sections that a summary row may sum up.

use super::columns::{Grid, Row, item_column};
use crate::model::State;
use crate::reading::legend::Terms;
use crate::reading::outline::Outline;
use crate::reading::phrase::{cut_parenthesis, normalise, normalised_start, without_number};
use crate::reading::status;
use crate::reading::vocabulary::Column;
use rustc_hash::{FxBuildHasher, FxHashMap as HashMap, FxHashSet as HashSet};
use std::borrow::Cow;
use std::hash::BuildHasher;

/// The most words of a name that are looked at.
const SHORT: usize = 24;

/// The most headings of one number that are looked at: more are no numbering.
const SAME_NUMBER: usize = 32;

/// The sections of a document by their names, in which words count as one in singular and plural. Names are told apart
/// by their hashes: should two share one, a row may be compared with a section that it does not name.
pub(in crate::reading) struct Names<'o> {
    terms: &'o Terms<'o>,
    outline: &'o Outline,
    /// Sections by their whole title.
    whole: HashMap<u64, Vec<u32>>,
    /// Sections by their title without a remark in parentheses, or without what counts it: `Phase 2: Build (80 %)`.
    bare: HashMap<u64, Vec<u32>>,
    /// Sections by what their title begins with, up to a space, colon or comma.
    begun: HashMap<u64, Vec<u32>>,
    /// Sections by the number that their title begins with.
    numbered: HashMap<&'o str, Vec<u32>>,
    /// The first two bytes of each name above: most rows begin like none.
    starts: HashSet<[u8; 2]>,
}

/// The columns of a table that may name sections: that of the items, and those before it that hold ids, or whatever the
/// first holds when no column is headed by items.
pub(in crate::reading) struct NameColumns {
    /// The columns, in order.
    names: Vec<usize>,
    /// The one that says what a row is called.
    title: usize,
    /// The one that tells the states of rows.
    status: Option<usize>,
    /// What the header says over the letters or numbers that are all that gates or phases are called: `Gate` over `A`, `B`.
    lettered: Option<String>,
    /// That header, whatever stands below it.
    kind: Option<String>,
}

impl NameColumns {
    /// Those of a table.
    pub(super) fn of(terms: &Terms<'_>, grid: &Grid<'_>) -> Self {
        let status = grid.status_column(terms);
        let item = item_column(terms, grid, status.as_slice()).unwrap_or(0);
        let is_headed = grid.headed(terms, status.as_slice()).is_some();
        let is_id = |index: &usize| {
            grid.roles[*index] == Some(Column::Id)
                || !is_headed && *index == 0
                || grid.filled(*index).filter(|cell| super::is_tag_cell(cell)).count() * 2 > grid.filled(*index).count()
        };
        let is_telling = |index: usize| grid.column(index).any(|cell| !super::is_tag_cell(cell));
        let title = if !is_headed && is_telling(0) { 0 } else { item };
        let kind = grid.headers.get(item).filter(|header| terms.words.tables.lettered.contains(*header)).cloned();
        let lettered = kind.clone().filter(|_| are_counted(grid, item));
        let names = (0..item).filter(is_id).chain([item]).collect();
        Self { names, title, status, lettered, kind }
    }

    /// What a row is called that has but a letter or number: `gate a`.
    fn lettered_name(&self, row: &Row<'_>) -> Option<String> {
        let (kind, cell) = (self.lettered.as_ref()?, row.cells.get(*self.names.last()?)?);
        Some(format!("{kind} {}", cell.trim().to_lowercase())).filter(|_| !cell.trim().is_empty())
    }

    /// Whether a row is one of gates, phases or the like by its header: any gate, a `C`, a `Phase 3`.
    pub(super) fn is_gate(&self, terms: &Terms<'_>, row: &Row<'_>) -> bool {
        let Some(kind) = &self.kind else { return false };
        let is_named =
            || normalise(self.title(row)).strip_prefix(kind.as_str()).is_some_and(|rest| rest.starts_with(' '));
        self.lettered.is_some() || terms.words.tables.gates.contains(kind) || is_named()
    }

    /// Writes the name of a row that has but a letter as its heading would be: `C` as `Gate C`.
    pub(super) fn name_in_full(&self, text: &mut String) {
        // What has but a number may stand in full already.
        if text.contains(' ') {
            return;
        }
        let Some((first, rest)) = self.lettered.as_deref().and_then(|kind| kind.split_at_checked(1)) else { return };
        *text = format!("{}{rest} {text}", first.to_uppercase());
    }

    /// The cells that may name a section. No heading is as long as a cell of prose.
    fn cells<'r>(&self, row: &'r Row<'_>) -> Vec<&'r str> {
        let cells = self.names.iter().filter_map(|&index| row.cells.get(index)).map(|cell| &**cell);
        cells.filter(|cell| cell.len() <= 160).collect()
    }

    /// What a row is called.
    pub(in crate::reading) fn title<'r>(&self, row: &'r Row<'_>) -> &'r str {
        row.cells.get(self.title).map_or("", |cell| cell.trim())
    }

    /// Whether a row is called as a section is and goes on, other than with a remark in parentheses.
    pub(super) fn says_more(&self, row: &Row<'_>, title: &str) -> bool {
        let (name, title) = (normalise(without_number(self.title(row))), singular(title));
        let name = singular(cut_parenthesis(&name).0);
        name.strip_prefix(&*title).is_some_and(|rest| rest.starts_with(' '))
    }

    /// Whether a row says of its state that something is left to do.
    pub(super) fn is_left(&self, terms: &Terms<'_>, row: &Row<'_>) -> bool {
        let cell = self.status.and_then(|index| row.cells.get(index));
        cell.and_then(|cell| status::said(terms, cell).known()).is_some_and(State::is_left)
    }
}

/// Whether a column holds nothing but single letters or numbers.
fn are_counted(grid: &Grid<'_>, index: usize) -> bool {
    let is_count = |cell: &str| match cell.trim().as_bytes() {
        [] => true,
        [letter] => letter.is_ascii_alphanumeric(),
        digits => digits.len() == 2 && digits.iter().all(u8::is_ascii_digit),
    };
    grid.column(index).all(is_count) && grid.filled(index).next().is_some()
}

impl<'o> Names<'o> {
    /// The names of a document's sections.
    pub(super) fn of(terms: &'o Terms<'o>, outline: &'o Outline) -> Self {
        let mut names = Self {
            terms,
            outline,
            whole: HashMap::default(),
            bare: HashMap::default(),
            begun: HashMap::default(),
            numbered: HashMap::default(),
            starts: HashSet::default(),
        };
        for (index, part) in (0..).zip(&outline.sections) {
            let phrase = singular(&part.phrase);
            names.whole.entry(hash(&phrase)).or_default().push(index);
            if let Some(bare) = bare(&phrase) {
                names.bare.entry(hash(bare)).or_default().push(index);
            }
            for name in [Some(&*phrase), bare(&phrase)].into_iter().flatten() {
                names.starts.extend(start(name));
                // `Phase 0-5` is no `Phase 0`.
                let is_range = |end: usize| name[..end].ends_with(is_digit) && name[end + 1..].starts_with(is_digit);
                let ranges = has_range(outline.title(index));
                for end in ends(name).filter(|&end| !(ranges && is_range(end))) {
                    names.begun.entry(hash(&name[..end])).or_default().push(index);
                }
            }
            let title = outline.title(index);
            let digits = title.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 {
                names.numbered.entry(&title[..digits]).or_default().push(index);
            }
        }
        names
    }

    /// The first section that a row names, by its title or its number, and that `is_wanted`: one of just that title
    /// rather than others.
    pub(super) fn named(&self, row: &Row<'_>, columns: &NameColumns, is_wanted: impl Fn(u32) -> bool) -> Option<u32> {
        if let Some(index) = columns.lettered_name(row).and_then(|name| self.of_whole_or_begun(&name, &is_wanted)) {
            return Some(index);
        }
        let cells = columns.cells(row);
        if self.of_number(&cells).is_none() && !cells.iter().any(|cell| self.may_begin(without_number(cell))) {
            return None;
        }
        let names: Vec<String> = cells.iter().map(|cell| normalise(without_number(cell))).collect();
        let names: Vec<Cow<'_, str>> = names.iter().filter(|name| name.len() > 1).map(|name| singular(name)).collect();
        let may_name = |name: &str| start(name).is_some_and(|start| self.starts.contains(&start));
        if !names.iter().any(|name| may_name(name) || bare(name).is_some_and(may_name)) {
            return self.numbered(&cells, &names, &is_wanted);
        }
        let first = |sections: Option<&Vec<u32>>| sections?.iter().copied().find(|&index| is_wanted(index));
        let whole = names.iter().filter_map(|name| first(self.whole.get(&hash(name)))).min();
        let bared = || {
            let all = names.iter().flat_map(|name| [Some(&**name), bare(name)]).flatten();
            all.filter_map(|name| first(self.bare.get(&hash(name))).or_else(|| first(self.whole.get(&hash(name)))))
                .min()
        };
        // `Security review has not been made`, beside `Open`, is no sum of the section "Security".
        let is_sum = |rest: &str| rest.split(' ').nth(2).is_none() || !columns.is_left(self.terms, row);
        let parts = || {
            let titled = names.iter().flat_map(|name| {
                let longer = ends(name).filter_map(|end| Some((end, first(self.whole.get(&hash(&name[..end])))?)));
                let longer = longer.filter(|&(end, _)| is_sum(&name[end..])).map(|(_, index)| index);
                let begun = self.begun.get(&hash(name)).filter(|_| name.len() > 3);
                let counted = count(name).and_then(|(count, _)| self.begun.get(&hash(count)));
                let counted = counted.and_then(|same| same.iter().copied().take(SAME_NUMBER).find(|&at| is_wanted(at)));
                first(begun).into_iter().chain(longer).chain(counted)
            });
            titled.chain(self.numbered(&cells, &names, &is_wanted)).min()
        };
        whole.or_else(bared).or_else(parts)
    }

    /// Whether a cell may begin as one of the names does, as far as its first letters tell.
    fn may_begin(&self, cell: &str) -> bool {
        // What stands behind a colon may be the name too.
        let has_colon = || memchr::memchr(b':', cell.as_bytes()).is_some();
        let is_start = || normalised_start(cell).is_none_or(|start| self.starts.contains(&start));
        !self.starts.is_empty() && (has_colon() || is_start())
    }

    /// The sections with the number that a row begins with.
    fn of_number(&self, cells: &[&str]) -> Option<&Vec<u32>> {
        if self.numbered.is_empty() {
            return None;
        }
        let cell = cells.first()?.trim_start_matches(['&', ',', ' ']);
        self.numbered.get(cell.split(['&', ',', ' ']).next()?)
    }

    /// The first section with a title that is, or begins with, all of a name: `Gate A — Function`.
    fn of_whole_or_begun(&self, name: &str, is_wanted: &impl Fn(u32) -> bool) -> Option<u32> {
        let sections = [&self.whole, &self.begun].into_iter().filter_map(|names| names.get(&hash(name))).flatten();
        sections.copied().take(SAME_NUMBER).find(|&index| is_wanted(index))
    }

    /// The section with the number that a row begins with, when the two share a word.
    fn numbered(&self, cells: &[&str], names: &[Cow<'_, str>], is_wanted: &impl Fn(u32) -> bool) -> Option<u32> {
        let shares = |index: u32| {
            let phrase = singular(&self.outline.section(index).phrase);
            let words = names.iter().flat_map(|name| name.split(' ')).filter(|word| word.len() > 3);
            words.take(SHORT).any(|word| phrase.split(' ').take(SHORT).any(|other| other == word))
        };
        let sections = self.of_number(cells)?.iter().copied();
        sections.take(SAME_NUMBER).find(|&index| is_wanted(index) && shares(index))
    }
}

/// Where the beginnings of a name end that may stand for all of it: before a space, colon or comma, behind three bytes.
fn ends(name: &str) -> impl Iterator<Item = usize> {
    name.match_indices([' ', ':', ',']).map(|(at, _)| at).filter(|&at| at > 3).take(SHORT)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a title has two numbers with a dash between them.
fn has_range(title: &str) -> bool {
    let behind = |(at, dash): (usize, &str)| title[at + dash.len()..].trim_start().starts_with(is_digit);
    title
        .match_indices(['-', '–', '—'])
        .any(|(at, dash)| title[..at].trim_end().ends_with(is_digit) && behind((at, dash)))
}

/// The first two bytes of a name.
fn start(name: &str) -> Option<[u8; 2]> {
    name.as_bytes().first_chunk().copied()
}

fn hash(name: &str) -> u64 {
    FxBuildHasher.hash_one(name)
}

/// A phrase with its words in the singular, as far as an `s` tells.
fn singular(phrase: &str) -> Cow<'_, str> {
    if !phrase.contains('s') {
        return Cow::Borrowed(phrase);
    }
    let is_plural = |word: &str| word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    let mut text = String::with_capacity(phrase.len());
    for part in phrase.split_inclusive([' ', ':', ',', '(', ')', '/']) {
        let word = part.trim_end_matches([' ', ':', ',', '(', ')', '/']);
        let kept = if is_plural(word) { &word[..word.len() - 1] } else { word };
        text.push_str(kept);
        text.push_str(&part[word.len()..]);
    }
    Cow::Owned(text)
}

/// A name without a remark in parentheses and what counts it, when there is either: `Phase 2: Build (80 %)`, `Gate 3 - Load`.
fn bare(name: &str) -> Option<&str> {
    let head = cut_parenthesis(name).0;
    let bare = count(head).map_or(head, |(_, rest)| rest);
    (bare.len() > 1 && bare.len() < name.len()).then_some(bare)
}

/// The word and number that count a name, and what stands behind them: `Phase 2`, `Build`.
fn count(name: &str) -> Option<(&str, &str)> {
    let (at, stop) = name
        .char_indices()
        .find(|&(at, c)| matches!(c, ':' | '：') || matches!(c, '–' | '—') || c == '-' && name[..at].ends_with(' '))?;
    let counted = name[..at].trim_end();
    // A letter counts as a number does: `Gate A`.
    let is_letter = || counted.rsplit_once(' ').is_some_and(|(_, last)| last.len() == 1 && last.is_ascii());
    let is_counted = (counted.ends_with(|c: char| c.is_ascii_digit()) || is_letter())
        && counted.contains(char::is_alphabetic)
        && counted.split(' ').count() < 3;
    is_counted.then(|| (counted, name[at + stop.len_utf8()..].trim_start()))
}
