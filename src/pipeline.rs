//! The story, in order: sources are read in parallel, put together into a site, and each page is made from it.

mod history;

pub use history::{AT_ONCE, Fetched, Log, Revision, Version, days_told, history};

use crate::config::Config;
use crate::finding::Finding;
use crate::markdown;
use crate::model::State;
use crate::page::url::Address;
use crate::page::{Addresses, Content, Edition, Page, Plan, Press, Templates};
use crate::reading::{self, Vocabulary};
use crate::site::{self, Setting, Sheet, Site};
use crate::source::{Source, Span};
use crate::theme::Theme;
use rayon::prelude::*;
use std::sync::Arc;

/// Reads every source and puts the checklists together. `findings` are those of earlier stages, such as documents
/// that could not be decoded.
#[must_use]
pub fn site(sources: Vec<Source>, setting: &Setting<'_>, findings: Vec<Finding>) -> Site {
    let reader = Reader::new(setting.config);
    let sheets: Vec<Sheet> = sources.into_par_iter().map(|source| reader.read(source, setting.config)).collect();
    put_together(sheets, setting, findings, &mut Kept::default())
}

/// Makes the built-in vocabulary, which the first reading would wait for.
pub fn warm_up() {
    Vocabulary::warm_up();
}

/// What one site keeps for the next one, so that a preview makes anew only what a save has changed.
#[derive(Debug, Default)]
pub struct Kept {
    site: site::Kept,
    addresses: Option<Arc<Addresses>>,
}

impl Kept {
    /// The plan of the site that was put together last.
    #[must_use]
    pub fn plan(&self, site: &Site, config: &Config, theme: &Theme) -> Plan {
        Plan::with(Addresses::like(self.addresses.as_ref(), site), site, config, theme)
    }
}

/// Puts documents that have been read together. What their addresses say is found too, so that every reader of
/// the site tells it. What `kept` has of a site before is taken over where nothing that it depends on has changed.
#[must_use]
pub fn put_together(sheets: Vec<Sheet>, setting: &Setting<'_>, findings: Vec<Finding>, kept: &mut Kept) -> Site {
    let Kept { site, addresses } = kept;
    site::assemble_again(sheets, setting, findings, site, |site| {
        let given = Addresses::like(addresses.as_ref(), site);
        let findings = given.findings().to_vec();
        *addresses = Some(given);
        findings
    })
}

/// What documents are read with. A preview keeps it for as long as the configuration stays as it is.
#[derive(Debug, Clone)]
pub struct Reader {
    vocabulary: Vocabulary,
}

impl Reader {
    /// The built-in vocabulary with the words of the configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { vocabulary: vocabulary(config) }
    }

    /// Reads one document. `config` is the one that the reader was made for.
    #[must_use]
    pub fn read(&self, source: Source, config: &Config) -> Sheet {
        let front = site::settle(&source, markdown::front_matter(&source), config, &self.vocabulary);
        let checked = reading::read(&source, front, &self.vocabulary);
        Sheet::new(source, checked)
    }
}

/// Why a site was not made.
#[derive(Debug)]
pub enum BuildFault<E> {
    /// Templates are faulty; each fault once.
    Templates(Vec<Finding>),
    /// What receives the files refused one.
    Refused(E),
}

/// Makes every file of an edition, in parallel and in any order, and hands each over as soon as it is made, the longest
/// first. Nothing is held back, so that a site takes no more memory than a few pages. Files beside the documents ([`Page::File`]) are
/// handed over without bytes: only whoever looks at the disk has them.
///
/// # Errors
/// Faults of templates, or the first refusal of `put`. Files may have been handed over before.
pub fn build_pages<T, E>(
    edition: &Edition<'_>,
    templates: &T,
    put: impl Fn(&Address, &Page, Content<'_>) -> Result<(), E> + Sync,
) -> Result<(), BuildFault<E>>
where
    T: Templates,
    E: Send,
{
    let press = Press::new(edition, templates);
    let make = |(address, page): &(&Address, &Page)| {
        let content = press.make(page).map_err(|fault| BuildFault::Templates(vec![*fault]))?;
        put(address, page, content).map_err(BuildFault::Refused)
    };
    let is_long = |(_, page): &(&Address, &Page)| matches!(page, Page::Readiness | Page::ItemsCsv | Page::Search);
    let (long, short): (Vec<_>, Vec<_>) = edition.plan.entries().partition(is_long);
    // Begun last, one of the long ones would be waited for alone.
    let all =
        |entries: &[(&Address, &Page)], most| -> Vec<_> { entries.par_iter().with_max_len(most).map(make).collect() };
    let (long, short) = rayon::join(|| all(&long, 1), || all(&short, 8));
    let results = long.into_iter().chain(short);
    let mut faults: Vec<Finding> = Vec::new();
    for result in results {
        match result {
            Ok(()) => {}
            Err(BuildFault::Refused(error)) => return Err(BuildFault::Refused(error)),
            // A fault in a part that all pages share is met on all of them.
            Err(BuildFault::Templates(found)) => {
                faults.extend(found.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>());
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(BuildFault::Templates(faults)) }
}

/// The text of a document after an item of it is ticked, or not ticked any more: what `sheet` holds, with the mark at
/// `mark` (bytes of [`Source::text`]) written anew. Gives back what the mark becomes. `None` where that would change
/// anything else than the state of this one item, or where it is not known how to write it.
#[must_use]
pub fn ticked(sheet: &Sheet, mark: Span, to: State, reread: impl Fn(Source) -> Sheet) -> Option<String> {
    let Sheet { source, checklist, .. } = sheet;
    let at = checklist.items.iter().position(|item| item.mark == Some(mark) && !item.group)?;
    let item = &checklist.items[at];
    let told = |sheet: &Sheet, mark: Span| {
        let spans = sheet.findings.iter().filter_map(|finding| finding.span);
        spans.filter(|span| span.start < mark.end && mark.start < span.end).count()
    };
    reading::ticked(source, checklist, item, to).into_iter().find(|written| {
        let text = source.text();
        let text = format!("{}{written}{}", &text[..mark.range().start], &text[mark.range().end..]);
        let sheet_after = reread(Source::from_text(source.path.clone(), &text));
        let new_mark = Span::new(mark.range().start..mark.range().start + written.len());
        let after = &sheet_after.checklist;
        let mut pairs = checklist.items.iter().zip(&after.items).enumerate();
        // A mark of other items may be one that nobody knows, or that says two things.
        told(&sheet_after, new_mark) <= told(sheet, mark)
            && after.items.len() == checklist.items.len()
            && pairs.all(|(index, (old, new))| {
                let state = if index == at { to } else { old.state };
                (new.state == state || old.group) && new.text == old.text && new.anchor == old.anchor
            })
    })
}

/// The built-in vocabulary with the words of the configuration.
fn vocabulary(config: &Config) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for (level, words) in &config.words.levels {
        words.iter().for_each(|word| vocabulary.add_level(word, *level));
    }
    for (state, words) in &config.words.states {
        words.iter().for_each(|word| vocabulary.add_state(word, *state));
    }
    vocabulary
}
