//! Which headings the rows of a table name: the sections that a summary row may sum up.

use super::columns::Row;
use crate::reading::outline::Outline;
use crate::reading::phrase::{normalise, without_number};
use rustc_hash::FxHashMap as HashMap;

/// Words of a title after which a shorter name of it may end.
const SHORT: usize = 24;
/// Headings of one number that are looked at: more are no numbering.
const SAME_NUMBER: usize = 32;

/// The sections of a document by their names.
pub(in crate::reading) struct Names<'o> {
    outline: &'o Outline,
    /// Sections by their whole title.
    whole: HashMap<&'o str, Vec<u32>>,
    /// Sections by what their title begins with, up to a space, colon or comma.
    begun: HashMap<&'o str, Vec<u32>>,
    /// Sections by the number that their title begins with.
    numbered: HashMap<&'o str, Vec<u32>>,
}

impl<'o> Names<'o> {
    /// The names of a document's sections.
    pub(super) fn of(outline: &'o Outline) -> Self {
        let mut names =
            Self { outline, whole: HashMap::default(), begun: HashMap::default(), numbered: HashMap::default() };
        for (index, part) in (0..).zip(&outline.sections) {
            let phrase = part.phrase.as_str();
            names.whole.entry(phrase).or_default().push(index);
            for end in ends(phrase) {
                names.begun.entry(&phrase[..end]).or_default().push(index);
            }
            let title = outline.title(index);
            let digits = title.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 {
                names.numbered.entry(&title[..digits]).or_default().push(index);
            }
        }
        names
    }

    /// The first section that a row names, by its title or its number, and that `is_wanted`.
    pub(super) fn named(&self, row: &Row<'_>, is_wanted: impl Fn(u32) -> bool) -> Option<u32> {
        // No heading is as long as a cell of prose.
        let cells = row.cells.iter().take(2).filter(|cell| cell.len() <= 160);
        let cells = cells.map(|cell| normalise(without_number(cell)));
        let names: Vec<String> = cells.filter(|name| name.len() > 1).collect();
        let first = |sections: Option<&Vec<u32>>| sections?.iter().copied().find(|&index| is_wanted(index));
        let titled = names.iter().flat_map(|name| {
            let longer = ends(name).filter_map(|end| first(self.whole.get(&name[..end])));
            let begun = self.begun.get(name.as_str()).filter(|_| name.len() > 3);
            [first(self.whole.get(name.as_str())), first(begun)].into_iter().flatten().chain(longer)
        });
        titled.chain(self.numbered(row, &names, &is_wanted)).min()
    }

    /// The section with the number that a row begins with, when the two share a word.
    fn numbered(&self, row: &Row<'_>, names: &[String], is_wanted: &impl Fn(u32) -> bool) -> Option<u32> {
        let cell = row.cells.first()?.trim_start_matches(['&', ',', ' ']);
        let number = cell.split(['&', ',', ' ']).next()?;
        let shares = |index: u32| {
            let phrase = &self.outline.section(index).phrase;
            let words = names.iter().flat_map(|name| name.split(' ')).filter(|word| word.len() > 3);
            words.take(SHORT).any(|word| phrase.split(' ').take(SHORT).any(|other| other == word))
        };
        let sections = self.numbered.get(number)?.iter().copied();
        sections.take(SAME_NUMBER).find(|&index| is_wanted(index) && shares(index))
    }
}

/// Where the beginnings of a name end that may stand for all of it: before a space, colon or comma, behind three bytes.
fn ends(name: &str) -> impl Iterator<Item = usize> {
    name.match_indices([' ', ':', ',']).map(|(at, _)| at).filter(|&at| at > 3).take(SHORT)
}
