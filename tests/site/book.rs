//! Books made of values, without reading any text: documents with sections, items, links, front matter and sign-offs.
//! The text of a document has a line for each item, so that spans are real.

use readybook::config::Config;
use readybook::finding::{Checked, Finding};
use readybook::model::{
    Checklist, FrontMatter, Heading, Item, ItemKind, Level, Link, LinkKind, Section, SignOff, State, Tally,
};
use readybook::site::{Drafts, Files, Setting, Site, assemble};
use readybook::source::{RelPath, Source, Span};

/// The day for which the tests judge.
pub(crate) const TODAY: jiff::civil::Date = jiff::civil::Date::constant(2026, 6, 15);

/// An item to be.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: ItemKind,
    pub(crate) text: String,
    pub(crate) state: State,
    pub(crate) state_text: &'static str,
    /// Index of the item that it is below.
    pub(crate) parent: Option<usize>,
    pub(crate) section: Option<usize>,
    pub(crate) level: Option<u8>,
    pub(crate) owners: Vec<&'static str>,
    pub(crate) reference: Option<&'static str>,
    pub(crate) due: Option<jiff::civil::Date>,
    pub(crate) evidence: bool,
    /// Targets of its links, each labelled with the item's text.
    pub(crate) links: Vec<&'static str>,
}

/// A document to be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub(crate) path: &'static str,
    pub(crate) front: FrontMatter,
    /// The section around each section.
    pub(crate) sections: Vec<Option<usize>>,
    pub(crate) items: Vec<Draft>,
    /// Who signed each sign-off.
    pub(crate) signoffs: Vec<Option<&'static str>>,
    /// Links outside items.
    pub(crate) links: Vec<&'static str>,
}

/// A plain open task.
pub(crate) fn task(text: &str) -> Draft {
    Draft {
        kind: ItemKind::Task,
        text: text.to_owned(),
        state: State::Open,
        state_text: "[ ]",
        parent: None,
        section: None,
        level: None,
        owners: Vec::new(),
        reference: None,
        due: None,
        evidence: false,
        links: Vec::new(),
    }
}

impl Page {
    /// The document as reading would give it.
    pub(crate) fn read(&self) -> (Source, Checked<Checklist>) {
        let mut text = String::new();
        let mut checklist = Checklist { front: self.front.clone(), state_tracked: true, ..Checklist::default() };
        for (at, parent) in self.sections.iter().enumerate() {
            let span = line(&mut text, &format!("## Part {at}"));
            let heading = Heading { level: 2, title: format!("Part {at}"), anchor: format!("part-{at}"), span };
            checklist.headings.push(heading);
            let parent = parent.map(index);
            checklist.sections.push(Section { heading: index(at), parent, tally: Tally::default() });
        }
        for (at, draft) in self.items.iter().enumerate() {
            let item = self.item(at, draft, &mut text, &mut checklist.links);
            count(&mut checklist, &item);
            checklist.items.push(item);
        }
        for target in &self.links {
            let span = line(&mut text, &format!("[see]({target})"));
            checklist.links.push(link(target, span, None));
        }
        for name in &self.signoffs {
            let span = line(&mut text, &format!("Approved by: {}", name.unwrap_or("____")));
            let name = name.map(str::to_owned);
            checklist.signoffs.push(SignOff { role: "Lead".into(), name, date: None, span });
        }
        let path = RelPath::new(self.path).unwrap();
        (Source::from_text(path, &text), Checked { value: checklist, findings: Vec::new() })
    }

    fn item(&self, at: usize, draft: &Draft, text: &mut String, links: &mut Vec<Link>) -> Item {
        let start = text.len();
        let marked = format!("- {} {}", draft.state_text, draft.text);
        let mut span = line(text, &marked);
        for target in &draft.links {
            let before = text.len();
            line(text, &format!("[{}]({target})", draft.text));
            links.push(link(target, Span::new(before..text.len() - 1), Some(index(at))));
            span = Span::new(start..text.len() - 1);
        }
        let mark = (!draft.state_text.is_empty()).then(|| Span::new(start + 2..start + 2 + draft.state_text.len()));
        Item {
            kind: draft.kind,
            span,
            mark,
            text: draft.text.clone(),
            parent: draft.parent.map(index),
            group: self.items.iter().any(|other| other.parent == Some(at)),
            section: draft.section.map(index),
            anchor: draft.reference.map_or(format!("item-{at}"), |id| format!("{id}-{at}")),
            state: draft.state,
            state_text: draft.state_text.into(),
            level: draft.level.map(Level),
            level_text: draft.level.map(|level| format!("P{level}").into()),
            owners: draft.owners.iter().map(|&owner| owner.to_owned()).collect(),
            owner_cell: None,
            reference: draft.reference.map(str::to_owned),
            due: draft.due,
            links: draft.links.iter().map(|&link| link.to_owned()).collect(),
            evidence: if draft.evidence { vec!["report.pdf".to_owned()] } else { Vec::new() },
            note: String::new(),
        }
    }
}

fn count(checklist: &mut Checklist, item: &Item) {
    if item.group {
        return;
    }
    checklist.tally += Tally::one(item.state);
    let mut section = item.section;
    while let Some(at) = section {
        let section_of = &mut checklist.sections[at as usize];
        section_of.tally += Tally::one(item.state);
        section = section_of.parent;
    }
}

fn line(text: &mut String, line: &str) -> Span {
    let start = text.len();
    text.push_str(line);
    text.push('\n');
    Span::new(start..text.len() - 1)
}

fn link(target: &str, span: Span, item: Option<u32>) -> Link {
    Link { kind: LinkKind::Link, target: target.to_owned(), has_text: true, span, item }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap()
}

/// The site of some documents.
pub(crate) fn site(pages: &[Page], config: &Config, files: &Files, findings: Vec<Finding>) -> Site {
    let setting = Setting { config, files, today: TODAY, drafts: Drafts::Hidden };
    assemble(pages.iter().map(Page::read).collect(), &setting, findings)
}
