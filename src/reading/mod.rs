//! A parsed document to a checklist: one file a dialect (tasks, bullets, tables, headings, pages), vocabularies as
//! data, and what items inherit from headings and groups. `reading.md` of the design says what counts.

mod anchors;
mod bullets;
mod claims;
mod cover;
mod date;
mod draft;
mod empty;
mod evidence;
mod facts;
mod finish;
mod guard;
mod headings;
mod held;
mod inherit;
mod legend;
mod limits;
mod lines;
mod metadata;
mod nearest;
mod outline;
mod owner;
mod page_item;
mod phrase;
mod priority;
mod reference;
mod reservation;
mod restate;
mod rollups;
mod signoffs;
mod signs;
mod status;
mod suffix;
mod tables;
mod tasks;
mod text;
mod ticked;
mod unread;
mod vocabulary;

pub use claims::disagreement;
pub(crate) use limits::{NAME, TITLE, cut};
pub use rollups::disagreement as rollup_disagreement;
pub use ticked::ticked;
pub use vocabulary::Vocabulary;

use crate::finding::{Checked, Code, Finding, Severity};
use crate::markdown::{self, Block, Node, NodeId, Tree};
use crate::model::{Checklist, FrontMatter, Link, LinkKind, Rollup};
use crate::source::{Source, Span};
use cover::Cover;
use draft::Draft;
use guard::{guarded, too_deep, unread};
use held::Held;
use legend::Terms;
use nearest::Nearest;
use outline::{Outline, Place};
use rustc_hash::FxHashSet as HashSet;
use std::cell::OnceCell;

/// Reads one document. `front` is its front matter, with the defaults of its folder.
#[must_use]
pub fn read(source: &Source, front: Checked<FrontMatter>, vocabulary: &Vocabulary) -> Checked<Checklist> {
    guarded(source, limits::front(source, front), |front, body| {
        if let Some(line) = markdown::too_deep(source.text(), body as usize) {
            return (unread(front, body), vec![too_deep(source, line)]);
        }
        let tree = markdown::parse(source.text(), body as usize);
        let outline = Outline::of(&tree, vocabulary);
        let terms = Terms::of(vocabulary, &tree, &outline);
        let mut reader = Reader::new(source, &tree, &outline, &terms);
        reader.list.front = front.clone();
        reader.list.front.owners = front.owners.iter().flat_map(|names| owner::value(&terms, names)).collect();
        reader.list.body = body;
        reader.read();
        let Reader { mut list, mut findings, .. } = reader;
        list.headings = outline.into_headings();
        findings.extend(text::left_open(source, &tree));
        (list, findings)
    })
}

/// A reading under way.
struct Reader<'a> {
    source: &'a Source,
    tree: &'a Tree<'a>,
    outline: &'a Outline,
    terms: &'a Terms<'a>,
    list: Checklist,
    findings: Vec<Finding>,
    /// What is told of plain lists, unless the headings above them are.
    held: Vec<Held>,
    drafts: Vec<Draft>,
    /// How many of the drafts, from the first, are tasks of lists: they are found first, and in document order.
    tasks: usize,
    /// Items found so far below each section's heading, subsections included.
    counts: Vec<u32>,
    /// Whether a list led by glyphs was read as items: then a list of one is one too.
    glyph_style: bool,
    /// Whether boxes ask for a decision, `GO` or `NO-GO`: what such a document says is left stands in its way.
    asks_decision: bool,
    /// Lists that tell no state by themselves, until it is known how the document tells states.
    waiting: Vec<Place>,
    state_tracked: bool,
    /// Whether rows without a place for a state were read.
    stateless: bool,
    /// The lists of status bullets that were read as items.
    bullet_lists: Vec<Span>,
    /// The lists that tell the status of a bold label, in order.
    labelled: Vec<NodeId>,
    pending: Vec<claims::Pending>,
    rollups: Vec<(Rollup, Option<u32>)>,
    /// The sections whose headings say that all below them is done, and where.
    claimed: Vec<(u32, Span)>,
    /// The lists and items that were read as sign-offs.
    signed: Vec<Span>,
    /// Whether the page says that the best of its colours means done, once a table asks.
    explains_best: OnceCell<bool>,
    /// What is left in each section while tables are read, once a summary asks.
    left: tables::Left,
    nearest: Nearest<'a>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source, tree: &'a Tree<'a>, outline: &'a Outline, terms: &'a Terms<'a>) -> Self {
        Self {
            source,
            tree,
            outline,
            terms,
            list: Checklist::default(),
            findings: Vec::new(),
            held: Vec::new(),
            drafts: Vec::with_capacity(tree.len() / 12),
            tasks: 0,
            counts: vec![0; outline.sections.len()],
            glyph_style: false,
            asks_decision: false,
            waiting: Vec::new(),
            state_tracked: false,
            stateless: false,
            bullet_lists: Vec::new(),
            labelled: Vec::new(),
            pending: Vec::new(),
            rollups: Vec::new(),
            claimed: Vec::new(),
            signed: Vec::new(),
            explains_best: OnceCell::new(),
            left: tables::Left::default(),
            nearest: Nearest::default(),
        }
    }

    /// The dialects, in an order in which each can rely on what was found before: tables ask which headings hold
    /// tasks, headings are items only where nothing else below them is.
    fn read(&mut self) {
        let outline = self.outline;
        if self.list.front.checklist != Some(false) {
            let mut lists = self.places(&outline.places, |block| matches!(block, Block::List { .. }));
            for &place in &lists {
                tasks::read(self, place);
            }
            self.tasks = self.drafts.len();
            tasks::name_unnamed(self);
            bullets::read_labelled(self, &mut lists);
            for &place in &lists {
                self.read_list(place);
            }
            let inner = self.outside_items(&outline.nested);
            for place in self.places(&inner, |block| matches!(block, Block::List { .. })) {
                self.read_inner_list(place);
            }
            let mut tables = self.places(&outline.places, |block| block == Block::Table);
            let inner = self.places(&inner, |block| block == Block::Table);
            tables.extend(headings::without_details(self, inner));
            tables.sort_unstable_by_key(|place| place.node);
            tables::read(self, &tables);
            bullets::read_waiting(self);
            self.take_back_restated();
            headings::read(self);
            bullets::take_back_summing(self);
            page_item::read(self);
            // Lists that only matter beside items had none to stand beside until the headings were read.
            if !(self.waiting.is_empty() || self.drafts.is_empty()) {
                let late = std::mem::take(&mut self.waiting);
                self.waiting = self.outside_items(&late);
                bullets::read_waiting(self);
                self.release(&HashSet::default());
            }
            tables::tell_unread(self, &tables);
        }
        self.prose();
        tasks::tell_loose(self);
        empty::tell(self);
        empty::tell_facts(self);
        self.links();
        self.finish();
    }

    fn places(&self, places: &[Place], is_wanted: impl Fn(Block) -> bool) -> Vec<Place> {
        places.iter().copied().filter(|place| is_wanted(self.tree.node(place.node).block)).collect()
    }

    /// The places that do not lie in an item found so far: what lies in one is its detail or evidence.
    fn outside_items(&self, places: &[Place]) -> Vec<Place> {
        if places.is_empty() {
            return Vec::new();
        }
        let cover = Cover::of(&self.drafts);
        places.iter().copied().filter(|place| !cover.holds(self.tree.node(place.node).span.start)).collect()
    }

    /// A list without tasks: sign-offs below a label, facts about a heading, or bullets with a status.
    fn read_list(&mut self, place: Place) {
        if self.has_tasks(place) {
            bullets::read_around(self, place);
        } else if !signoffs::read_list(self, place) {
            bullets::read(self, place);
        }
    }

    /// A list below a plain bullet: only one that is led by glyphs is more than detail.
    fn read_inner_list(&mut self, place: Place) {
        if self.has_tasks(place) {
            bullets::read_around(self, place);
        } else if !signoffs::read_inner_list(self, place) {
            bullets::read_led(self, place);
        }
    }

    fn has_tasks(&self, place: Place) -> bool {
        let span = self.tree.node(place.node).span;
        // What other dialects have found stands behind the tasks, and so is not in order with them.
        let tasks = &self.drafts[..self.tasks];
        let first = tasks.partition_point(|draft| draft.item.span.start < span.start);
        tasks.get(first).is_some_and(|draft| span.holds(draft.item.span)) || self.tree.has_box(place.node)
    }

    /// Claims, gates and dates in lines that no item stands in.
    fn prose(&mut self) {
        bullets::tell_paragraphs(self);
        bullets::tell_answered(self);
        let Cover(covered) = Cover::of(&self.drafts);
        let mut covered = covered.into_iter().peekable();
        let signed = Cover::of_spans(std::mem::take(&mut self.signed));
        let mut is_html_told = !self.has_items_or_name();
        for node in 0..self.tree.len() {
            let Node { block, span: Span { start, .. }, .. } = self.tree.node(node);
            if block == Block::Html && !is_html_told {
                is_html_told = tables::in_html::tell(self, node);
            }
            if !matches!(block, Block::Paragraph | Block::Heading(_) | Block::Row) {
                continue;
            }
            // Both are in order: most paragraphs are those of items.
            while covered.next_if(|span| span.end <= start).is_some() {}
            let inside = covered.peek().is_some_and(|span| span.start <= start);
            if block == Block::Paragraph && !inside {
                tables::half_made::tell(self, node);
                bullets::tell_lines(self, node);
            }
            match block {
                // What an item says in its own heading, `Quota — PASS (14/14)`, shows how it is met.
                Block::Heading(_) if !inside && self.is_prose(node) => claims::read_block(self, node),
                Block::Paragraph if !inside && self.is_prose(node) => {
                    claims::read_block(self, node);
                    if !signed.holds(start) {
                        signoffs::read_paragraph(self, node);
                    }
                }
                Block::Paragraph if inside => signoffs::read_detail(self, node),
                Block::Row if !inside && self.is_prose(node) => claims::read_row(self, node),
                _ => {}
            }
        }
    }

    fn links(&mut self) {
        for link in &self.tree.links {
            let kind = if link.image { LinkKind::Image } else { LinkKind::Link };
            if !link.has_text {
                let help = if self.tree.source(link.span).starts_with('<') {
                    "write in `alt` what it shows, for those who cannot see it"
                } else {
                    "write between the brackets what it shows, for those who cannot see it"
                };
                self.findings.push(
                    Finding::new(
                        Code::ImageWithoutText,
                        self.source.path.clone(),
                        Some(link.span),
                        "an image without alternative text",
                    )
                    .help(help),
                );
            }
            self.list.links.push(Link {
                kind,
                target: link.target.clone().into_owned(),
                has_text: link.has_text,
                span: link.span,
                item: None,
            });
        }
    }

    /// Adds an item and counts it in its section and those around it.
    fn push(&mut self, draft: Draft) {
        self.count(draft.item.span);
        self.drafts.push(draft);
    }

    /// Takes back the items behind the first ones.
    fn pull(&mut self, first: usize) -> Vec<Draft> {
        let last = self.drafts.split_off(first);
        for draft in &last {
            for index in self.outline.up_from(self.outline.section_at(draft.item.span.start)) {
                self.counts[index as usize] -= 1;
            }
        }
        last
    }

    /// Counts the items anew after some were taken back.
    fn count_again(&mut self) {
        let sections = self.drafts.iter().filter_map(|draft| self.outline.section_at(draft.item.span.start));
        self.counts = self.outline.counts(sections);
    }

    fn count(&mut self, item: Span) {
        for index in self.outline.up_from(self.outline.section_at(item.start)) {
            self.counts[index as usize] += 1;
        }
    }

    /// How many items stand below a heading so far.
    fn section_items(&self, index: u32) -> u32 {
        self.counts[index as usize]
    }

    /// How many items that are left stand below each heading so far.
    fn counts_left(&self) -> Vec<u32> {
        let left = self.drafts.iter().filter(|draft| draft.item.state.is_left());
        self.outline.counts(left.filter_map(|draft| self.outline.section_at(draft.item.span.start)))
    }

    /// Whether there are items so far, or the document calls itself a checklist: what is left out is told then.
    fn has_items_or_name(&self) -> bool {
        !self.drafts.is_empty() || self.calls_itself_checklist()
    }

    /// The same, or whether the document asks for a decision.
    fn is_checklist(&self) -> bool {
        self.asks_decision || self.has_items_or_name()
    }

    /// Leaves out the lists that tell of labels or belong to other lists, and were read with these.
    fn drop_labelled(&mut self, lists: &mut Vec<Place>) {
        self.labelled.sort_unstable();
        lists.retain(|place| self.labelled.binary_search(&place.node).is_err());
    }

    fn calls_itself_checklist(&self) -> bool {
        let names = &self.terms.words.tables.self_named;
        self.calls_itself(|name| names.iter().any(|known| name.contains(known.as_str())))
    }

    /// Whether front matter makes the document a checklist, or its title or file has a name of some kind.
    fn calls_itself(&self, is_name: impl Fn(&str) -> bool) -> bool {
        if self.list.front.checklist == Some(true) {
            return true;
        }
        // With a title in front matter, a first heading of another level is the first of the sections.
        let front = self.list.front.title.as_deref();
        let first = self.outline.headings.first().filter(|heading| front.is_none() || heading.level == 1);
        let titles = front.into_iter().chain(first.map(|heading| heading.title.as_str()));
        titles.chain([self.source.path.stem()]).any(|name| is_name(&phrase::normalise(name)))
    }

    fn find(&mut self, code: Code, span: Span, message: &str, help: &str) {
        self.findings.push(Finding::new(code, self.source.path.clone(), Some(span), message).help(help));
    }

    /// Tells of what is left out although it is not done, whatever is usual for the code.
    fn warn(&mut self, code: Code, span: Span, message: &str, help: &str) {
        let finding = Finding::new(code, self.source.path.clone(), Some(span), message).help(help);
        self.findings.push(Finding { severity: Severity::Warning, ..finding });
    }
}
