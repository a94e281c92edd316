//! How much of a thing is taken that goes on in other places: in every item below it, and on every page that lists those.
//! Without a limit, one line of a document could fill a disk.

use super::Reader;
use super::draft::Draft;
use crate::finding::{Checked, Code, Finding};
use crate::model::FrontMatter;
use crate::source::{Source, Span};

/// Owners of an item, and tags of a document. Whoever shares it with more people shares it with nobody.
pub(super) const MOST: usize = 32;

/// Characters of an owner's name, and of a priority as written.
pub(crate) const NAME: usize = 120;

/// Characters of a title: longer ones are paragraphs.
pub(crate) const TITLE: usize = 300;

/// Cuts a text to so many characters, with an ellipsis as the last.
pub(crate) fn cut(text: &mut String, most: usize) {
    if let Some(end) = end(text, most) {
        text.truncate(end);
        text.push('…');
    }
}

/// Where a text that has more than so many characters is cut.
fn end(text: &str, most: usize) -> Option<usize> {
    if text.len() <= most {
        return None;
    }
    let (end, _) = text.char_indices().nth(most - 1)?;
    text[end..].chars().nth(1).map(|_| end)
}

/// Cuts a list of owners or tags, and each name. Gives back whether there were too many.
#[must_use]
pub(super) fn few(names: &mut Vec<String>) -> bool {
    let many = names.len() > MOST;
    names.truncate(MOST);
    names.iter_mut().for_each(|name| cut(name, NAME));
    many
}

/// Front matter of which no more is taken than a document can pass on.
pub(super) fn front(source: &Source, mut front: Checked<FrontMatter>) -> Checked<FrontMatter> {
    let value = &mut front.value;
    let cuts = [("owners", few(&mut value.owners)), ("tags", few(&mut value.tags))];
    value.title.iter_mut().for_each(|title| cut(title, TITLE));
    value.priority.iter_mut().for_each(|priority| cut(priority, NAME));
    let place = value.span.unwrap_or_default();
    let surplus = cuts.into_iter().filter(|(_, many)| *many).map(|(what, _)| surplus(source, place, what));
    front.findings.extend(surplus);
    front
}

fn surplus(source: &Source, place: Span, what: &str) -> Finding {
    let message = format!("more than {MOST} {what} are named here; the first {MOST} are taken");
    let help = "name a team instead, and list its people in readybook.toml";
    let finding = Finding::new(Code::SurplusNames, source.path.clone(), Some(place), message);
    if what == "owners" { finding.help(help) } else { finding }
}

impl Reader<'_> {
    /// Cuts what items say themselves, before others inherit it.
    pub(super) fn limit(&mut self, drafts: &mut [Draft]) {
        for Draft { item, .. } in drafts {
            if let Some((text, end)) = item.level_text.as_ref().and_then(|text| Some((text, end(text, NAME)?))) {
                item.level_text = Some(format!("{}…", &text[..end]).into());
            }
            if few(&mut item.owners) {
                self.findings.push(surplus(self.source, item.owner_cell.unwrap_or(item.span), "owners"));
            }
        }
    }

    /// Cuts the owners that a line at this offset names for all items behind it.
    pub(super) fn limit_line(&mut self, owners: &mut Vec<String>, start: u32) {
        if few(owners) {
            self.findings.push(surplus(self.source, Span { start, end: start }, "owners"));
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn texts_are_cut_to_so_many_characters() {
        let cut = |text: &str| {
            let mut text = text.to_owned();
            super::cut(&mut text, 4);
            text
        };
        assert_eq!(
            ["", "abcd", "éééé", "abcde", "ééééé", "🚀🚀🚀🚀🚀🚀"].map(cut),
            ["", "abcd", "éééé", "abc…", "ééé…", "🚀🚀🚀…"]
        );
    }
}
