//! Headings that begin or end with a box: `### [x] Copy the data`, `### ☐ Copy the data`, `### Copy the data [ ]`.

use super::Status;
use crate::finding::Code;
use crate::markdown::NodeId;
use crate::model::State;
use crate::reading::phrase::normalise;
use crate::reading::{Reader, status, tasks};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

/// What all headings with boxes say together.
#[derive(Default)]
pub(super) struct Boxed {
    /// The levels on which a heading begins with `[ ]`, `[x]` or an empty drawn box, or ends with `[ ]`, once that was asked for.
    levels: OnceCell<HashSet<u8>>,
}

/// The box that a title begins or ends with.
struct Mark<'t> {
    /// As written.
    word: String,
    state: State,
    /// The text beside it.
    text: &'t str,
    /// Whether it is one whatever stands beside it.
    is_plain: bool,
}

impl Boxed {
    /// The state of the box before a title. `### [!] Breaking change` and `### ☑ Steps` may be news and ornament: they
    /// are boxes beside others that are.
    pub(super) fn status(&self, reader: &Reader<'_>, index: u32) -> Option<Status> {
        let mark = mark(reader, reader.outline.title(index))?;
        let is_beside = || self.levels(reader).contains(&level(reader, index));
        let Mark { word, state, text, .. } = Some(mark).filter(|mark| mark.is_plain || is_beside())?;
        Some(Status { text: text.to_owned(), word, state })
    }

    fn levels(&self, reader: &Reader<'_>) -> &HashSet<u8> {
        let is_plain = |&index: &u32| mark(reader, reader.outline.title(index)).is_some_and(|mark| mark.is_plain);
        let all = || (0..).take(reader.outline.sections.len());
        self.levels.get_or_init(|| all().filter(is_plain).map(|index| level(reader, index)).collect())
    }

    /// Tells of the first heading with such a mark that says that something is left, and that was not read.
    pub(super) fn tell(&self, reader: &mut Reader<'_>, headings: &[(NodeId, u32)]) {
        let is_left = |index: u32| {
            let mark = mark(reader, reader.outline.title(index)).filter(|mark| !mark.is_plain);
            mark.is_some_and(|mark| mark.state.is_left())
                && !self.levels(reader).contains(&level(reader, index))
                && reader.section_items(index) == 0
        };
        let found = headings.iter().find(|&&(_, index)| is_left(index)).map(|&(node, _)| node);
        let is_log = || reader.calls_itself(|name| reader.terms.words.is_log(name));
        let Some(node) = found.filter(|_| !reader.drafts.is_empty() && !is_log()) else { return };
        let message =
            "this heading begins with a mark that may be no box, and none beside it has one, so it is no item";
        let help = "use [ ] or [x], or end it with its state: `: open`";
        reader.warn(Code::AmbiguousGlyphs, reader.tree.node(node).span, message, help);
    }
}

/// Tells of headings whose box says otherwise than the items below them, which are what counts.
pub(in crate::reading) fn compare(reader: &mut Reader<'_>) {
    let mut found = Vec::new();
    for (index, section) in (0..).zip(&reader.list.sections) {
        let title = reader.outline.title(index);
        // Nearly all titles begin with a letter.
        let mark = if title.starts_with('[') { status::boxed(title) } else { None };
        let Some(mark) = mark.map(|(mark, _)| mark).filter(|_| section.tally.scope() > 0) else { continue };
        let (left, scope) = (section.tally.left(), section.tally.scope());
        let message = match mark {
            'x' | 'X' if left > 0 => {
                format!("this heading is ticked, and {left} of {scope} items below it are not done")
            }
            ' ' if left == 0 => format!("this heading is not ticked, and all of the {scope} items below it are done"),
            _ => continue,
        };
        found.push((reader.outline.headings[reader.outline.section(index).heading as usize].span, message));
    }
    for (span, message) in found {
        reader.find(Code::GroupDisagrees, span, &message, "only the items below it count; make its box agree");
    }
}

fn level(reader: &Reader<'_>, index: u32) -> u8 {
    reader.outline.headings[reader.outline.section(index).heading as usize].level
}

/// The box at the end of a title. A tick alone may as well be a name in brackets: `The vector [x]`.
fn mark_at_end(title: &str) -> Option<Mark<'_>> {
    let (word, mark) = status::TYPED.into_iter().zip([' ', 'x', 'x']).find(|(word, _)| title.ends_with(word))?;
    let text = title.strip_suffix(word)?.strip_suffix(' ')?.trim_end_matches([' ', ':', '-', '–', '—']);
    let state = if mark == 'x' { State::Done } else { State::Open };
    text.contains(char::is_alphanumeric).then(|| Mark { word: word.to_owned(), state, text, is_plain: mark == ' ' })
}

fn mark<'r>(reader: &'r Reader<'_>, title: &'r str) -> Option<Mark<'r>> {
    if title.ends_with(']')
        && let Some(mark) = mark_at_end(title)
    {
        return Some(mark);
    }
    let first = title.chars().next().filter(|first| !first.is_ascii_alphanumeric())?;
    if first != '[' && !reader.terms.words.boxes.is_one(first) {
        return None;
    }
    let (state, text) = status::box_at(reader.terms, title)?;
    let text = text.trim();
    let written = status::boxed(title).map(|(mark, _)| mark);
    let is_plain = match written {
        Some(mark) => matches!(mark, ' ' | 'x' | 'X'),
        None => reader.terms.words.boxes.is_empty(first),
    };
    let word = written.map_or_else(|| first.to_string(), |mark| format!("[{mark}]"));
    // `### ☐ Go`, `### ☐ No-go`
    let is_choice = written.is_none() && tasks::is_radio_word(reader.terms, &normalise(text));
    (text.contains(char::is_alphanumeric) && !is_choice).then_some(Mark { word, state, text, is_plain })
}
