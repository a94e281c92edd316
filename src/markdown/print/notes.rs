//! Footnotes: printed at the end, numbered by their first mention.

use super::Printer;
use super::hooks::Hooks;
use crate::markdown::html::Writer;
use std::collections::HashMap;

/// The footnotes of a document.
#[derive(Default)]
pub(super) struct Notes {
    /// Index into `notes` by label.
    by_label: HashMap<String, usize>,
    notes: Vec<Note>,
    /// Definitions that are open: their note, and where on the sheet they begin.
    open: Vec<(usize, usize)>,
}

/// One footnote.
#[derive(Default)]
struct Note {
    markup: Option<String>,
    mentions: u32,
}

impl Notes {
    fn note(&mut self, label: &str) -> usize {
        // GitHub compares labels without regard to case.
        let key = label.to_lowercase();
        *self.by_label.entry(key).or_insert_with(|| {
            self.notes.push(Note::default());
            self.notes.len() - 1
        })
    }
}

impl<H: Hooks> Printer<'_, H> {
    pub(super) fn mention_note(&mut self, label: &str) {
        let index = self.notes.note(label);
        let note = &mut self.notes.notes[index];
        note.mentions += 1;
        let mention = note.mentions;
        self.sheet.own(|out| {
            out.raw("<sup class=\"fn\" id=\"rb-ref-");
            mention_id(index, mention, out);
            out.raw("\"><a href=\"#rb-note-").number(number(index)).raw("\" aria-label=\"Footnote ");
            out.number(number(index)).raw("\">").number(number(index)).raw("</a></sup>");
        });
    }

    pub(super) fn start_note(&mut self, label: &str) {
        self.close_line();
        let index = self.notes.note(label);
        self.notes.open.push((index, self.sheet.out.len()));
    }

    pub(super) fn end_note(&mut self) {
        let Some((index, from)) = self.notes.open.pop() else { return };
        self.notes.notes[index].markup = Some(self.sheet.split_off(from));
    }

    /// Prints all notes, also those that nobody mentions: they are text of the author.
    pub(super) fn print_notes(&mut self) {
        let notes = std::mem::take(&mut self.notes.notes);
        if notes.iter().all(|note| note.markup.is_none()) {
            return;
        }
        self.sheet.tag("section", |out| {
            out.raw(" class=\"footnotes\" aria-label=\"Footnotes\"");
        });
        self.sheet.out.raw("<ol>\n");
        for (index, note) in notes.iter().enumerate() {
            self.sheet.tag("li", |out| {
                out.raw(" id=\"rb-note-").number(number(index)).raw("\"");
            });
            self.sheet.out.trusted(note.markup.as_deref().unwrap_or_default());
            self.sheet.own(|out| write_ways_back(index, note.mentions, out));
            self.sheet.out.raw("</li>\n");
        }
        self.sheet.out.raw("</ol></section>\n");
    }
}

fn write_ways_back(index: usize, mentions: u32, out: &mut Writer) {
    for mention in 1..=mentions {
        out.raw("<a class=\"fn-back\" href=\"#rb-ref-");
        mention_id(index, mention, out);
        out.raw("\" aria-label=\"Back to mention ").number(mention).raw(" of footnote ");
        out.number(number(index)).raw("\">↩</a>");
    }
}

/// `1` for the first mention of note 1, `1-2` for the second.
fn mention_id(index: usize, mention: u32, out: &mut Writer) {
    out.number(number(index));
    if mention > 1 {
        out.raw("-").number(mention);
    }
}

/// Number of a note for people, from 1.
fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
