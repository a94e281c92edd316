//! Which headings the rows of a table name: the sections that a summary row may sum up.

use super::columns::Row;
use super::name_columns::{NameColumns, link};
use super::subject::is_code;
use crate::markdown::Tree;
use crate::reading::legend::Terms;
use crate::reading::outline::{Outline, Part};
use crate::reading::phrase::{cut_parenthesis, normalise, normalised_start, without_number};
use rustc_hash::{FxBuildHasher, FxHashMap as HashMap, FxHashSet as HashSet};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::hash::BuildHasher;

/// The most words of a name that are looked at.
const SHORT: usize = 24;

/// The most headings of one number that are looked at: more are no numbering.
const SAME_NUMBER: usize = 32;

/// The sections of a document by their names, in which words count as one in singular and plural. Names are told apart
/// by their hashes: should two share one, a row may be compared with a section that it does not name.
pub(in crate::reading) struct Names<'o> {
    terms: &'o Terms<'o>,
    tree: &'o Tree<'o>,
    outline: &'o Outline,
    /// Sections by their whole title.
    whole: HashMap<u64, Vec<u32>>,
    /// Sections by their title without a remark in parentheses, or without what counts it: `Phase 2: Build (80 %)`.
    bare: HashMap<u64, Vec<u32>>,
    /// Sections by what their title begins with, up to a space, colon or comma.
    begun: HashMap<u64, Vec<u32>>,
    /// Sections by the number that their title begins with.
    numbered: HashMap<&'o str, Vec<u32>>,
    /// Sections by the short code that their title begins with: `G1: Load`.
    coded: HashMap<&'o str, Vec<u32>>,
    /// Sections by their anchors, once a row linked to one.
    anchored: OnceCell<HashMap<&'o str, u32>>,
    /// The first two bytes of each name above: most rows begin like none.
    starts: HashSet<[u8; 2]>,
}

impl<'o> Names<'o> {
    /// The names of a document's sections.
    pub(super) fn of(terms: &'o Terms<'o>, tree: &'o Tree<'o>, outline: &'o Outline) -> Self {
        let mut names = Self {
            terms,
            tree,
            outline,
            whole: HashMap::default(),
            bare: HashMap::default(),
            begun: HashMap::default(),
            numbered: HashMap::default(),
            coded: HashMap::default(),
            anchored: OnceCell::new(),
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
            if let Some(code) = code_at(title) {
                names.coded.entry(code).or_default().push(index);
            }
            let digits = title.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 {
                names.numbered.entry(&title[..digits]).or_default().push(index);
            }
        }
        names
    }

    /// The first section that a row links to or names, by its title, its number or its code, and that `is_wanted`: one of
    /// just that title rather than others.
    pub(super) fn named(&self, row: &Row<'_>, columns: &NameColumns, is_wanted: impl Fn(u32) -> bool) -> Option<u32> {
        let linked = self.linked(row, columns).filter(|&index| is_wanted(index));
        let coded = || self.coded(row, columns, &is_wanted);
        let lettered = || self.of_whole_or_begun(&columns.lettered_name(row)?, &is_wanted);
        if let Some(index) = linked.or_else(coded).or_else(lettered) {
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

    /// The section that the whole of a cell links to by its name or one word: `[Load](#load-tests)`. More words are a task,
    /// and so are rows of which several link to one.
    fn linked(&self, row: &Row<'_>, columns: &NameColumns) -> Option<u32> {
        if columns.are_ranked {
            return None;
        }
        let (text, anchor) = link(self.tree, row, &columns.names)?;
        if columns.shared.iter().any(|shared| shared == anchor) {
            return None;
        }
        let anchors = || {
            let heading = |part: &Part| self.outline.headings[part.heading as usize].anchor.as_str();
            (0..).zip(&self.outline.sections).map(|(index, part)| (heading(part), index)).collect()
        };
        let section = self.anchored.get_or_init(anchors).get(anchor).copied()?;
        let name = normalise(text);
        let is_name = !name.contains(' ') || self.outline.section(section).phrase.contains(&name);
        is_name.then_some(section)
    }

    /// The section with the code that is all of a cell.
    fn coded(&self, row: &Row<'_>, columns: &NameColumns, is_wanted: &impl Fn(u32) -> bool) -> Option<u32> {
        let sections = self.coded.get(row.cell(columns.coded?))?;
        sections.iter().copied().take(SAME_NUMBER).find(|&index| is_wanted(index))
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

/// The letters and number that a title begins with, when they are all of its first word: `G1: Load`, `M2 - Beta`.
fn code_at(title: &str) -> Option<&str> {
    let code = title.split([' ', ':', '.', '-', '–', '—', '(']).next()?;
    (code.starts_with(|c: char| c.is_ascii_uppercase()) && is_code(code)).then_some(code)
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
pub(super) fn singular(phrase: &str) -> Cow<'_, str> {
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
        .find(|&(at, c)| matches!(c, ':' | '：' | '–' | '—') || c == '-' && name[..at].ends_with(' '))?;
    let counted = name[..at].trim_end();
    // A letter counts as a number does: `Gate A`.
    let is_letter = || counted.rsplit_once(' ').is_some_and(|(_, last)| last.len() == 1 && last.is_ascii());
    let is_counted = (counted.ends_with(|c: char| c.is_ascii_digit()) || is_letter())
        && counted.contains(char::is_alphabetic)
        && counted.split(' ').count() < 3;
    is_counted.then(|| (counted, name[at + stop.len_utf8()..].trim_start()))
}
