//! The headings of a document, the sections that they open, and where each list and table stands.

use super::anchors::{Anchors, slug};
use super::limits::{TITLE, cut};
use super::lines;
use super::phrase::{is_pictograph, normalise, without_number};
use super::status;
use super::vocabulary::{Context, Contexts, Vocabulary};
use crate::markdown::{Block, Inline, NodeId, Piece, Tree};
use crate::model::{Heading, State};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::OnceCell;

/// The headings and sections of a document.
pub(super) struct Outline {
    /// Every heading, in order.
    pub headings: Vec<Heading>,
    /// The sections, in order of their headings.
    pub sections: Vec<Part>,
    /// Lists, tables and paragraphs outside lists, in order.
    pub places: Vec<Place>,
    /// Lists and tables inside lists, in order.
    pub nested: Vec<Place>,
    /// Whether the first heading is the title of the document.
    has_title: bool,
    /// The sections by their titles, once one was looked for.
    named: OnceCell<FxHashMap<String, Vec<u32>>>,
}

/// A section.
pub(super) struct Part {
    /// Index of its heading.
    pub heading: u32,
    /// The section around it.
    pub parent: Option<u32>,
    /// Its title, normalised, without a number.
    pub phrase: String,
    /// What its title says about what is below.
    pub contexts: Contexts,
    /// Whether its title says that what is below is left or in the way, once that was asked: lists and tables ask it too.
    waits: OnceCell<bool>,
    /// Offset of its heading.
    pub start: u32,
}

/// A block outside lists, and the block before it.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// The block.
    pub node: NodeId,
    /// The block directly before it in the same container, headings left out.
    pub before: Option<NodeId>,
}

impl Outline {
    /// The sections with a normalised title, in order.
    pub(super) fn named(&self, title: &str) -> &[u32] {
        let build = || {
            let mut named: FxHashMap<String, Vec<u32>> = FxHashMap::default();
            for (index, part) in (0..).zip(&self.sections) {
                named.entry(part.phrase.clone()).or_default().push(index);
            }
            named
        };
        self.named.get_or_init(build).get(title).map_or(&[], Vec::as_slice)
    }

    /// The outline of a document.
    pub(super) fn of(tree: &Tree<'_>, words: &Vocabulary) -> Self {
        let mut outline = Self {
            headings: Vec::new(),
            sections: Vec::new(),
            places: Vec::new(),
            nested: Vec::new(),
            has_title: false,
            named: OnceCell::new(),
        };
        let mut anchors = Anchors::with_capacity(tree.len() / 8);
        let mut container_end = 0;
        for id in 0..tree.len() {
            let node = tree.node(id);
            if let Block::Heading(level) = node.block {
                let (title, given) = title(tree, id);
                let anchor =
                    anchors.unique(given.unwrap_or_else(|| slug(&named(tree, id).unwrap_or(Cow::Borrowed(&title)))));
                outline.headings.push(Heading { level, title, anchor, span: node.span });
                if id >= container_end {
                    outline.open(tree, id, level, words);
                }
            }
            let nests = matches!(node.block, Block::List { .. } | Block::Quote | Block::Footnote | Block::Table);
            if id >= container_end && nests {
                container_end = node.next as usize;
            }
        }
        outline.has_title = outline.headings.first().is_some_and(|heading| heading.level == 1);
        outline.place(tree);
        outline
    }

    /// Whether a section is that of the title of the document, which says what the document is, not what one list in it
    /// is: the first heading, on the first level.
    pub(super) fn is_title(&self, index: u32) -> bool {
        self.has_title && index == 0 && self.sections[0].heading == 0
    }

    /// Whether the heading of a section says that what stands below it is left or in the way. Below the first heading stands
    /// more than what is in the way.
    pub(super) fn waits(&self, words: &Vocabulary, index: u32) -> bool {
        let Part { phrase, heading, waits, .. } = self.section(index);
        *waits.get_or_init(|| {
            words.section_state(phrase).is_some_and(State::is_left)
                || words.waits_below(phrase)
                || *heading > 0 && words.is_in_the_way(phrase)
        })
    }

    fn open(&mut self, tree: &Tree<'_>, id: NodeId, level: u8, words: &Vocabulary) {
        let heading = self.headings.len() - 1;
        let mut parent = self.sections.len().checked_sub(1);
        while let Some(index) = parent {
            let part = &self.sections[index];
            if self.headings[part.heading as usize].level < level {
                break;
            }
            parent = part.parent.map(|index| index as usize);
        }
        let title = self.headings[heading].title.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = without_number(title);
        let phrase = normalise(bare);
        // One that stands on another level is only known in the end.
        let is_title = heading == 0 && level == 1;
        let own = if is_title { Contexts::default() } else { words.contexts(&phrase) };
        let is_numbered = bare.len() < title.len() && own.has(Context::Legend);
        let is_key = is_numbered && words.is_numbered_key(&phrase) && !explains(tree, id, words);
        let own = if is_key { own.without(Context::Legend) } else { own };
        let contexts = parent.map_or(own, |outer| own.and(self.sections[outer].contexts));
        let parent = parent.and_then(|index| u32::try_from(index).ok());
        self.sections.push(Part {
            heading: u32::try_from(heading).unwrap_or(u32::MAX),
            parent,
            phrase,
            contexts,
            waits: OnceCell::new(),
            start: tree.node(id).span.start,
        });
    }

    fn place(&mut self, tree: &Tree<'_>) {
        let mut before = None;
        let mut queue: Vec<NodeId> = tree.top().collect();
        queue.reverse();
        while let Some(node) = queue.pop() {
            match tree.node(node).block {
                Block::Quote | Block::Footnote => {
                    let children: Vec<NodeId> = tree.children(node).collect();
                    queue.extend(children.into_iter().rev());
                    before = None;
                }
                Block::Heading(_) | Block::Rule => before = None,
                Block::List { .. } if is_contents(tree, node) => before = Some(node),
                _ => {
                    self.places.push(Place { node, before });
                    self.nested.extend(nested(tree, node));
                    before = Some(node);
                }
            }
        }
    }

    /// The section that an offset lies in.
    pub(super) fn section_at(&self, offset: u32) -> Option<u32> {
        let after = self.sections.partition_point(|part| part.start <= offset);
        after.checked_sub(1).and_then(|index| u32::try_from(index).ok())
    }

    /// A section and those around it, from the inside out.
    pub(super) fn up_from(&self, section: Option<u32>) -> impl Iterator<Item = u32> {
        std::iter::successors(section, |&index| self.section(index).parent)
    }

    /// How many things stand in each section and those in it, by the sections that they stand in.
    pub(super) fn counts(&self, sections: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut counts = vec![0; self.sections.len()];
        for index in sections.flat_map(|section| self.up_from(Some(section))) {
            counts[index as usize] += 1;
        }
        counts
    }

    /// The section of an index.
    pub(super) fn section(&self, index: u32) -> &Part {
        &self.sections[index as usize]
    }

    /// Whether the section of a block, or one around it, is of a kind.
    pub(super) fn is_within(&self, tree: &Tree<'_>, id: NodeId, context: Context) -> bool {
        self.around(tree, id).has(context)
    }

    /// What the section of a block and those around it are.
    pub(super) fn around(&self, tree: &Tree<'_>, id: NodeId) -> Contexts {
        let section = self.section_at(tree.node(id).span.start);
        section.map(|index| self.section(index).contexts).unwrap_or_default()
    }

    /// Title of a section.
    pub(super) fn title(&self, index: u32) -> &str {
        &self.headings[self.section(index).heading as usize].title
    }

    /// What a section is called: its title without the box before it.
    pub(super) fn name(&self, index: u32) -> &str {
        without_box(self.title(index))
    }

    /// The headings as they are shown: the box before a title says how far its items are, and is compared with them.
    pub(super) fn into_headings(mut self) -> Vec<Heading> {
        for heading in &mut self.headings {
            let box_end = heading.title.len() - without_box(&heading.title).len();
            heading.title.drain(..box_end);
        }
        self.headings
    }
}

/// A title without the box before it, where it has a text too.
fn without_box(title: &str) -> &str {
    if !title.starts_with('[') {
        return title;
    }
    let rest = status::boxed(title).map(|(_, rest)| rest.trim_start());
    rest.filter(|rest| !rest.is_empty()).unwrap_or(title)
}

/// Whether an entry of the list right below a heading is the name of a state and nothing else, as in a legend.
fn explains(tree: &Tree<'_>, heading: NodeId, words: &Vocabulary) -> bool {
    let below = tree.node(heading).next as usize;
    let is_list = below < tree.len() && matches!(tree.node(below).block, Block::List { .. });
    let is_state = |item| {
        let text = lines::lead(tree, item);
        let head = text.split([':', '=', '—', '–', '(']).next().unwrap_or_default();
        words.state(&normalise(head.trim_start_matches(|c: char| !c.is_alphanumeric()))).is_some()
    };
    !is_list || tree.children(below).any(is_state)
}

/// Whether a list is a table of contents: every entry of it is one link to a heading of the page, and what stands below it
/// are such lists.
fn is_contents(tree: &Tree<'_>, list: NodeId) -> bool {
    let is_link = |item: NodeId, lead: NodeId| match (tree.node(item).block, tree.pieces(lead)) {
        (Block::Item(None), [Piece { inline: Inline::Link(link), .. }, inside @ .., last]) => {
            let is_one = last.inline == Inline::LinkEnd && inside.iter().all(|piece| piece.inline != Inline::LinkEnd);
            let has_sign = || inside.iter().any(|piece| tree.text(piece).contains(is_pictograph));
            is_one && tree.links[*link as usize].target.starts_with('#') && !has_sign()
        }
        _ => false,
    };
    let is_entry = |item: NodeId| {
        let mut parts = tree.children(item);
        parts.next().is_some_and(|lead| is_link(item, lead))
            && parts.all(|part| matches!(tree.node(part).block, Block::List { .. }) && is_contents(tree, part))
    };
    tree.children(list).all(is_entry)
}

/// The lists and tables inside a list; what stands before one is the paragraph that its item begins with.
fn nested<'t>(tree: &'t Tree<'_>, list: NodeId) -> impl Iterator<Item = Place> + 't {
    let below = if matches!(tree.node(list).block, Block::List { .. }) { tree.below(list) } else { 0..0 };
    let wanted = below.filter(|&node| matches!(tree.node(node).block, Block::List { .. } | Block::Table));
    wanted.map(|node| {
        let before = Some(node - 1).filter(|&before| tree.node(before).block == Block::Paragraph);
        Place { node, before }
    })
}

/// The label of a list or table: the paragraph right before it, when it is short and ends in a colon or is all bold.
pub(super) fn label<'t>(tree: &'t Tree<'_>, place: Place) -> Option<Cow<'t, str>> {
    let before = place.before.filter(|&id| tree.node(id).block == Block::Paragraph)?;
    let pieces = tree.pieces(before);
    let last_line = pieces.rsplit(|piece| piece.inline == Inline::Break).next().unwrap_or_default();
    let text = tree.plain(last_line);
    let text = text.trim();
    let bold = matches!(last_line.first().map(|piece| piece.inline), Some(Inline::Strong))
        && matches!(last_line.last().map(|piece| piece.inline), Some(Inline::StrongEnd));
    ((text.ends_with([':', '：']) || bold) && text.len() <= 160).then(|| Cow::Owned(text.to_owned()))
}

/// The bold words with a colon that the paragraph right before a list begins with: `**Evidence found:** 11 files`.
pub(super) fn begun_label<'t>(tree: &'t Tree<'_>, place: Place) -> Option<Cow<'t, str>> {
    let before = place.before.filter(|&id| tree.node(id).block == Block::Paragraph)?;
    let pieces = tree.pieces(before);
    let last_line = pieces.rsplit(|piece| piece.inline == Inline::Break).next().unwrap_or_default();
    let end = last_line.iter().position(|piece| piece.inline == Inline::StrongEnd)?;
    let is_bold = last_line.first().is_some_and(|piece| piece.inline == Inline::Strong);
    let (label, rest) = (tree.plain(&last_line[..end]), last_line.get(end + 1).map_or("", |piece| tree.text(piece)));
    let has_colon = label.trim_end().ends_with([':', '：']) || rest.starts_with([':', '：']);
    (is_bold && has_colon).then_some(label)
}

/// Plain title of a heading, and the id that `{#id}` gives it. Trailing attributes are not part of the text.
fn title(tree: &Tree<'_>, id: NodeId) -> (String, Option<String>) {
    let text = tree.plain(tree.pieces(id));
    let mut title = text.trim().to_owned();
    cut(&mut title, TITLE);
    let source = tree.source(tree.node(id).span).trim_end();
    let given = source.strip_suffix('}').and_then(|rest| rest.rsplit_once('{')).and_then(|(_, attributes)| {
        attributes.split_whitespace().find_map(|word| word.strip_prefix('#')).map(str::to_owned)
    });
    (title, given.filter(|given| given.len() <= TITLE && !text.trim_end().ends_with('}')))
}

/// A heading with the names of emoji that it was written with, of which GitHub makes ids; `None` where it has none.
fn named<'t>(tree: &'t Tree<'_>, id: NodeId) -> Option<Cow<'t, str>> {
    let pieces = tree.pieces(id);
    pieces.iter().any(|piece| tree.is_named_emoji(piece)).then(|| {
        let text = |piece: &Piece| match tree.is_named_emoji(piece) {
            true => Cow::Borrowed(tree.source(piece.span)),
            false => tree.plain(std::slice::from_ref(piece)),
        };
        Cow::Owned(pieces.iter().map(text).collect::<String>().trim().to_owned())
    })
}
